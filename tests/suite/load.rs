//! Bad input: each is named by a code, a place and a next step, and nothing is written.

use crate::support::{Case, IMAGE};
use std::fs;
use std::process::Command;

const DRIFT: &str = "+++\ntitle = \"Drift\"\n+++\n\n";

#[test]
fn a_folder_that_is_missing_cannot_be_built() {
    let case = Case::empty();
    let ran = case.utkast(&["build"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("there is no folder `strategy`"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("utkast new strategy"), "{}", ran.err);
    assert!(!case.path("out").exists());
}

#[test]
fn a_file_in_place_of_the_folder_cannot_be_built() {
    let case = Case::minimal();
    let ran = case.utkast(&["check", "strategy/strategy.toml"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("is a file; name the folder"),
        "{}",
        ran.err
    );
}

#[test]
fn missing_file() {
    let case = Case::minimal().without("strategy.toml");
    case.error(
        "L001",
        "strategy.toml",
        "there is no `strategy.toml`",
        "utkast new",
    );
}

#[test]
fn not_utf_8() {
    let latin = [DRIFT.as_bytes(), b"\nEt r\xe5d for regionen.\n"].concat();
    let case = Case::minimal().with("challenges/drift.md", latin);
    let message = "byte 0xE5 at position 30, line 6";
    let hint = "it looks like Latin-1, in which the word is `råd`; save the file as UTF-8";
    case.error("L002", "challenges/drift.md:6", message, hint);
    let windows = [DRIFT.as_bytes(), b"\x93r\xe5d\x94\n"].concat();
    let case = Case::minimal().with("challenges/drift.md", windows);
    case.error("L002", "challenges/drift.md:5", "byte 0x93", "Windows-1252");
    let wide: Vec<u8> = DRIFT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let case = Case::minimal().with("challenges/drift.md", wide);
    case.error(
        "L002",
        "challenges/drift.md",
        "it is UTF-16",
        "save the file as UTF-8",
    );
}

#[test]
fn letters_in_parts_are_joined_in_verbatim_text_too_and_it_is_said() {
    let text = "+++\ntitle = \"Avtale\"\n+++\n\nRa\u{30a}det er et samarbeidsorgan.\n";
    let case = Case::minimal().with("agreement.md", text);
    let hint = "normalisation form C";
    case.warning("L003", "agreement.md:5:1", "were joined on 1 line", hint);
    let built = case.build();
    for text in [built.page_text(), built.read_pdf().text()] {
        assert!(text.contains("R\u{e5}det er et samarbeidsorgan."), "{text}");
    }
}

#[test]
fn front_matter_that_does_not_end_is_named_where_it_begins() {
    let case = Case::minimal().with("challenges/drift.md", "+++\ntitle = \"Drift\"\n\nTekst.\n");
    case.error("L004", "challenges/drift.md:1:1", "is not closed", "+++");
}

#[test]
fn toml_that_cannot_be_read_is_named_where_it_breaks() {
    let case = Case::minimal().with("challenges/drift.md", "+++\ntitle = Drift\n+++\n\nTekst.\n");
    let found = case.check();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].code, "L005");
    assert!(
        found[0].place.starts_with("challenges/drift.md:2"),
        "{found:#?}"
    );
    case.build_is_refused();
}

#[test]
fn an_unknown_key_comes_with_the_one_that_was_meant() {
    let case = Case::minimal().with(
        "challenges/drift.md",
        "+++\ntitel = \"Drift\"\n+++\n\nTekst.\n",
    );
    case.error(
        "L006",
        "challenges/drift.md:2:1",
        "unknown key `titel`",
        "did you mean `title`?",
    );
}

#[test]
fn a_duplicate_id_comes_with_the_first_place() {
    let case = Case::challenge("Tekst.").with(
        "challenges/kontor.md",
        "+++\nid = \"drift\"\n+++\n\nTekst.\n",
    );
    let hint = "give one of them another id";
    case.error(
        "M002",
        "challenges/kontor.md:2:6",
        "`challenge/drift` is used twice",
        hint,
    );
    let text = case.utkast(&["check"]).out;
    assert!(text.contains("first used here"), "{text}");
    assert!(text.contains("strategy/challenges/drift.md:1:1"), "{text}");
}

#[test]
fn a_reference_to_nothing_comes_with_the_nearest_id() {
    let case = Case::challenge("Se [driften](challenge/drifft).");
    let message = "there is nothing with the id `challenge/drifft`";
    case.error(
        "M001",
        "challenges/drift.md:5:14",
        message,
        "did you mean `challenge/drift`?",
    );
}

#[test]
fn an_id_with_another_name_is_not_proposed() {
    let case = Case::challenge("Se [driften](challenge/noe-annet).");
    let message = "there is nothing with the id `challenge/noe-annet`";
    let hint = "write the id of an item";
    case.error("M001", "challenges/drift.md:5:14", message, hint);
    // A name alone is that of the item, under whatever kind.
    let case = Case::challenge("Se [driften](mesure/drift).");
    let message = "there is nothing with the id `mesure/drift`";
    let hint = "did you mean `challenge/drift`?";
    case.error("M001", "challenges/drift.md:5:14", message, hint);
}

#[test]
fn what_hangs_on_a_file_that_cannot_be_used_is_not_reported_again() {
    let case = Case::challenge("Se [kontoret](challenge/kontor).");
    let case = case.with("challenges/kontor.md", "+++\ntitle = 1\n+++\n\nTekst.\n");
    case.error(
        "L008",
        "challenges/kontor.md:2:9",
        "`title` cannot be",
        "give a text",
    );
}

/// A link to a broken file is not reported again, whichever way the file is broken and its id is
/// given.
#[test]
fn links_to_the_own_id_of_a_broken_file_are_not_reported() {
    let broken: [(&[u8], &str); 5] = [
        (b"+++\nid = \"felles\"\ntitle = 1\n+++\n", "L008"),
        (
            b"+++\ntitle = Felles\nid = 'challenge/felles' # kort\n+++\n",
            "L005",
        ),
        (b"+++\nid = \"felles\"\n\nTekst.\n", "L004"),
        (b"---\nid: felles\n---\n\nTekst.\n", "L004"),
        (b"+++\nid = \"felles\"\ntitle = \"R\xe5d\"\n+++\n", "L002"),
    ];
    for (bytes, code) in broken {
        let case = Case::challenge("Se [kontoret](challenge/felles).");
        let found = case.with("challenges/kontor.md", bytes).check();
        let errors = found.iter().filter(|f| f.severity == "error");
        let codes: Vec<_> = errors.map(|f| f.code.as_str()).collect();
        assert!(codes.contains(&code), "{code}: {found:#?}");
        assert!(!codes.contains(&"M001"), "{code}: {found:#?}");
    }
    // The name of such a file is the id of nothing.
    let case = Case::challenge("Se [kontoret](challenge/kontor).");
    let found = case.with("challenges/kontor.md", broken[0].0).check();
    assert!(found.iter().any(|f| f.code == "M001"), "{found:#?}");
}

#[test]
fn a_chapter_in_a_file_that_cannot_be_read_is_not_missing() {
    let broken: [(&[u8], &str); 2] = [
        (b"+++\nid = \"formal\"\ntitle = 1\n+++\n", "L008"),
        (
            b"+++\nid = \"formal\"\ntitle = \"Form\xe5l\"\n+++\n",
            "L002",
        ),
    ];
    for (bytes, code) in broken {
        let case = Case::minimal().with("chapters/annet.md", bytes);
        fs::remove_file(case.path("strategy/chapters/formal.md")).expect("it is there");
        let found = case.check();
        let errors = found.iter().filter(|f| f.severity == "error");
        let codes: Vec<_> = errors.map(|f| f.code.as_str()).collect();
        assert_eq!(codes, [code], "{found:#?}");
    }
}

fn plan(weeks: &str) -> Case {
    let step = "id = \"a\"\nbody = \"body/regionradet\"\nactivity = \"Møte\"";
    let who = "responsible = [\"role/koordinator\"]";
    let plan = format!("year = 2025\n\n[[steps]]\n{step}\nweeks = {weeks}\n{who}\n");
    Case::minimal().with("process.toml", plan)
}

#[test]
fn week_54_does_not_exist() {
    for week in ["54", "0", "-1", "99999"] {
        plan(week).error("L011", "process.toml:7:9", week, "52");
    }
    // 2025 has 52 weeks, though other years have 53.
    plan("53").error("L011", "process.toml:7:9", "53", "52");
    plan("{ from = 1, to = 54 }").error("L011", "process.toml:7:9", "54", "52");
}

#[test]
fn weeks_that_run_backwards_are_turned_or_taken_over_new_year() {
    let hint = "swap the weeks, or add `to_year = 2026` if they run over New Year";
    plan("{ from = 50, to = 3 }").error("M005", "process.toml:7:9", "week 3 of 2025", hint);
}

#[test]
fn a_period_that_ends_before_it_starts_is_an_error() {
    let case = Case::minimal().replace("strategy.toml", "first = 2026", "first = 2036");
    case.error(
        "M004",
        "strategy.toml:22:1",
        "the period ends in 2029",
        "swap `first` and `last`",
    );
}

#[test]
fn empty_strategy() {
    let text =
        fs::read_to_string(Case::minimal().path("strategy/strategy.toml")).expect("it is there");
    let text = text.replace("template = \"templates\"\n", "");
    let start = text.find("chapters = [").expect("it has chapters");
    let end = text.find("\n]\n").expect("the list ends") + 3;
    let case = Case::empty();
    let case = case.with(
        "strategy.toml",
        format!("{}chapters = []\n{}", &text[..start], &text[end..]),
    );
    case.error(
        "C001",
        "strategy.toml:6:1",
        "no chapters",
        "chapters/innledning.md",
    );
}

#[test]
fn a_strategy_of_no_bytes_says_which_keys_are_missing() {
    let case = Case::empty().with("strategy.toml", "");
    let found = case.check();
    assert!(found.iter().all(|f| f.code == "L007"), "{found:#?}");
    assert!(
        found.iter().any(|f| f.message.contains("`title`")),
        "{found:#?}"
    );
    case.build_is_refused();
}

#[test]
fn a_ragged_table_is_named_by_its_row() {
    let case = Case::challenge("| A | B |\n| --- | --- |\n| 1 | 2 |\n| 1 | 2 | 3 |");
    let hint = "give each row as many cells as the header";
    case.error("L012", "challenges/drift.md:8:1", "3 cells", hint);
    let case = Case::challenge("| A | B |\n| --- | --- |\n| 1 |");
    case.error(
        "L012",
        "challenges/drift.md:7:1",
        "the row has 1 cell, the header has 2",
        hint,
    );
    let case = Case::challenge("| A | B |\n| --- |\n| 1 | 2 |");
    let hint = "give the row of hyphens as many cells as the header";
    case.error(
        "L012",
        "challenges/drift.md:6:1",
        "this is not a table",
        hint,
    );
}

#[test]
fn raw_html_is_shown_as_text_with_a_warning() {
    let case = Case::challenge("En <b>fet</b> ting.");
    let found = case.check();
    assert!(!found.is_empty());
    assert!(
        found
            .iter()
            .all(|f| f.code == "L013" && f.severity == "warning"),
        "{found:#?}"
    );
    assert_eq!(found[0].place, "challenges/drift.md:5:4");
    assert!(
        found[0].hints.contains("write it in Markdown"),
        "{found:#?}"
    );

    let text = "<script>alert(1)</script>\n\nEn <b>fet</b> ting &amp; <!-- slutt -->.";
    let built = Case::challenge(text).build();
    assert!(!built.html.contains("<script>alert") && !built.html.contains("<b>fet"));
    let shown = "<script>alert(1)</script>";
    for read in [built.page_text(), built.read_pdf().text()] {
        assert!(read.contains(shown), "{read}");
        assert!(read.contains("En <b>fet</b> ting & ."), "{read}");
    }
}

#[test]
fn control_character() {
    let case = Case::challenge("En\u{7}ting.");
    case.error("L021", "challenges/drift.md:5:3", "U+0007", "remove it");
    let case = Case::challenge("En\u{7}ting\u{7}.\n\nTo\u{7}.");
    let message = "control character U+0007, 3 times in the file (lines 5, 7)";
    case.error("L021", "challenges/drift.md:5:3", message, "remove it");
    let turned = Case::minimal().with(
        "challenges/drift.md",
        "+++\ntitle = \"Dr\u{202e}ift\"\n+++\n",
    );
    let hint = "changes the direction of the following text";
    turned.error("L021", "challenges/drift.md:2:12", "U+202E", hint);
}

#[test]
fn nested_too_deep() {
    let case = Case::challenge(&format!("{}Dypt.", "> ".repeat(200)));
    let found = case.check();
    let found = found.iter().find(|f| f.code == "L022");
    let found = found.expect("the nesting is reported");
    assert!(
        found.place.starts_with("challenges/drift.md:5:"),
        "{found:#?}"
    );
    assert!(!found.hints.is_empty(), "{found:#?}");
    case.build_is_refused();
}

#[test]
fn an_image_outside_the_folder_is_refused() {
    let hint = "copy the picture into `images/`";
    Case::image("../havn.svg").error("L018", "images.toml:3:8", "outside", hint);
    Case::image("/etc/hostname").error("L018", "images.toml:3:8", "outside", hint);
}

#[test]
fn an_image_that_is_missing_comes_with_the_one_that_was_meant() {
    Case::image("images/havn.png").error(
        "L019",
        "images.toml:3:8",
        "there is no picture",
        "pending",
    );
    let case = Case::image("images/havnn.svg").with("images/havn.svg", "<svg/>");
    case.error(
        "L019",
        "images.toml:3:8",
        "there is no picture",
        "did you mean `images/havn.svg`?",
    );
}

#[cfg(unix)]
#[test]
fn linked_file() {
    let case = Case::image("images/havn.svg");
    fs::create_dir(case.path("strategy/images")).expect("it can be made");
    let link = case.path("strategy/images/havn.svg");
    std::os::unix::fs::symlink("/etc/hostname", link).expect("a link can be made");
    case.error(
        "L015",
        "images/havn.svg",
        "links are not followed",
        "copy the file itself",
    );
}

#[cfg(unix)]
#[test]
fn a_linked_folder_is_not_followed_either() {
    let case = Case::image("images/havn.svg");
    let link = case.path("strategy/images");
    std::os::unix::fs::symlink("/etc", link).expect("a link can be made");
    let found = case.check();
    assert!(
        found
            .iter()
            .any(|f| f.code == "L015" && f.place == "images"),
        "{found:#?}"
    );
    case.build_is_refused();
}

/// On macOS the second file would replace the first.
#[cfg(target_os = "linux")]
#[test]
fn clashing_names() {
    let text = "+++\nid = \"mal\"\ntitle = \"Mål\"\n+++\n\nTekst.\n";
    let case = Case::minimal().with("challenges/m\u{e5}l.md", text);
    let case = case.with("challenges/ma\u{30a}l.md", text);
    case.error(
        "L032",
        "challenges/m\u{e5}l.md",
        "`ma\\u{30a}l.md` and `m\\u{e5}l.md`",
        "delete all but one",
    );
}

#[test]
fn file_too_large() {
    let case = Case::image("images/havn.png").with("images/havn.png", "");
    let file = fs::File::create(case.path("strategy/images/havn.png")).expect("it can be made");
    // A file with a hole: large, and quickly made.
    file.set_len(33 * 1024 * 1024)
        .expect("it can be made longer");
    case.error(
        "L016",
        "images/havn.png",
        "has 33 MB; the limit is 32 MB",
        "make the picture smaller",
    );
    let case = Case::challenge("Tekst.").with("challenges/lang.md", "");
    let file = fs::File::create(case.path("strategy/challenges/lang.md")).expect("it can be made");
    file.set_len(33 * 1024 * 1024)
        .expect("it can be made longer");
    case.error(
        "L016",
        "challenges/lang.md",
        "has 33 MB",
        "split it into several files",
    );
}

/// Something that even a user who may read everything cannot read.
#[cfg(unix)]
#[test]
fn unreadable_file() {
    let case = Case::challenge("Tekst.");
    let socket = case.path("strategy/challenges/kontor.md");
    std::os::unix::net::UnixListener::bind(socket).expect("a socket can be made");
    case.error(
        "L017",
        "challenges/kontor.md",
        "it is neither a file nor a folder",
        "check that it is a file",
    );
}

/// A pipe has no end, and whoever reads it waits for ever.
#[cfg(unix)]
#[test]
fn a_pipe_among_the_sources_does_not_hold_up_the_build() {
    let case = Case::challenge("Tekst.");
    let made = Command::new("mkfifo")
        .arg(case.path("strategy/challenges/kontor.md"))
        .status();
    assert!(
        made.is_ok_and(|status| status.success()),
        "`mkfifo` belongs to every Unix"
    );
    case.error(
        "L017",
        "challenges/kontor.md",
        "it is neither a file nor a folder",
        "check that it is a file",
    );
}

#[cfg(unix)]
#[test]
fn links_that_lead_back_to_the_folder_do_not_hold_up_the_build() {
    for target in [".", "..", "strategy"] {
        let case = Case::minimal();
        let link = case.path("strategy/strategy");
        std::os::unix::fs::symlink(target, link).expect("a link can be made");
        let hint = "copy the file itself into the folder";
        case.error("L015", "strategy", "links are not followed", hint);
    }
}

#[test]
fn a_folder_that_is_no_strategy_says_so_and_writes_nothing() {
    let case = Case::empty();
    fs::create_dir(case.path("strategy")).expect("it can be made");
    let message = "there is no `strategy.toml` in the folder";
    case.error(
        "L001",
        "strategy.toml",
        message,
        "create one with `utkast new strategy`",
    );
    let said = case.utkast(&["check"]).out;
    assert!(said.contains("--> strategy/strategy.toml"), "{said}");
    let case = case.with("notat.md", "");
    let other = case.check();
    let other = other
        .iter()
        .find(|f| f.code == "L001")
        .expect("it is still missing");
    assert!(other.hints.contains("in a new folder"), "{other:#?}");
}

#[test]
fn folders_without_end_are_refused() {
    let case = Case::minimal();
    let deep = case.path("strategy").join("a/".repeat(40));
    fs::create_dir_all(deep).expect("they can be made");
    let ran = case.utkast(&["build"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("name the strategy's own folder"),
        "{}",
        ran.err
    );
    assert!(!case.path("out").exists());
}

#[test]
fn a_folder_of_templates_that_is_missing_is_not_passed_over() {
    let case = Case::minimal().replace("strategy.toml", "\"templates\"", "\"maler\"");
    let case = case.without("templates/theme.toml");
    let message = "there is no folder `maler` with templates";
    case.error("L001", "strategy.toml:6:12", message, "remove `template`");
}

/// A PNG file that says to be of a size, whose pixels are missing.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    drop(encoder.write_header().expect("a header can be written"));
    bytes
}

#[test]
fn a_picture_that_is_damaged_or_enormous_or_none_is_named() {
    let again = "save it again as PNG or JPEG";
    let jpeg = |components: u8| {
        let mut bytes = vec![
            0xff,
            0xd8,
            0xff,
            0xc0,
            0,
            8 + 3 * components,
            8,
            0,
            9,
            0,
            9,
            components,
        ];
        bytes.extend([1, 0x11, 0].repeat(components.into()));
        bytes.extend([0xff, 0xd9]);
        bytes
    };
    let cases: [(&str, Vec<u8>, &str, &str); 8] = [
        (
            "png",
            b"\x89PNG\r\n\x1a\n".to_vec(),
            "the picture is damaged",
            again,
        ),
        ("png", png(20, 20), "the picture is damaged", again),
        ("png", Vec::new(), "neither PNG nor JPEG", again),
        ("png", b"GIF89a".to_vec(), "neither PNG nor JPEG", again),
        (
            "jpg",
            b"\xff\xd8\xff\xe0".to_vec(),
            "it ends too early",
            again,
        ),
        (
            "png",
            png(20_000, 20_000),
            "20000 × 20000 pixels; at most 40 million",
            "make it smaller",
        ),
        (
            "png",
            png(0x7fff_ffff, 0x7fff_ffff),
            "at most 40 million",
            "make it smaller",
        ),
        ("jpg", jpeg(4), "is a CMYK JPEG", "save it in RGB"),
    ];
    for (ending, bytes, message, hint) in cases {
        let file = format!("images/havn.{ending}");
        let case = Case::image(&file).with(&file, bytes);
        case.error("C101", "images.toml:3:8", message, hint);
    }
}

#[test]
fn a_drawing_that_is_none_is_named() {
    let cases = [
        ("", "does not have a root node"),
        (
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"9",
            "end",
        ),
        (
            "<html><p>Havn</p></html>",
            "it begins with `html` instead of `svg`",
        ),
    ];
    for (text, message) in cases {
        let case = Case::image("images/havn.svg").with("images/havn.svg", text);
        case.error("C101", "images.toml:3:8", message, "save it again as SVG");
    }
}

/// Ten of ten of ten …: a few hundred bytes that would be a thousand million rectangles.
#[test]
fn a_drawing_that_multiplies_itself_is_refused() {
    let mut svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">".to_owned();
    svg.push_str("<g id=\"a0\"><rect width=\"9\" height=\"9\"/></g>");
    for n in 1..10 {
        let inside = format!("<use href=\"#a{}\"/>", n - 1).repeat(10);
        svg.push_str(&format!("<g id=\"a{n}\">{inside}</g>"));
    }
    let case = Case::image("images/havn.svg").with("images/havn.svg", svg + "</svg>");
    let message = "it draws more than 50000 elements";
    case.error("C101", "images.toml:3:8", message, "save it again as SVG");
}

#[test]
fn a_file_that_a_template_set_has_no_use_for_is_not_passed_over() {
    let files = [
        ("templates/page.ccs", "move it to `templates/page.css`"),
        (
            "templates/labels/nb.tml",
            "move it to `templates/labels/nb.toml`",
        ),
        ("templates/labels/se.toml", "move it to `templates/labels/"),
    ];
    for (file, hint) in files {
        let case = Case::minimal().with(file, "");
        case.error("L014", file, "so it is not read", hint);
    }
}

/// A text of `strategy.toml` with nothing in it, and what is left of it when it is read back.
#[test]
fn a_text_without_words_is_named_where_it_stands() {
    let strategy = [
        ("\"Strategi 2026–2029\"", "\"  \"", "title", ":4:9"),
        (
            "\"Fjordregionen interkommunalt politisk råd\"",
            "\"\"",
            "name",
            ":27:8",
        ),
        ("\"Nordfjell\", ", "\"\", ", "members", ":29:12"),
        ("\"Nordfjell\", ", "\"\u{200b}\", ", "members", ":29:12"),
        (
            "number = \"0.1\"",
            "number = \"0.1\"\ncase = \"\\t\"",
            "case",
            ":33:8",
        ),
    ];
    for (from, to, key, place) in strategy {
        let case = Case::minimal().replace("strategy.toml", from, to);
        let message = format!("`{key}` is empty");
        case.error(
            "L008",
            &format!("strategy.toml{place}"),
            &message,
            "or remove the key",
        );
    }
    let no_title =
        Case::minimal().with("challenges/drift.md", "+++\ntitle = \"\"\n+++\n\nTekst.\n");
    no_title.error(
        "L008",
        "challenges/drift.md:2:9",
        "`title` is empty",
        "write a text",
    );
    let groups = "[[groups]]\nid = \"1\"\nnumber = 1\nmembers = [\"Kari\", \" \"]\n";
    let no_name = Case::minimal().with("workshop/participants.toml", groups);
    no_name.error(
        "L008",
        "workshop/participants.toml:4:20",
        "`members`",
        "write a text",
    );
    let text = IMAGE.replace("Egen tegning.", "");
    let no_terms = Case::challenge("Tekst.").with(
        "images.toml",
        text.replace("file = \"FILE\"", "pending = \"Kommer.\""),
    );
    no_terms.error(
        "L008",
        "images.toml:5:11",
        "`licence` is empty",
        "write a text",
    );
}

/// An ornament has no words to say, and says so; spaces say neither.
#[test]
fn an_alternative_text_may_be_empty_but_not_blank() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 6\">\
                   <rect width=\"9\" height=\"6\"/></svg>";
    let with = |alt: &str| {
        let text = IMAGE.replace("FILE", "images/havn.svg");
        let text = text.replace("Havna sett fra fjorden.", alt);
        let case = Case::challenge("![](image/havn)").with("images.toml", text);
        case.with("images/havn.svg", drawing)
    };
    assert_eq!(with("").check(), []);
    with(" ").error(
        "L008",
        "images.toml:4:7",
        "`alt` contains only spaces",
        "`alt = \"\"`",
    );
}

