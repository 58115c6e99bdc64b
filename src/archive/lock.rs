//! The lock that allows one release at a time.

use same_file::Handle;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// The file that a release locks. It is hidden, so it is not a source.
const NAME: &str = ".utkast-lock";
/// The prefix of the text of a lock, before the number of the process.
const HOLDER: &str = "process ";
/// How often taking the lock is retried if its file vanishes.
const TRIES: usize = 100;

/// Held while a version is frozen. It ends with the process, however that ends; a file that stays
/// behind locks nothing.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// Closed after the file is deleted, so that another process finds it locked or missing.
    _file: File,
}

/// Why the lock cannot be taken.
#[derive(Debug)]
pub enum LockError {
    /// Another process has it: what its file says of that process, such as `process 123`. Without
    /// words, others took it again and again.
    Busy(Option<String>),
    /// Its path is not a file.
    NotAFile(PathBuf),
    /// Its file was not written by this program.
    Foreign(PathBuf),
    /// The system refused.
    Io(io::Error),
}

impl Lock {
    /// Takes the lock of a strategy's folder.
    pub fn take(dir: &Path) -> Result<Self, LockError> {
        let path = dir.join(NAME);
        for _ in 0..TRIES {
            if let Some(file) = try_take(&path)? {
                return Ok(Self { path, _file: file });
            }
        }
        Err(LockError::Busy(None))
    }

    /// Whether the file of a lock exists, held or left behind.
    pub fn is_seen(dir: &Path) -> bool {
        fs::symlink_metadata(dir.join(NAME)).is_ok()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// The locked file; `None` if the previous holder has just deleted it.
fn try_take(path: &Path) -> Result<Option<File>, LockError> {
    // The target of a link must not be written to.
    if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(LockError::NotAFile(path.to_owned()));
    }
    let mut options = OpenOptions::new();
    let options = options.read(true).write(true).create(true).truncate(false);
    let mut file = options.open(path).map_err(LockError::Io)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = file.read_to_string(&mut holder);
            return Err(LockError::Busy(Some(holder.trim().to_owned())));
        }
        Err(TryLockError::Error(error)) => return Err(LockError::Io(error)),
    }
    let mut text = String::new();
    let whose = file.read_to_string(&mut text).map_err(LockError::Io)?;
    if whose > 0 && !text.starts_with(HOLDER) {
        return Err(LockError::Foreign(path.to_owned()));
    }
    let mine = file.try_clone().and_then(Handle::from_file);
    let there = Handle::from_path(path);
    if !matches!((mine, there), (Ok(mine), Ok(there)) if mine == there) {
        return Ok(None);
    }
    let holder = format!("{HOLDER}{}\n", std::process::id());
    let named = file
        .set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| file.write_all(holder.as_bytes()));
    // Only a process that is refused reads the holder.
    drop(named);
    Ok(Some(file))
}
