//! The chapters.

use super::{Body, Line, ViewBuilder, line};
use crate::model::{Chapter, Section};
use serde::Serialize;

/// A chapter.
#[derive(Debug, Serialize)]
pub(super) struct ChapterView {
    anchor: String,
    title: Option<Line>,
    text: Body,
    source: String,
    /// The section after its text: «challenges», «starting-points» …; empty for none.
    shows: &'static str,
    unnumbered: bool,
    /// Whether it stands behind the others.
    appendix: bool,
    /// What is uncertain about the reading.
    uncertain: Option<Line>,
}

impl ChapterView {
    fn new(maker: &ViewBuilder<'_>, chapter: &Chapter) -> Self {
        let item = &chapter.item;
        Self {
            anchor: item.id.anchor(),
            title: line(item.title.as_ref()),
            text: maker.body(&item.text, &item.id.anchor()),
            source: item.span.to_string(),
            shows: chapter.section().map_or("", Section::as_str),
            unnumbered: chapter.unnumbered(),
            appendix: chapter.appendix,
            uncertain: line(item.uncertain.as_ref()),
        }
    }
}

/// The chapters that this build shows. One that it does not takes along what it would show.
pub(super) fn all(maker: &ViewBuilder<'_>) -> Vec<ChapterView> {
    let chapters = maker.strategy.chapters.iter();
    let shown = chapters.filter(|c| maker.shows(c.item.audience));
    shown
        .map(|chapter| ChapterView::new(maker, chapter))
        .collect()
}
