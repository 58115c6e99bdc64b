//! Bad input: each is named by a code, a place and a next step, and nothing is written.

use crate::support::Case;
use std::fs;

const DRIFT: &str = "+++\ntitle = \"Drift\"\n+++\n\n";

fn challenge(body: &str) -> Case {
    Case::minimal().with("challenges/drift.md", format!("{DRIFT}{body}\n"))
}

const IMAGE: &str = "\
[[images]]
id = \"havn\"
file = \"FILE\"
alt = \"Havna sett fra fjorden.\"
licence = \"Egen tegning.\"
credits = [{ name = \"Sekretariatet\" }]
";

fn image(file: &str) -> Case {
    challenge("![](image/havn)").with("images.toml", IMAGE.replace("FILE", file))
}

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
}

#[test]
fn letters_in_parts_are_joined_in_verbatim_text_too_and_it_is_said() {
    let text = "+++\ntitle = \"Avtale\"\n+++\n\nRa\u{30a}det er et samarbeidsorgan.\n";
    let case = Case::minimal().with("agreement.md", text);
    let hint = "normalisation form C";
    case.warning("L003", "agreement.md:5:1", "were joined on 1 line", hint);
}

#[test]
fn front_matter_that_does_not_end_is_named_where_it_begins() {
    let case = Case::minimal().with("challenges/drift.md", "+++\ntitle = \"Drift\"\n\nTekst.\n");
    case.error("L004", "challenges/drift.md:1:1", "", "+++");
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
        "write `title`",
    );
}

#[test]
fn a_duplicate_id_comes_with_the_first_place() {
    let case = challenge("Tekst.").with(
        "challenges/kontor.md",
        "+++\nid = \"drift\"\n+++\n\nTekst.\n",
    );
    let hint = "give one of them another id";
    case.error(
        "M002",
        "challenges/kontor.md:2:6",
        "`challenge/drift` is given twice",
        hint,
    );
    let text = case.utkast(&["check"]).out;
    assert!(text.contains("first given here"), "{text}");
    assert!(text.contains("strategy/challenges/drift.md:1:1"), "{text}");
}

#[test]
fn a_reference_to_nothing_comes_with_the_nearest_id() {
    let case = challenge("Se [driften](challenge/drifft).");
    let message = "there is nothing with the id `challenge/drifft`";
    case.error(
        "M001",
        "challenges/drift.md:5:14",
        message,
        "write `challenge/drift`",
    );
}

#[test]
fn what_hangs_on_a_file_that_cannot_be_used_is_not_reported_again() {
    let case = challenge("Se [kontoret](challenge/kontor).");
    let case = case.with("challenges/kontor.md", "+++\ntitle = 1\n+++\n\nTekst.\n");
    case.error(
        "L008",
        "challenges/kontor.md:2:9",
        "`title` cannot be",
        "give a text",
    );
}

fn plan(weeks: &str) -> Case {
    let step = "id = \"a\"\nbody = \"body/regionradet\"\nactivity = \"Møte\"";
    let who = "responsible = [\"role/koordinator\"]";
    let plan = format!("year = 2025\n\n[[steps]]\n{step}\nweeks = {weeks}\n{who}\n");
    Case::minimal().with("process.toml", plan)
}

#[test]
fn week_54_does_not_exist() {
    plan("54").error("L011", "process.toml:7:9", "54", "");
    plan("53").error("L011", "process.toml:7:9", "53", "52");
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
        "strategy.toml:21:1",
        "the period ends in 2029",
        "first year",
    );
}

#[test]
fn empty_strategy() {
    let text =
        fs::read_to_string(Case::minimal().path("strategy/strategy.toml")).expect("it is there");
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
    let case = challenge("| A | B |\n| --- | --- |\n| 1 | 2 |\n| 1 | 2 | 3 |");
    case.error("L012", "challenges/drift.md:8:1", "", "");
}

#[test]
fn raw_html_is_shown_as_text_with_a_warning() {
    let case = challenge("En <b>fet</b> ting.");
    let found = case.check();
    assert!(!found.is_empty());
    assert!(
        found
            .iter()
            .all(|f| f.code == "L013" && f.severity == "warning"),
        "{found:#?}"
    );
    assert!(
        found[0].place.starts_with("challenges/drift.md:5:"),
        "{found:#?}"
    );
}

#[test]
fn control_character() {
    let case = challenge("En\u{7}ting.");
    case.error("L021", "challenges/drift.md:5:3", "U+0007", "take it out");
}

#[test]
fn nested_too_deep() {
    let case = challenge(&format!("{}Dypt.", "> ".repeat(200)));
    let found = case.check();
    assert!(found.iter().any(|f| f.code == "L022"), "{found:#?}");
    case.build_is_refused();
}

#[test]
fn an_image_outside_the_folder_is_refused() {
    let hint = "copy the picture into `images/`";
    image("../havn.svg").error("L018", "images.toml:3:8", "outside", hint);
    image("/etc/hostname").error("L018", "images.toml:3:8", "outside", hint);
}

#[test]
fn an_image_that_is_missing_comes_with_the_one_that_was_meant() {
    image("images/havn.png").error("L019", "images.toml:3:8", "there is no picture", "pending");
    let case = image("images/havnn.svg").with("images/havn.svg", "<svg/>");
    case.error(
        "L019",
        "images.toml:3:8",
        "there is no picture",
        "write `images/havn.svg`",
    );
}

#[cfg(unix)]
#[test]
fn linked_file() {
    let case = image("images/havn.svg");
    fs::create_dir(case.path("strategy/images")).expect("it can be made");
    let link = case.path("strategy/images/havn.svg");
    std::os::unix::fs::symlink("/etc/hostname", link).expect("a link can be made");
    case.error(
        "L015",
        "images/havn.svg",
        "links are not followed",
        "put the file itself",
    );
}

#[cfg(unix)]
#[test]
fn a_linked_folder_is_not_followed_either() {
    let case = image("images/havn.svg");
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

#[test]
fn file_too_large() {
    let case = image("images/havn.png").with("images/havn.png", "");
    let file = fs::File::create(case.path("strategy/images/havn.png")).expect("it can be made");
    // A file with a hole: large, and quickly made.
    file.set_len(33 * 1024 * 1024)
        .expect("it can be made longer");
    case.error(
        "L016",
        "images/havn.png",
        "has 33 MB; the limit is 32 MB",
        "smaller",
    );
}

/// Tests may run as a user who may read everything, so a file that cannot be read is made otherwise
/// than by taking away permissions: as the process's own memory, which refuses.
#[cfg(target_os = "linux")]
#[test]
fn unreadable_file() {
    use std::os::unix::fs::PermissionsExt;
    let case = challenge("Tekst.");
    let path = case.path("strategy/challenges/drift.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("they can be set");
    if fs::read(&path).is_ok() {
        // This user may read everything: nothing to see.
        return;
    }
    case.error(
        "L017",
        "challenges/drift.md",
        "cannot be read",
        "see that you may read the file",
    );
}
