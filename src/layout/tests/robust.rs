//! Absurd trees neither panic nor hang.

use super::*;
use crate::steps;

#[test]
fn deep_nesting_is_flattened_and_keeps_its_text() {
    let mut document = Document::default();
    for element in ["div", "em", "ul", "table", "section"] {
        let mut at = Document::ROOT;
        for _ in 0..5000 {
            let child = document.create_element(element, &[]);
            document.append(at, child);
            at = child;
        }
        let text = document.create_text("innerst");
        document.append(at, text);
    }
    let (theme, fonts, pictures) = (theme(), Fonts::embedded(), BTreeMap::new());
    let laid = lay_out(&LayoutInput {
        document: &document,
        theme: &theme,
        fonts: &fonts,
        pictures: &pictures,
        line_numbers: false,
    });
    assert_eq!(laid.pages.to_string().matches("innerst").count(), 5);
}

#[test]
fn absurd_values_are_taken() {
    for html in [
        "",
        "<table></table>",
        "<table><thead><tr></tr></thead></table>",
        "<table><tr><td colspan=\"1000000000\" rowspan=\"99999999999999999999\">a</td></tr><tr><td>b</td></tr></table>",
        "<ol start=\"-9223372036854775808\"><li>a<li>b</ol>",
        "<ol start=\"9223372036854775807\"><li>a<li>b</ol>",
        "<img src=\"x\" width=\"0\" height=\"-5\"><img src=\"x\" width=\"NaN\" height=\"1e308\">",
        "<svg></svg><svg viewBox=\"0 0 0 0\"><path d=\"M0 0\"/></svg><svg width=\"1e9\" height=\"1e9\"></svg>",
        "<header class=\"cover\"></header><nav class=\"toc\"></nav><ul></ul><dl class=\"meta\"><dt></dl>",
        "<article class=\"card keep page-break\"></article><pre>\n\n\n</pre><p><br><br></p>",
        "<p>\u{301}\u{301}\u{202e}\u{0}\u{feff}</p>",
    ] {
        let case = set(html);
        assert!(!case.laid.pages.pages.is_empty(), "{html}");
    }
}

#[test]
fn a_word_of_ten_thousand_letters_is_cut_and_said() {
    let case = set(&format!(
        "<p>{}</p><table><tr><td>{0}</td><td>b</td></tr></table>",
        "x".repeat(10_000)
    ));
    assert!(case.problems().contains(&"T002"));
    let shown: usize = case
        .lines()
        .concat()
        .iter()
        .map(|l| l.matches('x').count())
        .sum();
    assert_eq!(shown, 20_000);
}

#[test]
fn a_page_of_margins_only_still_takes_a_line_each() {
    let mut theme = theme();
    theme.page.top = crate::theme::Length::pt(800.0);
    theme.page.left = crate::theme::Length::pt(590.0);
    let case = set_with(
        "<p>en to tre</p><table><tr><td>fire</td></tr></table>",
        &theme,
    );
    assert!(case.laid.pages.pages.len() > 2);
}

#[test]
fn a_row_higher_than_a_page_is_broken_between_its_lines() {
    let case = set(&format!(
        "<table><tr><td>{}</td><td>kort</td></tr></table>",
        words(3000)
    ));
    let bottom = (theme().page.height - theme().page.bottom).to_pt();
    assert!(case.laid.pages.pages.len() > 1);
    for item in case.laid.pages.pages.iter().flat_map(|p| &p.items) {
        if let (Shape::Glyphs(run), Owner::Node(_)) = (&item.shape, item.owner) {
            assert!(run.at.y.to_pt() < bottom);
        }
    }
}

#[test]
fn a_row_is_broken_only_if_no_page_holds_it() {
    let row = |lines: usize| {
        let cell = "<p>Kort linje.</p>".repeat(lines);
        format!("<tr><td>{cell}</td><td>Andre</td></tr>")
    };
    let head = "<caption>Plan</caption><thead><tr><th>En</th><th>To</th></tr></thead>";
    for lines in 1..=40 {
        let filler = "<p>Før.</p>".repeat(lines % 7);
        let html = format!("{filler}<table>{head}{}{}</table>", row(lines), row(lines));
        let case = set(&html);
        for page in case.lines() {
            let here = page
                .iter()
                .filter(|line| line.starts_with("Kort linje."))
                .count();
            assert_eq!(here % lines, 0, "{lines} lines");
            // Nor does the head stand alone.
            let headed = page.iter().any(|line| line.starts_with("En"));
            assert!(!headed || here > 0, "{lines} lines");
        }
    }
}

#[test]
fn a_title_of_many_words_takes_as_many_steps_in_the_running_header() {
    let title = |size| Meta {
        running_title: words(size),
        ..meta()
    };
    steps::assert_linear(200, title, |meta| {
        let case = set_meta("<p>En linje.</p>", &theme(), meta);
        let header = &case.laid.pages.pages[0];
        let header = lines(header, |o| o == Owner::Artifact(Artifact::Header));
        assert!(header[0].ends_with(" …"), "{header:?}");
    });
}

#[test]
fn many_places_without_width_take_as_many_steps() {
    for sign in ["\u{200b}\u{2060}", "\u{200b}\u{ad}"] {
        let html = |size| format!("<p>a{}b</p>", sign.repeat(size));
        steps::assert_linear(300, html, |html| set(&html));
    }
}

#[test]
fn a_long_note_and_many_paragraphs_take_as_many_steps() {
    let html = |size: usize| {
        let reference = "<a class=\"noteref\" id=\"noteref-1\" href=\"#note-1\">1</a>";
        let number = "<a class=\"number\" href=\"#noteref-1\">1</a>";
        let note = format!("{number} <p>{}</p>", words(10 * size));
        let text = "<p>Kort linje.</p>".repeat(size);
        format!("<p>Tekst{reference}</p>{text}<aside class=\"note\" id=\"note-1\">{note}</aside>")
    };
    steps::assert_linear(100, html, |html| set(&html));
}