#[test]
fn a_value_of_another_type_is_told_which_and_what_the_key_is_for() {
    let hint = "give a whole number or a table `{ from = …, to = … }`";
    plan("\"9\"").error("L008", "process.toml:7:9", "`weeks` cannot be a text", hint);
    let hint = "`weeks` is for: week or weeks of the step";
    plan("\"9\"").error("L008", "process.toml:7:9", "`weeks` cannot be a text", hint);
}

#[test]
fn two_chapters_that_show_the_same_are_named_where_they_say_so() {
    let case = Case::minimal().replace(
        "chapters/mal.md",
        "shows = \"goals\"",
        "shows = \"measures\"",
    );
    case.error(
        "C003",
        "chapters/tiltak.md:3:9",
        "two chapters show `measures`",
        "remove `shows`",
    );
}

#[test]
fn a_chapter_that_is_named_twice_is_to_be_taken_out_once() {
    let case = Case::minimal().replace("strategy.toml", "\"funn\",", "\"funn\", \"chapter/funn\",");
    case.error(
        "L020",
        "strategy.toml:11:13",
        "chapter `funn` is listed twice",
        "remove one of them",
    );
}

#[test]
fn an_appendix_that_is_a_chapter_too_or_has_no_file_is_told_so() {
    let with = |names: &str| {
        let chapters = "language = \"nb\"";
        let appendices = format!("{chapters}\nappendices = [{names}]");
        Case::minimal().replace("strategy.toml", chapters, &appendices)
    };
    with("\"funn\"").error(
        "L020",
        "strategy.toml:6:15",
        "chapter `funn` is listed twice",
        "remove one of them",
    );
    with("\"tall\"").error(
        "L020",
        "strategy.toml:6:15",
        "there is no chapter `tall`",
        "write `chapters/tall.md`",
    );
}

