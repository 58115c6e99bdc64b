use super::{Code, Context, Rule, Severity, Sink};
use crate::diag::did_you_mean;

pub(super) static RULE: Rule = Rule {
    code: Code("M001"),
    name: "unknown-reference",
    severity: Severity::Error,
    docs: include_str!("unknown_reference.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for mention in &context.mentions {
        let written = &mention.reference.target;
        if mention.reference.id().is_some_and(|id| context.knows(&id)) {
            continue;
        }
        let message = format!("there is nothing with the id `{written}`");
        let unknown = RULE.at(mention.reference.span, message);
        sink.report(match context.nearest(written, mention.wants) {
            Some(meant) => unknown.hint(did_you_mean(&meant)),
            None => match mention.wants {
                [only] => unknown.hint(format!("write an id of the form `{}/name`", only.as_str())),
                _ => unknown.hint("write the id of an item, such as `challenge/name`"),
            },
        });
    }
}
