use super::{Code, Context, Rule, Severity, Sink};
use crate::files::Span;
use crate::model::{Audience, Entry, ImageFile, Section, Strategy, Value};

pub(super) static RULE: Rule = Rule {
    code: Code("C002"),
    name: "unshown-content",
    severity: Severity::Error,
    docs: include_str!("unshown_content.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let chapters = &context.strategy.chapters;
    for (section, word) in Section::ALL {
        if chapters.iter().any(|c| c.section() == Some(section)) {
            continue;
        }
        let content = content(context, section);
        let Some((first, _)) = content.iter().min() else {
            continue;
        };
        let message = match content.len() {
            1 => format!("no chapter shows this (`{word}`)"),
            count => format!("no chapter shows this and {} more (`{word}`)", count - 1),
        };
        let hint = format!("add `shows = \"{word}\"` to the front matter of a chapter");
        sink.report(RULE.at(*first, message).hint(hint));
    }
}

/// The content of a section: its span and its audience.
pub(super) fn content(context: &Context<'_>, section: Section) -> Vec<(Span, Audience)> {
    let s = context.strategy;
    let answers = s.showing(Section::Inputs);
    if section == Section::Credits {
        return credits(s);
    }
    // Without a chapter of their own, the inputs stand with the questions.
    let shows = |entry: &&Entry<'_>| match entry.section {
        Some(Section::Inputs) if answers.is_none() => section == Section::Workshop,
        of_entry => of_entry == Some(section),
    };
    let entries = context.entries.iter().filter(shows);
    entries.flat_map(places).collect()
}

/// Where an entry is to be shown: at its id, or else wherever words of it were written.
fn places(entry: &Entry<'_>) -> Vec<(Span, Audience)> {
    if entry.id().is_some_and(|id| id.kind.info().is_linkable) {
        return vec![(entry.span, entry.audience)];
    }
    let shown = entry.fields.iter().filter(|field| field.shown);
    let words = shown.filter_map(|field| match field.value {
        Value::Words(words) | Value::Doubt(words) => Some((words.span, field.audience)),
        _ => None,
    });
    words.collect()
}

fn credits(s: &Strategy) -> Vec<(Span, Audience)> {
    let mut found = Vec::new();
    for image in &s.images {
        let pending = match &image.file {
            ImageFile::Pending(why) => Some(why),
            ImageFile::Path(_) => None,
        };
        let words = image.credits.iter().map(|credit| &credit.name);
        let words = words.chain(&image.licence).chain(pending);
        found.extend(words.map(|words| (words.span, Audience::Public)));
    }
    found
}
