//! JSON: a list of objects. Lines and columns start at 1; columns count characters.

use super::{Paths, loose_place, region};
use crate::diag::Diagnostic;
use crate::files::{Sources, Span};
use serde_json::{Map, Value, json};

pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    format!("{:#}\n", to_value(diagnostics, sources, Paths::Reported))
}

/// The diagnostics as JSON.
pub fn to_value(diagnostics: &[Diagnostic], sources: &Sources, paths: Paths) -> Value {
    let all = diagnostics.iter();
    all.map(|diagnostic| one(diagnostic, sources, paths))
        .collect()
}

fn one(diagnostic: &Diagnostic, sources: &Sources, paths: Paths) -> Value {
    let related = diagnostic.related.iter().map(|label| {
        let mut out = Map::new();
        out.insert("message".into(), label.message.as_str().into());
        out.extend(place(sources, label.span, paths));
        Value::Object(out)
    });
    let mut out = Map::new();
    out.insert("code".into(), diagnostic.rule.code.0.into());
    out.insert("name".into(), diagnostic.rule.name.into());
    out.insert("severity".into(), diagnostic.severity().as_str().into());
    out.insert("message".into(), diagnostic.message.as_str().into());
    match (diagnostic.primary, &diagnostic.place) {
        (Some(span), _) => out.extend(place(sources, span, paths)),
        (None, Some(place)) => {
            let (path, line) = loose_place(sources, place, paths);
            out.insert("file".into(), path.into());
            out.extend(line.map(|line| ("start".into(), json!({ "line": line }))));
        }
        (None, None) => {}
    }
    out.insert("related".into(), related.collect());
    out.insert("hints".into(), diagnostic.hints.as_slice().into());
    Value::Object(out)
}

fn place(sources: &Sources, span: Span, paths: Paths) -> Map<String, Value> {
    let mut out = Map::new();
    if let Some(region) = region(sources, span, paths) {
        let (start, end) = (region.start, region.end);
        let start = json!({ "line": start.line, "column": start.column });
        let end = json!({ "line": end.line, "column": end.column });
        out.insert("file".into(), region.path.into());
        out.insert("start".into(), start);
        out.insert("end".into(), end);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::fixture::fixture;
    use super::*;

    #[test]
    fn scripts_see_the_place_in_characters() {
        let (sources, diagnostics) = fixture();
        let value = to_value(&diagnostics, &sources, Paths::Reported);
        let full = json!({
            "code": "X001",
            "name": "seen-before",
            "severity": "error",
            "message": "`ås` is used twice",
            "file": "a.toml",
            "start": { "line": 3, "column": 6 },
            "end": { "line": 3, "column": 10 },
            "related": [{
                "message": "first used here",
                "file": "a.toml",
                "start": { "line": 1, "column": 6 },
                "end": { "line": 1, "column": 10 },
            }],
            "hints": ["give one of them another id"],
        });
        assert_eq!(value[0], full);
        assert_eq!(value[1]["file"], "page.html");
        assert_eq!(value[1]["start"], json!({ "line": 3 }));
    }
}
