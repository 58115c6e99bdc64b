//! Prints the content of a PDF: as read aloud, and as a tree.

use super::{Bookmark, Kid, ReadBack, StructureNode};
use std::fmt;

/// Types that stand in a line; all others begin and end one.
const INLINE: [&str; 8] = [
    "Span",
    "Link",
    "Code",
    "Quote",
    "Reference",
    "Note",
    "BibEntry",
    "Annot",
];

impl ReadBack {
    /// The text in reading order, a line for each paragraph, item part or cell. A word that was
    /// broken over two lines is whole.
    pub fn text(&self) -> String {
        let mut text = TextBuilder::default();
        text.node(&self.root);
        text.break_line();
        text.done
    }

    /// Every element, in reading order.
    pub fn elements(&self) -> impl Iterator<Item = &StructureNode> {
        let mut waiting = vec![&self.root];
        std::iter::from_fn(move || {
            let next = waiting.pop()?;
            waiting.extend(next.kids.iter().rev().filter_map(|kid| match kid {
                Kid::Node(node) => Some(node),
                Kid::Text { .. } | Kid::Annotation { .. } => None,
            }));
            Some(next)
        })
    }
}

impl StructureNode {
    /// The value of an attribute.
    pub fn attribute(&self, key: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(k, _)| k == key);
        found.map(|(_, value)| value.as_str())
    }

    /// The text of the element, on one line.
    pub fn text(&self) -> String {
        let mut text = TextBuilder::default();
        text.node(self);
        text.break_line();
        text.done.trim_end().replace('\n', " ")
    }
}

/// Text that is being put together.
#[derive(Default)]
struct TextBuilder {
    done: String,
    line: String,
}

impl TextBuilder {
    fn node(&mut self, node: &StructureNode) {
        let block = !INLINE.contains(&node.kind.as_str());
        if block {
            self.break_line();
        }
        if let Some(text) = node.attribute("ActualText") {
            self.line.push_str(text);
        } else {
            for kid in &node.kids {
                match kid {
                    Kid::Node(node) => self.node(node),
                    Kid::Text { text, .. } => self.text(text),
                    Kid::Annotation { .. } => {}
                }
            }
        }
        if block {
            self.break_line();
        }
    }

    /// Takes text in which line feeds stand where lines ended on the page.
    fn text(&mut self, text: &str) {
        for (i, piece) in text.split('\n').enumerate() {
            if i > 0 {
                match self.line.chars().last() {
                    Some('\u{AD}') => {
                        self.line.pop();
                    }
                    // Lines end after these without a space.
                    Some('-' | '–' | '—' | '/') | None => {}
                    Some(c) if c.is_whitespace() => {}
                    Some(_) => self.line.push(' '),
                }
            }
            self.line.push_str(piece);
        }
    }

    fn break_line(&mut self) {
        let line = self.line.trim();
        if !line.is_empty() {
            self.done.push_str(line);
            self.done.push('\n');
        }
        self.line.clear();
    }
}

impl fmt::Display for ReadBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "title {:?}\nlanguage {:?}\npages {}",
            self.title, self.language, self.pages
        )?;
        Printer { out: f, last: None }.kids(&self.root, 0)?;
        if !self.bookmarks.is_empty() {
            writeln!(f, "bookmarks")?;
            print_bookmarks(&self.bookmarks, 1, f)?;
        }
        if !self.unmarked.is_empty() {
            writeln!(f, "unmarked {:?}", self.unmarked)?;
        }
        Ok(())
    }
}

/// Prints elements. Where lines of a page end is left out: a paragraph is one text.
struct Printer<'a, 'b> {
    out: &'a mut fmt::Formatter<'b>,
    /// The last character of the line of elements that is being printed.
    last: Option<char>,
}

impl Printer<'_, '_> {
    fn kids(&mut self, node: &StructureNode, depth: usize) -> fmt::Result {
        let indent = depth * 2;
        let is_text = |kid: &Kid| matches!(kid, Kid::Text { .. });
        for group in node.kids.chunk_by(|a, b| is_text(a) && is_text(b)) {
            match &group[0] {
                Kid::Text { .. } => {
                    let text = self.text(group);
                    writeln!(self.out, "{:indent$}{text:?}", "")?;
                }
                Kid::Annotation { target, words, .. } => {
                    write!(self.out, "{:indent$}-> {target}", "")?;
                    match words.is_empty() || *words == node.text() {
                        true => writeln!(self.out)?,
                        false => writeln!(self.out, " {words:?}")?,
                    }
                }
                Kid::Node(node) => self.node(node, depth)?,
            }
        }
        Ok(())
    }

    fn node(&mut self, node: &StructureNode, depth: usize) -> fmt::Result {
        let indent = depth * 2;
        let block = !INLINE.contains(&node.kind.as_str());
        if block {
            self.last = None;
        }
        write!(self.out, "{:indent$}{}", "", node.kind)?;
        for (key, value) in &node.attributes {
            write!(self.out, " {key}={value:?}")?;
        }
        writeln!(self.out)?;
        self.kids(node, depth + 1)?;
        if block {
            self.last = None;
        }
        Ok(())
    }

    /// The text of kids that stand one after another.
    fn text(&mut self, kids: &[Kid]) -> String {
        // A soft hyphen stays where it is printed, and the word goes on without a space.
        let last = self.last.filter(|&c| c != '\u{AD}');
        let mut flow = TextBuilder {
            line: last.into_iter().collect(),
            ..TextBuilder::default()
        };
        for kid in kids {
            if let Kid::Text { text, .. } = kid {
                flow.text(text);
            }
        }
        let before = last.map_or(0, char::len_utf8);
        self.last = flow.line.chars().last().or(self.last);
        flow.line.split_off(before)
    }
}

fn print_bookmarks(all: &[Bookmark], depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let indent = depth * 2;
    for bookmark in all {
        write!(f, "{:indent$}{:?}", "", bookmark.title)?;
        match bookmark.page {
            Some(page) => writeln!(f, " -> page {}", page + 1)?,
            None => writeln!(f)?,
        }
        print_bookmarks(&bookmark.below, depth + 1, f)?;
    }
    Ok(())
}
