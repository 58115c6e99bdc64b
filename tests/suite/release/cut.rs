//! Releases that are cut off: killed at a call of the system, or refused one by the disk.

use super::{frozen, strategy};
use crate::support::{Case, files_of, judges};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The calls that change the disk, as far as a release makes any, and those that open files, since
/// some of them create one.
const CALLS: &str = "mkdir,mkdirat,openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,\
                     renameat2,link,linkat,unlink,unlinkat,rmdir";

#[test]
fn every_command_says_what_a_cut_off_release_left_and_removes_it() {
    for command in ["build", "check", "verify", "versions", "release"] {
        let case = strategy();
        frozen(&case, "--status working --date 2026-01-05");
        let before = files_of(&case.path("strategy"));
        let case = case
            .with("versions/.utkast-0.2/sources/strategy.toml", "title")
            .with(".utkast-lock", "process 7\n");
        let words: &[&str] = match command {
            "release" => &["release", "strategy", "--status", "proposed", "--body"],
            _ => &[command, "strategy"],
        };
        let words = match command {
            "release" => [&words[..4], &["--date", "2026-01-04"]].concat(),
            _ => words.to_vec(),
        };
        let ran = case.utkast(&words);
        let said = "The release of version 0.2 was cut off before it was done.";
        assert!(ran.err.contains(said), "{command}: {}", ran.err);
        assert!(ran.err.contains("no version has changed"), "{command}");
        assert_eq!(files_of(&case.path("strategy")), before, "{command}");
        // Said once, it is not said again.
        let again = case.utkast(&words);
        assert!(!again.err.contains("cut off"), "{command}: {}", again.err);
    }
}

/// What a trace of a release tells.
struct Traced {
    /// How many of the calls it made before it ended.
    calls: usize,
    /// Whether it ended by itself.
    ended: bool,
}

/// Runs a release under strace, which does `inject` to it; `None` if processes cannot be traced here.
fn traced(case: &Case, inject: &str) -> Option<Traced> {
    let log = case.path("trace");
    let output = Command::new("strace")
        .current_dir(case.path(""))
        .args(["-f", "-qq", "-o"])
        .arg(&log)
        .args(["-e", &format!("trace={CALLS}")])
        .args((!inject.is_empty()).then(|| format!("--inject={CALLS}:{inject}")))
        .arg(env!("CARGO_BIN_EXE_utkast"))
        .args([
            "release",
            "strategy",
            "--status",
            "draft",
            "--date",
            "2026-02-05",
        ])
        .env_remove("SOURCE_DATE_EPOCH")
        .output();
    let output = match output {
        Ok(output) => output,
        Err(_) if !judges::are_required() => {
            judges::skipped("strace");
            return None;
        }
        Err(error) => panic!("strace is required: {error}"),
    };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if said.contains("PTRACE") && said.contains("not permitted") {
        // Nothing that can be installed would change this.
        judges::skipped("the right to trace a process");
        return None;
    }
    let log = fs::read_to_string(log).expect("strace has written it");
    Some(Traced {
        calls: log.lines().filter(|line| line.contains('(')).count(),
        ended: output.status.success(),
    })
}

/// What is there when nothing was begun, and when all was done.
fn old_and_new(old: &Case) -> [Vec<(String, Vec<u8>)>; 2] {
    let folder = old.path("strategy");
    let before = files_of(&folder);
    let done = copy_of(&folder);
    frozen(&done, "--status draft --date 2026-02-05");
    [before, files_of(&done.path("strategy"))]
}

fn copy_of(folder: &Path) -> Case {
    let case = Case::empty();
    crate::support::copy(folder, &case.path("strategy"));
    case
}

/// Breaks a release off at each call in turn.
fn cut(inject: &str, ends: impl Fn(&Traced) -> bool) {
    let case = strategy();
    frozen(&case, "--status working --date 2026-01-05");
    let [old, new] = old_and_new(&case);
    let Some(whole) = traced(&copy_of(&case.path("strategy")), "") else {
        return;
    };
    assert!(whole.ended && whole.calls > 60, "{} calls", whole.calls);
    let mut seen = [0, 0];
    for call in 1..=whole.calls {
        let case = copy_of(&case.path("strategy"));
        let traced = traced(&case, &format!("{inject}:when={call}")).expect("it went before");
        assert!(ends(&traced), "call {call}");
        let mended = case.utkast(&["versions", "strategy"]);
        assert_eq!(mended.status, 0, "call {call}: {}", mended.err);
        let now = files_of(&case.path("strategy"));
        let state = [&old, &new].iter().position(|state| **state == now);
        let state =
            state.unwrap_or_else(|| panic!("call {call} leaves neither the old nor the new"));
        seen[state] += 1;
        let proved = case.utkast(&["verify", "strategy"]);
        assert_eq!(proved.status, 0, "call {call}: {}", proved.out);
        assert_eq!(proved.out.lines().count(), 1 + state);
    }
    assert!(seen[0] > 40 && seen[1] > 1, "{seen:?}");
}

#[test]
fn killed_at_any_call_of_the_system_a_release_leaves_the_old_or_the_new() {
    cut("signal=SIGKILL", |traced| !traced.ended);
}

#[test]
fn refused_any_call_of_the_system_a_release_leaves_the_old_or_the_new() {
    cut("error=ENOSPC", |_| true);
}
