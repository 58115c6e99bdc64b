//! Versions that are frozen: what is refused, what is kept, and what is listed. What breaks off is in
//! `interrupted`, what is proved in `verify`.

mod interrupted;
mod verify;

use crate::support::{Case, Ran, files_of};
use std::fs::{self, File};

/// A strategy whose number is worked out, with outputs that weigh little.
pub(super) fn strategy() -> Case {
    Case::minimal()
        .replace("strategy.toml", "number = \"0.1\"\n", "")
        .replace("strategy.toml", "2025-04-11", "2026-12-31")
        .with("templates/theme.toml", "[fonts]\npage = \"system\"\n")
}

/// Freezes a version; the words are the arguments after the folder.
#[track_caller]
pub(super) fn release(case: &Case, words: &str) -> Ran {
    let words: Vec<_> = words.split_whitespace().collect();
    case.utkast(&[&["release", "strategy"], &words[..]].concat())
}

/// Freezes a version, which must go well.
#[track_caller]
pub(super) fn frozen(case: &Case, words: &str) {
    let ran = release(case, words);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{}", ran.err);
}

/// Sees that a release is refused with this status and these words, and that nothing has changed.
#[track_caller]
fn refused(case: &Case, words: &str, status: i32, said: &[&str]) {
    let before = files_of(&case.path("strategy"));
    let ran = release(case, words);
    assert_eq!((ran.status, ran.out.as_str()), (status, ""), "{}", ran.err);
    for said in said {
        assert!(ran.err.contains(said), "`{said}` is not in {}", ran.err);
    }
    assert_eq!(files_of(&case.path("strategy")), before, "nothing changes");
}

/// The strategy with words of a manifest replaced, and the manifest sealed anew.
pub(super) fn sealed_anew(case: Case, path: &str, from: &str, to: &str) -> Case {
    let text = fs::read_to_string(case.path("strategy").join(path)).expect("it is there");
    let (_, rest) = text.split_once('\n').expect("it has lines");
    assert!(rest.contains(from), "`{path}` has no `{from}`");
    let rest = rest.replace(from, to);
    case.with(
        path,
        format!("{}{rest}", utkast::manifest::seal_line(&rest)),
    )
}

/// The strategy with a decision of its representative council.
pub(super) fn decided(case: Case, date: &str, case_number: &str) -> Case {
    let decision = format!(
        "\n[[version.decisions]]\nbody = \"body/regionradet\"\ndate = {date}\ncase = \"{case_number}\"\n\
         text = \"Strategien vedtas.\"\nvote = \"Enstemmig\"\n\n[[bodies]]\n"
    );
    case.replace("strategy.toml", "\n[[bodies]]\n", &decision)
}

