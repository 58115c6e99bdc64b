//! Markdown bodies → blocks and inlines.
//!
//! The syntax is CommonMark with tables, footnotes and strikethrough, read by pulldown-cmark. A link to
//! `lang/en` marks its text as English; `{#name}` at the end of a block names it. Raw HTML is shown as
//! text. Table rows that do not fit the header, and very deep nesting, are errors. Content that Markdown
//! would not show is reported.

mod definitions;
mod html;
mod languages;
mod links;
mod names;
mod notes;
mod pictures;
mod rows;
mod unsupported;
mod verbatim;

pub(super) use verbatim::read_verbatim;

use super::control_characters::{control_character, is_control};
use super::rules;
use crate::diag::Sink;
use crate::files::{FileId, Span};
use crate::model::{Alignment, Block, Cell, Inline, Link, Reference, Text};
use crate::steps;
use definitions::DefinitionTracker;
use html::Html;
use notes::Notes;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

/// Deepest nesting of lists and quotations, and of stress; beyond it no reader can follow. What
/// lies deeper is kept in the last level, so that no stage meets a tree without end.
const MAX_DEPTH: usize = 12;

/// The extensions of CommonMark that are read.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH);

/// Reads a Markdown body that starts at byte `start` of its file.
pub(super) fn read(body: &str, file: FileId, start: usize, sink: &mut Sink) -> Text {
    let mut reading = BodyParser {
        body,
        file,
        start,
        sink,
        stack: Vec::new(),
        blocks: vec![Vec::new()],
        inlines: Vec::new(),
        pictures: Vec::new(),
        tight: None,
        flat: 0,
        tags: None,
        no_table: None,
        links: 0,
        cells: 0,
        notes: Notes::of(body, OPTIONS),
        open_notes: 0,
        bracket: None,
        unmet: BTreeMap::new(),
        taken: BTreeMap::new(),
    };
    reading.unsupported_syntax();
    let mut watch = DefinitionTracker::default();
    let mut events = Parser::new_ext(body, OPTIONS).into_offset_iter();
    while let Some((event, range)) = events.next() {
        watch.event(&event, &range, &events);
        reading.event(event, range);
    }
    for unshown in watch.unshown(body, &events) {
        reading.unshown_definition(&unshown.range, unshown.twice);
    }
    reading.flush_tags();
    let blocks = reading.blocks.pop().unwrap_or_default();
    let notes = reading.shown_notes();
    let mut text = Text {
        blocks,
        notes,
        ..Text::default()
    };
    names::take(&mut text, body, start, sink);
    text
}

/// An open block or inline, with what it has gathered.
enum OpenNode {
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
    Struck,
    /// A single tilde, which means «about» and strikes nothing out.
    Tilde,
    Link(Link),
    Image(String),
    Html(Html),
    /// A footnote, with its name.
    Note(String),
    /// A level beyond the deepest: what it holds goes to the one above.
    Flat,
    Other,
}

struct BodyParser<'a> {
    body: &'a str,
    file: FileId,
    start: usize,
    sink: &'a mut Sink,
    stack: Vec<(OpenNode, Range<usize>)>,
    /// Lists of blocks that are being filled: the body's, and one for each open item or quote.
    blocks: Vec<Vec<Block>>,
    /// Lists of inlines that are being filled: the paragraph's, and one for each open inline.
    inlines: Vec<Vec<Inline>>,
    /// Pictures of the paragraph, heading or table that is open; they follow it as figures.
    pictures: Vec<Block>,
    /// The item whose words, which stand in no paragraph of their own, were the last to come.
    tight: Option<Range<usize>>,
    /// How many levels beyond the deepest are open.
    flat: usize,
    /// The first tag of HTML among the words of the block that is open, and how many there are.
    tags: Option<(Range<usize>, usize)>,
    /// The line, read as words, that was to part the header of a table from its rows.
    no_table: Option<usize>,
    /// How many links are open.
    links: usize,
    /// How many cells of tables are open.
    cells: usize,
    notes: Notes,
    /// How many footnotes are open.
    open_notes: usize,
    /// Where a bracket stands among the words that are being read, and whether it holds a
    /// reference to a footnote.
    bracket: Option<(usize, bool)>,
    /// References to notes that are not there, as typed, each with its first place and number.
    unmet: BTreeMap<String, (Range<usize>, usize)>,
    /// The same of notes whose name is taken.
    taken: BTreeMap<String, (Range<usize>, usize)>,
}

