//! Structure types, and the type of each element of the tree
//! (ISO 32000-1, 14.8.4).
//!
//! A [`StructureType`] has the required attributes of its type: a figure cannot be made without
//! alternative text, nor a header cell without a scope.

use super::marked_content;
use super::syntax::Dict;
use crate::dom::{Document, Node, NodeId};
use crate::layout::Owner;

/// A structure type with what it demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StructureType {
    Document,
    Sect,
    Art,
    Div,
    BlockQuote,
    Caption,
    Toc,
    TocItem,
    Reference,
    Note,
    Heading(u8),
    Paragraph,
    List(Numbering),
    ListItem,
    Label,
    ListBody,
    Table,
    TableHead,
    TableBody,
    TableFoot,
    Row,
    HeaderCell {
        scope: Scope,
        spans: CellSpans,
    },
    Cell(CellSpans),
    Span,
    /// An abbreviation, in full.
    Abbreviation(String),
    Quote,
    Link,
    /// A link around blocks.
    BlockLink,
    Code,
    /// A picture or drawing, in words.
    Figure(String),
}

/// How the items of a list are numbered (ISO 32000-1, table 347).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbering {
    Disc,
    Decimal,
}

/// What a header cell heads (ISO 14289-1, 7.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Column,
    Row,
}

/// A line that is drawn with text of an element in a line (ISO 32000-1, 14.8.5.4.4, table 345). It
/// is not inherited, so that the innermost element has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextDecoration {
    Underline,
    LineThrough,
}

impl TextDecoration {
    /// That of text which was added or taken out; the nearest of two counts.
    pub(super) fn of(document: &Document, owner: Owner) -> Option<Self> {
        let Owner::Node(text) = owner else {
            return None;
        };
        document.get(text).text()?;
        // Words about a change are not part of it.
        let marks = |node: &Node| node.is("ins") || node.is("del") || node.has_class("change-word");
        let edit = document.ancestor(text, marks)?;
        match document.get(edit).name() {
            "ins" => Some(Self::Underline),
            "del" => Some(Self::LineThrough),
            _ => None,
        }
    }

    /// Writes it as the attributes of an element that has no other.
    pub(super) fn write(self, d: &mut Dict<'_>) {
        d.dict("A", |a| {
            a.name("O", "Layout");
            a.name(
                "TextDecorationType",
                match self {
                    Self::Underline => "Underline",
                    Self::LineThrough => "LineThrough",
                },
            );
        });
    }
}

/// How many columns and rows a cell covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellSpans {
    pub(super) columns: u16,
    pub(super) rows: u16,
}

impl CellSpans {
    /// Those of a cell that covers one slot.
    pub(super) const SINGLE: Self = Self {
        columns: 1,
        rows: 1,
    };

    fn write(self, d: &mut Dict<'_>) {
        for (key, count) in [("ColSpan", self.columns), ("RowSpan", self.rows)] {
            if count > 1 {
                d.int(key, count);
            }
        }
    }
}

impl StructureType {
    /// The name of the structure type.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Sect => "Sect",
            Self::Art => "Art",
            Self::Div => "Div",
            Self::BlockQuote => "BlockQuote",
            Self::Caption => "Caption",
            Self::Toc => "TOC",
            Self::TocItem => "TOCI",
            Self::Reference => "Reference",
            Self::Note => "Note",
            Self::Heading(level) => marked_content::heading(*level),
            Self::Paragraph => "P",
            Self::List(_) => "L",
            Self::ListItem => "LI",
            Self::Label => "Lbl",
            Self::ListBody => "LBody",
            Self::Table => "Table",
            Self::TableHead => "THead",
            Self::TableBody => "TBody",
            Self::TableFoot => "TFoot",
            Self::Row => "TR",
            Self::HeaderCell { .. } => "TH",
            Self::Cell(_) => "TD",
            Self::Span | Self::Abbreviation(_) => "Span",
            Self::Quote => "Quote",
            Self::Link | Self::BlockLink => "Link",
            Self::Code => "Code",
            Self::Figure(_) => "Figure",
        }
    }

    /// Whether the element is part of a line.
    pub(super) fn is_inline(&self) -> bool {
        matches!(
            self,
            Self::Span
                | Self::Abbreviation(_)
                | Self::Quote
                | Self::Reference
                | Self::Link
                | Self::Code
        )
    }

    /// Whether the element groups others and holds no content itself (ISO 32000-1, 14.8.4.2), so
    /// that lines in it need a paragraph. A note is in the standard's list of what stands in a
    /// line, but ours are blocks of paragraphs.
    pub(super) fn is_grouping(&self) -> bool {
        matches!(
            self,
            Self::Document
                | Self::Sect
                | Self::Art
                | Self::Div
                | Self::BlockQuote
                | Self::Toc
                | Self::TocItem
                | Self::Note
                | Self::BlockLink
        )
    }

    /// What the element becomes if its node holds blocks, which are no part of a line.
    pub(super) fn around_blocks(self) -> Self {
        match self {
            Self::Paragraph | Self::Span | Self::Abbreviation(_) | Self::Code => Self::Div,
            Self::Quote => Self::BlockQuote,
            Self::Link => Self::BlockLink,
            other => other,
        }
    }

    /// The attributes of the element: `area` is that of its paths and pictures, `headers` are the
    /// identifiers of its header cells.
    pub(super) fn write_attributes(
        &self,
        area: Option<[f64; 4]>,
        headers: &[String],
        d: &mut Dict<'_>,
    ) {
        match self {
            Self::List(numbering) => d.dict("A", |a| {
                a.name("O", "List");
                a.name("ListNumbering", numbering.name());
            }),
            Self::HeaderCell { scope, spans } => d.dict("A", |a| {
                a.name("O", "Table");
                a.name("Scope", scope.name());
                spans.write(a);
                write_headers(headers, a);
            }),
            Self::Cell(spans) if *spans != CellSpans::SINGLE || !headers.is_empty() => {
                d.dict("A", |a| {
                    a.name("O", "Table");
                    spans.write(a);
                    write_headers(headers, a);
                })
            }
            Self::Figure(alternative) => {
                d.text("Alt", alternative);
                if let Some(area) = area {
                    d.dict("A", |a| {
                        a.name("O", "Layout");
                        a.name("Placement", "Block");
                        a.array("BBox", |b| area.into_iter().for_each(|n| b.real(n)));
                    });
                }
            }
            Self::Abbreviation(full) => d.text("E", full),
            _ => {}
        }
    }
}

