//! `utkast identify`: which version a page or a PDF is of, and whether it was altered.
//!
//! [`OutputFile`] and [`Folder`] find it out; `text` tells it to people and `json` to machines.

mod json;
mod text;

use super::format::{self, ResultFormat};
use super::{ExitStatus, Failure, Streams, output_file, sources};
use crate::archive::{Folder, FolderError, Identification};
use std::path::{Path, PathBuf};

/// Say which version a page or PDF is of
///
/// Tells strategy, council, version, status, date and digest of a file that utkast has made, and
/// whether it was altered since, for example on its way through a mail program. With the folder of the
/// strategy it also tells whether the file is one of those that were frozen there, or a build of the
/// sources as they stand, and which versions came after it. Only what was frozen is proved: a seal
/// finds what happened to a file, not whoever means to deceive.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit status: 0 the file is what it says, 1 it was altered, or DIR does not know it,
2 it cannot be read, or utkast has not made it.

Example:
  utkast identify utkast.pdf strategy"
)]
pub(super) struct Args {
    /// The page or PDF
    file: PathBuf,
    /// Folder of the strategy that it may be of; `strategy`, if there is one
    dir: Option<PathBuf>,
    /// How to write the result
    #[arg(long, value_enum, default_value_t = ResultFormat::Text)]
    format: ResultFormat,
}

/// The folder that is looked into unasked.
const USUAL: &str = "strategy";

/// A folder that the file is compared with.
struct Comparison<'a> {
    /// As the user named it.
    name: String,
    folder: &'a Folder,
    judgement: Identification<'a>,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let ended = identify(args, streams);
    args.format.with_failure(ended, streams)
}

fn identify(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let file = output_file::read(&args.file)?;
    let found = folder(args.dir.as_deref(), streams)?;
    let compared = found.as_ref().map(|(dir, folder)| Comparison {
        name: dir.display().to_string(),
        folder,
        judgement: folder.judge(&file),
    });
    match args.format {
        ResultFormat::Text => {
            streams.result(&text::render(&args.file, &file, compared.as_ref()))?
        }
        ResultFormat::Json => {
            format::write(&json::render(&args.file, &file, compared.as_ref()), streams)?;
        }
    }
    let is_known = compared.is_none_or(|compared| compared.judgement.known.is_known());
    Ok(match file.is_whole() && is_known {
        true => ExitStatus::Done,
        false => ExitStatus::Errors,
    })
}

/// The folder to compare with. The usual one is done without if it cannot be used; one that was named
/// must be there.
fn folder<'a>(
    dir: Option<&'a Path>,
    streams: &mut Streams<'_>,
) -> Result<Option<(&'a Path, Folder)>, Failure> {
    let usual = Path::new(USUAL);
    let usual = usual.join("strategy.toml").is_file().then_some(usual);
    let Some(found) = dir.or(usual) else {
        return Ok(None);
    };
    sources::mend(found, streams);
    let name = found.display();
    let why = match Folder::read(found) {
        Ok(folder) => {
            if folder.has_errors {
                streams.say(&format!(
                    "`{name}` has errors, which `utkast check {name}` tells.\n"
                ));
            }
            return Ok(Some((found, folder)));
        }
        Err(FolderError::Read(error)) => error.to_string(),
        Err(FolderError::NoStrategy) => format!("`strategy.toml` of `{name}` cannot be used"),
    };
    if dir.is_some() {
        let failure = Failure::new(format!("the file cannot be compared: {why}"));
        return Err(failure.hint("leave the folder out to hear what the file itself says"));
    }
    streams.say(&format!("The file is compared with no folder: {why}.\n"));
    Ok(None)
}
