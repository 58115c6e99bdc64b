//! Conservation: compares the outputs with the tree.
//!
//! `conservation` has compared the model with the tree. This module compares the page and the pages of
//! the PDF with the tree, one text node at a time, so that a lost block is reported with its name.

use crate::conservation;
use crate::diag::Sink;
use crate::dom::{Document, NodeId};
use crate::layout::{GlyphRun, Owner, Pages, Shape, is_invisible};
use std::collections::BTreeMap;

/// Compares the text of the page with the tree.
pub(super) fn page(document: &Document, html: &str, sink: &mut Sink) {
    let text = crate::html::text_of(html);
    if let Some(lost) = conservation::compare_output(document, conservation::Output::Page, &text) {
        sink.report(lost);
    }
}

/// Compares the glyphs on the pages with the tree.
pub(super) fn pages(document: &Document, pages: &Pages, sink: &mut Sink) {
    let mut texts: BTreeMap<NodeId, String> = BTreeMap::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let (Owner::Node(node), Shape::Glyphs(run)) = (item.owner, &item.shape)
            // The text of a drawing is part of a picture, represented by its alternative text.
            && document.get(node).text().is_some()
        {
            texts.entry(node).or_default().push_str(&shown(run));
        }
    }
    let text: String = document
        .descendants(Document::ROOT)
        .filter_map(|node| texts.get(&node).map(String::as_str))
        .collect();
    if let Some(lost) = conservation::compare_output(document, conservation::Output::Pdf, &text) {
        sink.report(lost);
    }
}

/// The text of a run that a glyph stands for; what no glyph shows is not on the page, but for what
/// has no look of its own.
fn shown(run: &GlyphRun) -> String {
    let mut covered = vec![false; run.text.len()];
    for glyph in &run.glyphs {
        let range = glyph.text.start as usize..glyph.text.end as usize;
        if let Some(bytes) = covered.get_mut(range) {
            bytes.fill(true);
        }
    }
    let letters = run.text.char_indices();
    letters
        .filter(|(at, letter)| covered[*at] || is_invisible(*letter))
        .map(|(_, letter)| letter)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};
    use crate::layout::{Fonts, LayoutInput, lay_out};

    fn differences(change: impl Fn(&mut GlyphRun)) -> Vec<String> {
        let html = "<p>Offisiell flyt i arbeids\u{ad}livet, 10 <em>%</em></p>";
        let document = parse(html, Meta::default()).document;
        let theme = toml::from_str(include_str!("../../templates/default/theme.toml"));
        let mut laid = lay_out(&LayoutInput {
            document: &document,
            theme: &theme.expect("the default theme is sound"),
            fonts: &Fonts::embedded(),
            pictures: &BTreeMap::new(),
            line_numbers: false,
        });
        let items = laid.pages.pages.iter_mut().flat_map(|page| &mut page.items);
        for item in items {
            if let (Owner::Node(_), Shape::Glyphs(run)) = (item.owner, &mut item.shape) {
                change(run);
            }
        }
        let mut sink = Sink::default();
        pages(&document, &laid.pages, &mut sink);
        sink.into_sorted().into_iter().map(|d| d.message).collect()
    }

    #[test]
    fn text_without_a_glyph_is_not_on_the_page() {
        assert_eq!(differences(|_| {}), [""; 0]);
        let without_a_glyph = differences(|run| {
            if run.text.starts_with("Offisiell") {
                run.glyphs.remove(1);
            }
        });
        assert_eq!(without_a_glyph.len(), 1, "{without_a_glyph:?}");
        assert!(
            without_a_glyph[0]
                .starts_with("the PDF does not show the text that starts with `Offisiell")
        );
    }
}
