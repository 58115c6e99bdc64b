//! Versions: the state that a document is in, and the states that were frozen before it.

use super::{Date, Located, Reference};
use crate::files::Span;
use jiff::civil;
use std::fmt;

/// Where a version is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Working draft, not sent out.
    Working,
    /// First whole draft.
    FirstDraft,
    /// Draft before a body.
    Draft,
    /// Draft out on consultation.
    Consultation,
    /// Text put to the representative council.
    Proposed,
    /// Adopted; may not change any more.
    Adopted,
    /// Replaced by a later one.
    Superseded,
}

impl Status {
    /// Every status with its word in the sources, in the order of a life.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Working, "working"),
        (Self::FirstDraft, "first_draft"),
        (Self::Draft, "draft"),
        (Self::Consultation, "consultation"),
        (Self::Proposed, "proposed"),
        (Self::Adopted, "adopted"),
        (Self::Superseded, "superseded"),
    ];

    /// Whether the text may still change before it is adopted.
    pub const fn is_draft(self) -> bool {
        !matches!(self, Self::Adopted | Self::Superseded)
    }

    /// The word in the sources and in files for machines.
    pub fn as_str(self) -> &'static str {
        let found = Self::ALL.iter().find(|(status, _)| *status == self);
        found.expect("every status is listed").1
    }

    /// The status that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known)| *known == word);
        found.map(|(status, _)| *status)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The number of a version: 0.1, 0.2 … until the strategy is adopted as 1.0, then 1.1, 1.2 …
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    /// Counts adoptions of a whole strategy: 0 before the first.
    pub major: u32,
    /// Counts versions since.
    pub minor: u32,
}

impl Number {
    /// The number of the first draft of all.
    pub const FIRST: Self = Self { major: 0, minor: 1 };

    /// The most that either part can be: no strategy has so many versions, and there is always a next.
    const MOST: u32 = 9_999;

    /// Whether this number may follow `last`: the next one or a later one of the same count of
    /// adoptions, or the first of the next count.
    pub fn may_follow(self, last: Option<Self>) -> bool {
        let last = last.unwrap_or(Self { major: 0, minor: 0 });
        let next = Self {
            major: last.major + 1,
            minor: 0,
        };
        self > last && (self.major == last.major || self == next)
    }

