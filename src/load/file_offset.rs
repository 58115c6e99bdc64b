//! Spans of values in a whole file, or in a part of one such as its front matter.

use super::format::{SpannedValue, Str};
use crate::files::{FileId, Span};
use crate::model::{Located, Reference};
use std::ops::Range;

/// A file and a byte offset in it: where a text with spans of its own begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileOffset {
    pub(super) file: FileId,
    pub(super) offset: usize,
}

impl FileOffset {
    /// A range of the text as a span of the file.
    pub(super) fn span(self, range: Range<usize>) -> Span {
        Span::new(
            self.file,
            range.start + self.offset..range.end + self.offset,
        )
    }

    /// A value with its span.
    pub(super) fn locate<T>(self, spanned: SpannedValue<T>) -> Located<T> {
        let span = self.span(spanned.0.span());
        Located::new(spanned.0.into_inner(), span)
    }

    /// A value with its span, if there is one.
    pub(super) fn locate_some<T>(self, spanned: Option<SpannedValue<T>>) -> Option<Located<T>> {
        spanned.map(|spanned| self.locate(spanned))
    }

    /// Values with their spans.
    pub(super) fn locate_all(self, values: Vec<Str>) -> Vec<Located<String>> {
        values
            .into_iter()
            .map(|spanned| self.locate(spanned))
            .collect()
    }

    /// A reference that an author wrote.
    pub(super) fn reference(self, spanned: Str) -> Reference {
        let Located { value, span } = self.locate(spanned);
        let target = value;
        Reference { target, span }
    }

    /// References that an author wrote.
    pub(super) fn references(self, values: Vec<Str>) -> Vec<Reference> {
        values
            .into_iter()
            .map(|spanned| self.reference(spanned))
            .collect()
    }
}

/// The first byte of a file, for what has no place of its own.
pub(super) fn start_of(file: FileId) -> Span {
    Span::new(file, 0..0)
}

/// The start of a whole file.
pub(super) fn whole(file: FileId) -> FileOffset {
    FileOffset { file, offset: 0 }
}
