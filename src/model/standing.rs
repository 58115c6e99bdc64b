//! The state of the process on a day, from the plan, the calendar and the frozen versions.
//!
//! [`standing`] is the entry point. A plan says when a step should happen, but not whether it did. This
//! is known only for a step with a milestone, because it leaves a frozen version.

use super::{Number, Process, Release, Status, Step, Strategy, Week, Weeks};
use jiff::civil;

/// Where the process is on a day.
#[derive(Debug, Clone)]
pub struct Standing<'a> {
    /// The day.
    pub day: civil::Date,
    /// Its week.
    pub week: Week,
    /// Every step, in the order of the plan.
    pub steps: Vec<StepProgress<'a>>,
    /// The status that the strategy has to reach next, if there is one.
    pub next: Option<NextStage<'a>>,
}

/// A step seen from the day.
#[derive(Debug, Clone, Copy)]
pub struct StepProgress<'a> {
    /// The step.
    pub step: &'a Step,
    /// Where it is.
    pub state: StepState,
    /// The version that reached its milestone.
    pub reached: Option<Number>,
}

/// Where a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Its weeks are over, and its milestone is reached if it has one.
    Done,
    /// Its weeks are over, and its milestone is not reached.
    Overdue,
    /// The day falls in its weeks.
    UnderWay,
    /// Its weeks are still to come.
    ToCome,
    /// It has no weeks.
    Unsettled,
}

impl StepState {
    /// The word in files for machines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Overdue => "overdue",
            Self::UnderWay => "under_way",
            Self::ToCome => "to_come",
            Self::Unsettled => "unsettled",
        }
    }
}

/// The next status of the strategy.
#[derive(Debug, Clone, Copy)]
pub struct NextStage<'a> {
    /// The status.
    pub status: Status,
    /// The step with that milestone; `None` if the plan names no milestones.
    pub step: Option<&'a Step>,
}

/// The meaning of a day for a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepDay {
    /// The papers are sent out.
    Dispatch,
    /// The body meets.
    Meeting,
    /// The last week of the step ends.
    Due,
}

impl StepDay {
    /// The word in files for machines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dispatch => "dispatch",
            Self::Meeting => "meeting",
            Self::Due => "due",
        }
    }
}

/// Reads the plan for a day; `week` is that of the day.
pub fn standing(strategy: &Strategy, day: civil::Date, week: Week) -> Standing<'_> {
    let steps = strategy.process.iter().flat_map(|plan| &plan.steps);
    let placed = steps.map(|step| {
        let reached = step.milestone.is_some().then(|| reached(strategy, step));
        let reached = reached.flatten();
        StepProgress {
            step,
            state: state(step, reached.is_some(), day),
            reached,
        }
    });
    let placed: Vec<_> = placed.collect();
    Standing {
        day,
        week,
        next: next(strategy, &placed),
        steps: placed,
    }
}

impl<'a> Standing<'a> {
    /// The steps in a state, in the order of the plan.
    pub fn in_state(&self, state: StepState) -> impl Iterator<Item = &StepProgress<'a>> {
        self.steps
            .iter()
            .filter(move |placed| placed.state == state)
    }

    /// The steps to come that begin first.
    pub fn coming(&self) -> Vec<&StepProgress<'a>> {
        let first = |placed: &&StepProgress<'_>| weeks(placed.step).map(|weeks| weeks.first);
        let soonest = self
            .in_state(StepState::ToCome)
            .filter_map(|p| first(&p))
            .min();
        let coming = self.in_state(StepState::ToCome);
        coming.filter(|placed| first(placed) == soonest).collect()
    }

    /// The events of the current week by day: dispatch of papers, meetings, and ends of steps.
    pub fn this_week(&self) -> Vec<(civil::Date, StepDay, &'a Step)> {
        let within = Weeks {
            first: self.week,
            last: self.week,
        };
        let days = self
            .steps
            .iter()
            .flat_map(|StepProgress { step, state, .. }| {
                // Of a meeting in the week more need not be said.
                let meets = step
                    .meeting
                    .as_ref()
                    .is_some_and(|day| within.contain(day.value));
                let due = weeks(step).filter(|_| *state == StepState::UnderWay && !meets);
                let days = [
                    (
                        StepDay::Dispatch,
                        step.dispatch.as_ref().map(|day| day.value),
                    ),
                    (StepDay::Meeting, step.meeting.as_ref().map(|day| day.value)),
                    (StepDay::Due, due.map(|weeks| weeks.last.sunday())),
                ];
                days.map(|(what, day)| day.map(|day| (day, what, *step)))
            });
        let days = days.flatten().filter(|(day, ..)| within.contain(*day));
        let mut days: Vec<_> = days.collect();
        days.sort_by_key(|(day, what, _)| (*day, *what));
        days
    }
}