impl BodyParser<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        let text = &self.body[range.clone()];
        let end = range.start + text.trim_end().len();
        Span::new(self.file, range.start + self.start..end + self.start)
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        steps::count(1);
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.words(&text, &range);
            }
            Event::Code(text) => self.inline(Inline::Code(text.into_string()), &range),
            Event::Html(text) => self.words(&text, &range),
            Event::InlineHtml(text) => {
                if !html::is_comment(&text) {
                    self.tags.get_or_insert((range.clone(), 0)).1 += 1;
                    self.inline(Inline::Text(text.into_string()), &range);
                }
            }
            Event::SoftBreak => self.words(" ", &range),
            Event::HardBreak => self.inline(Inline::Break, &range),
            Event::Rule => {
                let span = self.span(&range);
                self.block(Block::Rule { span });
            }
            Event::FootnoteReference(name) => self.note_reference(&name, &range),
            Event::TaskListMarker(_) => self.words(&self.body[range.clone()], &range),
        }
    }

    fn words(&mut self, text: &str, range: &Range<usize>) {
        match self.stack.last_mut() {
            Some((OpenNode::Code(code), _)) => return code.push_str(text),
            Some((OpenNode::Html(html), _)) => return html.push(text, range),
            _ => {}
        }
        self.delimiter_row(range);
        self.brackets(text, range);
        if let Some(start) = html::unclosed_in(self.body, range) {
            let line = self.body[start..].find('\n');
            self.unclosed_comment(start..line.map_or(self.body.len(), |end| start + end));
        }
        // Those that stand in the file as they are have been reported with it.
        let written = &self.body[range.clone()];
        if let Some(sign) = text
            .chars()
            .find(|&c| is_control(c) && !written.contains(c))
        {
            let span = self.span(range);
            self.sink.report(control_character(span, sign));
        }
        self.inline(Inline::Text(text.to_owned()), range);
    }

    /// Adds an inline; one that stands outside any paragraph, in a tight list, gets one.
    fn inline(&mut self, inline: Inline, range: &Range<usize>) {
        if let Some(open) = self.inlines.last_mut() {
            join(open, inline);
            return;
        }
        let span = self.span(range);
        let item = self.stack.last().map(|(_, range)| range.clone());
        let goes_on = item.is_some() && self.tight == item;
        self.tight = item;
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
                join(content, inline);
                whole.end = span.end;
            }
            _ => blocks.push(Block::Paragraph {
                content: vec![inline],
                span,
            }),
        }
    }

    fn block(&mut self, block: Block) {
        let blocks = self
            .blocks
            .last_mut()
            .expect("the body's list is never closed");
        blocks.push(block);
        self.tight = None;
        self.bracket = None;
        self.flush_pictures();
        self.flush_tags();
    }

    fn open(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let open = match tag {
            Tag::Paragraph => OpenNode::Paragraph,
            Tag::Heading { level, .. } => OpenNode::Heading(level as u8),
            Tag::BlockQuote(_) => OpenNode::Quote,
            Tag::CodeBlock(_) => OpenNode::Code(String::new()),
            Tag::List(start) => OpenNode::List(start, Vec::new()),
            Tag::Item => OpenNode::Item,
            Tag::Table(alignments) => {
                self.rows_have_the_cells_of_the_header(&range);
                OpenNode::Table(alignments.iter().map(alignment).collect(), Vec::new())
            }
            Tag::TableHead | Tag::TableRow => OpenNode::Row(Vec::new()),
            Tag::TableCell => OpenNode::Cell,
            Tag::Emphasis => OpenNode::Emphasis,
            Tag::Strong => OpenNode::Strong,
            Tag::Strikethrough if self.body[range.clone()].starts_with("~~") => OpenNode::Struck,
            Tag::Strikethrough => {
                self.inline(Inline::Text("~".to_owned()), &range);
                OpenNode::Tilde
            }
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.title(&title, &range, "say it in the text, if readers need it");
                let span = self.target_span(&range, &dest_url);
                OpenNode::Link(links::target(link_type, &dest_url, span))
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                self.title(&title, &range, "give it as `caption` in images.toml");
                OpenNode::Image(dest_url.into_string())
            }
            Tag::HtmlBlock => OpenNode::Html(Html::default()),
            Tag::FootnoteDefinition(name) => OpenNode::Note(name.into_string()),
            _ => OpenNode::Other,
        };
        let open = self.within_depth(open, &range);
        self.links += usize::from(matches!(open, OpenNode::Link(_)));
        self.cells += usize::from(matches!(open, OpenNode::Cell));
        self.open_notes += usize::from(matches!(open, OpenNode::Note(_)));
        match open {
            OpenNode::Item | OpenNode::Quote | OpenNode::Note(_) => self.blocks.push(Vec::new()),
            OpenNode::Flat => self.flat += 1,
            OpenNode::Paragraph
            | OpenNode::Heading(_)
            | OpenNode::Cell
            | OpenNode::Emphasis
            | OpenNode::Strong
            | OpenNode::Struck
            | OpenNode::Link(_)
            | OpenNode::Image(_) => self.inlines.push(Vec::new()),
            _ => {}
        }
        self.stack.push((open, range));
    }

    /// The same, or no level of its own if it would lie too deep.
    fn within_depth(&mut self, open: OpenNode, range: &Range<usize>) -> OpenNode {
        let (depth, what) = match open {
            OpenNode::List(..) | OpenNode::Item | OpenNode::Quote => {
                (self.blocks.len(), "lists and quotations")
            }
            OpenNode::Emphasis | OpenNode::Strong | OpenNode::Struck => {
                (self.inlines.len(), "words with stress")
            }
            _ => return open,
        };
        if depth <= MAX_DEPTH {
            return open;
        }
        // What lies deeper still would say the same again.
        if self.flat == 0 {
            let message = format!("{what} are nested over {MAX_DEPTH} deep");
            let hint = "move it to a section of its own";
            let said = rules::NESTED_TOO_DEEP.at(self.span(range), message);
            self.sink.report(said.hint(hint));
        }
        OpenNode::Flat
    }

    fn close(&mut self, _: TagEnd) {
        let Some((open, range)) = self.stack.pop() else {
            return;
        };
        let span = self.span(&range);
        self.links -= usize::from(matches!(open, OpenNode::Link(_)));
        self.cells -= usize::from(matches!(open, OpenNode::Cell));
        match open {
            OpenNode::Paragraph => {
                let content = self.inlines.pop().unwrap_or_default();
                self.paragraph(content, span);
            }
            OpenNode::Heading(level) => {
                let content = self.inlines.pop().unwrap_or_default();
                self.heading(level, content, span);
            }
            OpenNode::List(start, items) => self.block(Block::List { start, items, span }),
            OpenNode::Item => {
                self.flush_pictures();
                let blocks = self.blocks.pop().unwrap_or_default();
                if let Some((OpenNode::List(_, items), _)) = self.stack.last_mut() {
                    items.push(blocks);
                }
            }
            OpenNode::Quote => {
                let blocks = self.blocks.pop().unwrap_or_default();
                self.block(languages::quote(blocks, span));
            }
            OpenNode::Code(text) => self.block(Block::Code { text, span }),
            OpenNode::Table(alignments, mut rows) => {
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
            OpenNode::Row(cells) => {
                if let Some((OpenNode::Table(_, rows), _)) = self.stack.last_mut() {
                    rows.push(cells);
                }
            }
            OpenNode::Cell => {
                let content = self.inlines.pop().unwrap_or_default();
                if let Some((OpenNode::Row(cells), _)) = self.stack.last_mut() {
                    cells.push(Cell { content, span });
                }
            }
            OpenNode::Emphasis => self.close_inline(Inline::Emphasis, &range),
            OpenNode::Strong => self.close_inline(Inline::Strong, &range),
            OpenNode::Struck => self.close_inline(Inline::Struck, &range),
            OpenNode::Tilde => self.inline(Inline::Text("~".to_owned()), &range),
            OpenNode::Link(link) => self.link(link, &range),
            OpenNode::Image(target) => {
                self.picture_has_room(&range);
                let alt = Inline::plain(&self.inlines.pop().unwrap_or_default());
                let span = self.target_span(&range, &target);
                let image = Reference { target, span };
                self.pictures.push(Block::Figure { image, alt, span });
            }
            OpenNode::Html(html) => self.html_block(&html),
            OpenNode::Note(name) => self.note(&name, &range),
            OpenNode::Flat => {
                self.flat -= 1;
                // Words of the level above go on in a paragraph of their own.
                self.tight = None;
            }
            OpenNode::Other => {}
        }
    }

    fn close_inline(&mut self, make: impl FnOnce(Vec<Inline>) -> Inline, range: &Range<usize>) {
        let content = self.inlines.pop().unwrap_or_default();
        self.inline(make(content), range);
    }

    /// A heading; a footnote has none, since it would be one of the document.
    fn heading(&mut self, level: u8, content: Vec<Inline>, span: Span) {
        if self.open_notes == 0 {
            return self.block(Block::Heading {
                level,
                content,
                span,
            });
        }
        let message = "a footnote cannot have headings, so this is shown as a paragraph";
        let said = rules::UNREAD_MARKS.at(span, message);
        self.sink
            .report(said.hint("write it without `#`, or turn the note into a section"));
        let content = vec![Inline::Strong(content)];
        self.block(Block::Paragraph { content, span });
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
}

/// How often something stands in a text, if it does more than once.
fn times(count: usize) -> String {
    match count {
        1 => String::new(),
        _ => format!(" ({count} times in this text)"),
    }
}

/// Adds an inline to others; words go on with the words before.
fn join(inlines: &mut Vec<Inline>, inline: Inline) {
    match (inlines.last_mut(), inline) {
        (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
        (_, inline) => inlines.push(inline),
    }
}

fn alignment(alignment: &pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::Right => Alignment::End,
        // A column is read along its start; numbers are compared along their end.
        _ => Alignment::Start,
    }
}

#[cfg(test)]
mod tests;
