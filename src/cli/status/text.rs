//! The status as text: English headings around the words of the sources, 80 columns wide.

use super::Report;
use super::breaches::RuleBreaches;
use crate::model::{
    Kind, NextStage, Reference, Status, Step, StepDay, StepProgress, StepState, Strategy, Week,
    Weeks,
};
use crate::version::asked_of;
use jiff::civil;
use std::fmt::Write;

/// The width of a page.
const WIDTH: usize = 80;
/// How many rules are listed, and how many places of each.
const DEBTS: usize = 8;
const PLACES: usize = 2;

/// A heading with entries below it, each a label and lines.
struct Section {
    title: String,
    entries: Vec<(String, Vec<String>)>,
}

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for line in head(report) {
        wrapped(&mut out, 0, &line);
    }
    let sections = [
        this_week(report),
        steps(report, "Overdue", StepState::Overdue),
        under_way(report),
        coming(report),
        unsettled(report),
        debts(report),
        later(report),
    ];
    let sections = sections.into_iter().flatten();
    let sections: Vec<_> = sections.collect();
    let entries = sections.iter().flat_map(|section| &section.entries);
    let longest = entries.map(|(label, _)| label.chars().count()).max();
    let column = longest.unwrap_or_default() + 4;
    for section in &sections {
        out.push('\n');
        wrapped(&mut out, 0, &section.title);
        for (label, lines) in &section.entries {
            let start = out.len();
            for line in lines {
                wrapped(&mut out, column, line);
            }
            // The label takes the place of the spaces before the first line.
            let label = format!("  {label}");
            let room = start..start + label.chars().count();
            out.replace_range(room, &label);
        }
    }
    out
}

/// The version of the document, and the date of the report.
fn head(report: &Report<'_>) -> Vec<String> {
    let (strategy, standing) = (report.strategy, &report.standing);
    let version = &strategy.version;
    let work = format!(
        "Work on {}, {}.",
        version.number.value,
        words(version.status)
    );
    let frozen = match strategy.releases.last() {
        None => "No version is frozen.".to_owned(),
        Some(last) => {
            let (number, status, day) = (last.number, words(last.status), long(last.date));
            let body = last.body_name.as_ref().map(|name| format!(", for {name}"));
            let body = body.unwrap_or_default();
            format!("Last frozen: {number}, {status}, {day}{body}.")
        }
    };
    let week = standing.week;
    let days = between(week.monday(), week.sunday());
    let (day, number) = (standing.day.strftime("%A %-d %B %Y"), week.week);
    let mut head = vec![
        strategy.title.value.clone(),
        format!("{work} {frozen}"),
        format!("{day}, week {number} ({days})"),
    ];
    if let Some(asked) = asked_of(&strategy.releases) {
        head.push(format!(
            "Version {} was sent out: each release before adoption must say whether a new round of \
             consultation is needed (`--new-round`).",
            asked.number
        ));
    }
    let done = standing.in_state(StepState::Done).count();
    let total = standing.steps.len();
    head.push(match (&strategy.process, total) {
        (None, _) if strategy.unreadable_kinds.contains(&Kind::Step) => {
            "The process plan (`process.toml`) cannot be read.".to_owned()
        }
        (None, _) => "There is no process plan (`process.toml`).".to_owned(),
        (_, 0) => "The process plan has no steps.".to_owned(),
        (_, 1) => format!("{done} of 1 step is done."),
        _ => format!("{done} of {total} steps are done."),
    });
    head
}

fn this_week(report: &Report<'_>) -> Option<Section> {
    let strategy = report.strategy;
    let days = report.standing.this_week().into_iter();
    let entries = days.map(|(day, what, step)| {
        let line = match what {
            StepDay::Dispatch => format!("papers go out: {}", name(strategy, step)),
            StepDay::Meeting => format!("meeting: {}", name(strategy, step)),
            StepDay::Due => format!("due: {}", name(strategy, step)),
        };
        (short(day), vec![line, people(strategy, step)])
    });
    section("Due this week", entries.collect())
}

