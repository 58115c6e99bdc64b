//! Imports run one way: between the rooms of the program, and between the files of a room.
//!
//! Rooms: a module imports only from rooms on lower floors.
//!
//! Files: the modules of one parent must not use each other in a circle. A module counts together
//! with everything below it. What passes between a module and its own ancestors does not count: a
//! parent calls its children, and a child may use what its parent defines. An item that is
//! re-exported counts for the module that defines it. Uses are read from `use` items and from
//! paths in code that begin with `crate::`, `super::` or `self::`; calls of methods are not seen,
//! and test code is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, from the ground up: a module imports only from lower floors, and from itself. This is
/// the list of `src/lib.rs`.
const FLOORS: &[&[&str]] = &[
    &["files", "language", "cache", "steps"],
    &["diag", "manifest"],
    &["model", "dom", "theme"],
    &["load", "templates", "conservation", "redline"],
    &["changes", "check", "version", "passes", "drawings"],
    &["views", "layout"],
    &["render"],
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

/// A module by the names that lead to it from the root of the crate.
type Module = Vec<String>;

/// What a source says of the modules that it needs.
#[derive(Default)]
struct Source {
    /// Every path that begins with `crate`, `super` or `self`, or stands in a `use`.
    paths: Vec<Vec<String>>,
    /// The names that its `use` items bring, and the paths behind them; `*` has no name.
    brought: Vec<(String, Vec<String>)>,
    /// The names of the items that it defines.
    defined: BTreeSet<String>,
    /// Its child modules that only tests have.
    tests: BTreeSet<String>,
}

impl Source {
    fn read(text: &str) -> Self {
        let mut source = Self::default();
        let code = source.without_tests(text);
        for (at, _) in code.match_indices("use ") {
            let begins_item = code[..at]
                .rsplit('\n')
                .next()
                .is_some_and(|before| before.trim().is_empty() || before.trim().starts_with("pub"));
            let Some((tree, _)) = code[at + 4..].split_once(';').filter(|_| begins_item) else {
                continue;
            };
            leaves(tree, &[], &mut source.brought);
        }
        for (_, path) in &source.brought {
            source.paths.push(path.clone());
        }
        for start in ["crate::", "super::", "self::"] {
            for (at, _) in code.match_indices(start) {
                let is_inside = code[..at].ends_with(|c: char| is_word(c) || c == ':');
                let path = code[at..].split(|c: char| !(is_word(c) || c == ':'));
                let path = path.take(1).flat_map(|path| path.split("::"));
                let path: Vec<_> = path.take_while(|name| !name.is_empty()).collect();
                if !is_inside {
                    source
                        .paths
                        .push(path.into_iter().map(str::to_owned).collect());
                }
            }
        }
        for kind in ["struct", "enum", "fn", "type", "const", "static", "trait"] {
            let word = format!("{kind} ");
            for (at, _) in code.match_indices(&word) {
                source.defined.extend(head(&code[at + word.len()..]));
            }
        }
        source
    }

    /// The code without comments and without what only tests have, as rustfmt sets it.
    fn without_tests(&mut self, text: &str) -> String {
        let mut code = String::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if line.trim() != "#[cfg(test)]" {
                if !line.trim_start().starts_with("//") {
                    code.push_str(line);
                    code.push('\n');
                }
                continue;
            }
            let end = format!("{}}}", &line[..line.len() - line.trim_start().len()]);
            let mut open = false;
            for line in lines.by_ref() {
                if let Some((_, name)) = line.split_once("mod ") {
                    self.tests.extend(head(name));
                }
                open |= line.ends_with('{');
                if line == end || (!open && line.ends_with([';', '}'])) {
                    break;
                }
            }
        }
        code
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Every name that a tree of a `use` item brings, with its whole path.
fn leaves(tree: &str, before: &[String], brought: &mut Vec<(String, Vec<String>)>) {
    let tree = tree.trim();
    if let Some((start, group)) = tree.split_once('{') {
        let start = start.split("::").map(str::trim).filter(|s| !s.is_empty());
        let start: Vec<_> = before
            .iter()
            .cloned()
            .chain(start.map(str::to_owned))
            .collect();
        let group = group.rsplit_once('}').map_or(group, |(inside, _)| inside);
        let mut depth = 0;
        let parts = group.split(|c: char| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            c == ',' && depth == 0
        });
        for part in parts.filter(|part| !part.trim().is_empty()) {
            leaves(part, &start, brought);
        }
        return;
    }
    let (path, alias) = tree.split_once(" as ").unwrap_or((tree, ""));
    let names = path.split("::").map(|name| name.trim().to_owned());
    let mut path: Vec<_> = before.iter().cloned().chain(names).collect();
    if path.last().is_some_and(|name| name == "self") {
        path.pop();
    }
    let name = path.last().cloned().unwrap_or_default();
    let name = if alias.is_empty() {
        name
    } else {
        alias.trim().to_owned()
    };
    brought.push((name, path));
}

/// How many re-exports of an item are followed, one behind the other.
const RE_EXPORTS: usize = 8;

/// The sources of a crate by module.
struct Crate(BTreeMap<Module, Source>);

impl Crate {
    /// A crate of `(path below src, text)` pairs.
    fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let modules = files.into_iter().map(|(path, text)| {
            let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
            let names = path.split('/').filter(|name| *name != "lib");
            (names.map(str::to_owned).collect(), Source::read(text))
        });
        let mut all: BTreeMap<Module, Source> = modules.collect();
        let tests: Vec<Module> = all
            .iter()
            .flat_map(|(module, source)| {
                let below =
                    |name: &String| [module.as_slice(), std::slice::from_ref(name)].concat();
                source.tests.iter().map(below)
            })
            .collect();
        all.retain(|module, _| !tests.iter().any(|test| module.starts_with(test)));
        Self(all)
    }

    /// The module that defines what a path leads to, seen from a module; `None` for other crates.
    /// `depth` is how many re-exports may still be followed.
    fn behind(&self, from: &[String], path: &[String], depth: usize) -> Option<Module> {
        let mut module = from.to_vec();
        let mut names = path.iter().peekable();
        let first = names.peek()?.as_str();
        match first {
            "crate" => module.clear(),
            "self" | "super" => {}
            // A path that begins with a name begins here or in another crate.
            _ if self.child(&module, first).is_none() => return None,
            _ => {}
        }
        while let Some(name) =
            names.next_if(|name| ["crate", "self", "super"].contains(&name.as_str()))
        {
            if name == "super" {
                module.pop()?;
            }
        }
        for name in names {
            if let Some(child) = self.child(&module, name) {
                module = child;
                continue;
            }
            return match depth {
                0 => Some(module),
                _ => Some(self.re_exported(&module, name, depth).unwrap_or(module)),
            };
        }
        Some(module)
    }

    fn child(&self, module: &[String], name: &str) -> Option<Module> {
        let child = [module, &[name.to_owned()]].concat();
        self.0.contains_key(&child).then_some(child)
    }

    /// The module behind a name that another module brings in.
    fn re_exported(&self, module: &[String], name: &str, depth: usize) -> Option<Module> {
        let source = self.0.get(module)?;
        source.brought.iter().find_map(|(brought, path)| {
            if brought == name {
                return self.behind(module, path, depth - 1);
            }
            let (_, of) = path.split_last().filter(|_| brought == "*")?;
            let of = self.behind(module, of, depth - 1)?;
            self.0.get(&of)?.defined.contains(name).then_some(of)
        })
    }

    /// Every circle among the modules of one parent: the modules on the way, and a file that leads
    /// from each to the next.
    fn circles(&self) -> Vec<String> {
        let mut uses: BTreeMap<Module, BTreeMap<Module, (String, String)>> = BTreeMap::new();
        for (module, source) in &self.0 {
            for path in &source.paths {
                let Some(other) = self.behind(module, path, RE_EXPORTS) else {
                    continue;
                };
                let pairs = module.iter().zip(&other);
                let common = pairs.take_while(|(a, b)| a == b).count();
                if common == module.len() || common == other.len() {
                    continue;
                }
                let ends = (module.join("/"), other.join("/"));
                let siblings = uses.entry(module[..=common].to_vec()).or_default();
                siblings.entry(other[..=common].to_vec()).or_insert(ends);
            }
        }
        let mut found = Vec::new();
        for start in uses.keys() {
            let Some(way) = shortest_way_back(start, &uses) else {
                continue;
            };
            // A circle is told once, from its first module.
            if way.iter().any(|module| module < start) {
                continue;
            }
            let steps = way.iter().zip(way.iter().cycle().skip(1));
            let steps = steps.map(|(from, to)| {
                let (file, other) = &uses[from][to];
                format!("{file} uses {other}")
            });
            found.push(steps.collect::<Vec<_>>().join(", "));
        }
        found
    }
}

