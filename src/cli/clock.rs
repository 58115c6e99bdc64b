//! The day that it is.

use super::Failure;
use super::build::source_date_epoch;
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
    Ok(moment.date())
}