fn steps(report: &Report<'_>, title: &str, state: StepState) -> Option<Section> {
    let placed = report.standing.in_state(state);
    section(title, placed.map(|placed| entry(report, placed)).collect())
}

/// The steps under way, or why there are none.
fn under_way(report: &Report<'_>) -> Option<Section> {
    let found = steps(report, "Under way", StepState::UnderWay);
    let all = &report.standing.steps;
    let dated = all.iter().any(|placed| placed.step.weeks.is_some());
    let title = match report.standing.coming().is_empty() {
        true => "Nothing is under way: all weeks of the plan are over.",
        false => "Nothing is under way this week.",
    };
    let nothing = || Section {
        title: title.to_owned(),
        entries: Vec::new(),
    };
    found.or_else(|| dated.then(nothing))
}

fn coming(report: &Report<'_>) -> Option<Section> {
    let coming = report.standing.coming();
    let entries = coming.iter().map(|placed| entry(report, placed));
    section("Next", entries.collect())
}

fn unsettled(report: &Report<'_>) -> Option<Section> {
    let placed = report.standing.in_state(StepState::Unsettled);
    let names = placed.map(|placed| name(report.strategy, placed.step));
    let entries = names.map(|name| ("not settled".to_owned(), vec![name]));
    section("Without weeks", entries.collect())
}

/// The open requirements of the next stage.
fn debts(report: &Report<'_>) -> Option<Section> {
    let next = report.standing.next.map(|next| next.status);
    let debts = report.debts.iter().filter(|debt| debt.status == next);
    let debts: Vec<_> = debts.collect();
    let stage = report.standing.next.map(|next| stage(report, next));
    let title = match (stage, debts.is_empty()) {
        // With errors, the check is incomplete.
        (_, true) if report.errors > 0 => return None,
        (Some(stage), true) => format!("The document meets all requirements of {stage}."),
        (Some(stage), false) => format!("Open requirements of {stage}"),
        (None, true) => return None,
        (None, false) => "Still to do".to_owned(),
    };
    let mut entries: Vec<_> = debts.iter().take(DEBTS).map(|known| debt(known)).collect();
    if let Some(more) = debts.len().checked_sub(DEBTS).filter(|more| *more > 0) {
        let line = "more rules: run `utkast check` to list all".to_owned();
        entries.push((format!("{more}"), vec![line]));
    }
    Some(Section { title, entries })
}

/// The open requirements of later stages.
fn later(report: &Report<'_>) -> Option<Section> {
    let next = report.standing.next.map(|next| next.status)?;
    let later = report.debts.iter().filter(|debt| debt.status > Some(next));
    let entries = later.map(|debt| {
        let status = debt.status.map_or("", words);
        let line = format!("{} ({}): {status}", debt.rule.title(), debt.rule.name);
        (debt.count.to_string(), vec![line])
    });
    section("Open requirements of later stages", entries.collect())
}

fn stage(report: &Report<'_>, next: NextStage<'_>) -> String {
    let status = words(next.status);
    let weeks = next.step.and_then(|step| step.weeks.as_ref());
    match weeks {
        Some(weeks) => format!(
            "its next stage, {status} ({})",
            when(weeks.value, report.standing.week)
        ),
        None => format!("its next stage, {status}"),
    }
}

fn debt(debt: &RuleBreaches) -> (String, Vec<String>) {
    let mut lines = vec![format!("{} ({})", debt.rule.title(), debt.rule.name)];
    let mut places = debt.places.iter().take(PLACES).cloned().collect::<Vec<_>>();
    if let Some(more) = debt.places.len().checked_sub(PLACES).filter(|n| *n > 0) {
        places.push(format!("and {more} more"));
    }
    if !places.is_empty() {
        lines.push(places.join(", "));
    }
    if !debt.responsible.is_empty() {
        lines.push(debt.responsible.join(", "));
    }
    (debt.count.to_string(), lines)
}

fn section(title: &str, entries: Vec<(String, Vec<String>)>) -> Option<Section> {
    let title = title.to_owned();
    (!entries.is_empty()).then_some(Section { title, entries })
}

