//! `utkast verify`: proves that frozen versions are as they were.
//!
//! Each version is held against its manifest and against the version before it; then it is built
//! again of its frozen sources, and the outputs are compared byte by byte.

mod file;
mod rebuild;
mod sources;

use super::archive::shelf::{self, Shelf};
use super::reference::Reference;
use super::{ExitStatus, Failure, Streams};
use crate::diag::Sink;
use crate::files::{MANIFEST, Sources, VERSIONS};
use crate::load;
use crate::model::{Number, Release, short_digest};
use crate::version::{Fault, Kept, prove};
use rebuild::Rebuilt;
use std::collections::BTreeMap;
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
}

/// What is known of the folder of the versions.
pub(super) struct Ledger<'a> {
    dir: &'a Path,
    shelf: Shelf,
    /// The manifests, in the order of their numbers.
    releases: Vec<Release>,
    /// Where the manifests were read.
    sources: Sources,
    /// Manifests of a newer program by their paths, and what is said of each.
    refused: BTreeMap<String, String>,
    /// What is wrong with each folder, apart from a rebuild.
    faults: BTreeMap<String, Vec<Fault>>,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let (dir, what) = arguments(args);
    let ledger = Ledger::read(&dir, streams)?;
    let Some(what) = what else {
        return ledger.all(streams);
    };
    if Path::new(&what).is_file() {
        return file::verify(&ledger, Path::new(&what), streams);
    }
    match Reference::from(what.as_str()) {
        Reference::Number(number) => ledger.one(number, streams),
        reference => sources::verify(&ledger, &reference, streams),
    }
}

/// One argument alone may be a version or a file, and the folder is then the usual one.
fn arguments(args: &Args) -> (PathBuf, Option<String>) {
    let only = args.dir.to_str().filter(|_| args.what.is_none());
    let meant = |only: &str| {
        let is_version = !matches!(Reference::from(only), Reference::Folder(_));
        args.dir.is_file() || (is_version && !args.dir.is_dir())
    };
    match only.filter(|only| meant(only)) {
        Some(only) => (PathBuf::from("strategy"), Some(only.to_owned())),
        None => (args.dir.clone(), args.what.clone()),
    }
}

impl<'a> Ledger<'a> {
    pub(super) fn read(dir: &'a Path, streams: &mut Streams<'_>) -> Result<Self, Failure> {
        let sources = super::sources::open_strategy(dir, streams)?;
        let mut sink = Sink::default();
        let releases = load::releases(&sources, &mut sink);
        let said = sink.into_sorted().into_iter();
        let newer = said.filter(|said| said.rule == load::newer_program());
        let refused = newer.filter_map(|said| Some((said.place?, said.message)));
        let shelf = shelf::read(dir).map_err(|error| {
            let message = format!("cannot read the versions of `{}`: {error}", dir.display());
            Failure::new(message)
        })?;
        let mut ledger = Self {
            dir,
            shelf,
            releases,
            sources,
            refused: refused.collect(),
            faults: BTreeMap::new(),
        };
        let faults = ledger.shelf.folders.iter().map(|(folder, files)| {
            let release = ledger.release_in(folder);
            let before = release.and_then(|release| ledger.before(release));
            (folder.clone(), prove(folder, files, release, before))
        });
        ledger.faults = faults.collect();
        Ok(ledger)
    }

    /// The bytes of a page or PDF that lies in the folder of a version.
    fn output(&self, release: &Release, name: &str) -> &[u8] {
        let files = self.shelf.folders.get(&release.number.to_string());
        match files.and_then(|files| files.get(name)) {
            Some(Kept::File(bytes)) => bytes,
            _ => &[],
        }
    }

    /// Whether all is as it was in a folder.
    fn is_whole(&self, folder: &str) -> bool {
        self.faults.get(folder).is_some_and(Vec::is_empty)
    }

    /// What the manifest in a folder says, if it can be read.
    fn release_in(&self, folder: &str) -> Option<&Release> {
        let path = format!("{VERSIONS}/{folder}/{MANIFEST}");
        let mut releases = self.releases.iter();
        releases.find(|release| {
            let file = self.sources.get(release.span.file);
            file.is_some_and(|file| file.path == path)
        })
    }

