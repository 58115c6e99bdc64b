//! The documentation of the rules: it has its sections, and its examples do what they say.

use crate::support::{Case, Found, files_of, repository, rules};
use std::fs;

const SECTIONS: [&str; 4] = ["## What it checks", "## Why", "## Example", "## Instead"];
/// Stands in place of an example that files in a text cannot show.
const ELSEWHERE: &str = "<!-- shown in tests: ";

/// The text of a section, or nothing.
fn section<'a>(docs: &'a str, heading: &str) -> &'a str {
    let Some((_, rest)) = docs.split_once(&format!("\n{heading}\n")) else {
        return "";
    };
    // Examples have headings of their own, so only those of a documentation end a section.
    let ends = SECTIONS
        .iter()
        .filter_map(|next| rest.find(&format!("\n{next}\n")));
    &rest[..ends.min().unwrap_or(rest.len())]
}

/// The files that a section shows: path and content of each fenced block whose info string names a
/// path.
fn files(section: &str) -> Vec<(&str, String)> {
    let mut files: Vec<(&str, String)> = Vec::new();
    let mut open = false;
    for line in section.lines() {
        match line.strip_prefix("```") {
            Some("") => open = false,
            Some(info) => {
                let path = info.split_once(' ').map(|(_, path)| path.trim());
                open = path.is_some();
                files.extend(path.map(|path| (path, String::new())));
            }
            None if open => {
                let (_, content) = files.last_mut().expect("a block is open");
                content.push_str(line);
                content.push('\n');
            }
            None => {}
        }
    }
    files
}

fn check(section: &str) -> Vec<Found> {
    let files = files(section);
    let laid = files.iter().fold(Case::minimal(), |case, (path, content)| {
        case.with(path, content)
    });
    laid.check()
}

#[test]
fn every_rule_is_documented_in_four_sections() {
    for rule in rules() {
        let who = format!("{} {}", rule.code, rule.name);
        assert!(
            rule.docs.starts_with("# "),
            "{who}: begin its documentation with a title"
        );
        for heading in SECTIONS {
            let text = section(rule.docs, heading).trim();
            assert!(!text.is_empty(), "{who}: write the section `{heading}`");
        }
        for heading in &SECTIONS[2..] {
            let text = section(rule.docs, heading);
            let shown = !files(text).is_empty() || text.contains(ELSEWHERE);
            assert!(
                shown,
                "{who}: show files in `{heading}`, or say which test shows it"
            );
        }
    }
}

#[test]
fn every_example_breaks_its_rule_and_every_other_way_keeps_it() {
    let mut wrong = Vec::new();
    for rule in rules() {
        let [example, instead] = [SECTIONS[2], SECTIONS[3]].map(|h| section(rule.docs, h));
        if example.contains(ELSEWHERE) {
            continue;
        }
        let found = check(example);
        if !found.iter().any(|f| f.code == rule.code) {
            wrong.push(format!(
                "{}: the example does not break it: {found:#?}",
                rule.code
            ));
        }
        // A gate that the example closes says no more than the rule itself.
        let is_another =
            |f: &&Found| f.code != rule.code && f.code != "C130" && f.severity == "error";
        let others = found.iter().filter(is_another);
        wrong.extend(others.map(|f| format!("{}: the example also breaks {f:#?}", rule.code)));
        let found = check(instead);
        let still = found
            .iter()
            .filter(|f| f.code == rule.code || f.severity == "error");
        wrong.extend(still.map(|f| format!("{}: what to do instead breaks {f:#?}", rule.code)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_example_that_is_shown_in_a_test_has_one() {
    let folders = ["tests/suite", "src"].map(|folder| files_of(&repository(folder)));
    let tests: Vec<_> = folders.into_iter().flatten().collect();
    let has = |function: &str| {
        tests.iter().any(|(name, bytes)| {
            name.ends_with(".rs") && String::from_utf8_lossy(bytes).contains(function)
        })
    };
    for rule in rules() {
        for (_, rest) in rule
            .docs
            .match_indices(ELSEWHERE)
            .map(|(at, m)| (m, &rule.docs[at + m.len()..]))
        {
            let name = rest.split(' ').next().unwrap_or_default();
            let there = has(&format!("#[test]\nfn {name}("))
                || has(&format!("    #[test]\n    fn {name}("));
            assert!(there, "{}: write the test `{name}`", rule.code);
        }
    }
}

#[test]
fn every_rule_of_the_content_is_in_the_list() {
    let list = fs::read_to_string(repository("src/check/rules/mod.rs")).expect("it is there");
    let folder = fs::read_dir(repository("src/check/rules")).expect("it is there");
    let mut names = Vec::new();
    for entry in folder {
        let path = entry.expect("the folder can be read").path();
        let stem = path
            .file_stem()
            .expect("it has a name")
            .to_string_lossy()
            .into_owned();
        if stem == "mod" {
            continue;
        }
        let listed = list.lines().any(|line| line.trim() == stem);
        assert!(
            listed,
            "put `{stem}` into the list of src/check/rules/mod.rs"
        );
        for ending in ["rs", "md"] {
            let file = path.with_extension(ending);
            assert!(file.is_file(), "write {}", file.display());
        }
        names.push(stem);
    }
    for rule in rules()
        .iter()
        .filter(|rule| "MCA".contains(&rule.code[..1]))
    {
        // Rules that stand elsewhere begin at 101.
        let here = &rule.code[1..] < "100";
        let named = names.contains(&rule.name.replace('-', "_"));
        assert!(
            !here || named,
            "{}: name its file like the rule, `{}`",
            rule.code,
            rule.name
        );
    }
}
