//! Breaks text into lines in drawings, because SVG does not.
//!
//! The widths are those of Inter, rounded up. A line that breaks early is better than a line that leaves
//! its box, also when a browser uses another font.

use crate::language::Language;

/// How much wider semibold type is than regular.
pub(super) const BOLD: f64 = 1.05;

/// Letters that stay before a hyphen, and that go to the next line.
const BEFORE: usize = 2;
const AFTER: usize = 3;

/// A text in lines of at most `room`, at a size. A word that is wider than a line is divided as the
/// language divides it.
pub(super) fn break_lines(
    text: &str,
    room: f64,
    size: f64,
    language: &'static Language,
) -> Vec<String> {
    let room = room / size;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split([' ', '\n', '\t']).filter(|w| !w.is_empty()) {
        let fits = |line: &str| width(line) + width(" ") + width(word) <= room;
        match lines.last_mut() {
            Some(line) if fits(line) => {
                line.push(' ');
                line.push_str(word);
            }
            _ if width(word) <= room => lines.push(word.to_owned()),
            _ => divide(word, room, language, &mut lines),
        }
    }
    lines
}

/// Adds a word that is wider than a line; it begins on the last line if a part of it fits there.
fn divide(word: &str, room: f64, language: &'static Language, lines: &mut Vec<String>) {
    let mut line = lines.pop().map_or_else(String::new, |line| line + " ");
    let mut is_begun = false;
    let syllables: Vec<&str> = match language.hyphenation {
        Some(hyphenation) => {
            hypher::hyphenate_bounded(word, hyphenation.patterns, BEFORE, AFTER).collect()
        }
        None => vec![word],
    };
    let mut syllables = syllables.into_iter().peekable();
    while let Some(syllable) = syllables.next() {
        // All but the last need room for a hyphen.
        let hyphen = match syllables.peek() {
            Some(_) => width("-"),
            None => 0.0,
        };
        if !line.is_empty() && width(&line) + width(syllable) + hyphen > room {
            // A hyphen of the word's own is enough.
            if is_begun && !line.ends_with(['-', '–']) {
                line.push('-');
            }
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        is_begun = true;
        // What has no syllables, such as an address, is cut where the line ends.
        for letter in syllable.chars() {
            let mut letters = [0; 4];
            if !line.is_empty() && width(&line) + width(letter.encode_utf8(&mut letters)) > room {
                lines.push(std::mem::take(&mut line));
            }
            line.push(letter);
        }
    }
    lines.push(line);
}

/// The width of a text in regular type, in sizes of type.
pub(super) fn width(text: &str) -> f64 {
    text.chars().map(advance).sum()
}

fn advance(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.29,
        ' ' | '\u{a0}' => 0.28,
        'f' | 'r' | 't' | '(' | ')' | '/' => 0.39,
        's' | 'c' | 'k' | 'v' | 'x' | 'y' | 'z' | '-' => 0.57,
        'm' | 'w' | 'æ' | 'M' | 'W' | 'Æ' | '%' | '—' | '…' => 0.98,
        'a'..='z' | 'å' | 'ø' | '0'..='9' => 0.63,
        'G' | 'H' | 'N' | 'O' | 'Q' | 'U' | 'C' | 'D' | 'Ø' => 0.78,
        'A'..='Z' | 'Å' => 0.7,
        _ => 0.66,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::testing::language;

    fn lines(text: &str, room: f64) -> Vec<String> {
        break_lines(text, room, 10.0, language("nb"))
    }

    #[test]
    fn a_text_is_broken_between_words_and_a_long_word_at_a_syllable() {
        let text = "Felles ruteplan for buss";
        assert_eq!(lines(text, 200.0), [text]);
        assert_eq!(lines(text, 80.0), ["Felles ruteplan", "for buss"]);
        let word = "kommunedirektørane har";
        assert_eq!(lines(word, 80.0), ["kommunedi-", "rektørane har"]);
        let begun = "om kommunedirektørane";
        assert_eq!(lines(begun, 80.0), ["om kommune-", "direktørane"]);
    }

    #[test]
    fn no_line_is_wider_than_its_room_and_no_letter_is_lost() {
        let text = "https://eksempel.no/xxxxxxxxxxxxxxxxxxxxxxx interkommunalt-politisk-råd";
        for room in [30.0, 45.0, 80.0] {
            let lines = lines(text, room);
            for line in &lines {
                assert!(width(line) * 10.0 <= room + 6.0, "{line} in {room}");
            }
            let letters = |text: &str| text.replace([' ', '-'], "");
            assert_eq!(letters(&lines.concat()), letters(text));
        }
    }
}
