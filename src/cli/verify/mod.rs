//! `utkast verify`: proves that frozen versions are unchanged.
//!
//! [`Ledger`] does the work; `text` and `json` write the result.

mod json;
mod text;

use super::format::{self, ResultFormat};
use super::reference::{self, VersionReference};
use super::{ExitStatus, Failure, Streams, output_file, sources};
use crate::archive::{Ledger, SourcesProof, StrayEntry};
use crate::files::ReadError;
use crate::model::Number;
use std::path::{Path, PathBuf};

/// Prove that frozen versions are unchanged
///
/// Recomputes every digest, follows the chain from the first version on, builds each version again
/// from its frozen sources and compares the bytes. Reports for each version that it is equal, or what
/// differs.
///
/// With a version, verifies only that one and its link in the chain. With a PDF or page, tells whether
/// it is a frozen output, and if not, shows the first difference. With `work`, a folder or `git:REV`,
/// tells whether those sources are the sources of a frozen version.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast verify strategy 0.4")]
pub(super) struct Args {
    /// Folder of the strategy
    #[arg(default_value = "strategy")]
    dir: PathBuf,
    /// A version number, a file made by utkast, `work`, a folder, or `git:REV`
    #[arg(value_name = "VERSION|FILE")]
    what: Option<String>,
    /// Format of the result
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

/// The folder and the version or file. If the only argument is a version or a file, the folder is the
/// default one.
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

/// The state that all forms of the command share. Each form returns whether its proof succeeded.
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
        // Deleting the newest version cannot be detected from the others.
        if let Some(last) = self.ledger.releases.last() {
            streams.say(&format!(
                "The last version is {}. Only a copy can show whether a later version was deleted.\n",
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

    /// Proves folders, and reports each one as soon as it is proved.
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
