//! Every link between the Markdown files of the repository leads somewhere, and every file of the
//! sources that one names is there.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold no documentation: sources of strategies, documentation of rules with its
/// made-up examples, and what is built or installed.
const PASSED_OVER: [&str; 8] = [
    ".git",
    "cases",
    "new",
    "node_modules",
    "out",
    "rules",
    "strategy",
    "target",
];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Markdown files below a folder, by path. An example is documented by its `README.md` alone;
/// beside code, documents are named in capitals and rules in small letters.
fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("the repository can be read")
        .map(|entry| entry.expect("the repository can be read").path())
        .collect();
    entries.sort();
    let is_strategy = folder.join("strategy.toml").exists();
    for path in entries {
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.unwrap_or_default();
        if path.is_dir() {
            let passed_over = PASSED_OVER.contains(&name) || name.starts_with("target");
            if !is_strategy && !passed_over {
                documents(&path, found);
            }
        } else if path.extension().is_some_and(|e| e == "md") {
            let in_capitals = name.starts_with(|c: char| c.is_ascii_uppercase());
            let documents = match is_strategy {
                true => name == "README.md",
                false => in_capitals || folder.ends_with("docs"),
            };
            if documents {
                found.push(path);
            }
        }
    }
}

/// The links of a text, and the anchors that others can link to.
#[derive(Default)]
struct Links {
    targets: Vec<String>,
    anchors: BTreeSet<String>,
}

impl Links {
    fn of(text: &str) -> Self {
        let mut links = Self::default();
        let mut heading: Option<String> = None;
        for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    links.targets.push(dest_url.to_string());
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::Text(words) | Event::Code(words) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&words);
                    }
                }
                Event::End(TagEnd::Heading(_)) => {
                    links
                        .anchors
                        .extend(heading.take().map(|words| slug(&words)));
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    let sources = html.split("src=\"").skip(1);
                    let sources = sources.filter_map(|rest| rest.split('"').next());
                    links.targets.extend(sources.map(str::to_owned));
                }
                _ => {}
            }
        }
        links
    }
}

/// The anchor that code hosts give a heading: letters, digits and hyphens, in lower case.
fn slug(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase)
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// What is wrong with a link in the document at `from`, if anything.
fn broken(from: &Path, target: &str) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let to = match path {
        "" => from.to_owned(),
        path => from.parent().expect("a file has a folder").join(path),
    };
    if !to.exists() {
        return Some(format!("{}: no file `{path}`", from.display()));
    }
    if anchor.is_empty() {
        return None;
    }
    let text = fs::read_to_string(&to).unwrap_or_default();
    let found = Links::of(&text).anchors.contains(anchor);
    (!found).then(|| format!("{}: no heading `{target}`", from.display()))
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let mut found = Vec::new();
    documents(repository(), &mut found);
    assert!(
        found.contains(&repository().join("docs/versions.md")),
        "{found:?}"
    );
    let mut wrong = Vec::new();
    for document in &found {
        let text = fs::read_to_string(document).expect("it can be read");
        let targets = Links::of(&text).targets;
        wrong.extend(targets.iter().filter_map(|to| broken(document, to)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The files of Rust in a folder, by path.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the repository can be read") {
        let path = entry.expect("the repository can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_source_file_that_a_document_names_is_there() {
    let mut all = Vec::new();
    for folder in ["src", "tests", "benches"] {
        sources(&repository().join(folder), &mut all);
    }
    let mut found = Vec::new();
    documents(repository(), &mut found);
    let (mut named, mut wrong) = (0, Vec::new());
    for document in &found {
        let text = fs::read_to_string(document).expect("it can be read");
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
            let Event::Code(name) = event else { continue };
            // A placeholder, as in `src/cli/NAME.rs`, is in capitals.
            let is_name = |c: char| c.is_ascii_lowercase() || matches!(c, '/' | '_' | '.');
            if !name.ends_with(".rs") || !name.chars().all(is_name) {
                continue;
            }
            named += 1;
            if !all.iter().any(|path| path.ends_with(&*name)) {
                wrong.push(format!("{}: no file `{name}`", document.display()));
            }
        }
    }
    assert!(named > 20, "the documents name files: {named}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_link_to_a_missing_file_or_heading_is_found() {
    let readme = repository().join("README.md");
    assert_eq!(broken(&readme, "docs/versions.md#decisions"), None);
    assert!(broken(&readme, "docs/nothing.md").is_some());
    assert!(broken(&readme, "docs/versions.md#nothing").is_some());
}

#[test]
fn the_readme_can_be_read_in_one_sitting() {
    let readme = fs::read_to_string(repository().join("README.md")).expect("it is there");
    assert!(readme.lines().count() <= 200);
}
