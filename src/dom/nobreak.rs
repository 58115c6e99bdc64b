//! Places at which a line must not end, although UAX #14 allows it.
//!
//! The rules are those of Norwegian writing: a number stays with its unit, a day with its month, an
//! initial with its name. Layout asks [`forbids`] at every place that UAX #14 allows, and the page
//! marks the places for browsers. Neither changes a character, so the rules also apply to verbatim
//! text. In the council's own text, spaces at these places become no-break spaces.

use crate::language::NumberWords;
use crate::steps;

/// Signs that belong to the number after them. Words are in the file of each language.
const BEFORE_NUMBER: [&str; 2] = ["§", "§§"];

/// Signs and units that belong to the number before them.
const AFTER_NUMBER: [&str; 16] = [
    "%", "‰", "°C", "km", "m", "cm", "mm", "km²", "m²", "kg", "g", "t", "kWh", "MW", "GWh", "min",
];

/// Bytes of a word that the rules look at; none of them is about a longer one.
const LONGEST: usize = 64;

/// Letters that the page keeps together at most: what is longer must be able to break on a phone, in
/// a heading whose letters the reader has spaced out.
pub const LONGEST_KEPT: usize = 15;

/// Whether a line may not end before byte `at` of the text, where the standard allows it.
pub fn forbids(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let trimmed = before.trim_end_matches(' ');
    steps::count(1 + before.len() - trimmed.len());
    let next = word_at_start(after);
    if trimmed.len() < before.len() {
        let previous = word_at_end(trimmed);
        return forbids_between(previous, next, trimmed, after);
    }
    forbids_inside(word_at_end(before), next)
}

/// At a space between two words.
fn forbids_between(previous: &str, next: &str, before: &str, after: &str) -> bool {
    let previous = previous.trim_start_matches(['«', '(', '[', '"', '“', '‘']);
    let bare_next = next.trim_end_matches(['.', ',', ';', ':', ')', '»', '!', '?', '’', ']']);
    let number_before = previous.ends_with(|c: char| c.is_ascii_digit());
    let number_after = next.starts_with(|c: char| c.is_ascii_digit());
    // The dash of a pause stays at the end of a line; so does what an ellipsis leaves out.
    if matches!(next, "–" | "—" | "…") || next.starts_with('…') {
        return true;
    }
    if number_after {
        let lower = previous.to_lowercase();
        let is_known = BEFORE_NUMBER.contains(&previous);
        if is_known || NumberWords::any(|words| words.before, &lower) {
            return true;
        }
        // «10 000»: groups of three figures.
        let digits = bare_next.chars().take_while(char::is_ascii_digit).count();
        let group = digits == 3 && bare_next.len() == 3;
        let short = previous.len() <= 3 && previous.bytes().all(|b| b.is_ascii_digit());
        if number_before && group && (short || previous.len() == 3) {
            return true;
        }
        // «3 av 24»: between «av» and the second number.
        if NumberWords::any(|words| words.of, previous) {
            let head = before[..before.len() - previous.len()].trim_end();
            return head.ends_with(|c: char| c.is_ascii_digit());
        }
    }
    if number_before {
        let is_unit =
            |word| AFTER_NUMBER.contains(&word) || NumberWords::any(|words| words.after, word);
        if is_unit(next) || is_unit(bare_next) {
            return true;
        }
        if NumberWords::any(|words| words.of, next) {
            let rest = after[next.len()..].trim_start();
            return rest.starts_with(|c: char| c.is_ascii_digit());
        }
    }
    // «11. april», «3.–6. juni», «1. utkast»: an ordinal and what it counts.
    if let Some(number) = previous.strip_suffix('.') {
        let ordinal = number.ends_with(|c: char| c.is_ascii_digit())
            && number
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '.' | '–'));
        if ordinal && next.starts_with(char::is_lowercase) {
            return true;
        }
    }
    // «Kari N.», «N. Hansen», «Solveig B.C.»
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    (is_initials(bare_next_with_point(next)) && capital(previous))
        || (is_initials(previous) && capital(next))
}

/// The next word without marks that may follow an initial's point.
fn bare_next_with_point(next: &str) -> &str {
    next.trim_end_matches([',', ';', ':', ')', '»', ']'])
}

fn is_initials(word: &str) -> bool {
    let mut letters = 0;
    let mut chars = word.chars();
    while let Some(letter) = chars.next() {
        if !letter.is_uppercase() || chars.next() != Some('.') {
            return false;
        }
        letters += 1;
    }
    (1..=3).contains(&letters)
}

