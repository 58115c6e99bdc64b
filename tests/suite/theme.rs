//! A council's own theme: colours, sizes, fonts and logo, in both outputs.

use crate::support::built::{Audience, Built, real};
use crate::support::{Case, repository};
use std::fs;

fn themed(theme: &str) -> Case {
    Case::minimal().with("theme.toml", theme)
}

/// A face with CFF outlines.
fn fjord() -> Vec<u8> {
    fs::read(repository("tests/fonts/Fjord-Regular.otf")).expect("it is there")
}

/// A face of the program under another name of the same length.
fn renamed(face: &str, from: &str, to: &str) -> Vec<u8> {
    let path = repository(&format!("templates/default/fonts/{face}.ttf"));
    let mut bytes = fs::read(path).expect("it is there");
    let wide = |name: &str| name.bytes().flat_map(|b| [0, b]).collect::<Vec<_>>();
    for (from, to) in [(wide(from), wide(to)), (from.into(), to.into())] {
        let mut at = 0;
        while let Some(found) = bytes[at..].windows(from.len()).position(|w| w == from) {
            at += found;
            bytes[at..at + to.len()].copy_from_slice(&to);
        }
    }
    bytes
}

/// A font of which the bits for what may be done with it are set.
fn with_licence(bits: u16) -> Vec<u8> {
    let mut bytes = fjord();
    let record = bytes
        .windows(4)
        .position(|w| w == b"OS/2")
        .expect("it has the table");
    let offset: [u8; 4] = bytes[record + 8..record + 12]
        .try_into()
        .expect("four bytes");
    let at = u32::from_be_bytes(offset) as usize + 8;
    bytes[at..at + 2].copy_from_slice(&bits.to_be_bytes());
    bytes
}

const FAMILY: &str = "[fonts.sans]\n\
    regular = \"fonts/Bratt-Regular.ttf\"\nbold = \"fonts/Bratt-SemiBold.ttf\"\n\
    italic = \"fonts/Bratt-Italic.ttf\"\nbold_italic = \"fonts/Bratt-SemiBoldItalic.ttf\"\n";

/// With a whole family of TrueType faces, which lie in the template folder.
fn with_family() -> Case {
    let styles = ["Regular", "SemiBold", "Italic", "SemiBoldItalic"];
    styles.into_iter().fold(themed(FAMILY), |case, style| {
        let bytes = renamed(&format!("Inter-{style}"), "Inter", "Bratt");
        case.with(&format!("templates/fonts/Bratt-{style}.ttf"), bytes)
    })
}

#[test]
fn a_faint_colour_is_named_at_its_line_with_a_better_one() {
    let case = themed("[colours]\nsecond = \"#7a9c85\"\n");
    let found = case.check();
    let places: Vec<_> = found
        .iter()
        .map(|f| (f.code.as_str(), f.place.as_str()))
        .collect();
    assert_eq!(places, [("A101", "theme.toml:2:10"); 3]);
    let [on_paper, ..] = found.as_slice() else {
        unreachable!("there are three");
    };
    let message =
        "`second` (#7a9c85) on `paper` (#ffffff) has a contrast of 3.0:1; text needs 4.5:1";
    assert_eq!(on_paper.message, message);
    assert_eq!(on_paper.severity, "warning");
    let better = on_paper.hints.split('`').nth(1).expect("a colour is named");
    assert_eq!(themed(&format!("[colours]\n{better}\n")).check(), []);
}

#[test]
fn a_faint_ground_is_named_where_only_it_is_the_councils() {
    let case = themed("[colours]\ntint = \"#8fa6b8\"\n");
    assert!(
        case.places()
            .iter()
            .all(|place| place == "A101 theme.toml:2:8")
    );
    let found = case.check();
    assert!(
        found.iter().any(|f| f.message.contains("on labels (#")),
        "{found:#?}"
    );
    assert!(
        found[0].hints.starts_with("write `tint = \"#"),
        "{found:#?}"
    );
}

