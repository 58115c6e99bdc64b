//! Reads the sources of a folder, after deleting the leftovers of an interrupted release.

use super::{Failure, Streams};
use crate::archive::{self, LocalDisk, Lock, LockError};
use crate::files::{self, Sources};
use std::path::Path;

/// The sources of a folder, locked against other releases.
pub(super) struct LockedSources {
    pub(super) sources: Sources,
    pub(super) lock: Lock,
}

/// The sources, without a lock.
pub(super) fn open(dir: &Path, streams: &mut Streams<'_>) -> Result<Sources, Failure> {
    mend(dir, streams);
    read(dir)
}

/// The sources of a folder that must contain a strategy; the strategy may have errors.
pub(super) fn open_strategy(dir: &Path, streams: &mut Streams<'_>) -> Result<Sources, Failure> {
    let sources = open(dir, streams)?;
    match sources.by_path("strategy.toml") {
        Some(_) => Ok(sources),
        None => Err(Failure::new(format!(
            "there is no `strategy.toml` in `{}`",
            dir.display()
        ))
        .hint("name the strategy's folder")),
    }
}

/// The sources, and the lock of their folder.
pub(super) fn hold(dir: &Path, streams: &mut Streams<'_>) -> Result<LockedSources, Failure> {
    // Fails early, so that no lock is made for a missing folder.
    read(dir)?;
    let lock = Lock::take(dir).map_err(|no| match no {
        LockError::Busy(holder) => {
            let holder = holder.unwrap_or_else(|| "several releases in turn".to_owned());
            let message = format!(
                "another release of `{}` is running ({holder})",
                dir.display()
            );
            Failure::new(message).hint("wait until it is finished, then try again")
        }
        other => {
            let (dir, why) = (dir.display(), in_the_way(&other));
            let message = format!("cannot write in `{dir}`: {why}");
            Failure::new(message).hint("a release writes into the strategy's folder")
        }
    })?;
    clear(dir, &lock, streams);
    // Read again: another release may have ended while this one waited for the lock.
    let sources = read(dir)?;
    Ok(LockedSources { sources, lock })
}

/// The sources, or why they cannot be read.
pub(super) fn read(dir: &Path) -> Result<Sources, Failure> {
    files::read_folder(dir).map_err(|error| Failure::new(error.to_string()))
}

/// Deletes the leftovers of an interrupted release, unless a release is running.
pub(super) fn mend(dir: &Path, streams: &mut Streams<'_>) {
    if archive::leftovers(dir).is_empty() && !Lock::is_seen(dir) {
        return;
    }
    match Lock::take(dir) {
        Ok(lock) => clear(dir, &lock, streams),
        Err(LockError::Busy(_)) => {}
        Err(other) => streams.say(&format!(
            "A release was interrupted, and its leftovers cannot be deleted: {}.\n",
            in_the_way(&other)
        )),
    }
}

/// Why a lock cannot be taken.
fn in_the_way(no: &LockError) -> String {
    match no {
        LockError::Busy(_) => "another release is running".to_owned(),
        LockError::NotAFile(path) => {
            format!("`{}` is in the way, and is not a file", path.display())
        }
        LockError::Foreign(path) => format!(
            "`{}` is in the way, and is not a lock of utkast",
            path.display()
        ),
        LockError::Io(error) => error.to_string(),
    }
}

fn clear(dir: &Path, lock: &Lock, streams: &mut Streams<'_>) {
    let begun = archive::leftovers(dir);
    let ended = archive::clear(&LocalDisk, dir, lock);
    for number in begun {
        let what = format!("The release of version {number} was interrupted");
        streams.say(&match &ended {
            Ok(()) => format!("{what}. Its leftovers were deleted; no version was changed.\n"),
            Err(error) => format!("{what}, and its leftovers cannot be deleted: {error}.\n"),
        });
    }
}

/// The sources as they were at a revision of git.
pub(super) fn at_revision(dir: &Path, revision: &str) -> Result<Sources, Failure> {
    files::read_revision(dir, revision).map_err(|error| Failure::new(error.to_string()))
}
