use super::{Code, Context, Rule, Severity, Sink};
use crate::model::{Block, Inline};

pub(super) static RULE: Rule = Rule {
    code: Code("A004"),
    name: "empty-header-cell",
    severity: Severity::Warning,
    docs: include_str!("empty_header_cell.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for (_, block) in context.blocks() {
        let Block::Table { head, span, .. } = block else {
            continue;
        };
        for (column, cell) in (1..).zip(head) {
            if Inline::plain(&cell.content).trim().is_empty() {
                let message = format!("column {column} of the table has no header");
                let place = if cell.span.start < cell.span.end {
                    cell.span
                } else {
                    *span
                };
                let hint = "write the header of the column in the first row";
                sink.report(RULE.at(place, message).hint(hint));
            }
        }
    }
}
