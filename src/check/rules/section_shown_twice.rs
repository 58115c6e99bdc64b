use super::{Code, Context, Rule, Severity, Sink};
use std::collections::BTreeMap;

pub(super) static RULE: Rule = Rule {
    code: Code("C003"),
    name: "section-shown-twice",
    severity: Severity::Error,
    docs: include_str!("section_shown_twice.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let mut seen = BTreeMap::new();
    for chapter in &context.strategy.chapters {
        let Some(shows) = chapter.shows() else {
            continue;
        };
        let (section, place) = (shows.value, shows.span);
        let first = *seen.entry(section).or_insert(place);
        if first != place {
            let message = format!("two chapters show `{}`", section.as_str());
            let twice = RULE.at(place, message).also(first, "first shown here");
            sink.report(twice.hint("remove `shows` from one of them"));
        }
    }
}
