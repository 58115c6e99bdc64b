//! What a browser shows of our pages: wide and narrow, by day and by night, in forced colours, with
//! a reader's own spacing, on paper, without script, and by keyboard alone.
//!
//! All pages go to one judge (`.ci/browser`), which also asks axe and the Nu HTML checker.

mod odd;

use crate::support::built::{Audience, Sources, page};
use crate::support::{browser, generate, repository};
use std::path::{Path, PathBuf};
use utkast::files::read_folder;

/// Pages that the generated strategy would fill on paper.
const LONG: usize = 100;

/// Pages in a folder, to be judged together.
struct Pages {
    folder: tempfile::TempDir,
    files: Vec<PathBuf>,
}

impl Pages {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let files = Vec::new();
        Self { folder, files }
    }

    fn add(&mut self, name: &str, sources: &Sources, audience: Audience) {
        let file = self.folder.path().join(format!("{name}.html"));
        let html = page(sources, audience).unwrap_or_else(|said| panic!("{name}: {said}"));
        std::fs::write(&file, html).expect("there is room for a file");
        self.files.push(file);
    }

    fn add_folder(&mut self, folder: &Path) {
        let sources = read_folder(folder).expect("the folder can be read");
        let name = folder.file_name().expect("it has a name").to_string_lossy();
        for audience in [Audience::Public, Audience::Internal] {
            self.add(&format!("{name}-{audience:?}"), &sources, audience);
        }
    }
}

/// The folders of strategies below a folder of the repository.
fn strategies_below(folder: &str) -> Vec<PathBuf> {
    let below = std::fs::read_dir(repository(folder)).expect("the folder is there");
    let below = below.map(|entry| entry.expect("readable").path());
    let mut found: Vec<_> = below
        .filter(|p| p.join("strategy.toml").is_file())
        .collect();
    found.sort();
    found
}

#[test]
fn every_page_is_for_every_reader() {
    let mut pages = Pages::new();
    pages.add_folder(&repository("strategy"));
    let examples = strategies_below("examples");
    assert!(!examples.is_empty());
    examples.iter().for_each(|folder| pages.add_folder(folder));
    let starters = strategies_below("templates/new");
    assert_eq!(starters.len(), 3, "{starters:?}");
    for folder in starters {
        let name = folder.file_name().expect("it has a name").to_string_lossy();
        let sources = read_folder(&folder).expect("the folder can be read");
        pages.add(&name, &sources, Audience::Public);
    }
    for (name, case) in odd::cases() {
        let sources = read_folder(&case.path("strategy")).expect("the folder can be read");
        pages.add(name, &sources, Audience::Internal);
    }
    pages.add("long", &generate::strategy(LONG, 2026), Audience::Public);

    let Some(judged) = browser::judge(&pages.files) else {
        return;
    };
    let said = String::from_utf8_lossy(&judged.stdout);
    let errors = String::from_utf8_lossy(&judged.stderr);
    assert!(
        matches!(judged.status.code(), Some(0 | 1)),
        "{said}{errors}"
    );
    let defects = defects(&said);
    assert!(defects.is_empty(), "{}", defects.join("\n"));
}

/// What the judge says is wrong: «page: view: check: words».
fn defects(said: &str) -> Vec<String> {
    let mut page = "";
    let mut found = Vec::new();
    for line in said.lines() {
        if let Some((path, _)) = line.split_once(".html: ") {
            page = path.rsplit('/').next().unwrap_or(path);
        }
        if let Some(words) = line.trim_start().strip_prefix("DEFECT ") {
            found.push(format!("{page}: {words}"));
        }
    }
    found
}

/// What the judge must say of `broken.html`, which breaks what it looks for.
const BROKEN: &str = include_str!("../cases/page/broken.defects");

#[test]
fn the_judge_sees_what_is_broken() {
    let file = repository("tests/cases/page/broken.html");
    let Some(judged) = browser::judge(&[file]) else {
        return;
    };
    let said = String::from_utf8_lossy(&judged.stdout);
    assert_eq!(judged.status.code(), Some(1), "{said}");
    for defect in BROKEN.lines().filter(|line| !line.starts_with('#')) {
        let told = said
            .lines()
            .any(|line| line.contains("DEFECT") && line.contains(defect));
        assert!(told, "nothing is said of `{defect}`:\n{said}");
    }
}
