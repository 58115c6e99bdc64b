//! Whole documents, written and read back.

mod edits;
mod foreign;
mod judges;
mod layout;
mod levels;
mod strings;
mod tables;
mod typeset;

use super::{Error, ReadBack, read, write};
use crate::dom::{self, Document, Meta};
use crate::layout::{Fonts, Owner, Pages, Shape};
use std::path::{Path, PathBuf};
use typeset::typeset;

const EVERY_ELEMENT: &str = include_str!("../../../tests/cases/pdf/every-element/input.html");

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

fn read_back(html: &str) -> ReadBack {
    read(&pdf(&document(html))).expect("a file of our own")
}

/// The tree of a document as text, without what stands above its content.
fn tags(html: &str) -> String {
    let printed = read_back(html).to_string();
    let content: Vec<&str> = printed
        .lines()
        .skip(4)
        .take_while(|l| *l != "bookmarks")
        .collect();
    content.join("\n")
}

/// Every case: its folder and its HTML.
fn cases() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/pdf");
    let folders = std::fs::read_dir(root).expect("the cases are there");
    let mut folders: Vec<PathBuf> = folders.map(|f| f.expect("readable").path()).collect();
    folders.sort();
    let with_html = |folder: PathBuf| {
        let html = std::fs::read_to_string(folder.join("input.html"));
        (folder, html.expect("every case has its input"))
    };
    folders.into_iter().map(with_html).collect()
}

/// Compares a printed tree with a file of a case.
fn compare(read: &ReadBack, expected: &Path) {
    let printed = read.to_string();
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(expected, &printed).expect("the case can be written");
    }
    let text = std::fs::read_to_string(expected).unwrap_or_default();
    assert_eq!(printed, text, "{}", expected.display());
}

#[test]
fn structure_trees_are_as_expected() {
    for (folder, html) in cases() {
        compare(&read_back(&html), &folder.join("expected.tags"));
    }
}

#[test]
fn two_writes_give_the_same_bytes() {
    let document = document(EVERY_ELEMENT);
    assert_eq!(pdf(&document), pdf(&document));
}

#[test]
fn everything_on_a_page_is_in_an_element_or_an_artifact() {
    for (folder, html) in cases() {
        assert_eq!(read_back(&html).unmarked, "", "{}", folder.display());
    }
}

#[test]
fn the_text_of_the_tree_comes_back_through_the_structure_tree() {
    let html = "<h1>Tittel</h1><p>Én <em>ledd</em>setning, «ﬁn» – og <a href='#x'>lenke</a>.</p>\
                <table><tr><th>a</th><td>b</td></tr></table><p id='x'>Slutt</p>";
    assert_eq!(
        read_back(html).text().replace('\n', ""),
        document(html).text_of(Document::ROOT)
    );
}

#[test]
fn a_word_broken_over_lines_is_read_whole() {
    let word = "menneskerettighetserklæringenogbærekraftsmålogstillingsordningsutvalgsmedlem";
    let read = read_back(&format!("<p>{word} og mer</p>"));
    assert_eq!(read.text(), format!("{word} og mer\n"));
}

#[test]
fn a_paragraph_over_two_pages_is_one_element() {
    let text = "ord og flere ord som fyller linjene til siden er full ".repeat(80);
    let read = read_back(&format!("<p>{text}</p>"));
    let paragraphs: Vec<_> = read.elements().filter(|e| e.kind == "P").collect();
    assert_eq!((paragraphs.len(), read.pages), (1, 2));
    assert_eq!(read.text(), format!("{}\n", text.trim_end()));
}

#[test]
fn a_link_keeps_its_place_among_the_words() {
    let expected = "  P\n    Span\n      \"se \"\n    Link\n      \"her\"\n      -> https://e.no\n    \
                    Span\n      \", så\"";
    assert_eq!(
        tags("<p>se <a href='https://e.no'>her</a>, så</p>"),
        expected
    );
}

#[test]
fn a_link_that_leads_nowhere_is_plain_text() {
    assert_eq!(
        tags("<p>se <a href='#borte'>her</a></p>"),
        "  P\n    \"se her\""
    );
}

#[test]
fn empty_cells_hold_the_table_in_shape_and_an_empty_table_is_left_out() {
    let read =
        read_back("<table><tr><td></td><td>b</td></tr></table><table><tr><td></td></tr></table>");
    let kinds: Vec<&str> = read.elements().map(|e| e.kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "StructTreeRoot",
            "Document",
            "Table",
            "TBody",
            "TR",
            "TD",
            "TD"
        ]
    );
}

#[test]
fn a_picture_without_words_is_an_artifact() {
    let read = read_back("<p>a</p><img src='x.png' alt=''><svg aria-hidden='true'></svg>");
    assert!(read.elements().all(|e| e.kind != "Figure"));
    assert_eq!(read.unmarked, "");
}

#[test]
fn a_glyph_that_stands_for_two_texts_is_read_right_both_times() {
    let document = document("<p>ab</p><p>xy</p>");
    let fonts = Fonts::embedded();
    let mut pages = typeset(&document, &fonts);
    let mut first = None;
    for item in &mut pages.pages[0].items {
        if let (Owner::Node(_), Shape::Glyphs(run)) = (item.owner, &mut item.shape) {
            let glyphs = first.get_or_insert_with(|| run.glyphs.clone());
            run.glyphs.clone_from(glyphs);
        }
    }
    let bytes = write(&document, &pages, &fonts).expect("a legal document");
    assert_eq!(read(&bytes).expect("our own").text(), "ab\nxy\n");
}

