//! The scripts of the gate (`.ci`).
#![cfg(unix)]

use crate::support::repository;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

/// Programs by which a script installs, downloads or builds.
const TOOLS: [&str; 8] = [
    "apt-get", "cargo", "dpkg", "java", "mvn", "node", "npm", "rustup",
];

/// The files of a folder that the system can run.
fn scripts(folder: &&str) -> Vec<PathBuf> {
    let entries = fs::read_dir(repository(folder)).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    let is_script = |path: &PathBuf| {
        let mode = path.metadata().expect("it is there").permissions().mode();
        path.is_file() && mode & 0o111 != 0
    };
    paths.filter(is_script).collect()
}

#[test]
fn every_script_has_a_help_that_runs_nothing() {
    let stubs = tempfile::tempdir().expect("there is room");
    let ran = stubs.path().join("ran");
    for tool in TOOLS {
        let stub = stubs.path().join(tool);
        let text = format!("#!/bin/sh\necho {tool} >>'{}'\nexit 1\n", ran.display());
        fs::write(&stub, text).expect("there is room");
        fs::set_permissions(&stub, fs::Permissions::from_mode(0o755)).expect("it is ours");
    }
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", stubs.path().display());
    let scripts: Vec<_> = [".ci", ".ci/browser", ".ci/verapdf"]
        .iter()
        .flat_map(scripts)
        .collect();
    assert!(scripts.len() >= 6, "{scripts:?}");
    for script in scripts {
        let script = script.display();
        for option in ["--help", "-h"] {
            let mut command = Command::new(script.to_string());
            let told = command.arg(option).env("PATH", &path).output();
            let told = told.expect("the script can be run");
            assert!(told.status.success(), "{script}: {told:?}");
            assert!(told.stdout.len() > 40, "{script}: {told:?}");
            let done = fs::read_to_string(&ran).unwrap_or_default();
            assert_eq!(done, "", "{script} {option} runs these");
        }
    }
}
