//! GitHub workflow commands, shown as annotations on a pull request.
//!
//! `%`, line ends and, in properties, `:` and `,` are written as `%XX`.

use super::{Paths, loose_place, region};
use crate::diag::Diagnostic;
use crate::files::Sources;
use std::fmt::Write;

pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&one(diagnostic, sources));
        out.push('\n');
    }
    out
}

fn one(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let mut properties = String::new();
    let mut add = |key: &str, value: &str| {
        let comma = if properties.is_empty() { "" } else { "," };
        write!(properties, "{comma}{key}={}", escape_property(value))
            .expect("writing to a string does not fail");
    };
    if let Some(span) = diagnostic.primary {
        if let Some(region) = region(sources, span, Paths::Reported) {
            add("file", &region.path);
            add("line", &region.start.line.to_string());
            if region.end.line > region.start.line {
                // Columns are understood only inside one line.
                add("endLine", &region.end.line.to_string());
            } else {
                add("col", &region.start.column.to_string());
                // The last column here, not the one after it.
                let last = region.end.column.saturating_sub(1);
                add("endColumn", &last.max(region.start.column).to_string());
            }
        }
    } else if let Some(place) = &diagnostic.place {
        let (path, line) = loose_place(sources, place, Paths::Reported);
        add("file", &path);
        if let Some(line) = line {
            add("line", &line.to_string());
        }
    }
    add("title", diagnostic.rule.code.0);
    let mut message = diagnostic.message.clone();
    for hint in &diagnostic.hints {
        message.push_str("\nHint: ");
        message.push_str(hint);
    }
    let command = diagnostic.severity().as_str();
    format!("::{command} {properties}::{}", escape(&message))
}

fn escape(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::fixture;
    use super::*;

    #[test]
    fn workflows_see_one_escaped_line_for_each() {
        let (sources, diagnostics) = fixture();
        let expected = "\
::error file=a.toml,line=3,col=6,endColumn=9,title=X001::`ås` is used twice%0AHint: give one of them another id
::warning file=page.html,line=3,title=X002::100%25 quiet
";
        assert_eq!(render(&diagnostics, &sources), expected);
        assert_eq!(escape_property("a:b,c%"), "a%3Ab%2Cc%25");
    }
}