#[test]
fn numbers_are_worked_out_and_versions_are_listed() {
    let case = strategy();
    let listed = case.utkast(&["versions"]);
    assert_eq!((listed.status, listed.out.as_str()), (0, ""));
    assert!(listed.err.contains("No version is frozen yet"));

    let ran = release(&case, "--status working --date 2026-01-05");
    let said = "Froze version 0.1 (working) in strategy/versions/0.1: 17 files";
    assert!(ran.err.contains(said), "{}", ran.err);
    frozen(
        &case,
        "--status draft --date 2026-02-04 --body body/regionradet --case RR-1 --sent-out",
    );
    let case = decided(case, "2026-03-04", "RR-7");
    frozen(
        &case,
        "--status adopted --date 2026-03-04 --new-round not-needed --by Kari --reason Språk.",
    );
    frozen(&case, "--status working --date 2026-03-05 --note Rullering");

    let listed = case.utkast(&["versions"]);
    let row = |line: &str| {
        line.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let rows: Vec<_> = listed.out.lines().map(row).collect();
    assert_eq!(rows.len(), 5, "{}", listed.out);
    assert_eq!(rows[1][..4], ["0.1", "working", "2026-01-05", "–"]);
    assert_eq!(
        rows[2][..6],
        ["0.2", "draft,", "sent", "out", "2026-02-04", "0.1"]
    );
    assert_eq!(rows[2][7..], ["regionrådet,", "RR-1"]);
    assert_eq!(rows[3][..4], ["1.0", "adopted", "2026-03-04", "0.2"]);
    assert_eq!(rows[4][..4], ["1.1", "working", "2026-03-05", "1.0"]);

    let listed = case.utkast(&["versions", "--format", "json"]);
    let all: serde_json::Value = serde_json::from_str(&listed.out).expect("it is JSON");
    assert_eq!(all[1]["body"]["name"], "regionrådet");
    assert_eq!(all[1]["sent_out"], true);
    assert_eq!(all[2]["round"]["by"], "Kari");
    assert_eq!(all[2]["decisions"][0]["vote"], "Enstemmig");
    assert_eq!(all[2]["based_on"], "0.2");
    assert_eq!(all[3]["note"], "Rullering");
    let digest = all[3]["digest"].as_str().expect("it has one");
    assert!(rows[4].contains(&digest[..12].to_owned()));
}

#[test]
fn a_frozen_version_holds_every_byte_of_the_sources() {
    // A text with a mark of order, line ends of Windows and a letter in parts is kept as it came.
    let odd = "\u{feff}+++\r\ntitle = \"Drift\"\r\n+++\r\n\r\nRa\u{30a}d.\r\n";
    let case = strategy().with("challenges/drift.md", odd);
    frozen(&case, "--status working --date 2026-01-05");
    let mut sources = files_of(&case.path("strategy"));
    sources.retain(|(path, _)| !path.starts_with("versions/"));
    let kept = files_of(&case.path("strategy/versions/0.1/sources"));
    assert_eq!(kept, sources);
    let files = files_of(&case.path("strategy/versions/0.1"));
    let rest = files.iter().map(|(path, _)| path.as_str());
    let rest: Vec<_> = rest.filter(|path| !path.starts_with("sources/")).collect();
    assert_eq!(rest, ["manifest.toml", "strategy.html", "strategy.pdf"]);
}

#[test]
fn the_printed_digest_can_be_worked_out_from_the_manifest_by_anybody() {
    let case = strategy();
    frozen(&case, "--status working --date 2026-01-05 --note Først");
    let folder = case.path("strategy/versions/0.1");
    let manifest = fs::read_to_string(folder.join("manifest.toml")).expect("it is there");
    let from = manifest.find("number = ").expect("it has a number");
    let to = manifest.find("digest = ").expect("it has a digest");
    let digest = utkast::files::sha256_hex(&manifest.as_bytes()[from..to]);
    assert!(manifest[to..].starts_with(&format!("digest = \"{digest}\"")));
    let page = fs::read_to_string(folder.join("strategy.html")).expect("it is there");
    assert!(utkast::html::text_of(&page).contains(&digest[..12]));
}

#[test]
fn the_document_of_the_next_build_has_the_next_number() {
    let case = strategy();
    frozen(&case, "--status working --date 2026-01-05");
    let ran = case.utkast(&["build"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let record = fs::read_to_string(case.path("out/build.json")).expect("it is there");
    let record: serde_json::Value = serde_json::from_str(&record).expect("it is JSON");
    assert_eq!(record["version"], "0.2");
}

#[test]
fn a_number_that_exists_is_refused_and_a_build_goes_on_with_the_next() {
    let case = Case::minimal().replace("strategy.toml", "2025-04-11", "2026-12-31");
    frozen(&case, "--status working --date 2026-01-05");
    let said = ["version 0.1 is frozen already", "write 0.2 or a higher one"];
    refused(&case, "--status working --date 2026-01-06", 2, &said);
    case.warning(
        "V001",
        "strategy.toml:32:10",
        "frozen already",
        "remove `number`",
    );
    let case = case.replace("strategy.toml", "\"0.1\"", "\"0.0\"");
    refused(
        &case,
        "--status working",
        2,
        &["is lower than a frozen version"],
    );
    let case = case.replace("strategy.toml", "\"0.0\"", "\"3.0\"");
    refused(
        &case,
        "--status working",
        2,
        &["version 3.0 does not follow the last frozen version"],
    );
    let case = case.replace("strategy.toml", "\"3.0\"", "\"0.5\"");
    assert_eq!(case.check(), [], "a number of one's own may leave some out");
    frozen(&case, "--status working --date 2026-01-06");
    assert!(case.path("strategy/versions/0.5/manifest.toml").exists());
    // Twice the same arguments cannot write over anything.
    refused(
        &case,
        "--status working --date 2026-01-06",
        2,
        &["version 0.5 is frozen already"],
    );
}

#[test]
fn errors_in_the_document_stop_a_release() {
    let case = strategy().with(
        "challenges/drift.md",
        "+++\ntitle = \"Drift\"\n+++\n\n[x](goal/x)\n",
    );
    let said = ["error[M001]", "Nothing was frozen: 1 error"];
    refused(&case, "--status working --date 2026-01-05", 1, &said);
    let case = Case::empty();
    let ran = case.utkast(&["release", "nowhere", "--status", "working"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("there is no folder"), "{}", ran.err);
}

#[test]
fn dates_and_statuses_go_forward() {
    let case = strategy();
    frozen(&case, "--status proposed --date 2026-02-05");
    let said = [
        "V003",
        "would be dated 2026-02-04, before version 0.1 of 2026-02-05",
    ];
    refused(&case, "--status proposed --date 2026-02-04", 1, &said);
    let said = [
        "V004",
        "from `proposed` to `draft` without a reason",
        "`--note`",
    ];
    refused(&case, "--status draft --date 2026-02-05", 1, &said);
    // A word that the sources have on the version before is no reason.
    let case = case.replace(
        "strategy.toml",
        "date = 2026-12-31",
        "date = 2026-12-31\nnote = \"Forslag.\"",
    );
    refused(&case, "--status draft --date 2026-02-05", 1, &said);
    frozen(
        &case,
        "--status draft --date 2026-02-05 --note Sendt_tilbake.",
    );
}

#[test]
fn what_was_not_adopted_cannot_be_superseded() {
    let case = strategy();
    let said = ["V006", "only an adopted strategy can be superseded"];
    refused(&case, "--status superseded --date 2026-02-05", 1, &said);
    let case = decided(case, "2026-02-05", "RR-1");
    frozen(&case, "--status adopted --date 2026-02-05");
    frozen(&case, "--status superseded --date 2026-12-05");
    assert!(case.path("strategy/versions/1.1/manifest.toml").exists());
}

#[test]
fn an_adopted_version_has_a_decision_of_its_own() {
    let case = strategy();
    refused(
        &case,
        "--status adopted --date 2026-02-05",
        1,
        &["V007", "needs a recorded decision"],
    );
    let case = decided(case, "2026-02-06", "RR-1");
    let said = [
        "V007",
        "the decision is dated after 2026-02-05",
        "--date 2026-02-06",
    ];
    refused(&case, "--status adopted --date 2026-02-05", 1, &said);
    frozen(&case, "--status adopted --date 2026-02-06");
    let said = ["V007", "version 1.1 needs a decision of its own"];
    refused(&case, "--status adopted --date 2026-03-06", 1, &said);
    // Words of the old decision that are mended make no new one.
    let case = case.replace("strategy.toml", "Enstemmig", "enstemmig");
    let case = case.replace(
        "strategy.toml",
        "name = \"regionrådet\"",
        "name = \"rådet\"",
    );
    refused(&case, "--status adopted --date 2026-03-06", 1, &said);
    // A second body decides of the same version: that is a decision of its own.
    let case = decided(case, "2026-03-06", "RR-9");
    frozen(&case, "--status adopted --date 2026-03-06");
    let case = decided(case, "\"2026-W11\"", "RR-10");
    refused(
        &case,
        "--status adopted --date 2026-04-06",
        1,
        &["a version can be frozen only when the day"],
    );
}

#[test]
fn the_body_of_a_version_is_one_that_is_listed() {
    let case = strategy();
    let words = "--status draft --date 2026-02-05 --case RR-1 --body regionraadet";
    refused(
        &case,
        words,
        1,
        &[
            "V005",
            "there is no body `regionraadet`",
            "did you mean `regionradet`?",
        ],
    );
    let ran = release(&case, "--status draft --body regionradet");
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("--case"), "{}", ran.err);
}

#[test]
fn after_a_version_was_sent_out_a_person_says_whether_it_must_be_sent_out_again() {
    let case = strategy();
    let nobody = "--status working --date 2026-01-05 --new-round not-needed --by Kari --reason Ja";
    refused(&case, nobody, 1, &["V008", "no version was sent out"]);
    frozen(&case, "--status consultation --date 2026-02-05 --sent-out");
    let said = ["V008", "version 0.1 was sent out", "`--new-round needed`"];
    refused(&case, "--status consultation --date 2026-03-05", 1, &said);
    let needed = "--date 2026-03-05 --new-round needed --by Kari --reason Tiltak";
    let said = ["V008", "a new round is needed since version 0.1, says Kari"];
    refused(&case, &format!("--status proposed {needed}"), 1, &said);
    // Answers without a name or a reason are none.
    let ran = release(&case, "--status proposed --new-round not-needed");
    assert_eq!(ran.status, 2);
    // What Kari has said is not taken back by a version that is not sent out.
    frozen(&case, &format!("--status consultation {needed}"));
    let settled = "--new-round not-needed --by Per --reason Ordlyd";
    let said = ["V008", "says Kari"];
    refused(
        &case,
        &format!("--status proposed --date 2026-03-05 {settled}"),
        1,
        &said,
    );
    frozen(&case, &format!("--status consultation --sent-out {needed}"));
    let case = decided(case, "2026-04-05", "RR-1");
    frozen(
        &case,
        &format!("--status adopted --date 2026-04-05 {settled}"),
    );
    // What was adopted has ended the round.
    frozen(&case, "--status working --date 2026-05-05 --note Rullering");
}

#[test]
fn arguments_that_are_no_days_and_no_words_are_refused() {
    let case = strategy();
    for (words, said) in [
        ("--status draft --date 5.2.2026", "write it like 2025-04-11"),
        ("--status draft --date 2026-02-05T10:00", "not a date"),
        ("--status draft --date 2926-01-01", "outside the years"),
        ("--status draft --date 2026-02-30", "not a date"),
        ("--status sent", "working, first_draft"),
        ("--date 2026-02-05", "--status"),
    ] {
        refused(&case, words, 2, &[said]);
    }
    let ran = case.utkast(&[
        "release",
        "strategy",
        "--status",
        "draft",
        "--note",
        "to\nlinjer",
    ]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("one line"), "{}", ran.err);
}

#[test]
fn after_the_highest_number_no_version_is_frozen_under_one_that_cannot_be_read() {
    let case = strategy().replace("strategy.toml", "status =", "number = \"0.9999\"\nstatus =");
    frozen(&case, "--status working --date 2026-01-05");
    let case = case.replace("strategy.toml", "number = \"0.9999\"\n", "");
    let said = ["there is no number after it", "write `number = \"1.0\"`"];
    refused(&case, "--status working --date 2026-02-05", 2, &said);
}

#[test]
fn a_damaged_manifest_stops_every_build_and_names_the_file() {
    let case = strategy();
    frozen(&case, "--status working --date 2026-01-05");
    let case = case.replace("versions/0.1/manifest.toml", "2026-01-05", "2026-01-04");
    case.error(
        "L030",
        "versions/0.1/manifest.toml:1:1",
        "was changed after",
        "from a copy",
    );
    refused(&case, "--status draft --date 2026-02-05", 1, &["L030"]);
    let case = case.with("versions/0.1/manifest.toml", "seal = ");
    refused(
        &case,
        "--status draft --date 2026-02-05",
        1,
        &["L005", "manifest.toml"],
    );
    let case = case.without("versions/0.1/manifest.toml");
    let said = [
        "version 0.1 was changed after it was frozen",
        "`manifest.toml` was removed",
    ];
    refused(&case, "--status draft --date 2026-02-05", 2, &said);
    assert_eq!(case.check()[0].code, "L031");
}

#[test]
fn a_version_of_a_newer_program_is_refused_with_its_number() {
    let case = strategy();
    frozen(&case, "--status working --date 2026-01-05");
    let path = "versions/0.1/manifest.toml";
    let program = format!("program = \"{}\"\n", env!("CARGO_PKG_VERSION"));
    let newer = "program = \"99.1.0\"\nmood = \"calm\"\n";
    // Whoever changes the word alone has a damaged manifest, and not one of a newer program.
    let damaged = case.replace(path, &program, "program = \"99.1.0\"\n");
    assert_eq!(damaged.check()[0].code, "L030");
    let case = sealed_anew(damaged, path, "program = \"99.1.0\"\n", newer);
    case.error(
        "L029",
        path,
        "frozen by the newer utkast 99.1.0",
        "use utkast 99.1.0 or newer",
    );
    refused(
        &case,
        "--status draft --date 2026-02-05",
        1,
        &["L029", "99.1.0"],
    );
    for (command, status) in [("versions", 1), ("verify", 1), ("check --of 0.1", 2)] {
        let words: Vec<_> = command.split(' ').collect();
        let ran = case.utkast(&words);
        assert_eq!(ran.status, status, "{command}");
        let said = format!("{}{}", ran.out, ran.err);
        assert!(said.contains("utkast 99.1.0"), "{command}: {said}");
    }
}

#[test]
fn a_chain_that_does_not_hold_stops_every_build() {
    let case = strategy();
    for _ in 0..3 {
        frozen(&case, "--status working --date 2026-01-05");
    }
    let versions = case.path("strategy/versions");
    fs::remove_dir_all(versions.join("0.2")).expect("it was there");
    let place = "versions/0.3/manifest.toml";
    let said = "version 0.3 follows version 0.2, but version 0.1 comes right before it";
    case.error("V002", place, said, "from a copy");
    fs::rename(versions.join("0.3"), versions.join("0.2")).expect("nothing is in the way");
    let place = "versions/0.2/manifest.toml";
    let found = case.check();
    assert_eq!(
        (found[0].code.as_str(), found[0].place.as_str()),
        ("V002", place)
    );
    assert!(
        found[0]
            .message
            .contains("version 0.3 is in the folder `0.2`")
    );
}

#[test]
fn of_two_releases_at_once_the_second_is_refused_by_name() {
    let case = strategy();
    let lock = case.path("strategy/.utkast-lock");
    fs::write(&lock, "process 7\n").expect("there is room");
    let held = File::open(&lock).expect("it is there");
    held.lock().expect("nobody has it");
    let said = [
        "another release of `strategy` is running (process 7)",
        "wait until it is finished",
    ];
    refused(&case, "--status working --date 2026-01-05", 2, &said);
    // Who only reads is not kept waiting, and leaves the other alone.
    assert_eq!(case.utkast(&["check"]).status, 0);
    assert!(lock.exists());
    drop(held);
    frozen(&case, "--status working --date 2026-01-05");
    assert!(!lock.exists());
}

#[test]
fn the_work_is_not_dated_before_the_last_version() {
    let case = strategy();
    frozen(&case, "--status working --date 2026-01-05");
    assert_eq!(case.check(), []);
    let case = case.replace("strategy.toml", "2026-12-31", "2025-04-11");
    let said = "dated 2025-04-11, before the last frozen version, 2026-01-05";
    case.warning(
        "V009",
        "strategy.toml:33:8",
        said,
        "2026-01-05 or a later day",
    );
    let case = case.replace("strategy.toml", "2025-04-11", "2026-01-05");
    assert_eq!(case.check(), []);
}

#[test]
fn nothing_is_frozen_upon_a_version_that_was_changed() {
    let case = strategy();
    frozen(&case, "--status working --date 2026-01-05");
    let case = case.replace("versions/0.1/sources/chapters/mal.md", "goals", "goals ");
    let said = [
        "version 0.1 was changed after it was frozen",
        "`sources/chapters/mal.md` was changed",
    ];
    refused(&case, "--status working --date 2026-01-05", 2, &said);
}

#[test]
fn only_drafts_are_sent_out_and_say_so() {
    let case = strategy();
    for status in ["working", "adopted"] {
        let words = format!("--status {status} --date 2026-01-05 --sent-out");
        refused(&case, &words, 2, &["cannot be circulated for comment"]);
    }
    frozen(&case, "--status draft --date 2026-01-05 --sent-out");
    let page = fs::read_to_string(case.path("strategy/versions/0.1/strategy.html"));
    let page = page.expect("it is there");
    assert!(page.contains(&Case::label("nb", "status_text_sent_out")));
}
