//! Dates: a day, an ISO week, or words that cannot be read as a date.

use jiff::civil::{self, ISOWeekDate, Weekday};
use std::fmt;
use std::ops::RangeInclusive;

/// The years that a strategy, its plan and its sources can speak of. The local self-government
/// of Norway is of 1837, and calendars of other centuries would need other rules.
pub const YEARS: RangeInclusive<i16> = 1800..=2200;

/// When something happened or will happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Date {
    /// A day.
    Day(civil::Date),
    /// A week.
    Week(Week),
    /// What stands in the original, kept as it is, and why it cannot be read as a date.
    Literal {
        /// The words of the original.
        text: String,
        /// Why they are uncertain.
        uncertain: String,
    },
}

impl Date {
    /// The date as it stands in files for machines: `2025-04-11`, `2025-W15`, or the words of the
    /// original.
    pub fn for_machines(&self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Week(week) => week.to_string(),
            Self::Literal { text, .. } => text.clone(),
        }
    }
}

/// A week of ISO 8601: Monday first, week 1 has the year's first Thursday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Week {
    /// The year that the week belongs to.
    pub year: i16,
    /// From 1 to 52 or 53.
    pub week: i8,
}

impl Week {
    /// The week, or `None` if the year has no such week or is not one of [`YEARS`].
    pub fn new(year: i16, week: i8) -> Option<Self> {
        if !YEARS.contains(&year) {
            return None;
        }
        ISOWeekDate::new(year, week, Weekday::Monday).ok()?;
        Some(Self { year, week })
    }

    /// The week of a day, or `None` if its year is not one of [`YEARS`].
    pub fn of(day: civil::Date) -> Option<Self> {
        let week = day.iso_week_date();
        Self::new(week.year(), week.week())
    }

    /// How many weeks a year has: 52 or 53.
    pub fn count(year: i16) -> i8 {
        if Self::new(year, 53).is_some() {
            53
        } else {
            52
        }
    }

    /// The Monday of the week.
    pub fn monday(self) -> civil::Date {
        let monday = ISOWeekDate::new(self.year, self.week, Weekday::Monday);
        monday.expect("a week is checked when it is made").date()
    }

    /// The Sunday of the week.
    pub fn sunday(self) -> civil::Date {
        let sunday = ISOWeekDate::new(self.year, self.week, Weekday::Sunday);
        sunday.expect("a week is checked when it is made").date()
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-W{:02}", self.year, self.week)
    }
}

/// A span of whole weeks, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weeks {
    /// The first week.
    pub first: Week,
    /// The last week; the same as the first for a single one.
    pub last: Week,
}

impl Weeks {
    /// Whether a day falls in them.
    pub fn contain(self, day: civil::Date) -> bool {
        self.first.monday() <= day && day <= self.last.sunday()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_2026_has_53_weeks_and_2025_has_52() {
        assert_eq!((Week::count(2025), Week::count(2026)), (52, 53));
        assert_eq!(Week::new(2025, 53), None);
    }

    #[test]
    fn every_week_of_every_year_has_a_monday_and_a_sunday() {
        for year in YEARS {
            for week in 1..=Week::count(year) {
                let week = Week::new(year, week).expect("the week exists");
                assert!(week.monday() < week.sunday(), "{week}");
            }
        }
        assert_eq!(Week::new(9999, 52), None);
    }

    #[test]
    fn days_around_new_year_are_in_the_week_of_their_thursday() {
        let week =
            |year, month, day| Week::of(civil::date(year, month, day)).map(|w| w.to_string());
        assert_eq!(week(2027, 1, 3).as_deref(), Some("2026-W53"));
        assert_eq!(week(2024, 12, 30).as_deref(), Some("2025-W01"));
        assert_eq!(week(9999, 12, 31), None);
    }

    #[test]
    fn week_15_of_2025_runs_from_7_to_13_april() {
        let week = Week::new(2025, 15).expect("the week exists");
        assert_eq!(week.monday().to_string(), "2025-04-07");
        assert_eq!(week.sunday().to_string(), "2025-04-13");
    }
}
