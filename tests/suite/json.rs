//! The JSON of `verify`, `identify`, `release` and `diff`, as `docs/json.md` describes it.

use crate::release::{frozen, sealed_anew, strategy};
use crate::support::{Case, Ran};
use serde_json::{Value, json};
use std::fs;
use utkast::files::sha256_hex;

/// What a command writes with `--format json`. Every key must be described in the section of the
/// documentation that is called as the command.
#[track_caller]
fn run(case: &Case, args: &[&str]) -> (Value, Ran) {
    let ran = case.utkast(&[args, &["--format", "json"]].concat());
    let value: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    let text = include_str!("../../docs/json.md");
    let (general, rest) = text.split_once("\n## ").expect("it has sections");
    let mut sections = rest.split("\n## ");
    let section = sections.find(|section| section.starts_with(args[0]));
    described(&value, &[general, section.expect("it has a section")]);
    (value, ran)
}

#[track_caller]
fn described(value: &Value, texts: &[&str]) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let word = format!("`{key}`");
                let is_there = texts.iter().any(|text| text.contains(&word));
                assert!(is_there, "docs/json.md does not describe {word}");
                // `check` describes its own list.
                if key != "diagnostics" {
                    described(value, texts);
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|value| described(value, texts)),
        _ => {}
    }
}

fn with_two_versions() -> Case {
    let case = strategy();
    frozen(&case, "--status working --date 2026-01-05");
    frozen(&case, "--status working --date 2026-02-05");
    case
}

#[test]
fn verify_tells_of_each_version() {
    let case = with_two_versions();
    let (value, ran) = run(&case, &["verify", "strategy"]);
    assert_eq!((ran.status, &value["whole"]), (0, &json!(true)));
    assert_eq!(value["strays"], json!([]));
    let first = &value["versions"][0];
    assert_eq!(first["folder"], "0.1");
    assert_eq!(
        (&first["result"], &first["whole"]),
        (&json!("equal"), &json!(true))
    );
    assert_eq!(first["version"]["number"], "0.1");
    assert_eq!(first["version"]["status"], "working");
    assert_eq!(first["version"]["date"], "2026-01-05");
    assert_eq!(first["version"]["digest"].as_str().map(str::len), Some(64));
    assert_eq!(first["program"], env!("CARGO_PKG_VERSION"));
    assert_eq!(value["versions"].as_array().map(Vec::len), Some(2));

    let versions = case.path("strategy/versions");
    fs::write(versions.join("0.2/sources/strategy.toml"), "x").expect("there is room");
    fs::write(versions.join("notat.txt"), "x").expect("there is room");
    fs::create_dir(versions.join("kladd")).expect("there is room");
    fs::write(versions.join("kladd/a"), "x").expect("there is room");
    let (value, ran) = run(&case, &["verify", "strategy"]);
    assert_eq!((ran.status, &value["whole"]), (1, &json!(false)));
    assert_eq!(
        value["strays"],
        json!([{ "name": "notat.txt", "kind": "other" }])
    );
    let [first, second, third] = [0, 1, 2].map(|at| &value["versions"][at]);
    assert_eq!(first["result"], "equal");
    assert_eq!(second["result"], "faults");
    let fault = json!({
        "fault": "changed",
        "path": "sources/strategy.toml",
        "message": "`sources/strategy.toml` was changed",
    });
    assert_eq!(second["faults"], json!([fault]));
    assert_eq!(
        (&third["folder"], &third["result"]),
        (&json!("kladd"), &json!("added"))
    );
    assert_eq!(third["version"], Value::Null);

    let (value, ran) = run(&case, &["verify", "strategy", "0.1"]);
    assert_eq!((ran.status, &value["whole"]), (0, &json!(true)));
    assert_eq!(value["versions"].as_array().map(Vec::len), Some(1));
}

