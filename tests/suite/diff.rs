//! `utkast diff`: versions as arguments, formats, exit status, and what cannot be compared.

use crate::release::{frozen, release, strategy};
use crate::support::{Case, copy};
use serde_json::Value;
use std::fs;

const MEASURE: &str = "+++\ntitle = \"Felles innkjøp\"\nresponsible = [\"role/koordinator\"]\ncomes_from = [\"opportunity/sjoen\"]\ndeadline = 2027-05-01\n+++\n\nKommunene kjøper inn programvare sammen hvert år fra neste vår.\n";

/// Two frozen versions, the second one with a later deadline and another word.
fn two_versions() -> Case {
    let case = strategy().with("measures/innkjop.md", MEASURE).with(
        "opportunities/sjoen.md",
        "+++\ntitle = \"Sjøen\"\n+++\n\nVi har en lang kyst.\n",
    );
    frozen(&case, "--status working --date 2026-01-05");
    let later = MEASURE
        .replace("2027", "2028")
        .replace("programvare", "maskinvare");
    let case = case.with("measures/innkjop.md", later);
    frozen(&case, "--status working --date 2026-02-05");
    case
}

#[test]
fn what_has_changed_is_told_and_is_the_exit_status() {
    let case = two_versions();
    let ran = case.utkast(&["diff", "0.1", "0.2"]);
    assert_eq!((ran.status, ran.err.as_str()), (1, ""));
    for line in [
        "  Tiltak «Felles innkjøp»: frist 1.\u{a0}mai 2027 → 1.\u{a0}mai 2028",
        "  Tiltak «Felles innkjøp», avsnitt: «programvare» → «maskinvare»",
        "    Kommunene kjøper inn [-programvare-]{+maskinvare+} sammen hvert år fra neste vår.",
        "  koordinator: 2 endringer («Felles innkjøp»)",
    ] {
        assert!(ran.out.lines().any(|found| found == line), "{}", ran.out);
    }
    assert_eq!(
        case.utkast(&["diff", "0.1", "0.2", "--exit-zero"]).status,
        0
    );
    // The work is the second version.
    let same = case.utkast(&["diff", "0.2"]);
    assert_eq!((same.status, same.err.as_str()), (0, ""));
    assert!(
        same.out.starts_with("Ingenting er endret fra versjon 0.2"),
        "{}",
        same.out
    );
    let folder = case.utkast(&["diff", "strategy/versions/0.1", "work", "--in", "strategy"]);
    assert_eq!(folder.status, 1);
}

#[test]
fn the_version_that_was_sent_out_last_has_a_name() {
    let case = two_versions();
    let none = case.utkast(&["diff", "--since", "sent-out"]);
    assert_eq!(none.status, 2);
    assert!(none.err.contains("was sent out"), "{}", none.err);
    let sent = release(
        &case,
        "--status draft --date 2026-03-05 --body regionradet --case 1/26 --sent-out",
    );
    assert_eq!(sent.status, 0, "{}", sent.err);
    let later = MEASURE
        .replace("2027", "2029")
        .replace("programvare", "maskinvare");
    let case = case.with("measures/innkjop.md", later);
    let since = case.utkast(&["diff", "--since", "sent-out"]);
    assert_eq!(since.status, 1, "{}", since.err);
    assert!(
        since.out.contains("1.\u{a0}mai 2028 → 1.\u{a0}mai 2029"),
        "{}",
        since.out
    );
    assert_eq!(case.utkast(&["diff", "sent-out"]).out, since.out);
    assert_eq!(case.utkast(&["build", "--of", "sent-out"]).status, 0);
}

