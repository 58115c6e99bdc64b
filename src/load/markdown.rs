//! Markdown bodies to blocks and inlines, and verbatim bodies to paragraphs.
//!
//! CommonMark with tables, footnotes and words struck out, read by pulldown-cmark. A link to
//! `lang/en` says that its words are English; `{#name}` at the end of a block gives it a name. Some
//! things are not let through: raw HTML, which is shown as the text it is, rows of tables that do not
//! have the cells of the header, and levels that nobody could follow. What Markdown leaves unshown is
//! said.

mod definitions;
mod html;
mod languages;
mod names;
mod notes;
mod rows;
mod unread;

use super::{is_control, rules};
use crate::diag::Sink;
use crate::files::{FileId, Span};
use crate::model::{Alignment, Block, Cell, Inline, Link, Located, Note, Reference, Text};
use crate::steps;
use definitions::Watch;
use html::Html;
use notes::{Kept, Notes};
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

/// Deepest nesting of lists and quotations, and of stress; beyond it no reader can follow. What
/// lies deeper is kept in the last level, so that no stage meets a tree without end.
const MAX_DEPTH: usize = 12;

/// What is read beside CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH);

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
    reading.unread_marks();
    let mut watch = Watch::default();
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

/// Reads words that are kept as they are: every word, sign and line end is, and blank lines part
/// paragraphs. Indentations, runs of spaces and the number of blank lines are typing, not words: a
/// quotation is set as any other text.
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
        ..Text::default()
    }
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