/// Inside a word, after a hyphen, dash or slash.
fn forbids_inside(before: &str, after: &str) -> bool {
    let Some(mark) = before.chars().next_back() else {
        return false;
    };
    let head = &before[..before.len() - mark.len_utf8()];
    let digit_before = head.ends_with(|c: char| c.is_ascii_digit() || c == '.');
    let digit_after = after.starts_with(|c: char| c.is_ascii_digit());
    let letters = |word: &str| word.chars().take_while(|c| c.is_alphanumeric()).count();
    let tail = head
        .chars()
        .rev()
        .take_while(|c| c.is_alphanumeric())
        .count();
    match mark {
        // «10–20», «2026–2029», «3.–6.»
        '–' | '-' if digit_before || digit_after => true,
        // «KS-en», «e-post»: a letter or two alone on a line help nobody.
        '-' => letters(after) <= 2 || tail <= 1,
        // «A/S», «24/7»
        '/' => letters(after) <= 2 || tail <= 2,
        _ => false,
    }
}

fn word_at_end(text: &str) -> &str {
    let text = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    let from = text.rfind([' ', '\n', '\u{a0}']).map_or(0, |i| {
        i + text[i..].chars().next().map_or(1, char::len_utf8)
    });
    &text[from..]
}

fn word_at_start(text: &str) -> &str {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    &text[..text.find([' ', '\n', '\u{a0}']).unwrap_or(text.len())]
}

/// Whether a word is an address on the web, which is divided by rules of its own.
pub fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains("www.")
}

/// The places at which an address may be divided without a hyphen: after a slash, and before a
/// hyphen, point or question mark, so that none of them looks like part of the sentence.
pub fn address_points(word: &str) -> Vec<usize> {
    let mut points = Vec::new();
    let bytes = word.as_bytes();
    for at in 1..bytes.len() {
        let (before, here) = (bytes[at - 1], bytes[at]);
        let after_slash = before == b'/' && here != b'/';
        let before_mark = matches!(here, b'-' | b'.' | b'?' | b'&' | b'_')
            && before.is_ascii_alphanumeric()
            && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        // The scheme and its slashes stay with the host.
        if (after_slash && !word[..at].ends_with("://")) || (before_mark && at > 12) {
            points.push(at);
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `|` where a line may not end, though a space or the standard suggests it.
    fn kept(text: &str) -> Vec<&str> {
        unicode_linebreak::linebreaks(text)
            .filter(|&(at, _)| at < text.len() && forbids(text, at))
            .map(|(at, _)| text[at..].split(' ').next().unwrap_or_default())
            .collect()
    }

    #[test]
    fn numbers_stay_with_what_they_count() {
        assert_eq!(kept("i uke 9 og på side 3"), ["9", "3"]);
        assert_eq!(
            kept("kl. 10.00, kr 500 og 30 % eller 5 km."),
            ["10.00,", "500", "%", "km."]
        );
        assert_eq!(kept("Side 3 av 24"), ["3", "av", "24"]);
        assert_eq!(kept("etter § 18-4 i loven"), ["18-4"]);
        assert_eq!(kept("om lag 10 000 innbyggere"), ["000"]);
    }

    #[test]
    fn days_stay_with_their_month_and_ordinals_with_their_noun() {
        assert_eq!(kept("den 11. april kom 1. utkast"), ["april", "utkast"]);
        assert_eq!(kept("Det var i 2025. Siden"), Vec::<&str>::new());
    }

    #[test]
    fn initials_stay_with_their_names() {
        assert_eq!(kept("takk til Kari N. og Solveig B.C. for"), ["N.", "B.C."]);
    }

    #[test]
    fn ranges_are_not_broken_after_the_dash() {
        assert_eq!(kept("uke 10–20"), ["10–20", "20"]);
    }

    #[test]
    fn the_dash_of_a_pause_ends_a_line() {
        assert_eq!(kept("strategi – status"), ["–"]);
    }

    #[test]
    fn addresses_are_divided_after_slashes_and_before_hyphens() {
        let address = "https://www.moss-kommune.no/rad-og-utval";
        let points = address_points(address);
        let parts: Vec<_> = points.iter().map(|&p| &address[p..]).collect();
        assert_eq!(
            parts,
            [
                "-kommune.no/rad-og-utval",
                ".no/rad-og-utval",
                "rad-og-utval",
                "-og-utval",
                "-utval"
            ]
        );
    }
}
