//! From a folder on disk to [`Sources`].

use super::{Content, SourceFile, Sources, sha256_hex};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::{fmt, fs};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Largest file that is read: a photograph from a camera fits, a film does not.
pub const MAX_FILE_BYTES: u64 = 32 * 1024 * 1024;
/// Most bytes of all files together.
const MAX_BYTES: u64 = 512 * 1024 * 1024;
/// Most files and folders of one strategy.
const MAX_ENTRIES: usize = 20_000;
/// Deepest nesting of folders.
const MAX_DEPTH: usize = 16;
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

/// What a strategy cannot have without end.
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

/// Why a folder could not be read at all.
#[derive(Debug)]
pub enum ReadError {
    /// There is no such folder.
    Missing(PathBuf),
    /// There is a file where a folder should be.
    NotAFolder(PathBuf),
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

/// What was wrong with a single file; the others are read all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The bytes are not UTF-8.
    NotUtf8 {
        /// Path inside the folder.
        path: String,
        /// Line of the first wrong byte, from 1.
        line: usize,
        /// The byte.
        byte: u8,
        /// Its position in the file, from 0.
        offset: usize,
        /// The encoding that the file probably has.
        guess: &'static str,
        /// The word around the byte, read in that encoding.
        word: String,
    },
    /// The text is in UTF-16, as some programs save «Unicode».
    Utf16 {
        /// Path inside the folder.
        path: String,
    },
    /// Letters came in parts (`a` and a ring) and were joined.
    Decomposed {
        /// Path inside the folder.
        path: String,
        /// Lines with such letters, from 1.
        lines: Vec<usize>,
    },
    /// A link to somewhere else; it is not followed.
    Link {
        /// Path inside the folder.
        path: String,
    },
    /// Larger than [`MAX_FILE_BYTES`].
    TooLarge {
        /// Path inside the folder.
        path: String,
        /// Its size.
        bytes: u64,
    },
    /// The system refused to read it.
    Unreadable {
        /// Path inside the folder.
        path: String,
        /// What the system said.
        reason: String,
    },
}

/// Reads every file below `root` in the order of their paths. Hidden files, what systems and
/// editors leave behind, and links are left out; links are reported.
///
/// # Errors
/// [`ReadError`] if the folder itself cannot be read. What is wrong with single files stands in
/// [`Sources::problems`].
pub fn read_folder(root: &Path) -> Result<Sources, ReadError> {
    let metadata = fs::metadata(root).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => ReadError::Missing(root.into()),
        _ => ReadError::Io(root.into(), error),
    })?;
    if !metadata.is_dir() {
        return Err(ReadError::NotAFolder(root.into()));
    }
    let mut reading = Reading::default();
    reading.folder(root, "", 0)?;
    let mut sources = Sources::new(root.into(), reading.files);
    sources.problems = reading.problems;
    Ok(sources)
}

#[derive(Default)]
struct Reading {
    files: Vec<SourceFile>,
    problems: Vec<Problem>,
    /// Files and folders so far.
    entries: usize,
    /// Bytes so far.
    bytes: u64,
}

impl Reading {
    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), ReadError> {
        let failed = |error| ReadError::Io(folder.into(), error);
        let beyond = |limit| ReadError::Beyond(folder.into(), limit);
        let entries = fs::read_dir(folder).map_err(failed)?;
        // One more than there may be is enough to know that there are too many.
        let entries = entries.take(MAX_ENTRIES + 1 - self.entries);
        let mut entries = entries.collect::<Result<Vec<_>, _>>().map_err(failed)?;
        self.entries += entries.len();
        if self.entries > MAX_ENTRIES {
            return Err(beyond(Limit::Entries));
        }
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if is_left_behind(&name) {
                continue;
            }
            // File systems of macOS hand out names in decomposed form.
            let path: String = format!("{prefix}{name}").nfc().collect();
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_symlink() {
                self.refuse(path.clone(), Problem::Link { path });
            } else if kind.is_dir() {
                if depth + 1 >= MAX_DEPTH {
                    return Err(beyond(Limit::Depth));
                }
                self.folder(&entry.path(), &format!("{path}/"), depth + 1)?;
            } else if kind.is_file() {
                self.file(&entry.path(), path);
            } else {
                // A pipe would never end.
                let reason = "it is neither a file nor a folder".to_owned();
                self.refuse(path.clone(), Problem::Unreadable { path, reason });
            }
            if self.bytes > MAX_BYTES {
                return Err(beyond(Limit::Bytes));
            }
        }
        Ok(())
    }

    fn refuse(&mut self, path: String, problem: Problem) {
        self.problems.push(problem);
        let refused = SourceFile::new(path, Content::Refused, String::new());
        self.files.push(refused);
    }

    fn file(&mut self, on_disk: &Path, path: String) {
        let bytes = match read_some(on_disk) {
            Ok(bytes) => bytes,
            Err(error) => {
                let reason = error.to_string();
                return self.refuse(path.clone(), Problem::Unreadable { path, reason });
            }
        };
        self.bytes += bytes.len() as u64;
        if bytes.len() as u64 > MAX_FILE_BYTES {
            let bytes = fs::metadata(on_disk).map_or(0, |metadata| metadata.len());
            let bytes = bytes.max(MAX_FILE_BYTES + 1);
            return self.refuse(path.clone(), Problem::TooLarge { path, bytes });
        }
        let sha256 = sha256_hex(&bytes);
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        if !TEXT_ENDINGS.contains(&ending.to_ascii_lowercase().as_str()) {
            let content = Content::Binary(bytes);
            self.files.push(SourceFile::new(path, content, sha256));
            return;
        }
        match read_text(bytes, &path) {
            Ok((text, problem)) => {
                self.problems.extend(problem);
                let content = Content::Text(text);
                self.files.push(SourceFile::new(path, content, sha256));
            }
            Err(problem) => self.refuse(path, problem),
        }
    }
}