#[test]
fn a_document_that_could_not_be_legal_is_refused() {
    let fonts = Fonts::embedded();
    let mut document = document("<p>a</p>");
    let pages = typeset(&document, &fonts);
    let none = Pages {
        pages: Vec::new(),
        destinations: Vec::new(),
    };
    assert!(matches!(
        write(&document, &none, &fonts),
        Err(Error::NoPages)
    ));

    let mut missing = pages.clone();
    if let Some(Shape::Glyphs(run)) = missing.pages[0].items.last_mut().map(|i| &mut i.shape) {
        run.glyphs[0].id = 0;
    }
    assert!(matches!(
        write(&document, &missing, &fonts),
        Err(Error::MissingGlyph { page: 0, .. })
    ));

    let elsewhere = Document::new(document.meta.clone());
    assert!(matches!(
        write(&elsewhere, &pages, &fonts),
        Err(Error::Stray { page: 0, .. })
    ));

    document.meta.title.clear();
    assert!(matches!(
        write(&document, &pages, &fonts),
        Err(Error::Untitled)
    ));
    document.meta.title = "Tittel".into();
    document.meta.language.clear();
    assert!(matches!(
        write(&document, &pages, &fonts),
        Err(Error::NoLanguage)
    ));
}

#[test]
fn bookmarks_follow_the_headings_and_names_are_in_order() {
    let read = read_back("<h1>T</h1><h2 id='ø'>A</h2><h3>B</h3><h3 id='a'>C</h3><h2 id='b'>D</h2>");
    let printed = read.to_string();
    let bookmarks = printed
        .split_once("bookmarks\n")
        .expect("there are headings")
        .1;
    let expected = "  \"T\" -> page 1\n  \"A\" -> page 1\n    \"B\" -> page 1\n    \"C\" -> page 1\n  \"D\" -> page 1\n";
    assert_eq!(bookmarks, expected);
    assert_eq!(read.destinations, ["a", "b", "ø"]);
}

#[test]
fn every_identifier_is_there_once_and_found_in_order() {
    for (folder, html) in cases() {
        let bytes = pdf(&document(&html));
        let file = lopdf::Document::load_mem(&bytes).expect("our own");
        let root = file.catalog().expect("our own");
        let root = root.get_deref(b"StructTreeRoot", &file);
        let root = root.and_then(lopdf::Object::as_dict).expect("our own");
        let tree = root.get(b"IDTree").and_then(lopdf::Object::as_dict);
        let names = tree.and_then(|t| t.get(b"Names")?.as_array());
        let mut found = Vec::new();
        for pair in names.map_or(&[][..], Vec::as_slice).chunks(2) {
            let element = file.dereference(&pair[1]).expect("our own").1;
            let id = element.as_dict().and_then(|e| e.get(b"ID"));
            assert_eq!(id.expect("it has one"), &pair[0]);
            found.push(String::from_utf8_lossy(pair[0].as_str().expect("a string")).into_owned());
        }
        let read = read(&bytes).expect("our own");
        let mut ids: Vec<&str> = read.elements().filter_map(|e| e.attribute("ID")).collect();
        ids.sort_unstable();
        assert_eq!(found, ids, "{}", folder.display());
        ids.dedup();
        assert_eq!(found.len(), ids.len(), "{}", folder.display());
    }
}

#[test]
fn a_heading_with_a_note_has_a_bookmark_without_its_number() {
    let html = "<h1>T</h1><h2>Vann<a class='noteref' href='#n'>1</a></h2><p>a</p>\
                <aside class='note' id='n'><a class='number' href='#n'>1</a> <p>b</p></aside>";
    let titles: Vec<String> = read_back(html)
        .bookmarks
        .into_iter()
        .map(|b| b.title)
        .collect();
    assert_eq!(titles, ["T", "Vann"]);
}

#[test]
fn damaged_files_are_refused_without_panic() {
    let whole = pdf(&document("<h1>T</h1><p>a</p>"));
    for cut in (0..whole.len()).step_by(97) {
        let _ = read(&whole[..cut]);
        let mut damaged = whole.clone();
        damaged[cut] ^= 0x55;
        let _ = read(&damaged);
    }
    assert!(matches!(read(b"no PDF"), Err(Error::NoPdf)));
}

#[test]
fn no_level_of_headings_is_left_out_whatever_a_template_writes() {
    let html = "<main><h2>A</h2><h4>B</h4><h3></h3><h5>C</h5><h3>D</h3><h2>E</h2><h6>F</h6></main>";
    let read = read_back(html);
    let headings = read.elements().filter(|e| e.kind.starts_with('H'));
    let levels: Vec<_> = headings.map(|e| (e.kind.clone(), e.text())).collect();
    let expected = ["H1 A", "H2 B", "H3 C", "H2 D", "H1 E", "H2 F"];
    let said: Vec<_> = levels.iter().map(|(k, t)| format!("{k} {t}")).collect();
    assert_eq!(said, expected);
}
