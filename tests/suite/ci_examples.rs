//! The workflows in `examples/ci`, run as they stand in a repository that is made for it.

use crate::support::{judges, repository};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The commands of a workflow in their order: what stands below `run: |` or `- |`.
fn commands(path: &str) -> Vec<String> {
    let text = fs::read_to_string(repository(path)).expect("it is there");
    let mut commands = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let trimmed = line.trim_start();
        if trimmed != "run: |" && trimmed != "- |" {
            continue;
        }
        let own = line.len() - trimmed.len();
        let mut command = String::new();
        while let Some(line) = lines.next_if(|line| {
            let indent = line.len() - line.trim_start().len();
            line.trim().is_empty() || indent > own
        }) {
            command.push_str(line);
            command.push('\n');
        }
        commands.push(command);
    }
    commands
}

/// A repository with a strategy that was changed after its first commit.
struct Repository {
    folder: tempfile::TempDir,
    base: String,
}

impl Repository {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        let this = Self {
            folder,
            base: String::new(),
        };
        this.git(&["init", "-q", "-b", "main"]);
        let utkast = env!("CARGO_BIN_EXE_utkast");
        let mut new = Command::new(utkast);
        let new = new.args(["new", "strategy", "--language", "nb"]);
        let made = new.current_dir(this.path()).output().expect("it runs");
        assert!(made.status.success(), "{made:?}");
        this.commit("Start");
        let base = this.git(&["rev-parse", "HEAD"]);
        let chapter = this.first_chapter();
        let text = fs::read_to_string(&chapter).expect("it is there");
        fs::write(
            &chapter,
            format!("{text}\nRådet samles to ganger i året.\n"),
        )
        .expect("there is room");
        this.commit("Say how often the council meets");
        this.stub("cargo", "exit 0");
        this.stub("apt-get", "exit 0");
        Self {
            base: base.trim().to_owned(),
            folder: this.folder,
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn first_chapter(&self) -> PathBuf {
        let folder = self.path().join("strategy/chapters");
        let files = fs::read_dir(folder).expect("there are chapters");
        let mut files: Vec<_> = files
            .map(|file| file.expect("it can be read").path())
            .collect();
        files.sort();
        files.swap_remove(0)
    }

    fn git(&self, arguments: &[&str]) -> String {
        let fixed = ["-c", "user.name=Oda Li", "-c", "user.email=oda@example.org"];
        let mut git = Command::new("git");
        let git = git.args(fixed).args(arguments).current_dir(self.path());
        let done = git.output().expect("git runs");
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).expect("git writes UTF-8")
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "strategy"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    /// A program that stands for one that reaches the network.
    fn stub(&self, name: &str, script: &str) {
        let bin = self.path().join("bin");
        fs::create_dir_all(&bin).expect("there is room");
        let path = bin.join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("there is room");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it is ours");
    }

    /// Runs the commands as a runner does.
    fn run(&self, commands: &[String], variables: &[(&str, &str)]) {
        let utkast = Path::new(env!("CARGO_BIN_EXE_utkast"));
        let program = utkast.parent().expect("it lies in a folder");
        let path = std::env::var("PATH").unwrap_or_default();
        let bin = self.path().join("bin");
        let path = format!("{}:{}:{path}", bin.display(), program.display());
        for command in commands {
            let mut bash = Command::new("bash");
            let bash = bash.args(["-eo", "pipefail", "-c", command]);
            let bash = bash.env("PATH", &path).env("STRATEGY", "strategy");
            let bash = bash
                .envs(variables.iter().copied())
                .current_dir(self.path());
            let done = bash.output().expect("bash runs");
            assert!(done.status.success(), "{command}\n{done:?}");
        }
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap_or_default()
    }

    /// What every run leaves: the outputs, the redline, and the comment.
    fn assert_outputs(&self) {
        let out = fs::read_dir(self.path().join("out")).expect("it was built");
        let names: Vec<String> = out
            .map(|file| {
                file.expect("it can be read")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        for (start, end) in [
            ("strategy", ".html"),
            ("strategy", ".pdf"),
            ("changes-", ".html"),
            ("changes-", ".pdf"),
        ] {
            let found = |name: &String| name.starts_with(start) && name.ends_with(end);
            assert!(names.iter().any(found), "{start}…{end} in {names:?}");
        }
        let comment = self.read("comment.md");
        assert!(comment.starts_with("<!-- utkast -->\n"), "{comment}");
        assert!(
            comment.contains("Rådet samles to ganger i året."),
            "{comment}"
        );
    }
}

/// Whether the programs are there that runners have.
fn has_runner() -> bool {
    let version = [OsStr::new("--version")];
    let programs = ["bash", "git"].map(|name| judges::run(name, &version).is_some());
    programs.iter().all(|&is_there| is_there)
}

#[test]
fn the_workflow_for_github_writes_one_comment_and_then_updates_it() {
    if !has_runner() {
        return;
    }
    let repository = Repository::new();
    let commands = commands("examples/ci/github/strategy.yml");
    assert_eq!(commands.len(), 5, "{commands:?}");
    let variables = [
        ("BASE", repository.base.as_str()),
        ("REPOSITORY", "elvedalen/strategi"),
        ("NUMBER", "7"),
    ];
    repository.stub("gh", "echo \"$@\" >> calls.txt");
    repository.run(&commands, &variables);
    repository.assert_outputs();
    let calls = repository.read("calls.txt");
    let create =
        "--method POST repos/elvedalen/strategi/issues/7/comments --field body=@comment.md";
    assert!(calls.contains(create), "{calls}");
    repository.stub(
        "gh",
        "echo \"$@\" >> calls.txt\ncase \"$*\" in *--jq*) echo 41 ;; esac",
    );
    repository.run(&commands, &variables);
    let calls = repository.read("calls.txt");
    let update =
        "--method PATCH repos/elvedalen/strategi/issues/comments/41 --field body=@comment.md";
    assert!(calls.contains(update), "{calls}");
    assert_eq!(calls.matches("POST").count(), 1, "{calls}");
}

#[test]
fn the_template_for_gitlab_writes_one_comment_and_then_updates_it() {
    if !has_runner() {
        return;
    }
    let repository = Repository::new();
    let commands = commands("examples/ci/gitlab/strategy.gitlab-ci.yml");
    assert_eq!(commands.len(), 5, "{commands:?}");
    let variables = [
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", repository.base.as_str()),
        ("CI_MERGE_REQUEST_IID", "7"),
        ("CI_PROJECT_ID", "3"),
        ("CI_API_V4_URL", "api"),
        ("UTKAST_TOKEN", "secret"),
    ];
    repository.stub("curl", "echo \"$@\" >> calls.txt");
    repository.stub("jq", "cat > /dev/null");
    repository.run(&commands, &variables);
    repository.assert_outputs();
    let calls = repository.read("calls.txt");
    assert!(calls.contains("--request POST"), "{calls}");
    repository.stub("jq", "cat > /dev/null; echo 41");
    repository.run(&commands, &variables);
    let calls = repository.read("calls.txt");
    let update = "--request PUT --header PRIVATE-TOKEN: secret --form body=<comment.md \
                  api/projects/3/merge_requests/7/notes/41";
    assert!(calls.contains(update), "{calls}");
    assert_eq!(calls.matches("POST").count(), 1, "{calls}");
}
