//! Gates: what a status demands stops the build, and nothing is said of it before.

use crate::support::Case;

const PENDING: &str = "\
[[images]]
id = \"havna\"
pending = \"Fotografen leverer i mai.\"
alt = \"Havna i Sørvik.\"
";

const PASS: &str = "\
[[passes]]
rule = \"image-pending\"
status = \"proposed\"
by = \"Kari N., leder\"
reason = \"Bildet kommer før møtet.\"
";

fn codes(case: &Case, args: &[&str]) -> Vec<String> {
    let ran = case.utkast(&[&["check", "--format", "json"], args].concat());
    let all: serde_json::Value = serde_json::from_str(&ran.out).expect("the report is JSON");
    let all = all.as_array().expect("it is a list").iter();
    all.map(|d| d["code"].as_str().expect("it has a code").to_owned())
        .collect()
}

#[test]
fn a_breach_is_a_warning_until_the_status_demands_the_rule() {
    let case = Case::minimal().with("images.toml", PENDING);
    case.warning("C004", "images.toml:3:11", "still missing", "images/");
    let case = case.replace("strategy.toml", "\"working\"", "\"proposed\"");
    case.error(
        "C130",
        "images.toml:3:11",
        "`proposed` does not allow a picture that is still pending (`image-pending`), in one place",
        "`rule = \"image-pending\"`, `status = \"proposed\"`, `by` and `reason`",
    );
}

#[test]
fn build_as_a_status_shows_what_would_stop_a_release() {
    let case = Case::minimal().with("images.toml", PENDING).replace(
        "strategy.toml",
        "number = \"0.1\"\n",
        "",
    );
    let ran = case.utkast(&["build", "--format", "html", "--as", "proposed"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(ran.err.contains("error[C130]"), "{}", ran.err);
    assert!(ran.err.contains("Nothing was written"), "{}", ran.err);
    assert!(!case.path("out").exists());

    let ran = case.utkast(&["build", "--format", "html", "--as", "consultation"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let record = std::fs::read_to_string(case.path("out/build.json")).expect("it is written");
    assert!(record.contains("\"status\": \"consultation\""), "{record}");
    let page = std::fs::read_to_string(case.path("out/strategy.html")).expect("it is written");
    let label = Case::label("nb", "consultation_draft").to_lowercase();
    assert!(
        page.to_lowercase().contains(&label),
        "the page says what it is"
    );
}

#[test]
fn check_as_a_status_names_every_gate_that_is_closed() {
    let case = Case::minimal().with(
        "findings/tillit.md",
        "+++\nprovisional = true\n+++\n\nTilliten er stor.\n",
    );
    assert!(
        codes(&case, &[]).is_empty(),
        "a draft may have such findings"
    );
    assert_eq!(codes(&case, &["--as", "proposed"]), ["C035", "C130"]);
    let ran = case.utkast(&["check", "--as", "proposed"]);
    assert!(ran.out.contains("tillit.md:2:15"), "{}", ran.out);
    // The number that is written fits no adopted version, which is said as well.
    let case = case.replace("strategy.toml", "number = \"0.1\"\n", "");
    let adopted = codes(&case, &["--as", "adopted"]);
    assert_eq!(adopted, ["C035", "C130", "C034", "C130"]);
}

#[test]
fn a_status_that_there_is_not_is_refused_with_those_that_there_are() {
    let ran = Case::minimal().utkast(&["check", "--as", "first-draft"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("first_draft"), "{}", ran.err);
}

#[test]
fn a_pass_opens_the_gate_at_its_status_only() {
    let case = Case::minimal()
        .with("images.toml", PENDING)
        .with("gates.toml", PASS);
    assert_eq!(codes(&case, &[]), ["C004"]);
    let passed = codes(&case, &["--as", "proposed"]);
    assert!(passed.contains(&"C004".to_owned()), "{passed:?}");
    assert!(!passed.contains(&"C130".to_owned()), "{passed:?}");
    let adopted = codes(&case, &["--as", "superseded"]);
    assert!(adopted.contains(&"C130".to_owned()), "{adopted:?}");
}

#[test]
fn a_slip_in_the_name_of_a_rule_is_named_where_it_stands() {
    let with = |name: &str| {
        let gates = format!("[[drops]]\nstatus = \"proposed\"\nrules = [\"{name}\"]\n");
        Case::minimal().with("gates.toml", gates)
    };
    let (place, message) = ("gates.toml:3:10", "there is no rule");
    with("image-pendin").error("C132", place, message, "did you mean `image-pending`?");
    with("C004").error("C132", place, message, "did you mean `image-pending`?");
    with("zzz").error("C132", place, message, "utkast explain");
}

#[test]
fn the_default_gates_have_the_format_of_a_councils_own() {
    let path = crate::support::repository("templates/gates.toml");
    let gates = std::fs::read_to_string(path).expect("it is there");
    let case = Case::minimal().with("gates.toml", gates);
    let codes = codes(&case, &[]);
    assert!(!codes.is_empty(), "each of them is demanded already");
    assert!(codes.iter().all(|code| code == "C133"), "{codes:?}");
}

#[test]
fn the_founding_draft_marks_its_doubts() {
    let case = Case::copy_of("strategy");
    for status in ["working", "consultation"] {
        let codes = codes(&case, &["--as", status]);
        assert!(!codes.contains(&"C033".to_owned()), "{codes:?}");
    }
}

#[test]
fn what_is_internal_is_not_told_by_the_record_of_a_gate() {
    let measure = "+++\ntitle = \"Hemmelig bru\"\naudience = \"internal\"\n+++\n\nBrua bygges.\n";
    let pass = PASS.replace("image-pending", "unfounded-measure");
    let case = Case::minimal().with("measures/bru.md", measure).with(
        "gates.toml",
        format!(
            "{pass}\n[[drops]]\nstatus = \"proposed\"\nrules = [\"measure-without-responsible\"]\n"
        ),
    );
    let ran = case.utkast(&["build", "--format", "html"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let record = std::fs::read_to_string(case.path("out/build.json")).expect("it is written");
    assert!(record.contains("unfounded-measure"), "{record}");
    assert!(!record.contains("bru"), "{record}");
}
