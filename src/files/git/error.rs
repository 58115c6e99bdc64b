//! Errors of reading a revision.

use crate::files::ReadError;
use gix::ObjectId;
use std::fmt;
use std::path::PathBuf;

/// Why sources could not be read from a revision.
#[derive(Debug)]
pub enum GitError {
    /// The folder itself cannot be read, or holds more than a strategy can have.
    Folder(ReadError),
    /// The folder lies in no repository.
    NoRepository(PathBuf),
    /// The repository around the folder has no working copy.
    Bare(PathBuf),
    /// The repository around the folder cannot be opened.
    Unopened(PathBuf, String),
    /// The repository has no commit yet.
    NoCommit,
    /// Nothing has the name.
    NoRevision {
        /// The revision as it was asked for.
        revision: String,
        /// Names that are alike, the nearest first.
        near: Vec<String>,
        /// Whether the clone is shallow, and may lack names too.
        shallow: bool,
    },
    /// The name is known, but what is asked for from there is not.
    NoWay {
        /// The revision as it was asked for.
        revision: String,
        /// The part of it that is known.
        base: String,
    },
    /// More than one thing has the name.
    Ambiguous {
        /// The revision as it was asked for.
        revision: String,
        /// Longer names, each of which means one thing.
        meanings: Vec<String>,
    },
    /// The object of that name is not a single commit.
    NotACommit {
        /// The revision as it was asked for.
        revision: String,
        /// Its type.
        kind: String,
    },
    /// The revision lies before the beginning of a shallow clone.
    Shallow {
        /// The revision as it was asked for.
        revision: String,
    },
    /// The folder was not there.
    NoFolder {
        /// The revision as it was asked for.
        revision: String,
        /// Path of the folder in the repository.
        folder: String,
    },
    /// An object of the repository cannot be read.
    Damaged {
        /// The revision as it was asked for.
        revision: String,
        /// The name of the object.
        object: String,
        /// The problem.
        reason: String,
    },
}

impl GitError {
    pub(super) fn damaged(revision: &str, object: ObjectId, error: &gix::Error) -> Self {
        Self::Damaged {
            revision: revision.to_owned(),
            object: object.to_string(),
            reason: error.probable_cause().to_string(),
        }
    }
}

/// Names as they stand in a message.
fn quoted(names: &[String]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(" or ")
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(error) => error.fmt(f),
            Self::NoRepository(dir) => write!(
                f,
                "`{}` lies in no git repository; name a folder that does, or a frozen version",
                dir.display()
            ),
            Self::Bare(dir) => write!(
                f,
                "the git repository of `{}` has no working copy; clone it, and name the strategy's folder in the clone",
                dir.display()
            ),
            Self::Unopened(dir, reason) => write!(
                f,
                "the git repository of `{}` cannot be opened: {reason}; see whether `git status` works there",
                dir.display()
            ),
            Self::NoCommit => write!(
                f,
                "the git repository has no commit yet; make one with `git commit`"
            ),
            Self::NoRevision {
                revision,
                near,
                shallow,
            } => {
                write!(f, "git knows no revision `{revision}`; ")?;
                match near.as_slice() {
                    [] => write!(f, "see its names with `git branch --all` and `git tag`")?,
                    near => write!(f, "did you mean {}?", quoted(near))?,
                }
                match shallow {
                    true => write!(
                        f,
                        " (this is a shallow clone, which may lack it; get the whole history with `git fetch --unshallow --tags`)"
                    ),
                    false => Ok(()),
                }
            }
            Self::NoWay { revision, base } => write!(
                f,
                "git knows `{base}`, but `{revision}` leads to no commit; see those before it with `git log {base}`"
            ),
            Self::Ambiguous { revision, meanings } => write!(
                f,
                "`{revision}` means more than one thing in git; write {}",
                quoted(meanings)
            ),
            Self::NotACommit { revision, kind } => write!(
                f,
                "`{revision}` is {kind}; name one commit, by a branch, a tag or its number"
            ),
            Self::Shallow { revision } => write!(
                f,
                "`{revision}` is not here: this is a shallow clone; get the whole history with `git fetch --unshallow`"
            ),
            Self::NoFolder { revision, folder } => write!(
                f,
                "there was no folder `{folder}` at `{revision}`; name a later revision"
            ),
            Self::Damaged {
                revision,
                object,
                reason,
            } => write!(
                f,
                "the object {object} of `{revision}` cannot be read: {reason}; see what is wrong with `git fsck`, or clone the repository again"
            ),
        }
    }
}

impl std::error::Error for GitError {}
