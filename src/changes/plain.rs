//! The texts of a strategy as a document of their own, for sources whose errors let no template run.

use super::seen::Seen;
use crate::dom::{Data, Document, Meta, NodeId, Origin};
use crate::files::Span;
use crate::model::{Audience, Block, Cell, Id, Inline, Strategy};

/// What the entries of a strategy say in their texts, as far as an audience may read it: an article
/// each, without titles, fields and numbers.
pub fn plain(strategy: &Strategy, audience: Audience) -> Document {
    let mut writer = Writer {
        document: Document::new(Meta::default()),
    };
    for entry in &Seen::new(strategy, audience).entries {
        let anchor = entry.id().map_or("agreement".to_owned(), Id::anchor);
        let mut texts = entry.texts().peekable();
        if texts.peek().is_none() {
            continue;
        }
        let article = writer.element(Document::ROOT, "article", None);
        writer.document.set_attr(article, "id", &anchor);
        for text in texts {
            let class = if text.verbatim { "verbatim" } else { "text" };
            let around = writer.element(article, "div", None);
            writer.document.set_attr(around, "class", class);
            writer.blocks(around, &text.blocks);
            for note in &text.notes {
                let aside = writer.element(around, "aside", Some(note.span));
                writer.document.set_attr(aside, "class", "note");
                let id = format!("{anchor}.note-{}", note.name);
                writer.document.set_attr(aside, "id", &id);
                writer.blocks(aside, &note.blocks);
            }
        }
    }
    writer.document
}

struct Writer {
    document: Document,
}

impl Writer {
    fn element(&mut self, into: NodeId, name: &str, source: Option<Span>) -> NodeId {
        let data = Data::Element {
            name: name.to_owned(),
            attrs: Vec::new(),
        };
        let origin = Origin {
            source,
            template: None,
        };
        let node = self.document.create(data, origin);
        self.document.append(into, node);
        node
    }

    fn words(&mut self, into: NodeId, words: &str) {
        let text = self.document.create_text(words);
        self.document.append(into, text);
    }

    fn blocks(&mut self, into: NodeId, blocks: &[Block]) {
        for block in blocks {
            self.block(into, block);
        }
    }

    fn block(&mut self, into: NodeId, block: &Block) {
        let source = Some(block.span());
        match block {
            Block::Heading { level, content, .. } => {
                let name = format!("h{}", level.saturating_add(2).min(6));
                let heading = self.element(into, &name, source);
                self.inlines(heading, content);
            }
            Block::Paragraph { content, .. } => {
                let paragraph = self.element(into, "p", source);
                self.inlines(paragraph, content);
            }
            Block::List { start, items, .. } => {
                let name = if start.is_some() { "ol" } else { "ul" };
                let list = self.element(into, name, source);
                for item in items {
                    let own = self.element(list, "li", item.first().map(Block::span));
                    self.blocks(own, item);
                }
            }
            Block::Quote { blocks, .. } => {
                let quote = self.element(into, "blockquote", source);
                self.blocks(quote, blocks);
            }
            Block::Table { head, rows, .. } => {
                let table = self.element(into, "table", source);
                let body = self.element(table, "tbody", None);
                self.row(body, "th", head);
                rows.iter().for_each(|row| self.row(body, "td", row));
            }
            Block::Code { text, .. } => {
                let code = self.element(into, "pre", source);
                self.words(code, text);
            }
            Block::Figure { image, .. } => {
                let figure = self.element(into, "figure", source);
                if let Some(id) = image.id() {
                    self.document.set_attr(figure, "id", &id.anchor());
                }
            }
            Block::Rule { .. } => {
                self.element(into, "hr", source);
            }
        }
    }

    fn row(&mut self, into: NodeId, name: &str, cells: &[Cell]) {
        let row = self.element(into, "tr", None);
        for cell in cells {
            let own = self.element(row, name, Some(cell.span));
            self.inlines(own, &cell.content);
        }
    }

    fn inlines(&mut self, into: NodeId, inlines: &[Inline]) {
        for inline in inlines {
            let name = match inline {
                Inline::Text(text) => {
                    self.words(into, text);
                    continue;
                }
                Inline::Code(text) => {
                    let code = self.element(into, "code", None);
                    self.words(code, text);
                    continue;
                }
                Inline::Emphasis(_) => "em",
                Inline::Strong(_) => "strong",
                Inline::Struck(_) => "s",
                Inline::Foreign { .. } => "span",
                Inline::Link { .. } | Inline::NoteReference(_) => "a",
                Inline::Break => "br",
            };
            let node = self.element(into, name, None);
            match inline {
                Inline::Link { link, .. } => {
                    self.document.set_attr(node, "href", link.target());
                }
                Inline::NoteReference(number) => {
                    self.document.set_attr(node, "class", "noteref");
                    let href = format!("#.note-{}", number + 1);
                    self.document.set_attr(node, "href", &href);
                }
                _ => {}
            }
            self.inlines(node, inline.inner());
        }
    }
}
