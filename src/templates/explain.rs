//! Turns errors of templates into diagnostics with file, line and hint.

use super::limits::{self, Guards};
use super::rules;
use super::set::TemplateSet;
use crate::diag::{Diagnostic, Rule, did_you_mean, nearest};
use tera::{Error, ErrorKind, ReportError};

/// The template that the document begins with.
pub const ENTRY: &str = "document.html";

/// The template that a redline begins with.
pub const REDLINE: &str = "redline.html";

/// A name in the message of tera that is not there: what it begins with, and what to do.
const UNKNOWN: [(&str, &str); 5] = [
    (
        "Unknown template",
        "name a file of the template folder or of the default set",
    ),
    (
        "Unknown component",
        "define it with `{% component … %}`, or correct its name",
    ),
    (
        "Unknown function",
        "use one of those that `templates/README.md` lists",
    ),
    (
        "Unknown filter",
        "use one of those that `templates/README.md` lists",
    ),
    ("Unknown test", "use one of those that tera has"),
];

/// Everything that an error of tera says.
pub(super) fn explain(set: &TemplateSet, error: &Error, guards: &Guards) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) => vec![syntax(set, report)],
        ErrorKind::RenderingError(report) => vec![failed(set, report, guards)],
        ErrorKind::CircularInclude {
            tpl,
            include_chain: chain,
        }
        | ErrorKind::CircularExtend {
            tpl,
            inheritance_chain: chain,
        } => {
            let chain = chain.join("` → `");
            let message = format!("the template `{tpl}` includes itself: `{chain}`");
            let found = rules::TEMPLATE_LIMIT.nowhere(message);
            let found = found.in_place(set.place_in(tpl, tag_of_chain(set, tpl)));
            vec![found.hint("remove one of the `include` or `extends` tags")]
        }
        ErrorKind::Io(_) => {
            // Tera does not say which template was writing.
            let found = rules::TEMPLATE_LIMIT.nowhere(limits::too_much());
            vec![found.hint("look for an endless loop")]
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("`{current}` extends `{parent}`, which does not exist");
            let found = rules::TEMPLATE_FAILED.nowhere(message);
            let found = found.in_place(set.place_in(current, set.line_with(current, "extends")));
            vec![found.hint(UNKNOWN[0].1)]
        }
        _ => {
            let text = error.to_string();
            let unknown: Vec<_> = reports(&text).map(|r| r.diagnostic(set)).collect();
            if !unknown.is_empty() {
                return unknown;
            }
            let message = lower(text.lines().next().unwrap_or_default());
            let found = rules::TEMPLATE_FAILED.nowhere(message);
            let found = found.in_place(set.place_in(ENTRY, None));
            vec![found.hint("compare your templates with `templates/default`")]
        }
    }
}

/// The system gives no thread to fill the templates in with.
pub(super) fn no_thread(error: &std::io::Error) -> Diagnostic {
    let message = format!("the thread for the templates cannot be started: {error}");
    let found = rules::TEMPLATE_FAILED.nowhere(message);
    found.hint("close other programs, or allow utkast more memory or threads")
}

/// A template that tera cannot read.
pub(super) fn syntax(set: &TemplateSet, report: &ReportError) -> Diagnostic {
    let found = pointed(set, report, &rules::TEMPLATE_SYNTAX, report.message());
    found.hint("close every tag and every quotation mark")
}

/// So many names are listed where none is near the one that is not there.
const LISTED: usize = 30;