impl Reading<'_> {
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
            Some((Open::Code(code), _)) => return code.push_str(text),
            Some((Open::Html(html), _)) => return html.push(text, range),
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
            self.sink.report(rules::control_character(span, sign));
        }
        self.inline(Inline::Text(text.to_owned()), range);
    }

    /// Reports the tags among the words of a block.
    fn flush_tags(&mut self) {
        if let Some((first, count)) = self.tags.take() {
            self.raw_html(&first, count);
        }
    }

    fn raw_html(&mut self, range: &Range<usize>, tags: usize) {
        let message = match tags {
            1 => "HTML is not let through, and is shown as text".to_owned(),
            _ => format!("HTML is not let through, and {tags} tags are shown as text"),
        };
        let hint = "write it in Markdown; what looks is for the templates";
        let said = rules::RAW_HTML.at(self.span(range), message);
        self.sink.report(said.hint(hint));
    }

    fn unread_marks(&mut self) {
        for (mark, (range, count)) in unread::unread(self.body) {
            let name = mark.name();
            let times = times(count);
            let message = format!("{name} are not read, and are shown as typed{times}");
            let said = rules::UNREAD_MARKS.at(self.span(&range), message);
            self.sink.report(said.hint(mark.instead()));
        }
    }

    fn unclosed_comment(&mut self, range: Range<usize>) {
        let message = "the comment that begins here does not end, and is shown as text";
        let hint = "write `-->` after its last word";
        let said = rules::RAW_HTML.at(self.span(&range), message);
        self.sink.report(said.hint(hint));
    }

    /// The text of a block of HTML; its comments are left out.
    fn html_block(&mut self, html: &Html) {
        let Some(left) = html.left() else { return };
        match left.unclosed {
            Some(start) => self.unclosed_comment(start..left.range.end),
            None => self.raw_html(&left.range, 1),
        }
        let span = self.span(&left.range);
        let mut content = Vec::new();
        for line in left.lines {
            if !content.is_empty() {
                content.push(Inline::Break);
            }
            content.push(Inline::Text(line));
        }
        self.block(Block::Paragraph { content, span });
    }

    /// A reference to a footnote; one in a footnote is left as it is typed.
    fn note_reference(&mut self, name: &str, range: &Range<usize>) {
        let inline = if self.open_notes > 0 {
            let message = "a footnote has no footnotes, so this is shown as typed";
            let hint = "write what it says into this note, in brackets";
            let said = rules::UNREAD_MARKS.at(self.span(range), message);
            self.sink.report(said.hint(hint));
            None
        } else {
            self.notes.refer(name).map(Inline::NoteReference)
        };
        if let Some((_, holds_note)) = &mut self.bracket {
            *holds_note = true;
        }
        let typed = || Inline::Text(self.body[range.clone()].to_owned());
        let inline = inline.unwrap_or_else(typed);
        self.inline(inline, range);
    }

    /// Looks at brackets that are words: they are no link if a reference to a note stands in them,
    /// and no reference if there is no such note.
    fn brackets(&mut self, text: &str, range: &Range<usize>) {
        if text == "]" {
            let bracket = self.bracket.take();
            let goes_on = self.body[range.end..].starts_with(['(', '[']);
            if let Some((start, true)) = bracket.filter(|_| goes_on) {
                let message = "a link cannot hold a footnote, so this is shown as typed";
                let hint = "write the footnote after the link: `[words](target)[^name]`";
                let said = rules::UNREAD_MARKS.at(self.span(&(start..range.end)), message);
                self.sink.report(said.hint(hint));
            }
        } else if text.ends_with('[') {
            if let Some(place) = notes::unmet(self.body, range) {
                let name = self.body[place.clone()].to_owned();
                self.unmet.entry(name).or_insert((place, 0)).1 += 1;
            } else {
                self.bracket = Some((range.start, false));
            }
        }
    }

    /// A footnote, when all of it has been read.
    fn note(&mut self, name: &str, range: &Range<usize>) {
        self.open_notes -= 1;
        self.flush_pictures();
        let blocks = self.blocks.pop().unwrap_or_default();
        let note = Note {
            name: name.to_lowercase(),
            blocks,
            span: self.span(range),
        };
        let place = notes::name_of(self.body, range);
        if self.notes.keep(name, note, place.clone()) == Kept::NameTaken {
            let name = self.body[place.clone()].to_owned();
            self.taken.entry(name).or_insert((place, 0)).1 += 1;
        }
        // Words of the list or quotation around go on in a paragraph of their own.
        self.tight = None;
    }

    /// The notes that the text refers to; reports the others, and references to none.
    fn shown_notes(&mut self) -> Vec<Note> {
        let (shown, unshown) = std::mem::take(&mut self.notes).into_shown();
        for place in unshown {
            let message = "no text refers to this footnote, so nothing of it is shown";
            let name = &self.body[place.clone()];
            let hint = format!("write `{name}` where it belongs, or take it out");
            let said = rules::UNSHOWN_WORDS.at(self.span(&place), message);
            self.sink.report(said.hint(hint));
        }
        for (name, (place, count)) in std::mem::take(&mut self.taken) {
            let times = times(count);
            let message =
                format!("the footnote `{name}` is there already, so this one is not shown{times}");
            let said = rules::UNSHOWN_WORDS.at(self.span(&place), message);
            self.sink
                .report(said.hint("give it another name, or take it out"));
        }
        for (name, (place, count)) in std::mem::take(&mut self.unmet) {
            let times = times(count);
            let message =
                format!("there is no footnote `{name}`, so this is shown as typed{times}");
            let hint = format!("write the note, `{name}: …`, in the same text");
            let said = rules::UNREAD_MARKS.at(self.span(&place), message);
            self.sink.report(said.hint(hint));
        }
        shown
    }

    fn unshown_definition(&mut self, range: &Range<usize>, twice: bool) {
        let (message, hint) = match twice {
            false => (
                "no link uses this definition, so nothing of it is shown",
                "write `[words][name]` where it belongs, or take it out",
            ),
            true => (
                "the name of this definition is taken by an earlier one, so it is not read",
                "give it another name, or take it out",
            ),
        };
        let said = rules::UNSHOWN_WORDS.at(self.span(range), message);
        self.sink.report(said.hint(hint));
    }

    /// Reports a title, `[words](target "title")`, which neither output shows.
    fn title(&mut self, title: &CowStr<'_>, range: &Range<usize>, hint: &str) {
        if title.is_empty() {
            return;
        }
        let message = format!("the title `{title}` is not shown");
        let said = rules::UNSHOWN_WORDS.at(self.target_span(range, title), message);
        self.sink.report(said.hint(hint));
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
            Tag::Strikethrough if self.body[range.clone()].starts_with("~~") => Open::Struck,
            Tag::Strikethrough => {
                self.inline(Inline::Text("~".to_owned()), &range);
                Open::Tilde
            }
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.title(&title, &range, "say it in the text, if readers need it");
                let span = self.target_span(&range, &dest_url);
                Open::Link(link(link_type, &dest_url, span))
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                self.title(&title, &range, "give it as `caption` in images.toml");
                Open::Image(dest_url.into_string())
            }
            Tag::HtmlBlock => Open::Html(Html::default()),
            Tag::FootnoteDefinition(name) => Open::Note(name.into_string()),
            _ => Open::Other,
        };
        let open = self.within_depth(open, &range);
        self.links += usize::from(matches!(open, Open::Link(_)));
        self.cells += usize::from(matches!(open, Open::Cell));
        self.open_notes += usize::from(matches!(open, Open::Note(_)));
        match open {
            Open::Item | Open::Quote | Open::Note(_) => self.blocks.push(Vec::new()),
            Open::Flat => self.flat += 1,
            Open::Paragraph
            | Open::Heading(_)
            | Open::Cell
            | Open::Emphasis
            | Open::Strong
            | Open::Struck
            | Open::Link(_)
            | Open::Image(_) => self.inlines.push(Vec::new()),
            _ => {}
        }
        self.stack.push((open, range));
    }

    /// The same, or no level of its own if it would lie too deep.
    fn within_depth(&mut self, open: Open, range: &Range<usize>) -> Open {
        let (depth, what) = match open {
            Open::List(..) | Open::Item | Open::Quote => {
                (self.blocks.len(), "lists and quotations")
            }
            Open::Emphasis | Open::Strong | Open::Struck => {
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
            let hint = "make a section of its own of it";
            let said = rules::NESTED_TOO_DEEP.at(self.span(range), message);
            self.sink.report(said.hint(hint));
        }
        Open::Flat
    }

    fn close(&mut self, _: TagEnd) {
        let Some((open, range)) = self.stack.pop() else {
            return;
        };
        let span = self.span(&range);
        self.links -= usize::from(matches!(open, Open::Link(_)));
        self.cells -= usize::from(matches!(open, Open::Cell));
        match open {
            Open::Paragraph => {
                let content = self.inlines.pop().unwrap_or_default();
                self.paragraph(content, span);
            }
            Open::Heading(level) => {
                let content = self.inlines.pop().unwrap_or_default();
                self.heading(level, content, span);
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
                self.block(languages::quote(blocks, span));
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
            Open::Struck => self.close_inline(Inline::Struck, &range),
            Open::Tilde => self.inline(Inline::Text("~".to_owned()), &range),
            Open::Link(link) => self.link(link, &range),
            Open::Image(target) => {
                self.picture_has_room(&range);
                let alt = Inline::plain(&self.inlines.pop().unwrap_or_default());
                let span = self.target_span(&range, &target);
                let image = Reference { target, span };
                self.pictures.push(Block::Figure { image, alt, span });
            }
            Open::Html(html) => self.html_block(&html),
            Open::Note(name) => self.note(&name, &range),
            Open::Flat => {
                self.flat -= 1;
                // Words of the level above go on in a paragraph of their own.
                self.tight = None;
            }
            Open::Other => {}
        }
    }

    fn close_inline(&mut self, make: impl FnOnce(Vec<Inline>) -> Inline, range: &Range<usize>) {
        let content = self.inlines.pop().unwrap_or_default();
        self.inline(make(content), range);
    }

    /// A link, or words of another language. A link without words shows its target, so that no
    /// link is empty and none is lost.
    fn link(&mut self, link: Link, range: &Range<usize>) {
        let mut content = self.inlines.pop().unwrap_or_default();
        let is_empty = Inline::plain(&content).trim().is_empty();
        if is_empty && self.holds_picture(range) {
            // That it cannot has been said.
            return;
        }
        if let Some(language) = languages::tag(&link) {
            let foreign = self.foreign(language, content);
            return self.inline(foreign, range);
        }
        if is_empty {
            content = vec![Inline::Text(link.target().to_owned())];
        }
        self.inline(Inline::Link { link, content }, range);
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
        let message = "a footnote has no headings, so this is set as a paragraph";
        let said = rules::UNREAD_MARKS.at(span, message);
        self.sink
            .report(said.hint("write it without `#`, or make a section of the note"));
        let content = vec![Inline::Strong(content)];
        self.block(Block::Paragraph { content, span });
    }

    fn holds_picture(&self, range: &Range<usize>) -> bool {
        let start = self.span(range).start;
        let inside = |b: &Block| matches!(b, Block::Figure { span, .. } if span.start >= start);
        self.pictures.last().is_some_and(inside)
    }

    /// Reports a picture in a link, a cell or a footnote, where no figure can stand.
    fn picture_has_room(&mut self, range: &Range<usize>) {
        let (place, hint) = match (self.links, self.cells) {
            (0, 0) if self.open_notes == 0 => return,
            (0, 0) => (
                "a footnote",
                "write the picture into the text, and name it in the note",
            ),
            (0, _) => (
                "a cell of a table",
                "write the picture below the table, and name it in the cell",
            ),
            _ => (
                "the words of a link",
                "write the picture, and the link with words of its own below it",
            ),
        };
        let message = format!("a picture cannot stand in {place}");
        let said = rules::MISPLACED_PICTURE.at(self.span(range), message);
        self.sink.report(said.hint(hint));
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

/// Schemes of addresses that a link may have; all else is read as an id.
const SCHEMES: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];

fn link(link_type: LinkType, target: &str, span: Span) -> Link {
    if link_type == LinkType::Email {
        return Link::Address(format!("mailto:{target}"));
    }
    let lower = target.to_ascii_lowercase();
    if SCHEMES.iter().any(|scheme| lower.starts_with(scheme)) {
        return Link::Address(target.to_owned());
    }
    let (id, place) = match target.split_once('#') {
        Some((id, place)) if !id.is_empty() => (id, Some(place)),
        _ => (target, None),
    };
    // One that was written in another way than it is read is pointed at as a whole.
    let is_as_written = span.range().len() == target.len();
    let part = |from: usize, to: usize| match is_as_written {
        true => Span::new(
            span.file,
            span.range().start + from..span.range().start + to,
        ),
        false => span,
    };
    Link::Item {
        item: Reference {
            target: id.to_owned(),
            span: part(0, id.len()),
        },
        place: place.map(|name| Located {
            value: name.to_owned(),
            span: part(id.len() + 1, target.len()),
        }),
    }
}

#[cfg(test)]
mod tests;