#[test]
fn a_paper_that_is_not_white_lies_below_every_page_of_the_pdf() {
    let theme = "[colours]\ntext = \"#e3e9ee\"\nquiet = \"#a9b7c2\"\naccent = \"#9cc8e8\"\n\
                 second = \"#a9d0b5\"\ntint = \"#1b262f\"\ntint_second = \"#1c2823\"\npaper = \"#121a21\"\n";
    let case = themed(theme);
    assert_eq!(case.check(), [], "light text stands out from a dark ground");
    let built = case.build();
    let pages = built.read_pdf().pages;
    // 0x12, 0x1a and 0x21 of 0xff, and the whole of A4.
    let ground = ".071 .102 .129 rg\n0 841.89 m\n595.28 841.89 l\n";
    let strings = built.pdf_strings();
    let painted = strings.iter().filter(|text| text.contains(ground)).count();
    assert_eq!(painted, pages);
}

#[test]
fn text_that_cannot_be_seen_stops_the_build() {
    let case = themed("[colours]\ntext = \"#fafbfc\"\n");
    let found = case.check();
    assert!(
        found
            .iter()
            .all(|f| f.code == "A102" && f.severity == "error"),
        "{found:#?}"
    );
    assert_eq!(found.len(), 3);
    case.build_is_refused();
}

#[test]
fn a_font_of_the_councils_own_sets_the_page_and_the_pdf() {
    let case = with_family();
    assert_eq!(case.check(), []);
    let built = case.build();
    assert!(built.html.contains("--face-sans:\"Bratt\",\"Inter\";"));
    assert!(
        built
            .html
            .contains("pt \"Bratt\",\"Inter\",Arial,sans-serif"),
        "on paper, too"
    );
    let carries = |name: &str| {
        built
            .html
            .contains(&format!("@font-face{{font-family:\"{name}\""))
    };
    assert!(carries("Bratt") && carries("Literata") && !carries("Inter"));
    let strings = built.pdf_strings();
    let shows = |name: &str| strings.iter().any(|s| s.ends_with(name) && s.contains('+'));
    assert!(shows("+Bratt-Regular") && shows("+Bratt-SemiBold"));
    assert!(shows("+Literata-Regular") && !shows("+Inter-Regular"));
    let default = Case::minimal().build();
    let text = |built: &Built| built.without_digest(&built.read_pdf().text());
    assert_eq!(text(&built), text(&default));
}

#[test]
fn the_page_carries_its_fonts_and_names_them_in_its_policy() {
    let built = real(Audience::Public);
    let policy = "img-src data:; font-src data:; base-uri 'none'; form-action 'none'\">";
    assert!(built.html.contains(policy));
    let faces = built.html.matches("@font-face{").count();
    assert!((3..=8).contains(&faces), "{faces} faces");
    // Fonts, pictures and all; the fonts are two thirds of it.
    let weight = built.html.len();
    assert!(weight < 140_000, "{weight} bytes");
}

#[test]
fn a_theme_that_chooses_the_fonts_of_the_system_makes_a_page_without_fonts() {
    let case = themed("[fonts]\npage = \"system\"\n");
    assert_eq!(case.check(), []);
    let built = case.build();
    assert!(!built.html.contains("font-src") && !built.html.contains("@font-face"));
    assert!(built.html.contains("--face-sans:\"Inter\";"));
    let strings = built.pdf_strings();
    assert!(strings.iter().any(|s| s.ends_with("+Inter-Regular")));
    let carried = Case::minimal().build().html;
    assert!(carried.contains(" font-src data:;") && carried.contains("@font-face"));
    let other = themed("[fonts]\npage = \"none\"\n").check();
    let [other] = &other[..] else {
        panic!("one thing is wrong: {other:?}");
    };
    let said = format!("{} {}", other.message, other.hints);
    assert!(
        said.contains("embedded") && said.contains("system"),
        "{said}"
    );
}

