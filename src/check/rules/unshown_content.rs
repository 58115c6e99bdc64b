use super::{Code, Context, Rule, Severity, Sink};
use crate::files::Span;
use crate::model::{Section, Strategy};

pub(super) static RULE: Rule = Rule {
    code: Code("C002"),
    name: "unshown-content",
    severity: Severity::Error,
    docs: include_str!("unshown_content.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let s = context.strategy;
    for (section, word) in Section::ALL {
        let Some((count, first)) = content(s, section) else {
            continue;
        };
        if s.chapters.iter().any(|c| c.shows == Some(section)) {
            continue;
        }
        let message = match count {
            1 => format!("no chapter shows this (`{word}`)"),
            _ => format!("no chapter shows this and {} more (`{word}`)", count - 1),
        };
        let hint = format!("add `shows = \"{word}\"` to the front matter of a chapter");
        sink.report(RULE.at(first, message).hint(hint));
    }
}

/// How much there is to show, and where the first of it was written.
fn content(s: &Strategy, section: Section) -> Option<(usize, Span)> {
    let mut spans: Vec<Span> = match section {
        Section::Agreement => s.agreement.iter().map(|a| a.title.span).collect(),
        Section::Challenges => s.challenges.iter().map(|i| i.span).collect(),
        Section::Opportunities => s.opportunities.iter().map(|i| i.span).collect(),
        Section::Findings => s.findings.iter().map(|f| f.item.span).collect(),
        Section::StartingPoints => s.starting_points.iter().map(|i| i.span).collect(),
        Section::FocusAreas => s.focus_areas.iter().map(|i| i.span).collect(),
        Section::Goals => s.goals.iter().map(|g| g.item.span).collect(),
        Section::Measures => s.measures.iter().map(|m| m.item.span).collect(),
        Section::Process => s
            .process
            .iter()
            .flat_map(|p| &p.steps)
            .map(|t| t.span)
            .collect(),
        Section::Workshop => s
            .workshop
            .iter()
            .flat_map(|w| &w.questions)
            .map(|q| q.item.span)
            .collect(),
        Section::Sources => s.sources.iter().map(|e| e.span).collect(),
        Section::Credits => {
            let credits = s.images.iter().flat_map(|i| &i.credits);
            credits.map(|c| c.name.span).collect()
        }
    };
    spans.sort();
    spans.first().map(|first| (spans.len(), *first))
}
