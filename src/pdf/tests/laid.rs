//! Pages as `layout` really sets them.

use super::{document, read, write};
use crate::dom::Document;
use crate::layout::{self, Fonts, Input};
use crate::pdf::ReadBack;
use crate::theme::Theme;
use std::collections::BTreeMap;

/// Bytes that ten pages may take.
const TEN_PAGES: usize = 80_000;

fn lay_out(document: &Document, fonts: &Fonts) -> layout::Pages {
    let theme = include_str!("../../../templates/default/theme.toml");
    let theme: Theme = toml::from_str(theme).expect("the theme of the default templates");
    let pictures = BTreeMap::new();
    layout::lay_out(&Input {
        document,
        theme: &theme,
        fonts,
        pictures: &pictures,
        line_numbers: false,
    })
    .pages
}

pub(super) fn written(html: &str) -> (Document, Vec<u8>) {
    let (document, fonts) = (document(html), Fonts::embedded());
    let pages = lay_out(&document, &fonts);
    let bytes = write(&document, &pages, &fonts).expect("a legal document");
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
fn every_case_is_marked_and_read_in_order_as_layout_sets_it() {
    for (folder, html) in super::cases() {
        let (_, bytes) = written(&html);
        let read = read(&bytes).expect("our own");
        assert_eq!(read.unmarked, "", "{}", folder.display());
        super::compare(&read, &folder.join("expected-laid.tags"));
    }
}
