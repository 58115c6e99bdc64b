//! The only code that touches the library and the binary.

use std::path::{Path, PathBuf};
use utkast::diag::{Diagnostic, Rule, Severity, Sink};
use utkast::files::{self, Sources};

/// A folder of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
