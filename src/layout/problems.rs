//! Collects the diagnostics of layout, each once.

use super::rules;
use super::shape::number_of;
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
    /// The character that it is about; the caller finds it in the source.
    pub missing: Option<MissingCharacter>,
}

/// A character that no face has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingCharacter {
    /// The character.
    pub character: char,
    /// Whether it stands in a drawing, whose text the source does not hold.
    pub drawn: bool,
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
        self.note(rule, node, message.into(), hint, None);
    }

    /// Notes a character that no face has.
    pub(super) fn missing(&mut self, c: char, node: NodeId) {
        let code = u32::from(c);
        let message = format!("no font has the character `{c}` (U+{code:04X})");
        let hint = format!(
            "write it with other letters, or give a font that has it under `[fonts]` in the theme; \
             the PDF shows its number, {}",
            number_of(c)
        );
        let missing = MissingCharacter {
            character: c,
            drawn: self.document.get(node).is("svg"),
        };
        self.note(&rules::MISSING_GLYPH, node, message, &hint, Some(missing));
    }

    fn note(
        &mut self,
        rule: &'static Rule,
        node: NodeId,
        message: String,
        hint: &str,
        missing: Option<MissingCharacter>,
    ) {
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
            missing,
        });
    }

    pub(super) fn into_found(self) -> Vec<Problem> {
        self.found
    }
}
