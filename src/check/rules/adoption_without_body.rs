use super::{Code, Context, Rule, Severity, Sink};
use crate::model::Status;

pub(super) static RULE: Rule = Rule {
    code: Code("M034"),
    name: "adoption-without-body",
    severity: Severity::Error,
    docs: include_str!("adoption_without_body.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for step in context.strategy.process.iter().flat_map(|p| &p.steps) {
        let Some(milestone) = &step.milestone else {
            continue;
        };
        if milestone.value == Status::Adopted && step.body.is_none() {
            let message = format!(
                "step `{}` adopts the strategy, but names no body",
                step.id.name
            );
            let hint = "add `body = \"body/…\"` instead of the phase";
            sink.report(RULE.at(milestone.span, message).hint(hint));
        }
    }
}
