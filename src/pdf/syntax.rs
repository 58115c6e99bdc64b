//! Writes the syntax of PDF: numbers, strings, names, arrays and dictionaries
//! (ISO 32000-1, 7.3).
//!
//! Arrays and dictionaries are closures, so none is left open. Page content uses the same numbers and
//! strings.

use std::borrow::Cow;

/// Bytes that a string may have (ISO 19005-2, 6.1.13).
pub(super) const LONGEST_STRING: usize = 32_767;
/// How far back a text that is too long is cut to end at a word.
const LONGEST_WORD: usize = 100;

/// The number of an object of the file (ISO 32000-1, 7.3.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Ref(u32);

impl Ref {
    pub(super) fn number(self) -> u32 {
        self.0
    }

    /// The object with this number; the file of objects gives them out.
    pub(super) fn of_number(number: u32) -> Self {
        Self(number)
    }
}

/// A value being written.
#[derive(Default)]
pub(super) struct Syntax(Vec<u8>);

impl Syntax {
    pub(super) fn value(&mut self) -> Value<'_> {
        Value(&mut self.0)
    }

    /// Entries of a dictionary without its brackets.
    pub(super) fn entries(&mut self, write: impl FnOnce(&mut Dict<'_>)) {
        write(&mut Dict(&mut self.0));
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// A whole number that PDF can hold.
pub(super) trait Int {
    fn to_i64(self) -> i64;
}

macro_rules! int {
    ($($t:ty),*) => { $(impl Int for $t {
        fn to_i64(self) -> i64 {
            i64::try_from(self).unwrap_or(i64::MAX)
        }
    })* };
}
int!(i32, i64, u8, u16, u32, usize);

/// The place of one value.
pub(super) struct Value<'a>(&'a mut Vec<u8>);

impl Value<'_> {
    /// Space before a value that does not begin with a delimiter.
    fn gap(self) -> Self {
        if self.0.last().is_some_and(|&last| last != b'[') {
            self.0.push(b' ');
        }
        self
    }

    pub(super) fn null(self) {
        self.gap().0.extend_from_slice(b"null");
    }

    pub(super) fn bool(self, value: bool) {
        self.gap()
            .0
            .extend_from_slice(if value { b"true" } else { b"false" });
    }

    pub(super) fn int(self, number: impl Int) {
        push_int(self.gap().0, number.to_i64());
    }

    pub(super) fn real(self, number: f64) {
        push_real(self.gap().0, number);
    }

    pub(super) fn name(self, name: &str) {
        push_name(self.0, name);
    }

    /// A byte string.
    pub(super) fn bytes(self, bytes: &[u8]) {
        push_bytes(self.0, bytes);
    }

    /// A text string (ISO 32000-1, 7.9.2.2), shortened if it is longer than one may be.
    pub(super) fn text(self, text: &str) {
        push_text(self.0, text);
    }

    pub(super) fn reference(self, id: Ref) {
        let out = self.gap().0;
        push_int(out, id.number().into());
        out.extend_from_slice(b" 0 R");
    }

    pub(super) fn dict(self, write: impl FnOnce(&mut Dict<'_>)) {
        self.0.extend_from_slice(b"<<");
        write(&mut Dict(self.0));
        self.0.extend_from_slice(b">>");
    }

    pub(super) fn array(self, write: impl FnOnce(&mut Array<'_>)) {
        self.0.push(b'[');
        write(&mut Array(self.0));
        self.0.push(b']');
    }
}

/// A dictionary being written; keys are given in the order of writing.
pub(super) struct Dict<'a>(&'a mut Vec<u8>);

impl Dict<'_> {
    /// The place of the value of a key.
    pub(super) fn value(&mut self, key: &str) -> Value<'_> {
        push_name(self.0, key);
        Value(self.0)
    }

    pub(super) fn name(&mut self, key: &str, name: &str) {
        self.value(key).name(name);
    }

    pub(super) fn int(&mut self, key: &str, number: impl Int) {
        self.value(key).int(number);
    }

    pub(super) fn real(&mut self, key: &str, number: f64) {
        self.value(key).real(number);
    }

    pub(super) fn bool(&mut self, key: &str, value: bool) {
        self.value(key).bool(value);
    }

    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.value(key).text(text);
    }

    pub(super) fn reference(&mut self, key: &str, id: Ref) {
        self.value(key).reference(id);
    }

    pub(super) fn dict(&mut self, key: &str, write: impl FnOnce(&mut Dict<'_>)) {
        self.value(key).dict(write);
    }

    pub(super) fn array(&mut self, key: &str, write: impl FnOnce(&mut Array<'_>)) {
        self.value(key).array(write);
    }
}

/// An array being written.
pub(super) struct Array<'a>(&'a mut Vec<u8>);

impl Array<'_> {
    /// The place of the next value.
    pub(super) fn value(&mut self) -> Value<'_> {
        Value(self.0)
    }

    pub(super) fn int(&mut self, number: impl Int) {
        self.value().int(number);
    }

    pub(super) fn real(&mut self, number: f64) {
        self.value().real(number);
    }

    pub(super) fn name(&mut self, name: &str) {
        self.value().name(name);
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.value().bytes(bytes);
    }

    pub(super) fn reference(&mut self, id: Ref) {
        self.value().reference(id);
    }
}

