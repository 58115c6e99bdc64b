//! Compares an output with the folder of a strategy: with its frozen versions and its current sources.

use super::OutputFile;
use crate::diag::{Diagnostic, Severity, Sink};
use crate::files::{ReadError, read_folder};
use crate::load;
use crate::model::{Number, Release, Status, Strategy};
use crate::version::{BuildState, resolve};
use std::path::Path;

/// A strategy's folder that outputs are compared with.
#[derive(Debug)]
pub struct Folder {
    /// The strategy, with the valid versions.
    pub strategy: Strategy,
    /// Whether the sources or a version have errors.
    pub has_errors: bool,
    /// The digests of the current sources, with their own status and with every other.
    builds: Vec<(Option<Status>, String)>,
}

/// Why a folder cannot be used for comparison.
#[derive(Debug)]
pub enum FolderError {
    /// It cannot be read.
    Read(ReadError),
    /// Its `strategy.toml` is missing or cannot be used.
    NoStrategy,
}

/// The result of comparing an output with a folder.
#[derive(Debug)]
pub struct Identification<'a> {
    /// The match of the output.
    pub known: OutputMatch<'a>,
    /// The versions that came after that of the output; `None` if it is of another strategy, or its
    /// version has no number.
    pub newer: Option<Vec<&'a Release>>,
}

/// The match of an output in a folder.
#[derive(Debug)]
pub enum OutputMatch<'a> {
    /// An output of a version, byte for byte.
    Frozen {
        /// The version.
        release: &'a Release,
        /// The output.
        output: &'a str,
    },
    /// It has the digest of a version, but is not one of its outputs.
    Other(&'a Release),
    /// A build of the current sources, with this status if it is not their own.
    Build(Option<Status>),
    /// It belongs to another strategy.
    OtherStrategy,
    /// The version with its number has another digest.
    OtherDigest(&'a Release),
    /// The folder does not know it.
    Unknown,
}

impl OutputMatch<'_> {
    /// Whether the folder holds what the output was made of.
    pub fn is_known(&self) -> bool {
        matches!(self, Self::Frozen { .. } | Self::Build(_))
    }
}

impl Folder {
    /// Reads a folder. A folder with errors is used as far as possible.
    ///
    /// # Errors
    /// [`FolderError`].
    pub fn read(dir: &Path) -> Result<Self, FolderError> {
        let sources = read_folder(dir).map_err(FolderError::Read)?;
        let mut sink = Sink::default();
        let mut strategy = load::load(&sources, &mut sink).ok_or(FolderError::NoStrategy)?;
        let mut builds = Vec::new();
        resolve(&mut strategy, &sources, &BuildState::Written, &mut sink);
        builds.push((None, strategy.version.manifest.digest.clone()));
        let said = sink.into_sorted();
        let errors = said.iter().filter(|d| d.severity() == Severity::Error);
        let wrong: Vec<_> = errors.collect();
        // A changed manifest, or one that breaks the chain, proves nothing.
        strategy.releases.retain(|release| {
            let file = release.span.file;
            let path = sources.get(file).map(|file| file.path.as_str());
            let is_of = |d: &&Diagnostic| {
                let place = d.place.as_deref();
                d.primary.is_some_and(|span| span.file == file)
                    || (place.is_some() && place == path)
            };
            !wrong.iter().any(is_of)
        });
        // A build reports conflicts with earlier versions.
        let mut unsaid = Sink::default();
        for (status, _) in Status::ALL {
            let mut other = strategy.clone();
            resolve(&mut other, &sources, &BuildState::As(status), &mut unsaid);
            builds.push((Some(status), other.version.manifest.digest));
        }
        Ok(Self {
            strategy,
            has_errors: !wrong.is_empty(),
            builds,
        })
    }

    /// Compares an output with the folder.
    pub fn judge(&self, file: &OutputFile) -> Identification<'_> {
        let digest = file.identity.digest.as_str();
        let mut releases = self.strategy.releases.iter();
        let known = match releases.find(|release| release.digest == digest) {
            Some(release) => of_frozen(release, file),
            None => self.of_others(file),
        };
        let newer = self.newer(file);
        Identification { known, newer }
    }

    /// The digest is that of no frozen version.
    fn of_others(&self, file: &OutputFile) -> OutputMatch<'_> {
        let identity = &file.identity;
        let mut builds = self.builds.iter();
        if let Some((status, _)) = builds.find(|(_, digest)| *digest == identity.digest) {
            return OutputMatch::Build(*status);
        }
        if !self.is_of(file) {
            return OutputMatch::OtherStrategy;
        }
        let mut releases = self.strategy.releases.iter();
        let same = releases.find(|release| release.manifest.number == identity.version);
        same.map_or(OutputMatch::Unknown, OutputMatch::OtherDigest)
    }

    /// Whether the output is of the strategy in the folder, by what both say.
    fn is_of(&self, file: &OutputFile) -> bool {
        let own = &self.strategy;
        file.identity.title == own.title.value && file.identity.council == own.council.name.value
    }

    fn newer(&self, file: &OutputFile) -> Option<Vec<&Release>> {
        let number = Number::parse(&file.identity.version)?;
        let releases = &self.strategy.releases;
        let is_frozen = releases.iter().any(|r| r.digest == file.identity.digest);
        if !is_frozen && !self.is_of(file) {
            return None;
        }
        let later = releases.iter().filter(|release| release.number > number);
        Some(later.collect())
    }
}

/// The digest is that of a frozen version.
fn of_frozen<'a>(release: &'a Release, file: &OutputFile) -> OutputMatch<'a> {
    let mut outputs = release.manifest.outputs.iter();
    match outputs.find(|output| output.sha256 == file.sha256) {
        Some(output) => OutputMatch::Frozen {
            release,
            output: &output.path,
        },
        None => OutputMatch::Other(release),
    }
}
