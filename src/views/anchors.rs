//! The anchors of the blocks of a text, for links inside and outside the document.
//!
//! An anchor depends only on ids, names and counts of the sources, in the order of the text. It does not
//! depend on words, on printed numbers, or on templates. Changes of other texts, rewording, and a new
//! order of chapters or items therefore do not change it.
//!
//! | block | anchor |
//! |---|---|
//! | the item itself, as templates write it | `chapter-metode` |
//! | the first heading in its text, the second … | `chapter-metode.2`, `chapter-metode.3` |
//! | a paragraph, item of a list, quotation, table or code below none of them | `chapter-metode.p1` |
//! | the same below a heading | `chapter-metode.2.p1` |
//! | what its author named, `{#navn}` | `chapter-metode.navn` |
//! | a block below a heading that was named | `chapter-metode.navn.p1` |
//! | a footnote | `chapter-metode.note-deling` |
//! | a picture | `image-havna` |
//!
//! Counting starts again below each heading, so a new paragraph changes only the anchors below the same
//! heading. Authors name a block whose anchor must never change. Named blocks are counted, too, so naming
//! a block does not change other anchors. Pictures are not counted, because not every build has them. A
//! quotation is one block; the paragraphs of a list item belong to the item, unless they are named.

use crate::dom::FreeNames;
use crate::dom::anchor::counted;
use crate::files::Span;
use crate::model::{Id, Note, Text};

/// The owner of a text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Owner<'a> {
    /// An item, by its anchor. If words of others are one paragraph, it is no other place than the
    /// item.
    Item(&'a str),
    /// A part of an item beside its text, by an anchor that nothing else has.
    Part(&'a str),
}

impl<'a> Owner<'a> {
    fn anchor(self) -> &'a str {
        match self {
            Self::Item(anchor) | Self::Part(anchor) => anchor,
        }
    }
}

/// The anchor of a place that its author named.
pub(super) fn named(owner: &str, name: &str) -> String {
    format!("{owner}.{name}")
}

/// Gives the blocks of a text their anchors, one after the other.
pub(super) struct Anchors<'a> {
    owner: &'a str,
    text: &'a Text,
    /// Whether the text is no more than what it belongs to.
    is_whole: bool,
    /// The anchors of the footnotes.
    notes: Vec<String>,
    /// The anchor of the heading above, or of the owner.
    above: String,
    /// How many headings there have been, the title that templates write among them.
    headings: u32,
    /// How many blocks there have been below the heading.
    blocks: u32,
    /// How many quotations and footnotes are open; each of them is one block.
    whole: u32,
    /// How many items of lists are open.
    items: u32,
}

/// The containers of blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// A quotation or a footnote.
    Whole,
    /// An item of a list.
    Item,
}

impl<'a> Anchors<'a> {
    pub(super) fn new(owner: Owner<'a>, text: &'a Text) -> Self {
        let is_one = text.verbatim && text.blocks.len() == 1;
        Self {
            owner: owner.anchor(),
            text,
            is_whole: is_one && matches!(owner, Owner::Item(_)),
            notes: notes(owner.anchor(), &text.notes),
            above: owner.anchor().to_owned(),
            headings: 1,
            blocks: 0,
            whole: 0,
            items: 0,
        }
    }

    /// The anchor of a heading. What follows stands below it, unless it stands in something else.
    pub(super) fn heading(&mut self, span: Span) -> String {
        self.headings += 1;
        let anchor = match self.text.name_of(span) {
            Some(name) => named(self.owner, name),
            None => format!("{}.{}", self.owner, self.headings),
        };
        if self.whole == 0 && self.items == 0 {
            self.above.clone_from(&anchor);
            self.blocks = 0;
        }
        anchor
    }

    /// The anchor of a paragraph.
    pub(super) fn paragraph(&mut self, span: Span) -> Option<String> {
        match self.items {
            0 => self.block(Some(span)),
            _ => self.name(span),
        }
    }

    /// The anchor of a block that is no paragraph. An item of a list begins with a span, if it has
    /// anything in it.
    pub(super) fn block(&mut self, span: Option<Span>) -> Option<String> {
        if self.whole > 0 || self.is_whole {
            return None;
        }
        self.blocks += 1;
        let name = span.and_then(|span| self.name(span));
        name.or_else(|| Some(counted(&self.above, self.blocks)))
    }

    /// The anchor of what is counted only in its parts, as a list, if it was named.
    pub(super) fn name(&self, span: Span) -> Option<String> {
        let name = self.text.name_of(span)?;
        Some(named(self.owner, name))
    }

    /// The anchor of a footnote, by its place among those of the text.
    pub(super) fn note(&self, place: usize) -> &str {
        self.notes.get(place).map_or("", String::as_str)
    }

    /// Begins what other blocks stand in.
    pub(super) fn enter(&mut self, around: Container) {
        *self.count(around) += 1;
    }

    /// Ends it.
    pub(super) fn leave(&mut self, around: Container) {
        *self.count(around) -= 1;
    }

    fn count(&mut self, around: Container) -> &mut u32 {
        match around {
            Container::Whole => &mut self.whole,
            Container::Item => &mut self.items,
        }
    }
}

/// The anchors of footnotes: by their names, or by free numbers where a name can be no id.
fn notes(owner: &str, notes: &[Note]) -> Vec<String> {
    let names = notes.iter().map(|note| note.name.as_str());
    let names = names.filter(|n| Id::is_name(n));
    let mut free = FreeNames::without(names.map(str::to_owned));
    let anchors = notes.iter().map(|note| {
        if Id::is_name(&note.name) {
            return named(owner, &format!("note-{}", note.name));
        }
        named(owner, &format!("note-{}", free.take_numbered("", 1)))
    });
    anchors.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::FileId;

    #[test]
    fn footnotes_whose_names_can_be_no_ids_get_free_numbers() {
        let note = |name: &str| Note {
            name: name.to_owned(),
            blocks: Vec::new(),
            span: Span::new(FileId::nth(0), 0..0),
        };
        let all = ["å", "1", "b c", "deling"].map(note);
        let expected = ["x.note-2", "x.note-1", "x.note-3", "x.note-deling"];
        assert_eq!(notes("x", &all), expected);
    }
}
