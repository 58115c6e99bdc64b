//! What only the council and its secretariat may read.

use super::{Audience, Id, Strategy};
use std::collections::BTreeSet;

/// The ids of everything internal.
pub fn internal_ids(s: &Strategy) -> BTreeSet<&Id> {
    let items = s.chapters.iter().map(|c| &c.item);
    let items = items.chain(&s.challenges).chain(&s.opportunities);
    let items = items.chain(s.findings.iter().map(|f| &f.item));
    let items = items.chain(&s.starting_points).chain(&s.focus_areas);
    let items = items.chain(s.goals.iter().map(|g| &g.item));
    let items = items.chain(s.measures.iter().map(|m| &m.item));
    let workshop = s.workshop.as_ref();
    let questions = workshop.into_iter().flat_map(|w| &w.questions);
    let items = items.chain(questions.map(|q| &q.item));
    let inputs = workshop.into_iter().flat_map(|w| &w.inputs);
    let all = items.map(|item| (&item.id, item.audience));
    let all = all.chain(inputs.map(|input| (&input.id, input.audience)));
    let internal = all.filter(|(_, audience)| *audience == Audience::Internal);
    internal.map(|(id, _)| id).collect()
}
