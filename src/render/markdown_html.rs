//! Bodies of text → HTML. Words are escaped here and nowhere else.
//!
//! Headings of a body have no fixed level: what stands above them is for the template to say. So a
//! text is [`Prepared`] with its headings left open, and [`Prepared::html`] closes them.
//!
//! The footnotes of a text stand at its end. Their numbers are those of the whole document, which a
//! pass over the tree gives them; until then they are known by the place where they were written.

use super::figures::Figures;
use crate::files::Span;
use crate::model::{Alignment, Block, Cell, Inline, Link, Note, Reference, Text};
use std::fmt::Write;

/// A body of text, ready but for the levels of its headings.
#[derive(Debug, Default)]
pub(super) struct Prepared(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    Html(String),
    /// The name of a heading's element, as its depth from 0.
    Heading(u8),
}

impl Prepared {
    /// The HTML, with the highest headings as `h{level}`.
    pub(super) fn html(&self, level: u8) -> String {
        let mut out = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Html(html) => out.push_str(html),
                Piece::Heading(depth) => {
                    write!(out, "h{}", level.saturating_add(*depth).clamp(2, 6))
                        .expect("strings take all");
                }
            }
        }
        out
    }
}

/// Where a reference leads to in the document, if it leads to something that is shown.
pub(super) trait Targets {
    /// The anchor of what is referred to.
    fn anchor(&self, reference: &Reference) -> Option<String>;
}

/// Prepares a body of text.
pub(super) fn prepare(text: &Text, targets: &dyn Targets, figures: &Figures<'_>) -> Prepared {
    let mut writer = Writer {
        targets,
        figures,
        notes: &text.notes,
        language: text.language.as_deref(),
        done: Vec::new(),
        out: String::new(),
        levels: Vec::new(),
    };
    writer.blocks(&text.blocks);
    text.notes.iter().for_each(|note| writer.note(note));
    let last = std::mem::take(&mut writer.out);
    writer.done.push(Piece::Html(last));
    Prepared(writer.done)
}

/// Writes blocks and their inlines, and leaves the names of headings open.
struct Writer<'a> {
    targets: &'a dyn Targets,
    figures: &'a Figures<'a>,
    notes: &'a [Note],
    /// The language of the whole text, if it is another one.
    language: Option<&'a str>,
    done: Vec<Piece>,
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
                self.open_in("p", *span, self.language);
                self.inlines(content);
                self.out.push_str("</p>\n");
            }
            Block::List { start, items, span } => self.list(*start, items, *span),
            Block::Quote {
                blocks,
                language,
                span,
            } => {
                self.open_in("blockquote", *span, language.as_deref());
                self.out.push('\n');
                self.blocks(blocks);
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
                self.open("pre", *span);
                self.out.push_str("<code>");
                escape(text, &mut self.out);
                self.out.push_str("</code></pre>\n");
            }
            Block::Figure { image, alt, span } => {
                self.figures.write(image, alt, *span, &mut self.out);
            }
            Block::Rule { span } => {
                self.open("hr", *span);
                self.out.push('\n');
            }
        }
    }

    fn open(&mut self, name: &str, span: Span) {
        self.open_in(name, span, None);
    }

    /// Opens an element whose words are of a language.
    fn open_in(&mut self, name: &str, span: Span, language: Option<&str>) {
        write!(self.out, "<{name} data-source=\"{}\"", origin(span)).expect("strings take all");
        self.language(language);
        self.out.push('>');
    }

    fn language(&mut self, language: Option<&str>) {
        if let Some(language) = language {
            self.out.push_str(" lang=\"");
            escape(language, &mut self.out);
            self.out.push('"');
        }
    }

    /// A footnote, without its number.
    fn note(&mut self, note: &Note) {
        let (id, source) = (note_id(note), origin(note.span));
        let open = format!("<aside class=\"note\" id=\"{id}\" data-source=\"{source}\">\n");
        self.out.push_str(&open);
        self.blocks(&note.blocks);
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
        write!(self.out, " data-source=\"{}\">", origin(span)).expect("strings take all");
        self.inlines(content);
        self.out.push_str("</");
        self.heading_name(depth);
        self.out.push_str(">\n");
    }

    fn heading_name(&mut self, depth: u8) {
        let html = std::mem::take(&mut self.out);
        self.done.push(Piece::Html(html));
        self.done.push(Piece::Heading(depth));
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], span: Span) {
        let name = if start.is_some() { "ol" } else { "ul" };
        write!(self.out, "<{name} data-source=\"{}\"", origin(span)).expect("strings take all");
        if let Some(start) = start.filter(|&n| n != 1) {
            write!(self.out, " start=\"{start}\"").expect("strings take all");
        }
        self.out.push_str(">\n");
        for item in items {
            if let [Block::Paragraph { content, span }, rest @ ..] = &item[..] {
                // The words of an item need no paragraph of their own.
                self.open("li", *span);
                self.inlines(content);
                self.blocks(rest);
            } else {
                self.out.push_str("<li>");
                self.blocks(item);
            }
            self.out.push_str("</li>\n");
        }
        writeln!(self.out, "</{name}>").expect("strings take all");
    }

    fn table(&mut self, head: &[Cell], rows: &[Vec<Cell>], columns: &[Alignment], span: Span) {
        self.open("table", span);
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
            write!(self.out, "<{name} data-source=\"{}\"", origin(cell.span))
                .expect("strings take all");
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
                    let id = self.notes.get(*note).map(note_id).unwrap_or_default();
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
            Link::Item(reference) => self.targets.anchor(reference).map(|a| format!("#{a}")),
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

/// The id of a footnote until it has a number.
fn note_id(note: &Note) -> String {
    format!("note-{}-{}", note.span.file.0, note.span.start)
}

/// A span as the value of [`crate::dom::SOURCE_ATTR`].
pub(super) fn origin(span: Span) -> String {
    format!("{}:{}-{}", span.file.0, span.start, span.end)
}

/// Adds text to HTML so that it is read as that text, in an attribute too.
pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}