#[test]
fn verify_tells_why_a_version_was_not_built_again_or_differs() {
    let case = with_two_versions();
    let manifest = "versions/0.1/manifest.toml";
    let text = fs::read_to_string(case.path("strategy").join(manifest)).expect("it is there");
    let case = case.with(manifest, format!("{text}# x\n"));
    let (value, ran) = run(&case, &["verify", "strategy"]);
    assert_eq!(ran.status, 1);
    assert_eq!(
        value["versions"][0]["faults"][0]["fault"],
        "manifest-changed"
    );
    assert_eq!(value["versions"][1]["result"], "broken-past");
    assert_eq!(value["versions"][1]["broken_past"], "0.1");

    let case = strategy();
    frozen(&case, "--status working --date 2026-01-05");
    let program = format!("program = \"{}\"", env!("CARGO_PKG_VERSION"));
    let case = sealed_anew(case, manifest, &program, "program = \"0.0.9\"");
    let (value, ran) = run(&case, &["verify", "strategy"]);
    assert_eq!(ran.status, 0);
    assert_eq!(value["versions"][0]["result"], "equal-by-digests");
    assert_eq!(value["versions"][0]["program"], "0.0.9");

    let case = sealed_anew(case, manifest, "\"0.0.9\"", "\"999.0.0\"");
    let (value, ran) = run(&case, &["verify", "strategy"]);
    assert_eq!(ran.status, 1);
    assert_eq!(value["versions"][0]["result"], "newer-program");
    assert_eq!(value["versions"][0]["diagnostics"][0]["code"], "L029");
    assert_eq!(value["versions"][0]["version"], Value::Null);

    // A later form of the manifest is refused in the same way, whatever program names it.
    let later = format!("{program}\nformat = 2");
    let case = sealed_anew(case, manifest, "program = \"999.0.0\"", &later);
    let (value, _) = run(&case, &["verify", "strategy"]);
    assert_eq!(value["versions"][0]["result"], "newer-program");

    let case = sealed_anew(case, manifest, "\nformat = 2", "");
    let page = case.path("strategy/versions/0.1/strategy.html");
    let old = fs::read_to_string(&page).expect("it is there");
    let new = old.replace("Strategi 2026", "Strategi 2027");
    fs::write(&page, &new).expect("there is room");
    let [old, new] = [old, new].map(|text| sha256_hex(text.as_bytes()));
    let case = sealed_anew(case, manifest, &old, &new);
    let (value, ran) = run(&case, &["verify", "strategy"]);
    assert_eq!(ran.status, 1);
    assert_eq!(value["versions"][0]["result"], "differs");
    assert_eq!(
        value["versions"][0]["difference"]["output"],
        "strategy.html"
    );
}

#[test]
fn verify_tells_of_files_and_sources() {
    let case = with_two_versions();
    let (value, ran) = run(
        &case,
        &["verify", "strategy", "strategy/versions/0.2/strategy.pdf"],
    );
    assert_eq!((ran.status, &value["result"]), (0, &json!("equal")));
    assert_eq!(value["whole"], true);
    assert_eq!(value["file"], "strategy/versions/0.2/strategy.pdf");
    assert_eq!(value["version"]["number"], "0.2");
    assert_eq!(value["output"], "strategy.pdf");
    assert_eq!(value["identity"]["version"], "0.2");

    let pdf = fs::read(case.path("strategy/versions/0.2/strategy.pdf")).expect("it is there");
    fs::write(case.path("longer.pdf"), [&pdf[..], b"\n"].concat()).expect("there is room");
    let (value, ran) = run(&case, &["verify", "strategy", "longer.pdf"]);
    assert_eq!((ran.status, &value["result"]), (1, &json!("differs")));
    assert!(value["difference"].is_string());

    let (value, ran) = run(&case, &["verify", "strategy", "work"]);
    assert_eq!((ran.status, &value["result"]), (0, &json!("equal")));
    assert_eq!(
        (&value["sources"], &value["differences"]),
        (&json!("work"), &json!([]))
    );

    let case = case.with("README.md", "x").without("chapters/mal.md");
    let (value, ran) = run(&case, &["verify", "strategy", "work"]);
    assert_eq!((ran.status, &value["result"]), (1, &json!("differs")));
    assert_eq!(value["version"]["number"], "0.2");
    assert_eq!(
        value["differences"],
        json!([
            { "path": "README.md", "change": "added" },
            { "path": "chapters/mal.md", "change": "removed" },
        ])
    );
}

