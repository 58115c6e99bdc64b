//! Running text: the blocks and inlines of a Markdown body, or words kept verbatim.

use super::{Located, Reference};
use crate::files::Span;
use std::collections::BTreeMap;

/// A body of text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// Its blocks in order.
    pub blocks: Vec<Block>,
    /// Its footnotes, in the order in which they are first referred to.
    pub notes: Vec<Note>,
    /// The names that its author gave to blocks, `{#name}`, by the byte of the file at which each
    /// block starts. The first block of an item of a list stands for the item.
    pub names: BTreeMap<u32, Located<String>>,
    /// The language of words that are kept as they are, as a BCP 47 tag, if it is another one.
    pub language: Option<String>,
    /// Words of others: no filter, rule or typographic correction touches them.
    pub verbatim: bool,
}

impl Text {
    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The name of a block, if its author gave it one.
    pub fn name_of(&self, block: Span) -> Option<&str> {
        self.names.get(&block.start).map(|name| name.value.as_str())
    }

    /// Calls `visit` for each block, in reading order, and then for those of the footnotes.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Block)) {
        let notes = self.notes.iter().flat_map(|note| &note.blocks);
        self.blocks.iter().chain(notes).for_each(|b| b.walk(visit));
    }
}

/// A footnote that the text refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The name that references use, in lower case.
    pub name: String,
    /// Its text, without references to other notes.
    pub blocks: Vec<Block>,
    /// Where it was written.
    pub span: Span,
}

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; level 1 is the highest of the body, whatever it stands below.
    Heading {
        /// From 1 to 6.
        level: u8,
        /// What it says.
        content: Vec<Inline>,
        /// Where it was written.
        span: Span,
    },
    /// A paragraph.
    Paragraph {
        /// What it says.
        content: Vec<Inline>,
        /// Where it was written.
        span: Span,
    },
    /// A list.
    List {
        /// The first number, or `None` for bullets.
        start: Option<u64>,
        /// The items, each with blocks of its own.
        items: Vec<Vec<Block>>,
        /// Where it was written.
        span: Span,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
        /// The language of all of it, as a BCP 47 tag, if it is another one.
        language: Option<String>,
        /// Where it was written.
        span: Span,
    },
    /// A table; every row has as many cells as the head.
    Table {
        /// The header row.
        head: Vec<Cell>,
        /// The other rows.
        rows: Vec<Vec<Cell>>,
        /// The alignment of each column.
        alignments: Vec<Alignment>,
        /// Where it was written.
        span: Span,
    },
    /// Text whose spaces and line ends are kept.
    Code {
        /// The text.
        text: String,
        /// Where it was written.
        span: Span,
    },
    /// A registered picture: `![alt](image/name)` in a paragraph of its own.
    Figure {
        /// The picture.
        image: Reference,
        /// The alternative text given here; the registered one stands in for an empty one.
        alt: String,
        /// Where it was written.
        span: Span,
    },
    /// A change of subject.
    Rule {
        /// Where it was written.
        span: Span,
    },
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub content: Vec<Inline>,
    /// Where it was written.
    pub span: Span,
}

/// The alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// As the text runs.
    Start,
    /// To the right: numbers.
    End,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Words for machines.
    Code(String),
    /// Stress.
    Emphasis(Vec<Inline>),
    /// Importance.
    Strong(Vec<Inline>),
    /// What no longer holds.
    Struck(Vec<Inline>),
    /// Words of another language.
    Foreign {
        /// The language, as a BCP 47 tag.
        language: String,
        /// What is read.
        content: Vec<Inline>,
    },
    /// A link.
    Link {
        /// Where to.
        link: Link,
        /// What is read.
        content: Vec<Inline>,
    },
    /// A reference to a footnote, by its place among [`Text::notes`].
    NoteReference(usize),
    /// A line end that means something.
    Break,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// To an item of the strategy, or to a place in its text.
    Item {
        /// The item.
        item: Reference,
        /// The name that the place was given there.
        place: Option<Located<String>>,
    },
    /// To an address: `https:`, `http:`, `mailto:` or `tel:`.
    Address(String),
}

impl Link {
    /// Where it leads, as it was written; of a place in an item, the item.
    pub fn target(&self) -> &str {
        match self {
            Self::Item { item, .. } => &item.target,
            Self::Address(address) => address,
        }
    }
}

impl Inline {
    /// The inlines that stand in this one.
    pub fn inner(&self) -> &[Self] {
        match self {
            Self::Emphasis(inner) | Self::Strong(inner) | Self::Struck(inner) => inner,
            Self::Foreign { content, .. } | Self::Link { content, .. } => content,
            Self::Text(_) | Self::Code(_) | Self::NoteReference(_) | Self::Break => &[],
        }
    }

    /// Adds the words of the inline to `out`, without their form and without numbers of notes.
    pub fn push_plain(&self, out: &mut String) {
        match self {
            Self::Text(text) | Self::Code(text) => out.push_str(text),
            Self::Break => out.push('\n'),
            _ => self.inner().iter().for_each(|i| i.push_plain(out)),
        }
    }

    /// The words of several inlines, without their form.
    pub fn plain(inlines: &[Self]) -> String {
        let mut out = String::new();
        inlines.iter().for_each(|i| i.push_plain(&mut out));
        out
    }
}

impl Block {
    /// Where it was written.
    pub fn span(&self) -> Span {
        match self {
            Self::Heading { span, .. }
            | Self::Paragraph { span, .. }
            | Self::List { span, .. }
            | Self::Quote { span, .. }
            | Self::Table { span, .. }
            | Self::Code { span, .. }
            | Self::Figure { span, .. }
            | Self::Rule { span } => *span,
        }
    }

    /// Calls `visit` for each block below and including this one, in reading order.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        match self {
            Self::List { items, .. } => items.iter().flatten().for_each(|b| b.walk(visit)),
            Self::Quote { blocks, .. } => blocks.iter().for_each(|b| b.walk(visit)),
            _ => {}
        }
    }

    /// The lines of inlines that stand directly in this block: one for a paragraph or heading,
    /// one a cell for a table.
    pub fn lines(&self) -> Vec<(&[Inline], Span)> {
        match self {
            Self::Heading { content, span, .. } | Self::Paragraph { content, span } => {
                vec![(content, *span)]
            }
            Self::Table { head, rows, .. } => head
                .iter()
                .chain(rows.iter().flatten())
                .map(|cell| (cell.content.as_slice(), cell.span))
                .collect(),
            _ => Vec::new(),
        }
    }
}
