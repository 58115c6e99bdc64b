//! Text: the message, the source line with the place marked, and the hints.

use super::{Paths, loose_place};
use crate::diag::{Diagnostic, Severity};
use crate::files::{FileId, SourceFile, Sources, Span};
use annotate_snippets::{
    Annotation, AnnotationKind, Element, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use std::ops::Range;

/// Diagnostics without colours, for golden files and logs.
pub fn plain(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    render(diagnostics, sources, false)
}

pub(super) fn render(diagnostics: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    let renderer = match colour {
        true => Renderer::styled(),
        false => Renderer::plain(),
    };
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&one(&renderer, diagnostic, sources));
        out.push_str("\n\n");
    }
    out
}

fn one(renderer: &Renderer, diagnostic: &Diagnostic, sources: &Sources) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str());
    let mut group = title
        .id(diagnostic.rule.code.0)
        .elements(snippets(diagnostic, sources));
    if diagnostic.primary.is_none()
        && let Some(place) = &diagnostic.place
    {
        let (path, line) = loose_place(sources, place, Paths::Reported);
        let origin = Origin::path(path);
        group = group.element(match line {
            Some(line) => origin.line(line),
            None => origin,
        });
    }
    let hints = diagnostic.hints.iter().map(|hint| {
        let level = Level::HELP.with_name("hint");
        level.message(normalize_untrusted_str(hint))
    });
    renderer.render(&[group.elements(hints)])
}

/// One snippet a file, the one with the primary place first.
fn snippets<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Element<'a>> {
    let mut files: Vec<(FileId, Vec<LabelledSpan<'a>>)> = Vec::new();
    let primary = diagnostic.primary.map(|span| LabelledSpan {
        span,
        kind: AnnotationKind::Primary,
        label: None,
    });
    let related = diagnostic.related.iter().map(|label| LabelledSpan {
        span: label.span,
        kind: AnnotationKind::Context,
        label: Some(&label.message),
    });
    for labelled in primary.into_iter().chain(related) {
        let file = labelled.span.file;
        match files.iter_mut().find(|(seen, _)| *seen == file) {
            Some((_, spans)) => spans.push(labelled),
            None => files.push((file, vec![labelled])),
        }
    }
    let snippet = |(file, spans)| Some(Element::from(snippet(sources.get(file)?, spans)));
    files.into_iter().filter_map(snippet).collect()
}

struct LabelledSpan<'a> {
    span: Span,
    kind: AnnotationKind,
    label: Option<&'a str>,
}

/// The lines from the first mark to the last: the renderer would search the whole file for each
/// diagnostic.
fn snippet<'a>(
    source: &'a SourceFile,
    spans: Vec<LabelledSpan<'a>>,
) -> Snippet<'a, Annotation<'a>> {
    let text = source.text();
    let ranges: Vec<_> = spans.iter().map(|m| first_line(text, m.span)).collect();
    let first = ranges.iter().map(|r| r.start).min().unwrap_or(0);
    let last = ranges.iter().map(|r| r.end).max().unwrap_or(0);
    let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at);
    let annotations = spans.into_iter().zip(ranges).map(|(labelled, range)| {
        let range = range.start - start..range.end - start;
        labelled.kind.span(range).label(labelled.label)
    });
    Snippet::source(&text[start..end])
        .line_start(source.line_column(start).line)
        .path(source.reported())
        .annotations(annotations)
}

/// The part of a span on its first line: marks over many lines hide the text they point at.
fn first_line(text: &str, span: Span) -> Range<usize> {
    let range = span.range();
    let covered = text.get(range.clone()).unwrap_or_default();
    if covered.is_empty() {
        let starts = (0..=range.start.min(text.len())).rev();
        let start = starts.into_iter().find(|at| text.is_char_boundary(*at));
        let start = start.unwrap_or(0);
        return start..start;
    }
    let line = covered.split('\n').next().unwrap_or_default();
    range.start..range.start + line.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::fixture;
    use super::*;

    #[test]
    fn people_see_the_line_the_place_and_what_to_do() {
        let (sources, diagnostics) = fixture();
        let expected = "\
error[X001]: `ås` is used twice
 --> a.toml:3:6
  |
1 | id = \"ås\"
  |      ---- first used here
2 | name = 1
3 | id = \"ås\" # igjen
  |      ^^^^
  |
  = hint: give one of them another id

warning[X002]: 100% quiet
--> page.html:3

";
        assert_eq!(plain(&diagnostics, &sources), expected);
    }

    #[test]
    fn colours_come_only_when_asked_for() {
        let (sources, diagnostics) = fixture();
        assert!(!render(&diagnostics, &sources, false).contains('\u{1b}'));
        assert!(render(&diagnostics, &sources, true).contains('\u{1b}'));
    }
}
