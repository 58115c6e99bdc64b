//! HTML text to tree, by the rules of the HTML standard (html5ever).
//!
//! [`parse`] reads the output of the templates. Two attributes are removed and become the node's
//! [`Origin`]: [`SOURCE_ATTR`] (a span in the sources) and [`TEMPLATE_ATTR`] (a template line).

use super::{Data, Document, Meta, NodeId, Origin, TemplateLine};
use crate::steps;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, local_name, ns};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// The attribute that carries a [`Span`](crate::files::Span) as text.
pub const SOURCE_ATTR: &str = "data-source";
/// The attribute that carries a template line: `template:line`.
pub const TEMPLATE_ATTR: &str = "data-template";

/// A document, and what was wrong with its HTML.
#[derive(Debug)]
pub struct Parsed {
    /// The tree.
    pub document: Document,
    /// Parse errors of the HTML standard. The parser has recovered from them.
    pub problems: Vec<HtmlProblem>,
}

/// A breach of the HTML standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlProblem {
    /// The message of the parser.
    pub message: String,
    /// The template line of the last element that was opened before it.
    pub near: Option<TemplateLine>,
}

/// Reads the content of a `body` and returns its tree.
pub fn parse(html: &str, meta: Meta) -> Parsed {
    let sink = DomSink {
        document: RefCell::new(Document::new(meta)),
        names: RefCell::new(vec![QualName::new(None, ns!(), LocalName::from("root"))]),
        problems: RefCell::new(Vec::new()),
        near: Cell::new(None),
    };
    let context = QualName::new(None, ns!(html), local_name!("body"));
    let opts = ParseOpts::default();
    html5ever::parse_fragment(sink, opts, context, Vec::new(), false).one(html)
}

struct DomSink {
    document: RefCell<Document>,
    names: RefCell<Vec<QualName>>,
    problems: RefCell<Vec<HtmlProblem>>,
    near: Cell<Option<TemplateLine>>,
}

impl DomSink {
    fn create(&self, data: Data, origin: Origin, name: QualName) -> NodeId {
        self.names.borrow_mut().push(name);
        self.document.borrow_mut().create(data, origin)
    }

    fn place(&self, parent: NodeId, index: usize, child: NodeOrText<NodeId>) {
        let text = match child {
            NodeOrText::AppendNode(node) => {
                self.document.borrow_mut().insert(parent, index, node);
                return;
            }
            NodeOrText::AppendText(text) => text,
        };
        let mut document = self.document.borrow_mut();
        let siblings = &document.get(parent).children;
        let before = index
            .min(siblings.len())
            .checked_sub(1)
            .map(|i| siblings[i]);
        if let Some(before) = before
            && let Data::Text(already) = &mut document.get_mut(before).data
        {
            already.push_str(&text);
            return;
        }
        let node = document.create_text(&text);
        self.names
            .borrow_mut()
            .push(QualName::new(None, ns!(), LocalName::from("")));
        document.insert(parent, index, node);
    }
}

/// Splits the attributes into those of the tree and the origin.
fn take_origin(attrs: Vec<Attribute>) -> (Vec<(String, String)>, Origin) {
    let mut origin = Origin::default();
    let mut kept = Vec::with_capacity(attrs.len());
    for attr in attrs {
        match &*attr.name.local {
            SOURCE_ATTR => origin.source = attr.value.parse().ok(),
            TEMPLATE_ATTR => origin.template = read_line(&attr.value),
            name => {
                let name = match &attr.name.prefix {
                    Some(prefix) => format!("{prefix}:{name}"),
                    None => name.to_owned(),
                };
                kept.push((name, attr.value.to_string()));
            }
        }
    }
    (kept, origin)
}

fn read_line(value: &str) -> Option<TemplateLine> {
    let (template, line) = value.split_once(':')?;
    Some(TemplateLine {
        template: template.parse().ok()?,
        line: line.parse().ok()?,
    })
}

/// An owned copy of an element's name, as the tree builder wants it.
#[derive(Debug)]
struct Name(QualName);

