//! `utkast identify`: tells which version a page or PDF belongs to, and whether it was altered.
//!
//! [`OutputFile`] and [`Folder`] do the work; `text` and `json` write the result.

mod json;
mod text;

use super::format::{self, ResultFormat};
use super::{ExitStatus, Failure, Streams, output_file, sources};
use crate::archive::{Folder, FolderError, Identification};
use std::path::{Path, PathBuf};

/// Identify the version of a page or PDF
///
/// Prints strategy, council, version, status, date and digest of a file made by utkast, and whether
/// the file was altered since, for example by a mail program. With the folder of the strategy it also
/// tells whether the file is a frozen output or a build of the current sources, and lists newer
/// versions. Only a frozen output is proof: a seal detects accidental changes, not forgery.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit status: 0 the file is unchanged and known, 1 it was altered, or DIR does not know it,
2 it cannot be read, or was not made by utkast.

Example:
  utkast identify utkast.pdf strategy"
)]
pub(super) struct Args {
    /// Page or PDF
    file: PathBuf,
    /// Folder of the strategy to compare with; `strategy` by default, if it exists
    dir: Option<PathBuf>,
    /// Format of the result
    #[arg(long, value_enum, default_value_t = ResultFormat::Text)]
    format: ResultFormat,
}

/// The default folder.
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

/// The folder to compare with. A folder on the command line must be usable; the default folder is
/// skipped with a message if it is not.
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
                    "`{name}` has errors; `utkast check {name}` lists them.\n"
                ));
            }
            return Ok(Some((found, folder)));
        }
        Err(FolderError::Read(error)) => error.to_string(),
        Err(FolderError::NoStrategy) => format!("`strategy.toml` of `{name}` cannot be used"),
    };
    if dir.is_some() {
        let failure = Failure::new(format!("the file cannot be compared: {why}"));
        return Err(failure.hint("leave out the folder to print only the identity of the file"));
    }
    streams.say(&format!("The file is not compared with a folder: {why}.\n"));
    Ok(None)
}
