//! Versions: how they are resolved, frozen and proved.
//!
//! A build has a [`BuildState`]: as written in the sources, with another status, or as frozen. [`resolve`]
//! applies it to the strategy and checks that the version follows the earlier ones. [`freeze`] makes the
//! files of a version, and [`prove`] compares files with their manifest. This room works with text and
//! bytes; it uses neither the disk nor the pipeline.

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
