//! The process plan in the words of the document, for calendars.

use crate::diag::Diagnostic;
use crate::language::capitalized;
use crate::model::{Reference, Step, Strategy};
use crate::templates::TemplateSet;
use crate::templates::{Labels, label_of};
use jiff::civil;

/// A step in the words of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepText {
    /// «Regionrådet: Presentere utkast».
    pub summary: String,
    /// «Uke 42», «Ansvarlig: leder, koordinator», «Milepæl: Utkast», «Møte 15. oktober 2025.»
    pub details: Vec<String>,
}

/// The steps of the plan in the language of the document, with the council's own labels; in the
/// order of the plan. Words in doubt stay as they are: a calendar has no room for the reason.
///
/// # Errors
/// What is wrong with the tables of labels.
pub fn plan(strategy: &Strategy, set: &TemplateSet) -> Result<Vec<StepText>, Vec<Diagnostic>> {
    let (labels, _) = Labels::read(strategy, set)?;
    let steps = strategy.process.iter().flat_map(|plan| &plan.steps);
    Ok(steps
        .map(|step| step_text(strategy, &labels, step))
        .collect())
}

fn step_text(strategy: &Strategy, labels: &Labels, step: &Step) -> StepText {
    let body = step.body.as_ref().and_then(|body| strategy.name(body));
    let phase = step.phase.as_ref().map(|phase| phase.value.as_str());
    let who = capitalized(phase.or(body).unwrap_or_default());
    let named = |label: &str, value: &str| format!("{}: {value}", labels.get(label));
    let mut details = Vec::new();
    details.extend(
        step.weeks
            .as_ref()
            .map(|w| labels.weeks_cell(w.value, None)),
    );
    let (mut responsible, with) = (
        names(strategy, &step.responsible),
        names(strategy, &step.with),
    );
    if !with.is_empty() {
        responsible.push_str(&format!(" ({} {with})", labels.get("and")));
    }
    details.extend((!responsible.is_empty()).then(|| named("responsible", &responsible)));
    let milestone = step.milestone.as_ref().map(|status| status.value);
    details.extend(milestone.map(|status| named("milestone", labels.get(label_of(status)))));
    details.extend(days(labels, step, |day| labels.day(day)));
    StepText {
        summary: format!("{who}: {}", step.activity.value),
        details,
    }
}

fn names(strategy: &Strategy, references: &[Reference]) -> String {
    let names = references.iter().filter_map(|role| strategy.name(role));
    names.collect::<Vec<_>>().join(", ")
}

/// «Saksutsending 8. oktober.», «Møte 15. oktober.»: the days that a step has.
pub(super) fn days(
    labels: &Labels,
    step: &Step,
    word: impl Fn(civil::Date) -> String,
) -> Vec<String> {
    let days = [
        ("dispatch_on", &step.dispatch),
        ("meeting_on", &step.meeting),
    ];
    let days = days.into_iter().filter_map(|(label, day)| {
        let date = word(day.as_ref()?.value);
        Some(labels.fill(label, &[("date", &date)]))
    });
    days.collect()
}
