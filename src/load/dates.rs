//! Reads dates, days and weeks.

use super::file_offset::FileOffset;
use super::format::{DateField, DayField, SpannedValue, WeeksField};
use super::rules;
use crate::diag::{Diagnostic, Sink};
use crate::files::Span;
use crate::model::{Date, Located, Week, Weeks, YEARS};
use jiff::civil;
use toml::Value;

impl FileOffset {
    /// Parses a date. Reports an invalid one and keeps its words.
    pub(super) fn date(self, spanned: SpannedValue<DateField>, sink: &mut Sink) -> Located<Date> {
        let Located { value, span } = self.locate(spanned);
        let date = read_date(&value.0).unwrap_or_else(|none| {
            let (text, said) = none.said(span);
            sink.report(said);
            let uncertain = String::new();
            Date::Literal { text, uncertain }
        });
        Located::new(date, span)
    }

    /// Parses a day; reports weeks and free text.
    pub(super) fn day(
        self,
        spanned: SpannedValue<DayField>,
        sink: &mut Sink,
    ) -> Option<Located<civil::Date>> {
        let Located { value, span } = self.locate(spanned);
        match read_date(&value.0) {
            Ok(Date::Day(day)) => return Some(Located::new(day, span)),
            Ok(_) => {
                let message = "this must be a day";
                let hint = "write it like 2025-04-11, or remove the key until the day is decided";
                sink.report(rules::WRONG_VALUE.at(span, message).hint(hint));
            }
            Err(none) => sink.report(none.said(span).1),
        }
        None
    }

    /// A span of weeks; reports weeks that their year does not have.
    pub(super) fn weeks(
        self,
        spanned: SpannedValue<WeeksField>,
        year: i16,
        sink: &mut Sink,
    ) -> Option<Located<Weeks>> {
        let Located { value, span } = self.locate(spanned);
        let number = |key: &str| value.0.get(key).and_then(Value::as_integer);
        let year = number("year").unwrap_or(year.into());
        let to_year = number("to_year").unwrap_or(year);
        let single = value.0.as_integer();
        let (from, to) = (single.or(number("from"))?, single.or(number("to"))?);
        let mut week = |year: i64, week: i64| {
            let narrow = i16::try_from(year).ok().zip(i8::try_from(week).ok());
            let found = narrow.and_then(|(year, week)| Week::new(year, week));
            if found.is_none() {
                sink.report(no_such_week(year, week, span));
            }
            found
        };
        let first = week(year, from);
        // The same week twice would be reported twice.
        let last = if (to_year, to) == (year, from) {
            first
        } else {
            week(to_year, to)
        };
        let weeks = Weeks {
            first: first?,
            last: last?,
        };
        Some(Located::new(weeks, span))
    }
}

fn no_such_week(year: i64, week: i64, span: Span) -> Diagnostic {
    let message = format!("there is no week {week} in {year}");
    let count = i16::try_from(year).map_or(52, Week::count);
    let hint = format!("{year} has the weeks 1 to {count} (ISO 8601)");
    rules::NO_SUCH_WEEK.at(span, message).hint(hint)
}

/// Words that are no date, and why.
#[derive(Debug)]
enum DateError {
    /// A day or a week of a year that is not one of [`YEARS`].
    Year(String),
    /// A week that its year does not have.
    Week(String, i64, i64),
    /// Neither.
    Neither(String),
}

impl DateError {
    /// The words, and what is said of them.
    fn said(self, span: Span) -> (String, Diagnostic) {
        let (text, message) = match self {
            Self::Week(text, year, week) => return (text, no_such_week(year, week, span)),
            Self::Year(text) => {
                let (first, last) = (YEARS.start(), YEARS.end());
                let message = format!("the date `{text}` is outside the years {first} to {last}");
                (text, message)
            }
            Self::Neither(text) => {
                let message = format!("`{text}` is not a date");
                (text, message)
            }
        };
        let hint = "write a day (`2025-04-11`), a week (`\"2025-W15\"`), or \
                    `{ text = \"…\", uncertain = \"why\" }` for a date that cannot be read";
        (text, rules::BAD_DATE.at(span, message).hint(hint))
    }
}

/// A day, a week or a literal; otherwise the words that are none of these, and what is wrong.
fn read_date(value: &Value) -> Result<Date, DateError> {
    if let Some(table) = value.as_table() {
        let word = |key: &str| table.get(key).and_then(Value::as_str).unwrap_or_default();
        let (text, uncertain) = (word("text").to_owned(), word("uncertain").to_owned());
        return Ok(Date::Literal { text, uncertain });
    }
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let in_years = |year: i64| YEARS.contains(&i16::try_from(year).unwrap_or(i16::MAX));
    let day = text.parse::<civil::Date>().ok();
    // A time of day would be read, and lost.
    if let Some(day) = day.filter(|day| day.to_string() == text) {
        return match in_years(day.year().into()) {
            true => Ok(Date::Day(day)),
            false => Err(DateError::Year(text)),
        };
    }
    let number = |word: &str| word.parse::<u32>().ok().map(i64::from);
    let parts = text.split_once("-W");
    let Some((year, week)) = parts.and_then(|(y, w)| number(y).zip(number(w))) else {
        return Err(DateError::Neither(text));
    };
    if !in_years(year) {
        return Err(DateError::Year(text));
    }
    let narrow = i16::try_from(year).ok().zip(i8::try_from(week).ok());
    match narrow.and_then(|(year, week)| Week::new(year, week)) {
        Some(week) => Ok(Date::Week(week)),
        None => Err(DateError::Week(text, year, week)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_a_day_and_no_more_and_lies_in_the_years_of_strategies() {
        let read = |text: &str| read_date(&Value::String(text.to_owned()));
        assert!(matches!(read("2025-04-11"), Ok(Date::Day(_))));
        assert!(matches!(read("2025-W15"), Ok(Date::Week(_))));
        for wrong in [
            "2025-04-11T10:00:00",
            "20250411",
            "9999-12-31",
            "9999-W52",
            "0900-01-01",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
