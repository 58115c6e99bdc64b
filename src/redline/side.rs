//! A document as it is compared: its blocks, its lines, and what of them counts as equal.
//!
//! A [`Unit`] is a block, or a line: the inline nodes that stand side by side in a block, as the
//! words of an item before the list in it. Units with the same content number are equal in
//! everything that is compared ([`compared`]); both documents get their numbers from one [`Numbers`].

use super::items::{self, Item, What};
use super::tokens::{Token, tokens};
use crate::dom::level::{Level, Levels};
use crate::dom::{Data, Document, Node, NodeId, anchor};
use crate::steps;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;

/// The index of a unit of its side.
pub(super) type UnitId = usize;

/// A number for each value that was seen.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    strings: FxHashMap<String, u32>,
    lists: FxHashMap<Box<[u32]>, u32>,
}

impl Numbers {
    /// The number of a string.
    pub(super) fn of(&mut self, text: &str) -> u32 {
        if let Some(&known) = self.strings.get(text) {
            return known;
        }
        let next = u32::try_from(self.strings.len()).expect("fewer strings than nodes");
        self.strings.insert(text.to_owned(), next);
        next
    }

    /// The number of a list of numbers.
    fn of_list(&mut self, list: &[u32]) -> u32 {
        if let Some(&known) = self.lists.get(list) {
            return known;
        }
        let next = u32::try_from(self.lists.len()).expect("fewer lists than nodes");
        self.lists.insert(list.into(), next);
        next
    }
}

/// A block, or a line of inline nodes.
#[derive(Debug)]
pub(super) struct Unit {
    /// The block; of a line, the block that it stands in.
    pub(super) node: NodeId,
    /// Of a line: its nodes, as a range of the children of `node`.
    pub(super) line: Option<Range<usize>>,
    /// The unit around it; `None` for the root.
    pub(super) parent: Option<UnitId>,
    /// The units in it, in reading order.
    pub(super) children: Vec<UnitId>,
    /// Equal for units whose content is equal.
    pub(super) content: u32,
    /// Equal for units that could be one and the same block.
    pub(super) kind: u32,
    /// How many words it holds, with those of the units in it.
    pub(super) words: u32,
    /// The unit after the last one below it.
    pub(super) end: UnitId,
}

impl Unit {
    pub(super) fn is_line(&self) -> bool {
        self.line.is_some()
    }
}

/// One of the two documents.
#[derive(Debug)]
pub(super) struct Side<'d> {
    pub(super) document: &'d Document,
    /// Every unit in reading order, the root first.
    pub(super) units: Vec<Unit>,
    /// By node: its unit, if it is a block.
    by_node: FxHashMap<NodeId, UnitId>,
    /// Units by ids that stay when words and order change.
    pub(super) by_id: BTreeMap<&'d str, UnitId>,
    /// The digest of each picture, by its `src`.
    pictures: &'d BTreeMap<String, String>,
}

impl<'d> Side<'d> {
    pub(super) fn of(
        document: &'d Document,
        pictures: &'d BTreeMap<String, String>,
        numbers: &mut Numbers,
    ) -> Self {
        let mut side = Self {
            document,
            units: Vec::new(),
            by_node: FxHashMap::default(),
            by_id: BTreeMap::new(),
            pictures,
        };
        let levels = Levels::of(document);
        side.block(Document::ROOT, None, &levels, numbers);
        side
    }

