//! A council's own theme: colours, sizes, fonts and logo, in both outputs.

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
    let cuts = ["Regular", "SemiBold", "Italic", "SemiBoldItalic"];
    cuts.into_iter().fold(themed(FAMILY), |case, cut| {
        let bytes = renamed(&format!("Inter-{cut}"), "Inter", "Bratt");
        case.with(&format!("templates/fonts/Bratt-{cut}.ttf"), bytes)
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
    let strings = built.pdf_strings();
    let shows = |name: &str| strings.iter().any(|s| s.ends_with(name) && s.contains('+'));
    assert!(shows("+Bratt-Regular") && shows("+Bratt-SemiBold"));
    assert!(shows("+Literata-Regular") && !shows("+Inter-Regular"));
    let default = Case::minimal().build();
    assert_eq!(built.read_pdf().text(), default.read_pdf().text());
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
    assert!(text.contains("Blåbær og «rødgrøt» –"), "{text}");
    if let Some(text) = built.pdftotext() {
        assert!(text.contains("Blåbær og «rødgrøt» –"), "{text}");
    }
}

#[test]
fn a_family_with_some_cuts_says_what_is_set_in_their_stead() {
    let case =
        themed("[fonts.sans]\nregular = \"fonts/Fjord.otf\"\n").with("fonts/Fjord.otf", fjord());
    let message = "`fonts.sans` has no `bold`, for which `regular` is set; \
                   no `italic`, for which `regular` is set; \
                   no `bold_italic`, for which `regular` is set";
    case.warning("T104", "theme.toml:2:11", message, "name the other files");
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
    let hint = "write `fonts/Fjord.otf`, if that is what you mean";
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
        "write `italic`",
    );
    themed(theme).error(
        "L006",
        "theme.toml:2:1",
        "unknown key `italics`",
        "write `italic`",
    );
}
