//! Numbers of versions.

use crate::manifest::Status;
use std::fmt;

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

    /// The most that either part can be: no strategy has so many versions.
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

    /// The number that follows `last` when a version gets this status. It can be read back: after the
    /// highest minor number it is `last` itself, which is taken.
    pub fn after(last: Option<Self>, status: Status) -> Self {
        let last = last.unwrap_or(Self { major: 0, minor: 0 });
        match last.major == 0 && !status.is_draft() {
            true => Self { major: 1, minor: 0 },
            false => Self {
                major: last.major,
                minor: last.minor.saturating_add(1).min(Self::MOST),
            },
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
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
    fn a_next_number_can_be_read_back() {
        for last in [
            None,
            Number::parse("0.9998"),
            Number::parse("0.9999"),
            Number::parse("9999.9999"),
        ] {
            let next = Number::after(last, Status::Draft);
            assert_eq!(Number::parse(&next.to_string()), Some(next), "{last:?}");
        }
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