    /// The element of a unit.
    pub(super) fn node(&self, unit: UnitId) -> &'d Node {
        self.document.get(self.units[unit].node)
    }

    /// The unit of a block.
    pub(super) fn unit_of(&self, node: NodeId) -> Option<UnitId> {
        self.by_node.get(&node).copied()
    }

    /// The nodes of a line.
    pub(super) fn line(&self, unit: UnitId) -> &'d [NodeId] {
        let found = &self.units[unit];
        let children = &self.document.get(found.node).children;
        match &found.line {
            Some(range) => &children[range.clone()],
            None => &[],
        }
    }

    /// Whether one unit stands in another, or is it.
    pub(super) fn is_in(&self, unit: UnitId, outer: UnitId) -> bool {
        (outer..self.units[outer].end).contains(&unit)
    }

    /// Whether the words are those of others, which are never shown in pieces.
    pub(super) fn is_verbatim(&self, unit: UnitId) -> bool {
        let found = self.document.ancestor(self.units[unit].node, |node| {
            node.has_class("verbatim") || node.is("blockquote")
        });
        found.is_some()
    }

    fn block(
        &mut self,
        node: NodeId,
        parent: Option<UnitId>,
        levels: &Levels,
        numbers: &mut Numbers,
    ) -> UnitId {
        let at = self.units.len();
        let document = self.document;
        let this = document.get(node);
        self.units.push(Unit {
            node,
            line: None,
            parent,
            children: Vec::new(),
            content: 0,
            kind: numbers.of(kind(this)),
            words: 0,
            end: 0,
        });
        self.by_node.insert(node, at);
        if let Some(id) = this.attr("id").filter(|id| lasts(id)) {
            self.by_id.entry(id).or_insert(at);
        }
        let mut content = vec![self.signature(node, numbers)];
        let mut children = Vec::new();
        let mut words = 0;
        let mut from = 0;
        let all = &document.get(node).children;
        while from < all.len() && !is_drawing(this) {
            if levels.level(all[from]) == Level::Inline {
                let rest = all[from..].iter();
                let run = rest.take_while(|&&id| levels.level(id) == Level::Inline);
                let to = from + run.count();
                let is_blank = |id: &NodeId| document.get(*id).is_blank();
                if self.keeps_spaces(node) || !all[from..to].iter().all(is_blank) {
                    children.push(self.inline(node, from..to, at, numbers));
                }
                from = to;
            } else {
                children.push(self.block(all[from], Some(at), levels, numbers));
                from += 1;
            }
        }
        for &child in &children {
            content.push(self.units[child].content);
            words += self.units[child].words;
        }
        if is_drawing(this) && is_of_sources(document, node) {
            content.extend(self.whole(node, numbers));
        }
        let end = self.units.len();
        let unit = &mut self.units[at];
        unit.content = numbers.of_list(&content);
        unit.children = children;
        unit.words = words;
        unit.end = end;
        at
    }

    fn inline(
        &mut self,
        node: NodeId,
        line: Range<usize>,
        parent: UnitId,
        numbers: &mut Numbers,
    ) -> UnitId {
        let at = self.units.len();
        let nodes = &self.document.get(node).children[line.clone()];
        let items = self.items(nodes, self.keeps_spaces(node), numbers);
        let mut content = vec![numbers.of("line")];
        content.extend(items::trimmed(&items).iter().map(|item| item.number));
        let words = items::count(&items);
        let content = numbers.of_list(&content);
        self.units.push(Unit {
            node,
            line: Some(line),
            parent: Some(parent),
            children: Vec::new(),
            content,
            kind: numbers.of("line"),
            words,
            end: at + 1,
        });
        at
    }

    /// Whether spaces and line ends below a node are kept as they are.
    pub(super) fn keeps_spaces(&self, node: NodeId) -> bool {
        self.document
            .ancestor(node, |node| node.is("pre"))
            .is_some()
    }

    /// The words, signs and elements of inline nodes, in reading order. All spaces are equal, unless
    /// they are kept.
    pub(super) fn items(
        &self,
        nodes: &[NodeId],
        keeps_spaces: bool,
        numbers: &mut Numbers,
    ) -> Vec<Item> {
        let mut items = Vec::new();
        for &node in nodes {
            let this = self.document.get(node);
            let Some(text) = this.text() else {
                let number = self.inline_content(node, keeps_spaces, numbers);
                // Numbers that are given anew are no words of the document.
                let words = match is_numbered_later(this) {
                    true => 0,
                    false => {
                        let text = self.document.text_of(node);
                        tokens(&text).filter(Token::is_word).count()
                    }
                };
                items.push(Item {
                    number,
                    words: u32::try_from(words).unwrap_or(u32::MAX),
                    is_number: is_numbered_later(this),
                    what: What::Element(node),
                });
                continue;
            };
            steps::count(1);
            items.extend(tokens(text).map(|token| Item {
                number: numbers.of(match keeps_spaces {
                    true => token.text,
                    false => token.compared(),
                }),
                words: u32::from(token.is_word()),
                is_number: false,
                what: What::Token {
                    node,
                    range: token.range.clone(),
                    is_space: token.is_space(),
                    ends_sentence: token.ends_sentence(),
                },
            }));
        }
        items
    }

    /// The number of an inline element with all that it holds.
    pub(super) fn inline_content(
        &self,
        node: NodeId,
        keeps_spaces: bool,
        numbers: &mut Numbers,
    ) -> u32 {
        let mut content = vec![self.signature(node, numbers)];
        if !is_numbered_later(self.document.get(node)) {
            let children = &self.document.get(node).children;
            let items = self.items(children, keeps_spaces, numbers);
            content.extend(items.iter().map(|item| item.number));
        }
        // Elements and words have numbers of their own.
        let list = numbers.of_list(&content);
        numbers.of(&format!("<{list}>"))
    }

    /// The number of an element without its content: its name and the attributes that are compared.
    pub(super) fn signature(&self, node: NodeId, numbers: &mut Numbers) -> u32 {
        let this = self.document.get(node);
        let mut signature = format!("<{}", this.name());
        for (key, value) in compared(this, self.pictures) {
            signature.push_str(&format!(" {key}={value:?}"));
        }
        numbers.of(&signature)
    }

    /// The attributes of an element that are compared.
    pub(super) fn compared(&self, node: NodeId) -> Vec<(&'d str, String)> {
        compared(self.document.get(node), self.pictures)
    }

    /// All that stands in a drawing.
    fn whole(&self, node: NodeId, numbers: &mut Numbers) -> Vec<u32> {
        let below = self.document.descendants(node);
        let numbers = below.map(|id| match &self.document.get(id).data {
            Data::Text(text) => numbers.of(text),
            Data::Element { name, attrs } => numbers.of(&format!("{name} {attrs:?}")),
        });
        numbers.collect()
    }
}

