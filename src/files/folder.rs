//! Reads sources from a folder on disk: the current strategy, or a frozen version.

use super::reading::{
    Bytes, EntryType, FileTree, Limit, MAX_FILE_BYTES, SOURCES, TreeEntry, VERSIONS, read,
};
use super::{Sources, folder_in_reports};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::{fmt, fs};

/// Why a folder, or a version in it, could not be read at all.
#[derive(Debug)]
pub enum ReadError {
    /// There is no such folder.
    Missing(PathBuf),
    /// There is a file where a folder should be.
    NotAFolder(PathBuf),
    /// The folder has no such frozen version.
    NoVersion(PathBuf, String),
    /// The frozen version has no sources.
    NoSources(PathBuf, String),
    /// The sources of the frozen version have versions of their own.
    Nested(PathBuf, String),
    /// More than a strategy can have, found at the path.
    Beyond(PathBuf, Limit),
    /// The system refused.
    Io(PathBuf, io::Error),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(
                f,
                "there is no folder `{0}`; name the strategy's folder, or start one with `utkast new {0}`",
                path.display()
            ),
            Self::NotAFolder(path) => write!(
                f,
                "`{}` is a file; name the folder that holds strategy.toml",
                path.display()
            ),
            Self::NoVersion(path, version) => write!(
                f,
                "`{0}` has no frozen version {version}; see those that it has with `utkast versions {0}`",
                path.display()
            ),
            Self::NoSources(path, version) => write!(
                f,
                "the frozen version {version} in `{}` has no folder `{SOURCES}`; get it back from a copy",
                path.display()
            ),
            Self::Nested(path, version) => write!(
                f,
                "the sources of the frozen version {version} in `{}` hold `{VERSIONS}`, which nobody froze with them; move it out",
                path.display()
            ),
            Self::Beyond(path, limit) => write!(
                f,
                "{limit}, counted up to `{}`; name the strategy's own folder",
                path.display()
            ),
            Self::Io(path, error) => write!(f, "cannot read `{}`: {error}", path.display()),
        }
    }
}

impl std::error::Error for ReadError {}

/// Reads every file below `root` in the order of their paths. Hidden files, what systems and
/// editors leave behind, and links are left out; links are reported. Of the frozen versions in
/// `versions/` only the manifests are read.
///
/// # Errors
/// [`ReadError`] if the folder itself cannot be read. What is wrong with single files stands in
/// [`Sources::problems`].
pub fn read_folder(root: &Path) -> Result<Sources, ReadError> {
    see_folder(root)?;
    let reading = read(&FileSystem, &root.to_path_buf())?;
    Ok(reading.finish(root.into(), folder_in_reports(root)))
}

/// Reads the sources of the frozen version `version` below `root`, with the paths that they had when
/// it was frozen, and the manifests of the versions `before` it, which they were compiled with. The
/// sources are reported where they lie now, in the folder of the version.
///
/// # Errors
/// [`ReadError`] if there is no such version, or it cannot be read.
pub fn read_version(root: &Path, version: &str, before: &[String]) -> Result<Sources, ReadError> {
    see_folder(root)?;
    let folder = |parent: &PathBuf, name: &str| {
        let entry = FileSystem.entry(parent, name)?;
        let entry = entry.filter(|entry| matches!(entry.kind, EntryType::Folder));
        Ok(entry.map(|entry| entry.place))
    };
    let no_version = || ReadError::NoVersion(root.into(), version.into());
    // A name that leads elsewhere is no version's.
    let is_name = version.starts_with(char::is_alphanumeric) && !version.contains(['/', '\\', ':']);
    let versions = folder(&root.into(), VERSIONS)?.filter(|_| is_name);
    let versions = versions.ok_or_else(no_version)?;
    let frozen = folder(&versions, version)?.ok_or_else(no_version)?;
    let sources = folder(&frozen, SOURCES)?;
    let no_sources = || ReadError::NoSources(root.into(), version.into());
    let sources = sources.ok_or_else(no_sources)?;
    if FileSystem.entry(&sources, VERSIONS)?.is_some() {
        return Err(ReadError::Nested(root.into(), version.into()));
    }
    let outside = folder_in_reports(root);
    let inside = format!("{outside}{VERSIONS}/{version}/{SOURCES}/");
    let mut reading = read(&FileSystem, &sources)?;
    reading.report_in(&inside);
    for earlier in before {
        let path = format!("{VERSIONS}/{earlier}");
        reading.manifest(&FileSystem, &versions.join(earlier), path)?;
    }
    reading.report_in(&outside);
    Ok(reading.finish(root.into(), inside))
}

