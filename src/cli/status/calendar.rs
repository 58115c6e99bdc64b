//! The plan as a calendar (RFC 5545): an event for each step with weeks.
//!
//! It is for the public, so it contains nothing internal. The same sources give the same bytes: the
//! identifier of an event does not depend on its words, and its time stamp is the day of the version.

use super::Failure;
use crate::files::{Sources, sha256_hex};
use crate::model::{Audience, Section, Step, Strategy, Weeks};
use crate::templates::TemplateSet;
use crate::views::{self, StepText};
use jiff::{ToSpan, civil};

/// The most octets of a line, without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// A calendar.
pub(super) struct CalendarFile {
    /// The text, with CRLF at the ends of lines.
    pub(super) text: String,
    /// The ids of the steps that have no weeks, and so no event.
    pub(super) left_out: Vec<String>,
}

/// The plan as a calendar.
///
/// # Errors
/// The plan is internal, or the labels cannot be read.
pub(super) fn render(strategy: &Strategy, sources: &Sources) -> Result<CalendarFile, Failure> {
    if strategy.shown_to(Section::Process) == Audience::Internal {
        let failure = Failure::new("the process plan is internal, and a calendar is public");
        return Err(
            failure.hint("remove `audience = \"internal\"` from the chapter that shows the plan")
        );
    }
    let words = views::plan(strategy, &TemplateSet::of(strategy, sources));
    let words = words.map_err(|_| {
        let failure = Failure::new("the labels of the document cannot be read");
        failure.hint("run `utkast check`")
    })?;
    let steps = strategy.process.iter().flat_map(|plan| &plan.steps);
    let mut calendar = Calendar::default();
    calendar.line("BEGIN", "VCALENDAR");
    calendar.line("VERSION", "2.0");
    calendar.line("PRODID", "-//utkast//process plan//EN");
    calendar.text("X-WR-CALNAME", &one_line(&strategy.title.value));
    let mut left_out = Vec::new();
    for (step, words) in steps.zip(&words) {
        match &step.weeks {
            Some(weeks) => {
                event(&mut calendar, strategy, step, weeks.value, words);
            }
            None => left_out.push(step.id.name.clone()),
        }
    }
    calendar.line("END", "VCALENDAR");
    Ok(CalendarFile {
        text: calendar.0,
        left_out,
    })
}

/// Adds a step as an event; its properties are sorted by name.
fn event(
    calendar: &mut Calendar,
    strategy: &Strategy,
    step: &Step,
    weeks: Weeks,
    words: &StepText,
) {
    // The end is the first day that is no longer a part of the event (RFC 5545, 3.6.1).
    let end = weeks.last.sunday().saturating_add(1.day());
    let details: Vec<_> = words.details.iter().map(|line| one_line(line)).collect();
    calendar.line("BEGIN", "VEVENT");
    calendar.text("DESCRIPTION", &details.join("\n"));
    calendar.line("DTEND;VALUE=DATE", &digits(end));
    // Without a METHOD, the stamp says when the event was last changed (3.8.7.2). The sources know
    // that to the day of the version; the clock would make other bytes each time.
    calendar.line("DTSTAMP", &format!("{}T000000Z", digits(strategy.day())));
    calendar.line("DTSTART;VALUE=DATE", &digits(weeks.first.monday()));
    calendar.text("SUMMARY", &one_line(&words.summary));
    // Nobody is busy for weeks because a step goes on.
    calendar.line("TRANSP", "TRANSPARENT");
    calendar.line("UID", &uid(strategy, step));
    calendar.line("END", "VEVENT");
}

/// A globally unique identifier of the event: a UUID (RFC 7986, 5.3) of version 8, made from a SHA-256
/// (RFC 9562, 5.8) of the council, the period and the id of the step. It stays the same when words,
/// weeks or their order change, so that calendars update the event.
fn uid(strategy: &Strategy, step: &Step) -> String {
    let period = &strategy.period.value;
    let council = &strategy.council.name.value;
    let name = format!(
        "{council}\n{}-{}\n{}",
        period.first, period.last, step.id.name
    );
    let hex = sha256_hex(name.as_bytes());
    let number = u128::from_str_radix(&hex[..32], 16).expect("a digest is hexadecimal");
    let version = number & !(0xf << 76) | 0x8 << 76;
    let hex = format!("{:032x}", version & !(0x3 << 62) | 0x2 << 62);
    let parts = [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ];
    parts.join("-")
}

/// `20250411`.
fn digits(day: civil::Date) -> String {
    day.to_string().replace('-', "")
}

/// A text with its lines joined into one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The content lines of a calendar (RFC 5545, 3.1).
#[derive(Default)]
struct Calendar(String);

impl Calendar {
    /// Adds a line, folded where it is longer than [`LINE`] octets. `name` may carry parameters.
    fn line(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for letter in format!("{name}:{value}").chars() {
            if length + letter.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(letter);
            length += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Adds a line whose value is text, escaped as 3.3.11 wants it.
    fn text(&mut self, name: &str, value: &str) {
        let escaped = value
            .replace('\\', "\\\\")
            .replace(';', "\\;")
            .replace(',', "\\,")
            .replace('\n', "\\n");
        self.line(name, &escaped);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_longer_than_75_octets_and_no_letter_is_cut() {
        for (length, letter) in (60..160).zip(["a", "å", "–"].into_iter().cycle()) {
            let value = letter.repeat(length);
            let mut calendar = Calendar::default();
            calendar.line("X-NAME", &value);
            let longest = calendar.0.split("\r\n").map(str::len).max();
            assert!(longest <= Some(75), "{}", calendar.0);
            let unfolded = calendar.0.replace("\r\n ", "");
            assert_eq!(unfolded, format!("X-NAME:{value}\r\n"));
        }
    }
}
