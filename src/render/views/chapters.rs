//! The chapters, and one more for each thing that no chapter shows.

use super::{Body, Line, Maker};
use crate::model::{Chapter, Section, Strategy, Text};
use serde::Serialize;

/// A chapter.
#[derive(Debug, Serialize)]
pub(in super::super) struct ChapterView {
    anchor: String,
    title: Option<Line>,
    text: Body,
    source: String,
    /// What it shows after its text: «challenges», «starting-points» …; empty for nothing.
    shows: &'static str,
    unnumbered: bool,
    /// Whether the program added it, because no chapter of the sources shows what it shows.
    generated: bool,
    /// What is uncertain about the reading.
    uncertain: Option<Line>,
}

/// The chapters of the sources; after them what nobody asked for but would else be lost.
pub(super) fn all(maker: &Maker<'_>) -> Vec<ChapterView> {
    let strategy = maker.strategy;
    let shown = strategy
        .chapters
        .iter()
        .filter(|c| maker.shows(c.item.audience));
    let mut chapters: Vec<_> = shown.map(|chapter| of_sources(maker, chapter)).collect();
    for (section, word) in Section::ALL {
        if chapters.iter().all(|c| c.shows != word) && has_content(strategy, section) {
            chapters.push(added(maker, section));
        }
    }
    chapters
}

fn of_sources(maker: &Maker<'_>, chapter: &Chapter) -> ChapterView {
    let item = &chapter.item;
    ChapterView {
        anchor: item.id.anchor(),
        title: super::line(item.title.as_ref()),
        text: maker.body(&item.text),
        source: maker.source(item.span),
        shows: chapter.shows.map_or("", Section::as_str),
        unnumbered: chapter.unnumbered,
        generated: false,
        uncertain: super::line(item.uncertain.as_ref()),
    }
}

fn added(maker: &Maker<'_>, section: Section) -> ChapterView {
    let title = maker.labels.get(title_of(section)).to_owned();
    ChapterView {
        anchor: format!("section-{}", section.as_str()),
        title: Some(Line {
            text: title,
            source: String::new(),
        }),
        text: maker.body(&Text::default()),
        source: String::new(),
        shows: section.as_str(),
        unnumbered: matches!(section, Section::Sources | Section::Credits),
        generated: true,
        uncertain: None,
    }
}

/// The key of the label that heads a section.
fn title_of(section: Section) -> &'static str {
    match section {
        Section::Agreement => "purpose",
        Section::Challenges => "challenges",
        Section::Opportunities => "opportunities",
        Section::Findings => "findings",
        Section::StartingPoints => "starting_points",
        Section::FocusAreas => "focus_areas",
        Section::Goals => "goals",
        Section::Measures => "measures",
        Section::Process => "process_plan",
        Section::Workshop => "workshop",
        Section::Sources => "sources",
        Section::Credits => "photo_credits",
    }
}

fn has_content(strategy: &Strategy, section: Section) -> bool {
    match section {
        Section::Agreement => strategy.agreement.is_some(),
        Section::Challenges => !strategy.challenges.is_empty(),
        Section::Opportunities => !strategy.opportunities.is_empty(),
        Section::Findings => !strategy.findings.is_empty(),
        Section::StartingPoints => !strategy.starting_points.is_empty(),
        Section::FocusAreas => !strategy.focus_areas.is_empty(),
        Section::Goals => !strategy.goals.is_empty(),
        Section::Measures => !strategy.measures.is_empty(),
        Section::Process => {
            // The notes on bodies and roles stand below the plan.
            let mut named = strategy.bodies.iter().chain(&strategy.roles);
            strategy.process.is_some() || named.any(|named| named.uncertain.is_some())
        }
        Section::Workshop => strategy.workshop.is_some(),
        Section::Sources => !strategy.sources.is_empty(),
        Section::Credits => !strategy.images.is_empty(),
    }
}
