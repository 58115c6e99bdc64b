//! Pages as `layout` really sets them.

use super::{Error, document, read, write};
use crate::dom::Document;
use crate::layout::{self, CustomFace, Family, Fonts, LayoutInput, Style};
use crate::pdf::{Kid, ReadBack, StructureNode};
use crate::theme::Theme;
use std::collections::{BTreeMap, BTreeSet};

/// How often each face is damaged.
const DAMAGES: usize = 300;
/// Bytes that ten pages may take.
const TEN_PAGES: usize = 80_000;

pub(super) fn lay_out(document: &Document, fonts: &Fonts) -> layout::Pages {
    let theme = include_str!("../../../templates/default/theme.toml");
    let theme: Theme = toml::from_str(theme).expect("the theme of the default templates");
    let pictures = BTreeMap::new();
    layout::lay_out(&LayoutInput {
        document,
        theme: &theme,
        fonts,
        pictures: &pictures,
        line_numbers: false,
    })
    .pages
}

pub(super) fn written(html: &str) -> (Document, Vec<u8>) {
    written_in(&Fonts::embedded(), html)
}

/// The same with running text in a face with CFF outlines, which has not all the letters.
pub(super) fn written_in_cff(html: &str) -> (Document, Vec<u8>) {
    let face = include_bytes!("../../../tests/fonts/Fjord-Regular.otf");
    let face = CustomFace::read(face, "Fjord").expect("it can be used");
    let [regular, ..] = Style::all(Family::Serif);
    let mut fonts = Fonts::embedded();
    fonts.set_family(Family::Serif, &[(regular, face)]);
    written_in(&fonts, html)
}

fn written_in(fonts: &Fonts, html: &str) -> (Document, Vec<u8>) {
    let document = document(html);
    let pages = lay_out(&document, fonts);
    let bytes = write(&document, &pages, fonts).expect("a legal document");
    (document, bytes)
}

/// A report of about `pages` pages: chapters with paragraphs, lists and a table each.
fn report(pages: usize) -> String {
    let words = "menneskerettigheter og bærekraftige næringer i fjordkommunene krever samarbeid \
                 mellom fylkeskommunale utvalg stillingsordninger representantskapet"
        .split(' ')
        .collect::<Vec<_>>();
    let mut seed = 7usize;
    let mut sentence = |length: usize| {
        let mut text = String::new();
        for _ in 0..length {
            seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
            text.push_str(words[seed / 65_536 % words.len()]);
            text.push(' ');
        }
        text.trim_end().to_owned() + "."
    };
    let mut html = String::from("<header class='cover'><h1>Rapport</h1></header><main>");
    for chapter in 0..pages {
        html.push_str(&format!(
            "<section id='c{chapter}'><h2>{chapter} {}</h2>",
            sentence(3)
        ));
        for _ in 0..3 {
            let next = chapter + 1;
            html.push_str(&format!("<p>{} <em>{}</em> ", sentence(30), sentence(4)));
            html.push_str(&format!(
                "<a href='#c{next}'>kapittel {next}</a> {}</p>",
                sentence(20)
            ));
        }
        html.push_str(&format!(
            "<ul><li>{}</li><li>{}</li></ul>",
            sentence(9),
            sentence(12)
        ));
        html.push_str("<table><thead><tr><th>Hva</th><th>Når</th></tr></thead><tbody>");
        for _ in 0..4 {
            html.push_str(&format!("<tr><td>{}</td><td>uke 12</td></tr>", sentence(6)));
        }
        html.push_str("</tbody></table></section>");
    }
    html + "</main>"
}

fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{AD}')
        .collect()
}

/// All text of the elements except marks that no text node holds.
fn without_labels(read: &ReadBack) -> String {
    squeezed(&read.text()).replace(['•', '–'], "")
}

#[test]
fn ten_pages_are_small_whole_and_marked() {
    let (document, bytes) = written(&report(10));
    let read = read(&bytes).expect("our own");
    assert_eq!(read.unmarked, "");
    assert!((9..=14).contains(&read.pages), "{} pages", read.pages);
    assert!(bytes.len() < TEN_PAGES, "{} bytes", bytes.len());
    let text = squeezed(&document.text_of(Document::ROOT)).replace(['•', '–'], "");
    assert_eq!(without_labels(&read), text);
}

