//! Behaviours of whole pages.
//!
//! Each folder of `tests/cases/layout` holds a tree (`input.html`) and the pages that come of it
//! (`expected.frames`), and `settings.toml` where it is not set as the others are;
//! `UPDATE_EXPECTED=1` rewrites the pages.

mod changes;
mod conservation;
mod golden;
mod levels;
mod notes;
mod robust;

use super::*;
use crate::dom::{Meta, NodeId, parse};

/// A document set for a test.
struct Case {
    document: Document,
    laid: LayoutResult,
}

fn theme() -> Theme {
    toml::from_str(include_str!("../../templates/default/theme.toml")).expect("the default theme")
}

fn set(html: &str) -> Case {
    set_with(html, &theme())
}

fn meta() -> Meta {
    Meta {
        language: "nb".into(),
        running_title: "Strategi".into(),
        page_x_of_y: "Side {x} av {y}".into(),
        ..Meta::default()
    }
}

fn set_with(html: &str, theme: &Theme) -> Case {
    set_meta(html, theme, meta())
}

fn set_meta(html: &str, theme: &Theme, meta: Meta) -> Case {
    let document = parse(html, meta).document;
    let pictures = BTreeMap::new();
    let fonts = Fonts::embedded();
    let laid = lay_out(&LayoutInput {
        document: &document,
        theme,
        fonts: &fonts,
        pictures: &pictures,
        line_numbers: false,
    });
    Case { document, laid }
}

impl Case {
    /// The text of each page, line by line.
    fn lines(&self) -> Vec<Vec<String>> {
        self.laid
            .pages
            .pages
            .iter()
            .map(|page| lines(page, |o| matches!(o, Owner::Node(_))))
            .collect()
    }

    fn problems(&self) -> Vec<&str> {
        self.laid
            .problems
            .iter()
            .map(|p| p.diagnostic.rule.code.0)
            .collect()
    }

    fn names(&self, node: NodeId) -> &str {
        let parent = self
            .document
            .get(node)
            .parent
            .expect("a text node stands in an element");
        self.document.get(parent).name()
    }
}

fn lines(page: &Page, wanted: impl Fn(Owner) -> bool) -> Vec<String> {
    let mut lines: Vec<(f64, String)> = Vec::new();
    for item in page.items.iter().filter(|i| wanted(i.owner)) {
        let Shape::Glyphs(run) = &item.shape else {
            continue;
        };
        let y = run.at.y.to_pt();
        let hyphen = if run.ends_in_hyphen { "-" } else { "" };
        match lines.last_mut() {
            Some((last, text)) if (*last - y).abs() < 0.1 => {
                *text += &format!("{}{hyphen}", run.text)
            }
            _ => lines.push((y, format!("{}{hyphen}", run.text))),
        }
    }
    lines.into_iter().map(|(_, text)| text).collect()
}