impl html5ever::tree_builder::ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }
    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for DomSink {
    type Handle = NodeId;
    type Output = Parsed;
    type ElemName<'a> = Name;

    fn finish(self) -> Parsed {
        let mut document = self.document.into_inner();
        // A fragment is parsed below an `html` element of the parser's own making.
        let root = Document::ROOT;
        for html in document.take_children(root) {
            for child in document.take_children(html) {
                document.append(root, child);
            }
        }
        Parsed {
            document,
            problems: self.problems.into_inner(),
        }
    }

    fn parse_error(&self, message: Cow<'static, str>) {
        let near = self.near.get();
        let message = message.into_owned();
        self.problems
            .borrow_mut()
            .push(HtmlProblem { message, near });
    }

    fn get_document(&self) -> NodeId {
        Document::ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Name {
        Name(self.names.borrow()[target.0 as usize].clone())
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> NodeId {
        let (attrs, origin) = take_origin(attrs);
        if origin.template.is_some() {
            self.near.set(origin.template);
        }
        let data = Data::Element {
            name: name.local.to_string(),
            attrs,
        };
        self.create(data, origin, name)
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        // Comments are for readers of the template; an empty text keeps the arena in step.
        let name = QualName::new(None, ns!(), LocalName::from(""));
        self.create(Data::Text(String::new()), Origin::default(), name)
    }

    fn create_pi(&self, _: StrTendril, data: StrTendril) -> NodeId {
        self.create_comment(data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.place(*parent, usize::MAX, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        prev_element: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        if self.document.borrow().get(*element).parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, new: NodeOrText<NodeId>) {
        let (parent, index) = {
            let document = self.document.borrow();
            let parent = document.get(*sibling).parent.unwrap_or(Document::ROOT);
            let children = &document.get(parent).children;
            // The table before which loose text is put is still open: it stands near the end.
            let index = children.iter().rposition(|c| c == sibling);
            steps::count(children.len() - index.unwrap_or(0));
            (parent, index.unwrap_or(children.len()))
        };
        self.place(parent, index, new);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        let mut document = self.document.borrow_mut();
        if let Data::Element { attrs: have, .. } = &mut document.get_mut(*target).data {
            for (key, value) in take_origin(attrs).0 {
                if !have.iter().any(|(k, _)| *k == key) {
                    have.push((key, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut document = self.document.borrow_mut();
        for child in document.take_children(*node) {
            document.append(*new_parent, child);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{FileId, Span};

    #[test]
    fn origin_attributes_leave_the_tree_and_become_the_origin() {
        let source = Span::new(FileId::nth(2), 10..14);
        let html = format!(
            "<p data-source=\"{source}\" data-template=\"1:7\" class=\"lead\">Ja &amp; nei</p>"
        );
        let parsed = parse(&html, Meta::default());
        let p = parsed.document.get(Document::ROOT).children[0];
        let node = parsed.document.get(p);
        assert_eq!(
            parsed.document.to_string(),
            "p class=\"lead\"\n  \"Ja & nei\"\n"
        );
        assert_eq!(node.origin.source, Some(source));
        assert_eq!(
            node.origin.template,
            Some(TemplateLine {
                template: 1,
                line: 7
            })
        );
    }

    #[test]
    fn text_that_stands_loose_in_a_table_is_reported_and_kept() {
        let parsed = parse("<table>løs<tr><td>a</td></tr></table>", Meta::default());
        assert!(!parsed.problems.is_empty());
        assert!(parsed.document.text_of(Document::ROOT).contains("løs"));
    }

    #[test]
    fn many_siblings_take_as_many_steps() {
        for (start, sibling) in [
            ("", "<p>a</p>"),
            ("<table>", "<p>a</p>"),
            ("", "<b><p>a</b>"),
        ] {
            let html = |size| format!("{start}{}", sibling.repeat(size));
            steps::assert_linear(100, html, |html| parse(&html, Meta::default()));
        }
    }
}
