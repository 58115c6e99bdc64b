//! The semantic tree. Templates write it; the page and the PDF are made from it.
//!
//! A [`Document`] is an arena of [`Node`]s in document order. [`parse()`] makes it from the HTML of the
//! templates. [`vocabulary`] lists the elements and classes that both writers understand, [`level`] tells
//! blocks from inlines, [`table`] computes the rows and columns of cells, and [`nobreak`] finds the places
//! where neither writer may end a line. Text is kept as written. The tree has no styles.

pub mod anchor;
pub mod level;
pub mod nobreak;
pub mod table;
pub mod vocabulary;

mod escape;
mod free_names;
mod identity;
mod parse;
mod print;

pub(crate) use escape::escape;
pub(crate) use free_names::FreeNames;
pub use identity::{Identity, Since};
pub use parse::{HtmlProblem, Parsed, SOURCE_ATTR, TEMPLATE_ATTR, parse};

use crate::files::Span;
use crate::steps;
use std::collections::{BTreeMap, BTreeSet};

/// The index of a node in its [`Document`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// Where a node comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Origin {
    /// The source text behind the node, if it was made from one.
    pub source: Option<Span>,
    /// The place in a template that wrote the node.
    pub template: Option<TemplateLine>,
}

/// A line of a template: the index of the template in its set, and the line from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateLine {
    /// Index of the template in the set's list of names.
    pub template: u32,
    /// Line, from 1.
    pub line: u32,
}

/// An element or a piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// An element with its attributes in the order of the template.
    Element {
        /// Local name in lower case (SVG keeps its capitals, as in `viewBox`).
        name: String,
        /// Names and values.
        attrs: Vec<(String, String)>,
    },
    /// Text with its references decoded.
    Text(String),
}

/// A node and its place in the tree.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub data: Data,
    /// Where it comes from.
    pub origin: Origin,
    /// The node above; `None` for the root only.
    pub parent: Option<NodeId>,
    /// The nodes below, in reading order.
    pub children: Vec<NodeId>,
}

impl Node {
    /// The element's name, or an empty string for text.
    pub fn name(&self) -> &str {
        match &self.data {
            Data::Element { name, .. } => name,
            Data::Text(_) => "",
        }
    }

    /// The text, if this is a text node.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            Data::Element { .. } => None,
        }
    }

    /// The value of an attribute.
    pub fn attr(&self, key: &str) -> Option<&str> {
        match &self.data {
            Data::Element { attrs, .. } => attrs
                .iter()
                .find(|(k, _)| k == key)
                .map(|(_, v)| v.as_str()),
            Data::Text(_) => None,
        }
    }

    /// The classes of the element.
    pub fn classes(&self) -> impl Iterator<Item = &str> {
        self.attr("class")
            .unwrap_or_default()
            .split_ascii_whitespace()
    }

    /// Whether the element has a class.
    pub fn has_class(&self, class: &str) -> bool {
        self.classes().any(|c| c == class)
    }

    /// Whether the node is the element `name`.
    pub fn is(&self, name: &str) -> bool {
        self.name() == name && !name.is_empty()
    }

    /// Whether the node is text of white space alone.
    pub fn is_blank(&self) -> bool {
        self.text().is_some_and(|text| text.trim().is_empty())
    }

    /// The level of a heading, from 1 to 6; `None` for all else.
    pub fn heading_level(&self) -> Option<u8> {
        match self.name().as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
            _ => None,
        }
    }
}