pub(super) fn push_int(out: &mut Vec<u8>, number: i64) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// A number of hundredths, without idle zeros.
pub(super) fn push_hundredths(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    let (whole, part) = (
        number.unsigned_abs() / 100,
        (number.unsigned_abs() % 100) as u8,
    );
    if whole > 0 || part == 0 {
        out.extend_from_slice(itoa::Buffer::new().format(whole).as_bytes());
    }
    if part > 0 {
        out.extend_from_slice(&[b'.', b'0' + part / 10]);
        if !part.is_multiple_of(10) {
            out.push(b'0' + part % 10);
        }
    }
}

/// Hundredths of a number, rounded. What is no number becomes nothing, and what is beyond any
/// page is held at a size that every reader takes.
#[expect(
    clippy::cast_possible_truncation,
    reason = "held within bounds just before"
)]
pub(super) fn hundredths(number: f64) -> i64 {
    if number.is_nan() {
        return 0;
    }
    (number * 100.0).round().clamp(-3_200_000.0, 3_200_000.0) as i64
}

pub(super) fn push_real(out: &mut Vec<u8>, number: f64) {
    push_hundredths(out, hundredths(number));
}

pub(super) fn push_name(out: &mut Vec<u8>, name: &str) {
    out.push(b'/');
    for &byte in name.as_bytes() {
        if byte.is_ascii_alphanumeric() || b"+-_.*".contains(&byte) {
            out.push(byte);
        } else {
            let digit = |d: u8| b"0123456789ABCDEF"[usize::from(d)];
            out.extend_from_slice(&[b'#', digit(byte >> 4), digit(byte & 15)]);
        }
    }
}

/// A literal string (ISO 32000-1, 7.3.4.2).
pub(super) fn push_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for &byte in bytes {
        push_string_byte(out, byte);
    }
    out.push(b')');
}

/// A byte inside a literal string. A carriage return would be read as a line feed, so it is
/// escaped as brackets are.
pub(super) fn push_string_byte(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        b'\r' => out.extend_from_slice(b"\\r"),
        _ => out.push(byte),
    }
}

/// A text as a string can hold it: one that is too long ends at a word, with a sign that it goes
/// on.
fn fitting(text: &str) -> Cow<'_, str> {
    if text_length(text) <= LONGEST_STRING {
        return Cow::Borrowed(text);
    }
    let kept = fitting_part(text);
    let word = kept.floor_char_boundary(kept.len().saturating_sub(LONGEST_WORD));
    let end = kept[word..].rfind(char::is_whitespace).map(|at| word + at);
    let kept = end.map_or(kept, |end| &kept[..end]);
    Cow::Owned(format!("{} …", kept.trim_end()))
}

/// As much of a text as a string of UTF-16 can hold beside a space and `…`.
fn fitting_part(text: &str) -> &str {
    // Two bytes each, after those of the mark.
    let mut left = (LONGEST_STRING - 2) / 2 - " …".encode_utf16().count();
    let end = text.char_indices().find(|(_, c)| {
        let fits = left >= c.len_utf16();
        left = left.saturating_sub(c.len_utf16());
        !fits
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// Whether a text string can be a string of ASCII.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| (32..127).contains(&b))
}

/// Bytes that a text takes as a string.
fn text_length(text: &str) -> usize {
    match is_plain(text) {
        true => text.len(),
        false => 2 + 2 * text.encode_utf16().count(),
    }
}

/// A text string: ASCII as it is, all else as UTF-16 with its mark; shortened if it is too long.
pub(super) fn push_text(out: &mut Vec<u8>, text: &str) {
    let text = &*fitting(text);
    if is_plain(text) {
        return push_bytes(out, text.as_bytes());
    }
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    let bytes: Vec<u8> = units.flat_map(u16::to_be_bytes).collect();
    push_bytes(out, &bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn real(number: f64) -> String {
        let mut out = Vec::new();
        push_real(&mut out, number);
        String::from_utf8(out).expect("numbers are ASCII")
    }

    #[test]
    fn numbers_have_two_decimals_at_most_and_no_idle_zeros() {
        let numbers = [
            0.0,
            1.0,
            -1.0,
            0.5,
            -0.05,
            12.34,
            12.3,
            1.999,
            -0.001,
            f64::NAN,
        ];
        let written: Vec<String> = numbers.into_iter().map(real).collect();
        let expected = ["0", "1", "-1", ".5", "-.05", "12.34", "12.3", "2", "0", "0"];
        assert_eq!(written, expected);
    }

    #[test]
    fn text_beyond_ascii_is_utf_16_with_its_mark() {
        let mut out = Vec::new();
        push_text(&mut out, "Å(");
        assert_eq!(out, b"(\xFE\xFF\x00\xC5\x00\\()");
    }

    #[test]
    fn a_text_that_is_too_long_ends_at_a_word() {
        for (word, kept) in [("ordet ", true), ("fjæra ", true), ("𝕬", false)] {
            let text = word.repeat(LONGEST_STRING);
            let short = fitting(&text);
            assert!(text_length(&short) <= LONGEST_STRING);
            assert!(text_length(&short) > LONGEST_STRING - 2 * LONGEST_WORD);
            let end = short.strip_suffix(" …").expect("it says that it goes on");
            assert!(text.starts_with(end));
            assert_eq!(end.ends_with(word.trim_end()), kept || word == "𝕬");
        }
        let longest = "a".repeat(LONGEST_STRING);
        assert_eq!(fitting(&longest), longest);
    }

    #[test]
    fn names_escape_what_would_end_them() {
        let mut out = Vec::new();
        push_name(&mut out, "a b/ø");
        assert_eq!(out, b"/a#20b#2F#C3#B8");
    }
}
