//! The rooms of the program may only be entered downwards.

use std::fs;
use std::path::{Path, PathBuf};

/// The floors, from the ground up: a module imports only from lower floors, and from itself. This is
/// the list of `src/lib.rs`.
const FLOORS: &[&[&str]] = &[
    &["files", "memory", "steps"],
    &["diag", "manifest"],
    &["model", "dom", "theme"],
    &["load"],
    &["check", "version"],
    &["render", "layout"],
    &["html", "pdf"],
    &["compile"],
    &["archive"],
    &["cli"],
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

fn source_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("src can be read")
        .map(|entry| entry.expect("src can be read").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The rooms that a text names: `crate::x`, `utkast::x`, and those in `use crate::{x, y::z}`.
fn rooms_named(text: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect();
    for start in ["crate::", "utkast::"] {
        for (at, _) in code.match_indices(start) {
            let rest = &code[at + start.len()..];
            match rest.strip_prefix('{') {
                Some(group) => rooms.extend(heads_of_group(group)),
                None => rooms.extend(head(rest)),
            }
        }
    }
    rooms
}

fn head(path: &str) -> Option<String> {
    let end = path
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(path.len());
    (end > 0).then(|| path[..end].to_owned())
}

fn heads_of_group(group: &str) -> Vec<String> {
    let mut heads = Vec::new();
    let mut depth = 0;
    let mut fresh = true;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && depth == 0 && !c.is_whitespace() => {
                heads.extend(head(&group[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    heads
}

#[test]
fn a_group_of_imports_is_read_to_its_end() {
    assert_eq!(
        rooms_named("use crate::{check, html::{A, B}, layout};\nlet x = crate::pdf::write;"),
        ["check", "html", "layout", "pdf"]
    );
}

#[test]
fn every_module_imports_only_from_below() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    source_files(&src, &mut files);
    assert!(files.len() > 40, "the test must see the sources");
    let mut against = Vec::new();
    for path in files {
        let inside = path.strip_prefix(&src).expect("it was found there");
        let first = inside.components().next().expect("it has a name");
        let module = first.as_os_str().to_string_lossy().replace(".rs", "");
        if module == "lib" || module == "main" {
            continue;
        }
        let own = floor(&module).unwrap_or_else(|| {
            panic!("`{module}` is on no floor; add it to FLOORS here and to src/lib.rs")
        });
        let text = fs::read_to_string(&path).expect("a source can be read");
        for room in rooms_named(&text) {
            let Some(other) = floor(&room) else { continue };
            if room != module && other >= own {
                against.push(format!("{} imports {room}", inside.display()));
            }
        }
    }
    against.dedup();
    assert_eq!(
        against,
        Vec::<String>::new(),
        "imports run one way: src/lib.rs shows the floors"
    );
}

#[test]
fn the_floors_of_this_test_are_those_of_the_documentation() {
    let lib = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let text = fs::read_to_string(lib).expect("src/lib.rs can be read");
    for module in FLOORS.iter().copied().flatten() {
        let is_public = text.contains(&format!("pub mod {module};"));
        assert!(
            is_public || text.contains(&format!("\nmod {module};")),
            "`{module}` is no module"
        );
        // Public documentation cannot link to a private module.
        let named = match is_public {
            true => format!("[`{module}`]"),
            false => format!("`{module}`"),
        };
        assert!(
            text.contains(&named),
            "src/lib.rs does not explain `{module}`"
        );
    }
}