fn words(count: usize) -> String {
    let words = [
        "rådet",
        "kommunen",
        "samfunnsutfordringer",
        "og",
        "vurderer",
        "tiltak",
        "i",
        "regionen",
    ];
    words
        .iter()
        .cycle()
        .take(count)
        .copied()
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_heading_is_never_the_last_on_a_page() {
    for filler in 1..60 {
        let body: String = (0..filler).map(|_| "<p>Kort linje.</p>").collect();
        let case = set(&format!("{body}<h3>Overskrift</h3><p>{}</p>", words(60)));
        for page in &case.laid.pages.pages {
            let items = page.items.iter().filter_map(|i| match i.owner {
                Owner::Node(node) => Some(case.names(node)),
                _ => None,
            });
            let last: Vec<_> = items.collect();
            assert_ne!(last.last(), Some(&"h3"), "{filler}");
            // Two lines follow it on its page.
            if let Some(at) = last.iter().position(|n| *n == "h3") {
                assert!(last.len() >= at + 3, "{filler}");
            }
        }
    }
}

#[test]
fn cards_of_a_line_each_fill_the_page_one_by_one() {
    let card = "<article class=\"card\"><h3>Tittel</h3><p>En linje.</p></article>";
    let case = set(&card.repeat(30));
    let cards = |page: &Vec<String>| page.iter().filter(|line| *line == "Tittel").count();
    let counts: Vec<_> = case.lines().iter().map(cards).collect();
    let (last, full) = counts.split_last().expect("there are pages");
    assert!(full.iter().all(|count| *count == full[0]), "{counts:?}");
    assert!(full[0] > 6 && *last <= full[0], "{counts:?}");
}

#[test]
fn no_line_of_a_paragraph_stands_alone_on_a_page() {
    for filler in 30..50 {
        let body: String = (0..filler).map(|_| "<p>Kort.</p>").collect();
        let case = set(&format!("{body}<p>{}</p>", words(64)));
        let count = |page: &Vec<String>| page.iter().filter(|l| !l.starts_with("Kort")).count();
        for page in case.lines() {
            assert_ne!(count(&page), 1, "{filler}: {page:?}");
        }
    }
}

#[test]
fn what_belongs_together_is_never_broken_over_lines() {
    for filler in 1..24 {
        let case = set(&format!(
            "<p>{} uke 9 og 11. april og § 18-4 og Kari N. og 30 % her</p>",
            words(filler)
        ));
        for line in case.lines().concat() {
            let line = line.trim_end();
            for bad in ["uke", "11.", "§", "Kari", "30"] {
                assert!(!line.ends_with(&format!(" {bad}")), "{line:?}");
            }
        }
    }
}

#[test]
fn long_compounds_are_divided_with_a_hyphen_that_is_not_in_the_text() {
    let case = set(&format!(
        "<p>{}</p>",
        "arbeidsmarkedsintegrasjon ".repeat(30)
    ));
    let lines = case.lines().concat();
    assert!(lines.iter().any(|l| l.ends_with('-')), "{lines:?}");
    let text: String = lines.iter().map(|l| l.trim_end_matches('-')).collect();
    assert_eq!(text.split_whitespace().count(), 30);
}

#[test]
fn a_soft_hyphen_is_where_its_author_wants_the_word_divided() {
    let mut theme = theme();
    theme.page.right = crate::theme::Length::pt(595.0 - 76.0 - 75.0);
    let case = set_with("<p>fylkes\u{ad}veterinæren</p>", &theme);
    assert_eq!(case.lines().concat(), ["fylkes\u{ad}-", "veterinæren"]);
}

#[test]
fn headings_are_not_hyphenated() {
    let case = set(&format!(
        "<h3>{}</h3>",
        "arbeidsmarkedsintegrasjon ".repeat(8)
    ));
    assert!(case.lines().concat().iter().all(|l| !l.ends_with('-')));
}

fn table(rows: usize) -> String {
    let row = |i| format!("<tr><td>{i}</td><td>{}</td></tr>", words(12));
    let rows: String = (0..rows).map(row).collect();
    format!(
        "<table><caption>Tittel</caption><thead><tr><th>Nr.</th><th>Hva</th></tr></thead><tbody>{rows}</tbody></table>"
    )
}

#[test]
fn header_rows_repeat_as_artifacts_after_a_page_break() {
    let case = set(&table(80));
    let pages = &case.laid.pages.pages;
    assert!(pages.len() > 2);
    let repeated =
        |page: &Page| lines(page, |o| o == Owner::Artifact(Artifact::RepeatedRow)).concat();
    assert_eq!(repeated(&pages[0]), "");
    for page in &pages[1..] {
        assert_eq!(repeated(page), "Nr.Hva");
    }
}

#[test]
fn a_table_that_fits_on_a_page_is_not_begun_at_the_foot_of_another() {
    let case = set(&format!("<p>{}</p>{}", words(330), table(5)));
    let starts = |page: &Page| lines(page, |_| true).iter().any(|line| line == "Tittel");
    let pages = &case.laid.pages.pages;
    assert_eq!(pages.len(), 2);
    assert!(!starts(&pages[0]) && starts(&pages[1]));
}

#[test]
fn no_row_of_a_long_table_stands_alone_at_its_start_or_end() {
    for rows in 40..60 {
        let case = set(&format!("<p>{}</p>{}", words(200), table(rows)));
        let counts: Vec<usize> = case
            .lines()
            .iter()
            .map(|page| page.iter().filter(|l| l.parse::<u32>().is_ok()).count())
            .collect();
        assert!(!counts.contains(&1), "{rows} rows: {counts:?}");
    }
}

#[test]
fn the_words_of_a_drawing_are_glyphs_unless_they_are_turned() {
    let text = "<text y=\"20\">Moss</text><text y=\"40\" transform=\"rotate(30)\">Vestby</text>";
    let case = set(&format!(
        "<svg width=\"200\" height=\"60\" role=\"img\">{text}</svg>"
    ));
    let page = &case.laid.pages.pages[0];
    let is_svg = |&n: &NodeId| case.document.get(n).is("svg");
    let svg = case.document.descendants(Document::ROOT).find(is_svg);
    let svg = Owner::Node(svg.expect("it is there"));
    assert_eq!(lines(page, |o| o == svg), ["Moss"]);
    let outlined = |i: &&PageItem| i.owner == svg && matches!(i.shape, Shape::Path(_));
    assert_eq!(page.items.iter().filter(outlined).count(), 1);
}

#[test]
fn a_face_that_a_drawing_names_and_we_lack_is_set_without_serifs() {
    let case = set(
        "<svg width=\"99\" height=\"9\" role=\"img\"><text y=\"8\" font-family=\"Arial\">Moss</text></svg>",
    );
    let glyphs = case.laid.pages.pages[0].items.iter();
    let faces = glyphs.filter_map(|item| match (&item.shape, item.owner) {
        (Shape::Glyphs(run), Owner::Node(_)) => Some(Fonts::embedded().get(run.face).style.family),
        _ => None,
    });
    assert_eq!(faces.collect::<Vec<_>>(), [Family::Sans]);
}

#[test]
fn what_a_drawing_draws_outside_of_itself_is_clipped() {
    let svg = "<svg width=\"100\" height=\"50\" role=\"img\"><rect width=\"60\" height=\"20\"/>\
        <path d=\"M0 25H50\" fill=\"none\" stroke=\"#000\" stroke-width=\"1e9\"/></svg>";
    let case = set(svg);
    let paths = case.laid.pages.pages[0].items.iter();
    let paths = paths.filter_map(|item| match (&item.shape, item.owner) {
        (Shape::Path(path), Owner::Node(_)) => Some(path.clip.map(|c| c.height.to_pt())),
        _ => None,
    });
    let clips: Vec<_> = paths.collect();
    assert_eq!(clips, [None, Some(37.5)]);
}

#[test]
fn the_caption_of_a_table_stays_with_its_first_rows() {
    for filler in 25..45 {
        let body: String = (0..filler).map(|_| "<p>Kort.</p>").collect();
        let case = set(&format!("{body}{}", table(6)));
        for page in case.lines() {
            if let Some(at) = page.iter().position(|l| l == "Tittel") {
                assert!(page.len() > at + 2, "{filler}: {page:?}");
            }
        }
    }
}

#[test]
fn the_caption_of_a_figure_stays_with_it() {
    for filler in 20..45 {
        let body: String = (0..filler).map(|_| "<p>Kort.</p>").collect();
        let figure = "<figure><img src=\"nei.png\" alt=\"\" width=\"300\" height=\"150\"><figcaption>Bildetekst</figcaption></figure>";
        let case = set(&format!("{body}{figure}"));
        for page in &case.laid.pages.pages {
            let picture = page
                .items
                .iter()
                .any(|i| matches!((&i.shape, i.owner), (Shape::Path(_), Owner::Node(_))));
            let caption = lines(page, |o| matches!(o, Owner::Node(_)))
                .concat()
                .contains("Bildetekst");
            assert_eq!(picture, caption, "{filler}");
        }
        assert_eq!(case.problems(), ["T004"]);
    }
}

#[test]
fn the_contents_name_the_page_of_each_chapter() {
    let toc = "<nav class=\"toc\"><ol><li><a href=\"#a\">Først</a></li><li><a href=\"#b\">Så</a></li><li><a href=\"#x\">Borte</a></li></ol></nav>";
    let html = format!("{toc}<h2 id=\"a\">Først</h2><h2 id=\"b\" class=\"page-break\">Så</h2>");
    let case = set(&html);
    let numbers = lines(&case.laid.pages.pages[0], |o| {
        matches!(o, Owner::PageNumber(_))
    });
    assert_eq!(numbers, ["1", "2", "–"]);
    assert_eq!(case.laid.pages.pages[0].links.len(), 3);
}

#[test]
fn a_card_that_goes_on_has_its_ground_on_both_pages() {
    let paragraph = format!("<p>{}</p>", words(120));
    let case = set(&format!(
        "<article class=\"card\">{}</article>",
        paragraph.repeat(8)
    ));
    assert!(case.laid.pages.pages.len() > 1);
    let tint = theme().colours.tint;
    for page in &case.laid.pages.pages {
        let background = page
            .items
            .iter()
            .any(|i| matches!(&i.shape, Shape::Path(p) if p.fill == Some(tint)));
        assert!(background);
    }
}

#[test]
fn the_cover_is_a_page_without_header_and_footer() {
    let case = set("<header class=\"cover\"><h1>Tittel</h1></header><p>Tekst</p>");
    let furniture = |page: &Page| {
        lines(page, |o| {
            matches!(o, Owner::Artifact(Artifact::Header | Artifact::Footer))
        })
    };
    let pages = &case.laid.pages.pages;
    assert_eq!(pages.len(), 2);
    assert!(furniture(&pages[0]).is_empty());
    assert_eq!(furniture(&pages[1]), ["Strategi", "Side 2 av 2"]);
}

#[test]
fn a_long_title_makes_room_for_the_status_in_the_header() {
    let meta = Meta {
        language: "nb".into(),
        running_title: words(40),
        running_status: "Versjon 0.1".into(),
        draft_mark: "Arbeidsutkast".into(),
        page_x_of_y: "Side {x} av {y}".into(),
        ..Meta::default()
    };
    let case = set_meta("<p>Tekst</p>", &theme(), meta);
    let marks = [Artifact::Header, Artifact::Watermark].map(Owner::Artifact);
    let header = |owner| marks.contains(&owner);
    let shown = lines(&case.laid.pages.pages[0], header).concat();
    assert!(shown.ends_with(" …Versjon 0.1Arbeidsutkast"), "{shown}");
}

#[test]
fn the_footer_says_as_much_of_the_version_as_there_is_room_for() {
    let version = ["Versjon 0.4", "Vedtatt", "3. mai 2027", "3f9a2c71b04e"];
    let footers = [500.0, 230.0, 170.0, 110.0, 60.0].map(|width| {
        let mut theme = theme();
        theme.page.right = theme.page.width - theme.page.left - crate::theme::Length::pt(width);
        let meta = Meta {
            running_version: version.map(str::to_owned).into(),
            ..meta()
        };
        let case = set_meta("<p>Tekst</p>", &theme, meta);
        let page = &case.laid.pages.pages[0];
        lines(page, |o| o == Owner::Artifact(Artifact::Footer)).concat()
    });
    let expected = [
        "Versjon 0.4 · Vedtatt · 3. mai 2027 · 3f9a2c71b04eSide 1 av 1",
        "Versjon 0.4 · Vedtatt · 3f9a2c71b04eSide 1 av 1",
        "Versjon 0.4 · 3f9a2c71b04eSide 1 av 1",
        "Versjon 0.4Side 1 av 1",
        "Side 1 av 1",
    ];
    assert_eq!(footers, expected);
}

#[test]
fn a_cover_that_is_too_long_for_its_page_can_still_be_a_target() {
    let text = format!("<p>{}</p>", words(60)).repeat(12);
    let case = set(&format!(
        "<header class=\"cover\" id=\"c\"><h1>T</h1>{text}</header>"
    ));
    let found = case.laid.pages.destinations.iter();
    let found = found.map(|d| case.document.get(d.node).attr("id"));
    assert!(found.into_iter().any(|id| id == Some("c")));
}

#[test]
fn what_the_pdf_does_not_know_is_shown_as_text() {
    let case = set("<blink class=\"neon\">Tekst 日</blink><p class=\"screen-only\">Skjult</p>");
    assert_eq!(case.lines().concat(), ["Tekst 日"]);
    assert_eq!(case.problems(), ["T001"]);
}

#[test]
fn a_drawing_that_cannot_be_read_leaves_a_box_and_no_hole() {
    let case = set(
        "<figure><svg width=\"0\" height=\"0\"><rect width=\"9\" height=\"9\"/></svg></figure>",
    );
    assert_eq!(case.problems(), ["T003"]);
    let mut items = case.laid.pages.pages.iter().flat_map(|page| &page.items);
    let is_box = |item: &PageItem| matches!(&item.shape, Shape::Path(path) if path.fill.is_some() && path.stroke.is_some());
    assert!(items.any(is_box), "{}", case.laid.pages);
}

#[test]
fn the_same_tree_gives_the_same_pages() {
    let html = format!("{}{}", table(30), words(400));
    let dump = || set(&html).laid.pages.to_string();
    assert_eq!(dump(), dump());
}
