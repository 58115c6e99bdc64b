//! Change bars, and the numbers of lists in which an item was struck.

use super::*;

/// A change bar: its left edge, its upper and its lower end.
type Bar = (f64, f64, f64);

/// The right edge of the text.
fn right() -> f64 {
    let page = theme().page;
    (page.left + page.text_width()).to_pt()
}

/// Whether an item stands in the right margin.
fn in_margin(item: &PageItem, right: f64) -> bool {
    let x = match &item.shape {
        Shape::Glyphs(run) => run.at.x,
        Shape::Path(path) => match path.segments.first() {
            Some(Segment::Move(from)) => from.x,
            _ => return false,
        },
        Shape::Picture { area, .. } => area.origin.x,
    };
    item.owner == Owner::Artifact(Artifact::Decoration) && x.to_pt() > right
}

/// The bars and the letters in the right margin of a page, each letter with its baseline.
fn margin(page: &Page, right: f64) -> (Vec<Bar>, Vec<(String, f64)>) {
    let (mut bars, mut letters) = (Vec::new(), Vec::new());
    for item in page.items.iter().filter(|item| in_margin(item, right)) {
        match &item.shape {
            Shape::Glyphs(run) => letters.push((run.text.clone(), run.at.y.to_pt())),
            Shape::Path(path) => {
                if let [Segment::Move(from), _, Segment::Line(to), ..] = path.segments[..] {
                    bars.push((from.x.to_pt(), from.y.to_pt(), to.y.to_pt()));
                }
            }
            Shape::Picture { .. } => {}
        }
    }
    (bars, letters)
}

/// The baselines of the lines with a word.
fn baselines(page: &Page, word: &str) -> Vec<f64> {
    let runs = page.items.iter().filter_map(|item| match &item.shape {
        Shape::Glyphs(run) if run.text.contains(word) => Some(run.at.y.to_pt()),
        _ => None,
    });
    runs.collect()
}

fn changed(name: &str, letter: &str, content: &str) -> String {
    format!("<{name} class='change' data-change='{letter}'>{content}</{name}>")
}

#[test]
fn a_changed_block_has_a_bar_with_its_letter_beside_its_first_line() {
    let case = set(&format!(
        "<p>før</p>{}<p>etter</p>",
        changed("p", "E", &format!("først {}", words(30)))
    ));
    let page = &case.laid.pages.pages[0];
    let (bars, letters) = margin(page, right());
    let [(x, top, bottom)] = bars[..] else {
        panic!("{bars:?}")
    };
    assert!(x > right() + 3.0);
    assert_eq!(letters, [("E".to_owned(), baselines(page, "først")[0])]);
    let (before, after) = (baselines(page, "før")[0], baselines(page, "etter")[0]);
    assert!(before < top && top < letters[0].1 && letters[0].1 < bottom && bottom < after);
}

#[test]
fn bars_take_no_room() {
    let card = "<section class='chapter CHANGE'><h2 class='CHANGE'>Mål</h2>\
                <article class='card CHANGE'><h3>Bolig</h3><p class='CHANGE'>Flere.</p>\
                <dl class='meta'><dt class='CHANGE'>Frist</dt><dd class='CHANGE'>2028</dd></dl></article>\
                <ul class='CHANGE'><li class='CHANGE'>én<ul><li class='CHANGE'>to</li></ul></li></ul>\
                <table class='CHANGE'><tr><th>Hva</th></tr><tr class='CHANGE'><td>Ferge</td></tr></table>\
                <blockquote class='CHANGE'><p>Ja.</p></blockquote></section>";
    let html = card.repeat(6);
    let pages = |class: &str| {
        let case = set(&html.replace("CHANGE", class));
        let mut pages = case.laid.pages;
        for page in &mut pages.pages {
            page.items.retain(|item| !in_margin(item, right()));
        }
        pages.to_string()
    };
    let (with, without) = (pages("change"), pages("keep-not"));
    assert!(without.lines().count() > 100);
    assert_eq!(with, without);
}

