use super::{Code, Context, Rule, Severity, Sink};
use crate::model::{Id, Kind};

pub(super) static RULE: Rule = Rule {
    code: Code("C008"),
    name: "empty-item",
    severity: Severity::Warning,
    docs: include_str!("empty_item.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let showing = |id: &Id| {
        let chapters = &context.strategy.chapters;
        chapters
            .iter()
            .any(|c| c.item.id == *id && c.section().is_some())
    };
    // A question may be no more than its parts.
    let has_parts = |id: &Id| {
        let mut questions = context.strategy.workshop.iter().flat_map(|w| &w.questions);
        questions.any(|q| q.item.id == *id && !q.parts.is_empty())
    };
    for item in context.items().filter(|item| item.text.is_empty()) {
        let empty = match item.id.kind {
            Kind::Chapter => !showing(&item.id),
            // The title is a label there, and the text the question itself.
            Kind::Question => !has_parts(&item.id),
            _ => item.title.is_none(),
        };
        if empty {
            let message = format!("`{}` has no text", item.id);
            let hint = "write the text below the front matter, or delete the file";
            sink.report(RULE.at(item.span, message).hint(hint));
        }
    }
}
