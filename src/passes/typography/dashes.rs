//! Hyphens used as dashes, and full stops used as an ellipsis.
//!
//! A hyphen between numbers marks a range only beside certain words (weeks, pages, days) or between years.
//! «sak 5-25», «§ 18-4», telephone numbers and dates keep the hyphen.

use super::{BREAK, Edit};
use crate::language::NumberWords;
use crate::steps;

const EN_DASH: &str = "–";

/// Signs before the numbers of laws, which are no range.
const NO_RANGE: [&str; 2] = ["§", "§§"];

/// Years that a range may run between.
const YEARS: std::ops::RangeInclusive<u32> = 1700..=2199;

/// `...` → `…`
pub(super) fn ellipses(text: &str) -> Vec<Edit> {
    let runs = runs(text, '.').filter(|(_, length)| *length == 3);
    let edits = runs.map(|(at, length)| Edit {
        at: at..at + length,
        with: "…",
    });
    edits.collect()
}

/// ` - ` and ` -- ` → ` – `; between numbers it may be a minus.
pub(super) fn pauses(text: &str) -> Vec<Edit> {
    let runs = runs(text, '-').filter(|&(at, length)| {
        let (before, after) = (&text[..at], &text[at + length..]);
        let (head, tail) = (trim_end(before), trim_start(after));
        let spaced = head.len() < before.len() && tail.len() < after.len();
        let ends = head.chars().next_back().zip(tail.chars().next());
        let words = ends.is_some_and(|(a, b)| {
            a != BREAK && b != BREAK && !(a.is_ascii_digit() && b.is_ascii_digit())
        });
        spaced && words && length <= 2
    });
    let edits = runs.map(|(at, length)| Edit {
        at: at..at + length,
        with: EN_DASH,
    });
    edits.collect()
}

/// The runs of a sign of one byte: start and length.
fn runs(text: &str, sign: char) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(sign)?;
        let length = text[start..].chars().take_while(|&c| c == sign).count();
        steps::count(start + length - at);
        at = start + length;
        Some((start, length))
    })
}

/// Hyphens between the ends of a range, with the spaces around them.
pub(super) fn ranges(text: &str) -> Vec<Edit> {
    let hyphens = runs(text, '-').filter(|(_, length)| *length == 1);
    let edits = hyphens.filter_map(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let (head, tail) = (trim_end(before), trim_start(after));
        // With a space on one side only it is no range.
        if (head.len() < before.len()) != (tail.len() < after.len()) || !is_range(head, tail) {
            return None;
        }
        Some(Edit {
            at: head.len()..text.len() - tail.len(),
            with: EN_DASH,
        })
    });
    edits.collect()
}

fn is_range(before: &str, after: &str) -> bool {
    let (first, first_point) = number_at_end(before);
    let (second, second_point, rest) = number_at_start(after);
    if second.is_empty() {
        return false;
    }
    let next = first_word(rest);
    let next_is_month = is_month(&next);
    let is_day = |digits: &str| (1..=2).contains(&digits.len());
    if first.is_empty() {
        // «24. februar-11. mai»
        let day = is_day(second) && second_point && next_is_month;
        return day && is_month(&last_word(before));
    }
    let head = &before[..before.len() - first.len() - usize::from(first_point)];
    if !is_bare(head, rest) {
        return false;
    }
    if is_day(first) && is_day(second) && first_point == second_point && next_is_month {
        return true;
    }
    if first_point {
        return false;
    }
    let previous = match head.ends_with(char::is_whitespace) {
        true => last_word(head),
        false => String::new(),
    };
    let mut no_range = NumberWords::all(|words| words.no_range_after).chain(NO_RANGE);
    if no_range.any(|word| previous.ends_with(word)) {
        return false;
    }
    let short = first.len() <= 4 && second.len() <= 4;
    let year = |digits: &str| digits.parse().ok().filter(|year| YEARS.contains(year));
    let years = year(first).zip(year(second)).is_some_and(|(a, b)| a < b);
    let counted = !second_point && NumberWords::any(|words| words.range_before, &next);
    short && (years || counted || NumberWords::any(|words| words.range_after, &previous))
}

fn is_month(word: &str) -> bool {
    NumberWords::any(|words| words.months, word)
}

/// Whether two numbers with a hyphen between them are no part of something longer, such as a date.
fn is_bare(before: &str, after: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '–' | '/' | ':' | '.' | ',');
    let mut after = after.chars();
    let longer = match after.next() {
        Some('.' | ',' | ':') => after.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric() || matches!(c, '-' | '–' | '/' | '@' | '_'),
        None => false,
    };
    !before.ends_with(joins) && !longer
}

/// The number that a text ends with, and whether a point follows it.
fn number_at_end(text: &str) -> (&str, bool) {
    let bare = text.strip_suffix('.').unwrap_or(text);
    let head = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    (&bare[head.len()..], bare.len() < text.len())
}

/// The number that a text begins with, whether its point follows, and the rest.
fn number_at_start(text: &str) -> (&str, bool, &str) {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &text[..text.len() - rest.len()];
    match rest.strip_prefix('.') {
        Some(bare) if bare.starts_with(char::is_whitespace) => (number, true, bare),
        _ => (number, false, rest),
    }
}

/// The next word in small letters, if there is a space before it.
fn first_word(text: &str) -> String {
    let tail = trim_start(text);
    if tail.len() == text.len() {
        return String::new();
    }
    let word = tail.split(char::is_whitespace).next().unwrap_or_default();
    steps::count(word.len());
    let bare = word.trim_end_matches([',', ';', ':', ')', '»', '!', '?', '’', ']', '"']);
    let lower = bare.to_lowercase();
    match is_month(&lower) {
        true => lower,
        false => lower.trim_end_matches('.').to_owned(),
    }
}

/// The last word in small letters, without the marks that open it.
fn last_word(text: &str) -> String {
    let word = trim_end(text).rsplit(char::is_whitespace).next();
    let word = word.unwrap_or_default();
    steps::count(word.len());
    let bare = word.trim_start_matches(['«', '(', '[', '"', '“', '‘', '\'']);
    bare.to_lowercase()
}

fn trim_end(text: &str) -> &str {
    let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() && c != BREAK);
    steps::count(text.len() - trimmed.len());
    trimmed
}

fn trim_start(text: &str) -> &str {
    let trimmed = text.trim_start_matches(|c: char| c.is_whitespace() && c != BREAK);
    steps::count(text.len() - trimmed.len());
    trimmed
}
