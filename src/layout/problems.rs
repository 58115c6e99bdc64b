//! Gathers what layout has to say, each thing once.

use crate::diag::{Code, Diagnostic, Rule};
use crate::dom::{Document, NodeId, TemplateLine};
use crate::files::Span;
use std::collections::BTreeSet;

/// Something that layout has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, and where in the sources. Its `place` is empty: layout does not know the
    /// names of templates.
    pub diagnostic: Diagnostic,
    /// The line of the template that wrote the element; the caller names it in the diagnostic.
    pub template: Option<TemplateLine>,
}

/// A source, a template line, a rule and its message: what makes two problems the same.
type Key = (Code, Option<Span>, Option<(u32, u32)>, String);

pub(super) struct Problems<'a> {
    document: &'a Document,
    seen: BTreeSet<Key>,
    found: Vec<Problem>,
}

impl<'a> Problems<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            seen: BTreeSet::new(),
            found: Vec::new(),
        }
    }

    /// Notes a breach at a node, pointing at the source of the nearest element that has one.
    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        node: NodeId,
        message: impl Into<String>,
        hint: &str,
    ) {
        let message = message.into();
        let source = self.document.source_of(node);
        let template = self.document.template_of(node);
        let line = template.map(|t| (t.template, t.line));
        if !self.seen.insert((rule.code, source, line, message.clone())) {
            return;
        }
        let diagnostic = match source {
            Some(span) => rule.at(span, message),
            None => rule.nowhere(message),
        };
        self.found.push(Problem {
            diagnostic: diagnostic.hint(hint),
            template,
        });
    }

    pub(super) fn into_found(self) -> Vec<Problem> {
        self.found
    }
}
