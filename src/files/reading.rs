//! Folders and files → [`Sources`].
//!
//! A [`FileTree`] lists the content of a folder on disk or in git; [`read`] decides which files belong to
//! a strategy. The rules are therefore the same for both.

use super::text::read_text;
use super::{Content, Problem, SourceFile, Sources, sha256_hex};
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use unicode_normalization::UnicodeNormalization;

/// Largest file that is read: a photograph from a camera fits, a film does not.
pub const MAX_FILE_BYTES: u64 = 32 * 1024 * 1024;
/// Most bytes of all files together.
const MAX_BYTES: u64 = 512 * 1024 * 1024;
/// Most files and folders of one strategy.
const MAX_ENTRIES: usize = 20_000;
/// Deepest nesting of folders.
const MAX_DEPTH: usize = 16;
/// The folder of the frozen versions.
pub const VERSIONS: &str = "versions";
/// The file of a frozen version that says what it is, the only one that a folder is read with.
pub const MANIFEST: &str = "manifest.toml";
/// The folder of a frozen version that holds its sources.
pub const SOURCES: &str = "sources";
/// Endings of files that are read as text.
const TEXT_ENDINGS: [&str; 6] = ["md", "toml", "html", "css", "svg", "txt"];
/// Files that systems and editors put into folders for themselves; in lower case. Vim makes `4913`
/// to see whether it may.
const OF_SYSTEMS: [&str; 5] = ["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "4913"];
/// Endings of what editors write beside a file: before it takes the file's place, or so that
/// something is left if they are killed.
const OF_EDITORS: [&str; 8] = [
    "~",
    ".swp",
    ".swo",
    ".swx",
    ".tmp",
    ".vsctmp",
    "___jb_tmp___",
    "___jb_old___",
];

/// Whether a name is that of a file which a system, an editor or a word processor leaves behind:
/// nobody wrote it, and it may be gone at any time.
fn is_left_behind(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || (name.starts_with('#') && name.ends_with('#'))
        || OF_EDITORS.iter().any(|ending| name.ends_with(ending))
        || OF_SYSTEMS.contains(&name.to_lowercase().as_str())
}

/// The limits of a strategy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Files and folders.
    Entries,
    /// Folders inside folders.
    Depth,
    /// Bytes of all files together.
    Bytes,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entries => write!(f, "there are more than {MAX_ENTRIES} files and folders"),
            Self::Depth => write!(f, "folders are nested over {MAX_DEPTH} deep"),
            Self::Bytes => write!(f, "the files have more than {} MB", MAX_BYTES / 1_048_576),
        }
    }
}

/// Something that holds folders and files: a disk, or a revision.
pub(super) trait FileTree {
    /// How a folder or a file is found.
    type Locator;
    /// Why nothing more can be read.
    type Error;

    /// The entries of a folder in any order, at most `most`.
    fn entries(
        &self,
        folder: &Self::Locator,
        most: usize,
    ) -> Result<Vec<TreeEntry<Self::Locator>>, Self::Error>;

    /// An entry of a folder.
    fn entry(
        &self,
        folder: &Self::Locator,
        name: &str,
    ) -> Result<Option<TreeEntry<Self::Locator>>, Self::Error>;

    /// The content of a file.
    fn read(&self, file: &Self::Locator) -> Result<Bytes, Self::Error>;

    /// The error for more than a strategy can have.
    fn beyond(&self, folder: &Self::Locator, limit: Limit) -> Self::Error;
}

/// A folder or file inside a folder.
pub(super) struct TreeEntry<L> {
    pub(super) name: String,
    pub(super) kind: EntryType,
    pub(super) place: L,
}

