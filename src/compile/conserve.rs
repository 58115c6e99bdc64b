//! Conservation: what was laid out is what the tree says.
//!
//! `render` has compared the model with the tree. Here the page and the pages of the PDF are held
//! against the tree, text node by text node, so that a block that gets lost is named.

use crate::diag::Sink;
use crate::dom::{Document, NodeId};
use crate::layout::{Owner, Pages, Shape};
use crate::render;
use std::collections::BTreeMap;

/// Compares the text of the page with the tree.
pub(super) fn page(document: &Document, html: &str, sink: &mut Sink) {
    let text = crate::html::text_of(html);
    if let Some(lost) = render::compare(document, render::Output::Page, &text) {
        sink.report(lost);
    }
}

/// Compares the glyphs on the pages with the tree.
pub(super) fn pages(document: &Document, pages: &Pages, sink: &mut Sink) {
    let mut texts: BTreeMap<NodeId, String> = BTreeMap::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let (Owner::Node(node), Shape::Glyphs(run)) = (item.owner, &item.shape)
            // The words of a drawing are part of a picture, which its alternative text stands for.
            && document.get(node).text().is_some()
        {
            texts.entry(node).or_default().push_str(&run.text);
        }
    }
    let text: String = document
        .descendants(Document::ROOT)
        .filter_map(|node| texts.get(&node).map(String::as_str))
        .collect();
    if let Some(lost) = render::compare(document, render::Output::Pdf, &text) {
        sink.report(lost);
    }
}
