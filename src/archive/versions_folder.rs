//! Reads all entries of the folder of versions, including files that do not belong there.

use super::install::{UNFINISHED, versions};
use crate::version::{Files, NotAFile, PathContent};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// The content of the folder of versions.
#[derive(Debug, Default)]
pub struct VersionsFolder {
    /// Every folder by its name, with its content.
    pub folders: BTreeMap<String, Files>,
    /// Entries that are not folders, by name.
    pub strays: Vec<StrayEntry>,
}

/// An entry that is not the folder of a version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StrayEntry {
    /// Its name.
    pub name: String,
    /// Whether it is a link.
    pub is_link: bool,
}

/// Reads everything in the folder of the versions; none of it if there is no such folder.
///
/// # Errors
/// What the system says of a folder.
pub(super) fn read(dir: &Path) -> io::Result<VersionsFolder> {
    let mut versions_folder = VersionsFolder::default();
    let path = versions(dir);
    if !path.exists() {
        return Ok(versions_folder);
    }
    for entry in fs::read_dir(&path)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(UNFINISHED) {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            let mut files = Files::new();
            gather(&entry.path(), "", &mut files)?;
            versions_folder.folders.insert(name, files);
        } else {
            let is_link = kind.is_symlink();
            versions_folder.strays.push(StrayEntry { name, is_link });
        }
    }
    versions_folder.strays.sort();
    Ok(versions_folder)
}

fn gather(folder: &Path, prefix: &str, files: &mut Files) -> io::Result<()> {
    let mut empty = true;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        empty = false;
        // File systems of macOS return names in decomposed form.
        let path: String = format!("{prefix}{name}").nfc().collect();
        let kind = entry.file_type()?;
        if kind.is_dir() {
            gather(&entry.path(), &format!("{path}/"), files)?;
            continue;
        }
        let kept = match kind.is_file() {
            true => match fs::read(entry.path()) {
                Ok(bytes) => PathContent::File(bytes),
                Err(error) => PathContent::Other(NotAFile::Unreadable(error.to_string())),
            },
            false if kind.is_symlink() => PathContent::Other(NotAFile::Link),
            false => PathContent::Other(NotAFile::Special),
        };
        files.insert(path, kept);
    }
    if empty {
        let path = prefix.trim_end_matches('/').to_owned();
        files.insert(path, PathContent::Other(NotAFile::EmptyFolder));
    }
    Ok(())
}
