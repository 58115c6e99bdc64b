//! Formats diagnostics; each format has a file.
//!
//! [`render`] is the entry point. This file holds what all formats share: the file, line and column of a
//! diagnostic.

mod github;
mod json;
mod sarif;
mod text;

use super::{Diagnostic, Rule};
use crate::files::{LineColumn, SourceFile, Sources, Span};

pub use json::to_value;
pub use text::plain;

/// The format of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text with source lines.
    Text,
    /// JSON, a list of objects.
    Json,
    /// SARIF 2.1.0, for code hosts.
    Sarif,
    /// GitHub workflow commands.
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

/// Which path of a file is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paths {
    /// The one that it is reported under, where a reader finds it.
    Reported,
    /// The one inside the folder of the strategy, for records that must not tell where that lay.
    Inside,
}

impl Paths {
    fn of(self, file: &SourceFile) -> &str {
        match self {
            Self::Reported => file.reported(),
            Self::Inside => &file.path,
        }
    }
}

/// A place in a file, as people and machines count.
struct Region {
    path: String,
    start: LineColumn,
    /// The place after the last character.
    end: LineColumn,
}

/// The place of a span; `None` if it is a span of other sources.
fn region(sources: &Sources, span: Span, paths: Paths) -> Option<Region> {
    let file = sources.get(span.file)?;
    Some(Region {
        path: paths.of(file).to_owned(),
        start: file.line_column(span.start as usize),
        end: file.line_column(span.end as usize),
    })
}

/// Where a diagnostic without a span points: the path of a file, and the line if it names one
/// (`template.html:12`). A place that is no source stays as it is, but for `strategy.toml`: what is
/// missing is missing in the folder.
fn loose_place(sources: &Sources, place: &str, paths: Paths) -> (String, Option<usize>) {
    let numbered = place.rsplit_once(':');
    let numbered = numbered.and_then(|(path, line)| Some((path, Some(line.parse().ok()?))));
    let (path, line) = numbered.unwrap_or((place, None));
    let path = match (sources.by_path(path), paths) {
        (Some((_, file)), _) => paths.of(file).to_owned(),
        (None, Paths::Reported) if path == "strategy.toml" => sources.report_path(path),
        (None, _) => path.to_owned(),
    };
    (path, line)
}

#[cfg(test)]
pub(crate) mod fixture {
    //! One diagnostic with everything and one with nothing, for the tests of all formats.

    use crate::diag::{Code, Diagnostic, Rule, Severity};
    use crate::files::{Sources, Span};

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
        let (file, _) = sources.by_path("a.toml").expect("it is there");
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
    use super::fixture::{DUPLICATE, QUIET};
    use super::*;
    use crate::files::read_version;
    use std::fs;

    /// The sources of a frozen version, and what is said of them: with a span, without one, and of a
    /// file that is missing.
    fn of_a_version() -> (tempfile::TempDir, Sources, Vec<Diagnostic>) {
        let room = tempfile::tempdir().expect("there is room");
        let frozen = room.path().join("versions/0.3/sources/chapters");
        fs::create_dir_all(&frozen).expect("it can be made");
        fs::write(frozen.join("x.md"), "en\nto\n").expect("there is room");
        let sources = read_version(room.path(), "0.3", &[]).expect("it is there");
        let (file, _) = sources.by_path("chapters/x.md").expect("it is there");
        let span = Span::new(file, 3..5);
        let said = vec![
            DUPLICATE.at(span, "to").also(span, "her"),
            QUIET.nowhere("tre").in_place("chapters/x.md:2"),
            QUIET.nowhere("fire").in_place("strategy.toml"),
        ];
        (room, sources, said)
    }

    #[test]
    fn every_format_names_the_files_of_the_version_that_is_reported_on() {
        let (room, sources, said) = of_a_version();
        let frozen = room.path().join("versions/0.3/sources");
        let frozen = frozen.display().to_string();
        for (format, times) in [
            (Format::Text, 3),
            (Format::Json, 4),
            (Format::Sarif, 4),
            (Format::Github, 3),
        ] {
            let text = render(&said, &sources, &[], format, false);
            assert_eq!(text.matches(&frozen).count(), times, "{text}");
        }
    }

    #[test]
    fn a_record_names_them_by_their_paths_inside_the_folder() {
        let (_room, sources, said) = of_a_version();
        let value = to_value(&said, &sources, Paths::Inside);
        let named = [
            &value[0]["file"],
            &value[0]["related"][0]["file"],
            &value[1]["file"],
            &value[2]["file"],
        ];
        let [x, toml] = ["chapters/x.md", "strategy.toml"];
        assert_eq!(named, [x, x, x, toml]);
    }

    #[test]
    fn a_place_in_other_sources_is_left_out() {
        let (_room, _, said) = of_a_version();
        let others = Sources::from_texts([("chapters/x.md", "en\nto\n")]);
        for format in [Format::Text, Format::Json, Format::Sarif, Format::Github] {
            let text = render(&said[..1], &others, &[], format, false);
            assert!(text.contains("X001") && !text.contains("x.md"), "{text}");
        }
    }
}
