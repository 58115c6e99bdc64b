//! Challenges, opportunities, starting points, findings, and the agreement.

use super::overview::DateView;
use super::{Body, Line, LinkGroup, LinkView, Maker, line};
use crate::model::{Audience, Id, Item, Kind};
use serde::Serialize;
use std::collections::BTreeSet;

/// What items of every kind have in common.
#[derive(Debug, Serialize)]
pub(super) struct ItemView {
    /// `challenge/okonomi`.
    id: String,
    /// `challenge-okonomi`.
    anchor: String,
    title: Option<Line>,
    text: Body,
    /// Whether only internal builds show it.
    internal: bool,
    /// What it builds on, sources apart.
    comes_from: Vec<LinkGroup>,
    /// The sources that it rests on.
    sources: Vec<LinkView>,
    /// The goals, focus areas and measures that build on it.
    followed_by: Vec<LinkGroup>,
    /// The rest of what builds on it: challenges, findings …
    basis_for: Vec<LinkGroup>,
    /// What is uncertain about the reading.
    uncertain: Option<Line>,
}

impl ItemView {
    pub(super) fn new(maker: &Maker<'_>, item: &Item) -> Self {
        Self::without(maker, item, &BTreeSet::new())
    }

    /// The same without links to those that build on it and stand right below it.
    pub(super) fn without(maker: &Maker<'_>, item: &Item, below: &BTreeSet<&Id>) -> Self {
        let is_source = |id: Option<Id>| id.is_some_and(|i| i.kind == Kind::Source);
        let (sources, others): (Vec<_>, Vec<_>) = item
            .comes_from
            .iter()
            .cloned()
            .partition(|r| is_source(r.id()));
        let (followed_by, basis_for) = maker.targets.followers(&item.id, below);
        Self {
            id: item.id.to_string(),
            anchor: item.id.anchor(),
            title: line(item.title.as_ref()),
            text: maker.body(&item.text, &item.id.anchor()),
            internal: item.audience == Audience::Internal,
            comes_from: maker.grouped(maker.links(&others)),
            sources: maker.links(&sources),
            followed_by: maker.grouped(followed_by),
            basis_for: maker.grouped(basis_for),
            uncertain: line(item.uncertain.as_ref()),
        }
    }
}

impl Maker<'_> {
    /// The items that this build shows.
    pub(super) fn items(&self, items: &[Item]) -> Vec<ItemView> {
        let shown = items.iter().filter(|item| self.shows(item.audience));
        shown.map(|item| ItemView::new(self, item)).collect()
    }
}

/// A finding.
#[derive(Debug, Serialize)]
pub(super) struct FindingView {
    #[serde(flatten)]
    item: ItemView,
    /// Whether it may still change.
    provisional: bool,
}

pub(super) fn findings(maker: &Maker<'_>) -> Vec<FindingView> {
    let shown = maker
        .strategy
        .findings
        .iter()
        .filter(|f| maker.shows(f.item.audience));
    let views = shown.map(|finding| FindingView {
        item: ItemView::new(maker, &finding.item),
        provisional: finding.provisional.value,
    });
    views.collect()
}

/// Which findings may still change: «all», «some» or «none». What holds for all of them is said
/// once, and not of each.
pub(super) fn how_provisional(findings: &[FindingView]) -> &'static str {
    let count = findings.iter().filter(|f| f.provisional).count();
    match count {
        0 => "none",
        all if all == findings.len() => "all",
        _ => "some",
    }
}

/// The purpose from the agreement.
#[derive(Debug, Serialize)]
pub(super) struct AgreementView {
    title: Line,
    date: Option<DateView>,
    text: Body,
    note: Option<Line>,
}

impl AgreementView {
    pub(super) fn new(maker: &Maker<'_>) -> Option<Self> {
        let agreement = maker.strategy.agreement.as_ref()?;
        Some(Self {
            title: Line::from(&agreement.title),
            date: agreement
                .date
                .as_ref()
                .map(|d| DateView::new(maker, &d.value)),
            text: maker.body(&agreement.text, "agreement"),
            note: line(agreement.note.as_ref()),
        })
    }
}