/// Whether an id stays when words and order change: it belongs to an item, or its author gave it. One
/// that counts blocks, headings or footnotes does not.
pub(super) fn lasts(id: &str) -> bool {
    let last = id.rsplit_once('.').map_or("", |(_, last)| last);
    let number = last.strip_prefix("note-").unwrap_or(last);
    let is_counted = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    !(is_counted || anchor::is_counted(id))
}

/// The name that two blocks share which can be one and the same: headings may change their level, and
/// cells become headers.
fn kind(node: &Node) -> &str {
    match node.heading_level() {
        Some(2..) => "heading",
        _ => match node.name() {
            "td" | "th" => "cell",
            name => name,
        },
    }
}

/// Whether a node is a drawing, which is compared as a whole.
fn is_drawing(node: &Node) -> bool {
    node.is("svg")
}

/// Whether a drawing comes from a file of the sources; the program makes the others from the model.
pub(super) fn is_of_sources(document: &Document, drawing: NodeId) -> bool {
    let around = document.ancestor(drawing, |node| {
        node.attr("id").is_some_and(|id| id.starts_with("image-"))
    });
    around.is_some()
}

/// Whether the words of an element are numbers that are given anew in each document: of headings,
/// figures and footnotes.
pub(super) fn is_numbered_later(node: &Node) -> bool {
    node.has_class("number") || node.has_class("noteref")
}

/// The attributes by which elements are compared, in the order of the template: what a reader sees
/// or hears of them. Left out are names for links and scripts (`id`, `data-*`), what follows from
/// the numbers of a document, and marks of what is current.
pub(super) fn compared<'n>(
    node: &'n Node,
    pictures: &BTreeMap<String, String>,
) -> Vec<(&'n str, String)> {
    const ATTRIBUTES: &[&str] = &[
        "abbr", "alt", "class", "colspan", "datetime", "href", "lang", "rowspan", "scope", "src",
        "start", "title", "value",
    ];
    let Data::Element { name, attrs } = &node.data else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (key, value) in attrs {
        let key = key.as_str();
        let value = match key {
            _ if !ATTRIBUTES.contains(&key) => continue,
            "title" if name == "abbr" => continue,
            "href" if node.has_class("noteref") => compared_note(value).to_owned(),
            "href" if is_numbered_later(node) => continue,
            "href" => compared_target(value).to_owned(),
            "src" => match pictures.get(value) {
                Some(digest) => format!("{value} {digest}"),
                None => value.clone(),
            },
            _ => value.clone(),
        };
        out.push((key, value));
    }
    out
}

/// The note that a reference leads to, by the name that its author gave it; notes move with the text
/// that they belong to.
fn compared_note(href: &str) -> &str {
    let target = compared_target(href);
    target.rsplit_once('.').map_or("#", |(_, note)| note)
}

/// Where a link leads; of places that are only counted, no more than that they are in the document.
pub(super) fn compared_target(href: &str) -> &str {
    match href.strip_prefix('#') {
        Some(id) if !lasts(id) => "#",
        _ => href,
    }
}
