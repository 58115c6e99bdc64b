//! Other programs, which judge what ours makes. A judge that is not installed is skipped, unless
//! `UTKAST_JUDGES=required`.

use super::repository;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

/// What a judge prints; `None` if it is not installed and need not be.
#[expect(clippy::print_stderr, reason = "a skipped test should say so")]
pub(crate) fn ask(judge: &str, args: &[&OsStr]) -> Option<String> {
    match Command::new(judge).args(args).output() {
        Ok(output) => {
            let err = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{judge}: {err}");
            Some(String::from_utf8(output.stdout).expect("the judge writes UTF-8"))
        }
        Err(_) if std::env::var("UTKAST_JUDGES").as_deref() != Ok("required") => {
            eprintln!("skipped: {judge} is not installed");
            None
        }
        Err(error) => panic!("{judge} is required: {error}"),
    }
}

/// Lets veraPDF judge files for PDF/UA-1 and PDF/A-2a; fails on the first that does not conform.
#[expect(clippy::print_stderr, reason = "a skipped test should say so")]
pub(crate) fn verapdf(files: &[PathBuf]) {
    let ci = repository(".ci/verapdf");
    let required = std::env::var("UTKAST_JUDGES").as_deref() == Ok("required");
    if !required && !ci.join("target/dependency").is_dir() {
        // The first run of the script gathers it, which a test should not do unasked.
        return eprintln!("skipped: veraPDF is not installed");
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
