//! What is done to the tree between the templates and the writers, one pass a file.
//!
//! [`prepare`] runs the passes that look at one text at a time, [`finish`] those that count over the
//! whole document. Between the two, a tree has no numbers and empty contents, so that another can be
//! merged into it.

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

/// Runs the passes that look at one text at a time: what the writers do not understand, abbreviations,
/// and the typography of the council's own words. `glossary` are the terms that the document explains.
/// What comes back beside the diagnostics are the words of texts whose signs were set, as they were
/// written.
pub(crate) fn prepare(
    document: &mut Document,
    set: &TemplateSet,
    glossary: &[Term],
) -> (Vec<Diagnostic>, OriginalTexts) {
    let problems = vocabulary::check(document, set);
    abbreviations::mark(document, glossary);
    (problems, typography::set(document))
}

/// Runs the passes that count over the whole document, in the order in which they need each other:
/// numbers of notes, ids, numbers of headings and captions, contents, links.
pub(crate) fn finish(
    document: &mut Document,
    set: &TemplateSet,
    labels: &Labels,
) -> Vec<Diagnostic> {
    notes::number(document, labels);
    let mut problems = ids::make_unique(document, set);
    let headings = headings::find(document);
    numbering::number(document, &headings, labels);
    let figures = captions::number(document, labels);
    contents::fill(document, &headings);
    contents::list_figures(document, &figures);
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
