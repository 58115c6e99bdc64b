//! Passes: changes and checks of the tree between templates and writers. Each pass has a file.
//!
//! They run in two halves. `prepare` runs the passes that look at one text at a time. `finish` runs
//! the passes that count over the whole document. Between the two, notes, headings and captions have
//! no numbers and the contents are empty, so that another tree can be merged in.

mod abbreviations;
mod captions;
mod contents;
mod headings;
mod ids;
mod links;
mod notes;
mod numbering;
mod rules;
mod typography;
mod vocabulary;

pub use rules::RULES;

use crate::conservation::OriginalTexts;
use crate::diag::Diagnostic;
use crate::dom::{Document, NodeId};
use crate::model::Term;
use crate::templates::Labels;
use crate::templates::TemplateSet;
use captions::NumberedFigure;
use headings::Heading;

/// Runs the passes that look at one text at a time: what the writers do not understand, abbreviations,
/// and the typography of the council's own words. `glossary` are the terms that the document explains.
/// Returns the diagnostics, and the original text of the nodes whose typography was changed.
pub(crate) fn prepare(
    document: &mut Document,
    set: &TemplateSet,
    glossary: &[Term],
) -> (Vec<Diagnostic>, OriginalTexts) {
    let problems = vocabulary::check(document, set);
    abbreviations::mark(document, glossary);
    (problems, typography::set(document))
}

/// Runs the passes that count over the whole document: [`number`], and then those that list what was
/// numbered.
pub(crate) fn finish(
    document: &mut Document,
    set: &TemplateSet,
    labels: &Labels,
) -> Vec<Diagnostic> {
    let (problems, headings, figures) = number(document, set, labels);
    list(document, set, problems, &headings, &figures)
}

/// The diagnostics, the headings and the figures.
type Numbered = (Vec<Diagnostic>, Vec<Heading>, Vec<NumberedFigure>);

/// Gives everything in the document its number, in the order in which the passes need each other:
/// notes, ids, headings, captions.
pub(crate) fn number(document: &mut Document, set: &TemplateSet, labels: &Labels) -> Numbered {
    notes::number(document, labels);
    let problems = ids::make_unique(document, set);
    let headings = headings::find(document);
    numbering::number(document, &headings, labels);
    let figures = captions::number(document, labels);
    (problems, headings, figures)
}

/// Finishes what two numbered documents have become when they were merged: notes are numbered anew,
/// since those of both stand in it; headings and captions keep their numbers.
pub(crate) fn finish_merged(
    document: &mut Document,
    set: &TemplateSet,
    labels: &Labels,
) -> Vec<Diagnostic> {
    notes::number(document, labels);
    let problems = ids::make_unique(document, set);
    let headings = headings::find(document);
    let figures = captions::numbered(document);
    list(document, set, problems, &headings, &figures)
}

/// Fills the contents in, and sees that links lead somewhere.
fn list(
    document: &mut Document,
    set: &TemplateSet,
    mut problems: Vec<Diagnostic>,
    headings: &[Heading],
    figures: &[NumberedFigure],
) -> Vec<Diagnostic> {
    contents::fill(document, headings);
    contents::list_figures(document, figures);
    problems.extend(links::check(document, set));
    problems
}

/// The words of a text with one space between them; no-break spaces stay.
fn single_spaced(text: &str) -> String {
    let words = text
        .split([' ', '\n', '\t'])
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The place of a node in the templates, for a message.
fn place(document: &Document, set: &TemplateSet, id: NodeId) -> Option<String> {
    document.template_of(id).map(|line| set.place(line))
}

/// A diagnostic at the node's source, or at its template line.
fn located(
    document: &Document,
    set: &TemplateSet,
    id: NodeId,
    mut found: Diagnostic,
) -> Diagnostic {
    found.primary = document.source_of(id);
    if found.primary.is_none() {
        found.place = place(document, set, id);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};
    use crate::templates::testing::labels;

    #[test]
    fn a_tree_has_numbers_only_when_it_is_finished() {
        let html = "<h2>Mål</h2><p>Sitat<a class=\"noteref\" href=\"#n\"></a></p>\
            <figure><figcaption>Fjorden</figcaption></figure>\
            <aside class=\"note\" id=\"n\">- \"Ja\"</aside>";
        let language = "nb".to_owned();
        let meta = Meta {
            language,
            ..Meta::default()
        };
        let mut document = parse(html, meta).document;
        let set = TemplateSet::default();
        let (problems, _) = prepare(&mut document, &set, &[]);
        assert_eq!(problems, []);
        let text = |document: &Document| document.text_of(Document::ROOT);
        assert_eq!(text(&document), "MålSitatFjorden- «Ja»");
        assert_eq!(finish(&mut document, &set, &labels("nb")), []);
        // The number of a note is no word before its hyphen, which therefore stays.
        assert_eq!(text(&document), "1 MålSitat1Figur\u{a0}1. Fjorden1 - «Ja»");
    }
}