/// What the whole document says of itself; it reaches `<head>`, the PDF's metadata, and the
/// running header and footer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// Title of the document, with its version and council.
    pub title: String,
    /// Language as a BCP 47 tag: `nb`, `nn` or `en`.
    pub language: String,
    /// Who publishes it.
    pub author: String,
    /// A sentence on what the document is.
    pub description: String,
    /// Date and time as ISO 8601 in UTC, e.g. `2025-04-11T00:00:00Z`; from the sources or
    /// `SOURCE_DATE_EPOCH`, never from a clock.
    pub date: String,
    /// Left half of the running header: usually the short title.
    pub running_title: String,
    /// Right half of the running header, before the mark: whom it is for, if not for everybody.
    pub running_status: String,
    /// The status of what is not or no longer adopted, which every page is marked with; else empty.
    pub draft_mark: String,
    /// Left half of the running footer, in parts: the version's number, the status of what is adopted,
    /// the date, the beginning of the digest. Where there is no room for all, the number and the
    /// digest stay longest.
    pub running_version: Vec<String>,
    /// Number and status in a few words, for what stands beside the text on a screen.
    pub state: String,
    /// Right half of the running footer with `{x}` for the page and `{y}` for the number of pages.
    pub page_x_of_y: String,
    /// Label of the skip link.
    pub skip_label: String,
    /// Labels of the controls that the page's script makes, each with its name.
    pub page_words: Vec<(&'static str, String)>,
    /// The same for the script of a page that shows changes, which is left out where there are none.
    pub redline_words: Vec<(&'static str, String)>,
    /// Which version it is of, for machines.
    pub identity: Option<Identity>,
}

/// The semantic tree of one document.
#[derive(Debug, Clone)]
pub struct Document {
    /// The metadata of the document.
    pub meta: Meta,
    nodes: Vec<Node>,
}

impl Default for Document {
    fn default() -> Self {
        Self::new(Meta::default())
    }
}

impl Document {
    /// The node that everything stands under; an element named `root`.
    pub const ROOT: NodeId = NodeId(0);

    /// A document with nothing but its root.
    pub fn new(meta: Meta) -> Self {
        let root = Node {
            data: Data::Element {
                name: "root".into(),
                attrs: Vec::new(),
            },
            origin: Origin::default(),
            parent: None,
            children: Vec::new(),
        };
        Self {
            meta,
            nodes: vec![root],
        }
    }

    /// The node with this id.
    pub fn get(&self, id: NodeId) -> &Node {
        steps::count(1);
        &self.nodes[id.0 as usize]
    }

    /// The node with this id, to be changed.
    pub fn get_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }

    /// Gives an element an attribute, or another value for one that it has.
    pub fn set_attr(&mut self, id: NodeId, key: &str, value: &str) {
        if let Data::Element { attrs, .. } = &mut self.get_mut(id).data {
            match attrs.iter_mut().find(|(known, _)| known == key) {
                Some((_, known)) => value.clone_into(known),
                None => attrs.push((key.to_owned(), value.to_owned())),
            }
        }
    }

    /// Turns a link into plain text.
    pub fn unlink(&mut self, id: NodeId) {
        if let Data::Element { name, attrs } = &mut self.get_mut(id).data {
            "span".clone_into(name);
            attrs.retain(|(key, _)| key != "href");
        }
    }

    /// How many nodes there are, removed ones included.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is nothing but the root.
    pub fn is_empty(&self) -> bool {
        self.get(Self::ROOT).children.is_empty()
    }

    /// Makes a node that stands nowhere yet.
    pub fn create(&mut self, data: Data, origin: Origin) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).expect("fewer than 2^32 nodes"));
        self.nodes.push(Node {
            data,
            origin,
            parent: None,
            children: Vec::new(),
        });
        id
    }

    /// Makes an element that stands nowhere yet.
    pub fn create_element(&mut self, name: &str, attrs: &[(&str, &str)]) -> NodeId {
        let attrs = attrs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        let name = name.to_owned();
        self.create(Data::Element { name, attrs }, Origin::default())
    }

    /// Makes a text node that stands nowhere yet.
    pub fn create_text(&mut self, text: &str) -> NodeId {
        self.create(Data::Text(text.to_owned()), Origin::default())
    }

    /// Puts `child` at position `index` among the children of `parent`, taking it away from
    /// where it stood. Takes a step for each child behind that position.
    pub fn insert(&mut self, parent: NodeId, index: usize, child: NodeId) {
        self.detach(child);
        let siblings = &mut self.nodes[parent.0 as usize].children;
        let index = index.min(siblings.len());
        steps::count(siblings.len() - index);
        siblings.insert(index, child);
        self.nodes[child.0 as usize].parent = Some(parent);
    }

    /// Puts `child` last among the children of `parent`.
    pub fn append(&mut self, parent: NodeId, child: NodeId) {
        self.insert(parent, usize::MAX, child);
    }

    /// Takes a node out of the tree; it may be inserted again. Takes a step for each child behind
    /// it; to take many out of one parent, use [`replace`](Self::replace).
    pub fn detach(&mut self, id: NodeId) {
        if let Some(parent) = self.nodes[id.0 as usize].parent.take() {
            let siblings = &mut self.nodes[parent.0 as usize].children;
            // A parser takes away what it has just put: it stands near the end.
            if let Some(index) = siblings.iter().rposition(|&child| child == id) {
                steps::count(siblings.len() - index);
                siblings.remove(index);
            }
        }
    }

    /// Takes all children out of a node.
    pub fn take_children(&mut self, id: NodeId) -> Vec<NodeId> {
        let children = std::mem::take(&mut self.nodes[id.0 as usize].children);
        steps::count(children.len());
        for child in &children {
            self.nodes[child.0 as usize].parent = None;
        }
        children
    }

    /// Takes nodes out of the tree, and puts others that stand nowhere yet in the place of each.
    /// Looks at the children of each parent once.
    pub fn replace(&mut self, all: &BTreeMap<NodeId, Vec<NodeId>>) {
        let parents = all.keys().filter_map(|id| self.get(*id).parent);
        for parent in parents.collect::<BTreeSet<_>>() {
            for child in self.take_children(parent) {
                match all.get(&child) {
                    Some(others) => others.iter().for_each(|&other| self.append(parent, other)),
                    None => self.append(parent, child),
                }
            }
        }
    }

    /// The nodes from `id` downwards in reading order, `id` first.
    pub fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut stack = vec![id];
        std::iter::from_fn(move || {
            let next = stack.pop()?;
            stack.extend(self.get(next).children.iter().rev());
            Some(next)
        })
    }

    /// The nearest element that is `id` or stands above it and for which `found` holds.
    pub fn ancestor(&self, id: NodeId, found: impl Fn(&Node) -> bool) -> Option<NodeId> {
        let mut at = Some(id);
        while let Some(id) = at {
            if found(self.get(id)) {
                return Some(id);
            }
            at = self.get(id).parent;
        }
        None
    }

    /// The source text behind a node: its own, or that of the nearest element above it.
    pub fn source_of(&self, id: NodeId) -> Option<Span> {
        let with_source = self.ancestor(id, |n| n.origin.source.is_some())?;
        self.get(with_source).origin.source
    }

    /// The template line that wrote a node, or else the nearest element above it.
    pub fn template_of(&self, id: NodeId) -> Option<TemplateLine> {
        let with_line = self.ancestor(id, |n| n.origin.template.is_some())?;
        self.get(with_line).origin.template
    }

    /// All text below a node, as written.
    pub fn text_of(&self, id: NodeId) -> String {
        let pieces = self.descendants(id).filter_map(|n| self.get(n).text());
        pieces.collect()
    }

    /// The words of a heading where they stand elsewhere, as in contents and bookmarks: all text
    /// below it but the numbers of footnotes, and what a redline has struck.
    pub fn title_of(&self, id: NodeId) -> String {
        let mut title = String::new();
        let mut stack = vec![id];
        while let Some(id) = stack.pop() {
            let node = self.get(id);
            title.push_str(node.text().unwrap_or_default());
            let is_struck = node.is("del") && node.has_class("struck");
            if !is_struck && !node.has_class("noteref") && !node.has_class("print-only") {
                stack.extend(node.children.iter().rev());
            }
        }
        title
    }
}

/// Elements whose words stand apart from those around them even without a space between.
fn parts_words(name: &str) -> bool {
    name == "br" || level::is_block(name)
}

/// Adds the words below a node to `out`, with a space wherever a block begins or ends.
pub fn push_text(document: &Document, id: NodeId, out: &mut String) {
    push_text_without(document, id, &|_| false, out);
}

/// The same without the nodes that are to be left out.
pub fn push_text_without(
    document: &Document,
    id: NodeId,
    left_out: &dyn Fn(&Node) -> bool,
    out: &mut String,
) {
    enum Step {
        Node(NodeId),
        Space,
    }
    let mut stack = vec![Step::Node(id)];
    while let Some(step) = stack.pop() {
        let Step::Node(id) = step else {
            out.push(' ');
            continue;
        };
        let node = document.get(id);
        match &node.data {
            Data::Text(text) => out.push_str(text),
            Data::Element { .. } if left_out(node) => {}
            Data::Element { name, .. } => {
                if parts_words(name) {
                    out.push(' ');
                    stack.push(Step::Space);
                }
                stack.extend(node.children.iter().rev().map(|&c| Step::Node(c)));
            }
        }
    }
}