#[test]
fn an_appendix_stands_behind_the_chapters_with_a_number_of_its_own() {
    let case = Case::minimal()
        .replace(
            "strategy.toml",
            "language = \"nb\"",
            "language = \"nb\"\nappendices = [\"tall\"]",
        )
        .with(
            "chapters/tall.md",
            "+++\ntitle = \"Tall\"\n+++\n\n## Folk\n\nVi er mange.\n",
        );
    let text = case.build().page_text();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.ends_with("Vedlegg 1 Tall Folk Vi er mange."), "{text}");
}

#[test]
fn a_name_that_is_taken_is_not_proposed() {
    let case = Case::challenge("Tekst.").with("challenges/Drift.md", format!("{DRIFT}Tekst.\n"));
    case.error(
        "L009",
        "challenges/Drift.md:1:1",
        "cannot be an id",
        "write `id = \"drift-2\"`",
    );
}

#[test]
fn a_picture_is_shown_and_not_linked_to_and_only_pictures_are_shown() {
    let pending = IMAGE.replace("file = \"FILE\"", "pending = \"Kommer.\"");
    let case = Case::challenge("Se [bildet](image/havn).").with("images.toml", pending);
    let hint = "show the picture with `![](image/havn)`";
    case.error(
        "M003",
        "challenges/drift.md:5:13",
        "a link cannot lead to a picture",
        hint,
    );
    let case = Case::challenge("![](challenge/drift)");
    let message = "`![]( )` shows a picture, and `challenge/drift` is a challenge";
    let hint = "write a link, `[words](challenge/drift)`";
    case.error("M003", "challenges/drift.md:5:5", message, hint);
}

