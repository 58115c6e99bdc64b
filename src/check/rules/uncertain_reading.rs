use super::{Code, Context, Rule, Severity, Sink};
use crate::model::{Date, Located};

pub(super) static RULE: Rule = Rule {
    code: Code("C006"),
    name: "uncertain-reading",
    severity: Severity::Warning,
    docs: include_str!("uncertain_reading.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let s = context.strategy;
    let mut dates: Vec<&Located<Date>> = vec![&s.version.date];
    dates.extend(s.agreement.iter().flat_map(|a| &a.date));
    dates.extend(s.measures.iter().flat_map(|m| &m.deadline));
    dates.extend(s.workshop.iter().flat_map(|w| &w.meeting.date));
    for date in dates {
        if let Date::Literal { text, uncertain } = &date.value {
            // No reason: the words were to be a date, and `load` has said that they are none.
            if uncertain.is_empty() {
                continue;
            }
            let message = format!(
                "the date `{text}` is kept as it is written: {}",
                clause(uncertain)
            );
            let hint = "look the date up, and write it as a day or a week";
            sink.report(RULE.at(date.span, message).hint(hint));
        }
    }
    for note in notes(context) {
        let message = format!("a reading is uncertain: {}", clause(note));
        sink.report(RULE.at(note.span, message).hint(ASK));
    }
    // These notes repeat names of participants, which reports for everybody must not.
    let groups = s.workshop.iter().flat_map(|w| &w.groups);
    for group in groups.filter(|group| group.uncertain.is_some()) {
        let message = format!("a name in group `{}` is uncertain", group.id.name);
        sink.report(RULE.at(group.span, message).hint(ASK));
    }
}

const ASK: &str = "ask those who know, and take `uncertain` out";

/// Every note on an uncertain reading, but for those on the names of participants.
fn notes<'a>(context: &Context<'a>) -> Vec<&'a Located<String>> {
    let s = context.strategy;
    let mut notes: Vec<&Located<String>> = s.version.uncertain.iter().collect();
    let named = s.bodies.iter().chain(&s.roles);
    notes.extend(named.flat_map(|named| &named.uncertain));
    notes.extend(context.items().flat_map(|item| &item.uncertain));
    notes.extend(s.sources.iter().flat_map(|source| &source.uncertain));
    notes.extend(s.images.iter().flat_map(|image| &image.uncertain));
    if let Some(process) = &s.process {
        notes.extend(&process.uncertain);
        notes.extend(process.steps.iter().flat_map(|step| &step.uncertain));
    }
    notes.extend(s.workshop.iter().flat_map(|w| &w.meeting.uncertain));
    notes
}

/// A reason as it stands inside a message: without the full stop of its sentence.
fn clause(reason: &str) -> &str {
    reason.trim().trim_end_matches('.')
}
