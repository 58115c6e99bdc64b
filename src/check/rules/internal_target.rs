use super::{Code, Context, Rule, Severity, Sink, each_link};
use crate::files::Span;
use crate::model::{Audience, Block, Id, Link, Reference};

pub(super) static RULE: Rule = Rule {
    code: Code("M011"),
    name: "internal-target",
    severity: Severity::Warning,
    docs: include_str!("internal_target.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let s = context.strategy;
    let internal = s.internal_ids();
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
    let goals = s.goals.iter().map(|goal| (&goal.item, [&goal.parent, &goal.focus_area]));
    let measures = s.measures.iter();
    let measures = measures.map(|measure| (&measure.item, [&measure.goal, &measure.focus_area]));
    for (item, above) in goals.chain(measures) {
        if item.audience == Audience::Public {
            above.into_iter().flatten().for_each(&mut report);
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
    let message = format!("a public text points at `{id}`, which is internal");
    let hint = "make the text internal too, or point at something public";
    RULE.at(span, message).hint(hint)
}
