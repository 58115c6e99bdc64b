use super::{Code, Context, Rule, Severity, Sink};
use crate::model::Block;

pub(super) static RULE: Rule = Rule {
    code: Code("A003"),
    name: "skipped-heading-level",
    severity: Severity::Error,
    docs: include_str!("skipped_heading_level.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for body in context.bodies.iter().filter(|body| !body.text.verbatim) {
        let mut headings = Vec::new();
        for block in &body.text.blocks {
            block.walk(&mut |block| {
                if let Block::Heading { level, span, .. } = block {
                    headings.push((*level, *span));
                }
            });
        }
        // Authors start with `#` or with `##`; the highest level that occurs is the first.
        let highest = headings.iter().map(|(level, _)| *level).min();
        let mut above = highest.unwrap_or(1) - 1;
        for (level, span) in headings {
            if level > above + 1 {
                let message =
                    format!("this heading has level {level}, but there is no heading of the level above");
                let hint = format!("begin it with `{}`", "#".repeat(usize::from(above) + 1));
                sink.report(RULE.at(span, message).hint(hint));
            }
            above = level;
        }
    }
}
