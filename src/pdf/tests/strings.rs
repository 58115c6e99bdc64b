//! Texts of authors that are longer than a string of a PDF may be (ISO 19005-2, 6.1.13).

use super::typeset::typeset;
use super::{document, read, read_back, write};
use crate::layout::{Fonts, Shape};
use lopdf::content::Content;
use lopdf::{Document, Object};

/// Bytes that a string may have.
const LONGEST: usize = 32_767;

/// A document with a long text wherever one becomes a string, and one that is no tag where a
/// language is named.
pub(super) fn html() -> String {
    let words = "sjø og land ".repeat(LONGEST / 8);
    let word = "a".repeat(LONGEST + 1);
    format!(
        "<h1 id='{word}'>Tittel {words}</h1>\
         <p>se <a href='#kort' aria-label='{words}'>kort</a>, <a href='#{word}'>tittelen</a> og \
         <a href='https://example.no/{word}'>nettet</a>, <abbr title='{words}'>NU</abbr> \
         <em lang='norsk bokmål'>her</em><a class='noteref' id='n{word}' href='#note-{word}'>1</a></p>\
         <svg viewBox='0 0 9 9' role='img' aria-label='{words}'><text x='1' y='8'>{word}</text></svg>\
         <table><thead><tr><th id='{word}b'>A</th></tr><tr><th lang='{word}'>B</th></tr></thead>\
         <tr><td>1</td></tr></table>\
         <p id='kort'>slutt</p>\
         <aside class='note' id='note-{word}'><a class='number' href='#n{word}'>1</a> <p>x</p></aside>"
    )
}

fn longest(object: &Object) -> usize {
    match object {
        Object::String(bytes, _) => bytes.len(),
        Object::Array(items) => items.iter().map(longest).max().unwrap_or(0),
        Object::Dictionary(entries) => entries.iter().map(|e| longest(e.1)).max().unwrap_or(0),
        Object::Stream(stream) => longest(&Object::Dictionary(stream.dict.clone())),
        _ => 0,
    }
}

#[test]
fn no_string_is_longer_than_it_may_be_and_what_is_shortened_says_so() {
    let (document, fonts) = (document(&html()), Fonts::embedded());
    let mut pages = typeset(&document, &fonts);
    // A word without an end.
    if let Some(Shape::Glyphs(run)) = pages.pages[0].items.last_mut().map(|item| &mut item.shape) {
        run.glyphs = run.glyphs.iter().cloned().cycle().take(LONGEST).collect();
    }
    let bytes = write(&document, &pages, &fonts).expect("a legal document");
    let file = Document::load_mem(&bytes).expect("our own");
    let in_objects = file.objects.values().map(longest).max();
    assert!(in_objects.is_some_and(|longest| (30_000..=LONGEST).contains(&longest)));
    for page in file.page_iter() {
        let content = file.get_page_content(page);
        let content = Content::decode(&content).expect("our own");
        let operands = content.operations.iter().flat_map(|o| &o.operands);
        assert!(operands.map(longest).max() <= Some(LONGEST));
    }
    let read = read(&bytes).expect("our own");
    assert!(read.bookmarks[0].title.ends_with(" …"));
    for (kind, key) in [("Figure", "Alt"), ("Span", "E")] {
        let said = read.elements().filter(|e| e.kind == kind);
        let said = said.filter_map(|e| e.attribute(key)).next();
        assert!(said.is_some_and(|words| words.ends_with(" …")), "{kind}");
    }
    assert!(read.elements().all(|e| e.attribute("Lang").is_none()));
}

#[test]
fn an_address_that_is_too_long_leads_nowhere_and_is_plain_text() {
    let read = read_back(&html());
    let links: Vec<String> = read
        .elements()
        .filter(|e| e.kind == "Link")
        .map(|e| e.text())
        .collect();
    assert_eq!(links, ["kort"]);
    assert!(read.text().contains("tittelen og nettet"));
}
