//! The numbers of headings, figures and tables.

use crate::dom::Document;
use std::collections::BTreeMap;

/// The numbers that a finished document gives to headings, figures and tables, by the anchor that a
/// link to each has: «2.1», «Figur 3».
pub fn numbers(document: &Document) -> BTreeMap<String, String> {
    let mut numbers = BTreeMap::new();
    for id in document.descendants(Document::ROOT) {
        if !document.get(id).has_class("number") {
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