#[test]
fn cff_outlines_are_embedded_as_a_font_of_characters_by_number() {
    let case =
        themed("[fonts.serif]\nregular = \"fonts/Fjord.otf\"\n").with("fonts/Fjord.otf", fjord());
    let case = case.with(
        "challenges/a.md",
        "+++\ntitle = \"Å\"\n+++\n\nBlåbær og «rødgrøt» – Ω.\n",
    );
    let built = case.build();
    let strings = built.pdf_strings();
    for part in ["CIDFontType0C", "CIDFontType0", "FontFile3"] {
        assert!(strings.iter().any(|s| s == part), "{part}");
    }
    assert!(strings.iter().any(|s| s.ends_with("+Fjord-Regular")));
    let text = built.read_pdf().text();
    // The dash of a pause stays on the line of the word before it.
    assert!(text.contains("Blåbær og «rødgrøt»\u{a0}–"), "{text}");
    if let Some(text) = built.pdftotext() {
        assert!(text.contains("Blåbær og «rødgrøt»\u{a0}–"), "{text}");
    }
}

#[test]
fn a_family_with_some_cuts_says_what_is_set_in_their_stead() {
    let case =
        themed("[fonts.sans]\nregular = \"fonts/Fjord.otf\"\n").with("fonts/Fjord.otf", fjord());
    let message = "`fonts.sans` has no `bold`, so `regular` is used instead; \
                   no `italic`, so `regular` is used instead; \
                   no `bold_italic`, so `regular` is used instead";
    case.warning("T104", "theme.toml:2:11", message, "add the other files");
    // Four styles, and one file.
    let strings = case.build().pdf_strings();
    let files = strings.iter().filter(|s| *s == "FontFile3").count();
    assert_eq!(files, 1);
}

#[test]
fn a_font_that_must_not_be_embedded_is_refused_with_the_bit_that_says_so() {
    let theme = "[fonts.sans]\nregular = \"fonts/Fjord.otf\"\n";
    let case = themed(theme).with("fonts/Fjord.otf", with_licence(0x0002));
    let message = "the font `fonts/Fjord.otf` cannot be used: its maker does not allow it: \
                   bit 1 of `fsType` (0x0002) is set, restricted licence";
    case.error("T103", "theme.toml:2:11", message, "ask the font's maker");
    let case = themed(theme).with("fonts/Fjord.otf", with_licence(0x0004));
    assert!(case.check().iter().all(|f| f.severity == "warning"));
}

#[test]
fn a_font_that_is_not_there_or_no_font_is_named_at_its_key() {
    let theme = "[fonts.serif]\nbold = \"fonts/Fjordd.otf\"\n";
    let case = themed(theme).with("fonts/Fjord.otf", fjord());
    let hint = "did you mean `fonts/Fjord.otf`?";
    case.error(
        "T102",
        "theme.toml:2:8",
        "there is no font file `fonts/Fjordd.otf`",
        hint,
    );
    for (bytes, message) in [
        (&b"wOF2"[..], "packed for the web"),
        (b"ttcf", "a collection of several faces"),
        (b"%!PS", "a PostScript Type 1 font"),
        (b"Ikke en skrift", "it is not a font"),
        (&fjord()[..9000], "it is damaged: it ends too early"),
    ] {
        let case = themed(theme).with("fonts/Fjordd.otf", bytes);
        case.error("T102", "theme.toml:2:8", message, "");
    }
}

#[test]
fn an_unknown_cut_is_named_with_the_one_that_was_meant() {
    let theme = "[fonts.sans]\nitalics = \"fonts/Fjord.otf\"\n";
    let case = Case::minimal().with("templates/theme.toml", theme);
    case.error(
        "R004",
        "templates/theme.toml:2",
        "unknown key `italics`",
        "did you mean `italic`?",
    );
    themed(theme).error(
        "L006",
        "theme.toml:2:1",
        "unknown key `italics`",
        "did you mean `italic`?",
    );
}

const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 40\">\
    <path d=\"M0 0h30v20l-15 20l-15-20z\" fill=\"#123456\"/></svg>";
const LOGO: &str =
    "[logo]\nfile = \"images/vapen.svg\"\nalt = \"Fjordregionens våpen\"\nheight = 60\n";

/// A picture of so many grey dots.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("a header");
    let dots = vec![7; (width * height) as usize];
    writer.write_image_data(&dots).expect("the dots");
    drop(writer);
    bytes
}

