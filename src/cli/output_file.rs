//! Reads a page or PDF, reports why one cannot be read, and cleans its values for the terminal.

use super::Failure;
use crate::archive::{ForeignFormat, OutputFile, OutputFileError};
use std::path::Path;

/// Longest value that is printed. A file can contain values of any length.
const MAX_VALUE: usize = 400;

/// Reads a file.
pub(super) fn read(path: &Path) -> Result<OutputFile, Failure> {
    let name = path.display();
    OutputFile::read(path).map_err(|no| match no {
        OutputFileError::Io(error) => Failure::new(format!("cannot read `{name}`: {error}")),
        OutputFileError::Folder => Failure::new(format!("`{name}` is a folder"))
            .hint("name a page or a PDF; `utkast versions` lists the versions of a folder"),
        OutputFileError::NotAFile => {
            Failure::new(format!("`{name}` is not a regular file")).hint("save the content to a file first")
        }
        OutputFileError::TooLarge(most) => Failure::new(format!("`{name}` is larger than {most} MB"))
            .hint("utkast does not make files of this size"),
        OutputFileError::Foreign(foreign) => {
            Failure::new(format!("`{name}` is not a page or PDF made by utkast"))
                .hint(format!("it looks like {}", looks_like(foreign)))
        }
        OutputFileError::Unmarked(kind) => Failure::new(format!(
            "`{name}` is a {}, but does not say that utkast made it",
            kind.word()
        ))
        .hint(
            "another program made it, or printed or saved it again; if its pages have twelve digits at \
             the foot, these identify the version",
        ),
    })
}

fn looks_like(foreign: ForeignFormat) -> &'static str {
    match foreign {
        ForeignFormat::ZipArchive => "a document of a word processor, or an archive",
        ForeignFormat::OldDocument => "a document of an old word processor",
        ForeignFormat::RichText => "a document of a word processor",
        ForeignFormat::Picture => "a picture",
        ForeignFormat::Photograph => "a photograph or a scan",
        ForeignFormat::Scan => "a scan",
        ForeignFormat::Empty => "an empty file",
        ForeignFormat::Text => "plain text",
        ForeignFormat::Other => "a file of another program",
    }
}

/// A value of a file without control characters, which could move the cursor of a terminal.
pub(super) fn plain(value: &str) -> String {
    let mut plain: String = value.chars().take(MAX_VALUE).collect();
    if plain.len() < value.len() {
        plain.push('…');
    }
    plain.replace(char::is_control, "\u{fffd}")
}