/// The modules on the shortest way from a module back to it, itself first.
fn shortest_way_back<T>(
    start: &Module,
    uses: &BTreeMap<Module, BTreeMap<Module, T>>,
) -> Option<Vec<Module>> {
    let mut seen = BTreeSet::new();
    let mut ways = vec![vec![start.clone()]];
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let last = way.last()?;
            for next in uses.get(last).into_iter().flat_map(BTreeMap::keys) {
                if next == start {
                    return Some(way);
                }
                if seen.insert(next.clone()) {
                    longer.push([way.as_slice(), std::slice::from_ref(next)].concat());
                }
            }
        }
        ways = longer;
    }
    None
}

#[test]
fn a_circle_between_files_is_found_with_the_files_that_make_it() {
    let circles = |files: &[(&str, &str)]| Crate::new(files.iter().copied()).circles();
    let root = ("lib.rs", "pub mod a;\npub mod b;\n");
    // Two modules that use each other.
    let two = [
        root,
        ("a.rs", "use crate::b::B;\n"),
        ("b.rs", "use crate::a::A;\n"),
    ];
    assert_eq!(circles(&two), ["a uses b, b uses a"]);
    // A path in code, a group, and an item that the parent re-exports from a child.
    let three = [
        ("lib.rs", "pub mod p;\n"),
        (
            "p/mod.rs",
            "mod x;\nmod y;\nmod z;\npub use z::{Z as Zed, more::*};\n",
        ),
        ("p/x.rs", "fn x() {\n    super::y::y();\n}\n"),
        ("p/y.rs", "use super::{\n    Zed,\n    Two,\n};\n"),
        ("p/z.rs", "mod more;\nuse crate::p::{self, x::{X, Y}};\n"),
        ("p/z/more.rs", "pub struct Two;\n"),
    ];
    assert_eq!(
        circles(&three),
        ["p/x uses p/y, p/y uses p/z, p/z uses p/x"]
    );
    // A child far down leads back to the side of its parent.
    let deep = [
        ("lib.rs", "pub mod p;\n"),
        ("p/mod.rs", "mod x;\nmod y;\n"),
        ("p/x.rs", "mod low;\nfn x() {\n    low::call();\n}\n"),
        ("p/x/low.rs", "use super::super::y::Y;\n"),
        ("p/y.rs", "use super::x::X;\n"),
    ];
    assert_eq!(circles(&deep), ["p/x/low uses p/y, p/y uses p/x"]);
}