#[test]
fn a_bar_over_several_pages_has_its_letter_on_each() {
    let body: String = (0..40).map(|_| format!("<p>{}</p>", words(40))).collect();
    let case = set(&format!(
        "<p>før</p>{}<p>etter</p>",
        changed("section", "S", &body)
    ));
    let pages = &case.laid.pages.pages;
    assert!(pages.len() > 2);
    for page in pages {
        let (bars, letters) = margin(page, right());
        assert_eq!((bars.len(), letters.len()), (1, 1));
        let (_, top, bottom) = bars[0];
        assert!(top < letters[0].1 && letters[0].1 < top + 20.0 && letters[0].1 < bottom);
        assert!(bottom <= page.height.to_pt() - theme().page.bottom.to_pt() + 0.1);
    }
}

#[test]
fn a_bar_in_a_bar_stands_beside_it_and_neighbours_do_not_touch() {
    let inner = changed("p", "E", "noe nytt") + &changed("p", "L", "noe mer");
    let rows = changed("tr", "E", "<td>a</td>") + &changed("tr", "S", "<td>b</td>");
    let case = set(&format!(
        "{}<table><tr><th>Hva</th></tr>{rows}</table>",
        changed("section", "F", &inner)
    ));
    let (bars, letters) = margin(&case.laid.pages.pages[0], right());
    let said: Vec<&str> = letters.iter().map(|(letter, _)| letter.as_str()).collect();
    assert_eq!(said, ["E", "L", "F", "E", "S"]);
    let overlap = |a: &Bar, b: &Bar| (a.0 - b.0).abs() < 8.0 && a.1 < b.2 && b.1 < a.2;
    for (at, bar) in bars.iter().enumerate() {
        assert!(
            bars[at + 1..].iter().all(|other| !overlap(bar, other)),
            "{bars:?}"
        );
    }
}

#[test]
fn a_row_has_the_bar_of_what_was_changed_in_its_cells() {
    let cell = changed("p", "E", "mer");
    let case = set(&format!(
        "<table><tr><th>Hva</th><th>Hvem</th></tr><tr><td>ferge</td><td><p>lite</p>{cell}</td></tr></table>"
    ));
    let page = &case.laid.pages.pages[0];
    let (bars, letters) = margin(page, right());
    let [(_, top, bottom)] = bars[..] else {
        panic!("{bars:?}")
    };
    assert_eq!(letters, [("E".to_owned(), baselines(page, "ferge")[0])]);
    assert!(top < baselines(page, "lite")[0] && baselines(page, "mer")[0] < bottom);
}

#[test]
fn a_bar_on_a_page_across_stands_beside_the_table() {
    let mut theme = theme();
    theme.page.landscape_tables = true;
    let cells = "<th>menneskerettighetserklæringen</th>".repeat(6);
    let row = changed("tr", "L", &cells.replace("th>", "td>"));
    let table = changed("table", "L", &format!("<tr>{cells}</tr>{row}"));
    let case = set_with(&table, &theme);
    let page = case.laid.pages.pages.iter().find(|p| p.width > p.height);
    let page = page.expect("a page across");
    let right = page.width.to_pt() - theme.page.across().right.to_pt();
    let (bars, letters) = margin(page, right);
    assert_eq!((bars.len(), letters.len()), (2, 2));
}

#[test]
fn a_changed_note_has_its_bar_at_the_foot() {
    let case = set("<p>Tall.<a class='noteref' href='#n'>1</a></p>\
         <aside class='note change' data-change='E' id='n'><a class='number' href='#n'>1</a> <p>Register.</p></aside>");
    let page = &case.laid.pages.pages[0];
    let (_, letters) = margin(page, right());
    assert_eq!(letters, [("E".to_owned(), baselines(page, "Register")[0])]);
}

#[test]
fn an_item_has_the_number_that_it_says() {
    let list = "<ol><li>a</li><li value='2'>b</li><li value='2'>c</li><li>d</li><li value='12'>e</li></ol>";
    let case = set(list);
    let labels = lines(&case.laid.pages.pages[0], |o| matches!(o, Owner::Label(_)));
    assert_eq!(labels, ["1.", "2.", "2.", "3.", "12."]);
}