#[test]
fn marks_that_are_not_read_are_shown_as_typed_and_named_once_a_kind() {
    let case = Case::challenge("Kontor[^1] og ~~leie~~ lån[^1].\n\n- [ ] Avtale\n- [x] Vedtak");
    let found = case.check();
    let said: Vec<_> = found
        .iter()
        .map(|f| (f.code.as_str(), f.place.as_str()))
        .collect();
    let at = |column| format!("challenges/drift.md:{column}");
    let (note, boxed) = (at("5:7"), at("7:3"));
    assert_eq!(said, [("L025", &*note), ("L025", &*boxed)]);
    for found in &found {
        assert!(found.message.contains("2 times in this text"), "{found:#?}");
    }
    let built = case.build();
    for text in [built.page_text(), built.read_pdf().text()] {
        assert!(text.contains("Kontor[^1] og leie lån[^1]."), "{text}");
        assert!(text.contains("[ ] Avtale"), "{text}");
    }
    assert!(built.html.contains("<s>leie</s>"), "{}", built.html);
}

#[test]
fn a_language_is_named_by_its_tag() {
    let case = Case::challenge("Om [Adaptation](lang/engelsk).");
    let message = "`engelsk` is not a language tag";
    case.error(
        "L008",
        "challenges/drift.md:5:17",
        message,
        "such as `lang/en`",
    );
    let agreement = "+++\ntitle = \"Avtalen\"\nlanguage = \"english\"\n+++\n\nThe purpose.\n";
    let case = Case::minimal().with("agreement.md", agreement);
    let message = "`english` is not a language tag";
    case.error("L008", "agreement.md:3:12", message, "such as `en`");
}

