use super::{Code, Context, Rule, Severity, Sink};
use crate::model::{Item, Kind, key};
use crate::steps;
use std::collections::BTreeMap;

pub(super) static RULE: Rule = Rule {
    code: Code("M010"),
    name: "circular-parent",
    severity: Severity::Error,
    docs: include_str!("circular_parent.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let goals = context.strategy.of(Kind::Goal);
    let places: BTreeMap<_, _> = goals.iter().map(|g| &g.id).zip(0..).collect();
    let above = |goal: &Item| {
        let parent = goal.reference(key::PARENT)?.id()?;
        places.get(&parent).copied()
    };
    let above: Vec<Option<usize>> = goals.iter().map(above).collect();
    for index in circles(&above) {
        let goal = &goals[index];
        if let Some(parent) = goal.reference(key::PARENT) {
            let message = format!("goal `{}` is its own ancestor", goal.id.name);
            let hint = "remove `parent` from the top goal";
            sink.report(RULE.at(parent.span, message).hint(hint));
        }
    }
}

/// Those that stand above themselves, in order. Those that hang below a circle do not.
fn circles(above: &[Option<usize>]) -> Vec<usize> {
    // The start of the way upwards that came by first.
    let mut seen: Vec<Option<usize>> = vec![None; above.len()];
    let mut found = Vec::new();
    for start in 0..above.len() {
        let mut at = Some(start);
        while let Some(next) = at.filter(|&next| seen[next].is_none()) {
            steps::count(1);
            seen[next] = Some(start);
            at = above[next];
        }
        // The way has come back to itself: once round.
        if let Some(first) = at.filter(|&next| seen[next] == Some(start)) {
            let round = std::iter::successors(above[first], |&next| above[next]);
            found.push(first);
            found.extend(round.take_while(|&next| next != first));
        }
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_on_a_circle_are_found_and_not_those_below_it() {
        let above = [Some(1), Some(2), Some(1), None, Some(4), Some(3)];
        assert_eq!(circles(&above), [1, 2, 4]);
    }

    #[test]
    fn a_chain_takes_as_many_steps_as_it_is_long() {
        let chain = |size| (0..size).map(|at: usize| at.checked_sub(1)).collect::<Vec<_>>();
        steps::assert_linear(100, chain, |above| circles(&above));
    }
}