#[test]
fn identify_tells_what_the_file_says_and_what_the_folder_knows() {
    let case = with_two_versions();
    let file = "strategy/versions/0.1/strategy.html";
    let (value, ran) = run(&case, &["identify", file]);
    assert_eq!(ran.status, 0);
    assert_eq!(
        (&value["kind"], &value["seal"]),
        (&json!("page"), &json!("whole"))
    );
    assert_eq!(value["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(value["identity"]["version"], "0.1");
    let folder = &value["folder"];
    assert_eq!(
        (&folder["path"], &folder["errors"]),
        (&json!("strategy"), &json!(false))
    );
    assert_eq!(folder["result"], "frozen");
    assert_eq!(
        (&folder["version"]["number"], &folder["output"]),
        (&json!("0.1"), &json!("strategy.html"))
    );
    assert_eq!(folder["newer"][0]["number"], "0.2");

    let page = fs::read_to_string(case.path(file)).expect("it is there");
    let altered = page.replace("Strategi 2026", "Strategi 2027");
    fs::write(case.path("altered.html"), altered).expect("there is room");
    let (value, ran) = run(&case, &["identify", "altered.html", "strategy"]);
    assert_eq!((ran.status, &value["seal"]), (1, &json!("altered")));
    assert_eq!(value["folder"]["result"], "other-output");

    assert_eq!(case.utkast(&["build", "--as", "draft"]).status, 0);
    let (value, ran) = run(&case, &["identify", "out/strategy.pdf"]);
    assert_eq!((ran.status, &value["kind"]), (0, &json!("pdf")));
    assert_eq!(value["folder"]["result"], "build");
    assert_eq!(value["folder"]["status"], "draft");
    assert_eq!(value["folder"]["newer"], json!([]));

    let alone = Case::empty();
    fs::copy(case.path(file), alone.path("file.html")).expect("there is room");
    let (value, ran) = run(&alone, &["identify", "file.html"]);
    assert_eq!((ran.status, &value["folder"]), (0, &Value::Null));
}

#[test]
fn release_tells_what_was_frozen_or_why_nothing_was() {
    let case = strategy();
    let args = [
        "release",
        "strategy",
        "--status",
        "working",
        "--date",
        "2026-01-05",
    ];
    let (value, ran) = run(&case, &args);
    assert_eq!((ran.status, &value["frozen"]), (0, &json!(true)));
    assert_eq!(
        (&value["number"], &value["status"]),
        (&json!("0.1"), &json!("working"))
    );
    assert_eq!(value["date"], "2026-01-05");
    assert_eq!(value["folder"], "strategy/versions/0.1");
    assert_eq!(value["files"], 17);
    let listed = case.utkast(&["versions", "--format", "json"]);
    let listed: Value = serde_json::from_str(&listed.out).expect("it is JSON");
    assert_eq!(value["digest"], listed[0]["digest"]);

    let case = case.with("measures/x.md", "+++\nukjent = 1\n+++\n\nEt tiltak.\n");
    let (value, ran) = run(&case, &args);
    assert_eq!((ran.status, &value["frozen"]), (1, &json!(false)));
    assert_eq!(
        (&value["number"], &value["digest"]),
        (&json!("0.2"), &Value::Null)
    );
    let said = value["diagnostics"].as_array().expect("it is a list");
    assert!(
        said.iter()
            .any(|said| said["file"] == "strategy/measures/x.md")
    );
    assert!(ran.err.starts_with("Nothing was frozen"), "{}", ran.err);
}

#[test]
fn diff_tells_of_each_change_and_its_schema_is_printed() {
    let case = with_two_versions().with(
        "measures/x.md",
        "+++\ntitle = \"Ny vei\"\n+++\n\nVi bygger vei.\n",
    );
    let (value, ran) = run(&case, &["diff", "0.2"]);
    assert_eq!(ran.status, 1);
    assert_eq!(value["counts"]["added"], 1);
    let change = &value["chapters"][0]["changes"][0];
    assert_eq!(change["subject"]["id"], "measure/x");
    assert_eq!(change["sentence"], "Tiltak «Ny vei»: lagt til");
    let schema = case.utkast(&["schema", "changes"]);
    let schema: Value = serde_json::from_str(&schema.out).expect("it is JSON");
    assert!(schema["properties"]["chapters"].is_object());
}

#[test]
fn a_command_that_cannot_run_says_why_in_json_too() {
    let case = strategy();
    fs::write(case.path("brev.txt"), "Hei Kari").expect("there is room");
    for (args, message, has_hint) in [
        (&["verify", "nowhere"][..], "no folder `nowhere`", false),
        (&["verify", "strategy", "0.7"], "no version 0.7", true),
        (&["verify", "strategy", "work"], "is frozen yet", true),
        (&["identify", "brev.txt"], "not a page or PDF", true),
        (&["diff", "0.7"], "no version 0.7", true),
        (
            &["release", "strategy", "--status", "working", "--sent-out"],
            "cannot be circulated for comment",
            true,
        ),
    ] {
        let (value, ran) = run(&case, args);
        assert_eq!(ran.status, 2, "{args:?}");
        let error = &value["error"];
        let said = error["message"].as_str().unwrap_or_default();
        assert!(said.contains(message), "{value}");
        assert_eq!(error["hint"].is_string(), has_hint, "{value}");
        assert!(ran.err.contains(said), "{}", ran.err);
        assert_eq!(value.as_object().map(|object| object.len()), Some(1));
    }
}
