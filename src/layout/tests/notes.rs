//! Notes at the foot of pages.

use super::*;

fn reference(number: usize) -> String {
    format!("<a class=\"noteref\" id=\"noteref-{number}\" href=\"#note-{number}\">{number}</a>")
}

fn note(number: usize, text: &str) -> String {
    format!(
        "<aside class=\"note\" id=\"note-{number}\"><a class=\"number\" \
         href=\"#noteref-{number}\">{number}</a> <p>{text}</p></aside>"
    )
}

impl Case {
    /// Whether a node stands in a note.
    fn in_note(&self, node: NodeId) -> bool {
        let above = self.document.ancestor(node, |n| n.has_class("note"));
        above.is_some()
    }

    /// The pages on which the node with an `id` and what stands in it are painted.
    fn pages_of(&self, id: &str) -> Vec<usize> {
        let pages = self.laid.pages.pages.iter().enumerate();
        let shows = |item: &PageItem| match item.owner {
            Owner::Node(node) => {
                let found = self.document.ancestor(node, |n| n.attr("id") == Some(id));
                found.is_some()
            }
            _ => false,
        };
        pages
            .filter(|(_, page)| page.items.iter().any(shows))
            .map(|(index, _)| index)
            .collect()
    }

    /// The lowest baseline of the text and the highest of the notes of a page.
    fn edges(&self, page: &Page) -> (f64, f64) {
        let mut edges = (0.0f64, f64::INFINITY);
        for item in &page.items {
            let (Owner::Node(node), Shape::Glyphs(run)) = (item.owner, &item.shape) else {
                continue;
            };
            match self.in_note(node) {
                true => edges.1 = edges.1.min(run.at.y.to_pt()),
                false => edges.0 = edges.0.max(run.at.y.to_pt()),
            }
        }
        edges
    }

    fn assert_that_notes_are_below_the_text(&self) {
        for (index, page) in self.laid.pages.pages.iter().enumerate() {
            let (text, notes) = self.edges(page);
            assert!(text < notes, "page {}: {text} is below {notes}", index + 1);
        }
    }
}

#[test]
fn notes_begin_on_the_page_of_their_reference_however_the_text_falls() {
    for filler in 0..50 {
        let body: String = (0..filler).map(|_| "<p>Kort linje.</p>").collect();
        let texts = [words(9), words(60), words(30), words(200)];
        let mut html = body;
        for (index, _) in texts.iter().enumerate() {
            html += &format!("<p>{}{} {}</p>", words(20), reference(index), words(25));
        }
        for (index, text) in texts.iter().enumerate() {
            html += &note(index, text);
        }
        let case = set(&html);
        case.assert_that_notes_are_below_the_text();
        for index in 0..texts.len() {
            let at = case.pages_of(&format!("noteref-{index}"))[0];
            let pages = case.pages_of(&format!("note-{index}"));
            assert_eq!(pages[0], at, "{filler}: note {index}");
            // Only a long one goes on.
            assert!(
                index == 3 || pages.len() == 1,
                "{filler}: note {index} is on {pages:?}"
            );
        }
    }
}

#[test]
fn a_note_of_many_pages_goes_on_page_by_page_and_the_text_beside_it() {
    let html = format!(
        "<p>Tekst{} videre.</p>{}{}",
        reference(1),
        format!("<p>{}</p>", words(60)).repeat(8),
        note(1, &words(2500))
    );
    let case = set(&html);
    case.assert_that_notes_are_below_the_text();
    let pages = case.pages_of("note-1");
    assert!(pages.len() > 2, "{pages:?}");
    assert!(
        pages.windows(2).all(|pair| pair[1] == pair[0] + 1),
        "{pages:?}"
    );
    let (text, _) = case.edges(&case.laid.pages.pages[1]);
    assert!(text > 0.0, "the second page has text above the note");
}

#[test]
fn the_notes_of_a_row_as_high_as_the_page_are_shown_below_the_text() {
    let cell = format!("<p>{}</p>", words(30)).repeat(14) + &reference(1);
    let html = format!(
        "<table><tr><td>{cell}</td><td>{}</td></tr></table>{}",
        words(5),
        note(1, &words(300))
    );
    let case = set(&html);
    case.assert_that_notes_are_below_the_text();
    assert!(!case.pages_of("note-1").is_empty());
}

