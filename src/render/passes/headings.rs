//! The headings of the document, with the ids that links to them use.

use crate::dom::{Data, Document, NodeId};
use std::collections::BTreeMap;

/// A heading below the title.
pub(super) struct Heading {
    /// The heading.
    pub(super) node: NodeId,
    /// From 2 to 6.
    pub(super) level: u8,
    /// Where a link to it leads: the id of the section or item that it opens, or its own.
    pub(super) anchor: String,
    /// Whether it has a number.
    pub(super) numbered: bool,
}

/// Finds the headings of level 2 and deeper that belong to the text. A heading that opens nothing
/// with an id gets one, made from that of the item around it and never from its own words.
pub(super) fn find(document: &mut Document) -> Vec<Heading> {
    let mut headings = Vec::new();
    let mut used: BTreeMap<String, u32> = BTreeMap::new();
    let all: Vec<_> = document.descendants(Document::ROOT).collect();
    for node in all {
        let Some(level) = level(document.get(node).name()) else {
            continue;
        };
        if inside(document, node, &["toc", "cover", "imprint"]) {
            continue;
        }
        let own = document.get(node).attr("id").map(str::to_owned);
        let around = document.ancestor(node, |n| n.attr("id").is_some());
        let around = around
            .and_then(|id| document.get(id).attr("id"))
            .unwrap_or("text");
        let around = around.to_owned();
        let count = used.entry(around.clone()).or_default();
        *count += 1;
        let anchor = match own {
            Some(own) => own,
            None if *count == 1 && around != "text" => around,
            None => {
                let anchor = format!("{around}-{count}");
                set_id(document, node, &anchor);
                anchor
            }
        };
        let numbered = !inside(document, node, &["unnumbered", "front"]);
        headings.push(Heading {
            node,
            level,
            anchor,
            numbered,
        });
    }
    headings
}

fn level(name: &str) -> Option<u8> {
    match name {
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ => None,
    }
}

fn inside(document: &Document, node: NodeId, classes: &[&str]) -> bool {
    let found = document.ancestor(node, |n| classes.iter().any(|class| n.has_class(class)));
    found.is_some()
}

fn set_id(document: &mut Document, node: NodeId, id: &str) {
    if let Data::Element { attrs, .. } = &mut document.get_mut(node).data {
        attrs.push(("id".to_owned(), id.to_owned()));
    }
}
