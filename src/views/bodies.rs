//! Bodies of text → HTML.
//!
//! The template of a text chooses the level of its headings. A body therefore becomes a [`Fragment`] with
//! open heading levels, and the filter `html` sets them.
//!
//! The footnotes of a text are at its end. A pass over the whole tree numbers them.

use super::anchors::{Anchors, Container, Owner, named};
use crate::dom::escape;
use crate::drawings::Figures;
use crate::files::Span;
use crate::model::{Alignment, Block, Cell, Inline, Link, Note, Reference, Text};
use crate::templates::Fragment;
use std::fmt::Write;

/// Where a reference leads to in the document, if it leads to something that is shown.
pub(super) trait Targets {
    /// The anchor of what is referred to.
    fn anchor(&self, reference: &Reference) -> Option<String>;
}

/// Prepares a body of text that belongs to `owner`.
pub(super) fn fragment_of(
    text: &Text,
    owner: Owner<'_>,
    targets: &dyn Targets,
    figures: &Figures<'_>,
) -> Fragment {
    let mut writer = Writer {
        targets,
        figures,
        anchors: Anchors::new(owner, text),
        language: text.language.as_deref(),
        done: Fragment::default(),
        out: String::new(),
        levels: Vec::new(),
    };
    writer.blocks(&text.blocks);
    let notes = text.notes.iter().enumerate();
    notes.for_each(|(place, note)| writer.note(place, note));
    let last = std::mem::take(&mut writer.out);
    writer.done.push_html(last);
    writer.done
}

