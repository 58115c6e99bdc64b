use super::{Code, Context, Rule, Severity, Sink};
use crate::files::Span;
use crate::model::{Audience, ImageFile, Item, Section, Strategy, Workshop};

pub(super) static RULE: Rule = Rule {
    code: Code("C002"),
    name: "unshown-content",
    severity: Severity::Error,
    docs: include_str!("unshown_content.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let s = context.strategy;
    for (section, word) in Section::ALL {
        if s.chapters.iter().any(|c| c.section() == Some(section)) {
            continue;
        }
        let content = content(s, section);
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

/// What there is to show in a section: where it was written, and who may read it.
pub(super) fn content(s: &Strategy, section: Section) -> Vec<(Span, Audience)> {
    let items = |items: &[Item]| items.iter().map(|i| (i.span, i.audience)).collect();
    let public = |span: Span| (span, Audience::Public);
    match section {
        Section::Agreement => s.agreement.iter().map(|a| public(a.title.span)).collect(),
        Section::Challenges => items(&s.challenges),
        Section::Opportunities => items(&s.opportunities),
        Section::Findings => {
            let findings = s.findings.iter().map(|f| &f.item);
            findings.map(|i| (i.span, i.audience)).collect()
        }
        Section::StartingPoints => items(&s.starting_points),
        Section::FocusAreas => items(&s.focus_areas),
        Section::Goals => {
            let goals = s.goals.iter().map(|g| &g.item);
            goals.map(|i| (i.span, i.audience)).collect()
        }
        Section::Measures => {
            let measures = s.measures.iter().map(|m| &m.item);
            measures.map(|i| (i.span, i.audience)).collect()
        }
        Section::Process => {
            let steps = s.process.iter().flat_map(|p| &p.steps);
            // Doubts about bodies and roles are noted below the plan.
            let named = s.bodies.iter().chain(&s.roles);
            let doubts = named.flat_map(|named| &named.uncertain);
            let doubts = doubts.map(|doubt| public(doubt.span));
            steps.map(|step| public(step.span)).chain(doubts).collect()
        }
        Section::Workshop => {
            let mut found = s.workshop.as_ref().map(workshop).unwrap_or_default();
            if s.showing(Section::Inputs).is_none() {
                found.extend(inputs(s));
            }
            found
        }
        // No chapter need show them: they stand with the questions then.
        Section::Inputs if s.showing(section).is_some() => inputs(s),
        Section::Inputs => Vec::new(),
        // It repeats what stands elsewhere.
        Section::RedThread => Vec::new(),
        Section::Sources => s.sources.iter().map(|e| public(e.span)).collect(),
        Section::Glossary => s.terms.iter().map(|term| public(term.span)).collect(),
        // Manifests tell of what was, and a document may do without.
        Section::Versions => Vec::new(),
        Section::Credits => {
            let mut found = Vec::new();
            for image in &s.images {
                let pending = match &image.file {
                    ImageFile::Pending(why) => Some(why),
                    ImageFile::Path(_) => None,
                };
                let words = image.credits.iter().map(|credit| &credit.name);
                let words = words.chain(&image.licence).chain(pending);
                found.extend(words.map(|words| public(words.span)));
            }
            found
        }
    }
}

fn inputs(s: &Strategy) -> Vec<(Span, Audience)> {
    let inputs = s.workshop.iter().flat_map(|w| &w.inputs);
    inputs.map(|i| (i.span, i.audience)).collect()
}

fn workshop(workshop: &Workshop) -> Vec<(Span, Audience)> {
    let public = |span: Span| (span, Audience::Public);
    let questions = workshop.questions.iter().map(|q| &q.item);
    let mut found: Vec<_> = questions.map(|i| (i.span, i.audience)).collect();
    found.extend(workshop.groups.iter().map(|group| public(group.span)));
    let meeting = &workshop.meeting;
    let words = [&workshop.title, &meeting.title, &meeting.case, &meeting.case_kind];
    let words = words.into_iter().flatten();
    found.extend(words.map(|word| public(word.span)));
    found
}
