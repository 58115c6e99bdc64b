//! Repositories are made by the library itself, so that no git program is needed.

use super::*;
use crate::files::{Content, Problem};
use gix::objs::tree::{Entry, EntryKind};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use tempfile::TempDir;

/// A file of a commit: its path, what it is, and its bytes.
type Filed<'a> = (&'a str, EntryKind, &'a str);

const FILE: EntryKind = EntryKind::Blob;

/// Who commits.
fn kari() -> gix::actor::SignatureRef<'static> {
    gix::actor::SignatureRef {
        name: "Kari Nordmann".into(),
        email: "kari@raad.example".into(),
        time: "1700000000 +0100",
    }
}

/// A repository in a folder of its own.
struct Repo {
    folder: TempDir,
    repository: Repository,
}

impl Repo {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        let repository = init(folder.path());
        Self { folder, repository }
    }

    /// One with two commits on `main`; the strategy lies in a folder of it.
    fn with_history() -> Self {
        let repo = Self::new();
        repo.commit(&[("strategi/strategy.toml", FILE, "title = \"Før\"\r\n")]);
        repo.commit(&[
            ("README.md", FILE, "Les meg."),
            ("strategi/chapters/mal.md", FILE, "Mål."),
            ("strategi/strategy.toml", FILE, "title = \"Nå\"\n"),
        ]);
        fs::create_dir(repo.dir()).expect("it can be made");
        repo
    }

    /// The folder of the strategy.
    fn dir(&self) -> PathBuf {
        self.folder.path().join("strategi")
    }

    /// A commit of these files on the branch that is checked out.
    fn commit(&self, files: &[Filed<'_>]) -> ObjectId {
        let tree = write_tree(&self.repository, files);
        let parent = self.repository.head_id().ok().map(gix::Id::detach);
        let repository = &self.repository;
        let commit = repository.commit_as(kari(), kari(), "HEAD", "Utkast", tree, parent);
        commit.expect("it can be written").detach()
    }

    /// Lets a branch or tag name a commit.
    fn point(&self, name: &str, target: ObjectId) {
        let path = self.repository.git_dir().join(name);
        let folder = path.parent().expect("names have folders");
        fs::create_dir_all(folder).expect("it can be made");
        fs::write(path, format!("{target}\n")).expect("there is room");
    }

    fn read(&self, revision: &str) -> Sources {
        let read = read_revision(&self.dir(), revision);
        read.unwrap_or_else(|error| panic!("{revision}: {error}"))
    }

    fn title(&self, revision: &str) -> String {
        let sources = self.read(revision);
        let (_, file) = sources.by_path("strategy.toml").expect("it is there");
        file.text().to_owned()
    }

    fn error(&self, revision: &str) -> String {
        let read = read_revision(&self.dir(), revision);
        read.expect_err(revision).to_string()
    }

    /// Where an object lies.
    fn object(&self, id: ObjectId) -> PathBuf {
        let hex = id.to_string();
        let (folder, file) = hex.split_at(2);
        self.repository
            .git_dir()
            .join("objects")
            .join(folder)
            .join(file)
    }
}

fn init(folder: &Path) -> Repository {
    let made = ThreadSafeRepository::init_opts(
        folder,
        gix::create::Kind::WithWorktree,
        gix::create::Options::default(),
        open::Options::isolated(),
    );
    made.expect("it can be made").to_thread_local()
}

