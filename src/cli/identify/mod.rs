//! `utkast identify`: which version a page or a PDF is of, and whether it was altered.

mod known;

use super::given::{self, Given, plain};
use super::{ExitStatus, Failure, Streams, sources};
use crate::dom::Identity;
use crate::model::short_digest;
use known::Folder;
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
}

/// The folder that is looked into unasked.
const USUAL: &str = "strategy";

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let given = given::read(&args.file)?;
    let mut text = told(&args.file, &given);
    let mut is_known = true;
    if let Some(folder) = folder(args.dir.as_deref(), streams)? {
        let judged = folder.judge(&given);
        is_known = judged.is_known;
        for line in judged.lines {
            text.push_str(&line);
            text.push('\n');
        }
    }
    streams.result(&text)?;
    Ok(match given.is_whole() && is_known {
        true => ExitStatus::Done,
        false => ExitStatus::Errors,
    })
}

/// The folder to compare with. The usual one is done without if it cannot be used; one that was named
/// must be there.
fn folder(dir: Option<&Path>, streams: &mut Streams<'_>) -> Result<Option<Folder>, Failure> {
    let usual = Path::new(USUAL);
    let usual = usual.join("strategy.toml").is_file().then_some(usual);
    let Some(found) = dir.or(usual) else {
        return Ok(None);
    };
    sources::mend(found, streams);
    match Folder::read(found) {
        Ok((folder, said)) => {
            streams.say(&said);
            Ok(Some(folder))
        }
        Err(why) if dir.is_some() => {
            let failure = Failure::new(format!("the file cannot be compared: {why}"));
            Err(failure.hint("leave the folder out to hear what the file itself says"))
        }
        Err(why) => {
            streams.say(&format!("The file is compared with no folder: {why}.\n"));
            Ok(None)
        }
    }
}

/// What the file tells by itself.
fn told(path: &Path, given: &Given) -> String {
    let Identity {
        title,
        council,
        version,
        status,
        date,
        audience,
        digest,
    } = &given.identity;
    let mut text = format!("{}: a {} of utkast\n", path.display(), given.writer.word());
    let digests = match digest.is_empty() {
        true => String::new(),
        false => format!("{} ({digest})", short_digest(digest)),
    };
    for (name, value) in [
        ("strategy", title),
        ("council", council),
        ("version", version),
        ("status", status),
        ("date", date),
        ("audience", audience),
        ("digest", &digests),
    ] {
        let value = plain(value);
        let value = if value.is_empty() { "not said" } else { &value };
        text.push_str(&format!("  {name:<9} {value}\n"));
    }
    text.push_str(match given.seal {
        Some(true) => "The file is as utkast wrote it.\n",
        Some(false) => "The file was altered after utkast wrote it.\n",
        None => "The file was altered after utkast wrote it: its seal is gone.\n",
    });
    text
}
