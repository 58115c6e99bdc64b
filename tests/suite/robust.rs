//! Input that nobody writes in good faith, and words that could be lost or let out without a word.

use crate::support::{Case, Found, IMAGE, files_of};
use serde_json::Value;
use std::fs;

const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 60\">\
                       <rect width=\"90\" height=\"60\" fill=\"#0b3c5d\"/></svg>";

/// The page of a build that is sure to be written.
#[track_caller]
fn page(case: &Case) -> String {
    let ran = case.utkast(&["build"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    fs::read_to_string(case.path("out/strategy.html")).expect("it was written")
}

fn json(case: &Case, path: &str) -> Value {
    let text = fs::read_to_string(case.path(path)).expect("it was written");
    serde_json::from_str(&text).expect("it is JSON")
}

fn names(case: &Case, folder: &str) -> Vec<String> {
    let files = files_of(&case.path(folder)).into_iter();
    files.map(|(name, _)| name).collect()
}

fn codes(found: &[Found]) -> Vec<&str> {
    found.iter().map(|f| f.code.as_str()).collect()
}

#[test]
fn marks_without_end_end_in_a_diagnostic() {
    const MANY: usize = 100_000;
    let stairs: String = (0..400)
        .map(|n| format!("{}- a\n", "  ".repeat(n)))
        .collect();
    let too_deep = [
        format!("{}Dypt.", ">".repeat(MANY)),
        format!("{}Dypt.", "- ".repeat(MANY)),
        stairs,
        "*a _a ".repeat(2000) + &"a_ a* ".repeat(2000),
        "**a ".repeat(5000) + &"a** ".repeat(5000),
    ];
    for body in too_deep {
        let found = Case::challenge(&body).check();
        assert!(
            codes(&found).contains(&"L022"),
            "{}: {found:#?}",
            &body[..40]
        );
    }
    // The key that is unknown ends the run before pages are set: reading is what is tested here.
    for sign in [
        "[",
        "*_",
        "![",
        "](",
        "<!--",
        "<",
        "`",
        "|",
        "&#",
        "\\",
        "[a](https:b)",
        "[a]: b\n",
        "[^a]",
        "[^a]: b\n",
        "[^a]: > ",
        "[b[^a]](c)\n\n[^a]: d\n\n",
        "[a](lang/en)",
        "{#",
        "{#a}\n\n",
        "a {#b}\n\n",
        "~~",
        "\n: ",
        "- [ ] a\n",
        "![](a)",
    ] {
        let text = format!("+++\nfeil = 1\n+++\n\n{}\n", sign.repeat(MANY));
        let case = Case::minimal().with("challenges/drift.md", text);
        let found = case.check();
        assert!(codes(&found).contains(&"L006"), "`{sign}`");
    }
}

#[test]
fn facts_without_end_end_in_a_diagnostic() {
    for value in [
        "[".repeat(100_000),
        "{a=".repeat(100_000),
        "a.".repeat(100_000),
    ] {
        let case = Case::minimal().with("sources.toml", format!("sources = {value}"));
        let found = case.check();
        assert!(codes(&found).contains(&"L005"), "{:#?}", found.first());
    }
}

#[test]
fn a_comment_of_several_lines_is_not_let_out() {
    let case =
        Case::challenge("Vi deler kontor.\n\n<!-- Hemmelig\nnotat\n\ntil oss -->\n\nOg bil.");
    assert_eq!(case.check(), []);
    let page = page(&case);
    assert!(page.contains("Og bil."));
    for word in ["Hemmelig", "notat", "til oss"] {
        assert!(!page.contains(word), "`{word}` is in the page");
    }
}

#[test]
fn words_between_two_comments_are_shown_with_a_warning() {
    let case = Case::challenge("<!-- a --> VIKTIG <!-- b -->");
    case.warning(
        "L013",
        "challenges/drift.md:5:12",
        "shown as text",
        "Markdown",
    );
    assert!(page(&case).contains("VIKTIG"));
}

#[test]
fn a_comment_that_does_not_end_is_shown_with_a_warning() {
    let case = Case::challenge("<!-- notat\n\nResten av teksten.");
    case.warning(
        "L013",
        "challenges/drift.md:5:1",
        "does not end",
        "write `-->`",
    );
    assert!(page(&case).contains("Resten av teksten."));
}

#[test]
fn a_credit_shows_name_and_address() {
    let both = "{ name = \"Kari Nordmann\", address = \"havn.example\", position = \"øverst\" }";
    let toml = IMAGE.replace("FILE", "images/havn.svg");
    let toml = toml.replace("{ name = \"Sekretariatet\" }", both);
    let case = Case::challenge("![](image/havn)").with("images.toml", toml);
    let page = page(&case.with("images/havn.svg", DRAWING));
    assert!(
        page.contains("Kari Nordmann / havn.example (øverst)"),
        "{page}"
    );
}

#[test]
fn a_file_that_is_no_picture_is_told_what_it_is() {
    let hint = "use a file in PNG, JPEG or SVG";
    let case = Case::image("challenges/drift.md");
    let message = "`challenges/drift.md` is a text in Markdown, not a picture";
    case.error("L008", "images.toml:3:8", message, hint);
    let case = Case::image("images/havn.txt").with("images/havn.txt", DRAWING);
    case.error(
        "L008",
        "images.toml:3:8",
        "a file with the extension `.txt`",
        hint,
    );
    let case = Case::image("images/havn.png").with("images/havn.png", "GIF89a");
    let message = "neither PNG nor JPEG, but GIF";
    case.error("C101", "images.toml:3:8", message, "save it again");
}

#[test]
fn the_ending_of_a_drawing_may_be_in_capitals() {
    let case = Case::image("images/HAVN.SVG").with("images/HAVN.SVG", DRAWING);
    assert_eq!(case.check(), []);
    assert!(page(&case).contains("<rect"));
}

#[test]
fn years_beyond_all_calendars_are_named() {
    let plan = |year: &str, weeks: &str| {
        let step = "id = \"a\"\nbody = \"body/regionradet\"\nactivity = \"Møte\"";
        let who = "responsible = [\"role/koordinator\"]";
        let plan = format!("year = {year}\n\n[[steps]]\n{step}\nweeks = {weeks}\n{who}\n");
        Case::minimal().with("process.toml", plan)
    };
    let hint = "a number from 1800 to 2200";
    plan("9999", "52").error("L008", "process.toml:1:8", "`year`", hint);
    let weeks = "{ from = 1, to = 52, to_year = 9999 }";
    plan("2025", weeks).error("L008", "process.toml:7:40", "`to_year`", hint);
    let case = Case::minimal().replace("strategy.toml", "last = 2029", "last = 9999");
    let found = case.check();
    assert_eq!(codes(&found), ["L008"], "{found:#?}");
    let case = Case::minimal().replace("strategy.toml", "2025-04-11", "9999-12-31");
    let found = case.check();
    assert_eq!(codes(&found), ["L010"], "{found:#?}");
    assert!(found[0].message.contains("1800 to 2200"), "{found:#?}");
}

#[test]
fn a_bad_date_is_named_once_and_without_an_empty_reason() {
    let agreement = |date: &str| {
        let text = format!("+++\ntitle = \"Avtale\"\ndate = {date}\n+++\n\nRådet samarbeider.\n");
        Case::minimal().with("agreement.md", text)
    };
    let found = agreement("\"i fjor\"").check();
    assert_eq!(codes(&found), ["L010"], "{found:#?}");
    let case = agreement("{ text = \"i fjor\", uncertain = \" \" }");
    case.error(
        "L008",
        "agreement.md:3:39",
        "`uncertain` is empty",
        "or remove the key",
    );
    agreement("\"2025-W53\"").error(
        "L011",
        "agreement.md:3:8",
        "there is no week 53 in 2025",
        "1 to 52",
    );
    agreement("0001-01-01").error("L010", "agreement.md:3:8", "1800 to 2200", "write a day");
    let found = agreement("2021-02-11T10:00:00").check();
    assert_eq!(codes(&found), ["L010"], "a time would be lost: {found:#?}");
}

#[test]
fn a_theme_that_no_page_can_be_made_of_is_named_with_its_line() {
    let wrong = [
        ("sizes", "body", "nan"),
        ("sizes", "body", "1e9"),
        ("sizes", "leading", "-20"),
        ("page", "width", "-5"),
        ("page", "height", "10"),
    ];
    for (table, key, value) in wrong {
        let case = Case::minimal().with("theme.toml", format!("[{table}]\n{key} = {value}\n"));
        let column = key.len() + 4;
        let place = format!("theme.toml:2:{column}");
        case.error(
            "L008",
            &place,
            &format!("the number for `{key}`"),
            "write a number from",
        );
    }
    let case = Case::minimal().with("theme.toml", "[page]\nwidth = 300\n");
    let found = case.check();
    assert_eq!(codes(&found), ["R004"], "{found:#?}");
    assert!(
        found[0].message.contains("leave less than 144 points"),
        "{found:#?}"
    );
    assert_eq!(found[0].place, "theme.toml:2");
}

#[test]
fn a_version_number_is_two_numbers() {
    for wrong in ["banan", "1", "1.2.3", "0.1-beta"] {
        let case = Case::minimal().replace("strategy.toml", "\"0.1\"", &format!("\"{wrong}\""));
        let found = case.check();
        assert_eq!(codes(&found), ["L008"], "{found:#?}");
        assert!(
            found[0].hints.contains("two numbers with a point"),
            "{found:#?}"
        );
        case.build_is_refused();
    }
}

#[test]
fn control_characters_in_disguise_are_named() {
    let title = Case::minimal().with(
        "challenges/drift.md",
        "+++\ntitle = \"Dr\\u0002ift\"\n+++\n\nTekst.\n",
    );
    title.error("L021", "challenges/drift.md:2:9", "U+0002", "remove it");
    Case::challenge("En&#2;ting.").error("L021", "challenges/drift.md:5:3", "U+0002", "remove it");
}

#[test]
fn a_name_of_a_file_is_its_id_up_to_the_ending() {
    let case = Case::challenge("Tekst.").with("challenges/1.2.md", "Tekst.\n");
    let case = case.with("challenges/1.3.md", "+++\n+++\n\nTekst.\n");
    let case = case.with("challenges/1.2.md", "+++\n+++\n\nTekst.\n");
    let found = case.check();
    assert_eq!(codes(&found), ["L009", "L009"], "{found:#?}");
    assert!(
        found[0]
            .message
            .contains("`1.2` cannot be an id: `.` is not"),
        "{found:#?}"
    );
    assert!(found[0].hints.contains("`id = \"1-2\"`"), "{found:#?}");
    let case = Case::minimal().with("challenges/—.md", "+++\n+++\n\nTekst.\n");
    let found = case.check();
    assert!(
        found[0].hints.contains("`id = \"challenge-1\"`"),
        "{found:#?}"
    );
}

#[test]
fn a_step_may_be_written_before_its_weeks_are_settled() {
    let step = "id = \"a\"\nbody = \"body/regionradet\"\nactivity = \"Temamøte\"\n\
                responsible = [\"role/koordinator\"]\n";
    let case = Case::minimal().with("process.toml", format!("year = 2025\n\n[[steps]]\n{step}"));
    assert_eq!(case.check(), []);
    assert!(page(&case).contains("Temamøte"));
}

#[test]
fn a_goal_or_measure_below_something_internal_is_named() {
    let internal = "+++\naudience = \"internal\"\n+++\n\nKun for oss.\n";
    let case = Case::minimal()
        .with("goals/hemmelig.md", internal)
        .with("focus-areas/hemmelig.md", internal)
        .with(
            "goals/apent.md",
            "+++\nparent = \"goal/hemmelig\"\n+++\n\nMål.\n",
        )
        .with(
            "goals/felles.md",
            "+++\nfocus_area = \"focus-area/hemmelig\"\n+++\n\nMål.\n",
        );
    let found = case.check();
    let found: Vec<_> = found.iter().filter(|f| f.code == "M011").collect();
    let places: Vec<_> = found.iter().map(|f| f.place.as_str()).collect();
    assert_eq!(places, ["goals/apent.md:2:10", "goals/felles.md:2:14"]);
    let front = "comes_from = [\"goal/apent\"]\nresponsible = [\"role/koordinator\"]";
    let measure = format!("+++\ngoal = \"goal/hemmelig\"\n{front}\n+++\n\nTiltak.\n");
    let found = case.with("measures/bil.md", measure).check();
    assert!(
        found
            .iter()
            .any(|f| f.code == "M011" && f.place == "measures/bil.md:2:8"),
        "{found:#?}"
    );
}

#[test]
fn an_output_that_is_not_made_again_does_not_stay_beside_the_new_record() {
    let case = Case::minimal();
    assert_eq!(case.utkast(&["build"]).status, 0);
    fs::write(case.path("out/notat.txt"), "mitt").expect("there is room");
    let ran = case.utkast(&["build", "--format", "html"]);
    assert_eq!(
        ran.err,
        "Wrote strategy.html, build.json to out, and deleted strategy.pdf of the previous build: \
         no errors and no warnings.\n"
    );
    assert_eq!(
        names(&case, "out"),
        ["build.json", "notat.txt", "strategy.html"]
    );
    assert_eq!(
        json(&case, "out/build.json")["outputs"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    // A file of that name which no build has written is not the program's to remove.
    fs::write(case.path("out/strategy.pdf"), "mitt").expect("there is room");
    let ran = case.utkast(&["build", "--format", "html"]);
    assert!(!ran.err.contains("removed"), "{}", ran.err);
    assert!(case.path("out/strategy.pdf").exists());
}

#[test]
fn the_outputs_of_an_internal_build_tell_themselves() {
    let case = Case::minimal();
    assert_eq!(case.utkast(&["build"]).status, 0);
    let public = files_of(&case.path("out"));
    let ran = case.utkast(&["build", "--audience", "internal"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let all = [
        "build.internal.json",
        "build.json",
        "strategy.html",
        "strategy.internal.html",
    ];
    let all = [&all[..], &["strategy.internal.pdf", "strategy.pdf"]].concat();
    assert_eq!(names(&case, "out"), all);
    let mut still = files_of(&case.path("out"));
    still.retain(|(name, _)| !name.contains("internal"));
    assert_eq!(still, public, "the outputs for everybody are as they were");
    let record = json(&case, "out/build.internal.json");
    assert_eq!(record["audience"], "internal");
    assert_eq!(record["outputs"][1]["path"], "strategy.internal.pdf");
}

#[test]
fn the_record_for_everybody_tells_nothing_internal() {
    let internal = "+++\ntitle = \"Hemmelig sak\"\naudience = \"internal\"\n+++\n\n\
                    Kun <b>oss</b>.\n";
    let public = "Se [saken](finding/hemmeligheten).";
    let case = Case::challenge(public)
        .with("findings/hemmeligheten.md", internal)
        .with(
            "images.toml",
            "[[images]]\nid = \"a\"\npending = \"Kommer.\"\n",
        );
    assert_eq!(case.utkast(&["build"]).status, 0);
    assert_eq!(case.utkast(&["build", "--audience", "internal"]).status, 0);
    let [record, all] =
        ["build.json", "build.internal.json"].map(|f| json(&case, &format!("out/{f}")));
    let text = record.to_string().to_lowercase();
    for word in ["hemmelig", "saken", "oss"] {
        assert!(!text.contains(word), "`{word}` is in {record:#}");
    }
    assert!(all.to_string().contains("findings/hemmeligheten.md"));
    for list in ["sources", "diagnostics"] {
        let count = |record: &Value| record[list].as_array().map(Vec::len);
        assert_eq!(
            count(&record),
            count(&all),
            "every one of the {list} is there: {record:#}"
        );
    }
    let digests = |record: &Value| {
        let sources = record["sources"].as_array().expect("it is a list");
        sources
            .iter()
            .map(|s| s["sha256"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(digests(&record), digests(&all));
    let said = record["diagnostics"].as_array().expect("it is a list");
    let whole = said
        .iter()
        .find(|d| d["code"] == "C004")
        .expect("it is there");
    assert_eq!(whole["file"], "images.toml");
}

#[test]
fn check_finds_what_build_finds() {
    // No font of the program has this sign.
    let case = Case::challenge("Et tegn: 漢.");
    let found = case.check();
    assert_eq!(codes(&found), ["T001"], "{found:#?}");
    assert_eq!(case.utkast(&["check", "--deny", "warnings"]).status, 1);
    assert_eq!(case.utkast(&["build"]).status, 0);
    let built = json(&case, "out/build.json");
    assert_eq!(built["diagnostics"][0]["code"], "T001");
}

/// The minimal strategy with or without the key `template`.
fn with_template_key(folder: Option<&str>) -> Case {
    let case = Case::minimal();
    let text = fs::read_to_string(case.path("strategy/strategy.toml")).expect("it is there");
    let lines = text.lines().filter(|line| !line.starts_with("template = "));
    let key = folder.map(|folder| format!("template = \"{folder}\"\n"));
    let rest: Vec<_> = lines.collect();
    let text = format!("{}{}\n", key.unwrap_or_default(), rest.join("\n"));
    case.with("strategy.toml", text)
}

#[test]
fn a_file_among_the_templates_that_nothing_reads_is_named() {
    let case = || with_template_key(Some("templates")).with("templates/theme.toml", "");
    for name in ["lables/nb.toml", "labels/de.toml", "page.scss", "Cover.jpg"] {
        let path = format!("templates/{name}");
        case()
            .with(&path, "")
            .error("L014", &path, "so it is not read", "move it");
    }
    let right = case().with("templates/README.md", "Våre maler.\n");
    let right = right.with("templates/deler/boks.html", "<p>Boks</p>\n");
    assert_eq!(right.with("templates/labels/nn.toml", "").check(), []);
}

#[test]
fn templates_that_are_not_named_are_not_passed_over() {
    let case = with_template_key(None).with("templates/page.css", "p { color: red }\n");
    let found = case.check();
    assert_eq!(codes(&found), ["L024"], "{found:#?}");
    assert_eq!(found[0].place, "templates/page.css");
    assert!(
        found[0].hints.contains("write `template = \"templates\"`"),
        "{found:#?}"
    );
    let case =
        with_template_key(Some("templates")).with("templates/page.css", "p { color: red }\n");
    assert_eq!(case.check(), []);
}

#[test]
fn a_folder_of_templates_that_is_missing_or_outside_or_no_such_folder_is_named() {
    for folder in ["maler", "../maler", "/tmp", ".", "chapters"] {
        let case = with_template_key(Some(folder));
        fs::create_dir_all(case.path("maler")).expect("it can be made");
        fs::write(case.path("maler/cover.html"), "<p></p>").expect("there is room");
        let found = case.check();
        let missing = found.iter().find(|f| f.code == "L001");
        let missing = missing.unwrap_or_else(|| panic!("`{folder}`: {found:#?}"));
        assert_eq!(missing.place, "strategy.toml:1:12");
    }
}

#[test]
fn schemas_are_written_all_or_none() {
    let case = Case::empty();
    fs::create_dir_all(case.path("schemas/theme.schema.json")).expect("it can be made");
    fs::write(case.path("schemas/measure.schema.json"), "før").expect("there is room");
    let ran = case.utkast(&["schema", "-o", "schemas"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("is a folder"), "{}", ran.err);
    let left = files_of(&case.path("schemas"));
    let former = ("measure.schema.json".to_owned(), "før".as_bytes().to_vec());
    assert_eq!(left, [former]);
}

#[test]
fn a_new_strategy_is_whole_or_not_there() {
    let case = Case::empty();
    fs::write(case.path("fil"), "mitt").expect("there is room");
    let ran = case.utkast(&["new", "fil/strategi", "-l", "nb"]);
    assert_eq!(ran.status, 2);
    assert_eq!(names(&case, "."), ["fil"], "nothing is left behind");
    assert_eq!(case.utkast(&["new", "a/b", "-l", "nb"]).status, 0);
    let whole = names(&case, "a/b");
    assert_eq!(
        names(&case, "a").len(),
        whole.len(),
        "no other file is left beside it"
    );
    fs::create_dir(case.path("tom")).expect("it can be made");
    assert_eq!(case.utkast(&["new", "tom", "-l", "nb"]).status, 0);
    assert_eq!(names(&case, "tom"), whole);
    assert_eq!(case.utkast(&["build", "a/b"]).status, 0);
}

#[test]
fn signs_without_end_can_be_built() {
    const MANY: usize = 20_000;
    for sign in [
        "\"",
        "'",
        "\"a ",
        "'a ",
        "a\" ",
        "- ",
        "-",
        ".",
        "9-",
        "uke 9-19 ",
        "KS ",
        "@ ",
        "www. ",
    ] {
        let glossary = "[[terms]]\nid = \"ks\"\nterm = \"KS\"\nfull = \"Alle\"\ntext = \"a\"\n";
        let case = Case::glossary(&format!("a{}", sign.repeat(MANY)), glossary);
        let ran = case.utkast(&["build", "--format", "html"]);
        assert_eq!(ran.status, 0, "`{sign}`: {}", ran.err);
    }
}
