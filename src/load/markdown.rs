//! Markdown bodies to blocks and inlines, and verbatim bodies to paragraphs.
//!
//! CommonMark with tables, read by pulldown-cmark. Two things are not let through: raw HTML, which
//! is shown as the text it is, and rows of tables that do not have the cells of the header.

use super::rules;
use crate::diag::Sink;
use crate::files::{FileId, Span};
use crate::model::{Alignment, Block, Cell, Inline, Link, Reference, Text};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Deepest nesting of lists and quotations; beyond it no reader can follow.
const MAX_DEPTH: usize = 12;

/// Reads a Markdown body that starts at byte `start` of its file.
pub(super) fn read(body: &str, file: FileId, start: usize, sink: &mut Sink) -> Text {
    let mut reading = Reading {
        body,
        file,
        start,
        sink,
        stack: Vec::new(),
        blocks: vec![Vec::new()],
        inlines: Vec::new(),
        pictures: Vec::new(),
    };
    let parser = Parser::new_ext(body, Options::ENABLE_TABLES);
    for (event, range) in parser.into_offset_iter() {
        reading.event(event, range);
    }
    let blocks = reading.blocks.pop().unwrap_or_default();
    Text {
        blocks,
        verbatim: false,
    }
}

/// Reads words that are kept as they are: a blank line parts paragraphs, every line end is kept,
/// and nothing is a sign.
pub(super) fn read_verbatim(body: &str, file: FileId, start: usize) -> Text {
    let mut blocks = Vec::new();
    let mut paragraph: Option<(Vec<Inline>, Range<usize>)> = None;
    let mut at = start;
    let finish = |paragraph: &mut Option<(Vec<Inline>, Range<usize>)>, blocks: &mut Vec<Block>| {
        if let Some((content, range)) = paragraph.take() {
            let span = Span::new(file, range);
            blocks.push(Block::Paragraph { content, span });
        }
    };
    for line in body.split_inclusive('\n') {
        let words = line.trim();
        if words.is_empty() {
            finish(&mut paragraph, &mut blocks);
        } else {
            let end = at + line.trim_end().len();
            let text = Inline::Text(words.to_owned());
            match &mut paragraph {
                Some((content, range)) => {
                    content.extend([Inline::Break, text]);
                    range.end = end;
                }
                None => paragraph = Some((vec![text], at..end)),
            }
        }
        at += line.len();
    }
    finish(&mut paragraph, &mut blocks);
    Text {
        blocks,
        verbatim: true,
    }
}

/// HTML without its comments: they are notes of the author to the author. One that is never closed
/// stays, as text.
fn without_comments(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        let Some((_, after)) = after.split_once("-->") else {
            break;
        };
        out.push_str(before);
        rest = after;
    }
    out + rest
}

/// An open block or inline, with what it has gathered.
enum Open {
    Paragraph,
    Heading(u8),
    List(Option<u64>, Vec<Vec<Block>>),
    Item,
    Quote,
    Code(String),
    Table(Vec<Alignment>, Vec<Vec<Cell>>),
    Row(Vec<Cell>),
    Cell,
    Emphasis,
    Strong,
    Link(Link),
    Image(String),
    /// A block of HTML: it comes line by line, and a comment may go over several.
    Html(String),
    Other,
}

struct Reading<'a> {
    body: &'a str,
    file: FileId,
    start: usize,
    sink: &'a mut Sink,
    stack: Vec<(Open, Range<usize>)>,
    /// Lists of blocks that are being filled: the body's, and one for each open item or quote.
    blocks: Vec<Vec<Block>>,
    /// Lists of inlines that are being filled: the paragraph's, and one for each open inline.
    inlines: Vec<Vec<Inline>>,
    /// Pictures of the paragraph, heading or table that is open; they follow it as figures.
    pictures: Vec<Block>,
}

