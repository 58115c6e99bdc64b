//! The goals as a tree of two levels: main goals, and what leads up to them.

use super::{Goal, Reference};

/// The goals by their places in the list, each with that of its main goal, which is its own for
/// one that has none above it: the first main goal, then all below it, then the next. What is not
/// in the list is above nothing.
pub fn goal_tree(goals: &[&Goal]) -> Vec<(usize, usize)> {
    let parent = |goal: &Goal| {
        let id = goal.parent.as_ref().and_then(Reference::id)?;
        goals.iter().position(|g| g.item.id == id)
    };
    // No way up is longer than the list; one that goes round is an error of its own.
    let top = |at: usize| {
        goals
            .iter()
            .fold(at, |top, _| parent(goals[top]).unwrap_or(top))
    };
    let mut order: Vec<_> = (0..goals.len()).map(|at| (top(at), at)).collect();
    order.sort_by_key(|&(top, at)| (top, at != top, at));
    order
}
