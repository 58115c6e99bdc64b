use super::{Code, Context, Rule, Severity, Sink, each_link};
use crate::files::Span;
use crate::model::{Audience, Block, Entry, Id, Link, Reference, Value};
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    code: Code("M011"),
    name: "internal-target",
    severity: Severity::Warning,
    docs: include_str!("internal_target.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let is_internal = |entry: &&Entry<'_>| entry.audience == Audience::Internal;
    let internal: BTreeSet<&Id> =
        (context.entries.iter()).filter(is_internal).filter_map(Entry::id).collect();
    if internal.is_empty() {
        return;
    }
    let mut report = |reference: &Reference| {
        if let Some(id) = reference.id().filter(|id| internal.contains(id)) {
            sink.report(found(&id, reference.span));
        }
    };
    let public = context.entries.iter().filter(|entry| !is_internal(entry));
    for field in public.flat_map(|entry| &entry.fields) {
        if let Value::Origin(reference, _) | Value::Reference(reference, _) = field.value {
            report(reference);
        }
    }
    for (body, block) in context.blocks() {
        if body.audience == Audience::Public {
            links(block, &mut report);
        }
    }
}

fn links(block: &Block, report: &mut impl FnMut(&Reference)) {
    for (line, _) in block.lines() {
        each_link(line, &mut |link, _| {
            if let Link::Item { item, .. } = link {
                report(item);
            }
        });
    }
}

fn found(id: &Id, span: Span) -> crate::diag::Diagnostic {
    let message = format!("a public text refers to `{id}`, which is internal");
    let hint = "make the text internal, too, or refer to a public item";
    RULE.at(span, message).hint(hint)
}
