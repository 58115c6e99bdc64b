//! Goals and measures.

use super::items::ItemView;
use super::overview::DateView;
use super::{Line, LinkView, Maker, line};
use crate::model::{Branch, Id, goal_tree};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A goal.
#[derive(Debug, Serialize)]
pub(super) struct GoalView {
    #[serde(flatten)]
    item: ItemView,
    /// The goal above it, unless it stands right under that.
    parent: Option<LinkView>,
    focus_area: Option<LinkView>,
    /// Whether it stands under a main goal, with a heading of the next level.
    under: bool,
}

/// The goals as a tree of two levels: under each main goal, all that lead up to it.
pub(super) fn goals(maker: &Maker<'_>) -> Vec<GoalView> {
    let shown = maker.strategy.goals.iter();
    let shown: Vec<_> = shown.filter(|g| maker.shows(g.item.audience)).collect();
    let tree = goal_tree(&shown);
    let mut below: BTreeMap<usize, BTreeSet<&Id>> = BTreeMap::new();
    for branch in &tree {
        let under = branch.parent.filter(|&parent| parent == branch.main);
        under.map(|main| {
            below
                .entry(main)
                .or_default()
                .insert(&shown[branch.goal].item.id)
        });
    }
    let views = tree.iter().map(
        |&Branch {
             goal: at,
             parent,
             main,
         }| {
            let (goal, under) = (shown[at], main != at);
            // What stands right below it needs no link.
            let below = below.remove(&at).unwrap_or_default();
            let above = goal.parent.as_ref().filter(|_| parent != Some(main));
            GoalView {
                item: ItemView::without(maker, &goal.item, &below),
                parent: above.and_then(|r| maker.link(r)),
                focus_area: goal.focus_area.as_ref().and_then(|r| maker.link(r)),
                under,
            }
        },
    );
    views.collect()
}

/// A measure.
#[derive(Debug, Serialize)]
pub(super) struct MeasureView {
    #[serde(flatten)]
    item: ItemView,
    focus_area: Option<LinkView>,
    goal: Option<LinkView>,
    /// «regionrådet, koordinator»; empty if nobody is named.
    responsible: String,
    partners: Vec<Line>,
    deadline: Option<DateView>,
    indicator: Option<Line>,
    cost: Option<Line>,
}

pub(super) fn measures(maker: &Maker<'_>) -> Vec<MeasureView> {
    let shown = maker
        .strategy
        .measures
        .iter()
        .filter(|m| maker.shows(m.item.audience));
    let views = shown.map(|measure| MeasureView {
        item: ItemView::new(maker, &measure.item),
        focus_area: measure.focus_area.as_ref().and_then(|r| maker.link(r)),
        goal: measure.goal.as_ref().and_then(|r| maker.link(r)),
        responsible: maker.names(&measure.responsible),
        partners: measure.partners.iter().map(Line::from).collect(),
        deadline: measure
            .deadline
            .as_ref()
            .map(|d| DateView::new(maker, &d.value)),
        indicator: line(measure.indicator.as_ref()),
        cost: line(measure.cost.as_ref()),
    });
    views.collect()
}
