//! Bytes of a file → text.

use super::Problem;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A text as all later stages see it.
#[derive(Debug)]
pub(super) struct DecodedText {
    /// The text, in form C and with `\n` at line ends.
    pub(super) text: String,
    /// The bytes that were read, if they are not those of the text.
    pub(super) original: Option<Vec<u8>>,
    /// The repairs.
    pub(super) problem: Option<Problem>,
}

/// Bytes to text in form C with `\n` at line ends, or what is wrong with them.
pub(super) fn read_text(bytes: Vec<u8>, path: &str) -> Result<DecodedText, Problem> {
    if is_utf16(&bytes) {
        let path = path.to_owned();
        return Err(Problem::Utf16 { path });
    }
    let read = String::from_utf8(bytes).map_err(|error| not_utf8(&error, path))?;
    let marked = read.starts_with('\u{feff}');
    if !marked && !read.contains("\r\n") && is_nfc(&read) {
        return Ok(DecodedText {
            text: read,
            original: None,
            problem: None,
        });
    }
    let text = read.strip_prefix('\u{feff}').unwrap_or(&read);
    let text = text.replace("\r\n", "\n");
    let numbered = text.lines().enumerate();
    let decomposed = numbered.filter(|(_, line)| !is_nfc(line));
    let lines: Vec<_> = decomposed.map(|(i, _)| i + 1).collect();
    let path = path.to_owned();
    let problem = (!lines.is_empty()).then_some(Problem::Decomposed { path, lines });
    Ok(DecodedText {
        text: text.nfc().collect(),
        original: Some(read.into_bytes()),
        problem,
    })
}

/// Whether a text is in UTF-16: by its mark, or because every other byte of its beginning is zero, as
/// it is in texts of Latin letters. Without a mark, such a text may be UTF-8 to the last byte.
fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    let beginning = &bytes[..bytes.len().min(1024)];
    let zeros = |first: usize| {
        let every_other = beginning.iter().skip(first).step_by(2);
        every_other.filter(|byte| **byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let most = beginning.len() / 2;
    // A quarter leaves room for dashes and quotation marks, which need both bytes.
    most >= 2 && even.max(odd) * 4 >= most * 3 && even.min(odd) * 4 <= most
}

/// Names the first wrong byte, and guesses the encoding: Windows-1252 if a byte from 0x80 to 0x9F
/// occurs (Latin-1 has only control characters there), else Latin-1.
fn not_utf8(error: &std::string::FromUtf8Error, path: &str) -> Problem {
    let bytes = error.as_bytes();
    let offset = error.utf8_error().valid_up_to();
    let guess = match bytes.iter().any(|b| (0x80..0xa0).contains(b)) {
        true => "Windows-1252",
        false => "Latin-1",
    };
    let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b >= 0xc0;
    let before = bytes[..offset].iter().rev().take_while(|b| is_word(b));
    let start = offset - before.count();
    let word = bytes[start..].iter().take_while(|b| is_word(b)).take(40);
    Problem::NotUtf8 {
        path: path.to_owned(),
        line: bytes[..offset].iter().filter(|b| **b == b'\n').count() + 1,
        byte: bytes[offset],
        offset,
        guess,
        // Latin-1 and Windows-1252 agree with Unicode on all letters from 0xC0 upwards.
        word: word.map(|b| char::from(*b)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_byte_is_named_with_its_line_and_the_word_as_it_was_meant() {
        let problem = read_text(b"en\nto r\xe5d tre".to_vec(), "a.md").expect_err("is Latin-1");
        let Problem::NotUtf8 {
            line,
            byte,
            offset,
            guess,
            word,
            ..
        } = problem
        else {
            panic!("{problem:?}");
        };
        assert_eq!((line, byte, offset, guess), (2, 0xe5, 7, "Latin-1"));
        assert_eq!(word, "råd");
    }

    #[test]
    fn windows_1252_is_told_from_latin_1_by_its_quotation_marks() {
        let problem = read_text(b"\x93r\xe5d\x94".to_vec(), "a.md").expect_err("is not UTF-8");
        assert!(matches!(
            problem,
            Problem::NotUtf8 {
                guess: "Windows-1252",
                ..
            }
        ));
    }

    #[test]
    fn utf_16_is_known_with_its_mark_and_without() {
        let text = "+++\ntitle = \"Råd – økonomi\"\n+++\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [&[0xff, 0xfe], little.as_slice()].concat();
        for bytes in [little, big, marked] {
            let problem = read_text(bytes, "a.md").expect_err("is UTF-16");
            assert!(matches!(problem, Problem::Utf16 { .. }), "{problem:?}");
        }
        for other in [text, "", "\0", "a\0b", "\0\0\0\0\0\0"] {
            assert!(!is_utf16(other.as_bytes()), "{other:?}");
        }
    }

    #[test]
    fn decomposed_letters_are_joined_and_their_lines_named() {
        let read = read_text("en\nra\u{30a}d\n".into(), "a.md").expect("is UTF-8");
        assert_eq!(read.text, "en\nråd\n");
        let expected = Problem::Decomposed {
            path: "a.md".into(),
            lines: vec![2],
        };
        assert_eq!(read.problem, Some(expected));
    }

    #[test]
    fn bytes_are_kept_only_where_the_text_has_others() {
        let marked = "\u{feff}råd\n";
        for (bytes, text) in [
            (marked, "råd\n"),
            ("a\r\nb\r\n", "a\nb\n"),
            ("a\u{30a}", "å"),
        ] {
            let read = read_text(bytes.into(), "a.md").expect("is UTF-8");
            assert_eq!(
                (read.text.as_str(), read.original),
                (text, Some(bytes.into()))
            );
        }
        let read = read_text("råd\n\r".into(), "a.md").expect("is UTF-8");
        assert_eq!((read.text.as_str(), read.original), ("råd\n\r", None));
    }
}
