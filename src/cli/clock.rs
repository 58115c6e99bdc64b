//! Days: the one that it is, and those that are given.

use super::Failure;
use super::build::source_date_epoch;
use crate::model::{Week, YEARS};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Today: by `SOURCE_DATE_EPOCH` if it is set, in UTC, or else by the clock and the zone of the machine.
pub(super) fn today() -> Result<Date, Failure> {
    let fixed = source_date_epoch()?;
    let fixed = fixed.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let moment = match fixed {
        Some(moment) => TimeZone::UTC.to_datetime(moment),
        None => TimeZone::system().to_datetime(Timestamp::now()),
    };
    in_years(moment.date()).map_err(Failure::new)
}

/// A day from the command line.
pub(super) fn day(text: &str) -> Result<Date, String> {
    let day = text.parse::<Date>().ok();
    // A time of day would be read, and lost.
    let Some(day) = day.filter(|day| day.to_string() == text) else {
        return Err("it is not a day; write it like 2025-04-11".to_owned());
    };
    in_years(day)
}

/// A day of the years that a strategy can speak of.
fn in_years(day: Date) -> Result<Date, String> {
    let (first, last) = (YEARS.start(), YEARS.end());
    match Week::of(day) {
        Some(_) => Ok(day),
        None => Err(format!("{day} is not in the years {first} to {last}")),
    }
}