/// Fails if a path is not a folder.
pub(super) fn see_folder(folder: &Path) -> Result<(), ReadError> {
    let metadata = fs::metadata(folder).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => ReadError::Missing(folder.into()),
        _ => ReadError::Io(folder.into(), error),
    })?;
    match metadata.is_dir() {
        true => Ok(()),
        false => Err(ReadError::NotAFolder(folder.into())),
    }
}

/// The files of this machine.
pub(super) struct FileSystem;

impl FileTree for FileSystem {
    type Locator = PathBuf;
    type Error = ReadError;

    fn entries(&self, folder: &PathBuf, most: usize) -> Result<Vec<TreeEntry<PathBuf>>, ReadError> {
        let failed = |error| ReadError::Io(folder.clone(), error);
        let entries = fs::read_dir(folder).map_err(failed)?.take(most);
        let entries = entries.map(|entry| {
            let entry = entry?;
            Ok(TreeEntry {
                name: entry.file_name().to_string_lossy().into_owned(),
                kind: kind(entry.file_type()?),
                place: entry.path(),
            })
        });
        entries.collect::<io::Result<_>>().map_err(failed)
    }

    fn entry(&self, folder: &PathBuf, name: &str) -> Result<Option<TreeEntry<PathBuf>>, ReadError> {
        let place = folder.join(name);
        match fs::symlink_metadata(&place) {
            Ok(metadata) => Ok(Some(TreeEntry {
                name: name.to_owned(),
                kind: kind(metadata.file_type()),
                place,
            })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ReadError::Io(place, error)),
        }
    }

    fn read(&self, file: &PathBuf) -> Result<Bytes, ReadError> {
        Ok(read_some(file).unwrap_or_else(|error| Bytes::None(error.to_string())))
    }

    fn beyond(&self, folder: &PathBuf, limit: Limit) -> ReadError {
        ReadError::Beyond(folder.clone(), limit)
    }
}

fn kind(found: fs::FileType) -> EntryType {
    if found.is_symlink() {
        EntryType::Link
    } else if found.is_dir() {
        EntryType::Folder
    } else if found.is_file() {
        EntryType::File
    } else {
        // A pipe would never end.
        EntryType::Other("it is neither a file nor a folder")
    }
}

