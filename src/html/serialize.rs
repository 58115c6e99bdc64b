//! Nodes to HTML text, by the serialisation of the HTML standard.

use super::{Asset, base64};
use crate::dom::{Data, Document, NodeId};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Elements that have no content and no end tag (HTML standard, 13.1.2).
const VOID: [&str; 5] = ["br", "col", "hr", "img", "wbr"];

/// Writes the children of a node.
pub(super) fn children(
    document: &Document,
    id: NodeId,
    assets: &BTreeMap<String, Asset>,
    out: &mut String,
) {
    // An own stack, so that no depth of nesting can exhaust that of the program.
    enum Step {
        Node(NodeId),
        End(NodeId),
    }
    let under = |id: NodeId| {
        document
            .get(id)
            .children
            .iter()
            .rev()
            .map(|&c| Step::Node(c))
    };
    let mut stack: Vec<Step> = under(id).collect();
    while let Some(step) = stack.pop() {
        match step {
            Step::End(id) => {
                write!(out, "</{}>", document.get(id).name()).expect("strings take all");
            }
            Step::Node(id) => match &document.get(id).data {
                Data::Text(text) => out.push_str(&escape_text(text)),
                Data::Element { name, attrs } => {
                    start_tag(name, attrs, assets, out);
                    if !VOID.contains(&name.as_str()) {
                        stack.push(Step::End(id));
                        stack.extend(under(id));
                    }
                }
            },
        }
    }
}

fn start_tag(
    name: &str,
    attrs: &[(String, String)],
    assets: &BTreeMap<String, Asset>,
    out: &mut String,
) {
    write!(out, "<{name}").expect("strings take all");
    for (key, value) in attrs {
        let asset = assets.get(value).filter(|_| name == "img" && key == "src");
        match asset {
            Some(asset) => {
                let bytes = base64(&asset.bytes);
                write!(out, " src=\"data:{};base64,{bytes}\"", asset.media_type)
            }
            None => write!(out, " {key}=\"{}\"", escape_attribute(value)),
        }
        .expect("strings take all");
    }
    out.push('>');
}

/// Text with the signs that would begin a tag or a reference written as references.
pub(super) fn escape_text(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('\u{a0}', "&nbsp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Text for an attribute in double quotation marks.
pub(super) fn escape_attribute(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('\u{a0}', "&nbsp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
