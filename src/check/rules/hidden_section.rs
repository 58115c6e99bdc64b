use super::unshown_content::content;
use super::{Code, Context, Rule, Severity, Sink};
use crate::model::Audience;

pub(super) static RULE: Rule = Rule {
    code: Code("C013"),
    name: "hidden-section",
    severity: Severity::Warning,
    docs: include_str!("hidden_section.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let s = context.strategy;
    let internal = |c: &&crate::model::Chapter| c.item.audience == Audience::Internal;
    for chapter in s.chapters.iter().filter(internal) {
        let Some(section) = chapter.section() else {
            continue;
        };
        let content = content(context, section);
        let public = content.iter().filter(|(_, who)| *who == Audience::Public);
        let Some((first, _)) = public.min() else {
            continue;
        };
        let word = section.as_str();
        let message = format!("this internal chapter hides `{word}` in the public document");
        let title = chapter.item.title.as_ref();
        let place = title.map_or(chapter.item.span, |title| title.span);
        let found = RULE.at(place, message).also(*first, "this item is public");
        let hint = "remove `audience` from the chapter, or make all items in it internal";
        sink.report(found.hint(hint));
    }
}