/// A step with its people, days and milestone.
fn entry(report: &Report<'_>, placed: &StepProgress<'_>) -> (String, Vec<String>) {
    let (strategy, step) = (report.strategy, placed.step);
    let weeks = step.weeks.as_ref().map(|weeks| weeks.value);
    let label = weeks.map(|weeks| when(weeks, report.standing.week));
    let mut lines = vec![name(strategy, step), people(strategy, step)];
    let days = [("papers", &step.dispatch), ("meeting", &step.meeting)];
    let days = days.into_iter().filter_map(|(what, day)| {
        let day = short(day.as_ref()?.value);
        Some(format!("{what} {day}"))
    });
    let days: Vec<_> = days.collect();
    if !days.is_empty() {
        lines.push(days.join(", "));
    }
    if let Some(status) = step.milestone.as_ref().map(|status| words(status.value)) {
        lines.push(match (placed.reached, placed.state) {
            (Some(number), _) => format!("milestone: {status}, reached by {number}"),
            (None, StepState::Overdue) => {
                format!("milestone: {status}, and no such version is frozen")
            }
            (None, _) => format!("milestone: {status}"),
        });
    }
    (label.unwrap_or_default(), lines)
}

/// «regionrådet: Presentere utkast».
fn name(strategy: &Strategy, step: &Step) -> String {
    let phase = step.phase.as_ref().map(|phase| phase.value.as_str());
    let body = step.body.as_ref().and_then(|body| strategy.name(body));
    match phase.or(body) {
        Some(who) => format!("{who}: {}", step.activity.value),
        None => step.activity.value.clone(),
    }
}

/// «leder, koordinator (with hele gruppen)».
fn people(strategy: &Strategy, step: &Step) -> String {
    let names = |references: &[Reference]| {
        let names = references.iter().filter_map(|role| strategy.name(role));
        names.collect::<Vec<_>>().join(", ")
    };
    let (mut people, with) = (names(&step.responsible), names(&step.with));
    if people.is_empty() {
        people.push_str("no `responsible`");
    }
    if !with.is_empty() {
        people.push_str(&format!(" (with {with})"));
    }
    people
}

fn words(status: Status) -> &'static str {
    match status {
        Status::Working => "working draft",
        Status::FirstDraft => "first draft",
        Status::Draft => "draft",
        Status::Consultation => "consultation draft",
        Status::Proposed => "proposal",
        Status::Adopted => "adopted",
        Status::Superseded => "superseded",
    }
}

/// «week 18–24», with a year where it is not that of `now`.
fn when(weeks: Weeks, now: Week) -> String {
    let (first, last) = (weeks.first, weeks.last);
    let week = |week: Week| match week.year == now.year {
        true => week.week.to_string(),
        false => format!("{} of {}", week.week, week.year),
    };
    match (first == last, first.year == last.year) {
        (true, _) => format!("week {}", week(first)),
        (_, true) => format!("week {}–{}", first.week, week(last)),
        _ => format!("week {}–{}", week(first), week(last)),
    }
}

fn short(day: civil::Date) -> String {
    day.strftime("%-d %B").to_string()
}

fn long(day: civil::Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// «10–16 May», «30 August–5 September».
fn between(from: civil::Date, to: civil::Date) -> String {
    match from.month() == to.month() {
        true => format!("{}–{}", from.day(), short(to)),
        false => format!("{}–{}", short(from), short(to)),
    }
}

/// Wraps a text to the width, with an indent before each line.
fn wrapped(out: &mut String, indent: usize, text: &str) {
    let room = WIDTH.saturating_sub(indent);
    let mut length = 0;
    for word in text.split_whitespace() {
        let letters = word.chars().count();
        if length > 0 && length + 1 + letters > room {
            out.push('\n');
            length = 0;
        }
        let before = match length {
            0 => indent,
            _ => 1,
        };
        write!(out, "{:before$}{word}", "").expect("strings take all");
        length += letters + usize::from(length > 0);
    }
    out.push('\n');
}
