//! The numbers of headings, figures and tables.

use crate::dom::Document;
use std::collections::BTreeMap;

/// The numbers that a finished document gives to headings, figures and tables, by the anchor that a
/// link to each has: «2.1», «Figur 3».
pub fn numbers(document: &Document) -> BTreeMap<String, String> {
    let mut numbers = BTreeMap::new();
    for id in document.descendants(Document::ROOT) {
        // Footnotes have numbers, too; they are counted anew wherever one comes or goes.
        let node = document.get(id);
        if !(node.is("span") && node.has_class("number")) {
            continue;
        }
        let around = document.ancestor(id, |node| node.attr("id").is_some());
        let anchor = around.and_then(|id| document.get(id).attr("id"));
        if let Some(anchor) = anchor {
            let number = document.text_of(id).trim().to_owned();
            numbers.entry(anchor.to_owned()).or_insert(number);
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};

    #[test]
    fn headings_and_figures_have_numbers_and_footnotes_are_passed_over() {
        let html = "<section id=\"a\"><h2><span class=\"number\">1</span> En</h2>\
            <figure id=\"f\"><figcaption><span class=\"number\">Figur 1</span>. To</figcaption></figure>\
            <aside id=\"n\" class=\"note\"><a class=\"number\">1</a></aside></section>";
        let numbers = numbers(&parse(html, Meta::default()).document);
        let found: Vec<_> = numbers.iter().map(|(a, n)| format!("{a} {n}")).collect();
        assert_eq!(found, ["a 1", "f Figur 1"]);
    }
}