/// The bytes of a file, at most one more than may be read: what the system says of its size need
/// not be true by the time that it is read.
fn read_some(path: &Path) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    let length = file.metadata()?.len().min(MAX_FILE_BYTES);
    let mut bytes = Vec::with_capacity(length as usize + 1);
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Bytes to text in form C with `\n` at line ends, or what is wrong with them.
fn read_text(bytes: Vec<u8>, path: &str) -> Result<(String, Option<Problem>), Problem> {
    if is_utf16(&bytes) {
        let path = path.to_owned();
        return Err(Problem::Utf16 { path });
    }
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(&error, path))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let text = text.replace("\r\n", "\n");
    if is_nfc(&text) {
        return Ok((text, None));
    }
    let numbered = text.lines().enumerate();
    let lines = numbered
        .filter(|(_, line)| !is_nfc(line))
        .map(|(i, _)| i + 1)
        .collect();
    let path = path.to_owned();
    Ok((
        text.nfc().collect(),
        Some(Problem::Decomposed { path, lines }),
    ))
}

/// Whether a text is in UTF-16: by its mark, or because every other byte of its beginning is zero, as
/// it is in texts of Latin letters. Without a mark, such a text may be UTF-8 to the last byte.
fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    let beginning = &bytes[..bytes.len().min(1024)];
    let zeros = |first: usize| {
        let every_other = beginning.iter().skip(first).step_by(2);
        every_other.filter(|byte| **byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let most = beginning.len() / 2;
    // A quarter leaves room for dashes and quotation marks, which need both bytes.
    most >= 2 && even.max(odd) * 4 >= most * 3 && even.min(odd) * 4 <= most
}

/// Names the first wrong byte, and guesses the encoding: Windows-1252 if a byte from 0x80 to 0x9F
/// occurs (Latin-1 has only control characters there), else Latin-1.
fn not_utf8(error: &std::string::FromUtf8Error, path: &str) -> Problem {
    let bytes = error.as_bytes();
    let offset = error.utf8_error().valid_up_to();
    let guess = match bytes.iter().any(|b| (0x80..0xa0).contains(b)) {
        true => "Windows-1252",
        false => "Latin-1",
    };
    let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b >= 0xc0;
    let before = bytes[..offset].iter().rev().take_while(|b| is_word(b));
    let start = offset - before.count();
    let word = bytes[start..].iter().take_while(|b| is_word(b)).take(40);
    Problem::NotUtf8 {
        path: path.to_owned(),
        line: bytes[..offset].iter().filter(|b| **b == b'\n').count() + 1,
        byte: bytes[offset],
        offset,
        guess,
        // Latin-1 and Windows-1252 agree with Unicode on all letters from 0xC0 upwards.
        word: word.map(|b| char::from(*b)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_byte_is_named_with_its_line_and_the_word_as_it_was_meant() {
        let problem = read_text(b"en\nto r\xe5d tre".to_vec(), "a.md").expect_err("is Latin-1");
        let Problem::NotUtf8 {
            line,
            byte,
            offset,
            guess,
            word,
            ..
        } = problem
        else {
            panic!("{problem:?}");
        };
        assert_eq!((line, byte, offset, guess), (2, 0xe5, 7, "Latin-1"));
        assert_eq!(word, "råd");
    }

    #[test]
    fn windows_1252_is_told_from_latin_1_by_its_quotation_marks() {
        let problem = read_text(b"\x93r\xe5d\x94".to_vec(), "a.md").expect_err("is not UTF-8");
        assert!(matches!(
            problem,
            Problem::NotUtf8 {
                guess: "Windows-1252",
                ..
            }
        ));
    }

    #[test]
    fn utf_16_is_known_with_its_mark_and_without() {
        let text = "+++\ntitle = \"Råd – økonomi\"\n+++\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [&[0xff, 0xfe], little.as_slice()].concat();
        for bytes in [little, big, marked] {
            let problem = read_text(bytes, "a.md").expect_err("is UTF-16");
            assert!(matches!(problem, Problem::Utf16 { .. }), "{problem:?}");
        }
        for other in [text, "", "\0", "a\0b", "\0\0\0\0\0\0"] {
            assert!(!is_utf16(other.as_bytes()), "{other:?}");
        }
    }

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
        let read = |mut reading: Reading, depth| reading.folder(folder.path(), "", depth);
        let entries = |entries| Reading {
            entries,
            ..Reading::default()
        };
        let bytes = |bytes| Reading {
            bytes,
            ..Reading::default()
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
                Reading::default(),
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

    #[test]
    fn decomposed_letters_are_joined_and_their_lines_named() {
        let (text, problem) = read_text("en\nra\u{30a}d\n".into(), "a.md").expect("is UTF-8");
        assert_eq!(text, "en\nråd\n");
        let expected = Problem::Decomposed {
            path: "a.md".into(),
            lines: vec![2],
        };
        assert_eq!(problem, Some(expected));
    }
}
