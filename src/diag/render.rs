//! Diagnostics in words: a file per format.
//!
//! [`render`] is the entry point. What all formats share is here: where a diagnostic points, in
//! the terms of the person or the machine that reads it.

mod github;
mod json;
mod sarif;
mod text;

use super::{Diagnostic, Rule};
use crate::files::{FileId, LineColumn, Sources, Span};
use std::path::{Component, Path};

pub use json::to_value;
pub use text::plain;

/// How diagnostics are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people, with the lines of the source.
    Text,
    /// A list of objects.
    Json,
    /// SARIF 2.1.0, which code hosts read.
    Sarif,
    /// Workflow commands, which become notes on the lines of a pull request.
    Github,
}

/// Writes diagnostics in a format. `rules` are those that were held against the sources: SARIF
/// names them all. Colours are used by [`Format::Text`] only.
pub fn render(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    rules: &[&'static Rule],
    format: Format,
    colour: bool,
) -> String {
    match format {
        Format::Text => text::render(diagnostics, sources, colour),
        Format::Json => json::render(diagnostics, sources),
        Format::Sarif => sarif::render(diagnostics, sources, rules),
        Format::Github => github::render(diagnostics, sources),
    }
}

/// A place in a file, as people and machines count.
struct Region {
    /// Path from where the command was given, with `/` between its parts.
    path: String,
    start: LineColumn,
    /// The place after the last character.
    end: LineColumn,
}

fn region(sources: &Sources, span: Span) -> Region {
    let file = sources.get(span.file);
    Region {
        path: path_of(sources, span.file),
        start: file.line_column(span.start as usize),
        end: file.line_column(span.end as usize),
    }
}

/// The path of a source from where the command was given: the folder as it was named, and the
/// path inside it.
fn path_of(sources: &Sources, file: FileId) -> String {
    from_root(&sources.root, &sources.get(file).path)
}

fn from_root(root: &Path, path: &str) -> String {
    let mut out = String::new();
    for part in root.components() {
        match part {
            Component::CurDir => {}
            Component::RootDir => out.push('/'),
            other => {
                out.push_str(&other.as_os_str().to_string_lossy());
                out.push('/');
            }
        }
    }
    out + path
}

/// Where a diagnostic without a span points: a path from where the command was given, and the
/// line if it names one (`template.html:12`). A place that is no source stays as it is, but for
/// `strategy.toml`: what is missing is missing in the folder.
fn loose_place(sources: &Sources, place: &str) -> (String, Option<usize>) {
    let numbered = place.rsplit_once(':');
    let numbered = numbered.and_then(|(path, line)| Some((path, Some(line.parse().ok()?))));
    let (path, line) = numbered.unwrap_or((place, None));
    let path = match sources.by_path(path) {
        Some((file, _)) => path_of(sources, file),
        None if path == "strategy.toml" => from_root(&sources.root, path),
        None => path.to_owned(),
    };
    (path, line)
}

#[cfg(test)]
pub(crate) mod fixture {
    //! One diagnostic with everything and one with nothing, for the tests of all formats.

    use crate::diag::{Code, Diagnostic, Rule, Severity};
    use crate::files::{FileId, Sources, Span};

    pub(crate) static DUPLICATE: Rule = Rule {
        code: Code("X001"),
        name: "seen-before",
        severity: Severity::Error,
        docs: "# Seen before\n\n## What it checks\n\nThat nothing\nis seen twice.\n",
    };
    pub(crate) static QUIET: Rule = Rule {
        code: Code("X002"),
        name: "too-quiet",
        severity: Severity::Warning,
        docs: "# Too quiet\n\n## What it checks\n\nNoise.\n",
    };

    pub(crate) fn fixture() -> (Sources, Vec<Diagnostic>) {
        let text = "id = \"ås\"\nname = 1\nid = \"ås\" # igjen\n";
        let sources = Sources::from_texts([("a.toml", text)]);
        let last = text.rfind("\"ås\"").expect("it is there");
        let file = FileId(0);
        let full = DUPLICATE
            .at(Span::new(file, last..last + 5), "`ås` is used twice")
            .also(Span::new(file, 5..10), "first used here")
            .hint("give one of them another id");
        let bare = QUIET.nowhere("100% quiet").in_place("page.html:3");
        (sources, vec![full, bare])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_begins_where_the_command_was_given() {
        assert_eq!(from_root(Path::new("."), "a.md"), "a.md");
        assert_eq!(from_root(Path::new("./plan/"), "a.md"), "plan/a.md");
        assert_eq!(from_root(Path::new("/srv/plan"), "a.md"), "/srv/plan/a.md");
        assert_eq!(from_root(Path::new("../plan"), "a.md"), "../plan/a.md");
    }
}
