//! `utkast verify`: proves that frozen versions are as they were.
//!
//! [`Ledger`] proves; `text` tells it to people and `json` to machines.

mod json;
mod text;

use super::format::{self, ResultFormat};
use super::reference::{self, VersionReference};
use super::{ExitStatus, Failure, Streams, output_file, sources};
use crate::archive::{Ledger, SourcesProof, StrayEntry};
use crate::files::ReadError;
use crate::model::Number;
use std::path::{Path, PathBuf};

/// Prove that frozen versions are as they were
///
/// Recomputes every digest, follows the chain from the first version on, builds each version again
/// of its frozen sources and compares the bytes. Says of each version that it is equal, or what is
/// not. With a version, that one alone, in its place in the chain; with a PDF or a page, whether it
/// is that of a frozen version, and if not, where the first difference is; with `work`, a folder or
/// `git:REV`, whether those sources are the ones of a frozen version.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast verify strategy 0.4")]
pub(super) struct Args {
    /// Folder of the strategy
    #[arg(default_value = "strategy")]
    dir: PathBuf,
    /// A number, a file that utkast has made, `work`, a folder, or `git:REV`
    #[arg(value_name = "VERSION|FILE")]
    what: Option<String>,
    /// How to write the result
    #[arg(long, value_enum, default_value_t = ResultFormat::Text)]
    format: ResultFormat,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let ended = verify(args, streams);
    args.format.with_failure(ended, streams)
}

fn verify(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let (dir, what) = arguments(args);
    let ledger = ledger(&dir, streams)?;
    let command = Command {
        ledger: &ledger,
        dir: &dir,
        format: args.format,
    };
    let is_whole = match what {
        None => command.all(streams)?,
        Some(what) if Path::new(&what).is_file() => command.file(Path::new(&what), streams)?,
        Some(what) => match VersionReference::from(what.as_str()) {
            VersionReference::Number(number) => command.one(number, streams)?,
            reference => command.sources(&reference, streams)?,
        },
    };
    Ok(match is_whole {
        true => ExitStatus::Done,
        false => ExitStatus::Errors,
    })
}

/// One argument alone may be a version or a file, and the folder is then the usual one.
fn arguments(args: &Args) -> (PathBuf, Option<String>) {
    let only = args.dir.to_str().filter(|_| args.what.is_none());
    let meant = |only: &str| {
        let is_version = !matches!(VersionReference::from(only), VersionReference::Folder(_));
        args.dir.is_file() || (is_version && !args.dir.is_dir())
    };
    match only.filter(|only| meant(only)) {
        Some(only) => (PathBuf::from("strategy"), Some(only.to_owned())),
        None => (args.dir.clone(), args.what.clone()),
    }
}

/// The frozen versions of a strategy's folder.
pub(super) fn ledger(dir: &Path, streams: &mut Streams<'_>) -> Result<Ledger, Failure> {
    let sources = sources::open_strategy(dir, streams)?;
    Ledger::read(dir, sources).map_err(|error| {
        let message = format!("cannot read the versions of `{}`: {error}", dir.display());
        Failure::new(message)
    })
}

/// What the forms of the command share. Each says whether all that was asked for holds.
struct Command<'a> {
    ledger: &'a Ledger,
    dir: &'a Path,
    format: ResultFormat,
}

impl Command<'_> {
    fn all(&self, streams: &mut Streams<'_>) -> Result<bool, Failure> {
        let strays = &self.ledger.versions_folder.strays;
        let is_whole = self.folders(strays, &self.ledger.folders(), streams)?;
        if self.ledger.versions_folder.folders.is_empty() && strays.is_empty() {
            streams.say(&format!(
                "No version of `{}` is frozen yet; `utkast release` freezes one.\n",
                self.dir.display()
            ));
        }
        // Of all changes, this one leaves no trace in what is there.
        if let Some(last) = self.ledger.releases.last() {
            streams.say(&format!(
                "The last version is {}; whether one came after it, only a copy can tell.\n",
                last.number
            ));
        }
        Ok(is_whole)
    }

    fn one(&self, number: Number, streams: &mut Streams<'_>) -> Result<bool, Failure> {
        let name = number.to_string();
        let Ledger {
            versions_folder,
            releases,
            ..
        } = self.ledger;
        match versions_folder.folders.contains_key(&name) {
            true => self.folders(&[], &[&name], streams),
            false => Err(reference::no_version(number, releases, self.dir)),
        }
    }

    /// Proves folders, and says of each how it stands as soon as it is proved.
    fn folders(
        &self,
        strays: &[StrayEntry],
        folders: &[&str],
        streams: &mut Streams<'_>,
    ) -> Result<bool, Failure> {
        let mut is_whole = strays.is_empty();
        let mut all = Vec::new();
        if self.format == ResultFormat::Text {
            streams.result(&text::strays(strays))?;
        }
        for folder in folders {
            let failed = |error: ReadError| Failure::new(error.to_string());
            let proof = self.ledger.prove(folder).map_err(failed)?;
            let release = self.ledger.release_in(folder);
            is_whole &= proof.is_whole();
            match self.format {
                ResultFormat::Text => streams.result(&text::proved(folder, &proof))?,
                ResultFormat::Json => all.push(json::proved(folder, release, &proof)),
            }
        }
        if self.format == ResultFormat::Json {
            format::write(&json::versions(is_whole, strays, all), streams)?;
        }
        Ok(is_whole)
    }

    fn file(&self, path: &Path, streams: &mut Streams<'_>) -> Result<bool, Failure> {
        let file = output_file::read(path)?;
        let proof = self.ledger.prove_output(&file);
        match self.format {
            ResultFormat::Text => {
                streams.result(&text::output(self.dir, path, &file, &proof))?;
            }
            ResultFormat::Json => format::write(&json::output(path, &file, &proof), streams)?,
        }
        Ok(proof.is_whole())
    }

    fn sources(
        &self,
        reference: &VersionReference,
        streams: &mut Streams<'_>,
    ) -> Result<bool, Failure> {
        let sources = reference::sources(self.dir, reference)?;
        let proof = self.ledger.prove_sources(&sources);
        if let SourcesProof::NothingFrozen = proof {
            let message = format!("no version of `{}` is frozen yet", self.dir.display());
            return Err(Failure::new(message).hint("freeze one with `utkast release`"));
        }
        match self.format {
            ResultFormat::Text => streams.result(&text::sources(reference, &proof))?,
            ResultFormat::Json => format::write(&json::sources(reference, &proof), streams)?,
        }
        Ok(matches!(proof, SourcesProof::Equal(_)))
    }
}
