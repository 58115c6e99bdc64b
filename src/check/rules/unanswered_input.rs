use super::{Code, Context, Rule, Severity, Sink};
use crate::model::{Id, Reference, Strategy};
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    code: Code("C032"),
    name: "unanswered-input",
    severity: Severity::Warning,
    docs: include_str!("unanswered_input.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let answered = answered(context.strategy);
    let inputs = context.strategy.workshop.iter().flat_map(|w| &w.inputs);
    for input in inputs.filter(|input| !answered.contains(&input.id)) {
        let message = format!("nothing comes from input `{}`", input.id.name);
        let hint = format!(
            "write `comes_from = [\"{}\"]` in what it led to, such as a finding or a measure",
            input.id
        );
        sink.report(RULE.at(input.span, message).hint(hint));
    }
}

/// Every input that has an answer: those that an item comes from.
fn answered(strategy: &Strategy) -> BTreeSet<Id> {
    let origins = strategy.items().flat_map(|item| &item.comes_from);
    origins.filter_map(Reference::id).collect()
}
