//! Brings a strategy into the state that is built.

use super::manifest::{Head, digest_of};
use crate::files::Sources;
use crate::model::{Date, Id, Kind, Located, Number, Reference, Round, Status, Strategy};
use jiff::civil;

/// The state that a build is of.
#[derive(Debug, Clone, Default)]
pub enum State {
    /// As `strategy.toml` says.
    #[default]
    Written,
    /// As it would be with this status.
    As(Status),
    /// As it was frozen, or is to be.
    Frozen(Box<Stamp>),
}

/// What a release says of a version; the sources say the rest.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// The number.
    pub number: Number,
    /// The status.
    pub status: Status,
    /// The day that it is dated.
    pub date: civil::Date,
    /// The body that it is put before: its id without `body/`.
    pub body: Option<String>,
    /// The case.
    pub case: Option<String>,
    /// A word on it.
    pub note: Option<String>,
    /// Whether it is sent out for others to speak on.
    pub sent_out: bool,
    /// Whether a new round is needed.
    pub round: Option<Round>,
}

/// Settles number, status and date of the strategy by `state`, and the digest of it all.
pub fn settle(strategy: &mut Strategy, sources: &Sources, state: &State) {
    let last = strategy.releases.last().map(|release| release.number);
    let place = strategy.version.date.span;
    let version = &mut strategy.version;
    match state {
        State::Written => {}
        State::As(status) => version.status = *status,
        State::Frozen(stamp) => {
            let line = |text: &String| Located::new(text.clone(), place);
            version.status = stamp.status;
            version.number = line(&stamp.number.to_string());
            version.date = Located::new(Date::Day(stamp.date), place);
            version.body = stamp.body.as_ref().map(|name| Reference {
                target: Id::new(Kind::Body, name.as_str()).to_string(),
                span: place,
            });
            version.case = stamp.case.as_ref().map(line).or(version.case.take());
            version.note = stamp.note.as_ref().map(line).or(version.note.take());
            version.round.clone_from(&stamp.round);
        }
    }
    if !matches!(state, State::Frozen(_)) && version.chosen.is_none() {
        let next = Number::after(last, version.status);
        version.number = Located::new(next.to_string(), place);
    }
    let head = head(strategy, sources, state);
    strategy.version.digest = digest_of(&head);
}

/// What makes the version that the strategy is in.
pub(super) fn head(strategy: &Strategy, sources: &Sources, state: &State) -> Head {
    let version = &strategy.version;
    let text = |value: &Option<Located<String>>| value.as_ref().map(|value| value.value.clone());
    let body = version.body.as_ref().and_then(Reference::id).map(|id| {
        let named = strategy.bodies.iter().find(|body| body.id == id);
        let name = named.map_or_else(|| id.name.clone(), |body| body.name.value.clone());
        (id.name, name)
    });
    let previous = strategy.releases.last();
    let files = sources.iter().map(|(_, file)| file);
    let files = files.filter(|file| !file.path.starts_with("versions/"));
    Head {
        number: version.number.value.clone(),
        status: version.status.as_str(),
        date: match &version.date.value {
            Date::Day(day) => day.to_string(),
            Date::Week(week) => week.to_string(),
            Date::Literal { text, .. } => text.clone(),
        },
        body,
        case: text(&version.case),
        note: text(&version.note),
        sent_out: matches!(state, State::Frozen(stamp) if stamp.sent_out),
        round: version.round.clone(),
        previous: previous.map(|last| (last.number, last.seal.clone())),
        sources: files
            .map(|file| (file.path.clone(), file.sha256.clone()))
            .collect(),
    }
}
