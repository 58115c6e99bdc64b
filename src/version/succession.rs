//! The succession of versions: what a new version must respect of earlier ones.

use super::build_state::ReleaseDetails;
use super::{composed, rules};
use crate::diag::{Diagnostic, Sink, did_you_mean, nearest};
use crate::model::{Date, Decision, Release, Status, Strategy};

/// Reports why the strategy cannot be frozen with these `details`.
pub(super) fn check(strategy: &Strategy, details: &ReleaseDetails, sink: &mut Sink) {
    let before = &strategy.releases;
    let last = before.last();
    let found = [
        last.and_then(|last| backward_date(details, last)),
        last.and_then(|last| backward_status(details, last)),
        unknown_body(strategy, details),
        nothing_superseded(details.status, before),
        decision(strategy, details),
        round(details, before),
    ];
    found
        .into_iter()
        .flatten()
        .for_each(|said| sink.report(said));
}

/// The same of what is known before there is a release: its date, its reasons and what a person
/// says come with it.
pub(super) fn check_status(status: Status, before: &[Release], sink: &mut Sink) {
    let found = nothing_superseded(status, before);
    found.into_iter().for_each(|said| sink.report(said));
}

fn backward_date(details: &ReleaseDetails, last: &Release) -> Option<Diagnostic> {
    (details.date < last.date).then(|| {
        let message = format!(
            "version {} would be dated {}, before version {} of {}",
            details.number, details.date, last.number, last.date
        );
        let hint = format!("use `--date {}` or a later day", last.date);
        rules::BACKWARD_DATE.nowhere(message).hint(hint)
    })
}

fn backward_status(details: &ReleaseDetails, last: &Release) -> Option<Diagnostic> {
    (details.status < last.status && details.note.is_none()).then(|| {
        let message = format!(
            "the status would go back from `{}` to `{}` without a reason",
            last.status, details.status
        );
        rules::BACKWARD_STATUS
            .nowhere(message)
            .hint("give the reason with `--note`")
    })
}

fn unknown_body(strategy: &Strategy, details: &ReleaseDetails) -> Option<Diagnostic> {
    let body = details.body.as_ref()?;
    let bodies = || strategy.bodies.iter().map(|body| body.id.name.as_str());
    if bodies().any(|known| known == body) {
        return None;
    }
    let message = format!("there is no body `{body}`");
    let known: Vec<_> = bodies().map(|body| format!("`{body}`")).collect();
    let hint = match nearest(body, bodies()) {
        Some(near) => did_you_mean(near),
        None if known.is_empty() => "list it under `[[bodies]]` in strategy.toml".to_owned(),
        None => format!("use one of {}", known.join(", ")),
    };
    Some(rules::UNKNOWN_BODY.nowhere(message).hint(hint))
}

fn nothing_superseded(status: Status, before: &[Release]) -> Option<Diagnostic> {
    let adopted = before
        .iter()
        .any(|release| release.status == Status::Adopted);
    (status == Status::Superseded && !adopted).then(|| {
        let message = "only an adopted strategy can be superseded, and none was adopted";
        rules::NOTHING_SUPERSEDED
            .nowhere(message)
            .hint("freeze the adopted version first")
    })
}

/// What was decided is dated by a day, and no later than the version that tells of it. An adopted
/// version has a decision of its own.
fn decision(strategy: &Strategy, details: &ReleaseDetails) -> Option<Diagnostic> {
    for decision in &strategy.version.decisions {
        let Date::Day(day) = decision.date.value else {
            let message = "a version can be frozen only when the day of the decision is known";
            let said = rules::NO_DECISION.at(decision.date.span, message);
            return Some(said.hint("write it as a day, such as 2027-12-14"));
        };
        if day > details.date {
            let message = format!(
                "the decision is dated after {}, the date of the version",
                details.date
            );
            let said = rules::NO_DECISION.at(decision.date.span, message);
            return Some(said.hint(format!(
                "remove it until it is decided, or use `--date {day}` or a later day"
            )));
        }
    }
    if details.status != Status::Adopted {
        return None;
    }
    let (decisions, before) = (&strategy.version.decisions, &strategy.releases);
    if decisions
        .iter()
        .any(|decision| !is_of_before(decision, before))
    {
        return None;
    }
    let message = match decisions.is_empty() {
        true => "an adopted version needs a recorded decision".to_owned(),
        false => format!(
            "version {} needs a decision of its own; the recorded one is about an earlier version",
            details.number
        ),
    };
    let hint =
        "write body, date, case, text and vote under `[[version.decisions]]` in strategy.toml";
    Some(rules::NO_DECISION.nowhere(message).hint(hint))
}

/// What follows a version that was sent out says whether it must be sent out again, until the
/// strategy is adopted.
fn round(details: &ReleaseDetails, before: &[Release]) -> Option<Diagnostic> {
    let Some(asked) = asked_of(before) else {
        let message = "no version was sent out, so there is no round to repeat";
        let said = rules::OPEN_ROUND.nowhere(message);
        let hint = "leave out `--new-round`, `--by` and `--reason`";
        return details.round.as_ref().map(|_| said.hint(hint));
    };
    let Some(round) = &details.round else {
        let message = format!(
            "version {} was sent out, and it is not recorded whether version {} needs a new round",
            asked.number, details.number
        );
        let hint =
            "use `--new-round needed` or `--new-round not-needed`, with `--by` and `--reason`";
        return Some(rules::OPEN_ROUND.nowhere(message).hint(hint));
    };
    // A later version cannot revoke it; only a new round resolves it.
    let since = before
        .iter()
        .filter(|release| release.number > asked.number);
    let said = since.filter_map(|release| release.round.as_ref());
    let needed = said.chain([round]).find(|round| round.needed)?;
    let settled = details.sent_out || details.status < Status::Proposed;
    (!settled).then(|| {
        let message = format!(
            "a new round is needed since version {}, says {}, but the status would be `{}`",
            asked.number, needed.by, details.status
        );
        let hint = "first send out a version (`--sent-out`), and freeze this one when the answers have come";
        rules::OPEN_ROUND.nowhere(message).hint(hint)
    })
}

/// Whether a decision was on an adopted version before. What was decided of a draft, such as to
/// send it on, stays with the version that came of it. A body decides once in a case on a day; that
/// its name or a word of the text was mended since makes no other decision of it.
pub(super) fn is_of_before(decision: &Decision, before: &[Release]) -> bool {
    let id = decision.body.id();
    let adopted = before
        .iter()
        .filter(|release| release.status == Status::Adopted);
    let mut known = adopted.flat_map(|release| &release.decisions);
    known.any(|known| {
        id.as_ref().is_some_and(|id| id.name == known.body)
            && decision.date.value == Date::Day(known.date)
            && composed(&decision.case) == known.case
    })
}

/// The version that was sent out last and that a version after these follows: the base of «changes
/// since the consultation». None once the strategy is adopted.
pub fn asked_of(before: &[Release]) -> Option<&Release> {
    let since = before.iter().rev();
    let mut since = since.take_while(|release| release.status.is_draft());
    since.find(|release| release.sent_out)
}
