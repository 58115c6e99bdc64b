//! Merging, and its law.

mod blocks;
mod growth;
mod inline;
mod large;
mod lists;
mod notes;
mod readable;
mod tables;
mod truth;

use super::*;
use crate::dom::{Data, Meta, parse};
use proptest::prelude::*;

fn document(html: &str) -> Document {
    parse(html, Meta::default()).document
}

fn none() -> BTreeMap<String, String> {
    BTreeMap::new()
}

/// Merges two texts, sees that the law holds, and writes what came of it: `[-struck-]`, `[+added+]`,
/// `[>moved>]`, `[<here it stood<]`; `[*<em>words</em>*]` for an element that was put around words,
/// `[/<span>words</span>/]` for one that was taken from around them, and `<strong was=em>`.
fn merged(old: &str, new: &str) -> String {
    let (old, new) = (document(old), document(new));
    let mut merged = merge(&old, &new, &none(), &none());
    assert_eq!(
        canonical(&merged.accepted(), &none()),
        canonical(&new, &none()),
        "accepted"
    );
    assert_eq!(
        canonical(&merged.rejected(), &none()),
        canonical(&old, &none()),
        "rejected"
    );
    let mut out = String::new();
    for &child in &merged.document.get(Document::ROOT).children {
        write(&merged, child, &mut out);
    }
    dress(&mut merged, &english());
    hold(&merged, &old, &new);
    out
}

/// The law.
fn hold(merged: &Merged, old: &Document, new: &Document) {
    assert_eq!(
        canonical(&merged.accepted(), &none()),
        canonical(new, &none()),
        "accepted"
    );
    assert_eq!(
        canonical(&merged.rejected(), &none()),
        canonical(old, &none()),
        "rejected"
    );
}

fn english() -> Words {
    Words {
        added: "Added".into(),
        struck: "Struck".into(),
        before: "Before".into(),
        now: "Now".into(),
        moved_from: "Moved from {place}".into(),
        moved_to: "Moved to {place}".into(),
        letters: ["A", "S", "E", "M"].map(str::to_owned),
        open_added: "[added: ".into(),
        open_struck: "[struck: ".into(),
        close: "]".into(),
        start: "the start".into(),
    }
}

fn write(merged: &Merged, id: NodeId, out: &mut String) {
    let (open, close) = match merged.marks.get(&id) {
        Some(Mark::Struck) => ("[-", "-]"),
        Some(Mark::Added) => ("[+", "+]"),
        Some(Mark::Moved(_)) => ("[>", ">]"),
        Some(Mark::Trace(_)) => ("[<", "<]"),
        Some(Mark::Generated) => ("[", "]"),
        Some(Mark::Wrapped) => ("[*", "*]"),
        Some(Mark::Unwrapped) => ("[/", "/]"),
        Some(Mark::Around) | None => ("", ""),
    };
    out.push_str(open);
    let node = merged.document.get(id);
    match &node.data {
        Data::Text(text) => out.push_str(text),
        Data::Element { name, .. } => {
            let former = merged.former.get(&id).filter(|_| !open.starts_with("[-"));
            let former = former.map(|former| format!(" was={}", former.name));
            out.push_str(&format!("<{name}{}>", former.unwrap_or_default()));
            for &child in &node.children {
                write(merged, child, out);
            }
            out.push_str(&format!("</{name}>"));
        }
    }
    out.push_str(close);
}

#[test]
fn nothing_is_marked_where_nothing_has_changed() {
    let html =
        "<section id=\"a\"><h2>En</h2><p>To <em>tre</em>.</p><ul><li>Fire</li></ul></section>";
    assert!(!merged(html, html).contains('['));
}

#[test]
fn a_word_is_struck_before_the_one_that_takes_its_place() {
    let old = "<p>Rådet skal samle kommunene om felles innkjøp hvert år fra neste vår.</p>";
    let new = "<p>Rådet skal samle kommunene om felles anskaffelser hvert år fra neste vår.</p>";
    assert_eq!(
        merged(old, new),
        "<p>Rådet skal samle kommunene om felles [-innkjøp-][+anskaffelser+] hvert år fra neste vår.</p>"
    );
}

