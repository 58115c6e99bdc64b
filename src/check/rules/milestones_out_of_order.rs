use super::{Code, Context, Rule, Severity, Sink};
use crate::model::{Status, Step, Weeks};

pub(super) static RULE: Rule = Rule {
    code: Code("M030"),
    name: "milestones-out-of-order",
    severity: Severity::Error,
    docs: include_str!("milestones_out_of_order.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let steps = context.strategy.process.iter().flat_map(|p| &p.steps);
    let due = |step| due(step).map(|(status, weeks)| (status, weeks, step));
    let due: Vec<_> = steps.filter_map(due).collect();
    for (status, weeks, step) in &due {
        let lower = due.iter().filter(|(lower, ..)| lower < status);
        let Some((other, latest, before)) = lower.max_by_key(|(_, weeks, _)| weeks.last) else {
            continue;
        };
        if weeks.last >= latest.last {
            continue;
        }
        let (early, late) = (weeks.last, latest.last);
        let message = format!(
            "step `{}` makes the strategy `{status}` in week {} of {}, before it is `{other}` in \
             week {} of {}",
            step.id.name, early.week, early.year, late.week, late.year
        );
        let place = |step: &Step| step.milestone.as_ref().map_or(step.span, |m| m.span);
        let wrong = RULE.at(place(step), message).also(
            place(before),
            format!("`{}` ends later", before.id.name),
        );
        sink.report(wrong.hint("correct the weeks, or move the milestones to other steps"));
    }
}

/// The status that a step brings, and when.
fn due(step: &Step) -> Option<(Status, Weeks)> {
    let (milestone, weeks) = (step.milestone.as_ref()?, step.weeks.as_ref()?);
    Some((milestone.value, weeks.value))
}
