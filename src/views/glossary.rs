//! The glossary.

use super::{Line, ViewBuilder, line};
use serde::Serialize;

/// A term.
#[derive(Debug, Serialize)]
pub(super) struct TermView {
    anchor: String,
    term: Line,
    /// The full form of an abbreviation.
    full: Option<Line>,
    text: Line,
}

pub(super) fn terms(maker: &ViewBuilder<'_>) -> Vec<TermView> {
    let views = maker.strategy.terms.iter().map(|term| TermView {
        anchor: term.id.anchor(),
        term: Line::from(&term.term),
        full: line(term.full.as_ref()),
        text: Line::from(&term.text),
    });
    views.collect()
}
