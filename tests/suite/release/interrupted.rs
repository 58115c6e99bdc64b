//! Interrupted releases: killed at a call of the system, or refused one by the disk.

use super::{frozen, strategy};
use crate::support::{Case, files_of, judges};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The calls that change the disk, as far as any program makes one. Of those that open a file only
/// such as create it are meant.
const CALLS: [&str; 22] = [
    "mkdir",
    "mkdirat",
    "open",
    "openat",
    "creat",
    "write",
    "writev",
    "pwrite64",
    "pwritev",
    "ftruncate",
    "truncate",
    "fallocate",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "rmdir",
];

#[test]
fn every_command_says_what_a_cut_off_release_left_and_removes_it() {
    for command in [
        "build strategy",
        "check strategy",
        "verify strategy",
        "versions strategy",
        "status strategy --today 2026-01-05",
        "identify strategy/versions/0.1/strategy.pdf strategy",
        // One that is refused, so that it changes nothing itself.
        "release strategy --status proposed --date 2026-01-04",
    ] {
        let case = strategy();
        frozen(&case, "--status working --date 2026-01-05");
        let before = files_of(&case.path("strategy"));
        let case = case
            .with("versions/.utkast-0.2/sources/strategy.toml", "title")
            .with(".utkast-lock", "process 7\n");
        let words: Vec<_> = command.split(' ').collect();
        let ran = case.utkast(&words);
        let said = "The release of version 0.2 was interrupted.";
        assert!(ran.err.contains(said), "{command}: {}", ran.err);
        assert!(ran.err.contains("no version was changed"), "{command}");
        assert_eq!(files_of(&case.path("strategy")), before, "{command}");
        // Said once, it is not said again.
        let again = case.utkast(&words);
        assert!(
            !again.err.contains("interrupted"),
            "{command}: {}",
            again.err
        );
    }
}

#[cfg(unix)]
#[test]
fn a_lock_that_is_a_link_is_not_followed() {
    let case = strategy();
    let precious = case.path("verdifullt.txt");
    fs::write(&precious, "alt").expect("there is room");
    let lock = case.path("strategy/.utkast-lock");
    std::os::unix::fs::symlink(&precious, lock).expect("links can be made");
    for words in [
        &["check"][..],
        &["versions"],
        &["release", "--status", "working"],
    ] {
        let ran = case.utkast(words);
        assert!(
            ran.err.contains("is in the way, and is not a file"),
            "{}",
            ran.err
        );
        assert_eq!(fs::read_to_string(&precious).expect("it is there"), "alt");
    }
}

#[test]
fn only_what_a_release_has_begun_is_removed() {
    let case = strategy();
    frozen(&case, "--status working --date 2026-01-05");
    let case = case
        .with("versions/.utkast-notater/n.txt", "ord")
        .with(".utkast-lock", "Husk: ring Kari\n");
    let before = files_of(&case.path("strategy"));
    let ran = case.utkast(&["versions", "strategy"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.err.contains("is not a lock of utkast"), "{}", ran.err);
    assert_eq!(files_of(&case.path("strategy")), before);
}

#[cfg(unix)]
#[test]
fn nothing_behind_a_link_is_removed() {
    let case = strategy();
    let elsewhere = case.path("annet/.utkast-0.1");
    fs::create_dir_all(&elsewhere).expect("there is room");
    let link = case.path("strategy/versions");
    std::os::unix::fs::symlink(case.path("annet"), link).expect("links can be made");
    case.utkast(&["versions", "strategy"]);
    assert!(elsewhere.exists());
}

/// How a release ended that was traced.
struct Traced {
    /// The calls that change the disk: the name, and how many of that name were made up to it.
    calls: Vec<(String, usize)>,
    /// Whether it ended by itself, with all done.
    done: bool,
}

/// The calls of a log that change the disk, in lines such as
/// `1234 openat(AT_FDCWD, "…", O_RDWR|O_CREAT) = 3`.
fn changing(log: &str) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for line in log.lines() {
        let Some((call, arguments)) = line.split_once('(') else {
            continue;
        };
        let Some(name) = call.split_whitespace().last() else {
            continue;
        };
        let count = counts.entry(name).or_default();
        *count += 1;
        if !name.starts_with("open") || arguments.contains("O_CREAT") {
            found.push((name.to_owned(), *count));
        }
    }
    found
}

/// Runs a release under strace, which does `inject` to it; `None` if processes cannot be traced
/// here.
fn traced(case: &Case, inject: &str) -> Option<Traced> {
    let log = case.path("trace");
    let output = Command::new("strace")
        .current_dir(case.path(""))
        .args(["-f", "-qq", "-o"])
        .arg(&log)
        // Not every machine has every one of them.
        .args(["-e", &format!("trace=?{}", CALLS.join(",?"))])
        .args((!inject.is_empty()).then(|| format!("--inject={inject}")))
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
        calls: changing(&log),
        done: output.status.success(),
    })
}

fn copy_of(folder: &Path) -> Case {
    let case = Case::empty();
    crate::support::copy(folder, &case.path("strategy"));
    case
}

/// Breaks a release off at each call that changes the disk, in turn.
fn interrupted(how: &str) {
    let case = strategy();
    frozen(&case, "--status working --date 2026-01-05");
    let folder = case.path("strategy");
    let whole = copy_of(&folder);
    let Some(traced_whole) = traced(&whole, "") else {
        return;
    };
    assert!(traced_whole.done);
    let old = files_of(&folder);
    let new = files_of(&whole.path("strategy"));
    for (case, count) in [(&case, 1), (&whole, 2)] {
        let proved = case.utkast(&["verify", "strategy"]);
        assert_eq!((proved.status, proved.out.lines().count()), (0, count));
    }
    let mut seen = [0, 0];
    for (name, nth) in traced_whole.calls {
        let who = format!("{name} number {nth}");
        let case = copy_of(&folder);
        let run = traced(&case, &format!("{name}:{how}:when={nth}")).expect("it went before");
        let mended = case.utkast(&["versions", "strategy"]);
        assert_eq!(mended.status, 0, "{who}: {}", mended.err);
        // Byte for byte one of the two that were proved.
        let now = files_of(&case.path("strategy"));
        let state = [&old, &new].iter().position(|state| **state == now);
        let state = state.unwrap_or_else(|| panic!("{who} leaves neither the old nor the new"));
        seen[state] += 1;
        assert!(state == 1 || !run.done, "{who}: it says that all is done");
    }
    // Most calls come before the version gets its name, a few after it.
    assert!(seen[0] > 50 && seen[1] > 1, "{seen:?}");
}

#[test]
fn killed_at_any_call_of_the_system_a_release_leaves_the_old_or_the_new() {
    interrupted("signal=SIGKILL");
}

#[test]
fn refused_any_call_of_the_system_a_release_leaves_the_old_or_the_new() {
    interrupted("error=ENOSPC");
}