#[test]
fn files_that_programs_leave_behind_are_passed_over() {
    let left = [
        "Thumbs.db",
        "images/.DS_Store",
        "~$drift.docx",
        "challenges/drift.md~",
    ];
    let case = left.iter().fold(Case::challenge("Tekst."), |case, file| {
        case.with(file, "\0")
    });
    assert_eq!(case.check(), []);
}

/// A glossary with one abbreviation.
const KS: &str = "[[terms]]\nid = \"ks\"\nterm = \"KS\"\nfull = \"Kommunesektorens organisasjon\"\n\
                  text = \"Kommunenes egen.\"\n";

#[test]
fn a_glossary_that_cannot_be_used_is_named_key_by_key() {
    let with = |from: &str, to: &str| Case::glossary("Tekst.", &KS.replace(from, to));
    let place = "glossary.toml:4:1";
    with("full", "ful").error("L006", place, "unknown key `ful`", "did you mean `full`?");
    with("[[terms]]", "[[term]]").error(
        "L006",
        "glossary.toml:1:3",
        "unknown key `term`",
        "did you mean `terms`?",
    );
    let missing = with("text = \"Kommunenes egen.\"\n", "");
    missing.error("L007", "glossary.toml:1:1", "`text` is missing", "text");
    let blank = with("Kommunenes egen.", " ");
    blank.error(
        "L008",
        "glossary.toml:5:8",
        "`text` is empty",
        "write a text",
    );
    let twice = Case::glossary("Tekst.", &KS.repeat(2));
    twice.error("M002", "glossary.toml:7:6", "`term/ks`", "another id");
}

