//! Diagnostics for the preview: the JSON of `check`, with the source line of each.

use crate::diag::{Diagnostic, Paths, to_value};
use crate::files::{ReadError, Sources, Span};
use serde_json::{Value, json};
use std::path::Path;

/// Most characters shown before the marked text, of it, and after it.
const SHOWN: usize = 120;

/// The diagnostics, each with its line.
pub(super) fn with_excerpts(diagnostics: &[Diagnostic], sources: &Sources) -> Value {
    let values = diagnostics.iter().map(|diagnostic| {
        let mut value =
            to_value(std::slice::from_ref(diagnostic), sources, Paths::Reported)[0].take();
        if let Some(excerpt) = diagnostic.primary.and_then(|span| excerpt(sources, span)) {
            value["excerpt"] = excerpt;
        }
        value
    });
    values.collect()
}

/// A diagnostic for a folder that cannot be read.
pub(super) fn unreadable(folder: &Path, error: &ReadError) -> Value {
    let (message, hint) = match error {
        ReadError::Missing(path) => (
            format!("the folder `{}` is gone", path.display()),
            "put it back; the preview then continues",
        ),
        other => (other.to_string(), "fix it; the preview then continues"),
    };
    json!([{
        "severity": "error",
        "message": message,
        "file": folder.to_string_lossy(),
        "related": [],
        "hints": [hint],
    }])
}

/// The first line of a span: before it, the span, and after it.
fn excerpt(sources: &Sources, span: Span) -> Option<Value> {
    let text = sources.get(span.file)?.text();
    let range = span.range();
    let start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.start..]
        .find('\n')
        .map_or(text.len(), |at| range.start + at);
    let marked_end = range.end.min(end);
    let before = text.get(start..range.start)?;
    let marked = text.get(range.start..marked_end)?;
    let after = text.get(marked_end..end)?;
    Some(json!({
        "before": tail(before.trim_start()),
        "marked": head(marked),
        "after": head(after),
    }))
}

fn head(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn tail(text: &str) -> String {
    match text.char_indices().nth_back(SHOWN) {
        Some((at, first)) => format!("…{}", &text[at + first.len_utf8()..]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt_of(text: &str, range: std::ops::Range<usize>) -> [String; 3] {
        let sources = Sources::from_texts([("a.md", text)]);
        let (file, _) = sources.by_path("a.md").expect("it is there");
        let value = excerpt(&sources, Span::new(file, range)).expect("the span is in the text");
        ["before", "marked", "after"].map(|key| value[key].as_str().expect("it is text").to_owned())
    }

    #[test]
    fn the_line_is_shown_with_what_is_meant() {
        assert_eq!(
            excerpt_of("en\n  to tre fire\n", 8..11),
            ["to ", "tre", " fire"]
        );
        assert_eq!(
            excerpt_of("en\nto\ntre", 0..9),
            ["", "en", ""],
            "its first line only"
        );
        assert_eq!(excerpt_of("en", 2..2), ["en", "", ""], "at the end");
        assert_eq!(excerpt_of("", 0..0), ["", "", ""]);
    }

    #[test]
    fn a_long_line_is_cut_between_letters() {
        let long = "å".repeat(500);
        let [before, marked, after] = excerpt_of(&long, 400..402);
        assert_eq!(before, format!("…{}", "å".repeat(SHOWN)));
        assert_eq!(marked, "å");
        assert_eq!(after, format!("{}…", "å".repeat(SHOWN)));
    }
}