/// The type of an entry.
pub(super) enum EntryType {
    Folder,
    File,
    /// A symbolic link.
    Link,
    /// Something that cannot be read, and why.
    Other(&'static str),
}

/// The result of reading a file.
pub(super) enum Bytes {
    All(Vec<u8>),
    /// There are more than [`MAX_FILE_BYTES`].
    TooMany(u64),
    /// They cannot be read, and why.
    None(String),
}

/// Reads every file below a folder of a tree. Hidden files, what systems and editors leave behind,
/// and links are left out; links are reported. Of frozen versions only the manifests are read: what
/// they hold is no source of the next one, and costs nothing.
pub(super) fn read<T: FileTree>(tree: &T, top: &T::Locator) -> Result<Collector, T::Error> {
    let mut reading = Collector::default();
    reading.folder(tree, top, "", 0)?;
    Ok(reading)
}

/// Files and problems so far.
#[derive(Default)]
pub(super) struct Collector {
    files: Vec<SourceFile>,
    problems: Vec<Problem>,
    /// Files and folders so far.
    entries: usize,
    /// Bytes so far.
    bytes: u64,
}

impl Collector {
    /// All that was read, as the sources of the folder `root`. The paths of files are reported with
    /// `reported_in` before them.
    pub(super) fn finish(self, root: PathBuf, reported_in: String) -> Sources {
        let mut sources = Sources::reported_in(root, self.files, reported_in);
        sources.problems = self.problems;
        sources
    }

    /// Reports the files that were read so far with `folder` before their paths, unless it was said
    /// before where they lie.
    pub(super) fn report_in(&mut self, folder: &str) {
        for file in self
            .files
            .iter_mut()
            .filter(|file| file.reported.is_empty())
        {
            file.reported = format!("{folder}{}", file.path);
        }
    }

    fn folder<T: FileTree>(
        &mut self,
        tree: &T,
        folder: &T::Locator,
        prefix: &str,
        depth: usize,
    ) -> Result<(), T::Error> {
        for entry in self.entries(tree, folder, prefix)? {
            let path = format!("{prefix}{}", entry.name);
            match entry.kind {
                EntryType::Folder if path == VERSIONS => self.versions(tree, &entry.place)?,
                EntryType::Folder if depth + 1 >= MAX_DEPTH => {
                    return Err(tree.beyond(folder, Limit::Depth));
                }
                EntryType::Folder => {
                    self.folder(tree, &entry.place, &format!("{path}/"), depth + 1)?;
                }
                _ => self.file(tree, &entry, path)?,
            }
            if self.bytes > MAX_BYTES {
                return Err(tree.beyond(folder, Limit::Bytes));
            }
        }
        Ok(())
    }

    /// Reads the manifests of the frozen versions, and files that stand beside the versions.
    fn versions<T: FileTree>(&mut self, tree: &T, folder: &T::Locator) -> Result<(), T::Error> {
        let prefix = format!("{VERSIONS}/");
        for entry in self.entries(tree, folder, &prefix)? {
            let path = format!("{prefix}{}", entry.name);
            match entry.kind {
                EntryType::Folder => self.manifest(tree, &entry.place, path)?,
                _ => self.file(tree, &entry, path)?,
            }
        }
        Ok(())
    }

    /// Reads the manifest of the frozen version that a folder holds.
    pub(super) fn manifest<T: FileTree>(
        &mut self,
        tree: &T,
        version: &T::Locator,
        folder: String,
    ) -> Result<(), T::Error> {
        match tree.entry(version, MANIFEST)? {
            Some(entry) if !matches!(entry.kind, EntryType::Folder) => {
                self.file(tree, &entry, format!("{folder}/{MANIFEST}"))
            }
            _ => {
                self.problems.push(Problem::NoManifest { folder });
                Ok(())
            }
        }
    }

    /// What a folder holds and somebody wrote, by name. Names are in form C: file systems of macOS
    /// hand them out decomposed. Of entries whose names are then equal only the first is kept, and
    /// all of them are reported.
    fn entries<T: FileTree>(
        &mut self,
        tree: &T,
        folder: &T::Locator,
        prefix: &str,
    ) -> Result<Vec<TreeEntry<T::Locator>>, T::Error> {
        // One more than there may be is enough to know that there are too many.
        let mut entries = tree.entries(folder, MAX_ENTRIES + 1 - self.entries)?;
        self.entries += entries.len();
        if self.entries > MAX_ENTRIES {
            return Err(tree.beyond(folder, Limit::Entries));
        }
        entries.retain(|entry| !is_left_behind(&entry.name));
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        let mut by_name: BTreeMap<String, (TreeEntry<T::Locator>, Vec<String>)> = BTreeMap::new();
        for entry in entries {
            let name: String = entry.name.nfc().collect();
            let as_written = entry.name.clone();
            let (_, names) = by_name.entry(name).or_insert((entry, Vec::new()));
            names.push(as_written);
        }
        let entries = by_name.into_iter().map(|(name, (entry, names))| {
            if names.len() > 1 {
                let path = format!("{prefix}{name}");
                self.problems.push(Problem::SameName { path, names });
            }
            TreeEntry { name, ..entry }
        });
        Ok(entries.collect())
    }

