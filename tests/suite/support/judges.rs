//! Other programs, which judge what ours makes. A judge that is not installed is skipped, unless
//! `UTKAST_JUDGES=required`.

use std::ffi::OsStr;
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