    /// Reads `0.4`; `None` unless it is written as it would be printed.
    pub fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.split_once('.')?;
        let number = Self {
            major: major.parse().ok()?,
            minor: minor.parse().ok()?,
        };
        let possible = number.major <= Self::MOST && number.minor <= Self::MOST;
        (possible && number.to_string() == text).then_some(number)
    }

    /// The number that follows `last` when a version gets this status.
    pub fn after(last: Option<Self>, status: Status) -> Self {
        let last = last.unwrap_or(Self { major: 0, minor: 0 });
        match last.major == 0 && !status.is_draft() {
            true => Self { major: 1, minor: 0 },
            false => Self {
                major: last.major,
                minor: last.minor.saturating_add(1),
            },
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// Number, status and date of a state of the strategy.
#[derive(Debug, Clone)]
pub struct Version {
    /// The number that the council has chosen for it, if it has.
    pub chosen: Option<Located<String>>,
    /// Two numbers with a point: the chosen one, or the one that is next.
    pub number: Located<String>,
    /// Where it is in its life.
    pub status: Status,
    /// The day that it is dated.
    pub date: Located<Date>,
    /// The body that it is put before, if it was frozen for one.
    pub body: Option<Reference>,
    /// A word on this version.
    pub note: Option<Located<String>>,
    /// Meeting or case that it belongs to: free text, never read as a number.
    pub case: Option<Located<String>>,
    /// What is uncertain about number or date, if anything.
    pub uncertain: Option<Located<String>>,
    /// What was decided of it (*vedtak*); more than one where several bodies decide.
    pub decisions: Vec<Decision>,
    /// Whether it is sent out for others to speak on.
    pub sent_out: bool,
    /// Whether a new round of consultation is needed, if a person has said so.
    pub round: Option<Round>,
    /// SHA-256 of all that makes this version, in lower-case hexadecimal digits. Empty until the
    /// pipeline has settled it.
    pub digest: String,
}

/// How many digits of a digest a document prints. People compare these by eye, and nobody makes two
/// versions by chance that share them: they are 48 bits.
const SHORT_DIGEST: usize = 12;

/// The beginning of a digest, as documents print it.
pub fn short_digest(digest: &str) -> &str {
    digest.get(..SHORT_DIGEST).unwrap_or(digest)
}

/// What a body has decided (*vedtak*).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The body.
    pub body: Reference,
    /// The day.
    pub date: Located<Date>,
    /// The case, as the body names it.
    pub case: Located<String>,
    /// What it decided, word for word.
    pub text: Located<String>,
    /// How it voted, as the minutes say it.
    pub vote: Option<Located<String>>,
    /// Where the decision was written.
    pub span: Span,
}

/// What a person says of a version that follows one which was sent out: whether those who were asked
/// must be asked again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Whether a new round is needed.
    pub needed: bool,
    /// Who says so.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A frozen version, as its manifest tells of it.
#[derive(Debug, Clone)]
pub struct Release {
    /// Its number.
    pub number: Number,
    /// Its status.
    pub status: Status,
    /// The day that it is dated.
    pub date: civil::Date,
    /// The body that it was put before: an id without `body/`, and its name at that time.
    pub body: Option<(String, String)>,
    /// The case.
    pub case: Option<String>,
    /// A word on it; the reason, where the status went backwards.
    pub note: Option<String>,
    /// What was decided of it.
    pub decisions: Vec<Decided>,
    /// Whether it was sent out for others to speak on.
    pub sent_out: bool,
    /// Whether a new round was needed, if that was asked.
    pub round: Option<Round>,
    /// The version of the program that froze it.
    pub program: String,
    /// SHA-256 of all that makes the version; what its pages print the beginning of.
    pub digest: String,
    /// The version before it, and the seal of its manifest.
    pub previous: Option<(Number, String)>,
    /// The seal of its own manifest.
    pub seal: String,
    /// Paths of its sources with the SHA-256 of their bytes.
    pub sources: Vec<(String, String)>,
    /// Names of its outputs with the SHA-256 of their bytes.
    pub outputs: Vec<(String, String)>,
    /// Its manifest.
    pub span: Span,
}

/// A decision, as a manifest keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The body: an id without `body/`, and its name at that time.
    pub body: (String, String),
    /// The day.
    pub date: civil::Date,
    /// The case.
    pub case: String,
    /// What was decided.
    pub text: String,
    /// How the body voted.
    pub vote: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_count_from_0_1_and_adoption_makes_1_0() {
        let next = |last: Option<&str>, status| {
            let last = last.map(|last| Number::parse(last).expect("it is one"));
            Number::after(last, status).to_string()
        };
        assert_eq!(next(None, Status::Working), "0.1");
        assert_eq!(next(None, Status::Adopted), "1.0");
        assert_eq!(next(Some("0.9"), Status::Draft), "0.10");
        assert_eq!(next(Some("0.10"), Status::Adopted), "1.0");
        assert_eq!(next(Some("1.0"), Status::Working), "1.1");
        assert_eq!(next(Some("1.1"), Status::Adopted), "1.2");
    }

    #[test]
    fn a_number_is_read_only_as_it_is_printed() {
        for text in ["0.4", "1.0", "0.10"] {
            let number = Number::parse(text);
            assert_eq!(number.map(|n| n.to_string()).as_deref(), Some(text));
        }
        for text in [
            "",
            "1",
            "01.0",
            "1.00",
            "1.0.0",
            " 1.0",
            "+1.0",
            "1,0",
            "99999999999.0",
        ] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert!(Number::parse("0.9") < Number::parse("0.10"));
    }
}
