//! Goals and measures.

use super::items::ItemView;
use super::overview::DateView;
use super::{Line, LinkView, Maker, line};
use serde::Serialize;

/// A goal.
#[derive(Debug, Serialize)]
pub(super) struct GoalView {
    #[serde(flatten)]
    item: ItemView,
    parent: Option<LinkView>,
    focus_area: Option<LinkView>,
}

pub(super) fn goals(maker: &Maker<'_>) -> Vec<GoalView> {
    let shown = maker
        .strategy
        .goals
        .iter()
        .filter(|g| maker.shows(g.item.audience));
    let views = shown.map(|goal| GoalView {
        item: ItemView::new(maker, &goal.item),
        parent: goal.parent.as_ref().and_then(|r| maker.link(r)),
        focus_area: goal.focus_area.as_ref().and_then(|r| maker.link(r)),
    });
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
