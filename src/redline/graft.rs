//! What stands around the merged document: its own cover, list of changes and contents.

use super::{Mark, Merged};
use crate::dom::{Document, NodeId};

/// The id of the element in whose place the merged document is put.
const PLACE: &str = "merged";

/// Takes out what belongs to one version alone: its cover and its contents.
pub fn without_covers(document: &mut Document) {
    for child in document.get(Document::ROOT).children.clone() {
        let node = document.get(child);
        let is_cover = node.is("header") && node.has_class("cover");
        let is_contents = node.is("nav") && node.has_class("toc");
        if is_cover || is_contents {
            document.detach(child);
        }
    }
}

/// Puts a merged document into a frame, in the place of its element `merged`, or behind it.
pub fn graft(merged: &mut Merged, frame: &Document) {
    let body = merged.document.take_children(Document::ROOT);
    let mut is_placed = false;
    for &child in &frame.get(Document::ROOT).children {
        if frame.get(child).attr("id") == Some(PLACE) {
            put(merged, &body);
            is_placed = true;
        } else {
            let copy = copy(frame, child, &mut merged.document, Document::ROOT);
            merged.marks.insert(copy, Mark::Generated);
        }
    }
    if !is_placed {
        put(merged, &body);
    }
}

fn put(merged: &mut Merged, body: &[NodeId]) {
    for &node in body {
        merged.document.append(Document::ROOT, node);
    }
}

fn copy(from: &Document, id: NodeId, to: &mut Document, into: NodeId) -> NodeId {
    let node = from.get(id);
    let copy = to.create(node.data.clone(), node.origin);
    to.append(into, copy);
    for &child in &node.children {
        self::copy(from, child, to, copy);
    }
    copy
}
