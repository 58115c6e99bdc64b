//! The judge of pages: Chromium, axe and the Nu HTML checker (`.ci/browser`).

use super::{judges, repository};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Lets a browser and the Nu HTML checker judge pages: what is printed, and how it ends; `None` if
/// one of them is not installed and need not be.
pub(crate) fn judge(files: &[PathBuf]) -> Option<Output> {
    let ci = installed()?;
    let ran = Command::new(ci.join("run")).args(files).output();
    Some(ran.expect("the script can be run"))
}

/// Goes through `utkast watch` in a browser, on a copy of a strategy; `None` as in [`judge`].
pub(crate) fn walk(strategy: &Path) -> Option<Output> {
    let walk = installed()?.join("watch.mjs");
    let program = env!("CARGO_BIN_EXE_utkast");
    let ran = Command::new("node")
        .arg(walk)
        .args([Path::new(program), strategy])
        .output();
    Some(ran.expect("node can be run"))
}

/// The folder of the judge, if all that it needs is there.
fn installed() -> Option<PathBuf> {
    let ci = repository(".ci/browser");
    // The first run of the script gathers its packages, which a test should not do unasked.
    if !judges::are_required() && !ci.join("node_modules").is_dir() {
        judges::skipped("the judge of pages");
        return None;
    }
    for program in ["node", "chromium", "java", "pdftotext"] {
        judges::run(program, &["--version".as_ref()])?;
    }
    Some(ci)
}
