use super::{Code, Context, Rule, Severity, Sink};
use crate::model::{Date, Located, Value};

pub(super) static RULE: Rule = Rule {
    code: Code("C006"),
    name: "uncertain-reading",
    severity: Severity::Warning,
    docs: include_str!("uncertain_reading.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for entry in &context.entries {
        for field in &entry.fields {
            match field.value {
                Value::Date(date) => literal(date, sink),
                // The note repeats names of participants, which reports for everybody must not.
                Value::Doubt(_) if field.audience > entry.audience => {
                    let name = entry.id().map_or("", |id| id.name.as_str());
                    let message = format!("a name in group `{name}` is uncertain");
                    sink.report(RULE.at(entry.span, message).hint(ASK));
                }
                Value::Doubt(note) => {
                    let message = format!("a reading is uncertain: {}", clause(note));
                    sink.report(RULE.at(note.span, message).hint(ASK));
                }
                _ => {}
            }
        }
    }
}

const ASK: &str = "ask somebody who knows, and remove `uncertain`";

fn literal(date: &Located<Date>, sink: &mut Sink) {
    if let Date::Literal { text, uncertain } = &date.value
        // No reason: the words were to be a date, and `load` has said that they are none.
        && !uncertain.is_empty()
    {
        let reason = clause(uncertain);
        let message = format!("the date `{text}` cannot be read: {reason}");
        let hint = "look up the date, and write it as a day or a week";
        sink.report(RULE.at(date.span, message).hint(hint));
    }
}

/// A reason as it stands inside a message: without the full stop of its sentence.
fn clause(reason: &str) -> &str {
    reason.trim().trim_end_matches('.')
}