    /// Reads an entry that is no folder.
    fn file<T: FileTree>(
        &mut self,
        tree: &T,
        entry: &TreeEntry<T::Locator>,
        path: String,
    ) -> Result<(), T::Error> {
        let bytes = match entry.kind {
            EntryType::Link => {
                self.refuse(path.clone(), Problem::Link { path });
                return Ok(());
            }
            EntryType::Other(reason) => Bytes::None(reason.to_owned()),
            EntryType::File | EntryType::Folder => tree.read(&entry.place)?,
        };
        match bytes {
            Bytes::All(bytes) => self.add(path, bytes),
            Bytes::TooMany(bytes) => {
                self.refuse(path.clone(), Problem::TooLarge { path, bytes });
            }
            Bytes::None(reason) => {
                self.refuse(path.clone(), Problem::Unreadable { path, reason });
            }
        }
        Ok(())
    }

    /// Notes a file that is there and is not read.
    fn refuse(&mut self, path: String, problem: Problem) {
        self.problems.push(problem);
        let refused = SourceFile::new(path, Content::Refused, String::new());
        self.files.push(refused);
    }

    /// Notes a file by its bytes.
    fn add(&mut self, path: String, bytes: Vec<u8>) {
        self.bytes += bytes.len() as u64;
        let sha256 = sha256_hex(&bytes);
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        if !TEXT_ENDINGS.contains(&ending.to_ascii_lowercase().as_str()) {
            let content = Content::Binary(bytes);
            self.files.push(SourceFile::new(path, content, sha256));
            return;
        }
        match read_text(bytes, &path) {
            Ok(read) => {
                self.problems.extend(read.problem);
                let file = SourceFile::new(path, Content::Text(read.text), sha256);
                self.files.push(match read.original {
                    Some(bytes) => file.with_original(bytes),
                    None => file,
                });
            }
            Err(problem) => self.refuse(path, problem),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::folder::{FileSystem, ReadError};
    use super::*;
    use std::fs;

    #[test]
    fn what_programs_leave_behind_is_no_source() {
        let left = [
            ".DS_Store",
            "Thumbs.db",
            "desktop.ini",
            "~$drift.docx",
            "a.md~",
            "a.swp",
            "4913",
            "#drift.md#",
            "drift.md___jb_tmp___",
        ];
        assert!(left.iter().all(|name| is_left_behind(name)));
        let written = [
            "drift.md",
            "~drift.md",
            "thumbs.md",
            "db",
            "swp.md",
            "#1.md",
            "4913.md",
        ];
        assert!(!written.iter().any(|name| is_left_behind(name)));
    }

    #[test]
    fn a_folder_with_more_than_a_strategy_can_have_is_refused() {
        let folder = tempfile::tempdir().expect("there is room");
        fs::create_dir(folder.path().join("a")).expect("it can be made");
        fs::write(folder.path().join("a/b.md"), "ord").expect("there is room");
        let top = folder.path().to_path_buf();
        let read = |mut reading: Collector, depth| reading.folder(&FileSystem, &top, "", depth);
        let entries = |entries| Collector {
            entries,
            ..Collector::default()
        };
        let bytes = |bytes| Collector {
            bytes,
            ..Collector::default()
        };
        assert!(read(entries(MAX_ENTRIES - 2), MAX_DEPTH - 2).is_ok());
        assert!(read(bytes(MAX_BYTES - 3), 0).is_ok());
        let beyond = [
            (
                entries(MAX_ENTRIES - 1),
                0,
                Limit::Entries,
                "files and folders",
            ),
            (entries(MAX_ENTRIES), 0, Limit::Entries, "files and folders"),
            (
                Collector::default(),
                MAX_DEPTH - 1,
                Limit::Depth,
                "nested over 16 deep",
            ),
            (bytes(MAX_BYTES - 2), 0, Limit::Bytes, "more than 512 MB"),
        ];
        for (reading, depth, limit, words) in beyond {
            let error = read(reading, depth).expect_err("it is too much");
            assert!(error.to_string().contains(words), "{error}");
            assert!(matches!(error, ReadError::Beyond(_, found) if found == limit));
        }
    }
}
