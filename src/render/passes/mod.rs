//! What is done to the tree between the templates and the writers, one pass a file.

mod contents;
mod headings;
mod ids;
mod links;
mod numbering;
mod vocabulary;

use super::set::TemplateSet;
use crate::diag::Diagnostic;
use crate::dom::{Document, NodeId};

/// Runs every pass, in the order in which they need each other.
pub(super) fn run(document: &mut Document, set: &TemplateSet) -> Vec<Diagnostic> {
    let mut problems = vocabulary::check(document, set);
    ids::make_unique(document);
    let headings = headings::find(document);
    numbering::number(document, &headings);
    contents::fill(document, &headings);
    problems.extend(links::check(document, set));
    problems
}

/// The place of a node in the templates, for a message.
pub(super) fn place(document: &Document, set: &TemplateSet, id: NodeId) -> Option<String> {
    let with_line = document.ancestor(id, |node| node.origin.template.is_some())?;
    document
        .get(with_line)
        .origin
        .template
        .map(|line| set.place(line))
}

/// A diagnostic at the node's source, or at its template line.
fn located(
    document: &Document,
    set: &TemplateSet,
    id: NodeId,
    mut found: Diagnostic,
) -> Diagnostic {
    let with_source = document.ancestor(id, |node| node.origin.source.is_some());
    found.primary = with_source.and_then(|id| document.get(id).origin.source);
    if found.primary.is_none() {
        found.place = place(document, set, id);
    }
    found
}
