//! Source files, and spans in them.
//!
//! [`read_folder`] reads a strategy from a folder, [`read_version`] a frozen version, and
//! [`read_revision`] a git revision, all by the same rules. [`Sources`] contains every file in the order
//! of their paths ([`natural_order`]); a [`Span`] is a place in one of them.
//!
//! Text is converted to Unicode normalisation form C (UAX #15), so that a decomposed and a composed `å`
//! are the same letter. Spans refer to the normalised text.

mod folder;
mod git;
mod order;
mod problem;
mod reading;
mod span;
mod text;

pub use folder::{ReadError, read_folder, read_version};
pub use git::{GitError, read_revision};
pub use order::natural_order;
pub use problem::Problem;
pub use reading::{Limit, MANIFEST, MAX_FILE_BYTES, SOURCES, VERSIONS};
pub use span::{FileId, ParseSpanError, Span};

use std::path::{Component, Path, PathBuf};

/// A place as people count: both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The content of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Text in UTF-8, normalised to form C.
    Text(String),
    /// A picture or another file that is not read as text.
    Binary(Vec<u8>),
    /// A file that exists but was refused; the diagnostic has been given.
    Refused,
}

/// One file of the sources.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path inside the folder, with `/` between its parts on every system.
    pub path: String,
    /// Its content.
    pub content: Content,
    /// SHA-256 of the bytes on disk, in lower-case hexadecimal digits.
    pub sha256: String,
    /// The path that it is reported under; empty until it belongs to [`Sources`].
    reported: String,
    /// The bytes as they were read, if the text has others.
    original: Option<Vec<u8>>,
    line_starts: Vec<u32>,
}

impl SourceFile {
    /// A file with the given content; `sha256` is that of the bytes as they were read.
    pub fn new(path: String, content: Content, sha256: String) -> Self {
        let mut line_starts = vec![0];
        if let Content::Text(text) = &content {
            line_starts.extend(
                text.bytes()
                    .enumerate()
                    .filter(|(_, b)| *b == b'\n')
                    .map(|(i, _)| i as u32 + 1),
            );
        }
        Self {
            path,
            content,
            sha256,
            reported: String::new(),
            original: None,
            line_starts,
        }
    }

    /// The same file, keeping the bytes that its text was made of.
    fn with_original(self, bytes: Vec<u8>) -> Self {
        Self {
            original: Some(bytes),
            ..self
        }
    }

    /// The path that diagnostics name, where a reader finds the file: from where the command was given,
    /// through the folder as the user named it. For a frozen version that is
    /// `strategy/versions/0.3/sources/chapters/x.md`, for a revision
    /// `git:main~3:strategy/chapters/x.md`, with what `git show` takes after the first colon.
    ///
    /// No output holds it.
    pub fn reported(&self) -> &str {
        &self.reported
    }

    /// The bytes as they were read: freezing a version writes these. A refused file has none.
    pub fn bytes(&self) -> &[u8] {
        match (&self.original, &self.content) {
            (Some(bytes), _) | (None, Content::Binary(bytes)) => bytes,
            (None, Content::Text(text)) => text.as_bytes(),
            (None, Content::Refused) => &[],
        }
    }

    /// The text, or an empty string if the file has none.
    pub fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) => text,
            _ => "",
        }
    }

    /// The line and column of a byte of the text.
    pub fn line_column(&self, byte: usize) -> LineColumn {
        let index = self.line_starts.partition_point(|&s| s as usize <= byte) - 1;
        let start = self.line_starts[index] as usize;
        let text = self.text();
        let end = byte.min(text.len());
        let column = text
            .get(start..end)
            .map_or(byte.saturating_sub(start), |s| s.chars().count());
        LineColumn {
            line: index + 1,
            column: column + 1,
        }
    }
}

/// All files of one strategy, sorted by path in [`natural_order`].
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The folder as the user named it; for messages only, it reaches no output.
    pub root: PathBuf,
    /// The problems with single files.
    pub problems: Vec<Problem>,
    files: Vec<SourceFile>,
    /// The ids of the files, in the same order.
    ids: Vec<FileId>,
    /// The prefix of reported paths.
    reported_in: String,
}

impl Sources {
    /// Sources made of the given files, sorted by path.
    pub fn new(root: PathBuf, files: Vec<SourceFile>) -> Self {
        let reported_in = folder_in_reports(&root);
        Self::reported_in(root, files, reported_in)
    }

    /// The same with what the paths of the files begin with when they are reported; those that have
    /// such a path already keep it.
    fn reported_in(root: PathBuf, mut files: Vec<SourceFile>, reported_in: String) -> Self {
        files.sort_by(|a, b| natural_order(&a.path, &b.path));
        for file in &mut files {
            if file.reported.is_empty() {
                file.reported = format!("{reported_in}{}", file.path);
            }
        }
        let ids = files.iter().enumerate();
        Self {
            root,
            problems: Vec::new(),
            ids: ids.map(|(index, file)| FileId::new(index, file)).collect(),
            files,
            reported_in,
        }
    }

    /// Sources made of `(path, text)` pairs, for tests and generated input.
    pub fn from_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files = texts
            .into_iter()
            .map(|(path, text)| {
                let sha256 = sha256_hex(text.as_bytes());
                SourceFile::new(path.into(), Content::Text(text.into()), sha256)
            })
            .collect();
        Self::new(PathBuf::from("."), files)
    }

    /// The file with this id; `None` if it is the id of a file of other sources.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        let index = id.index();
        let is_of_these = self.ids.get(index) == Some(&id);
        self.files.get(index).filter(|_| is_of_these)
    }

    /// The file at `path` inside the folder.
    pub fn by_path(&self, path: &str) -> Option<(FileId, &SourceFile)> {
        let files = &self.files;
        let index = files.binary_search_by(|file| natural_order(&file.path, path));
        index.ok().map(|i| (self.ids[i], &files[i]))
    }

    /// Every file with its id, by path.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.ids.iter().copied().zip(&self.files)
    }

    /// The text that a span covers; empty if it is a span of other sources.
    pub fn slice(&self, span: Span) -> &str {
        let text = self.get(span.file).map_or("", SourceFile::text);
        text.get(span.range()).unwrap_or_default()
    }

    /// The path under which a source is reported, if there were one at `path`.
    pub fn report_path(&self, path: &str) -> String {
        format!("{}{path}", self.reported_in)
    }
}

/// A folder as paths below it begin in reports: as the user named it, with `/` between its parts, and
/// nothing for the folder where the command was given.
fn folder_in_reports(folder: &Path) -> String {
    let mut out = String::new();
    for part in folder.components() {
        match part {
            Component::CurDir => {}
            Component::RootDir => out.push('/'),
            other => {
                out.push_str(&other.as_os_str().to_string_lossy());
                out.push('/');
            }
        }
    }
    out
}

/// SHA-256 of `bytes` in lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    use std::fmt::Write;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        write!(hex, "{byte:02x}").expect("writing to a string does not fail");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_begins_where_the_command_was_given() {
        for (folder, expected) in [
            (".", ""),
            ("./plan/", "plan/"),
            ("/srv/plan", "/srv/plan/"),
            ("../plan", "../plan/"),
        ] {
            assert_eq!(folder_in_reports(Path::new(folder)), expected);
        }
    }
}