impl Reading<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        let text = &self.body[range.clone()];
        let end = range.start + text.trim_end().len();
        Span::new(self.file, range.start + self.start..end + self.start)
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.words(&text, &range);
            }
            Event::Code(text) => self.inline(Inline::Code(text.into_string()), &range),
            Event::Html(text) => match self.stack.last_mut() {
                Some((Open::Html(block), _)) => block.push_str(&text),
                _ => self.raw_html(&text, &range),
            },
            Event::InlineHtml(text) => self.raw_html(&text, &range),
            Event::SoftBreak => self.words(" ", &range),
            Event::HardBreak => self.inline(Inline::Break, &range),
            Event::Rule => {
                let span = self.span(&range);
                self.block(Block::Rule { span });
            }
            Event::FootnoteReference(label) => self.words(&format!("[^{label}]"), &range),
            Event::TaskListMarker(done) => self.words(if done { "☑ " } else { "☐ " }, &range),
        }
    }

    fn words(&mut self, text: &str, range: &Range<usize>) {
        if let Some((Open::Code(code), _)) = self.stack.last_mut() {
            code.push_str(text);
            return;
        }
        self.inline(Inline::Text(text.to_owned()), range);
    }

    fn raw_html(&mut self, text: &str, range: &Range<usize>) {
        let text = without_comments(text);
        if text.trim().is_empty() {
            return;
        }
        let span = self.span(range);
        let hint = "write it in Markdown; what looks is for the templates";
        let message = "HTML is not let through, and is shown as text";
        self.sink
            .report(rules::RAW_HTML.at(span, message).hint(hint));
        self.inline(Inline::Text(text.trim_end().replace('\n', " ")), range);
    }

    /// Adds an inline; one that stands outside any paragraph (in a tight list, or as a block of
    /// HTML) gets one.
    fn inline(&mut self, inline: Inline, range: &Range<usize>) {
        if let Some(open) = self.inlines.last_mut() {
            match (open.last_mut(), inline) {
                (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
                (_, inline) => open.push(inline),
            }
            return;
        }
        let span = self.span(range);
        let goes_on = match self.blocks.last().and_then(|blocks| blocks.last()) {
            Some(Block::Paragraph { span, .. }) => self.goes_on(span.end, range),
            _ => false,
        };
        let blocks = self
            .blocks
            .last_mut()
            .expect("the body's list is never closed");
        match blocks.last_mut() {
            // A tight item's words come in pieces; a nested list or another block parts them.
            Some(Block::Paragraph {
                content,
                span: whole,
            }) if goes_on => {
                match (content.last_mut(), inline) {
                    (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
                    (_, inline) => content.push(inline),
                }
                whole.end = span.end;
            }
            _ => blocks.push(Block::Paragraph {
                content: vec![inline],
                span,
            }),
        }
    }

    /// Whether words at `range` go on with a paragraph that ended at byte `end` of the file: only
    /// inside an item, and with no blank line between.
    fn goes_on(&self, end: u32, range: &Range<usize>) -> bool {
        let inside = matches!(self.stack.last(), Some((Open::Item, _)));
        let from = (end as usize).saturating_sub(self.start);
        let between = self.body.get(from..range.start).unwrap_or_default();
        inside && !between.contains("\n\n")
    }

    fn block(&mut self, block: Block) {
        let blocks = self
            .blocks
            .last_mut()
            .expect("the body's list is never closed");
        blocks.push(block);
        self.flush_pictures();
    }

    fn open(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let open = match tag {
            Tag::Paragraph => Open::Paragraph,
            Tag::Heading { level, .. } => Open::Heading(level as u8),
            Tag::BlockQuote(_) => Open::Quote,
            Tag::CodeBlock(_) => Open::Code(String::new()),
            Tag::List(start) => Open::List(start, Vec::new()),
            Tag::Item => Open::Item,
            Tag::Table(alignments) => {
                self.rows_have_the_cells_of_the_header(&range);
                Open::Table(alignments.iter().map(alignment).collect(), Vec::new())
            }
            Tag::TableHead | Tag::TableRow => Open::Row(Vec::new()),
            Tag::TableCell => Open::Cell,
            Tag::Emphasis => Open::Emphasis,
            Tag::Strong => Open::Strong,
            Tag::Link { dest_url, .. } => {
                let span = self.target_span(&range, &dest_url);
                Open::Link(link(&dest_url, span))
            }
            Tag::Image { dest_url, .. } => Open::Image(dest_url.into_string()),
            Tag::HtmlBlock => Open::Html(String::new()),
            _ => Open::Other,
        };
        match open {
            Open::Item | Open::Quote => {
                let depth = self.blocks.len();
                if depth == MAX_DEPTH + 1 {
                    let span = self.span(&range);
                    let message = format!("lists and quotations are nested over {MAX_DEPTH} deep");
                    let hint = "make a section of its own of it";
                    self.sink
                        .report(rules::NESTED_TOO_DEEP.at(span, message).hint(hint));
                }
                self.blocks.push(Vec::new());
            }
            Open::Paragraph
            | Open::Heading(_)
            | Open::Cell
            | Open::Emphasis
            | Open::Strong
            | Open::Link(_)
            | Open::Image(_) => self.inlines.push(Vec::new()),
            _ => {}
        }
        self.stack.push((open, range));
    }

    fn close(&mut self, _: TagEnd) {
        let Some((open, range)) = self.stack.pop() else {
            return;
        };
        let span = self.span(&range);
        match open {
            Open::Paragraph => {
                let content = self.inlines.pop().unwrap_or_default();
                self.paragraph(content, span);
            }
            Open::Heading(level) => {
                let content = self.inlines.pop().unwrap_or_default();
                self.block(Block::Heading {
                    level,
                    content,
                    span,
                });
            }
            Open::List(start, items) => self.block(Block::List { start, items, span }),
            Open::Item => {
                self.flush_pictures();
                let blocks = self.blocks.pop().unwrap_or_default();
                if let Some((Open::List(_, items), _)) = self.stack.last_mut() {
                    items.push(blocks);
                }
            }
            Open::Quote => {
                let blocks = self.blocks.pop().unwrap_or_default();
                self.block(Block::Quote { blocks, span });
            }
            Open::Code(text) => self.block(Block::Code { text, span }),
            Open::Table(alignments, mut rows) => {
                let head = if rows.is_empty() {
                    Vec::new()
                } else {
                    rows.remove(0)
                };
                self.block(Block::Table {
                    head,
                    rows,
                    alignments,
                    span,
                });
            }
            Open::Row(cells) => {
                if let Some((Open::Table(_, rows), _)) = self.stack.last_mut() {
                    rows.push(cells);
                }
            }
            Open::Cell => {
                let content = self.inlines.pop().unwrap_or_default();
                if let Some((Open::Row(cells), _)) = self.stack.last_mut() {
                    cells.push(Cell { content, span });
                }
            }
            Open::Emphasis => self.close_inline(Inline::Emphasis, &range),
            Open::Strong => self.close_inline(Inline::Strong, &range),
            Open::Link(link) => {
                self.close_inline(|content| Inline::Link { link, content }, &range);
            }
            Open::Image(target) => {
                let alt = Inline::plain(&self.inlines.pop().unwrap_or_default());
                let span = self.target_span(&range, &target);
                let image = Reference { target, span };
                self.pictures.push(Block::Figure { image, alt, span });
            }
            Open::Html(text) => self.raw_html(&text, &range),
            Open::Other => {}
        }
    }

    fn close_inline(&mut self, make: impl FnOnce(Vec<Inline>) -> Inline, range: &Range<usize>) {
        let content = self.inlines.pop().unwrap_or_default();
        self.inline(make(content), range);
    }

    /// A paragraph; one that held nothing but pictures is left to them.
    fn paragraph(&mut self, content: Vec<Inline>, span: Span) {
        let is_blank = |inline: &Inline| match inline {
            Inline::Text(text) => text.trim().is_empty(),
            Inline::Break => true,
            _ => false,
        };
        if content.iter().all(is_blank) {
            self.flush_pictures();
        } else {
            self.block(Block::Paragraph { content, span });
        }
    }

    fn flush_pictures(&mut self) {
        let pictures = std::mem::take(&mut self.pictures);
        let blocks = self
            .blocks
            .last_mut()
            .expect("the body's list is never closed");
        blocks.extend(pictures);
    }

    /// Where the target stands in `[words](target)`; the whole link if it is written otherwise.
    fn target_span(&self, range: &Range<usize>, target: &str) -> Span {
        let text = &self.body[range.clone()];
        match text.rfind(target).filter(|_| !target.is_empty()) {
            Some(at) => {
                let start = range.start + at + self.start;
                Span::new(self.file, start..start + target.len())
            }
            None => self.span(range),
        }
    }

    /// Reports rows with more or fewer cells than the header: the parser would drop the words of
    /// the one and fill up the other.
    fn rows_have_the_cells_of_the_header(&mut self, range: &Range<usize>) {
        let mut at = range.start;
        let mut wanted = None;
        for (number, line) in self.body[range.clone()].split_inclusive('\n').enumerate() {
            // Inside a quotation the lines of the table still carry its mark.
            let row = line.trim_start_matches(['>', ' ', '\t']).trim_end();
            let start = at + (line.len() - line.trim_start_matches(['>', ' ', '\t']).len());
            at += line.len();
            if row.is_empty() {
                continue;
            }
            let cells = count_cells(row);
            let wanted = *wanted.get_or_insert(cells);
            if cells != wanted && number != 1 {
                let span = Span::new(
                    self.file,
                    start + self.start..start + row.len() + self.start,
                );
                let message = format!("the row has {cells} cells, the header has {wanted}");
                let hint =
                    "give every row the cells of the header; write `\\|` for a bar that is text";
                self.sink
                    .report(rules::RAGGED_TABLE.at(span, message).hint(hint));
            }
        }
    }
}

/// How many cells a row of a table has: parts between bars that are not escaped.
fn count_cells(row: &str) -> usize {
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = 1;
    let mut escaped = false;
    for (at, byte) in row.bytes().enumerate() {
        let last = at + 1 == row.len();
        if byte == b'|' && !escaped && !last {
            cells += 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    cells
}

fn alignment(alignment: &pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::Right => Alignment::End,
        pulldown_cmark::Alignment::Center => Alignment::Centre,
        _ => Alignment::Start,
    }
}

/// Schemes of addresses that a link may have; all else is read as an id.
const SCHEMES: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];

fn link(target: &str, span: Span) -> Link {
    let lower = target.to_ascii_lowercase();
    if SCHEMES.iter().any(|scheme| lower.starts_with(scheme)) {
        return Link::Address(target.to_owned());
    }
    Link::Item(Reference {
        target: target.to_owned(),
        span,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(body: &str) -> (Text, Vec<crate::diag::Diagnostic>) {
        let mut sink = Sink::default();
        let text = read(body, FileId(0), 0, &mut sink);
        (text, sink.into_sorted())
    }

    fn words(text: &Text) -> Vec<String> {
        let mut out = Vec::new();
        for block in &text.blocks {
            block.walk(&mut |b| out.extend(b.lines().iter().map(|(l, _)| Inline::plain(l))));
        }
        out
    }

    #[test]
    fn tight_and_loose_lists_keep_the_words_of_nested_items_apart() {
        let (text, _) = text_of("- en *to*\n  - tre\n- fire\n\n  fem\n");
        assert_eq!(words(&text), ["en to", "tre", "fire", "fem"]);
    }

    #[test]
    fn a_picture_in_a_paragraph_becomes_a_figure_after_it() {
        let (text, _) = text_of("Før ![Havn](image/havn) etter.\n\n![](image/by)\n");
        assert_eq!(words(&text), ["Før  etter."]);
        let kinds: Vec<_> = text
            .blocks
            .iter()
            .map(|b| matches!(b, Block::Figure { .. }))
            .collect();
        assert_eq!(kinds, [false, true, true]);
    }

    #[test]
    fn raw_html_is_kept_as_text_and_reported_once_a_line() {
        let (text, said) = text_of("<b>fet</b> tekst\n");
        assert_eq!(words(&text), ["<b>fet</b> tekst"]);
        assert_eq!(said.len(), 2);
        let (text, said) = text_of("<div>\nblokk\n</div>\n");
        assert!(words(&text).concat().contains("blokk"), "{text:?}");
        assert!(!said.is_empty());
    }

    #[test]
    fn comments_are_left_out_and_nothing_else_with_them() {
        let comments = [
            "<!-- en\n\nto -->\n",
            "Før <!-- a\nb --> etter.\n",
            "<!-- a --> <!-- b -->\n",
        ];
        let expected: [&[&str]; 3] = [&[], &["Før  etter."], &[]];
        for (body, expected) in comments.into_iter().zip(expected) {
            let (text, said) = text_of(body);
            assert_eq!(words(&text), expected, "{body}");
            assert_eq!(said, [], "{body}");
        }
        let (text, said) = text_of("<!-- a --> Viktig <!-- b -->\n");
        assert_eq!(words(&text), [" Viktig"]);
        assert_eq!(said.len(), 1);
        let (text, said) = text_of("<!-- aldri lukket\n\nto\n");
        assert!(
            words(&text).concat().contains("aldri lukket  to"),
            "{text:?}"
        );
        assert_eq!(said.len(), 1);
    }

    #[test]
    fn a_row_that_does_not_fit_the_header_is_pointed_at() {
        let (_, said) =
            text_of("| a | b |\n|---|---|\n| 1 | 2 |\n| 1 | 2 | 3 |\n| x \\| y | z |\n");
        assert_eq!(said.len(), 1, "{said:?}");
        assert_eq!(said[0].message, "the row has 3 cells, the header has 2");
    }

    #[test]
    fn a_link_to_an_item_points_at_its_target() {
        let (text, _) = text_of("Se [økonomi](challenge/okonomi).\n");
        let Block::Paragraph { content, .. } = &text.blocks[0] else {
            panic!("{text:?}")
        };
        let Inline::Link {
            link: Link::Item(reference),
            ..
        } = &content[1]
        else {
            panic!("{content:?}")
        };
        assert_eq!(reference.target, "challenge/okonomi");
        assert_eq!((reference.span.start, reference.span.end), (14, 31));
    }

    #[test]
    fn verbatim_words_keep_their_signs_and_line_ends() {
        let text = read_verbatim("*Ja*, _1._ <b>\n# nei\n\nto\n", FileId(0), 0);
        assert_eq!(words(&text), ["*Ja*, _1._ <b>\n# nei", "to"]);
    }
}
