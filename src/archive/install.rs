//! Writes versions into the folder `versions/`. Releases are atomic.
//!
//! [`install`] writes a version to a hidden folder, syncs every byte to the disk, and renames the folder.
//! If a release is interrupted before the rename, no version changes. [`clear`] deletes the leftovers.

use super::{Disk, Lock};
use crate::files::VERSIONS;
use crate::model::Number;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// The prefix of the names of unfinished folders and files.
pub(super) const UNFINISHED: &str = ".utkast-";

/// Why a version cannot be installed.
#[derive(Debug)]
pub enum InstallError {
    /// The name is taken.
    Taken(PathBuf),
    /// An error of the system.
    Io(io::Error),
}

/// The folder of the versions of a strategy.
pub fn versions(dir: &Path) -> PathBuf {
    dir.join(VERSIONS)
}

/// Installs a version: `files` are paths in its folder, and bytes.
///
/// # Errors
/// The versions are then as they were; what could not be deleted again is for [`clear`].
pub fn install(
    disk: &dyn Disk,
    dir: &Path,
    number: &str,
    files: &[(String, Vec<u8>)],
) -> Result<(), InstallError> {
    let versions_dir = versions(dir);
    let place = versions_dir.join(number);
    if place.exists() {
        return Err(InstallError::Taken(place));
    }
    let first = !versions_dir.exists();
    if first {
        disk.create_folder(&versions_dir)
            .map_err(InstallError::Io)?;
    }
    let beside = versions_dir.join(format!("{UNFINISHED}{number}"));
    let placed = write(disk, &beside, files).and_then(|()| disk.rename(&beside, &place));
    if let Err(error) = placed {
        let _ = disk.remove_all(&beside);
        if first {
            let _ = disk.remove_folder(&versions_dir);
        }
        return Err(InstallError::Io(error));
    }
    // From here on the version is there, also if the system cannot promise that it will outlive a
    // loss of power.
    let _ = disk.sync_folder(&versions_dir);
    if first {
        let _ = disk.sync_folder(dir);
    }
    Ok(())
}

/// Writes the files of a version into a new folder and syncs them.
fn write(disk: &dyn Disk, folder: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    disk.create_folder(folder)?;
    let mut folders = BTreeSet::from([folder.to_owned()]);
    for (path, bytes) in files {
        let path = folder.join(path);
        let above: Vec<_> = path.ancestors().skip(1).collect();
        for parent in above.into_iter().rev() {
            if parent.starts_with(folder) && folders.insert(parent.to_owned()) {
                disk.create_folder(parent)?;
            }
        }
        disk.create_file(&path, bytes)?;
    }
    folders
        .iter()
        .try_for_each(|folder| disk.sync_folder(folder))
}

/// The numbers of the versions of interrupted releases. Changes nothing.
pub fn leftovers(dir: &Path) -> Vec<String> {
    let mut found: Vec<_> = unfinished(dir)
        .iter()
        .filter_map(|path| number(path))
        .collect();
    found.sort();
    found
}

/// The number of an unfinished version, if the name is one that a release uses.
fn number(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?.strip_prefix(UNFINISHED)?;
    Some(Number::parse(name)?.to_string())
}

/// The folders of unfinished versions. Links are not followed.
fn unfinished(dir: &Path) -> Vec<PathBuf> {
    let is_folder = |path: &Path| {
        let found = std::fs::symlink_metadata(path);
        found.is_ok_and(|found| found.is_dir())
    };
    let versions_dir = versions(dir);
    if !is_folder(&versions_dir) {
        return Vec::new();
    }
    let entries = std::fs::read_dir(versions_dir).into_iter().flatten();
    let entries = entries.filter_map(|entry| Some(entry.ok()?.path()));
    entries
        .filter(|path| number(path).is_some() && is_folder(path))
        .collect()
}

/// Deletes what an interrupted release left. The lock must be held, so that nothing is taken from a
/// release that is running.
///
/// # Errors
/// What the system says.
pub fn clear(disk: &dyn Disk, dir: &Path, _: &Lock) -> io::Result<()> {
    let unfinished = unfinished(dir);
    unfinished
        .iter()
        .try_for_each(|path| disk.remove_all(path))?;
    let versions_dir = versions(dir);
    let empty = std::fs::read_dir(&versions_dir).is_ok_and(|mut entries| entries.next().is_none());
    if empty {
        disk.remove_folder(&versions_dir)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
