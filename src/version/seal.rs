//! The seal of an output, which shows whether the file was altered since it was made.
//!
//! Writers leave a field of zeros. [`of`] computes its value: the SHA-256 of the whole file with the field
//! as zeros. [`check`] verifies it. A seal detects changes by a mail program, a browser or an editor. It is
//! not a signature: a forger can compute a new seal, which only the digests of the frozen versions reveal.

use crate::files::sha256_hex;
use std::ops::Range;

/// The field before sealing.
pub const BLANK: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The text before the field, in a page and in a PDF.
const BEFORE: [&str; 2] = ["<meta name=\"utkast:seal\" content=\"", "<utkast:seal>"];

/// A seal and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The bytes of the field.
    pub place: Range<usize>,
    /// Its 64 digits.
    pub digits: String,
}

/// The seal that a file must have; `None` if it has no field for one.
pub fn of(bytes: &[u8]) -> Option<Seal> {
    let place = field(bytes)?;
    let mut blank = bytes.to_vec();
    blank[place.clone()].copy_from_slice(BLANK.as_bytes());
    let digits = sha256_hex(&blank);
    Some(Seal { place, digits })
}

/// Whether the seal of a file matches; `None` if it has no seal.
pub fn check(bytes: &[u8]) -> Option<bool> {
    let seal = of(bytes)?;
    Some(bytes[seal.place] == *seal.digits.as_bytes())
}

/// The field of a file: the first, since writers put it before all words of the document.
fn field(bytes: &[u8]) -> Option<Range<usize>> {
    let starts = BEFORE.iter().filter_map(|before| {
        let mut places = bytes.windows(before.len());
        let start = places.position(|found| found == before.as_bytes())?;
        Some(start + before.len())
    });
    let start = starts.min()?;
    let end = start + BLANK.len();
    let digits = bytes.get(start..end)?;
    let is_field =
        digits.iter().all(u8::is_ascii_hexdigit) && matches!(bytes.get(end), Some(b'"' | b'<'));
    is_field.then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(text: &str) -> Vec<u8> {
        let mut bytes = text.replace("SEAL", BLANK).into_bytes();
        let seal = of(&bytes).expect("there is a field");
        bytes[seal.place].copy_from_slice(seal.digits.as_bytes());
        bytes
    }

    const FILES: [&str; 2] = [
        "<head><meta name=\"utkast:seal\" content=\"SEAL\"></head><p>Ja</p>",
        "%PDF-1.7 <utkast:seal>SEAL</utkast:seal> slutt",
    ];

    #[test]
    fn every_byte_of_a_sealed_file_counts() {
        for file in FILES {
            let whole = sealed(file);
            assert_eq!(check(&whole), Some(true));
            for at in 0..whole.len() {
                let mut altered = whole.clone();
                altered[at] ^= 1;
                assert_ne!(check(&altered), Some(true), "byte {at} of {file}");
            }
            let more = [&whole[..], b"\n"].concat();
            assert_eq!(check(&more), Some(false));
            assert_ne!(check(&whole[..whole.len() - 1]), Some(true));
        }
    }

    #[test]
    fn what_has_no_field_bears_no_seal() {
        for text in ["", "<utkast:seal>", "<utkast:seal>12</utkast:seal>"] {
            assert_eq!(check(text.as_bytes()), None, "{text}");
        }
        let long = format!("<utkast:seal>{BLANK}0</utkast:seal>");
        assert_eq!(check(long.as_bytes()), None);
    }
}