/// The words of a redline.
fn dressed(old: &str, new: &str) -> String {
    let (old, new) = (document(old), document(new));
    let mut merged = merge(&old, &new, &none(), &none());
    dress(&mut merged, &english());
    hold(&merged, &old, &new);
    merged.document.text_of(Document::ROOT)
}

#[test]
fn a_struck_word_does_not_touch_the_one_in_its_place() {
    let text = |word: &str| format!("<p>Rådet skal samle kommunene om felles {word} i dalen.</p>");
    let said = dressed(&text("innkjøp"), &text("anskaffelser"));
    assert!(
        said.contains("felles [struck: innkjøp] [added: anskaffelser] i dalen."),
        "{said}"
    );
}

#[test]
fn spaces_at_the_ends_of_a_change_stand_outside_of_its_words() {
    let old = "<p>Alle som må fram, vet det to timer før vegen blir stengt.</p>";
    let new =
        "<p>Alle som må fram, vet det to timer før vegen blir stengt. Det er en lege i dalen.</p>";
    let said = dressed(old, new);
    assert!(
        said.ends_with("stengt. [added: Det er en lege i dalen.]"),
        "{said}"
    );
    let heading = |title: &str| format!("<h3><span class=\"number\">4</span> {title}</h3>");
    let said = dressed(&heading("Elva stiger"), &heading("Alle får hjelp"));
    assert!(
        said.ends_with("[struck: Elva stiger] [added: Alle får hjelp]"),
        "{said}"
    );
}

#[test]
fn the_number_of_an_added_heading_comes_before_the_word() {
    let old = "<p>Rådet skal samle kommunene.</p>";
    let heading = "<h3><span class=\"number\">2</span> <em>Skole</em> i byen</h3>";
    let said = dressed(old, &format!("{old}{heading}"));
    assert!(said.ends_with("2 Added: Skole i byen"), "{said}");
}

#[test]
fn only_what_has_changed_stays_with_what_stands_beside_it() {
    let section = |id: &str, words: &str| {
        format!(
            "<section id=\"{id}\"><h2>Om {id}</h2><p id=\"{id}-1\">Først.</p><p>Så.</p><p>{words}</p>\
             <p>Til sist, se <a href=\"#b\">b</a>.</p><p>Helt til sist.</p></section>"
        )
    };
    let old = document(
        &[
            section("a", "Rådet møtes her."),
            section("b", "Likt."),
            section("c", "Likt."),
        ]
        .concat(),
    );
    let added = "<section><h2>Nytt</h2><p>Ein.</p><p>To.</p><p>Tre.</p></section>";
    let new = [
        section("a", "Rådet møtes der."),
        section("b", "Likt."),
        section("c", "Likt."),
        added.to_owned(),
    ];
    let new = document(&new.concat());
    let merged = merge(&old, &new, &none(), &none());
    let mut document = merged.document.clone();
    only_changes(&mut document, &merged.marks, "[…]");
    let mut text = String::new();
    crate::dom::push_text(&document, Document::ROOT, &mut text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        text,
        "Om a […] Så. Rådet møtes herder. Til sist, se b. […] […] Nytt Ein. To. Tre."
    );
    assert!(!document.to_string().contains("href"), "{document}");
}

#[test]
fn a_paragraph_that_moved_is_shown_once() {
    let one = "<p>Det første avsnittet handler om havna i byen.</p>";
    let two = "<p>Det andre avsnittet er mye lengre enn det første, og står her med flere ord.</p>";
    assert_eq!(
        merged(&format!("{one}{two}"), &format!("{two}{one}")),
        format!("[<<p></p><]{two}[>{one}>]")
    );
}

#[test]
fn a_column_that_was_added_is_a_column() {
    let old =
        "<table><tr><th>Tiltak</th><th>Frist</th></tr><tr><td>Buss</td><td>2027</td></tr></table>";
    let new = "<table><tr><th>Tiltak</th><th>Ansvar</th><th>Frist</th></tr>\
               <tr><td>Buss</td><td>Moss</td><td>2028</td></tr></table>";
    assert_eq!(
        merged(old, new),
        "<table><tbody><tr><th>Tiltak</th>[+<th>Ansvar</th>+]<th>Frist</th></tr>\
         <tr><td>Buss</td>[+<td>Moss</td>+]<td>[-2027-][+2028+]</td></tr></tbody></table>"
    );
}

