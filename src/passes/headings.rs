//! The headings of the document, with the ids that links to them use.

use crate::dom::FreeNames;
use crate::dom::{Document, NodeId};
use std::collections::BTreeMap;

/// A heading below the title.
pub(crate) struct Heading {
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
/// with an id gets one, made from that of the item around it and never from its own words; those of
/// texts bring theirs along (`anchors.rs`). The point in it is in no id of an item, so that
/// `forord.2` is never the chapter `forord-2`.
pub(super) fn find(document: &mut Document) -> Vec<Heading> {
    let mut headings = Vec::new();
    let mut used: BTreeMap<String, u32> = BTreeMap::new();
    let all: Vec<_> = document.descendants(Document::ROOT).collect();
    let ids = all.iter().filter_map(|&id| document.get(id).attr("id"));
    // Templates may write any id.
    let mut names = FreeNames::without(ids.map(str::to_owned));
    for node in all {
        let level = document.get(node).heading_level();
        let Some(level) = level.filter(|&level| level > 1) else {
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
                let anchor = names.take_numbered(&format!("{around}."), *count);
                document.set_attr(node, "id", &anchor);
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

fn inside(document: &Document, node: NodeId, classes: &[&str]) -> bool {
    let found = document.ancestor(node, |n| classes.iter().any(|class| n.has_class(class)));
    found.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};

    #[test]
    fn no_heading_takes_the_id_of_an_item_or_of_a_template() {
        let html = "<section id=\"chapter-forord\"><h2>A</h2><h3>B</h3><h3>C</h3></section>\
            <section id=\"chapter-forord-2\"><h2>D</h2></section><p id=\"chapter-forord.3\">E</p>";
        let mut document = parse(html, Meta::default()).document;
        let anchors: Vec<_> = find(&mut document).into_iter().map(|h| h.anchor).collect();
        let expected = [
            "chapter-forord",
            "chapter-forord.2",
            "chapter-forord.4",
            "chapter-forord-2",
        ];
        assert_eq!(anchors, expected);
        let all = document.descendants(Document::ROOT);
        let mut ids: Vec<_> = all.filter_map(|id| document.get(id).attr("id")).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{document}");
    }
}
