//! A version on the command line: a number, `work`, `sent-out`, a folder, or `git:REV`.

use super::Failure;
use crate::archive;
use crate::diag::{Diagnostic, Sink, did_you_mean, nearest};
use crate::files::{self, MANIFEST, SOURCES, Sources, VERSIONS};
use crate::load;
use crate::model::{Number, Release};
use crate::version::{self, BuildState};
use std::fmt;
use std::path::{Path, PathBuf};

/// The word for the current sources.
const WORK: &str = "work";

/// The word for the last version that was sent out.
const SENT_OUT: &str = "sent-out";

/// A version on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum VersionReference {
    /// The current sources.
    Work,
    /// The last frozen version that was sent out.
    SentOut,
    /// A frozen version.
    Number(Number),
    /// The sources at a revision of git.
    Git(String),
    /// The sources in another folder.
    Folder(PathBuf),
}

impl From<&str> for VersionReference {
    fn from(text: &str) -> Self {
        if text == WORK {
            return Self::Work;
        }
        if text == SENT_OUT {
            return Self::SentOut;
        }
        if let Some(revision) = text.strip_prefix("git:") {
            return Self::Git(revision.to_owned());
        }
        match Number::parse(text) {
            Some(number) => Self::Number(number),
            None => Self::Folder(text.into()),
        }
    }
}

impl fmt::Display for VersionReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Work => f.write_str(WORK),
            Self::SentOut => f.write_str(SENT_OUT),
            Self::Number(number) => number.fmt(f),
            Self::Git(revision) => write!(f, "git:{revision}"),
            Self::Folder(path) => path.display().fmt(f),
        }
    }
}

/// The sources of a reference, relative to the folder of a strategy.
pub(super) fn sources(dir: &Path, reference: &VersionReference) -> Result<Sources, Failure> {
    Ok(edition(dir, reference)?.0)
}

/// The sources of a reference, and their build state.
pub(super) fn edition(
    dir: &Path,
    reference: &VersionReference,
) -> Result<(Sources, BuildState), Failure> {
    let failed = |error: files::ReadError| Failure::new(error.to_string());
    Ok(match reference {
        VersionReference::Work => (super::sources::read(dir)?, BuildState::Written),
        VersionReference::Folder(folder) => match version_at(folder) {
            Some((dir, number)) => return edition(&dir, &VersionReference::Number(number)),
            None => match files::read_folder(folder) {
                Ok(sources) => (sources, BuildState::Written),
                Err(error) => return Err(no_folder(dir, folder, &error)),
            },
        },
        VersionReference::Git(revision) => (
            super::sources::at_revision(dir, revision)?,
            BuildState::Written,
        ),
        VersionReference::SentOut => {
            let work = super::sources::read(dir)?;
            let releases = load::releases(&work, &mut Sink::default());
            let sent_out = releases.iter().rfind(|release| release.sent_out);
            let number = sent_out.map(|release| release.number).ok_or_else(|| {
                let message = format!("no version of `{}` was sent out", dir.display());
                Failure::new(message).hint("choose another version; `utkast versions` lists them")
            })?;
            return edition(dir, &VersionReference::Number(number));
        }
        VersionReference::Number(number) => {
            let work = super::sources::read(dir)?;
            let mut sink = Sink::default();
            let releases = load::releases(&work, &mut sink);
            // A version frozen by a newer program, or changed since, cannot be built.
            let path = format!("{VERSIONS}/{number}/{MANIFEST}");
            let of_it = |said: &&Diagnostic| {
                let file = said
                    .primary
                    .and_then(|span| Some(work.get(span.file)?.path.as_str()));
                file.or(said.place.as_deref()) == Some(path.as_str())
            };
            if let Some(said) = sink.into_sorted().iter().find(of_it) {
                let failure = Failure::new(format!("version {number}: {}", said.message));
                return Err(match said.hints.first() {
                    Some(hint) => failure.hint(hint),
                    None => failure,
                });
            }
            let mut found = releases.iter();
            let found = found.find(|release| release.number == *number);
            let release = found.ok_or_else(|| no_version(*number, &releases, dir))?;
            let frozen = archive::frozen_sources(dir, release, &releases);
            let (sources, state) = frozen.map_err(failed)?;
            if let Some(what) = version::differences(&sources, release).first() {
                let message = format!("version {number} was changed after it was frozen: {what}");
                let hint = format!("run `utkast verify {} {number}`", dir.display());
                return Err(Failure::new(message).hint(hint));
            }
            (sources, state)
        }
    })
}

/// The folder of the strategy and the number, if a path is the folder of a frozen version. The folder
/// of the strategy is written as in the given path, if that contains it.
fn version_at(named: &Path) -> Option<(PathBuf, Number)> {
    let folder = named.canonicalize().ok()?;
    let number = Number::parse(folder.file_name()?.to_str()?)?;
    let versions_folder = folder
        .parent()
        .filter(|versions_folder| versions_folder.ends_with(VERSIONS))?;
    let is_frozen = folder.join(MANIFEST).is_file() && folder.join(SOURCES).is_dir();
    let dir = versions_folder.parent().filter(|_| is_frozen)?;
    let named = named.parent().and_then(Path::parent);
    let here = |named: &Path| named.as_os_str().is_empty();
    let named = named.map(|named| if here(named) { Path::new(".") } else { named });
    let named = named.filter(|named| named.canonicalize().is_ok_and(|named| named == dir));
    Some((named.unwrap_or(dir).to_owned(), number))
}

/// The failure for a word that is no folder, with the nearest version as a hint.
fn no_folder(dir: &Path, folder: &Path, error: &files::ReadError) -> Failure {
    let failure = Failure::new(error.to_string());
    let word = folder.to_string_lossy();
    if !matches!(error, files::ReadError::Missing(_)) || word.contains(['/', '\\']) {
        return failure;
    }
    let work = super::sources::read(dir);
    let releases = work.map(|work| load::releases(&work, &mut Sink::default()));
    let numbers = releases.unwrap_or_default();
    let numbers: Vec<_> = numbers.iter().map(|r| r.number.to_string()).collect();
    let known = numbers.iter().map(String::as_str).chain([WORK, SENT_OUT]);
    let message = format!("there is no version and no folder `{word}`");
    Failure::new(message).hint(match nearest(&word, known) {
        Some(near) => did_you_mean(near),
        None => "`utkast versions` lists the versions".to_owned(),
    })
}

/// The failure for a number that is not frozen, with a hint.
pub(super) fn no_version(number: Number, releases: &[Release], dir: &Path) -> Failure {
    let number = number.to_string();
    let message = format!("there is no version {number} of `{}`", dir.display());
    let numbers: Vec<_> = releases
        .iter()
        .map(|release| release.number.to_string())
        .collect();
    let near = nearest(&number, numbers.iter().map(String::as_str));
    Failure::new(message).hint(match near {
        Some(near) => did_you_mean(near),
        None if numbers.is_empty() => "freeze one with `utkast release`".to_owned(),
        None => format!("frozen versions: {}", numbers.join(", ")),
    })
}
