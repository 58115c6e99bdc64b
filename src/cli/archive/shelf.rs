//! What lies in the folder of the versions, byte by byte, whoever put it there.

use super::versions;
use crate::version::{Files, Kept};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// Every folder of a version by its name with what lies in it; what is no folder is told in words.
pub(in super::super) struct Shelf {
    pub(in super::super) folders: BTreeMap<String, Files>,
    pub(in super::super) strays: Vec<String>,
}

/// Reads everything in the folder of the versions; none of it if there is no such folder.
///
/// # Errors
/// What the system says of a folder.
pub(in super::super) fn read(dir: &Path) -> io::Result<Shelf> {
    let mut shelf = Shelf {
        folders: BTreeMap::new(),
        strays: Vec::new(),
    };
    let path = versions(dir);
    if !path.exists() {
        return Ok(shelf);
    }
    for entry in fs::read_dir(&path)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(super::UNFINISHED) {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            let mut files = Files::new();
            gather(&entry.path(), "", &mut files)?;
            shelf.folders.insert(name, files);
        } else {
            shelf.strays.push(match kind.is_symlink() {
                true => format!("`{name}` is a link to somewhere else"),
                false => format!("`{name}` was added"),
            });
        }
    }
    shelf.strays.sort();
    Ok(shelf)
}

fn gather(folder: &Path, prefix: &str, files: &mut Files) -> io::Result<()> {
    let mut empty = true;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        empty = false;
        // File systems of macOS hand out names in decomposed form.
        let path: String = format!("{prefix}{name}").nfc().collect();
        let kind = entry.file_type()?;
        if kind.is_dir() {
            gather(&entry.path(), &format!("{path}/"), files)?;
            continue;
        }
        let kept = match kind.is_file() {
            true => match fs::read(entry.path()) {
                Ok(bytes) => Kept::File(bytes),
                Err(error) => Kept::Other(format!("a file that cannot be read: {error}")),
            },
            false if kind.is_symlink() => Kept::Other("a link to somewhere else".into()),
            false => Kept::Other("neither a file nor a folder".into()),
        };
        files.insert(path, kept);
    }
    if empty {
        let path = prefix.trim_end_matches('/').to_owned();
        files.insert(path, Kept::Other("an empty folder".into()));
    }
    Ok(())
}
