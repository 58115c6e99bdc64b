use super::{Code, Context, Rule, Severity, Sink};
use crate::files::{FileId, Span};

pub(super) static RULE: Rule = Rule {
    code: Code("C001"),
    name: "empty-strategy",
    severity: Severity::Error,
    docs: include_str!("empty_strategy.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let strategy = context.strategy;
    // Chapters that are named but missing or broken have been reported already.
    if !strategy.chapters.is_empty()
        || !strategy.chapter_order.is_empty()
        || !strategy.appendix_order.is_empty()
    {
        return;
    }
    let file = context.sources.by_path("strategy.toml");
    let at = file.map_or(strategy.title.span, |(id, file)| {
        chapters_key(id, file.text())
    });
    let message = "the strategy has no chapters, so there is nothing to show";
    let hint = "write `chapters/innledning.md`, and list it: `chapters = [\"innledning\"]`";
    sink.report(RULE.at(at, message).hint(hint));
}

/// The key that has to change; `load` keeps no place for an empty list.
fn chapters_key(file: FileId, text: &str) -> Span {
    let starts = text.match_indices("chapters").map(|(at, _)| at);
    let first = starts
        .into_iter()
        .find(|at| *at == 0 || text.as_bytes()[at - 1] == b'\n');
    let start = first.unwrap_or(0);
    Span::new(file, start..start + first.map_or(0, |_| "chapters".len()))
}
