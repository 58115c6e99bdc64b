use super::{Code, Context, Rule, Severity, Sink};
use crate::model::{Entry, Id};
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    code: Code("C032"),
    name: "unanswered-input",
    severity: Severity::Warning,
    docs: include_str!("unanswered_input.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let origins = context.entries.iter().flat_map(Entry::origins);
    let answered: BTreeSet<Id> = origins.filter_map(|(origin, _)| origin.id()).collect();
    let inputs = context.strategy.workshop.iter().flat_map(|w| &w.inputs);
    for input in inputs.filter(|input| !answered.contains(&input.id)) {
        let message = format!("nothing builds on input `{}`", input.id.name);
        let hint = format!(
            "add `comes_from = [\"{}\"]` to the finding or measure that it led to",
            input.id
        );
        sink.report(RULE.at(input.span, message).hint(hint));
    }
}
