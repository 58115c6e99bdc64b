use super::{Code, Context, Rule, Severity, Sink};

pub(super) static RULE: Rule = Rule {
    code: Code("M002"),
    name: "duplicate-id",
    severity: Severity::Error,
    docs: include_str!("duplicate_id.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for (id, places) in &context.ids {
        let Some((first, others)) = places.split_first() else {
            continue;
        };
        for other in others {
            let message = format!("the id `{id}` is used twice");
            let twice = RULE.at(*other, message).also(*first, "first used here");
            sink.report(twice.hint("give one of them another id"));
        }
    }
}
