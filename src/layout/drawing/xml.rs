//! Writes a drawing of the tree as XML for `usvg`.

use crate::dom::{Data, Document, NodeId};
use crate::layout::shape::number_of;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Elements deeper than this in a drawing are an error: the reader of drawings is recursive.
const DEEPEST: usize = 64;

/// A drawing as XML, and what stands in it in another way.
#[derive(Default)]
pub(super) struct DrawingXml {
    pub(super) xml: String,
    /// Elements that the reader of drawings passes over.
    pub(super) undrawn: BTreeSet<&'static str>,
    /// Characters that no face has: their numbers stand in their place, since the reader of
    /// drawings would show the missing-glyph sign.
    pub(super) missing: BTreeSet<char>,
}

/// The subtree as XML; `lacks` knows which characters no face has.
pub(super) fn serialise(
    document: &Document,
    id: NodeId,
    lacks: &dyn Fn(char) -> bool,
) -> Result<DrawingXml, String> {
    enum Step {
        Open(NodeId, usize),
        Close(NodeId),
    }
    let mut written = DrawingXml::default();
    let DrawingXml {
        xml,
        undrawn,
        missing,
    } = &mut written;
    let mut steps = vec![Step::Open(id, 0)];
    while let Some(step) = steps.pop() {
        let (id, depth) = match step {
            Step::Close(id) => {
                write!(xml, "</{}>", document.get(id).name()).expect("strings take all");
                continue;
            }
            Step::Open(id, depth) => (id, depth),
        };
        if depth > DEEPEST {
            return Err("its elements are nested too deep".into());
        }
        let node = document.get(id);
        let (name, attrs) = match &node.data {
            Data::Text(text) => {
                for c in text.chars() {
                    match lacks(c) {
                        true => {
                            missing.insert(c);
                            xml.push_str(&number_of(c));
                        }
                        false => push_escaped(c, xml),
                    }
                }
                continue;
            }
            Data::Element { name, attrs } => (name, attrs),
        };
        match name.as_str() {
            "image" => drop(undrawn.insert("the picture")),
            "foreignObject" => drop(undrawn.insert("the foreign object")),
            "animate" | "animateTransform" | "set" => drop(undrawn.insert("the animation")),
            _ => {}
        }
        if !is_name(name) {
            continue;
        }
        write!(xml, "<{name}").expect("strings take all");
        if depth == 0 {
            xml.push_str(" xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
        }
        for (key, value) in attrs {
            let prefixed = key.contains(':')
                && !matches!(key.as_str(), "xlink:href" | "xml:space" | "xml:lang");
            if key.starts_with("xmlns") || prefixed || !is_name(key) {
                continue;
            }
            write!(xml, " {key}=\"").expect("strings take all");
            value.chars().for_each(|c| push_escaped(c, xml));
            // A face that we do not have is shown as browsers would show it on most machines.
            if key == "font-family" && !value.contains("serif") {
                xml.push_str(", sans-serif");
            }
            xml.push('"');
        }
        xml.push('>');
        steps.push(Step::Close(id));
        steps.extend(
            node.children
                .iter()
                .rev()
                .map(|&c| Step::Open(c, depth + 1)),
        );
    }
    Ok(written)
}

fn is_name(name: &str) -> bool {
    let rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.chars().all(rest)
}

fn push_escaped(c: char, xml: &mut String) {
    match c {
        '&' => xml.push_str("&amp;"),
        '<' => xml.push_str("&lt;"),
        '>' => xml.push_str("&gt;"),
        '"' => xml.push_str("&quot;"),
        // XML 1.0 has no other control characters, not even as references.
        c if c.is_control() && !matches!(c, '\n' | '\t') => {}
        '\u{fffe}' | '\u{ffff}' => {}
        c => xml.push(c),
    }
}