fn write_tree(repository: &Repository, files: &[Filed<'_>]) -> ObjectId {
    let mut folders: BTreeMap<&str, Vec<Filed<'_>>> = BTreeMap::new();
    let mut entries = Vec::new();
    for (path, kind, bytes) in files {
        if let Some((folder, rest)) = path.split_once('/') {
            folders
                .entry(folder)
                .or_default()
                .push((rest, *kind, bytes));
            continue;
        }
        let oid = match kind {
            EntryKind::Commit => ObjectId::from_hex(&[b'1'; 40]).expect("it is a number"),
            _ => repository
                .write_blob(bytes)
                .expect("there is room")
                .detach(),
        };
        entries.push((*path, *kind, oid));
    }
    for (folder, files) in folders {
        entries.push((folder, EntryKind::Tree, write_tree(repository, &files)));
    }
    let entries = entries.into_iter().map(|(name, kind, oid)| Entry {
        mode: kind.into(),
        filename: name.into(),
        oid,
    });
    let mut entries: Vec<_> = entries.collect();
    entries.sort();
    let written = repository.write_object(gix::objs::Tree { entries });
    written.expect("there is room").detach()
}

fn paths(sources: &Sources) -> Vec<&str> {
    sources.iter().map(|(_, file)| file.path.as_str()).collect()
}

#[test]
fn a_folder_is_read_as_it_was_at_a_branch_a_tag_a_commit_and_before_it() {
    let repo = Repo::with_history();
    let now = repo
        .repository
        .head_id()
        .expect("there is a commit")
        .detach();
    let before = repo
        .repository
        .rev_parse_single("HEAD~1")
        .expect("it is there");
    repo.point("refs/tags/horing", before.detach());
    repo.point("refs/remotes/origin/utkast", before.detach());
    let any = gix::refs::transaction::PreviousValue::Any;
    let kind = gix::objs::Kind::Commit;
    let tag = repo
        .repository
        .tag("vedtak", now, kind, None, "Vedtatt", any);
    tag.expect("it can be written");
    let whole = now.to_string();
    for revision in [
        "main",
        "HEAD",
        "@",
        &whole,
        &whole[..8],
        "vedtak",
        "main^0",
        "heads/main",
    ] {
        assert_eq!(repo.title(revision), "title = \"Nå\"\n", "{revision}");
    }
    for revision in ["HEAD~1", "main^", "horing", "origin/utkast", "@~1"] {
        assert_eq!(repo.title(revision), "title = \"Før\"\n", "{revision}");
    }
    let sources = repo.read("main");
    assert_eq!(paths(&sources), ["chapters/mal.md", "strategy.toml"]);
    assert_eq!(sources.root, repo.dir());
    let (_, file) = sources.by_path("chapters/mal.md").expect("it is there");
    assert_eq!(file.reported(), "git:main:strategi/chapters/mal.md");
    let sources = repo.read("horing");
    let (_, file) = sources.by_path("strategy.toml").expect("it is there");
    assert_eq!(file.bytes(), "title = \"Før\"\r\n".as_bytes());
    assert_eq!(file.sha256, crate::files::sha256_hex(file.bytes()));
}

#[test]
fn a_repository_may_be_the_strategy() {
    let repo = Repo::with_history();
    let sources = read_revision(repo.folder.path(), "main").expect("it can be read");
    let expected = [
        "README.md",
        "strategi/chapters/mal.md",
        "strategi/strategy.toml",
    ];
    assert_eq!(paths(&sources), expected);
}

#[test]
fn the_rules_of_a_folder_hold_at_a_revision_too() {
    let repo = Repo::with_history();
    repo.commit(&[
        ("strategi/.gitignore", FILE, "*.pdf"),
        ("strategi/a.md~", FILE, "gammelt"),
        ("strategi/bilder", EntryKind::Link, "/etc"),
        ("strategi/delt", EntryKind::Commit, ""),
        ("strategi/run.md", EntryKind::BlobExecutable, "ra\u{30a}d"),
        (
            "strategi/versions/0.1/manifest.toml",
            FILE,
            "number = \"0.1\"",
        ),
        ("strategi/versions/0.1/sources/strategy.toml", FILE, ""),
        ("strategi/versions/0.2/strategy.html", FILE, ""),
    ]);
    let sources = repo.read("HEAD");
    let expected = ["bilder", "delt", "run.md", "versions/0.1/manifest.toml"];
    assert_eq!(paths(&sources), expected);
    let (_, link) = sources.by_path("bilder").expect("it is there");
    assert_eq!(link.content, Content::Refused);
    let expected = [
        Problem::Link {
            path: "bilder".to_owned(),
        },
        Problem::Unreadable {
            path: "delt".to_owned(),
            reason: "it is a submodule, and its files lie in another repository".to_owned(),
        },
        Problem::Decomposed {
            path: "run.md".to_owned(),
            lines: vec![1],
        },
        Problem::NoManifest {
            folder: "versions/0.2".to_owned(),
        },
    ];
    assert_eq!(sources.problems, expected);
}

#[test]
fn of_names_that_are_equal_in_form_c_one_is_read_and_all_are_named() {
    let repo = Repo::with_history();
    let (one, two) = ("m\u{e5}l", "ma\u{30a}l");
    let files = [one, two].map(|name| {
        [
            format!("strategi/{name}.md"),
            format!("strategi/{name}/a.md"),
        ]
    });
    let files = files.as_flattened().iter();
    let files: Vec<_> = files.map(|path| (path.as_str(), FILE, "ord")).collect();
    repo.commit(&files);
    let sources = repo.read("HEAD");
    assert_eq!(paths(&sources), ["m\u{e5}l.md", "m\u{e5}l/a.md"]);
    let same = |ending: &str| Problem::SameName {
        path: format!("{one}{ending}"),
        names: vec![format!("{two}{ending}"), format!("{one}{ending}")],
    };
    assert_eq!(sources.problems, [same(""), same(".md")]);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let repo = Repo::with_history();
    let large = "a".repeat(MAX_FILE_BYTES as usize + 1);
    repo.commit(&[("strategi/lang.md", FILE, &large)]);
    let expected = Problem::TooLarge {
        path: "lang.md".to_owned(),
        bytes: MAX_FILE_BYTES + 1,
    };
    assert_eq!(repo.read("HEAD").problems, [expected]);
}

#[test]
fn a_revision_that_is_not_there_comes_with_the_nearest_names() {
    let repo = Repo::with_history();
    let now = repo
        .repository
        .head_id()
        .expect("there is a commit")
        .detach();
    repo.point("refs/tags/v0.4", now);
    repo.point("refs/remotes/origin/utkast", now);
    let expected = [
        ("mian", "git knows no revision `mian`; did you mean `main`?"),
        ("mian~2", "did you mean `main`?"),
        ("utkst", "did you mean `origin/utkast`?"),
        ("v0.5", "did you mean `v0.4`?"),
        (
            "budsjett",
            "git knows no revision `budsjett`; see its names with `git branch --all`",
        ),
        (
            "main~9",
            "git knows `main`, but `main~9` leads to no commit",
        ),
        (
            "main:nei",
            "git knows `main`, but `main:nei` leads to no commit",
        ),
        (
            "main:strategi",
            "`main:strategi` is a folder; name one commit",
        ),
        ("main:README.md", "`main:README.md` is a file"),
        ("main..v0.4", "`main..v0.4` is more than one commit"),
        (
            "0123456789abcdef0123456789abcdef01234567",
            "git knows no revision",
        ),
        ("", "git knows no revision"),
        ("main~99999999999999999999", "git knows"),
        ("\u{0}", "git knows no revision"),
    ];
    for (revision, words) in expected {
        let error = repo.error(revision);
        assert!(error.contains(words), "{revision}: {error}");
    }
}

#[test]
fn a_name_of_a_branch_and_a_tag_must_say_which() {
    let repo = Repo::with_history();
    let now = repo
        .repository
        .head_id()
        .expect("there is a commit")
        .detach();
    let before = repo
        .repository
        .rev_parse_single("HEAD~1")
        .expect("it is there");
    repo.point("refs/tags/main", before.detach());
    let error = repo.error("main~1");
    let words = "`main~1` means more than one thing in git; write `tags/main~1` or `heads/main~1`";
    assert_eq!(error, words);
    assert_eq!(repo.title("heads/main"), "title = \"Nå\"\n");
    assert_eq!(repo.title("tags/main"), "title = \"Før\"\n");
    repo.point("refs/tags/main", now);
    assert_eq!(repo.title("main"), "title = \"Nå\"\n");
}

#[test]
fn a_short_number_of_several_commits_is_ambiguous() {
    let repo = Repo::with_history();
    let tree = write_tree(&repo.repository, &[]);
    let mut begun = BTreeSet::new();
    // Four digits are the fewest that git takes; among a few hundred commits two share them.
    let shared = (0..4000).find_map(|n| {
        let message = n.to_string();
        let none: [ObjectId; 0] = [];
        let commit = repo
            .repository
            .new_commit_as(kari(), kari(), message, tree, none);
        let digits = commit.expect("there is room").id.to_string()[..4].to_owned();
        (!begun.insert(digits.clone())).then_some(digits)
    });
    let shared = shared.expect("two of four thousand share four digits");
    let error = repo.error(&shared);
    assert!(
        error.contains("means more than one thing in git; write `"),
        "{error}"
    );
}

#[test]
fn a_folder_without_a_repository_or_with_an_empty_one_says_so() {
    let folder = tempfile::tempdir().expect("there is room");
    let error = |dir: &Path, revision| {
        let read = read_revision(dir, revision);
        read.expect_err("there is nothing to read").to_string()
    };
    assert!(error(folder.path(), "HEAD").contains("lies in no git repository"));
    let gone = folder.path().join("borte");
    assert!(error(&gone, "HEAD").contains("there is no folder"));
    init(folder.path());
    for revision in ["HEAD", "main", "@~1"] {
        assert!(error(folder.path(), revision).contains("has no commit yet"));
    }
    let inside = folder.path().join(".git");
    fs::write(inside.join("HEAD"), "").expect("there is room");
    let broken = error(folder.path(), "HEAD");
    assert!(broken.contains("git"), "{broken}");
}

#[test]
fn a_bare_repository_has_no_folder() {
    let folder = tempfile::tempdir().expect("there is room");
    let made = ThreadSafeRepository::init_opts(
        folder.path(),
        gix::create::Kind::Bare,
        gix::create::Options::default(),
        open::Options::isolated(),
    );
    made.expect("it can be made");
    let error = read_revision(folder.path(), "HEAD").expect_err("there is no folder");
    assert!(error.to_string().contains("has no working copy"), "{error}");
}

#[test]
fn a_shallow_clone_says_where_it_ends() {
    let repo = Repo::with_history();
    let now = repo
        .repository
        .head_id()
        .expect("there is a commit")
        .detach();
    let before = repo
        .repository
        .rev_parse_single("HEAD~1")
        .expect("it is there");
    let before = before.detach();
    fs::write(
        repo.repository.git_dir().join("shallow"),
        format!("{now}\n"),
    )
    .expect("there is room");
    fs::remove_file(repo.object(before)).expect("it is there");
    assert_eq!(repo.title("main"), "title = \"Nå\"\n");
    let whole = before.to_string();
    for revision in ["HEAD~1", "main^", "HEAD^1", &whole, &whole[..9]] {
        let error = repo.error(revision);
        assert!(
            error.contains("this is a shallow clone; get the whole"),
            "{revision}: {error}"
        );
    }
    let error = repo.error("horing");
    assert!(error.contains("which may lack it"), "{error}");
    assert!(repo.error("HEAD:nei").contains("leads to no commit"));
}

#[test]
fn a_folder_that_was_not_there_is_named() {
    let repo = Repo::with_history();
    let deep = repo.dir().join("chapters");
    fs::create_dir(&deep).expect("it can be made");
    let error = read_revision(&deep, "HEAD~1").expect_err("it was not there");
    let words = "there was no folder `strategi/chapters` at `HEAD~1`; name a later revision";
    assert_eq!(error.to_string(), words);
    let file = repo.folder.path().join("README.md");
    fs::create_dir(&file).expect("it can be made");
    let error = read_revision(&file, "HEAD").expect_err("it was a file");
    assert!(
        error.to_string().contains("no folder `README.md`"),
        "{error}"
    );
}

#[test]
fn a_name_in_decomposed_form_finds_its_folder() {
    let repo = Repo::new();
    repo.commit(&[("r\u{e5}d/strategy.toml", FILE, "")]);
    let dir = repo.folder.path().join("ra\u{30a}d");
    fs::create_dir(&dir).expect("it can be made");
    let sources = read_revision(&dir, "HEAD").expect("it can be read");
    assert_eq!(paths(&sources), ["strategy.toml"]);
}

#[test]
fn a_damaged_object_is_named() {
    let repo = Repo::with_history();
    let id = repo
        .repository
        .rev_parse_single("HEAD:strategi/strategy.toml");
    let id = id.expect("it is there").detach();
    let object = repo.object(id);
    fs::remove_file(&object).expect("it is there");
    for bytes in [None, Some("nothing of the kind")] {
        if let Some(bytes) = bytes {
            fs::write(&object, bytes).expect("there is room");
        }
        let error = repo.error("HEAD");
        assert!(
            error.contains(&format!("the object {id} of `HEAD` cannot be read: ")),
            "{error}"
        );
        assert!(error.contains("git fsck"), "{error}");
    }
}

#[test]
fn a_linked_working_copy_has_branches_of_the_first_and_a_head_of_its_own() {
    let repo = Repo::with_history();
    let linked = tempfile::tempdir().expect("there is room");
    let before = repo
        .repository
        .rev_parse_single("HEAD~1")
        .expect("it is there");
    let git = repo.repository.git_dir().join("worktrees/annen");
    fs::create_dir_all(&git).expect("it can be made");
    let put = |path: PathBuf, text: String| fs::write(path, text).expect("there is room");
    put(git.join("HEAD"), format!("{before}\n"));
    put(git.join("commondir"), "../..\n".to_owned());
    put(
        git.join("gitdir"),
        format!("{}\n", linked.path().join(".git").display()),
    );
    put(
        linked.path().join(".git"),
        format!("gitdir: {}\n", git.display()),
    );
    let dir = linked.path().join("strategi");
    fs::create_dir(&dir).expect("it can be made");
    for (revision, words) in [("HEAD", "Før"), ("main", "Nå")] {
        let sources = read_revision(&dir, revision).expect("it can be read");
        let (_, file) = sources.by_path("strategy.toml").expect("it is there");
        assert!(file.text().contains(words), "{revision}: {}", file.text());
    }
}

#[test]
fn a_submodule_is_a_repository_of_its_own() {
    let outer = Repo::with_history();
    let inner = outer.folder.path().join("delt");
    fs::create_dir(&inner).expect("it can be made");
    let repository = init(&inner);
    let inner_repo = Repo {
        folder: tempfile::tempdir().expect("there is room"),
        repository,
    };
    inner_repo.commit(&[("strategy.toml", FILE, "title = \"Delt\"")]);
    let modules = outer.repository.git_dir().join("modules");
    fs::create_dir(&modules).expect("it can be made");
    fs::rename(inner.join(".git"), modules.join("delt")).expect("it can be moved");
    fs::write(inner.join(".git"), "gitdir: ../.git/modules/delt\n").expect("there is room");
    let config = modules.join("delt/config");
    let text = fs::read_to_string(&config).expect("it is there");
    fs::write(
        &config,
        format!("{text}\n[core]\n\tworktree = ../../../delt\n"),
    )
    .expect("there is room");
    let sources = read_revision(&inner, "HEAD").expect("it can be read");
    let (_, file) = sources.by_path("strategy.toml").expect("it is there");
    assert_eq!(file.text(), "title = \"Delt\"");
}

/// In a container, the files often belong to another user than the one who runs programs there.
#[cfg(unix)]
#[test]
fn a_repository_of_another_user_is_read_all_the_same() {
    let repo = Repo::with_history();
    for path in [repo.folder.path(), repo.repository.git_dir()] {
        // Only an administrator can give files away; elsewhere the test has nothing to show.
        if std::os::unix::fs::chown(path, Some(4321), Some(4321)).is_err() {
            return;
        }
    }
    assert_eq!(repo.title("HEAD~1"), "title = \"Før\"\n");
}
