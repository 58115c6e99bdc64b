//! The process plan: table and drawing.

use super::plan::days;
use super::{Line, ViewBuilder, line};
use crate::drawings::timeline;
use crate::language::capitalized;
use crate::model::{Date, Step};
use jiff::civil;
use serde::Serialize;

/// The process plan.
#[derive(Debug, Serialize)]
pub(super) struct ProcessView {
    /// Why the year is uncertain, if it is.
    uncertain: Option<Line>,
    steps: Vec<StepView>,
    /// «uke 9–49», all steps together; empty if no step has weeks.
    weeks: String,
    /// The years of the plan: «2025».
    years: String,
    /// The drawing; empty if no step has weeks.
    timeline: String,
    /// The marked part, if there is one.
    timeline_note: Option<String>,
    /// Where the process is on the day of the version: the step before, those that go on, the one
    /// after; empty if the version has no day or the plan no weeks.
    now: Vec<NowView>,
    /// «Her er arbeidet 11. april 2025:».
    now_caption: String,
    /// The anchor of the first step that goes on; empty if none does.
    present: String,
}

/// A step seen from the day of the version.
#[derive(Debug, Serialize)]
pub(super) struct NowView {
    /// `done`, `present` or `next`.
    state: &'static str,
    /// «Forrige», «Nå», «Neste».
    label: String,
    anchor: String,
    who: String,
    activity: String,
    /// «Uke 9–19».
    when: String,
}

impl NowView {
    /// The last step that was over by the day, all that go on, and the first that is to come. A plan
    /// says when, and not whether it was kept.
    fn all(maker: &ViewBuilder<'_>, steps: &[Step], views: &[StepView]) -> Vec<Self> {
        let Some(day) = dated(maker) else {
            return Vec::new();
        };
        let dated = steps.iter().zip(views).filter_map(|(step, view)| {
            let weeks = step.weeks.as_ref()?.value;
            Some((weeks, view))
        });
        let dated: Vec<_> = dated.collect();
        let over = dated.iter().filter(|(weeks, _)| weeks.last.sunday() < day);
        let over = over.max_by_key(|(weeks, _)| weeks.last.sunday());
        let coming = dated.iter().filter(|(weeks, _)| weeks.first.monday() > day);
        let coming = coming.min_by_key(|(weeks, _)| weeks.first.monday());
        let present = dated.iter().filter(|(weeks, _)| weeks.contain(day));
        let now = |state, label, view: &StepView| Self {
            state,
            label: maker.labels.get(label).to_owned(),
            anchor: view.anchor.clone(),
            who: view.who.text.clone(),
            activity: view.activity.text.clone(),
            when: view.weeks.clone(),
        };
        let over = over.map(|(_, view)| now("done", "state_done", view));
        let present = present.map(|(_, view)| now("present", "state_present", view));
        let coming = coming.map(|(_, view)| now("next", "state_next", view));
        over.into_iter().chain(present).chain(coming).collect()
    }
}

/// A row of the plan.
#[derive(Debug, Serialize)]
pub(super) struct StepView {
    anchor: String,
    /// The name of the body, or the phase, with a capital first.
    who: Line,
    activity: Line,
    uncertain: Option<Line>,
    /// «Uke 9–19», or that it is not settled.
    weeks: String,
    /// Whether the weeks are short enough for one line, as they are within a year.
    short: bool,
    /// «Saksutsending 8. oktober. Møte 15. oktober.»; empty if no day is settled.
    days: String,
    /// «24. februar–11. mai 2025»; empty without weeks.
    dates: String,
    /// «leder, koordinator».
    responsible: String,
    /// The assisting roles; may be empty.
    with: String,
    /// «Pågår 11. april 2025», if the version is dated within its weeks; else empty.
    current: String,
}