/// The bytes of a file, at most as many as may be read: what the system says of its size need not be
/// true by the time that it is read.
fn read_some(path: &Path) -> io::Result<Bytes> {
    let file = fs::File::open(path)?;
    let length = file.metadata()?.len();
    if length > MAX_FILE_BYTES {
        return Ok(Bytes::TooMany(length));
    }
    let mut bytes = Vec::with_capacity(length as usize + 1);
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(match bytes.len() as u64 {
        read if read > MAX_FILE_BYTES => Bytes::TooMany(read),
        _ => Bytes::All(bytes),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Problem;

    const MANIFEST_TEXT: &str = "number = \"0.1\"\n";

    /// A folder with these files.
    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("there is room");
        for (path, text) in files {
            let path = folder.path().join(path);
            let parent = path.parent().expect("it lies in the folder");
            fs::create_dir_all(parent).expect("it can be made");
            fs::write(path, text).expect("there is room");
        }
        folder
    }

    fn paths(sources: &Sources) -> Vec<&str> {
        sources.iter().map(|(_, file)| file.path.as_str()).collect()
    }

    /// A strategy with three versions, the last of them being number ten.
    fn with_versions() -> tempfile::TempDir {
        folder(&[
            ("strategy.toml", "title = \"Nå\"\r\n"),
            ("chapters/versions/a.md", "ord"),
            ("versions/0.2/manifest.toml", "number = \"0.2\"\n"),
            ("versions/0.2/sources/strategy.toml", "title = \"To\"\r\n"),
            ("versions/0.2/sources/chapters/a.md", "to"),
            ("versions/0.2/strategy.html", "<p>"),
            ("versions/0.9/manifest.toml", MANIFEST_TEXT),
            ("versions/0.10/manifest.toml", MANIFEST_TEXT),
            ("versions/.0.11/manifest.toml", MANIFEST_TEXT),
        ])
    }

    #[test]
    fn of_frozen_versions_only_the_manifests_are_sources() {
        let folder = with_versions();
        let sources = read_folder(folder.path()).expect("it can be read");
        let expected = [
            "chapters/versions/a.md",
            "strategy.toml",
            "versions/0.2/manifest.toml",
            "versions/0.9/manifest.toml",
            "versions/0.10/manifest.toml",
        ];
        assert_eq!(paths(&sources), expected);
        assert_eq!(sources.problems, []);
    }

    #[test]
    fn what_else_lies_beside_the_versions_is_seen() {
        let folder = folder(&[
            ("versions/0.1/strategy.html", "<p>"),
            ("versions/0.2/manifest.toml/a.md", "ord"),
            ("versions/note.md", "ord"),
        ]);
        let sources = read_folder(folder.path()).expect("it can be read");
        assert_eq!(paths(&sources), ["versions/note.md"]);
        let without = |folder: &str| Problem::NoManifest {
            folder: folder.to_owned(),
        };
        let expected = [without("versions/0.1"), without("versions/0.2")];
        assert_eq!(sources.problems, expected);
    }

    #[test]
    fn a_frozen_version_is_read_as_the_folder_was_with_the_manifests_before_it() {
        let folder = with_versions();
        let read = |version, before: &[&str]| {
            let before: Vec<_> = before.iter().map(ToString::to_string).collect();
            read_version(folder.path(), version, &before)
        };
        let sources = read("0.2", &["0.9"]).expect("it can be read");
        let expected = [
            "chapters/a.md",
            "strategy.toml",
            "versions/0.9/manifest.toml",
        ];
        assert_eq!(paths(&sources), expected);
        let (_, file) = sources.by_path("strategy.toml").expect("it is there");
        assert_eq!(file.bytes(), b"title = \"To\"\r\n");
        let reported = sources.iter().map(|(_, file)| file.reported().to_owned());
        let place = |path: &str| folder.path().join(path).display().to_string();
        let expected = [
            "versions/0.2/sources/chapters/a.md",
            "versions/0.2/sources/strategy.toml",
            "versions/0.9/manifest.toml",
        ];
        assert_eq!(reported.collect::<Vec<_>>(), expected.map(place));
        let sources = read("0.2", &["0.1"]).expect("it can be read");
        let folder = "versions/0.1".to_owned();
        assert_eq!(sources.problems, [Problem::NoManifest { folder }]);
    }

    #[test]
    fn a_version_that_is_not_there_is_named() {
        let folder = with_versions();
        let error = |version| {
            let read = read_version(folder.path(), version, &[]);
            read.expect_err("it is not there").to_string()
        };
        for version in ["0.3", "..", "0.2/sources", ""] {
            let words = error(version);
            assert!(words.contains("has no frozen version"), "{words}");
        }
        assert!(error("0.9").contains("has no folder `sources`"));
        let nested = folder.path().join("versions/0.2/sources/versions");
        fs::create_dir(nested).expect("it can be made");
        assert!(error("0.2").contains("hold `versions`, which nobody froze"));
    }

    #[test]
    fn the_bytes_of_a_file_are_those_on_disk() {
        let texts = [
            ("bom.md", "\u{feff}råd\r\n"),
            ("parts.md", "a\u{30a}"),
            ("picture.png", "\r\n"),
            ("plain.md", "råd\n"),
        ];
        let folder = folder(&texts);
        let sources = read_folder(folder.path()).expect("it can be read");
        for ((_, file), (_, text)) in sources.iter().zip(texts) {
            assert_eq!(file.bytes(), text.as_bytes(), "{}", file.path);
            assert_eq!(file.sha256, crate::files::sha256_hex(file.bytes()));
        }
        assert_eq!(
            sources.iter().next().expect("there is one").1.text(),
            "råd\n"
        );
    }
}
