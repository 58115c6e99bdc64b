//! Other programs, which judge what ours makes. A judge that is not installed is skipped, unless
//! `UTKAST_JUDGES=required`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Whether a judge that is missing is a failure.
pub(crate) fn are_required() -> bool {
    std::env::var("UTKAST_JUDGES").as_deref() == Ok("required")
}

#[expect(clippy::print_stderr, reason = "a skipped test should say so")]
pub(crate) fn skipped(judge: &str) {
    eprintln!("skipped: {judge} is not installed");
}

/// What a judge prints, and how it ends; `None` if it is not installed and need not be.
pub(crate) fn run(judge: &str, args: &[&OsStr]) -> Option<Output> {
    match Command::new(judge).args(args).output() {
        Ok(output) => Some(output),
        Err(_) if !are_required() => {
            skipped(judge);
            None
        }
        Err(error) => panic!("{judge} is required: {error}"),
    }
}

/// Lets veraPDF judge files for PDF/UA-1 and PDF/A-2a; fails if one does not conform.
pub(crate) fn verapdf(files: &[PathBuf]) {
    let ci = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/verapdf");
    // The first run of the script gathers it, which a test should not do unasked.
    if !are_required() && !ci.join("target/dependency").is_dir() {
        return skipped("veraPDF");
    }
    let output = Command::new(ci.join("run"))
        .args(files)
        .output()
        .expect("the script can be run");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let failed: Vec<_> = said
        .lines()
        .filter(|line| !line.contains("failed)") || line.contains("NOT"))
        .collect();
    assert!(output.status.success(), "{}", failed.join("\n"));
}