#[test]
fn a_note_that_nothing_refers_to_stands_where_it_is() {
    let case = set(&(note(1, "Alene.") + "<p>Etter.</p>"));
    assert_eq!(case.lines()[0], ["1 ", "Alene.", "Etter."]);
}

#[test]
fn the_notes_of_the_cover_stand_on_the_next_page() {
    let html = format!(
        "<header class=\"cover\"><h1>Strategi{}</h1></header><p>Tekst.</p>{}",
        reference(1),
        note(1, "Vedtatt.")
    );
    let case = set(&html);
    assert_eq!(case.pages_of("note-1"), [1]);
}

#[test]
fn a_note_in_a_note_follows_it() {
    let inner = format!("Ytre{}.", reference(2));
    let html = format!(
        "<p>Tekst{}.</p>{}{}",
        reference(1),
        note(1, &inner),
        note(2, "Indre.")
    );
    let case = set(&html);
    let lines = case.lines().remove(0);
    assert_eq!(
        lines.last().map(String::as_str),
        Some("2Indre."),
        "{lines:?}"
    );
}

#[test]
fn no_line_begins_with_the_number_of_a_note() {
    let signs = ["?", "!", "…", "»", ")", "/", "-", "%"];
    let body: String = (0..80)
        .map(|n| format!("{}{}{} ", "a".repeat(4 + n % 9), signs[n % 8], reference(0)))
        .collect();
    let case = set(&format!("<p>{body}</p>{}", note(0, "Note.")));
    let (mut words, mut numbers) = (Vec::new(), Vec::new());
    for item in case.laid.pages.pages.iter().flat_map(|page| &page.items) {
        let (Owner::Node(node), Shape::Glyphs(run)) = (item.owner, &item.shape) else {
            continue;
        };
        if !case.in_note(node) {
            let number = case.document.ancestor(node, |n| n.has_class("noteref"));
            let x = run.at.x.to_pt();
            match number {
                Some(_) => numbers.push(x),
                None => words.push(x),
            }
        }
    }
    let left = words.iter().copied().fold(f64::INFINITY, f64::min);
    let lines = words.iter().filter(|x| **x < left + 0.1).count();
    assert!(
        lines > 5 && numbers.len() == 80,
        "{lines} lines, {numbers:?}"
    );
    assert!(numbers.iter().all(|x| *x > left + 0.1), "{numbers:?}");
}

#[test]
fn a_cover_behind_other_text_has_no_note_over_it() {
    let html = format!(
        "<p>Tekst{}.</p><header class=\"cover\"><h1>Strategi</h1></header><p>Etter.</p>{}",
        reference(1),
        note(1, &words(900))
    );
    let case = set(&html);
    let cover = case.lines();
    let cover = cover
        .iter()
        .position(|page| page.iter().any(|line| line == "Strategi"));
    let cover = cover.expect("the cover is shown");
    assert!(
        !case.pages_of("note-1").contains(&cover),
        "{:?}",
        case.pages_of("note-1")
    );
    case.assert_that_notes_are_below_the_text();
}

#[test]
fn a_note_that_goes_on_across_a_low_page_stays_on_it() {
    let mut theme = theme();
    theme.page.width = crate::theme::Length::pt(320.0);
    theme.page.left = crate::theme::Length::pt(40.0);
    theme.page.right = crate::theme::Length::pt(40.0);
    theme.page.landscape_tables = true;
    let cells: String = (0..7)
        .map(|_| "<td>næringsutviklingsarbeidet</td>")
        .collect();
    let html = format!(
        "<p>Tekst{}.</p><table><tr>{cells}</tr></table><p>Etter.</p>{}",
        reference(1),
        note(1, &words(900))
    );
    let case = set_with(&html, &theme);
    case.assert_that_notes_are_below_the_text();
    let pages = &case.laid.pages.pages;
    assert!(pages.iter().any(|page| page.width > page.height));
    for page in pages {
        let top = theme.page.top.to_pt();
        let (_, notes) = case.edges(page);
        assert!(notes > top, "a note stands above {top}: {notes}");
    }
}
