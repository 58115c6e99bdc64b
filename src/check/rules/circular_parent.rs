use super::{Code, Context, Rule, Severity, Sink};
use crate::model::Goal;

pub(super) static RULE: Rule = Rule {
    code: Code("M010"),
    name: "circular-parent",
    severity: Severity::Error,
    docs: include_str!("circular_parent.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let goals = &context.strategy.goals;
    let above = |goal: &Goal| {
        let parent = goal.parent.as_ref()?.id()?;
        goals.iter().position(|g| g.item.id == parent)
    };
    let above: Vec<_> = goals.iter().map(above).collect();
    for (index, goal) in goals.iter().enumerate() {
        // Only goals on the circle itself are at fault; those that hang below it are not.
        let mut at = above[index];
        let mut steps = 0;
        while let Some(next) = at.filter(|next| *next != index && steps <= goals.len()) {
            at = above[next];
            steps += 1;
        }
        if at == Some(index)
            && let Some(parent) = &goal.parent
        {
            let message = format!("goal `{}` stands above itself", goal.item.id.name);
            let hint = "take `parent` out of the highest goal of the circle";
            sink.report(RULE.at(parent.span, message).hint(hint));
        }
    }
}
