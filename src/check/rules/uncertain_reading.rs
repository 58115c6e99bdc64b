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
    let mut notes: Vec<&Located<String>> = Vec::new();
    if let Some(process) = &s.process {
        notes.extend(&process.uncertain);
        notes.extend(process.steps.iter().flat_map(|step| &step.uncertain));
    }
    notes.extend(s.workshop.iter().flat_map(|w| &w.meeting.uncertain));
    for note in notes {
        let message = format!("a reading is uncertain: {}", clause(note));
        sink.report(
            RULE.at(note.span, message)
                .hint("ask those who know, and take `uncertain` out"),
        );
    }
}

/// A reason as it stands inside a message: without the full stop of its sentence.
fn clause(reason: &str) -> &str {
    reason.trim().trim_end_matches('.')
}