#[test]
fn parents_children_and_tests_make_no_circle() {
    let files = [
        ("lib.rs", "pub mod p;\n"),
        (
            "p/mod.rs",
            "mod x;\nmod y;\npub use x::X;\nuse y::Y;\npub struct P;\n#[cfg(test)]\nmod tests;\n",
        ),
        (
            "p/x.rs",
            "use super::P;\n/// See [`super::y::Y`].\n// use super::y::Y;\npub struct X;\n",
        ),
        (
            "p/y.rs",
            "use super::{P, X};\nuse std::fmt;\npub struct Y;\n\n#[cfg(test)]\nmod tests {\n    use super::Y;\n}\n",
        ),
        ("p/tests.rs", "use super::{x::X, y::Y};\nuse crate::p::P;\n"),
    ];
    assert_eq!(Crate::new(files).circles(), Vec::<String>::new());
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    source_files(&src, &mut files);
    let texts: Vec<_> = files
        .iter()
        .map(|path| {
            let inside = path.strip_prefix(&src).expect("it was found there");
            let inside = inside.to_string_lossy().replace('\\', "/");
            (
                inside,
                fs::read_to_string(path).expect("a source can be read"),
            )
        })
        .filter(|(path, _)| path != "main.rs")
        .collect();
    let texts = texts
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    assert_eq!(
        Crate::new(texts).circles(),
        Vec::<String>::new(),
        "move what both files need into a third one"
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
