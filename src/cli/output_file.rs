//! A page or a PDF that came back: what is said of one that cannot be read, and its values as text.

use super::Failure;
use crate::archive::{ForeignFormat, OutputFile, OutputFileError};
use std::path::Path;

/// Longest value that is printed; a file may say anything.
const MAX_VALUE: usize = 400;

/// Reads a file.
pub(super) fn read(path: &Path) -> Result<OutputFile, Failure> {
    let name = path.display();
    OutputFile::read(path).map_err(|no| match no {
        OutputFileError::Io(error) => Failure::new(format!("cannot read `{name}`: {error}")),
        OutputFileError::Folder => Failure::new(format!("`{name}` is a folder"))
            .hint("name a page or a PDF; `utkast versions` tells of a folder"),
        OutputFileError::NotAFile => {
            Failure::new(format!("`{name}` is no file")).hint("save it as a file first")
        }
        OutputFileError::TooLarge(most) => Failure::new(format!("`{name}` has more than {most} MB"))
            .hint("utkast makes no file as large as this"),
        OutputFileError::Foreign(foreign) => {
            Failure::new(format!("`{name}` is no page and no PDF of utkast"))
                .hint(format!("it looks like {}", looks_like(foreign)))
        }
        OutputFileError::Unmarked(kind) => Failure::new(format!(
            "`{name}` is a {}, but does not say that utkast has made it",
            kind.word()
        ))
        .hint(
            "it is of another program, or was printed or saved anew by one; if twelve digits stand at \
             the foot of its pages, they name the version",
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
        ForeignFormat::Empty => "a file that was never filled: it is empty",
        ForeignFormat::Text => "plain text",
        ForeignFormat::Other => "a file of another program",
    }
}

/// A value of a file without what could move the cursor of a terminal.
pub(super) fn plain(value: &str) -> String {
    let mut plain: String = value.chars().take(MAX_VALUE).collect();
    if plain.len() < value.len() {
        plain.push('…');
    }
    plain.replace(char::is_control, "\u{fffd}")
}
