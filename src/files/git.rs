//! Reads sources from a git revision.
//!
//! [`read_revision`] reads the objects of the repository directly. It needs no git program, checks out no
//! files, and ignores the configuration of the user and the environment.

mod error;
mod revision;

pub use error::GitError;

use super::Sources;
use super::folder::{ReadError, see_folder};
use super::reading::{Bytes, EntryType, FileTree, Limit, MAX_FILE_BYTES, TreeEntry, read};
use gix::objs::tree::EntryKind;
use gix::sec::Trust;
use gix::{ObjectId, Repository, ThreadSafeRepository, discover, open};
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// Reads the strategy of the folder `dir` as it was at `revision` of the repository around it: a
/// branch, a tag, a commit, `HEAD~2`, or what else git understands as the name of a commit. The same
/// rules hold as for a folder on disk.
///
/// # Errors
/// [`GitError`] if there is no repository, no such revision in it, or no such folder at that revision.
pub fn read_revision(dir: &Path, revision: &str) -> Result<Sources, GitError> {
    see_folder(dir).map_err(GitError::Folder)?;
    let repository = open_around(dir)?;
    let inside = place_inside(&repository, dir)?;
    let commit = revision::commit(&repository, revision)?;
    let tree = Revision {
        repository: &repository,
        dir,
        revision,
    };
    let damaged = |error| tree.damaged(commit.id, &error);
    let mut folder = commit.tree_id().map_err(damaged)?.detach();
    for name in &inside {
        let entry = tree.entry(&folder, name)?;
        let entry = entry.filter(|entry| matches!(entry.kind, EntryType::Folder));
        folder = match entry {
            Some(entry) => entry.place,
            None => {
                return Err(GitError::NoFolder {
                    revision: revision.to_owned(),
                    folder: inside.join("/"),
                });
            }
        };
    }
    let inside = inside.iter().map(|name| format!("{name}/"));
    let reported_in = format!("git:{revision}:{}", inside.collect::<String>());
    Ok(read(&tree, &folder)?.finish(dir.into(), reported_in))
}

/// Opens the repository around a folder. Whoever owns it: in a container that is often another user,
/// and nothing that a repository could ask for is run or followed here.
fn open_around(dir: &Path) -> Result<Repository, GitError> {
    let assumed = discover::upwards::Options {
        trust: discover::upwards::TrustPolicy::Assume(Trust::Full),
        ..Default::default()
    };
    let options = || open::Options::isolated().filter_config_section(|_| true);
    let options = gix::sec::trust::Mapping {
        full: options(),
        reduced: options(),
    };
    match ThreadSafeRepository::discover_opts(dir, assumed, options) {
        Ok(repository) => Ok(repository.to_thread_local()),
        Err(error) => Err(match error.downcast_any_ref::<discover::upwards::Error>() {
            Some(_) => GitError::NoRepository(dir.into()),
            None => GitError::Unopened(dir.into(), error.to_string()),
        }),
    }
}

/// The names of the folders that lead from the top of the repository to `dir`.
fn place_inside(repository: &Repository, dir: &Path) -> Result<Vec<String>, GitError> {
    let Some(top) = repository.workdir() else {
        return Err(GitError::Bare(dir.into()));
    };
    let real = |path: &Path| {
        let failed = |error| GitError::Folder(ReadError::Io(path.into(), error));
        path.canonicalize().map_err(failed)
    };
    let dir_is = real(dir)?;
    let inside = dir_is.strip_prefix(real(top)?);
    let inside: PathBuf = match inside {
        Ok(inside) => inside.into(),
        Err(_) => return Err(GitError::NoRepository(dir.into())),
    };
    let names = inside.components();
    let names = names.map(|name| name.as_os_str().to_string_lossy().into_owned());
    Ok(names.collect())
}

/// The files of a revision.
struct Revision<'r> {
    repository: &'r Repository,
    /// The folder and the revision, as the user named them.
    dir: &'r Path,
    revision: &'r str,
}

impl Revision<'_> {
    fn damaged(&self, object: ObjectId, error: &gix::Error) -> GitError {
        GitError::damaged(self.revision, object, error)
    }
}

impl FileTree for Revision<'_> {
    type Locator = ObjectId;
    type Error = GitError;

    fn entries(
        &self,
        folder: &ObjectId,
        most: usize,
    ) -> Result<Vec<TreeEntry<ObjectId>>, GitError> {
        let damaged = |error| self.damaged(*folder, &error);
        let tree = self.repository.find_tree(*folder).map_err(damaged)?;
        let entries = tree.iter().take(most);
        let entries = entries.map(|entry| {
            let entry = entry?;
            Ok(TreeEntry {
                name: entry.filename().to_string(),
                kind: kind(entry.kind()),
                place: entry.object_id(),
            })
        });
        entries.collect::<Result<_, _>>().map_err(damaged)
    }

    fn entry(
        &self,
        folder: &ObjectId,
        name: &str,
    ) -> Result<Option<TreeEntry<ObjectId>>, GitError> {
        // A folder on disk may have its name in decomposed form, and git the composed one.
        let entries = self.entries(folder, usize::MAX)?;
        let mut entries = entries.into_iter();
        Ok(entries.find(|entry| entry.name.nfc().eq(name.nfc())))
    }

    fn read(&self, file: &ObjectId) -> Result<Bytes, GitError> {
        let damaged = |error| self.damaged(*file, &error);
        let header = self.repository.find_header(*file).map_err(damaged)?;
        if header.size() > MAX_FILE_BYTES {
            return Ok(Bytes::TooMany(header.size()));
        }
        let mut blob = self.repository.find_blob(*file).map_err(damaged)?;
        Ok(Bytes::All(blob.take_data()))
    }

    fn beyond(&self, _: &ObjectId, limit: Limit) -> GitError {
        GitError::Folder(ReadError::Beyond(self.dir.into(), limit))
    }
}

fn kind(entry: EntryKind) -> EntryType {
    match entry {
        EntryKind::Tree => EntryType::Folder,
        EntryKind::Blob | EntryKind::BlobExecutable => EntryType::File,
        EntryKind::Link => EntryType::Link,
        EntryKind::Commit => {
            EntryType::Other("it is a submodule, and its files lie in another repository")
        }
    }
}

#[cfg(test)]
mod tests;