impl StepView {
    fn new(maker: &ViewBuilder<'_>, step: &Step) -> Self {
        let labels = maker.labels;
        let weeks = step.weeks.as_ref().map(|w| w.value);
        let year = maker.strategy.process.as_ref().map(|plan| plan.year);
        let weeks_text = weeks.map(|w| labels.weeks_cell(w, year));
        let current = dated(maker).filter(|&d| weeks.is_some_and(|w| w.contain(d)));
        let current = current.map(|day| labels.fill("current", &[("date", &labels.day(day))]));
        let dates = weeks.map(|w| labels.days(w.first.monday(), w.last.sunday()));
        Self {
            anchor: step.id.anchor(),
            who: who(maker, step),
            activity: Line::from(&step.activity),
            uncertain: line(step.uncertain.as_ref()),
            weeks: weeks_text.unwrap_or_else(|| labels.get("no_weeks").to_owned()),
            short: weeks.is_none_or(|w| w.first.year == w.last.year),
            days: days(labels, step, |day| match year == Some(day.year()) {
                true => labels.day_and_month(day),
                false => labels.day(day),
            })
            .join(" "),
            dates: dates.unwrap_or_default(),
            responsible: maker.names(&step.responsible),
            with: maker.names(&step.with),
            current: current.unwrap_or_default(),
        }
    }
}

/// The day of the version, if it is one.
fn dated(maker: &ViewBuilder<'_>) -> Option<civil::Date> {
    match maker.strategy.version.date.value {
        Date::Day(day) => Some(day),
        _ => None,
    }
}

/// What is uncertain about a body or a role, with the label that names it.
#[derive(Debug, Serialize)]
pub(super) struct UncertainName {
    /// «Usikker lesing av «leder»».
    label: String,
    note: Line,
}

/// The notes on bodies and roles. Their names stand in many places; the notes stand once.
pub(super) fn uncertain_names(maker: &ViewBuilder<'_>) -> Vec<UncertainName> {
    let strategy = maker.strategy;
    let named = strategy.bodies.iter().chain(&strategy.roles);
    let notes = named.filter_map(|named| {
        let note = Line::from(named.uncertain.as_ref()?);
        let name = [("name", named.name.as_str())];
        let label = maker.labels.fill("uncertain_name", &name);
        Some(UncertainName { label, note })
    });
    notes.collect()
}

/// The body that meets, or the phase.
fn who(maker: &ViewBuilder<'_>, step: &Step) -> Line {
    if let Some(phase) = &step.phase {
        return Line::from(phase);
    }
    let name = step.body.as_ref().and_then(|body| maker.name(body));
    Line {
        text: capitalized(&name.unwrap_or_default()),
        source: step.span.to_string(),
    }
}

impl ProcessView {
    pub(super) fn new(maker: &ViewBuilder<'_>) -> Option<Self> {
        let (process, labels) = (maker.strategy.process.as_ref()?, maker.labels);
        let steps: Vec<_> = process
            .steps
            .iter()
            .map(|s| StepView::new(maker, s))
            .collect();
        let rows = process.steps.iter().zip(&steps).filter_map(|(step, view)| {
            let weeks = step.weeks.as_ref()?.value;
            let (name, detail) = (view.who.text.as_str(), view.activity.text.as_str());
            Some(timeline::Row {
                name,
                detail,
                weeks,
            })
        });
        let rows: Vec<_> = rows.collect();
        let dated = dated(maker);
        let drawing = timeline::draw(
            &rows,
            dated,
            maker.strategy.language,
            labels,
            &maker.theme.colours,
        );
        let marked = drawing.as_ref().is_some_and(|d| d.marks_dated);
        let note = match drawing.as_ref().is_some_and(|d| d.marks_current) {
            true => "timeline_note_current",
            false => "timeline_note",
        };
        let (weeks, years, timeline) = drawing.map_or_else(Default::default, |d| {
            (labels.weeks(d.weeks), d.years, d.svg)
        });
        let timeline_note = dated
            .filter(|_| marked)
            .map(|day| labels.fill(note, &[("date", &labels.day(day))]));
        let uncertain = line(process.uncertain.as_ref());
        let now = NowView::all(maker, &process.steps, &steps);
        let now_caption =
            dated.map(|day| labels.fill("now_caption", &[("date", &labels.day(day))]));
        let present = now.iter().find(|now| now.state == "present");
        Some(Self {
            uncertain,
            now_caption: now_caption.unwrap_or_default(),
            present: present.map(|now| now.anchor.clone()).unwrap_or_default(),
            now,
            steps,
            weeks,
            years,
            timeline,
            timeline_note,
        })
    }
}