/// A text of words from a small list, so that many of them are equal.
fn words(most: usize) -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "rådet", "havn", "2027.", "og", "Moss", "skal", "tiltak", "felles", "17. mai", "bedre,",
        "vei",
    ]);
    prop::collection::vec(word, 0..most).prop_map(|words| words.join(" "))
}

fn inline() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec!["", "em", "strong", "a"]);
    let piece = (tag, words(6)).prop_map(|(tag, words)| match tag {
        "" => words,
        "a" => format!(" <a href=\"#x\">{words}</a> "),
        tag => format!(" <{tag}>{words} <b>og</b></{tag}> "),
    });
    prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

/// Words in elements that lie in each other; of few words, so that two lines are alike.
fn nested() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["en", "to", "tre", "fire", "fem"]);
    let leaf = prop::collection::vec(word, 1..6).prop_map(|words| format!("{} ", words.join(" ")));
    leaf.prop_recursive(4, 16, 4, |inner| {
        let tag = prop::sample::select(vec!["em", "strong", "a", "span", "q"]);
        (tag, prop::collection::vec(inner, 1..4), any::<bool>()).prop_map(|(tag, inner, wraps)| {
            match wraps {
                true => format!("<{tag}>{}</{tag}>", inner.concat()),
                false => inner.concat(),
            }
        })
    })
}

fn table() -> impl Strategy<Value = String> {
    (
        1..4usize,
        1..4usize,
        prop::collection::vec(words(3), 16),
        any::<bool>(),
    )
        .prop_map(|(rows, columns, cells, spans)| {
            let mut html = String::from("<table>");
            for row in 0..rows {
                html.push_str("<tr>");
                for column in 0..columns {
                    let span = match spans && row == 0 && column == 0 {
                        true => " rowspan=\"2\"",
                        false => "",
                    };
                    let cell = &cells[row * 4 + column];
                    html.push_str(&format!("<td{span}>{cell}</td>"));
                }
                html.push_str("</tr>");
            }
            html + "</table>"
        })
}

fn block() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => inline().prop_map(|text| format!("<p>{text}</p>")),
        1 => inline().prop_map(|text| format!("<h3>{text}</h3>")),
        1 => words(5).prop_map(|text| format!("<pre>{text}\n  {text}</pre>")),
        1 => inline().prop_map(|text| format!("<blockquote><p>{text}</p></blockquote>")),
        1 => (words(3), words(4)).prop_map(|(a, b)| format!("<dl><dt>{a}</dt><dd>{b}</dd></dl>")),
        1 => Just("<img src=\"a.png\" alt=\"\"><hr>".to_owned()),
        2 => table(),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        let many = prop::collection::vec(inner, 0..4);
        prop_oneof![
            (many.clone(), 0..4u8).prop_map(|(blocks, n)| {
                format!("<section id=\"chapter-{n}\">{}</section>", blocks.concat())
            }),
            (many.clone(), words(4)).prop_map(|(blocks, text)| {
                let items = blocks
                    .iter()
                    .map(|block| format!("<li>{text} {block}</li>"));
                format!("<ul>{}</ul>", items.collect::<String>())
            }),
            many.prop_map(|blocks| format!("<div>{}</div>", blocks.concat())),
        ]
    })
}

fn blocks() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(block(), 0..7)
}

/// Another order of blocks, with some taken out and others put in.
fn edited(blocks: Vec<String>) -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    let old = blocks.clone();
    (Just(blocks).prop_shuffle(), blocks_of_edits(), any::<u8>()).prop_map(
        move |(mut new, more, cut)| {
            if !new.is_empty() {
                new.remove(usize::from(cut) % new.len());
            }
            new.extend(more);
            (old.clone(), new)
        },
    )
}

fn blocks_of_edits() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(block(), 0..2)
}

proptest! {
    #[test]
    fn any_two_documents_are_in_the_merged_one(old in blocks(), new in blocks()) {
        merged(&old.concat(), &new.concat());
    }

    #[test]
    fn any_two_lines_are_in_the_merged_one(old in nested(), new in nested()) {
        merged(&format!("<p>{old}</p>"), &format!("<p>{new}</p>"));
    }

    #[test]
    fn two_that_are_alike_are_in_the_merged_one((old, new) in blocks().prop_flat_map(edited)) {
        merged(&old.concat(), &new.concat());
    }
}
