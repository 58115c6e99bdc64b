//! What accepting or rejecting all changes gives, and when two trees are the same.

use super::side::{compared, is_numbered_later, is_of_sources};
use super::{Mark, Merged};
use crate::dom::{Data, Document, NodeId};
use std::collections::BTreeMap;

/// Which of the two documents is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Old,
    New,
}

impl Merged {
    /// The new document: what was added is in it, what was struck is not.
    pub fn accepted(&self) -> Document {
        self.only(Wanted::New)
    }

    /// The old document: what was struck is in it, what was added is not, and all stands where it
    /// stood.
    pub fn rejected(&self) -> Document {
        self.only(Wanted::Old)
    }

    fn only(&self, wanted: Wanted) -> Document {
        let mut document = Document::new(self.document.meta.clone());
        for &child in &self.document.get(Document::ROOT).children {
            self.add(child, wanted, &mut document, Document::ROOT);
        }
        document
    }

    fn add(&self, id: NodeId, wanted: Wanted, out: &mut Document, into: NodeId) {
        match (self.marks.get(&id), wanted) {
            (Some(Mark::Struck), Wanted::New)
            | (Some(Mark::Added), Wanted::Old)
            | (Some(Mark::Trace(_)), Wanted::New)
            | (Some(Mark::Moved(_)), Wanted::Old)
            | (Some(Mark::Generated), _) => {}
            (Some(Mark::Trace(number)), Wanted::Old) => {
                self.add_here(self.moves[*number].stands, wanted, out, into);
            }
            (Some(Mark::Around), _)
            | (Some(Mark::Wrapped), Wanted::Old)
            | (Some(Mark::Unwrapped), Wanted::New) => {
                for &child in &self.document.get(id).children {
                    self.add(child, wanted, out, into);
                }
            }
            _ => self.add_here(id, wanted, out, into),
        }
    }

    fn add_here(&self, id: NodeId, wanted: Wanted, out: &mut Document, into: NodeId) {
        let node = self.document.get(id);
        let mut data = node.data.clone();
        if let (Data::Element { attrs, .. }, Some(own)) = (&mut data, self.undressed.get(&id)) {
            attrs.clone_from(own);
        }
        if let (Some(former), Wanted::Old) = (self.former.get(&id), wanted) {
            data = Data::Element {
                name: former.name.clone(),
                attrs: former.attrs.clone(),
            };
        }
        let copy = out.create(data, node.origin);
        out.append(into, copy);
        for &child in &node.children {
            self.add(child, wanted, out, copy);
        }
    }
}

/// A document as it is compared: its elements with the attributes that count, and its words. Left out
/// are numbers that are given anew in each document, and drawings that the program makes; spaces
/// count only where they are kept.
pub fn canonical(document: &Document, pictures: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut writer = Writer {
        document,
        pictures,
        text: String::new(),
        out: &mut out,
    };
    writer.children(Document::ROOT, 0, false);
    out
}

struct Writer<'a> {
    document: &'a Document,
    pictures: &'a BTreeMap<String, String>,
    text: String,
    out: &'a mut String,
}

impl Writer<'_> {
    fn children(&mut self, id: NodeId, depth: usize, keeps_spaces: bool) {
        for &child in &self.document.get(id).children {
            let node = self.document.get(child);
            match &node.data {
                Data::Text(text) => self.text.push_str(text),
                Data::Element { name, .. } => {
                    self.end_of_text(depth, keeps_spaces);
                    self.line(
                        depth,
                        &format!("{name} {:?}", compared(node, self.pictures)),
                    );
                    let is_made = node.is("svg") && !is_of_sources(self.document, child);
                    if !is_made && !is_numbered_later(node) {
                        self.children(child, depth + 1, keeps_spaces || name == "pre");
                    }
                }
            }
        }
        self.end_of_text(depth, keeps_spaces);
    }

    fn line(&mut self, depth: usize, text: &str) {
        let indent = depth * 2;
        self.out.push_str(&format!("{:indent$}{text}\n", ""));
    }

    fn end_of_text(&mut self, depth: usize, keeps_spaces: bool) {
        let text = std::mem::take(&mut self.text);
        let text = match keeps_spaces {
            true => text,
            false => {
                let words = text
                    .split(super::tokens::is_space)
                    .filter(|word| !word.is_empty());
                words.collect::<Vec<_>>().join(" ")
            }
        };
        if !text.is_empty() {
            self.line(depth, &format!("{text:?}"));
        }
    }
}
