use super::{Code, Context, Rule, Severity, Sink};

pub(super) static RULE: Rule = Rule {
    code: Code("M035"),
    name: "milestone-without-weeks",
    severity: Severity::Warning,
    docs: include_str!("milestone_without_weeks.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for step in context.strategy.process.iter().flat_map(|p| &p.steps) {
        if let (Some(milestone), None) = (&step.milestone, &step.weeks) {
            let (status, name) = (milestone.value, &step.id.name);
            let message = format!("step `{name}` has the milestone `{status}`, but no weeks");
            let hint = "add `weeks` when they are decided";
            sink.report(RULE.at(milestone.span, message).hint(hint));
        }
    }
}
