use super::{Code, Context, PICTURES, Rule, Severity, Sink};
use crate::diag::did_you_mean;
use crate::model::Kind;

pub(super) static RULE: Rule = Rule {
    code: Code("M003"),
    name: "wrong-kind",
    severity: Severity::Error,
    docs: include_str!("wrong_kind.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for mention in &context.mentions {
        let Some(id) = mention.reference.id() else {
            continue;
        };
        if mention.wants.contains(&id.kind) || !context.knows(&id) {
            continue;
        }
        let kind = id.kind.info().article;
        let shown = mention.key.is_none() && mention.wants == PICTURES;
        let message = match mention.key {
            Some(key) => format!("`{key}` cannot be {kind}: `{id}`"),
            None if shown => format!("`![]( )` shows a picture, and `{id}` is {kind}"),
            None => format!("a link cannot lead to {kind}: `{id}` has no place in the document"),
        };
        let wrong = RULE.at(mention.reference.span, message);
        sink.report(
            match (
                context.nearest(&mention.reference.target, mention.wants),
                mention.key,
            ) {
                (_, None) if shown => wrong.hint(format!(
                    "write a link, `[words]({id})`, or name a picture, `![](image/name)`"
                )),
                (_, None) if id.kind == Kind::Image => wrong.hint(format!(
                    "show the picture with `![]({id})`, and write the words without a link"
                )),
                (_, None) => wrong.hint("write the name without a link"),
                (Some(meant), _) => wrong.hint(did_you_mean(&meant)),
                (None, _) => wrong.hint(format!("name {}", one_of(mention.wants))),
            },
        );
    }
}

fn one_of(kinds: &[Kind]) -> String {
    let kinds: Vec<_> = kinds.iter().map(|kind| kind.info().article).collect();
    match kinds.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => "an item".to_owned(),
    }
}
