//! Versions: what makes one, how it is frozen, and how it is proved.
//!
//! A build is of a [`BuildState`]: as the sources say, as they would be with another status, or as
//! a version was frozen. [`resolve`] brings the strategy into it and sees to it that a version
//! follows from those before; [`freeze`] gives the files that are kept of it, and [`prove`] holds
//! such files against their manifest. Everything here is text and bytes; the disk and the pipeline
//! are for others.

mod build_state;
mod chain;
mod freeze;
mod prove;
mod resolve;
mod rules;
pub mod seal;
mod succession;

pub use build_state::{BuildState, ReleaseDetails};
pub use chain::{ChainBreak, check as check_chain};
pub use freeze::freeze;
pub use prove::{Change, Difference, Fault, Files, NotAFile, PathContent, differences, prove};
pub use resolve::resolve;
pub use rules::RULES;
pub use succession::asked_of;

use crate::files::VERSIONS;
use unicode_normalization::UnicodeNormalization;

/// Whether a file of a strategy's folder is one of its sources, and not a version that was frozen.
pub fn is_source(path: &str) -> bool {
    let below = path.strip_prefix(VERSIONS);
    !below.is_some_and(|below| below.starts_with('/'))
}

/// A text as it is read again: an escape of TOML may have made letters in parts, which files are not
/// read with.
fn composed(text: &str) -> String {
    text.nfc().collect()
}
