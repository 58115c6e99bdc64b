//! The chain of versions: each manifest names the one before it, with its seal.

use super::rules;
use crate::diag::{Diagnostic, Sink};
use crate::files::Sources;
use crate::manifest::{Previous, is_sealed};
use crate::model::Release;
use std::fmt;

/// Reports where the chain is broken. `releases` are all of a folder, by number, as `sources` have
/// them.
pub fn check(releases: &[Release], sources: &Sources, sink: &mut Sink) {
    let mut before: Option<&Release> = None;
    for release in releases {
        let Some(manifest) = sources.get(release.span.file) else {
            continue;
        };
        let path = &manifest.path;
        if let Some(said) = out_of_place(path, release) {
            sink.report(said);
        } else if let Some(what) = broken(before, release) {
            let message = format!("the chain of versions is broken: {what}");
            let said = rules::BROKEN_CHAIN.nowhere(message).in_place(path);
            sink.report(said.hint("restore the folder `versions` from a copy"));
        } else if is_sealed(manifest.bytes()) && release.computed_digest() != release.digest {
            let message = "the digest in the manifest is not that of the version";
            let said = rules::BROKEN_CHAIN.nowhere(message).in_place(path);
            sink.report(said.hint("restore the folder `versions` from a copy"));
        }
        before = Some(release);
    }
}

/// A version whose folder has another number.
fn out_of_place(path: &str, release: &Release) -> Option<Diagnostic> {
    let folder = path.split('/').nth(1)?;
    (folder != release.number.to_string()).then(|| {
        let message = format!("version {} is in the folder `{folder}`", release.number);
        let said = rules::BROKEN_CHAIN.nowhere(message).in_place(path);
        said.hint("rename the folder to the number of the version")
    })
}

/// How a version does not follow from the one before it. All are numbers of versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainBreak {
    /// `number` names `previous`, but there is no earlier version.
    NoPrevious {
        /// The version.
        number: String,
        /// The one that it names.
        previous: String,
    },
    /// `number` was frozen as the first, but `before` is earlier.
    NotFirst {
        /// The version.
        number: String,
        /// The one before it.
        before: String,
    },
    /// `number` names `previous`, but `before` comes right before it.
    OtherPrevious {
        /// The version.
        number: String,
        /// The one that it names.
        previous: String,
        /// The one before it.
        before: String,
    },
    /// `number` names `before` with another seal than it has.
    Replaced {
        /// The version.
        number: String,
        /// The one before it.
        before: String,
    },
}

impl fmt::Display for ChainBreak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPrevious { number, previous } => write!(
                f,
                "version {number} follows version {previous}, which is missing or cannot be read"
            ),
            Self::NotFirst { number, before } => write!(
                f,
                "version {number} was frozen as the first, but there is an earlier version {before}"
            ),
            Self::OtherPrevious {
                number,
                previous,
                before,
            } => write!(
                f,
                "version {number} follows version {previous}, but version {before} comes right before it"
            ),
            Self::Replaced { number, before } => write!(
                f,
                "version {number} does not follow this version {before}, but another one with its number"
            ),
        }
    }
}

/// A broken link between a version and the one before it.
pub(super) fn broken(before: Option<&Release>, release: &Release) -> Option<ChainBreak> {
    let number = release.manifest.number.clone();
    let before = before.map(|before| &before.manifest);
    match (before, release.previous.clone()) {
        (None, None) => None,
        (
            None,
            Some(Previous {
                number: previous, ..
            }),
        ) => Some(ChainBreak::NoPrevious { number, previous }),
        (Some(before), None) => {
            let before = before.number.clone();
            Some(ChainBreak::NotFirst { number, before })
        }
        (Some(manifest), Some(named)) => {
            let (previous, before) = (named.number, manifest.number.clone());
            if previous != before {
                return Some(ChainBreak::OtherPrevious {
                    number,
                    previous,
                    before,
                });
            }
            (manifest.seal != named.seal).then_some(ChainBreak::Replaced { number, before })
        }
    }
}