    /// The version before one in the order of numbers.
    fn before(&self, release: &Release) -> Option<&Release> {
        let mut earlier = self.releases.iter().rev();
        earlier.find(|other| other.number < release.number)
    }

    /// The first thing that is wrong with a source or an output of a version; what is wrong with
    /// manifests and chain stops every build, with a place.
    pub(super) fn first_fault(&self) -> Option<(&str, &Fault)> {
        self.folders().into_iter().find_map(|folder| {
            let mut faults = self.faults[folder].iter();
            Some((folder, faults.find(|fault| fault.is_of_a_file())?))
        })
    }

    /// The first version before one of which cannot be told for sure: its manifest does not hold, or
    /// the chain to it.
    fn broken_past(&self, release: &Release) -> Option<String> {
        let broken = |folder: &str| {
            let mut faults = self.faults.get(folder).into_iter().flatten();
            self.release_in(folder).is_none() || faults.any(|fault| !fault.is_of_a_file())
        };
        let named = self.folders().into_iter().filter_map(Number::parse);
        let known = self.releases.iter().map(|known| known.number);
        let mut earlier: Vec<_> = named.chain(known).collect();
        earlier.sort_unstable();
        let mut earlier = earlier
            .into_iter()
            .filter(|number| *number < release.number);
        let first = earlier.find(|number| broken(&number.to_string()));
        first.map(|number| number.to_string())
    }

    /// The folders in the order of their numbers; those whose names are none come last.
    fn folders(&self) -> Vec<&str> {
        let mut folders: Vec<_> = self.shelf.folders.keys().map(String::as_str).collect();
        folders.sort_by_key(|folder| {
            let number = Number::parse(folder);
            (number.is_none(), number, *folder)
        });
        folders
    }

    fn all(&self, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
        if self.shelf.folders.is_empty() && self.shelf.strays.is_empty() {
            streams.say(&format!(
                "No version of `{}` is frozen yet; `utkast release` freezes one.\n",
                self.dir.display()
            ));
            return Ok(ExitStatus::Done);
        }
        let mut whole = true;
        for stray in &self.shelf.strays {
            streams.result(&format!("{VERSIONS}: {stray}\n"))?;
            whole = false;
        }
        for folder in self.folders() {
            whole &= self.folder(folder, streams)?;
        }
        // Of all changes, this one leaves no trace in what is there.
        if let Some(last) = self.releases.last() {
            streams.say(&format!(
                "The last version is {}; whether one came after it, only a copy can tell.\n",
                last.number
            ));
        }
        Ok(ended(whole))
    }

    fn one(&self, number: Number, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
        let name = number.to_string();
        if !self.shelf.folders.contains_key(&name) {
            return Err(super::reference::no_version(
                number,
                &self.releases,
                self.dir,
            ));
        }
        Ok(ended(self.folder(&name, streams)?))
    }

    /// Proves one version and says so; whether it is whole.
    fn folder(&self, folder: &str, streams: &mut Streams<'_>) -> Result<bool, Failure> {
        let manifest = format!("{VERSIONS}/{folder}/{MANIFEST}");
        if let Some(refused) = self.refused.get(&manifest) {
            streams.result(&format!("{folder}: cannot be proved: {refused}\n"))?;
            return Ok(false);
        }
        let faults = &self.faults[folder];
        if Number::parse(folder).is_none() && self.release_in(folder).is_none() {
            streams.result(&format!("{VERSIONS}: `{folder}` was added\n"))?;
            return Ok(false);
        }
        if !faults.is_empty() {
            for fault in faults {
                streams.result(&format!("{folder}: {fault}\n"))?;
            }
            return Ok(false);
        }
        let release = self.release_in(folder);
        let Some(release) = release else {
            return Ok(false);
        };
        let rebuilt = rebuild::rebuild(self, release)?;
        let whole = matches!(rebuilt, Rebuilt::Equal | Rebuilt::OtherProgram(_));
        streams.result(&format!(
            "{folder}: {} ({}, {}, {})\n",
            rebuilt.words(release.sources.len()),
            release.status,
            release.date,
            short_digest(&release.digest),
        ))?;
        Ok(whole)
    }
}

fn ended(whole: bool) -> ExitStatus {
    match whole {
        true => ExitStatus::Done,
        false => ExitStatus::Errors,
    }
}
