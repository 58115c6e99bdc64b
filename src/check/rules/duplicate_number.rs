use super::{Code, Context, Rule, Severity, Sink};
use crate::files::Span;
use std::collections::BTreeMap;

pub(super) static RULE: Rule = Rule {
    code: Code("M009"),
    name: "duplicate-number",
    severity: Severity::Error,
    docs: include_str!("duplicate_number.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(workshop) = &context.strategy.workshop else {
        return;
    };
    let questions = workshop.questions.iter();
    report(
        "question",
        questions.map(|q| (q.number.value, q.number.span)),
        sink,
    );
    let groups = workshop.groups.iter();
    report("group", groups.map(|g| (g.number, g.span)), sink);
}

fn report(what: &str, numbers: impl Iterator<Item = (u32, Span)>, sink: &mut Sink) {
    let mut seen = BTreeMap::new();
    for (number, span) in numbers {
        let first = *seen.entry(number).or_insert(span);
        if first != span {
            let message = format!("there are two {what}s with the number {number}");
            let twice = RULE.at(span, message).also(first, "the first one");
            sink.report(twice.hint("give one of them another number"));
        }
    }
}
