use super::{Code, Context, Rule, Severity, Sink, each_link};
use crate::files::Span;
use crate::model::{Audience, Block, Id, Link, Reference};
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    code: Code("M011"),
    name: "internal-target",
    severity: Severity::Warning,
    docs: include_str!("internal_target.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let s = context.strategy;
    let items = context.items().map(|item| (&item.id, item.audience));
    let inputs = s.workshop.iter().flat_map(|w| &w.inputs);
    let all = items.chain(inputs.map(|input| (&input.id, input.audience)));
    let internal = all.filter(|(_, audience)| *audience == Audience::Internal);
    let internal: BTreeSet<&Id> = internal.map(|(id, _)| id).collect();
    if internal.is_empty() {
        return;
    }
    let mut report = |reference: &Reference| {
        if let Some(id) = reference.id().filter(|id| internal.contains(id)) {
            sink.report(found(&id, reference.span));
        }
    };
    let public = context.items().filter(|i| i.audience == Audience::Public);
    public.for_each(|item| item.comes_from.iter().for_each(&mut report));
    for (body, block) in context.blocks() {
        if body.audience == Audience::Public {
            links(block, &mut report);
        }
    }
}

fn links(block: &Block, report: &mut impl FnMut(&Reference)) {
    for (line, _) in block.lines() {
        each_link(line, &mut |link, _| {
            if let Link::Item(reference) = link {
                report(reference);
            }
        });
    }
}

fn found(id: &Id, span: Span) -> crate::diag::Diagnostic {
    let message = format!("a public text points at `{id}`, which is internal");
    let hint = "make the text internal too, or point at something public";
    RULE.at(span, message).hint(hint)
}