#[test]
fn a_logo_stands_on_the_cover_of_both_outputs_with_its_alternative_text() {
    let drawn = themed(LOGO).with("images/vapen.svg", DRAWING);
    let photographed = themed(&LOGO.replace("svg", "png"));
    // In the template folder it is found as well.
    let photographed = photographed.with("templates/images/vapen.png", png(30, 40));
    for (case, element) in [
        (drawn, "<svg aria-label"),
        (photographed, "<img src=\"data:"),
    ] {
        assert_eq!(case.check(), []);
        let built = case.build();
        let (_, cover) = built
            .html
            .split_once("<header class=\"cover\">")
            .expect("a cover");
        let (before_name, _) = cover.split_once("class=\"council\"").expect("a name");
        assert!(before_name.contains(element), "{before_name}");
        assert!(
            before_name.contains("\"Fjordregionens våpen\""),
            "{before_name}"
        );
        assert!(
            built.html.contains("--logo-height:6.429rem;"),
            "60 pt of 10.5"
        );
        let read = built.read_pdf();
        let figure = read
            .elements()
            .find(|e| e.kind == "Figure")
            .expect("a figure");
        assert_eq!(figure.attribute("Alt"), Some("Fjordregionens våpen"));
        // 60 points high and, never stretched, 45 wide.
        let place = figure.attribute("BBox").expect("it has a place");
        let place: Vec<f64> = place
            .trim_matches(['[', ']'])
            .split_whitespace()
            .map(|n| n.parse().expect("a number"))
            .collect();
        let (width, height) = (place[2] - place[0], place[3] - place[1]);
        assert!(
            (width - 45.0).abs() < 0.1 && (height - 60.0).abs() < 0.1,
            "{place:?}"
        );
    }
}

#[test]
fn a_logo_that_cannot_be_shown_is_named_at_its_key() {
    let place = "theme.toml:2:8";
    let case = themed(LOGO).with("images/vapn.svg", DRAWING);
    let message = "there is no picture `images/vapen.svg` for the logo";
    case.error("C102", place, message, "did you mean `images/vapn.svg`?");
    let case = themed(&LOGO.replace("alt = \"Fjordregionens våpen\"\n", ""));
    case.with("images/vapen.svg", DRAWING).error(
        "C102",
        place,
        "has no alternative text",
        "add `alt",
    );
    let case = themed(&LOGO.replace("vapen.svg", "vapen.pdf")).with("images/vapen.pdf", "%PDF");
    case.error(
        "C102",
        place,
        "`images/vapen.pdf` is not a picture",
        "SVG, PNG or JPEG",
    );
    let case = themed(&LOGO.replace("svg", "png")).with("images/vapen.png", "GIF89a");
    case.error(
        "C101",
        place,
        "cannot be used: the picture is neither PNG nor JPEG, but GIF",
        "save it",
    );
    let case = themed(LOGO).with("images/vapen.svg", DRAWING.replace("viewBox", "data-x"));
    case.error("C102", place, "has no size", "viewBox");
    let case = themed("[logo]\nalt = \"Fjordregionens våpen\"\n");
    case.error(
        "C102",
        "theme.toml:1:1",
        "the logo has no `file`",
        "add `file",
    );
}

#[test]
fn a_character_that_no_font_has_is_named_where_it_stands() {
    let title =
        "+++\ntitle = \"Drift 日\"\n+++\n\nVelkommen,\nalle *sammen 🎉*!\n\n- en\n- to 🎉\n";
    let case = Case::minimal().with("challenges/drift.md", title);
    let expected = [
        "T001 challenges/drift.md:2:16",
        "T001 challenges/drift.md:6:14",
        "T001 challenges/drift.md:9:6",
    ];
    assert_eq!(case.places(), expected);
    let found = &case.check()[1];
    assert_eq!(found.message, "no font has the character `🎉` (U+1F389)");
    assert!(found.hints.contains("[U+1F389]"));
    // The text keeps it; what is seen is its number.
    let built = case.build();
    let read = built.read_pdf();
    assert!(read.text().contains("alle sammen 🎉!"), "{}", read.text());
}

