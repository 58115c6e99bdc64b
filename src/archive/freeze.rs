//! Makes the next version: its number, its files, and the proof that they can be read again.

use super::install::{InstallError, install, versions};
use super::{LocalDisk, Lock};
use crate::compile::Compiled;
use crate::diag::Sink;
use crate::files::{MANIFEST, Sources, VERSIONS};
use crate::load;
use crate::model::{Number, Release, Status, Strategy};
use crate::version::{self, Fault, Files, PathContent, prove};
use std::path::{Path, PathBuf};

/// Why the next version cannot have the number that the sources choose, or that would be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberError {
    /// The number that is chosen, or would be given.
    pub chosen: String,
    /// The reason.
    pub why: NumberProblem,
    /// The number that would be given without a choice.
    pub next: Number,
}

/// A problem with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberProblem {
    /// A version with this number is frozen.
    Taken,
    /// Versions with higher numbers are frozen.
    Passed,
    /// It leaves a gap that is not allowed.
    DoesNotFollow,
    /// The last version has the highest number of its count of adoptions, and none is chosen.
    NoneLeft,
}

/// The number of the next version, if it gets this status: the one that the sources choose, or else
/// the one after the last.
///
/// # Errors
/// The number that the sources choose does not follow what is frozen, or no number is left.
pub fn next_number(strategy: Option<&Strategy>, status: Status) -> Result<Number, NumberError> {
    let releases = strategy.map_or(&[][..], |strategy| &strategy.releases);
    let last = releases.last().map(|release| release.number);
    let next = Number::after(last, status);
    let chosen = strategy.and_then(|strategy| strategy.version.chosen.as_ref());
    let Some((chosen, number)) = chosen.and_then(|chosen| Some((chosen, Number::parse(chosen)?)))
    else {
        if Some(next) == last {
            let (chosen, why) = (next.to_string(), NumberProblem::NoneLeft);
            return Err(NumberError { chosen, why, next });
        }
        return Ok(next);
    };
    let why = if releases.iter().any(|release| release.number == number) {
        NumberProblem::Taken
    } else if Some(number) <= last {
        NumberProblem::Passed
    } else if !number.may_follow(last) {
        NumberProblem::DoesNotFollow
    } else {
        return Ok(number);
    };
    let chosen = chosen.value.clone();
    Err(NumberError { chosen, why, next })
}

/// A frozen version.
#[derive(Debug)]
pub struct Frozen {
    /// Its folder.
    pub folder: PathBuf,
    /// How many files are in it.
    pub files: usize,
}

/// Why a version was not frozen. No version has changed.
#[derive(Debug)]
pub enum FreezeError {
    /// The build has errors.
    NotBuilt,
    /// `verify` would reject it.
    Unprovable(Fault),
    /// It cannot be installed.
    InstallError(InstallError),
}

/// Freezes a version that was built, after proving that it can be read and proved again.
///
/// # Errors
/// [`FreezeError`].
pub fn freeze(
    dir: &Path,
    number: Number,
    compiled: &Compiled,
    sources: &Sources,
    _: &Lock,
) -> Result<Frozen, FreezeError> {
    let (Some(strategy), Some(outputs)) = (&compiled.strategy, &compiled.outputs) else {
        return Err(FreezeError::NotBuilt);
    };
    let outputs = outputs.iter();
    let outputs = outputs.map(|output| (output.name.as_str(), output.bytes.as_slice()));
    let files = version::freeze(strategy, sources, &outputs.collect::<Vec<_>>());
    if let Some(fault) = fault_of(number, &files, strategy.releases.last()) {
        return Err(FreezeError::Unprovable(fault));
    }
    let name = number.to_string();
    install(&LocalDisk, dir, &name, &files).map_err(FreezeError::InstallError)?;
    Ok(Frozen {
        folder: versions(dir).join(name),
        files: files.len(),
    })
}

/// The fault that `verify` would find in the files of a version, if any.
fn fault_of(
    number: Number,
    files: &[(String, Vec<u8>)],
    before: Option<&Release>,
) -> Option<Fault> {
    let kept = files
        .iter()
        .map(|(path, bytes)| (path.clone(), PathContent::File(bytes.clone())));
    let kept: Files = kept.collect();
    let manifest = files.iter().find(|(path, _)| path == MANIFEST);
    let text = manifest.and_then(|(_, bytes)| String::from_utf8(bytes.clone()).ok());
    let path = format!("{VERSIONS}/{number}/{MANIFEST}");
    let text = text.unwrap_or_default();
    let alone = Sources::from_texts([(path.as_str(), text.as_str())]);
    let read = load::releases(&alone, &mut Sink::default()).pop();
    let faults = prove(&number.to_string(), &kept, read.as_ref(), before);
    faults.into_iter().next()
}
