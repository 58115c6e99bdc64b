//! The goals as a tree of two levels: main goals, and what leads up to them.

use super::{Goal, Id, Reference};
use std::collections::BTreeMap;

/// A goal in its place, named like those above it by its place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Branch {
    /// The goal.
    pub goal: usize,
    /// The one right above it.
    pub parent: Option<usize>,
    /// The main goal that it leads up to; the goal itself, if it is one.
    pub main: usize,
}

/// The goals of a list as a tree: the first main goal, then all below it, each right behind the one
/// that it leads up to, then the next. What is not in the list is above nothing.
pub fn goal_tree(goals: &[&Goal]) -> Vec<Branch> {
    let places: BTreeMap<&Id, usize> = goals.iter().map(|g| &g.item.id).zip(0..).collect();
    let parent = |goal: &&Goal| {
        let id = goal.parent.as_ref().and_then(Reference::id)?;
        places.get(&id).copied()
    };
    let parents: Vec<Option<usize>> = goals.iter().map(parent).collect();
    // The way from the main goal down to one.
    let way = |goal: usize| {
        let way = std::iter::successors(Some(goal), |&goal| parents[goal]);
        // No way up is longer than the list; one that goes round is an error of its own.
        let mut way: Vec<usize> = way.take(goals.len().max(1)).collect();
        way.reverse();
        way
    };
    let ways = parents.iter().enumerate();
    let mut ways: Vec<_> = ways
        .map(|(goal, &parent)| (way(goal), goal, parent))
        .collect();
    ways.sort();
    let branches = ways.into_iter().map(|(way, goal, parent)| Branch {
        goal,
        parent,
        main: way[0],
    });
    branches.collect()
}