#[test]
fn terms_that_no_chapter_shows_are_an_error_and_links_to_none_come_with_the_nearest() {
    let case = Case::challenge("Tekst.").with("glossary.toml", KS);
    case.error(
        "C002",
        "glossary.toml:2:6",
        "no chapter shows this (`glossary`)",
        "shows = \"glossary\"",
    );
    let case = Case::glossary("Se [KS](term/kss).", KS);
    let message = "there is nothing with the id `term/kss`";
    case.error(
        "M001",
        "challenges/drift.md:5:9",
        message,
        "did you mean `term/ks`?",
    );
}

#[test]
fn an_uncertain_date_of_a_decision_is_reported() {
    let decided = "\n[[version.decisions]]\n\
                   date = { text = \"00.02.21\", uncertain = \"Dagen mangler.\" }\n\
                   body = \"body/regionradet\"\ncase = \"1/25\"\ntext = \"Vedtatt.\"\n";
    let case = Case::minimal();
    let file = case.path("strategy/strategy.toml");
    let text = fs::read_to_string(file).expect("it is there") + decided;
    let before = text.lines().take_while(|line| !line.contains("00.02.21"));
    let place = format!("strategy.toml:{}:8", before.count() + 1);
    let found = case.with("strategy.toml", &text).check();
    let uncertain = found.iter().filter(|found| found.code == "C006");
    let places: Vec<_> = uncertain.map(|found| found.place.as_str()).collect();
    assert_eq!(places, [place]);
}

#[test]
fn a_doubt_about_a_plan_without_steps_needs_a_chapter_to_stand_in() {
    let plan = "year = 2025\nuncertain = \"Året kan være 2026.\"\n";
    Case::minimal()
        .replace("chapters/plan.md", "shows = \"process\"\n", "")
        .with("process.toml", plan)
        .error(
            "C002",
            "process.toml:2:13",
            "no chapter shows this (`process`)",
            "add `shows = \"process\"`",
        );
}
