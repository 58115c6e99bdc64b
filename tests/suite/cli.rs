//! Commands, their exit status, and what they leave on the disk.

use crate::support::{Case, files_of, repository, rules};
use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use utkast::language::of_documents;

#[test]
fn help_of_every_command_ends_with_an_example() {
    let case = Case::empty();
    for command in [
        "build", "check", "diff", "explain", "new", "release", "schema", "status", "tree",
        "verify", "versions", "watch",
    ] {
        let ran = case.utkast(&[command, "--help"]);
        assert_eq!(ran.status, 0);
        let (_, example) = ran
            .out
            .split_once("Example:\n")
            .expect("it shows an example");
        assert!(
            example
                .trim_start()
                .starts_with(&format!("utkast {command}")),
            "{example}"
        );
        let first = ran.out.lines().next().unwrap_or_default();
        assert!(!first.ends_with('.'), "`{first}` is no sentence");
    }
    assert_eq!(
        case.utkast(&["--version"]).out,
        concat!("utkast ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn arguments_that_make_no_sense_end_with_2() {
    let case = Case::minimal();
    let lines: [&[&str]; 5] = [
        &[],
        &["bulid"],
        &["build", "--format", "docx"],
        &["check", "--deny", "errors"],
        &["new", "x"],
    ];
    for line in lines {
        let ran = case.utkast(line);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{line:?}");
    }
    assert!(case.utkast(&["bulid"]).err.contains("'build'"));
}

#[test]
fn build_writes_page_pdf_and_record_and_says_so_in_a_sentence() {
    let case = Case::minimal();
    let ran = case.utkast(&["build"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert_eq!(
        ran.err,
        "Wrote strategy.html, strategy.pdf, build.json to out: no errors and no warnings.\n"
    );
    let names: Vec<_> = files_of(&case.path("out"))
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["build.json", "strategy.html", "strategy.pdf"]);
}

#[test]
fn line_numbers_stand_in_the_pdf_and_are_not_read() {
    let case = Case::minimal();
    let pdf = |arguments: &[&str]| {
        let ran = case.utkast(arguments);
        assert_eq!(ran.status, 0, "{}", ran.err);
        fs::read(case.path("out/strategy.pdf")).expect("it is there")
    };
    let plain = pdf(&["build", "--format", "pdf"]);
    let numbered = pdf(&["build", "--format", "pdf", "--line-numbers"]);
    assert!(plain != numbered);
    let read = |bytes: &[u8]| utkast::pdf::read(bytes).expect("our own").to_string();
    assert_eq!(read(&plain), read(&numbered));
}

#[test]
fn the_record_names_sources_and_outputs_and_no_path_of_the_machine() {
    let case = Case::minimal().with(
        "images.toml",
        "[[images]]\nid = \"a\"\npending = \"Kommer.\"\nalt = \"\"\n",
    );
    let root = case.path("strategy");
    let root = root.to_str().expect("it is a word");
    assert_eq!(case.utkast(&["build", root]).status, 0);
    let record = fs::read_to_string(case.path("out/build.json")).expect("it is there");
    assert!(!record.contains(root), "{record}");
    let record: serde_json::Value = serde_json::from_str(&record).expect("it is JSON");
    assert_eq!(record["version"], "0.1");
    assert_eq!(record["status"], "working");
    assert_eq!(record["date"], "2025-04-11");
    assert_eq!(record["diagnostics"][0]["code"], "C004");
    assert_eq!(record["diagnostics"][0]["file"], "images.toml");
    let sources = record["sources"].as_array().expect("it is a list");
    assert_eq!(sources.len(), files_of(&case.path("strategy")).len());
    assert_eq!(record["outputs"][1]["path"], "strategy.pdf");
    assert_eq!(
        record["outputs"][1]["sha256"].as_str().map(str::len),
        Some(64)
    );
}

#[test]
fn one_format_may_be_asked_for() {
    let case = Case::minimal();
    assert_eq!(
        case.utkast(&["build", "-o", "p", "--format", "html"])
            .status,
        0
    );
    let names: Vec<_> = files_of(&case.path("p"))
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["build.json", "strategy.html"]);
}

#[test]
fn two_builds_give_the_same_bytes_wherever_and_whenever_they_run() {
    let here = Case::copy_of("templates/new/nb");
    assert_eq!(here.utkast(&["build"]).status, 0);
    let first = files_of(&here.path("out"));
    assert_eq!(here.utkast(&["build"]).status, 0);
    assert_eq!(first, files_of(&here.path("out")), "a second build");

    let elsewhere = Case::copy_of("templates/new/nb");
    let zones = [
        ("TZ", "Pacific/Kiritimati"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "C"),
    ];
    let whole = elsewhere.path("strategy");
    let whole = whole.to_str().expect("it is a word");
    let ran = elsewhere.utkast_with(&["build", whole, "-o", "a/b"], &zones);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(
        first,
        files_of(&elsewhere.path("a/b")),
        "another place, time zone and language"
    );
}

#[test]
fn a_source_date_that_is_no_number_is_refused() {
    let case = Case::minimal();
    for wrong in ["yesterday", "", "99999999999999"] {
        let ran = case.utkast_with(&["build"], &[("SOURCE_DATE_EPOCH", wrong)]);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains("SOURCE_DATE_EPOCH"), "{}", ran.err);
        assert!(ran.err.contains("seconds since 1970"), "{}", ran.err);
    }
    let ran = case.utkast_with(&["build"], &[("SOURCE_DATE_EPOCH", "1744329600")]);
    assert_eq!(ran.status, 0, "{}", ran.err);
}

#[test]
fn errors_in_the_document_leave_the_former_outputs_as_they_were() {
    let case = Case::minimal();
    assert_eq!(case.utkast(&["build"]).status, 0);
    let before = files_of(&case.path("out"));
    let case = case.replace("strategy.toml", "first = 2026", "first = 2036");
    let ran = case.utkast(&["build"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("error[M004]"), "{}", ran.err);
    assert!(
        ran.err.ends_with("Nothing was written: 1 error.\n"),
        "{}",
        ran.err
    );
    assert_eq!(files_of(&case.path("out")), before);
}

#[test]
fn a_file_in_place_of_the_output_folder_is_left_alone() {
    let case = Case::minimal();
    fs::write(case.path("out"), "mine").expect("it can be written");
    let ran = case.utkast(&["build"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("cannot write to `out`"), "{}", ran.err);
    assert!(
        ran.err.contains("choose another folder with `--out`"),
        "{}",
        ran.err
    );
    assert_eq!(fs::read(case.path("out")).expect("it is there"), b"mine");
}

#[test]
fn a_folder_in_place_of_an_output_leaves_the_other_outputs_whole() {
    let case = Case::minimal();
    assert_eq!(case.utkast(&["build"]).status, 0);
    fs::remove_file(case.path("out/strategy.pdf")).expect("it was there");
    fs::create_dir(case.path("out/strategy.pdf")).expect("it can be made");
    let before = files_of(&case.path("out"));
    let case = case.replace("strategy.toml", "Strategi 2026", "Ny strategi 2026");
    let ran = case.utkast(&["build"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("strategy.pdf` is a folder"), "{}", ran.err);
    assert_eq!(
        files_of(&case.path("out")),
        before,
        "nothing is half written"
    );
}

#[test]
fn outputs_are_not_put_among_the_sources() {
    let case = Case::minimal();
    let ran = case.utkast(&["build", "-o", "strategy/out"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("is inside the folder of the strategy"),
        "{}",
        ran.err
    );
    assert!(!case.path("strategy/out").exists());
}

#[test]
fn check_reports_in_four_formats_on_the_standard_output() {
    let case = Case::minimal().replace("strategy.toml", "first = 2026", "first = 2036");
    let text = case.utkast(&["check"]);
    assert_eq!(text.status, 1);
    assert!(
        text.out.starts_with("error[M004]: the period ends in 2029"),
        "{}",
        text.out
    );
    assert!(
        text.out.contains("--> strategy/strategy.toml:22:1"),
        "{}",
        text.out
    );
    assert_eq!(text.err, "Checked strategy: 1 error.\n");
    let json = case.utkast(&["check", "--format", "json"]);
    assert!(json.out.starts_with('['));
    let github = case.utkast(&["check", "--format", "github"]);
    assert!(
        github
            .out
            .starts_with("::error file=strategy/strategy.toml,line=22,"),
        "{}",
        github.out
    );
    let sarif = case.utkast(&["check", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&sarif.out).expect("it is JSON");
    let named = log["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .map(Vec::len);
    assert_eq!(named, Some(rules().len()));
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "M004");
    for ran in [json, github, sarif] {
        assert_eq!(ran.status, 1);
    }
}

#[test]
fn warnings_are_errors_only_when_they_are_denied() {
    let pending = "[[images]]\nid = \"a\"\npending = \"Kommer.\"\n";
    let case = Case::minimal().with("images.toml", pending);
    assert_eq!(case.utkast(&["check"]).status, 0);
    assert_eq!(case.utkast(&["check", "--deny", "warnings"]).status, 1);
    assert_eq!(
        Case::minimal()
            .utkast(&["check", "--deny", "warnings"])
            .status,
        0
    );
}

#[test]
fn explain_takes_a_code_or_a_name_and_knows_what_was_meant() {
    let case = Case::empty();
    let by_code = case.utkast(&["explain", "m001"]);
    assert_eq!(by_code.status, 0);
    assert!(
        by_code
            .out
            .starts_with("M001 unknown-reference (error)\n\n# "),
        "{}",
        by_code.out
    );
    assert_eq!(
        by_code.out,
        case.utkast(&["explain", "unknown-reference"]).out
    );
    for rule in rules() {
        let said = case.utkast(&["explain", rule.code]).out;
        assert!(
            said.contains("## Why") && !said.contains("shown in tests"),
            "{said}"
        );
    }
    let wrong = case.utkast(&["explain", "unknown-referense"]);
    assert_eq!((wrong.status, wrong.out.as_str()), (2, ""));
    assert!(
        wrong.err.contains("did you mean `unknown-reference`?"),
        "{}",
        wrong.err
    );
    let other = case.utkast(&["explain", "nosuch"]).err;
    assert!(other.contains("a list of all rules"), "{other}");
    let list = case.utkast(&["explain"]);
    assert_eq!(list.out.lines().count(), rules().len());
}

#[test]
fn a_new_strategy_builds_without_a_word_in_each_language() {
    for language in of_documents().map(|(language, _)| language.tag) {
        let case = Case::empty();
        let ran = case.utkast(&["new", "strategy", "--language", language]);
        assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{}", ran.err);
        let starter = repository(&format!("templates/new/{language}"));
        assert_eq!(
            files_of(&case.path("strategy")),
            files_of(&starter),
            "touch src/cli/new.rs"
        );
        assert_eq!(case.check(), []);
        assert_eq!(case.utkast(&["build"]).status, 0);
    }
}

#[test]
fn a_new_strategy_writes_over_nothing() {
    let case = Case::minimal();
    let before = files_of(&case.path("strategy"));
    let ran = case.utkast(&["new", "strategy", "--language", "nb"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("not an empty folder"), "{}", ran.err);
    assert_eq!(files_of(&case.path("strategy")), before);
    fs::create_dir(case.path("empty")).expect("it can be made");
    assert_eq!(case.utkast(&["new", "empty", "-l", "en"]).status, 0);
}

#[test]
fn schemas_are_printed_one_or_all_or_written_to_a_folder() {
    let case = Case::empty();
    let one = case.utkast(&["schema", "measure"]);
    assert_eq!(one.status, 0);
    let schema: serde_json::Value = serde_json::from_str(&one.out).expect("it is JSON");
    assert!(schema["properties"]["comes_from"].is_object());
    let all = case.utkast(&["schema"]);
    let all: serde_json::Value = serde_json::from_str(&all.out).expect("it is JSON");
    assert_eq!(all["measure"], schema);
    assert_eq!(case.utkast(&["schema", "-o", "schemas"]).status, 0);
    let written =
        fs::read_to_string(case.path("schemas/measure.schema.json")).expect("it is there");
    assert_eq!(written, one.out);
    let wrong = case.utkast(&["schema", "mesure"]);
    assert_eq!(wrong.status, 2);
    assert!(
        wrong.err.contains("did you mean `measure`?"),
        "{}",
        wrong.err
    );
}

#[test]
fn a_reader_who_closes_the_pipe_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_utkast"))
        .arg("schema")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let mut said = String::new();
    let mut err = child.stderr.take().expect("it is a pipe");
    err.read_to_string(&mut said).expect("it says words");
    let status = child.wait().expect("it ends");
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}

#[test]
fn check_finds_what_build_finds_and_writes_nothing() {
    let case = Case::minimal().with(
        "challenges/drift.md",
        "+++\ntitle = \"Drift\"\n+++\n\nVelkommen! 🎉\n",
    );
    let case = case.with(
        "templates/credits.html",
        "<p class=\"red\">Bildene kommer.</p>\n",
    );
    let found = case.check();
    let codes: Vec<_> = found.iter().map(|f| f.code.as_str()).collect();
    assert_eq!(codes, ["T001", "R007"], "of typesetting and of templates");
    assert!(!case.path("out").exists());
    assert_eq!(case.utkast(&["build"]).status, 0);
    let record = fs::read_to_string(case.path("out/build.json")).expect("it is there");
    let record: serde_json::Value = serde_json::from_str(&record).expect("it is JSON");
    let said = record["diagnostics"].as_array().expect("it is a list");
    let built: Vec<_> = said.iter().map(|d| d["code"].as_str()).collect();
    assert_eq!(built, codes.into_iter().map(Some).collect::<Vec<_>>());
}

/// Runs a build that may write files of at most eight blocks: as on a full disk, or, if the signal
/// is not ignored, as if it were killed in the middle.
#[cfg(unix)]
fn build_with_little_room(case: &Case, ignore: &str) -> std::process::Output {
    let script = format!("{ignore} ulimit -f 8; exec \"$0\" build");
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_utkast")]);
    command.current_dir(case.path("."));
    command.output().expect("there is a shell")
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_leaves_the_former_outputs_whole() {
    let case = Case::minimal();
    assert_eq!(case.utkast(&["build"]).status, 0);
    let before = files_of(&case.path("out"));
    let case = case.replace("strategy.toml", "Strategi 2026", "Ny strategi 2026");
    let ran = build_with_little_room(&case, "trap '' XFSZ;");
    let err = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2), "{err}");
    assert!(err.contains("cannot write to `out`: "), "{err}");
    assert!(err.contains("nothing was changed"), "{err}");
    assert_eq!(
        files_of(&case.path("out")),
        before,
        "and nothing beside them"
    );
}

#[cfg(unix)]
#[test]
fn a_build_that_is_killed_while_it_writes_leaves_the_former_outputs_whole() {
    let case = Case::minimal();
    assert_eq!(case.utkast(&["build"]).status, 0);
    let before = files_of(&case.path("out"));
    let case = case.replace("strategy.toml", "Strategi 2026", "Ny strategi 2026");
    let ran = build_with_little_room(&case, "");
    assert_eq!(ran.status.code(), None, "a signal ends it");
    let after = files_of(&case.path("out"));
    let outputs = after
        .into_iter()
        .filter(|(name, _)| !name.starts_with(".utkast-"));
    assert_eq!(outputs.collect::<Vec<_>>(), before);
    assert_eq!(
        case.utkast(&["build"]).status,
        0,
        "and is no hindrance to the next one"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_says_so() {
    let case = Case::minimal();
    let ran = case.utkast(&["build", "-o", "/proc/utkast"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("cannot write to `/proc/utkast`: "),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("choose another folder with `--out`"),
        "{}",
        ran.err
    );
}

#[test]
fn tree_prints_what_a_pdf_tells_those_who_do_not_see_it() {
    let case = Case::minimal();
    assert_eq!(case.utkast(&["build"]).status, 0);
    let ran = case.utkast(&["tree", "out/strategy.pdf"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.starts_with("title \"Strategi 2026"), "{}", ran.out);
    for line in ["language \"nb\"", "Document", "bookmarks"] {
        assert!(ran.out.lines().any(|l| l == line), "{line}: {}", ran.out);
    }
    assert!(ran.out.contains("    H1\n"), "{}", ran.out);
}

#[test]
fn tree_says_why_there_is_no_tree_to_be_printed() {
    let case = Case::minimal();
    assert_eq!(case.utkast(&["build"]).status, 0);
    let pdf = fs::read(case.path("out/strategy.pdf")).expect("it is there");
    fs::write(case.path("cut.pdf"), &pdf[..pdf.len() / 2]).expect("there is room");
    for name in ["untagged.pdf", "encrypted.pdf"] {
        let from = repository("tests/cases/tree").join(name);
        fs::copy(from, case.path(name)).expect("there is room");
    }
    for (name, why) in [
        ("gone.pdf", "cannot read `gone.pdf`"),
        ("strategy", "cannot read `strategy`"),
        ("strategy/strategy.toml", "this is not a PDF"),
        ("cut.pdf", "the PDF cannot be read"),
        ("untagged.pdf", "the PDF has no structure tree"),
        ("encrypted.pdf", "the PDF is protected by a password"),
    ] {
        let ran = case.utkast(&["tree", name]);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{name}");
        assert!(ran.err.starts_with("error: "), "{}", ran.err);
        assert!(
            ran.err.contains(name) && ran.err.contains(why),
            "{}",
            ran.err
        );
    }
}
