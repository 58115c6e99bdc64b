//! Applies the build state to a strategy.

use super::build_state::{BuildState, ReleaseDetails};
use super::succession::is_of_before;
use super::{composed, is_source, rules};
use crate::diag::Sink;
use crate::files::Sources;
use crate::manifest::{FileDigest, Manifest, Previous};
use crate::model::{
    Date, Decided, Decision, Id, Kind, Located, Named, Number, Reference, Round, Strategy, Version,
};
use jiff::civil;

/// Settles number, status and date of the strategy by `state`, and its manifest with the digest;
/// reports what does not follow from the versions before.
pub fn resolve(strategy: &mut Strategy, sources: &Sources, state: &BuildState, sink: &mut Sink) {
    super::chain::check(&strategy.releases, sources, sink);
    let last = strategy.releases.last().map(|release| release.number);
    let version = &mut strategy.version;
    let last_day = strategy.releases.last().map(|release| release.date);
    if !matches!(state, BuildState::Frozen(_)) {
        stale_date(version, last_day, sink);
    }
    match state {
        BuildState::Written => number(version, last, sink),
        BuildState::As(status) => {
            version.status = *status;
            number(version, last, sink);
            super::succession::check_status(*status, &strategy.releases, sink);
        }
        BuildState::Frozen(details) => {
            bear(version, details);
            super::succession::check(strategy, details, sink);
        }
    }
    // A decision on an earlier version does not count for this one.
    let before = &strategy.releases;
    let decisions = &mut strategy.version.decisions;
    decisions.retain(|decision| !is_of_before(decision, before));
    let mut manifest = manifest(strategy, sources, state);
    manifest.digest = manifest.computed_digest();
    strategy.version.manifest = manifest;
}

/// The number of what is not frozen: the one that the council has chosen if it is free, or else the
/// next.
fn number(version: &mut Version, last: Option<Number>, sink: &mut Sink) {
    let next = Number::after(last, version.status);
    if let Some(chosen) = &version.chosen {
        let free = Number::parse(chosen).is_some_and(|chosen| Some(chosen) > last);
        if free {
            return;
        }
        let message = format!("version {} is frozen already", chosen.value);
        let hint = format!("remove `number`; the next version is {next}");
        let said = rules::NUMBER_TAKEN.at(chosen.span, message);
        sink.report(said.hint(hint));
    }
    version.number = Located::new(next.to_string(), version.date.span);
}

/// The working draft follows the last version.
fn stale_date(version: &Version, last: Option<civil::Date>, sink: &mut Sink) {
    if let (Date::Day(day), Some(last)) = (&version.date.value, last)
        && *day < last
    {
        let message = format!("the text is dated {day}, before the last frozen version, {last}");
        let said = rules::STALE_DATE.at(version.date.span, message);
        sink.report(said.hint(format!("write {last} or a later day")));
    }
}

/// Applies the arguments of a release to the version.
fn bear(version: &mut Version, details: &ReleaseDetails) {
    let place = version.date.span;
    let line = |text: &String| Located::new(text.clone(), place);
    version.status = details.status;
    version.number = line(&details.number.to_string());
    version.date = Located::new(Date::Day(details.date), place);
    version.body = details.body.as_ref().map(|name| Reference {
        target: Id::new(Kind::Body, name.as_str()).to_string(),
        span: place,
    });
    // A value that equals that of the sources keeps its span.
    let over = |said: &Option<String>, own: &mut Option<Located<String>>| match said {
        Some(said) if own.as_ref().is_none_or(|own| own.value != *said) => *own = Some(line(said)),
        _ => {}
    };
    over(&details.case, &mut version.case);
    over(&details.note, &mut version.note);
}

/// The manifest of the version that the strategy is in, without what comes of freezing it.
fn manifest(strategy: &Strategy, sources: &Sources, state: &BuildState) -> Manifest {
    let details = match state {
        BuildState::Frozen(details) => Some(details),
        BuildState::Written | BuildState::As(_) => None,
    };
    let version = &strategy.version;
    let text = |value: &Option<Located<String>>| value.as_ref().map(|value| composed(value));
    let body = version.body.as_ref().and_then(Reference::id);
    let round = details.and_then(|details| details.round.as_ref());
    let previous = strategy.releases.last();
    let files = sources.iter().map(|(_, file)| file);
    let files = files.filter(|file| is_source(&file.path));
    let files = files.map(|file| FileDigest {
        path: file.path.clone(),
        sha256: file.sha256.clone(),
    });
    let mut sources: Vec<_> = files.collect();
    // The digest depends on this order, which must never change.
    sources.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Manifest {
        number: version.number.value.clone(),
        status: version.status,
        date: composed(&version.date.for_machines()),
        body_name: body.as_ref().map(|id| name_of(&strategy.bodies, id)),
        body: body.map(|id| id.name),
        case: text(&version.case),
        note: text(&version.note),
        decisions: (version.decisions.iter())
            .filter_map(|decision| decided(decision, &strategy.bodies))
            .collect(),
        sent_out: details.is_some_and(|details| details.sent_out),
        round: round.map(|round| Round {
            needed: round.needed,
            by: composed(&round.by),
            reason: composed(&round.reason),
        }),
        previous: previous.map(|last| Previous {
            number: last.manifest.number.clone(),
            seal: last.seal.clone(),
        }),
        sources,
        ..Manifest::default()
    }
}

fn name_of(bodies: &[Named], id: &Id) -> String {
    let named = bodies.iter().find(|body| body.id == *id);
    named.map_or_else(|| id.name.clone(), |body| composed(&body.name))
}

/// A decision as a manifest keeps it; none if its date is no day, which `course` reports.
fn decided(decision: &Decision, bodies: &[Named]) -> Option<Decided> {
    let Date::Day(date) = decision.date.value else {
        return None;
    };
    let id = decision.body.id()?;
    let name = name_of(bodies, &id);
    Some(Decided {
        body: id.name,
        body_name: name,
        date,
        case: composed(&decision.case),
        text: composed(&decision.text),
        vote: decision.vote.as_ref().map(|vote| composed(vote)),
    })
}
