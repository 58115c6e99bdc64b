//! Pictures become figures below the block that contains them.

use super::{BodyParser, rules};
use crate::model::Block;
use std::ops::Range;

impl BodyParser<'_> {
    pub(super) fn holds_picture(&self, range: &Range<usize>) -> bool {
        let start = self.span(range).start;
        let inside = |b: &Block| matches!(b, Block::Figure { span, .. } if span.start >= start);
        self.pictures.last().is_some_and(inside)
    }

    /// Reports a picture in a link, a cell or a footnote, where no figure can stand.
    pub(super) fn picture_has_room(&mut self, range: &Range<usize>) {
        let (place, hint) = match (self.links, self.cells) {
            (0, 0) if self.open_notes == 0 => return,
            (0, 0) => (
                "a footnote",
                "put the picture into the text, and mention it in the note",
            ),
            (0, _) => (
                "a cell of a table",
                "put the picture below the table, and mention it in the cell",
            ),
            _ => (
                "the words of a link",
                "put the link, with its own text, below the picture",
            ),
        };
        let message = format!("a picture cannot stand in {place}");
        let said = rules::MISPLACED_PICTURE.at(self.span(range), message);
        self.sink.report(said.hint(hint));
    }

    pub(super) fn flush_pictures(&mut self) {
        let pictures = std::mem::take(&mut self.pictures);
        let blocks = self
            .blocks
            .last_mut()
            .expect("the body's list is never closed");
        blocks.extend(pictures);
    }
}
