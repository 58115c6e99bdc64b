//! All changes of the disk when a version is frozen, in steps that a test can interrupt.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// A disk.
pub trait Disk {
    /// Creates a folder that does not exist.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Creates a file that does not exist, with these bytes, and syncs it.
    fn create_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Syncs the entries of a folder.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Renames a folder.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;

    /// Deletes a file, or a folder with its content, if it exists.
    fn remove_all(&self, path: &Path) -> io::Result<()> {
        let kind = match fs::symlink_metadata(path) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        if !kind.is_dir() {
            return self.remove_file(path);
        }
        for entry in fs::read_dir(path)? {
            self.remove_all(&entry?.path())?;
        }
        self.remove_folder(path)
    }
}

/// The real disk.
pub struct LocalDisk;

impl Disk for LocalDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn create_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create_new(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        // Some systems cannot open folders; they need no sync either.
        match File::open(path) {
            Ok(folder) => folder.sync_all(),
            Err(_) => Ok(()),
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
}