/// A template that failed while it was filled in.
fn failed(set: &TemplateSet, report: &ReportError, guards: &Guards) -> Diagnostic {
    let message = report.message();
    // Tera has a limit of its own for `range`.
    if guards.tripped() || message.contains("exceeds the limit") {
        let found = pointed(set, report, &rules::TEMPLATE_LIMIT, message);
        return found.hint("look for an endless loop or component");
    }
    // Tera lists all names that are there, which may be hundreds.
    let Some((message, known)) = message.split_once(". Available ") else {
        let found = pointed(set, report, &rules::TEMPLATE_FAILED, message);
        return found.hint("compare it with the default template");
    };
    let names: Vec<_> = known
        .split_once(": ")
        .map_or("", |(_, n)| n)
        .split(", ")
        .collect();
    let wanted = message.split('`').nth(1).unwrap_or_default();
    let found = pointed(set, report, &rules::TEMPLATE_FAILED, message);
    match nearest(wanted, names.iter().copied()) {
        Some(near) => found.hint(did_you_mean(near)),
        None if names.len() <= LISTED => found.hint(format!("write one of {}", names.join(", "))),
        None => found.hint("compare it with the default template"),
    }
}

/// One of the names that tera does not know, as it prints them when it puts the set together.
struct Report<'a> {
    message: &'a str,
    template: &'a str,
    line: usize,
}

/// The reports in a text of tera: `error: Unknown …`, and `--> template:line:column` below it.
fn reports(text: &str) -> impl Iterator<Item = Report<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    let pairs = (1..lines.len()).map(move |at| (lines[at - 1], lines[at]));
    pairs.filter_map(|(message, place)| {
        let message = message.strip_prefix("error: ")?;
        let place = place.trim_start().strip_prefix("--> ")?;
        let (place, _column) = place.rsplit_once(':')?;
        let (template, line) = place.rsplit_once(':')?;
        let line = line.parse().ok()?;
        Some(Report {
            message,
            template,
            line,
        })
    })
}

impl Report<'_> {
    fn diagnostic(&self, set: &TemplateSet) -> Diagnostic {
        let hint = UNKNOWN
            .iter()
            .find(|(start, _)| self.message.starts_with(start));
        let found = rules::TEMPLATE_FAILED.nowhere(lower(self.message));
        let found = found.in_place(set.place_in(self.template, Some(self.line)));
        found.hint(hint.map_or("compare it with the default template", |(_, hint)| hint))
    }
}

/// The line of the tag that leads a template back to itself, if it stands in that template.
fn tag_of_chain(set: &TemplateSet, template: &str) -> Option<usize> {
    set.line_with(template, "extends")
        .or_else(|| set.line_with(template, "include"))
}

/// A message about a template, with its place and the line as the council wrote it.
fn pointed(
    set: &TemplateSet,
    report: &ReportError,
    rule: &'static Rule,
    message: &str,
) -> Diagnostic {
    let found = rule.nowhere(lower(message));
    let (name, line) = (report.filename(), report.span().start_line);
    if name.is_empty() {
        return found.in_place(set.place_in(ENTRY, None));
    }
    let found = found.in_place(set.place_in(name, Some(line)));
    match set.line(name, line) {
        Some(text) => found.hint(format!("the line is `{}`", text.trim())),
        None => found,
    }
}

/// A message of tera in the form of ours: small letter first, no full stop last.
fn lower(message: &str) -> String {
    let message = message.trim().trim_end_matches('.').replace('\n', ", ");
    let mut letters = message.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_that_is_not_there_is_reported_with_its_line() {
        let own = "<p>{{ nix() }}</p>\n\n{{ 1 | nox }}{% include \"nax.html\" %}\n";
        let mut set = TemplateSet::default();
        set.add_text("credits.html", "credits.html", own);
        let mut tera = tera::Tera::default();
        let own = set.templates().find(|(_, name, _)| *name == "credits.html");
        let (_, name, text) = own.expect("it is in the set");
        let error = tera
            .add_raw_templates([(name, text)])
            .expect_err("three names are wrong");
        let found = explain(&set, &error, &Guards::default());
        let found = found
            .iter()
            .map(|d| (d.message.as_str(), d.place.as_deref().unwrap_or("")));
        let expected = [
            ("unknown function `nix`", "credits.html:1"),
            ("unknown filter `nox`", "credits.html:3"),
            ("unknown template `nax.html`", "credits.html:3"),
        ];
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }
}
