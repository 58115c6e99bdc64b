//! The state in which a strategy is built.

use crate::model::{Number, Release, Round, Status};
use jiff::civil;

/// The state that a build is of.
#[derive(Debug, Clone, Default)]
pub enum BuildState {
    /// As `strategy.toml` says.
    #[default]
    Written,
    /// As it would be with this status.
    As(Status),
    /// As it was frozen, or is to be.
    Frozen(Box<ReleaseDetails>),
}

/// The details of a version from the arguments of `release`; the rest is in the sources.
#[derive(Debug, Clone)]
pub struct ReleaseDetails {
    /// The number.
    pub number: Number,
    /// The status.
    pub status: Status,
    /// The day that it is dated.
    pub date: civil::Date,
    /// The body that it is put before: its id without `body/`.
    pub body: Option<String>,
    /// The case; without one, that of the sources.
    pub case: Option<String>,
    /// A word on it; without one, that of the sources.
    pub note: Option<String>,
    /// Whether it is sent out for others to speak on.
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