fn write_headers(headers: &[String], a: &mut Dict<'_>) {
    if !headers.is_empty() {
        a.array("Headers", |list| {
            headers.iter().for_each(|id| list.bytes(id.as_bytes()));
        });
    }
}

impl Scope {
    fn name(self) -> &'static str {
        match self {
            Self::Column => "Column",
            Self::Row => "Row",
        }
    }
}

impl Numbering {
    fn name(self) -> &'static str {
        match self {
            Self::Disc => "Disc",
            Self::Decimal => "Decimal",
        }
    }

    fn of(list: &Node) -> Self {
        if list.is("ol") {
            Self::Decimal
        } else {
            Self::Disc
        }
    }
}

/// What an element becomes below an element of type `above`; `None` if it leaves no trace but its
/// content. `leads` says whether a link leads somewhere.
pub(super) fn structure_type_of(
    document: &Document,
    id: NodeId,
    above: &StructureType,
    leads: bool,
) -> Option<StructureType> {
    let node = document.get(id);
    let inline = || marked_content::language(node).map(|_| StructureType::Span);
    if let Some(level) = node.heading_level() {
        return Some(StructureType::Heading(level));
    }
    Some(match node.name() {
        "p" | "pre" => StructureType::Paragraph,
        "ul" | "ol" if in_contents(document, id) => StructureType::Toc,
        "ul" | "ol" | "dl" => StructureType::List(Numbering::of(node)),
        "li" => match above {
            StructureType::List(_) => StructureType::ListItem,
            StructureType::Toc => StructureType::TocItem,
            _ => StructureType::Div,
        },
        "dt" if matches!(above, StructureType::List(_)) => StructureType::Label,
        "dd" if matches!(above, StructureType::List(_)) => StructureType::ListBody,
        "dt" | "dd" => StructureType::Paragraph,
        // HTML lets a `div` hold the terms of a `dl` together.
        "div" if matches!(above, StructureType::List(_)) => return None,
        "section" | "nav" => StructureType::Sect,
        "article" => StructureType::Art,
        "aside" if node.has_class("note") => StructureType::Note,
        "div" | "header" | "footer" | "main" | "aside" | "figure" => StructureType::Div,
        "blockquote" => StructureType::BlockQuote,
        "caption" | "figcaption" => StructureType::Caption,
        "table" => StructureType::Table,
        // Parts of a table outside of any: `structure::headers` knows those in one.
        "thead" | "tbody" | "tfoot" | "tr" | "th" | "td" => StructureType::Div,
        "img" | "svg" => match marked_content::alternative(document, id) {
            Some(words) => StructureType::Figure(words),
            None => return None,
        },
        "a" if leads => StructureType::Link,
        "q" => StructureType::Quote,
        "code" => StructureType::Code,
        "abbr" => match node.attr("title").map(marked_content::one_line) {
            Some(full) if !full.is_empty() => StructureType::Abbreviation(full),
            _ => return inline(),
        },
        "ins" | "del" => StructureType::Span,
        _ => return inline(),
    })
}

/// Whether a list is part of the contents.
fn in_contents(document: &Document, list: NodeId) -> bool {
    document
        .ancestor(list, |n| n.is("nav") && n.has_class("toc"))
        .is_some()
}
