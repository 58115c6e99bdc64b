//! Writes a group of files atomically: all of them or none.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// A file to write.
#[derive(Debug, Clone, Copy)]
pub struct FileToWrite<'a> {
    /// Its name in the folder.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

impl<'a> FileToWrite<'a> {
    /// A file with this name and these bytes.
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, bytes }
    }
}

/// Why files were not written. Nothing has changed.
#[derive(Debug)]
pub enum WriteError {
    /// A folder has the name of a file.
    Folder(PathBuf),
    /// The system refused.
    Io(io::Error),
}

/// Writes all files into `folder`, makes it if needed, and removes those of other names that are
/// `former` ones.
///
/// Each is first written beside its place and brought to the disk; only when all are there do they
/// take the places of the former ones. If one of them cannot, those that have are put back.
pub fn write_all(
    folder: &Path,
    files: &[FileToWrite<'_>],
    former: &[String],
) -> Result<(), WriteError> {
    fs::create_dir_all(folder).map_err(WriteError::Io)?;
    let mut ready = Vec::new();
    for file in files {
        let target = folder.join(file.name);
        if target.is_dir() {
            return Err(WriteError::Folder(target));
        }
        ready.push((beside(folder, file.bytes).map_err(WriteError::Io)?, target));
    }
    let former = former.iter().map(|name| folder.join(name)).collect();
    replace_all(ready, former).map_err(WriteError::Io)?;
    sync_folder(folder);
    Ok(())
}

/// A finished temporary file in the folder; it is deleted unless it is moved.
fn beside(folder: &Path, bytes: &[u8]) -> io::Result<TempPath> {
    let mut file = new_file(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file.into_temp_path())
}

/// A temporary file with the permissions of a normal new file, because others will read it.
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".utkast-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Moves the finished files into place and removes the former ones.
fn replace_all(ready: Vec<(TempPath, PathBuf)>, former: Vec<PathBuf>) -> io::Result<()> {
    let mut replaced: Vec<Replaced> = Vec::new();
    let new = ready.into_iter().map(|(new, target)| (Some(new), target));
    let none = former.into_iter().map(|target| (None, target));
    for (new, target) in new.chain(none) {
        match replace(new, target) {
            Ok(done) => replaced.push(done),
            Err(error) => {
                replaced.into_iter().rev().for_each(restore);
                return Err(error);
            }
        }
    }
    Ok(())
}

/// A place that holds a new file or none, and the former one if there was one.
type Replaced = (PathBuf, Option<TempPath>);

fn replace(new: Option<TempPath>, target: PathBuf) -> io::Result<Replaced> {
    let former = keep(&target)?;
    match new {
        Some(new) => new.persist(&target).map_err(|error| error.error)?,
        None => fs::remove_file(&target)?,
    }
    Ok((target, former))
}

/// A hard link to a file, so that it can be restored; a copy where links are not supported.
fn keep(target: &Path) -> io::Result<Option<TempPath>> {
    if !target.exists() {
        return Ok(None);
    }
    let folder = target.parent().unwrap_or(Path::new("."));
    let spare = tempfile::Builder::new()
        .prefix(".utkast-")
        .tempfile_in(folder)?;
    let spare = spare.into_temp_path();
    fs::remove_file(&spare)?;
    fs::hard_link(target, &spare).or_else(|_| fs::copy(target, &spare).map(drop))?;
    Ok(Some(spare))
}

/// Puts a former file back. If that fails too, there is nothing better to do than to report the
/// first failure.
fn restore((target, former): Replaced) {
    let _ = match former {
        Some(former) => former.persist(&target).map_err(|error| error.error),
        None => fs::remove_file(&target),
    };
}

/// Syncs the new names, where the system supports it; the files are synced already.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_one_file_cannot_be_placed_the_others_are_put_back() {
        let dir = tempfile::tempdir().expect("there is room");
        let first = dir.path().join("a");
        fs::write(&first, "old").expect("it can be written");
        let blocked = dir.path().join("b");
        fs::create_dir(&blocked).expect("it can be made");
        let new = || beside(dir.path(), b"new").expect("there is room");
        let ready = vec![(new(), first.clone()), (new(), blocked.clone())];
        replace_all(ready, Vec::new()).expect_err("a folder stands in the way");
        let text = || fs::read_to_string(&first).expect("it is there");
        assert_eq!(text(), "old");
        let left = || fs::read_dir(dir.path()).expect("it is there").count();
        assert_eq!(left(), 2, "no temporary file is left behind");

        let ready = vec![(new(), dir.path().join("c"))];
        replace_all(ready, vec![first.clone(), blocked]).expect_err("a folder is no output");
        assert_eq!(
            (text().as_str(), left()),
            ("old", 2),
            "a removed one comes back"
        );

        let ready = vec![(new(), dir.path().join("c"))];
        replace_all(ready, vec![first.clone()]).expect("nothing stands in the way");
        assert_eq!((first.exists(), left()), (false, 2));
    }
}
