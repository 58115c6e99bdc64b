//! The regular expressions of the schemas, each with an equivalent function.

use crate::language::tag;
use crate::load::schema::WORDS;
use crate::manifest::{NUMBER, SHA256};
use crate::model::Number;

/// Whether a text is what a pattern describes.
type PatternTest = fn(&str) -> bool;

/// The patterns of the schemas, and what they say.
pub(super) const PATTERNS: [(&str, PatternTest); 6] = [
    (WORDS, has_words),
    (WORDS_OR_NOTHING, |text| text.is_empty() || has_words(text)),
    (NUMBER, is_version_number),
    (SHA256, is_sha256),
    ("^#[0-9a-fA-F]{6}$", is_colour),
    (tag::TAG, tag::is_tag),
];
/// The pattern of texts that may be empty on purpose.
pub(super) const WORDS_OR_NOTHING: &str = r"^$|\S";

/// Whether there is a sign that can be seen; joiners and marks of direction show as nothing.
fn has_words(text: &str) -> bool {
    let unseen = |c: char| matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    text.chars().any(|c| !c.is_whitespace() && !unseen(c))
}

fn is_version_number(text: &str) -> bool {
    Number::parse(text).is_some()
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#');
    digits.is_some_and(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_hold_for_what_they_describe_only() {
        assert!(is_version_number("0.1") && is_version_number("12.34"));
        for wrong in ["banan", "1", "1.", ".1", "1.2.3", "1.a", "0.1 ", "٣.١"] {
            assert!(!is_version_number(wrong), "{wrong}");
        }
        assert!(is_colour("#0b3C5d"));
        for wrong in ["0b3c5d", "#0b3c5", "#0b3c5dd", "#0b3c5g"] {
            assert!(!is_colour(wrong), "{wrong}");
        }
    }
}
