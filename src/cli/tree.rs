//! `utkast tree`: what a PDF tells those who do not see it.

use super::{ExitStatus, Failure, Streams};
use crate::pdf::{self, Error};
use std::fs;
use std::path::PathBuf;

/// Print the structure tree of a PDF as text
///
/// Shows what a screen reader gets: elements in reading order with their text, alternative texts,
/// languages and header cells, where links lead, and the bookmarks. Reads PDFs of other programs
/// too; � stands for text that cannot be read.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast tree out/strategy.pdf")]
pub(super) struct Args {
    /// The PDF
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
        Error::Untagged => Some("export it anew as a tagged or accessible PDF"),
        Error::Encrypted => Some("save it without a password"),
        Error::TooLarge => Some("save a part of its pages, and look at that"),
        Error::Unreadable(_) => Some("make or fetch the file anew, and try again"),
        _ => None,
    }
}
