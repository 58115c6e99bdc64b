//! Sources at a revision, out of repositories that the git program has made: packed ones, shallow
//! clones and linked working copies. Without git these tests are skipped.

use crate::support::{Case, judges};
use std::fs;
use std::path::Path;
use std::process::Command;
use utkast::files::{Sources, read_folder, read_revision};

const CHAPTER: &str = "strategy/chapters/mal.md";

/// Runs git in a folder, out of reach of whatever repository the tests themselves run in; `None` if it
/// is not installed and need not be.
fn git(folder: &Path, arguments: &[&str]) -> Option<()> {
    let mut command = Command::new("git");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", folder.join("none"));
    command.env("GIT_CONFIG_NOSYSTEM", "1");
    let named = ["user.name=Kari Nordmann", "user.email=kari@raad.example"];
    for set in named.into_iter().chain(["init.defaultBranch=main"]) {
        command.args(["-c", set]);
    }
    let output = match command.arg("-C").arg(folder).args(arguments).output() {
        Ok(output) => output,
        Err(_) if !judges::are_required() => {
            judges::skipped("git");
            return None;
        }
        Err(error) => panic!("git is required: {error}"),
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    Some(())
}

/// A repository of two commits, which differ in a chapter; and the folder as it was at the first one.
fn history() -> Option<(Case, Sources)> {
    let case = Case::minimal();
    let folder = case.path("");
    let write = |text| fs::write(case.path(CHAPTER), text).expect("there is room");
    fs::create_dir_all(case.path("strategy/chapters")).expect("it can be made");
    write("Før.\r\n");
    git(&folder, &["init", "-q"])?;
    git(&folder, &["add", "strategy"])?;
    git(&folder, &["commit", "-qm", "Utkast"])?;
    git(&folder, &["tag", "-am", "Sendt på høring", "horing"])?;
    let before = read_folder(&case.path("strategy")).expect("the folder can be read");
    write("Nå.\n");
    git(&folder, &["commit", "-qam", "Endret"])?;
    Some((case, before))
}

fn assert_same(found: &Sources, expected: &Sources) {
    let all = |sources: &Sources| {
        let files = sources.iter().map(|(_, file)| {
            let text = file.text().to_owned();
            (file.path.clone(), file.bytes().to_vec(), text)
        });
        files.collect::<Vec<_>>()
    };
    assert_eq!(all(found), all(expected));
    assert_eq!(found.problems, expected.problems);
}

#[test]
fn packed_objects_and_names_are_read_as_the_folder_was() {
    let Some((case, before)) = history() else {
        return;
    };
    let folder = case.path("strategy");
    let now = read_folder(&folder).expect("the folder can be read");
    for packed in [false, true] {
        if packed {
            git(&case.path(""), &["gc", "-q", "--prune=now"]);
            let packs = case.path(".git/objects/pack");
            let packs = fs::read_dir(packs).expect("git has packed");
            assert!(packs.count() > 0 && !case.path(".git/refs/tags/horing").exists());
        }
        for revision in ["horing", "HEAD~1", "main^"] {
            let found = read_revision(&folder, revision).expect("it can be read");
            assert_same(&found, &before);
        }
        let found = read_revision(&folder, "main").expect("it can be read");
        assert_same(&found, &now);
    }
}

#[test]
fn a_shallow_clone_has_its_last_commit_and_says_that_others_are_missing() {
    let Some((case, _)) = history() else { return };
    let from = format!("file://{}", case.path("").display());
    git(&case.path(""), &["clone", "-q", "--depth=1", &from, "kopi"]);
    let folder = case.path("kopi/strategy");
    let now = read_folder(&folder).expect("the folder can be read");
    for revision in ["HEAD", "origin/main"] {
        let found = read_revision(&folder, revision).expect("it can be read");
        assert_same(&found, &now);
    }
    for revision in ["HEAD~1", "horing"] {
        let error = read_revision(&folder, revision).expect_err("it is not in the clone");
        let error = error.to_string();
        assert!(error.contains("this is a shallow clone"), "{error}");
        assert!(error.contains("git fetch --unshallow"), "{error}");
    }
}

#[test]
fn a_linked_working_copy_is_read_like_any_other() {
    let Some((case, before)) = history() else {
        return;
    };
    let now = read_folder(&case.path("strategy")).expect("the folder can be read");
    git(
        &case.path(""),
        &["worktree", "add", "-q", "annen", "horing"],
    );
    let folder = case.path("annen/strategy");
    let found = read_revision(&folder, "HEAD").expect("it can be read");
    assert_same(&found, &before);
    let found = read_revision(&folder, "main").expect("it can be read");
    assert_same(&found, &now);
}

#[test]
fn commands_take_a_revision_wherever_a_version_is_meant() {
    let case = Case::minimal().replace("strategy.toml", "number = \"0.1\"\n", "");
    let root = case.path("");
    for arguments in [
        &["init", "-q"][..],
        &["add", "strategy"],
        &["commit", "-qm", "Utkast"],
    ] {
        if git(&root, arguments).is_none() {
            return;
        }
    }
    let challenge = "+++\ntitle = \"Drift\"\n+++\n\nDyrt.\n";
    let case = case.with("challenges/drift.md", challenge);
    let ran = case.utkast(&["release", "--status", "working", "--date", "2026-01-05"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    git(&root, &["add", "strategy"]);
    git(&root, &["commit", "-qm", "Frosset 0.1"]);
    git(&root, &["tag", "sendt"]);

    // The words of the page that a build of a revision gives.
    let page = |revision: &str| {
        let ran = case.utkast(&["build", "--of", revision]);
        assert_eq!(ran.status, 0, "{revision}: {}", ran.err);
        let page = fs::read_to_string(case.path("out/strategy.html")).expect("it is there");
        utkast::html::text_of(&page)
    };
    assert!(!page("git:HEAD~1").contains("Dyrt."));
    assert!(page("git:sendt").contains("Dyrt."));
    let ran = case.utkast(&["verify", "git:sendt"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let said = "git:sendt: equal to the sources of version 0.1";
    assert!(ran.out.starts_with(said), "{}", ran.out);
    let ran = case.utkast(&["verify", "strategy", "git:HEAD~1"]);
    assert_eq!(ran.status, 1);
    let said = "since version 0.1, `challenges/drift.md` was removed";
    assert!(ran.out.contains(said), "{}", ran.out);

    for (revision, said) in [
        ("git:sentd", "`sendt`"),
        ("git:HEAD~9", "HEAD"),
        ("git:", "revision"),
    ] {
        let ran = case.utkast(&["check", "--of", revision]);
        assert_eq!(ran.status, 2, "{revision}: {}", ran.err);
        assert!(ran.err.contains(said), "{revision}: {}", ran.err);
    }
    let pending = "[[images]]\nid = \"havna\"\npending = \"Kommer i mai.\"\nalt = \"Havna.\"\n";
    let case = case.with("images.toml", pending);
    git(&root, &["add", "strategy"]);
    git(&root, &["commit", "-qm", "Bilde"]);
    let case = case.with("images.toml", "");
    let ran = case.utkast(&["check", "--of", "git:HEAD"]);
    let place = " --> git:HEAD:strategy/images.toml:3:11\n";
    assert!(ran.out.contains(place), "{}", ran.out);
    let ran = Case::minimal().utkast(&["check", "--of", "git:HEAD"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("no git repository"), "{}", ran.err);
}