#[test]
fn a_character_of_the_title_is_named_once_for_cover_header_and_imprint() {
    let case = Case::minimal().replace("strategy.toml", "title = \"Strategi", "title = \"Plan 日");
    let case = case.replace("strategy.toml", "\"Nordfjell\"", "\"Nord 🎉\"");
    let places = case.places();
    let expected = ["T001 strategy.toml:4:15", "T001 strategy.toml:29:18"];
    assert_eq!(places, expected);
}

#[test]
fn a_character_in_a_drawing_is_named_in_the_drawing() {
    let text = "<text x=\"1\" y=\"9\" font-size=\"4\">Vel\nmøtt 🎉</text></svg>";
    let case =
        Case::image("images/havn.svg").with("images/havn.svg", DRAWING.replace("</svg>", text));
    case.warning(
        "T001",
        "images/havn.svg:2:6",
        "`🎉` (U+1F389)",
        "write it with other letters",
    );
    case.build();
    // The logo is a drawing, too.
    let case = themed(LOGO).with("images/vapen.svg", DRAWING.replace("</svg>", text));
    case.warning(
        "T001",
        "images/vapen.svg:2:6",
        "`🎉` (U+1F389)",
        "write it with other letters",
    );
    case.build();
}

#[test]
fn the_letters_of_northern_sami_are_set_in_every_style() {
    let letters = "áčđŋšŧž ÁČĐŊŠŦŽ";
    let body = format!("## {letters}\n\n{letters} *{letters}* **{letters}** ***{letters}***\n");
    let case = Case::challenge(&body);
    assert_eq!(case.check(), []);
    let built = case.build();
    assert!(built.read_pdf().text().contains(letters));
    if let Some(text) = built.pdftotext() {
        assert!(text.matches(letters).count() >= 5, "{text}");
    }
}

/// The value for a key of the theme, changed.
fn changed(table: &str, value: &toml::Value) -> Option<String> {
    let number = |value: &toml::Value| value.as_float().or(value.as_integer().map(|n| n as f64));
    Some(match value {
        toml::Value::String(colour) => {
            // Another green, by so little that no contrast suffers.
            let green = u8::from_str_radix(&colour[3..5], 16).expect("a colour");
            format!(
                "\"{}{:02x}{}\"",
                &colour[..3],
                if green > 99 { green - 2 } else { green + 2 },
                &colour[5..]
            )
        }
        // It is of no effect where no table is too wide.
        toml::Value::Boolean(_) => return None,
        value if table == "page" => (number(value).expect("a length") - 9.0).to_string(),
        value => (number(value).expect("a length") + 0.5).to_string(),
    })
}

#[test]
fn every_key_of_the_theme_has_an_effect_in_both_outputs() {
    // A document with all that a theme sets: every level of heading, captions, a drawing.
    let body = "> Sitat.\n\n### Under\n\n#### Dypt\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![](image/havn)\n";
    let case = |theme: &str| {
        let text = format!("+++\ntitle = \"Drift\"\n+++\n\n{body}");
        Case::image("images/havn.svg")
            .with("challenges/drift.md", text)
            .with("images/havn.svg", DRAWING)
            .replace("images.toml", "licence", "caption = \"Havna.\"\nlicence")
            .with("theme.toml", theme)
    };
    let default = case("").build();
    let theme =
        fs::read_to_string(repository("templates/default/theme.toml")).expect("it is there");
    let theme: toml::Table = theme.parse().expect("it is TOML");
    let mut count = 0;
    for (table, values) in &theme {
        for (key, value) in values.as_table().expect("all is in tables") {
            let Some(value) = changed(table, value) else {
                continue;
            };
            let built = case(&format!("[{table}]\n{key} = {value}\n")).build();
            assert!(
                built.html != default.html,
                "`{key} = {value}` changes nothing on the page"
            );
            assert!(
                built.pdf != default.pdf,
                "`{key} = {value}` changes nothing in the PDF"
            );
            count += 1;
        }
    }
    assert_eq!(count, 22);
}
