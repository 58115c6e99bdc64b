//! Today, and days on the command line.

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

/// Parses a day from the command line.
pub(super) fn day(text: &str) -> Result<Date, String> {
    let day = text.parse::<Date>().ok();
    // `parse` accepts a time of day and drops it.
    let Some(day) = day.filter(|day| day.to_string() == text) else {
        return Err("not a date; write it like 2025-04-11".to_owned());
    };
    in_years(day)
}

/// Rejects a day outside the years that a strategy can have.
fn in_years(day: Date) -> Result<Date, String> {
    let (first, last) = (YEARS.start(), YEARS.end());
    match Week::of(day) {
        Some(_) => Ok(day),
        None => Err(format!(
            "the date {day} is outside the years {first} to {last}"
        )),
    }
}
