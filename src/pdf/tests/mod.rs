//! Whole documents, written and read back.

mod typeset;

use super::write;
use crate::dom::{self, Document, Meta};
use crate::layout::Fonts;
use typeset::typeset;

const KITCHEN_SINK: &str = include_str!("../../../tests/cases/pdf/every-element/input.html");

fn document(html: &str) -> Document {
    let meta = Meta {
        title: "Næringsstrategi – utkast 0.1".into(),
        language: "nb".into(),
        author: "Rådet".into(),
        description: "Utkast til strategi".into(),
        date: "2025-04-11T00:00:00Z".into(),
        ..Meta::default()
    };
    let parsed = dom::parse(html, meta);
    assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
    parsed.document
}

fn pdf(document: &Document) -> Vec<u8> {
    let fonts = Fonts::embedded();
    write(document, &typeset(document, &fonts), &fonts).expect("a legal document")
}

#[test]
fn two_writes_give_the_same_bytes() {
    let document = document(KITCHEN_SINK);
    if let Ok(p) = std::env::var("DUMP") { std::fs::write(p, pdf(&document)).unwrap(); }
    assert_eq!(pdf(&document), pdf(&document));
}
