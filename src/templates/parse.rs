//! HTML of the templates → tree.

use super::rules;
use super::set::TemplateSet;
use crate::diag::Diagnostic;
use crate::dom::{self, Document, HtmlProblem, Meta, NodeId};
use crate::files::Sources;
use std::collections::BTreeSet;

/// How deep elements may stand in each other; beyond it, later stages would run out of stack.
const MAX_DEPTH: usize = 200;

/// Parses the HTML that the templates wrote, and reports where it is broken.
///
/// # Errors
/// Elements that are nested too deep.
pub(crate) fn parse(
    html: &str,
    meta: Meta,
    set: &TemplateSet,
    sources: &Sources,
) -> Result<(Document, Vec<Diagnostic>), Diagnostic> {
    let parsed = dom::parse(html, meta);
    let mut document = parsed.document;
    drop_foreign_places(&mut document, sources);
    if let Some(deepest) = too_deep(&document) {
        let message = format!("elements are nested more than {MAX_DEPTH} deep");
        let mut problem = rules::TEMPLATE_LIMIT.nowhere(message);
        problem.place = document.template_of(deepest).map(|line| set.place(line));
        return Err(problem.hint("look for a tag that is opened in a loop but never closed"));
    }
    Ok((document, html_problems(&parsed.problems, set)))
}

/// The parse errors of the HTML standard, each place once.
fn html_problems(problems: &[HtmlProblem], set: &TemplateSet) -> Vec<Diagnostic> {
    let mut said = BTreeSet::new();
    let mut out = Vec::new();
    for problem in problems {
        let place = problem.near.map(|line| set.place(line));
        let message = problem.message.trim_end_matches('.').replace('\n', " ");
        if said.insert((place.clone(), message.clone())) {
            let message = format!("invalid HTML was repaired: {message}");
            let found = rules::BROKEN_HTML.nowhere(message);
            out.push(Diagnostic { place, ..found }.hint("close each element inside its parent"));
        }
    }
    out
}

/// Takes places away that are in none of the sources: a template may write any.
fn drop_foreign_places(document: &mut Document, sources: &Sources) {
    let ids = (0u32..).map(NodeId).take(document.len());
    for id in ids {
        let source = &mut document.get_mut(id).origin.source;
        source.take_if(|span| sources.get(span.file).is_none());
    }
}

/// A node that stands too deep, if there is one.
fn too_deep(document: &Document) -> Option<NodeId> {
    let mut stack = vec![(Document::ROOT, 0)];
    while let Some((id, depth)) = stack.pop() {
        if depth > MAX_DEPTH {
            return Some(id);
        }
        let children = &document.get(id).children;
        stack.extend(children.iter().map(|&child| (child, depth + 1)));
    }
    None
}