/// Writes blocks and their inlines, and leaves the names of headings open.
struct Writer<'a> {
    targets: &'a dyn Targets,
    figures: &'a Figures<'a>,
    anchors: Anchors<'a>,
    /// The language of the whole text, if it is another one.
    language: Option<&'a str>,
    done: Fragment,
    out: String,
    /// The written levels of the headings that are open, the highest first.
    levels: Vec<u8>,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading {
                level,
                content,
                span,
            } => self.heading(*level, content, *span),
            Block::Paragraph { content, span } => {
                let anchor = self.anchors.paragraph(*span);
                self.open_in("p", anchor, *span, self.language);
                self.inlines(content);
                self.out.push_str("</p>\n");
            }
            Block::List { start, items, span } => self.list(*start, items, *span),
            Block::Quote {
                blocks,
                language,
                span,
            } => {
                let anchor = self.anchors.block(Some(*span));
                self.open_in("blockquote", anchor, *span, language.as_deref());
                self.out.push('\n');
                self.anchors.enter(Container::Whole);
                self.blocks(blocks);
                self.anchors.leave(Container::Whole);
                self.out.push_str("</blockquote>\n");
            }
            Block::Table {
                head,
                rows,
                alignments,
                span,
            } => {
                self.table(head, rows, alignments, *span);
            }
            Block::Code { text, span } => {
                let anchor = self.anchors.block(Some(*span));
                self.open("pre", anchor, *span);
                self.out.push_str("<code>");
                escape(text, &mut self.out);
                self.out.push_str("</code></pre>\n");
            }
            Block::Figure { image, alt, span } => {
                self.figures.write(image, alt, *span, &mut self.out);
            }
            Block::Rule { span } => {
                self.open("hr", None, *span);
                self.out.push('\n');
            }
        }
    }

    fn open(&mut self, name: &str, anchor: Option<String>, span: Span) {
        self.open_in(name, anchor, span, None);
    }

    /// Opens an element whose words are of a language.
    fn open_in(&mut self, name: &str, anchor: Option<String>, span: Span, language: Option<&str>) {
        self.begin(name, anchor);
        write!(self.out, " data-source=\"{}\"", span).expect("strings take all");
        self.language(language);
        self.out.push('>');
    }

    /// The start of an element's tag; an anchor has no character that must be escaped.
    fn begin(&mut self, name: &str, anchor: Option<String>) {
        write!(self.out, "<{name}").expect("strings take all");
        if let Some(anchor) = anchor {
            write!(self.out, " id=\"{anchor}\"").expect("strings take all");
        }
    }

    fn language(&mut self, language: Option<&str>) {
        if let Some(language) = language {
            self.out.push_str(" lang=\"");
            escape(language, &mut self.out);
            self.out.push('"');
        }
    }

    /// A footnote, without its number.
    fn note(&mut self, place: usize, note: &Note) {
        let (id, source) = (self.anchors.note(place), note.span);
        let open = format!("<aside class=\"note\" id=\"{id}\" data-source=\"{source}\">\n");
        self.out.push_str(&open);
        self.anchors.enter(Container::Whole);
        self.blocks(&note.blocks);
        self.anchors.leave(Container::Whole);
        self.out.push_str("</aside>\n");
    }

    /// A heading at the depth of the headings that it stands below, so that none is skipped.
    fn heading(&mut self, level: u8, content: &[Inline], span: Span) {
        while self.levels.last().is_some_and(|&above| above >= level) {
            self.levels.pop();
        }
        let depth = u8::try_from(self.levels.len()).unwrap_or(u8::MAX);
        self.levels.push(level);
        self.out.push('<');
        self.heading_name(depth);
        let (anchor, source) = (self.anchors.heading(span), span);
        write!(self.out, " id=\"{anchor}\" data-source=\"{source}\">").expect("strings take all");
        self.inlines(content);
        self.out.push_str("</");
        self.heading_name(depth);
        self.out.push_str(">\n");
    }

    fn heading_name(&mut self, depth: u8) {
        let html = std::mem::take(&mut self.out);
        self.done.push_html(html);
        self.done.push_heading(depth);
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], span: Span) {
        let name = if start.is_some() { "ol" } else { "ul" };
        self.begin(name, self.anchors.name(span));
        write!(self.out, " data-source=\"{}\"", span).expect("strings take all");
        if let Some(start) = start.filter(|&n| n != 1) {
            write!(self.out, " start=\"{start}\"").expect("strings take all");
        }
        self.out.push_str(">\n");
        for item in items {
            if let [Block::Paragraph { content, span }, rest @ ..] = &item[..] {
                // The words of an item need no paragraph of their own.
                let anchor = self.anchors.block(Some(*span));
                self.open("li", anchor, *span);
                self.anchors.enter(Container::Item);
                self.inlines(content);
                self.blocks(rest);
            } else {
                let anchor = self.anchors.block(None);
                self.begin("li", anchor);
                self.out.push('>');
                self.anchors.enter(Container::Item);
                self.blocks(item);
            }
            self.anchors.leave(Container::Item);
            self.out.push_str("</li>\n");
        }
        writeln!(self.out, "</{name}>").expect("strings take all");
    }

    fn table(&mut self, head: &[Cell], rows: &[Vec<Cell>], columns: &[Alignment], span: Span) {
        let anchor = self.anchors.block(Some(span));
        self.open("table", anchor, span);
        self.out.push_str("\n<thead>\n");
        self.row(head, columns, true);
        self.out.push_str("</thead>\n<tbody>\n");
        rows.iter().for_each(|row| self.row(row, columns, false));
        self.out.push_str("</tbody>\n</table>\n");
    }

    fn row(&mut self, cells: &[Cell], columns: &[Alignment], head: bool) {
        self.out.push_str("<tr>");
        for (index, cell) in cells.iter().enumerate() {
            // A header cell that says nothing is no header (WCAG 2.1, SC 1.3.1).
            let name = if head && !cell.content.is_empty() {
                "th"
            } else {
                "td"
            };
            write!(self.out, "<{name} data-source=\"{}\"", cell.span).expect("strings take all");
            if name == "th" {
                self.out.push_str(" scope=\"col\"");
            }
            if columns.get(index) == Some(&Alignment::End) {
                self.out.push_str(" class=\"numeric\"");
            }
            self.out.push('>');
            self.inlines(&cell.content);
            write!(self.out, "</{name}>").expect("strings take all");
        }
        self.out.push_str("</tr>\n");
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => escape(text, &mut self.out),
                Inline::Code(text) => {
                    self.out.push_str("<code>");
                    escape(text, &mut self.out);
                    self.out.push_str("</code>");
                }
                Inline::Emphasis(inner) => self.within("em", inner),
                Inline::Strong(inner) => self.within("strong", inner),
                Inline::Struck(inner) => self.within("s", inner),
                Inline::Foreign { language, content } => {
                    self.out.push_str("<span");
                    self.language(Some(language));
                    self.out.push('>');
                    self.inlines(content);
                    self.out.push_str("</span>");
                }
                Inline::NoteReference(note) => {
                    let id = self.anchors.note(*note);
                    let open = format!("<a class=\"noteref\" href=\"#{id}\"></a>");
                    self.out.push_str(&open);
                }
                Inline::Link { link, content } => self.link(link, content),
                Inline::Break => self.out.push_str("<br>"),
            }
        }
    }

    fn within(&mut self, name: &str, inner: &[Inline]) {
        write!(self.out, "<{name}>").expect("strings take all");
        self.inlines(inner);
        write!(self.out, "</{name}>").expect("strings take all");
    }

    /// A link; one to an item that this build does not show is its words alone.
    fn link(&mut self, link: &Link, content: &[Inline]) {
        let href = match link {
            Link::Item { item, place } => self.targets.anchor(item).map(|anchor| match place {
                Some(place) => format!("#{}", named(&anchor, place)),
                None => format!("#{anchor}"),
            }),
            Link::Address(address) => Some(address.clone()),
        };
        let Some(href) = href else {
            self.inlines(content);
            return;
        };
        self.out.push_str("<a href=\"");
        escape(&href, &mut self.out);
        self.out.push_str("\">");
        self.inlines(content);
        self.out.push_str("</a>");
    }
}
