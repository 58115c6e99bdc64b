//! Inline elements around blocks.

use super::*;
use crate::dom::vocabulary::{Display, ELEMENTS};

/// How words look: their faces, sizes and colours, and the lines and backgrounds at them.
fn looks(html: &str) -> Vec<String> {
    let case = set(html);
    let items = case.laid.pages.pages[0].items.iter();
    let looks = items.filter_map(|item| match (&item.shape, item.owner) {
        (Shape::Glyphs(run), Owner::Node(_)) => Some(format!(
            "{} {:?} {:?} {:?}",
            run.text, run.face, run.size, run.colour
        )),
        (Shape::Path(path), Owner::Artifact(Artifact::Decoration)) => {
            Some(format!("{:?} {:?}", path.fill, path.stroke))
        }
        _ => None,
    });
    looks.collect()
}

#[test]
fn an_inline_element_around_a_block_looks_as_it_does_in_a_line() {
    let inline = ELEMENTS.iter().filter(|e| e.1 == Display::Inline);
    for (name, ..) in inline.filter(|e| e.0 != "br") {
        let around = looks(&format!("<{name}><p>Kystvei</p></{name}>"));
        let within = looks(&format!("<p><{name}>Kystvei</{name}></p>"));
        assert_eq!(around, within, "{name}");
    }
}

#[test]
fn bold_around_a_table_reaches_its_cells() {
    let table = |cell: &str| format!("<table><tr><td>{cell}</td></tr></table>");
    let painted = |html: &str| {
        let case = set(html);
        let runs = case.laid.pages.pages[0].items.iter();
        let faces = runs.filter_map(|item| match &item.shape {
            Shape::Glyphs(run) if run.text == "Kystvei" => Some(run.face),
            _ => None,
        });
        faces.collect::<Vec<_>>()
    };
    assert_eq!(
        painted(&format!("<b>{}</b>", table("Kystvei"))),
        painted(&table("<b>Kystvei</b>"))
    );
}

#[test]
fn a_block_behind_thousands_of_nodes_is_set_as_a_block() {
    let words = "<s>a</s> ".repeat(3000);
    let item = |inner: &str| format!("<ul><li><i><b>{words}{inner}</b></i></li></ul>");
    let case = set(&item("<ul><li>Til slutt</li></ul>"));
    let lines = case.lines().concat();
    assert_eq!(lines.last().map(String::as_str), Some("Til slutt"));
    let labels = case.laid.pages.pages.iter().flat_map(|page| &page.items);
    let labels = labels.filter(|item| matches!(item.owner, Owner::Label(_)));
    assert_eq!(labels.count(), 2);
}

#[test]
fn a_row_and_a_group_of_rows_say_the_language_of_their_cells() {
    let mut theme = theme();
    theme.page.right = crate::theme::Length::pt(595.0 - 76.0 - 75.0);
    let lines = |group: &str, row: &str, cell: &str| {
        let words = "representations international understanding telecommunications";
        let html =
            format!("<table><tbody{group}><tr{row}><td{cell}>{words}</td></tr></tbody></table>");
        set_with(&html, &theme).lines()
    };
    let english = lines("", "", " lang=en");
    assert_ne!(english, lines("", "", ""));
    assert_eq!(lines("", " lang=en", ""), english);
    assert_eq!(lines(" lang=en", "", ""), english);
    assert_eq!(lines(" lang=nb", " lang=en", ""), english);
}

#[test]
fn inserted_and_deleted_text_keeps_its_line_below_other_marks() {
    let lines = |html: &str| {
        let looks = looks(html);
        let lines = looks.into_iter().filter(|look| look.contains("None"));
        lines.collect::<std::collections::BTreeSet<_>>()
    };
    for edit in ["ins", "del", "s"] {
        let plain = lines(&format!("<p><{edit}>Kystvei</{edit}></p>"));
        // What was added has a background too.
        assert_eq!(plain.len(), if edit == "ins" { 2 } else { 1 });
        for mark in ["a", "mark", "span class=uncertain", "s"] {
            let name = mark.split(' ').next().unwrap_or_default();
            let html = format!("<p><{edit}>Ny <{mark}>kystvei</{name}> her</{edit}></p>");
            assert!(lines(&html).is_superset(&plain), "{mark} in {edit}");
        }
    }
    // One line for all that was deleted, whatever stands in it.
    let html = "<p><del>Ny <a href='#x'>kystvei</a> her</del></p>";
    let case = set(html);
    let items = case.laid.pages.pages[0].items.iter();
    let lines = items.filter(|item| matches!(item.shape, Shape::Path(_)));
    let lines = lines.filter(|item| item.owner == Owner::Artifact(Artifact::Decoration));
    assert_eq!(lines.count(), 2);
}

#[test]
fn a_group_of_rows_can_be_a_target() {
    let case = set(
        "<table><tbody><tr><td>a</td></tr></tbody><tbody id=b><tr id=c><td>b</td></tr></tbody></table>",
    );
    let targets = case.laid.pages.destinations.iter();
    let targets = targets.map(|d| case.document.get(d.node).attr("id").unwrap_or_default());
    assert_eq!(targets.collect::<Vec<_>>(), ["b", "c"]);
}