#[test]
fn a_version_that_is_not_there_is_named_with_what_was_meant() {
    let case = two_versions();
    for (version, said, hint) in [
        ("0.3", "no version 0.3", "did you mean"),
        (
            "wrok",
            "there is no version and no folder `wrok`",
            "did you mean `work`?",
        ),
        (
            "sentout",
            "there is no version and no folder",
            "did you mean `sent-out`?",
        ),
        ("git:main", "", ""),
    ] {
        let ran = case.utkast(&["diff", version]);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{version}");
        assert!(
            ran.err.contains(said) && ran.err.contains(hint),
            "{}",
            ran.err
        );
    }
    let damaged = case.with("versions/0.1/sources/measures/innkjop.md", "annet");
    let ran = damaged.utkast(&["diff", "0.1"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("was changed after it was frozen"),
        "{}",
        ran.err
    );
}

#[test]
fn of_a_version_with_errors_what_can_be_read_is_compared() {
    let broken = "+++\ntitle = \n+++\n\nHei.\n";
    let later = MEASURE.replace("2027", "2031");
    let case = two_versions()
        .with("measures/innkjop.md", later)
        .with("opportunities/sjoen.md", broken);
    let ran = case.utkast(&["diff", "0.2"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(ran.err.contains("opportunities/sjoen.md"), "{}", ran.err);
    assert!(
        ran.err.ends_with("Version work has errors: 2 errors.\n"),
        "{}",
        ran.err
    );
    assert!(
        ran.out
            .contains("Kunne ikke leses i den nye versjonen: Mulighet."),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .contains("frist 1.\u{a0}mai 2028 → 1.\u{a0}mai 2031"),
        "{}",
        ran.out
    );
    assert!(
        !ran.out.contains("Mulighet «Sjøen»: strøket"),
        "{}",
        ran.out
    );
    let pdf = case.utkast(&["diff", "0.2", "--format", "pdf"]);
    assert_eq!(pdf.status, 2);
    assert!(pdf.err.contains("versions with errors"), "{}", pdf.err);
    assert!(!case.path("out").exists());
}

#[test]
fn a_page_and_a_pdf_are_called_by_both_versions_and_have_a_record() {
    let case = two_versions();
    let ran = case.utkast(&["diff", "0.1", "0.2", "--format", "html,pdf"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    let said = "Wrote changes-0.1-0.2.html, changes-0.1-0.2.pdf, changes-0.1-0.2.json to out.\n";
    assert_eq!(ran.err, said);
    let read = |name: &str| fs::read(case.path("out").join(name)).expect("it was written");
    let page = String::from_utf8(read("changes-0.1-0.2.html")).expect("it is text");
    for words in [
        "Endringer fra versjon 0.1 til 0.2",
        "<a href=\"#measure-innkjop\">Felles innkjøp</a>",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(read("changes-0.1-0.2.pdf").starts_with(b"%PDF-"));
    // The page lists what the other formats tell.
    let json = case.utkast(&["diff", "0.1", "0.2", "--format", "json"]).out;
    let json: Value = serde_json::from_str(&json).expect("it is JSON");
    let bare = |text: &str| -> String {
        let parts = text.split('<');
        let parts = parts.map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        let words = parts
            .collect::<String>()
            .replace("&nbsp;", "")
            .replace(['«', '»', '\u{a0}'], "");
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let page_words = bare(&page);
    let changes = json["chapters"].as_array().expect("a list").iter();
    let changes = changes.flat_map(|chapter| chapter["changes"].as_array().expect("a list"));
    let told = changes.filter(|change| change["folded"].is_null());
    let sentences: Vec<_> = told
        .filter_map(|change| change["sentence"].as_str())
        .collect();
    assert_eq!(json["counts"]["told"], sentences.len());
    for sentence in sentences {
        assert!(page_words.contains(&bare(sentence)), "{sentence}");
    }
    let record: Value = serde_json::from_slice(&read("changes-0.1-0.2.json")).expect("it is JSON");
    assert_eq!(
        (&record["old"]["version"], &record["new"]["version"]),
        (&"0.1".into(), &"0.2".into())
    );
    assert_eq!(record["outputs"][1]["path"], "changes-0.1-0.2.pdf");

    let args = [
        "diff",
        "0.1",
        "0.2",
        "--format",
        "html",
        "--audience",
        "internal",
        "-o",
        "ut",
    ];
    assert_eq!(case.utkast(&args).status, 1);
    for name in [
        "changes-0.1-0.2.internal.html",
        "changes-0.1-0.2.internal.json",
    ] {
        assert!(case.path("ut").join(name).is_file(), "{name}");
    }
    let mixed = case.utkast(&["diff", "0.1", "--format", "text,pdf"]);
    assert_eq!(mixed.status, 2);
}

#[test]
fn words_go_to_a_file_if_one_is_named() {
    let case = two_versions();
    let args = [
        "diff",
        "0.1",
        "0.2",
        "--format",
        "markdown",
        "-o",
        "changes.md",
    ];
    let ran = case.utkast(&args);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert_eq!(ran.err, "Wrote changes.md.\n");
    let text = fs::read_to_string(case.path("changes.md")).expect("it was written");
    assert!(
        text.starts_with("## Endringer fra versjon 0.1 til 0.2\n"),
        "{text}"
    );
    assert!(
        text.contains("<del>programvare</del><ins>maskinvare</ins>"),
        "{text}"
    );
}

#[test]
fn what_is_internal_is_no_change_for_others() {
    let item = "+++\ntitle = \"Lageret\"\naudience = \"internal\"\n+++\n\nVi mangler et lager til båtene.\n";
    let case = strategy().with("opportunities/lageret.md", item);
    frozen(&case, "--status working --date 2026-01-05");
    let case = case.with(
        "opportunities/lageret.md",
        item.replace("båtene", "bussene"),
    );
    let public = case.utkast(&["diff", "0.1", "--format", "html,pdf"]);
    assert_eq!(public.status, 0, "{}", public.err);
    let page = fs::read_to_string(case.path("out/changes-0.1-0.2.html")).expect("it was written");
    let record = fs::read_to_string(case.path("out/changes-0.1-0.2.json")).expect("it was written");
    let text = case.utkast(&["diff", "0.1"]);
    assert!(text.out.starts_with("Ingenting er endret"), "{}", text.out);
    for face in [page, record, text.out] {
        for word in ["Lageret", "lageret", "bussene", "båtene"] {
            assert!(!face.contains(word), "{word}");
        }
    }
    let internal = case.utkast(&["diff", "0.1", "--audience", "internal"]);
    assert_eq!(internal.status, 1);
    let said = "Mulighet «Lageret», avsnitt: «båtene» → «bussene»";
    assert!(internal.out.contains(said), "{}", internal.out);

    // What becomes internal is struck for everybody else.
    let open = item.replace("audience = \"internal\"\n", "");
    let case = case.with("opportunities/lageret.md", open);
    frozen(&case, "--status working --date 2026-02-05");
    let case = case.with("opportunities/lageret.md", item);
    let struck = case.utkast(&["diff", "0.2"]);
    assert!(
        struck.out.contains("Mulighet «Lageret»: strøket"),
        "{}",
        struck.out
    );
}

#[test]
fn a_picture_with_other_bytes_under_its_name_is_told_and_so_are_its_credits() {
    let drawing = |width: u8| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><rect width=\"{width}\" height=\"5\"/></svg>"
        )
    };
    let case = Case::image("images/havn.svg").with("images/havn.svg", drawing(5));
    copy(&case.path("strategy"), &case.path("before"));
    let case = case
        .with("images/havn.svg", drawing(6))
        .replace("images.toml", "Sekretariatet", "Kari Dal")
        .replace("images.toml", "sett fra fjorden", "sett fra land");
    let ran = case.utkast(&["diff", "before"]);
    assert_eq!((ran.status, ran.err.as_str()), (1, ""));
    let told: Vec<_> = ran
        .out
        .lines()
        .filter(|line| line.starts_with("  Bilde"))
        .collect();
    let expected = [
        "  Bilde «Havna sett fra land.»: alternativ tekst «Havna sett fra fjorden.» → «Havna sett fra land.»",
        "  Bilde «Havna sett fra land.»: fotokreditering Sekretariatet → Kari Dal",
        "  Bilde «Havna sett fra land.»: bildefilen er byttet ut",
    ];
    assert_eq!(told, expected);
    assert!(
        ran.out.contains("\n3 endringer: 3 i opplysninger.\n"),
        "{}",
        ran.out
    );
    assert!(!ran.out.contains("Uten endret innhold"), "{}", ran.out);
}

#[test]
fn chapters_in_another_order_are_two_folded_lines() {
    let case = strategy();
    copy(&case.path("strategy"), &case.path("before"));
    let case = case
        .replace("strategy.toml", "    \"muligheter\",\n", "")
        .replace(
            "strategy.toml",
            "    \"tiltak\",\n",
            "    \"tiltak\",\n    \"muligheter\",\n",
        );
    let ran = case.utkast(&["diff", "before"]);
    assert_eq!((ran.status, ran.err.as_str()), (1, ""));
    let (_, folded) = ran
        .out
        .split_once("\nUten endret innhold\n")
        .expect("it has folded lines");
    let expected = "  5 overskrifter, figurer og tabeller har fått nytt nummer.\n  1 del er flyttet, men ikke endret.\n";
    assert_eq!(folded, expected);
    assert!(!ran.out.contains("Kapittel"), "{}", ran.out);
}
