//! The status as JSON. The keys are documented in `docs/process.md` and are stable.

use super::Report;
use super::breaches::RuleBreaches;
use crate::model::{Reference, Release, Status, Step, StepProgress, Strategy};
use serde_json::{Value, json};

/// One object, with a line break at its end.
pub(super) fn render(report: &Report<'_>) -> String {
    let (strategy, standing) = (report.strategy, &report.standing);
    let version = &strategy.version;
    let steps = standing.steps.iter();
    let this_week = standing.this_week().into_iter();
    let this_week = this_week.map(|(day, what, step)| {
        json!({ "date": day.to_string(), "what": what.as_str(), "step": step.id.name })
    });
    let next = standing.next.map(|next| {
        let step = next.step.map(|step| step.id.name.as_str());
        json!({ "status": next.status.as_str(), "step": step })
    });
    let value = json!({
        "today": standing.day.to_string(),
        "week": standing.week.to_string(),
        "title": strategy.title.value,
        "council": strategy.council.name.value,
        "work": {
            "number": version.number.value,
            "status": version.status.as_str(),
            "date": version.date.for_machines(),
        },
        "last_frozen": strategy.releases.last().map(release),
        "steps": steps.map(|placed| step(strategy, placed)).collect::<Value>(),
        "this_week": this_week.collect::<Value>(),
        "next_stage": next,
        "debts": report.debts.iter().map(debt).collect::<Value>(),
        "errors": report.errors,
    });
    format!("{value:#}\n")
}

fn release(release: &Release) -> Value {
    json!({
        "number": release.number.to_string(),
        "status": release.status.as_str(),
        "date": release.date.to_string(),
        "body": release.body_name,
        "digest": release.digest,
    })
}

fn step(strategy: &Strategy, placed: &StepProgress<'_>) -> Value {
    let StepProgress {
        step,
        state,
        reached,
    } = placed;
    let weeks = step.weeks.as_ref().map(|weeks| weeks.value);
    json!({
        "id": step.id.name,
        "state": state.as_str(),
        "body": body(strategy, step),
        "phase": step.phase.as_ref().map(|phase| &phase.value),
        "activity": step.activity.value,
        "first_week": weeks.map(|weeks| weeks.first.to_string()),
        "last_week": weeks.map(|weeks| weeks.last.to_string()),
        "responsible": names(strategy, &step.responsible),
        "with": names(strategy, &step.with),
        "dispatch": step.dispatch.as_ref().map(|day| day.value.to_string()),
        "meeting": step.meeting.as_ref().map(|day| day.value.to_string()),
        "milestone": step.milestone.as_ref().map(|status| status.value.as_str()),
        "reached": reached.map(|number| number.to_string()),
    })
}

fn body<'a>(strategy: &'a Strategy, step: &Step) -> Option<&'a str> {
    strategy.name(step.body.as_ref()?)
}

fn names<'a>(strategy: &'a Strategy, references: &[Reference]) -> Vec<&'a str> {
    let names = references.iter().filter_map(|role| strategy.name(role));
    names.collect()
}

fn debt(debt: &RuleBreaches) -> Value {
    json!({
        "code": debt.rule.code.0,
        "rule": debt.rule.name,
        "title": debt.rule.title(),
        "count": debt.count,
        "places": debt.places,
        "responsible": debt.responsible,
        "demanded_by": debt.status.map(Status::as_str),
    })
}
