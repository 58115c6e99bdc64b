//! SARIF 2.1.0, the Static Analysis Results Interchange Format (OASIS), for code hosts.
//!
//! Columns count characters (`columnKind` `unicodeCodePoints`), lines from 1.

use super::{Paths, loose_place, region};
use crate::diag::{Diagnostic, Rule, Severity};
use crate::files::{Sources, Span};
use serde_json::{Value, json};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn render(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    rules: &[&'static Rule],
) -> String {
    let results: Value = diagnostics
        .iter()
        .map(|d| result(d, sources, rules))
        .collect();
    let descriptors: Value = rules.iter().map(|rule| descriptor(rule)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "utkast",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": descriptors,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn descriptor(rule: &Rule) -> Value {
    let mut out = json!({
        "id": rule.code.0,
        "name": rule.name,
        "shortDescription": { "text": rule.title() },
        "defaultConfiguration": { "level": level(rule.severity) },
    });
    if !rule.docs.is_empty() {
        let help = rule.explanation();
        out["help"] = json!({ "text": help, "markdown": help });
    }
    out
}

fn level(severity: Severity) -> &'static str {
    // SARIF has the same words for both.
    severity.as_str()
}

fn result(diagnostic: &Diagnostic, sources: &Sources, rules: &[&'static Rule]) -> Value {
    // A hint belongs to what a reader must see; SARIF has one text for both.
    let mut text = diagnostic.message.clone();
    for hint in &diagnostic.hints {
        text.push_str("\nHint: ");
        text.push_str(hint);
    }
    let mut out = json!({
        "ruleId": diagnostic.rule.code.0,
        "level": level(diagnostic.severity()),
        "message": { "text": text },
    });
    if let Some(index) = rules.iter().position(|rule| *rule == diagnostic.rule) {
        out["ruleIndex"] = index.into();
    }
    let place = match (diagnostic.primary, &diagnostic.place) {
        (Some(span), _) => location(sources, span),
        (None, Some(place)) => Some(loose_location(sources, place)),
        (None, None) => None,
    };
    if let Some(place) = place {
        out["locations"] = json!([place]);
    }
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().enumerate();
        let related = related.filter_map(|(id, label)| {
            let mut out = location(sources, label.span)?;
            out["message"] = json!({ "text": label.message });
            out["id"] = id.into();
            Some(out)
        });
        out["relatedLocations"] = related.collect();
    }
    out
}

fn location(sources: &Sources, span: Span) -> Option<Value> {
    let region = region(sources, span, Paths::Reported)?;
    Some(json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&region.path) },
        "region": {
            "startLine": region.start.line,
            "startColumn": region.start.column,
            "endLine": region.end.line,
            "endColumn": region.end.column,
        },
    }}))
}

fn loose_location(sources: &Sources, place: &str) -> Value {
    let (path, line) = loose_place(sources, place, Paths::Reported);
    let mut physical = json!({ "artifactLocation": { "uri": uri(&path) } });
    if let Some(line) = line {
        physical["region"] = json!({ "startLine": line });
    }
    json!({ "physicalLocation": physical })
}

/// A path as a relative reference (RFC 3986): every byte outside the unreserved characters and
/// `/` as `%XX`.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{DUPLICATE, QUIET, fixture};
    use super::*;

    #[test]
    fn code_hosts_see_the_rule_the_region_and_the_related_place() {
        let (sources, diagnostics) = fixture();
        let text = render(&diagnostics, &sources, &[&DUPLICATE, &QUIET]);
        let log: Value = serde_json::from_str(&text).expect("it is JSON");
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "X001");
        let title = &run["tool"]["driver"]["rules"][0]["shortDescription"]["text"];
        assert_eq!(title, "Seen before");
        let result = &run["results"][0];
        assert_eq!(result["ruleIndex"], 0);
        let physical = &result["locations"][0]["physicalLocation"];
        assert_eq!(physical["artifactLocation"]["uri"], "a.toml");
        let region = json!({ "startLine": 3, "startColumn": 6, "endLine": 3, "endColumn": 10 });
        assert_eq!(physical["region"], region);
        let related = &result["relatedLocations"][0];
        assert_eq!(related["message"]["text"], "first used here");
        assert_eq!(run["results"][1]["level"], "warning");
    }

    #[test]
    fn a_path_with_norwegian_letters_and_spaces_becomes_a_valid_reference() {
        assert_eq!(uri("plan/å b.md"), "plan/%C3%A5%20b.md");
    }
}
