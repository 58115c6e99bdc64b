//! Texts as words, signs and spaces.

use std::ops::Range;

/// A part of a text: a word, a sign or a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    pub(super) range: Range<usize>,
    sort: Sort,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Word,
    Sign,
    Space,
}

impl Token<'_> {
    pub(super) fn is_word(&self) -> bool {
        self.sort == Sort::Word
    }

    pub(super) fn is_space(&self) -> bool {
        self.sort == Sort::Space
    }

    pub(super) fn ends_sentence(&self) -> bool {
        matches!(self.text, "." | "!" | "?" | "…")
    }

    /// The text by which it is compared: all spaces are equal, since the program sets them.
    pub(super) fn compared(&self) -> &str {
        match self.sort {
            Sort::Space => " ",
            Sort::Word | Sort::Sign => self.text,
        }
    }
}

/// Whether a character is a space of any width.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}')
}

/// The tokens of a text. Numbers, dates in digits, addresses and ids are one word each.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let first = rest.chars().next()?;
        let (length, sort) = if is_space(first) {
            let end = rest.find(|c| !is_space(c)).unwrap_or(rest.len());
            (end, Sort::Space)
        } else if first.is_alphanumeric() {
            (word(rest), Sort::Word)
        } else {
            (first.len_utf8(), Sort::Sign)
        };
        let range = at..at + length;
        at = range.end;
        let text = &text[range.clone()];
        Some(Token { text, range, sort })
    })
}

/// The length of the word that a text begins with.
fn word(text: &str) -> usize {
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |&(_, c)| c);
        let joins = match c {
            _ if c.is_alphanumeric() => true,
            ',' | ':' | '–' => before.is_numeric() && after.is_numeric(),
            '.' | '-' | '\'' | '’' | '/' | '@' | '_' | '&' | '\u{ad}' => after.is_alphanumeric(),
            _ => false,
        };
        if !joins {
            let rest = &text[at..];
            let is_number = text[..at].bytes().all(|b| b.is_ascii_digit());
            return match is_number && is_ordinal(rest) {
                true => at + 1,
                false => at,
            };
        }
        before = c;
    }
    text.len()
}

/// Whether digits before this are an ordinal number, as in «17. mai»: a point, a space, and a small
/// letter.
fn is_ordinal(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next() == Some('.')
        && chars.next().is_some_and(is_space)
        && chars.next().is_some_and(char::is_lowercase)
}