#[test]
fn text_in_cff_outlines_is_read_back_as_it_was_written() {
    let (document, bytes) = written_in_cff("<h1>Blåbær</h1><p>Rødgrøt på fløyte – «č».</p>");
    let read = read(&bytes).expect("our own");
    let text = squeezed(&document.text_of(Document::ROOT));
    assert_eq!(squeezed(&read.text()), text);
}

#[test]
fn a_damaged_face_that_is_taken_is_embedded_or_refused_as_such() {
    let faces = [
        &include_bytes!("../../../templates/default/fonts/Inter-Regular.ttf")[..],
        &include_bytes!("../../../tests/fonts/Fjord-Regular.otf")[..],
    ];
    let [regular, ..] = Style::all(Family::Serif);
    let mut seed = 7usize;
    let mut taken = 0;
    for face in faces {
        for round in 0..DAMAGES {
            let mut bytes = face.to_vec();
            seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
            // Half of them in the directory and the tables at the start.
            let at = (seed / 65_536 * 251) % if round % 2 == 0 { 3000 } else { face.len() };
            bytes[at] ^= 1 << (round % 8);
            let Ok(damaged) = CustomFace::read(&bytes, "x") else {
                continue;
            };
            taken += 1;
            let mut fonts = Fonts::embedded();
            fonts.set_family(Family::Serif, &[(regular, damaged)]);
            let document = document("<h1>Å</h1><p>Blåbær og AVfiffl 123 – «č».</p>");
            let pages = lay_out(&document, &fonts);
            let written = write(&document, &pages, &fonts);
            let refused = matches!(written, Err(Error::Face { .. } | Error::Embedding(_)));
            assert!(written.is_ok() || refused, "byte {at}: {:?}", written.err());
        }
    }
    assert!(taken > DAMAGES / 2, "{taken}");
}

#[test]
fn every_case_is_marked_and_read_in_order_as_layout_sets_it() {
    for (folder, html) in super::cases() {
        let (_, bytes) = written(&html);
        let read = read(&bytes).expect("our own");
        assert_eq!(read.unmarked, "", "{}", folder.display());
        super::compare(&read, &folder.join("expected-laid.tags"));
    }
}

fn case(name: &str) -> ReadBack {
    let cases = super::cases();
    let (_, html) = cases
        .iter()
        .find(|(f, _)| f.ends_with(name))
        .expect("a case of that name");
    read(&written(html).1).expect("our own")
}

/// The pages that show an element.
fn pages(element: &StructureNode, found: &mut BTreeSet<usize>) {
    for kid in &element.kids {
        match kid {
            Kid::Node(node) => pages(node, found),
            Kid::Text { page, .. } => drop(found.insert(*page)),
            Kid::Annotation { .. } => {}
        }
    }
}

#[test]
fn a_note_over_two_pages_is_one_element_in_the_place_of_its_source() {
    let read = case("notes");
    let ids: Vec<&str> = read.elements().filter_map(|e| e.attribute("ID")).collect();
    let notes: Vec<&str> = ids
        .into_iter()
        .filter(|id| id.starts_with("note-"))
        .collect();
    assert_eq!(notes, ["note-1", "note-2", "note-3", "note-4", "note-5"]);
    let mut shown = BTreeSet::new();
    let long = read
        .elements()
        .find(|e| e.attribute("ID") == Some("note-3"));
    pages(long.expect("it is there"), &mut shown);
    assert_eq!(shown.len(), 2);
}

#[test]
fn a_table_over_three_pages_is_one_element_with_one_head() {
    let read = case("table-three-pages");
    let count = |kind: &str| read.elements().filter(|e| e.kind == kind).count();
    assert_eq!(["Table", "THead", "TBody", "TR"].map(count), [1, 1, 1, 46]);
    let mut shown = BTreeSet::new();
    let table = read.elements().find(|e| e.kind == "Table");
    pages(table.expect("it is there"), &mut shown);
    assert_eq!(shown.len(), 3);
}
