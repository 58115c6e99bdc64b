//! File ids, and spans in files.

use super::SourceFile;
use sha2::{Digest, Sha256};
use std::fmt;
use std::num::NonZeroU64;
use std::ops::Range;
use std::str::FromStr;

/// A file of one set of sources.
///
/// Two sets of sources in one process, such as a frozen version and the work, have different ids for
/// their files: an id names the path that its file is reported under and the bytes of the file. It
/// finds nothing among sources that have no such file ([`Sources::get`](super::Sources::get)).
///
/// Files of one set compare as their paths do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
// Never zero, so that an `Option<Span>` takes no more room than a span: each node of a tree has one.
pub struct FileId(NonZeroU64);

/// How many bits the digest has; those above it are the place of the file in its set.
const PRINT_BITS: u32 = 40;

impl FileId {
    /// The id of a file at this place in its set.
    pub(super) fn new(index: usize, file: &SourceFile) -> Self {
        let mut hash = Sha256::new();
        hash.update(file.reported().as_bytes());
        hash.update([0]);
        hash.update(file.sha256.as_bytes());
        let [a, b, c, d, e, ..]: [u8; 32] = hash.finalize().into();
        let print = u64::from_be_bytes([0, 0, 0, a, b, c, d, e]);
        let id = (index as u64) << PRINT_BITS | print;
        Self(NonZeroU64::new(id).unwrap_or(NonZeroU64::MIN))
    }

    /// The place of the file in its set.
    pub(super) fn index(self) -> usize {
        (self.0.get() >> PRINT_BITS) as usize
    }

    /// An id without a file, for what is tested without sources.
    #[cfg(test)]
    pub(crate) const fn nth(index: u32) -> Self {
        Self(NonZeroU64::MIN.saturating_add((index as u64) << PRINT_BITS))
    }
}

impl fmt::Display for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}", self.0)
    }
}

impl FromStr for FileId {
    type Err = ParseSpanError;

    fn from_str(text: &str) -> Result<Self, ParseSpanError> {
        let id = u64::from_str_radix(text, 16).map_err(|_| ParseSpanError)?;
        NonZeroU64::new(id).map(Self).ok_or(ParseSpanError)
    }
}

/// A range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// A span over `range` of `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            file,
            start: clamp(range.start),
            end: clamp(range.end),
        }
    }

    /// The span as a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A span as it travels through templates: `29f86d08188:10-14`.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}-{}", self.file, self.start, self.end)
    }
}

impl FromStr for Span {
    type Err = ParseSpanError;

    fn from_str(text: &str) -> Result<Self, ParseSpanError> {
        let (file, range) = text.split_once(':').ok_or(ParseSpanError)?;
        let (start, end) = range.split_once('-').ok_or(ParseSpanError)?;
        Ok(Self {
            file: file.parse()?,
            start: start.parse().map_err(|_| ParseSpanError)?,
            end: end.parse().map_err(|_| ParseSpanError)?,
        })
    }
}

/// A text that is not a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseSpanError;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Sources;

    #[test]
    fn a_span_is_read_back_as_it_was_written() {
        let sources = Sources::from_texts([("a.md", "en"), ("b.md", "to")]);
        for (file, _) in sources.iter() {
            let span = Span::new(file, 1..2);
            assert_eq!(span.to_string().parse(), Ok(span));
        }
        for text in [
            "",
            "0:1-2",
            "1:1",
            "x:1-2",
            "99999999999999999:1-2",
            "1:a-2",
        ] {
            assert_eq!(text.parse::<Span>(), Err(ParseSpanError), "{text}");
        }
    }

    #[test]
    fn a_span_finds_nothing_in_other_sources() {
        let texts = [("a.md", "en"), ("b.md", "to")];
        let sources = Sources::from_texts(texts);
        let (file, _) = sources.by_path("b.md").expect("it is there");
        let span = Span::new(file, 0..2);
        assert_eq!(sources.slice(span), "to");
        let read_again = Sources::from_texts(texts);
        assert_eq!(read_again.slice(span), "to");

        let changed = Sources::from_texts([("a.md", "en"), ("b.md", "nå")]);
        let moved = Sources::from_texts([("b.md", "to")]);
        let fewer = Sources::from_texts([("a.md", "en")]);
        for other in [changed, moved, fewer] {
            assert!(other.get(file).is_none());
            assert_eq!(other.slice(span), "");
        }
    }
}
