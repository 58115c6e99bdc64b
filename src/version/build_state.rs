//! The state in which a strategy is built.

use crate::model::{Number, Release, Round, Status};
use jiff::civil;

/// The state that a build is of.
#[derive(Debug, Clone, Default)]
pub enum BuildState {
    /// As written in `strategy.toml`.
    #[default]
    Written,
    /// As if the version had this status.
    As(Status),
    /// As frozen, or as it will be frozen.
    Frozen(Box<ReleaseDetails>),
}

/// The details of a version from the arguments of `release`; the rest is in the sources.
#[derive(Debug, Clone)]
pub struct ReleaseDetails {
    /// The number.
    pub number: Number,
    /// The status.
    pub status: Status,
    /// The date.
    pub date: civil::Date,
    /// The body that it is submitted to: its id without `body/`.
    pub body: Option<String>,
    /// The case; without one, that of the sources.
    pub case: Option<String>,
    /// The note; without one, that of the sources.
    pub note: Option<String>,
    /// Whether it is circulated for comment.
    pub sent_out: bool,
    /// Whether a new round is needed.
    pub round: Option<Round>,
}

impl From<&Release> for ReleaseDetails {
    fn from(release: &Release) -> Self {
        Self {
            number: release.number,
            status: release.status,
            date: release.date,
            body: release.body.clone(),
            case: release.case.clone(),
            note: release.note.clone(),
            sent_out: release.sent_out,
            round: release.round.clone(),
        }
    }
}
