//! The goals as a tree of two levels: main goals and the goals under them.

use super::{Id, Item, Reference, key};
use crate::steps;
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
/// that it leads up to, then the next. What is not in the list is above nothing. Goals that stand
/// above themselves, an error of its own, are left out.
pub fn goal_tree(goals: &[&Item]) -> Vec<Branch> {
    let places: BTreeMap<&Id, usize> = goals.iter().map(|g| &g.id).zip(0..).collect();
    let parent = |goal: &&Item| {
        let id = goal.reference(key::PARENT).and_then(Reference::id)?;
        places.get(&id).copied()
    };
    let parents: Vec<Option<usize>> = goals.iter().map(parent).collect();
    let mut below: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (goal, &parent) in parents.iter().enumerate() {
        below.entry(parent).or_default().push(goal);
    }
    let mut branches = Vec::with_capacity(goals.len());
    let mut open = Vec::new();
    let mains = below.get(&None).into_iter().flatten();
    for &main in mains {
        open.push(main);
        while let Some(goal) = open.pop() {
            steps::count(1);
            branches.push(Branch {
                goal,
                parent: parents[goal],
                main,
            });
            open.extend(below.get(&Some(goal)).into_iter().flatten().rev());
        }
    }
    branches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{FileId, Span};
    use crate::model::{Audience, Fact, FactValue, Kind, Text};

    /// Goals named by their places in the list, each with the place of the one above it.
    fn goals(above: &[Option<usize>]) -> Vec<Item> {
        let span = Span::new(FileId::nth(0), 0..0);
        let mut fields = Kind::Goal.info().fields.iter();
        let field = fields.find(|field| field.key == key::PARENT);
        let field = field.expect("goals have it");
        let parent = |above: usize| {
            let target = format!("goal/{above}");
            let value = FactValue::Reference(Reference { target, span });
            Fact { field, value }
        };
        let goal = |(place, above): (usize, &Option<usize>)| Item {
            id: Id::new(Kind::Goal, place.to_string()),
            span,
            title: None,
            audience: Audience::Public,
            comes_from: Vec::new(),
            text: Text::default(),
            uncertain: None,
            facts: above.map(parent).into_iter().collect(),
        };
        above.iter().enumerate().map(goal).collect()
    }

    fn tree(goals: &[Item]) -> Vec<Branch> {
        goal_tree(&goals.iter().collect::<Vec<_>>())
    }

    #[test]
    fn goals_stand_right_behind_the_one_above_them() {
        let goals = goals(&[Some(2), Some(2), None, Some(1), None, Some(0), Some(4)]);
        let tree = tree(&goals);
        let order: Vec<_> = tree.iter().map(|branch| branch.goal).collect();
        assert_eq!(order, [2, 0, 5, 1, 3, 4, 6]);
        let mains: Vec<_> = tree.iter().map(|branch| branch.main).collect();
        assert_eq!(mains, [2, 2, 2, 2, 2, 4, 4]);
    }

    #[test]
    fn goals_above_themselves_are_left_out() {
        assert!(tree(&goals(&[Some(1), Some(0), Some(0)])).is_empty());
    }

    #[test]
    fn a_chain_takes_as_many_steps_as_it_is_long() {
        let chain = |size| {
            let above: Vec<_> = (0..size).map(|at: usize| at.checked_sub(1)).collect();
            goals(&above)
        };
        steps::assert_linear(100, chain, |goals| tree(&goals));
    }
}
