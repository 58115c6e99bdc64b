//! `utkast tree`: prints the structure tree of a PDF.

use super::{ExitStatus, Failure, Streams};
use crate::pdf::{self, Error};
use std::fs;
use std::path::PathBuf;

/// Print the structure tree of a PDF as text
///
/// Shows the document as a screen reader gets it: elements in reading order with their text,
/// alternative texts, languages and header cells, the targets of links, and the bookmarks. Also reads
/// PDFs of other programs; � marks text that cannot be decoded.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast tree out/strategy.pdf")]
pub(super) struct Args {
    /// PDF file
    file: PathBuf,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let name = args.file.display();
    let bytes = fs::read(&args.file)
        .map_err(|error| Failure::new(format!("cannot read `{name}`: {error}")))?;
    let read = pdf::read(&bytes).map_err(|error| {
        let failure = Failure::new(format!("`{name}`: {error}"));
        match hint(&error) {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    })?;
    streams.result(&read.to_string())?;
    Ok(ExitStatus::Done)
}

fn hint(error: &Error) -> Option<&'static str> {
    match error {
        Error::NoPdf => Some("name a file that begins with `%PDF-`"),
        Error::Untagged => Some("export it again as a tagged or accessible PDF"),
        Error::Encrypted => Some("save it without a password"),
        Error::TooLarge => Some("save some of its pages as a PDF, and print the tree of that"),
        Error::Unreadable(_) => Some("build or download the file again"),
        _ => None,
    }
}