fn weeks(step: &Step) -> Option<Weeks> {
    step.weeks.as_ref().map(|weeks| weeks.value)
}

fn state(step: &Step, reached: bool, day: civil::Date) -> StepState {
    // A phase that makes a version is done when there is one. A body has to meet as well: its papers
    // are frozen before that.
    if reached && (step.body.is_none() || step.weeks.is_none()) {
        return StepState::Done;
    }
    match weeks(step) {
        None => StepState::Unsettled,
        Some(weeks) if day < weeks.first.monday() => StepState::ToCome,
        Some(weeks) if weeks.contain(day) => StepState::UnderWay,
        Some(_) if step.milestone.is_some() && !reached => StepState::Overdue,
        Some(_) => StepState::Done,
    }
}

/// The version that reached the milestone of a step: the first with a later status, or one with the
/// same. Of several steps with the same milestone each wants a version of its own.
fn reached(strategy: &Strategy, step: &Step) -> Option<Number> {
    let (plan, milestone) = (strategy.process.as_ref()?, step.milestone.as_ref()?.value);
    let earlier = milestones(plan)
        .into_iter()
        .filter(|(status, _)| *status == milestone)
        .position(|(_, other)| std::ptr::eq(other, step))?;
    let releases = of_plan(plan, &strategy.releases);
    let same = releases
        .clone()
        .filter(|release| release.status == milestone);
    let same = same.map(|release| release.number).nth(earlier);
    let later = releases.clone().find(|release| release.status > milestone);
    let later = later.map(|release| release.number);
    same.into_iter().chain(later).min()
}

/// The steps with a milestone, in the order in which they are due; without weeks they come last.
fn milestones(plan: &Process) -> Vec<(Status, &Step)> {
    let steps = plan.steps.iter();
    let all = steps.filter_map(|step| Some((step.milestone.as_ref()?.value, step)));
    let mut all: Vec<_> = all.collect();
    all.sort_by_key(|(_, step)| {
        let weeks = weeks(step);
        (weeks.is_none(), weeks.map(|weeks| weeks.last))
    });
    all
}

/// The frozen versions of the process: those dated before its first week are of an earlier one.
fn of_plan<'a>(
    plan: &Process,
    releases: &'a [Release],
) -> impl Iterator<Item = &'a Release> + Clone + use<'a> {
    let first = plan.steps.iter().filter_map(weeks);
    let first = first.map(|weeks| weeks.first.monday()).min();
    let releases = releases.iter();
    releases.filter(move |release| first.is_none_or(|first| release.date >= first))
}

fn next<'a>(strategy: &Strategy, placed: &[StepProgress<'a>]) -> Option<NextStage<'a>> {
    let plan = strategy.process.as_ref();
    let milestones = plan.map(milestones).unwrap_or_default();
    if milestones.is_empty() {
        let status = after(now(strategy))?;
        return Some(NextStage { status, step: None });
    }
    milestones.into_iter().find_map(|(status, step)| {
        let mut all = placed.iter();
        let placed = all.find(|placed| std::ptr::eq(placed.step, step))?;
        let step = Some(placed.step);
        placed
            .reached
            .is_none()
            .then_some(NextStage { status, step })
    })
}

/// The status that the work has: that of the last frozen version, unless the sources have begun
/// anew after an adopted one.
fn now(strategy: &Strategy) -> Status {
    let written = strategy.version.status;
    match strategy.releases.last().map(|release| release.status) {
        Some(frozen) if frozen.is_draft() || !written.is_draft() => frozen,
        _ => written,
    }
}

/// The status that follows on the way to adoption.
fn after(status: Status) -> Option<Status> {
    let mut all = Status::ALL.iter().map(|(status, _)| *status);
    all.find(|next| status.is_draft() && *next > status)
}
