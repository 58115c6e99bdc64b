//! What gates make of what was said, without a build.

use super::*;
use crate::diag::Sink;
use crate::files::Sources;
use crate::model::Audience;
use crate::{check, load, version};

const STRATEGY: &str = r#"
title = "Strategi 2026–2029"
language = "nb"
chapters = ["funn", "tiltak"]
period = { first = 2026, last = 2029 }
council = { name = "Fjordregionen interkommunalt politisk råd" }
version = { status = "STATUS", date = 2025-04-11 }
"#;

const FILES: [(&str, &str); 5] = [
    (
        "chapters/funn.md",
        "+++\ntitle = \"Funn\"\nshows = \"findings\"\n+++\n",
    ),
    (
        "chapters/tiltak.md",
        "+++\ntitle = \"Tiltak\"\nshows = \"measures\"\n+++\n",
    ),
    (
        "findings/a.md",
        "+++\nprovisional = true\n+++\n\nTilliten er stor.\n",
    ),
    (
        "measures/a.md",
        "+++\ntitle = \"Ferge\"\n+++\n\nFerga går oftere.\n",
    ),
    (
        "measures/b.md",
        "+++\ntitle = \"Buss\"\n+++\n\nBussen går oftere.\n",
    ),
];

/// What the rules of content and the gates say at a status.
fn compiled(status: &str, gates: &str) -> Compiled {
    let strategy = STRATEGY.replace("STATUS", status);
    let own = [("strategy.toml", strategy.as_str()), ("gates.toml", gates)];
    let sources = Sources::from_texts(own.into_iter().chain(FILES));
    let mut sink = Sink::default();
    let mut strategy = load::load(&sources, &mut sink).expect("it can be read");
    version::resolve(
        &mut strategy,
        &sources,
        &version::BuildState::Written,
        &mut sink,
    );
    let strategy = match check::check(strategy, &sources, &mut sink) {
        Ok(checked) => checked.into_strategy(),
        Err(strategy) => *strategy,
    };
    let said = sink.into_sorted();
    let GatedDiagnostics { said, quiet } = judge(&strategy, said, true);
    Compiled {
        strategy: Some(strategy),
        diagnostics: said,
        quiet,
        outputs: None,
    }
}

fn said<'a>(compiled: &'a Compiled, rule: &Rule) -> Vec<&'a str> {
    let said = compiled.diagnostics.iter();
    let said = said.filter(|d| d.rule == rule);
    said.map(|d| d.message.as_str()).collect()
}

fn named(name: &str) -> &'static Rule {
    let rule = super::super::rules().into_iter().find(|r| r.name == name);
    rule.expect("there is such a rule")
}

const PASS: &str = "
[[passes]]
rule = \"unfounded-measure\"
status = \"proposed\"
by = \"Kari N.\"
reason = \"Tiltakene er vedtatt før.\"
";

#[test]
fn a_working_draft_hears_of_no_gate() {
    let compiled = compiled("working", "");
    let closed = said(&compiled, &rules::CLOSED_GATE);
    assert!(closed.is_empty(), "{closed:#?}");
    assert!(said(&compiled, named("provisional-finding")).is_empty());
    assert_eq!(said(&compiled, named("unfounded-measure")).len(), 2);
}

#[test]
fn a_status_makes_one_error_of_all_breaches_of_a_rule() {
    let compiled = compiled("proposed", "");
    assert_eq!(
        said(&compiled, &rules::CLOSED_GATE),
        [
            "`proposed` does not allow a measure without an origin (`unfounded-measure`), in 2 places",
            "`proposed` does not allow a measure without a responsible role or body \
             (`measure-without-responsible`), in 2 places",
            "`proposed` does not allow a provisional finding (`provisional-finding`), in one place",
        ]
    );
    let mut closed = compiled.diagnostics.iter();
    let closed = closed.find(|d| *d.rule == rules::CLOSED_GATE);
    let related = &closed.expect("there is one").related;
    assert_eq!(related.len(), 1, "{related:#?}");
    let quiet = said(&compiled, named("provisional-finding"));
    assert_eq!(quiet.len(), 1, "what is demanded is said one by one, too");
}

#[test]
fn a_named_person_opens_a_gate_at_one_status() {
    let of = |status| {
        let compiled = compiled(status, PASS);
        let closed = said(&compiled, &rules::CLOSED_GATE).join("\n");
        (closed.contains("`unfounded-measure`"), compiled)
    };
    let (closed, proposed) = of("proposed");
    assert!(!closed);
    assert_eq!(said(&proposed, named("unfounded-measure")).len(), 2);
    assert!(said(&proposed, &rules::NEEDLESS_PASS).is_empty());
    let (closed, adopted) = of("adopted");
    assert!(closed, "each status has a gate of its own");
    assert!(said(&adopted, &rules::NEEDLESS_PASS).is_empty());
}

#[test]
fn the_words_of_a_pass_that_applies_must_be_shown() {
    let words = |status| {
        let strategy = compiled(status, PASS).strategy.expect("there is one");
        let fragments = crate::model::text_fragments(&strategy);
        let words = fragments
            .into_iter()
            .filter(|p| p.audience == Audience::Public);
        words
            .filter(|p| p.text.contains("Kari N.") || p.text.contains("vedtatt før"))
            .count()
    };
    assert_eq!(words("proposed"), 2);
    assert_eq!(words("draft"), 0);
    assert_eq!(words("adopted"), 0);
}

#[test]
fn a_pass_without_a_breach_is_needless_when_every_stage_has_spoken() {
    let pass = PASS.replace("unfounded-measure", "image-pending");
    let compiled = compiled("proposed", &pass);
    assert_eq!(
        said(&compiled, &rules::NEEDLESS_PASS),
        ["nothing breaks `image-pending`, so the waiver is not needed"]
    );
    let strategy = compiled.strategy.expect("there is one");
    let said = judge(&strategy, Vec::new(), false).said;
    assert!(said.is_empty(), "{said:#?}");
}

#[test]
fn a_council_drops_puts_off_and_adds() {
    let gates = "
[[drops]]
status = \"proposed\"
rules = [\"unfounded-measure\", \"provisional-finding\"]

[[demands]]
status = \"adopted\"
rules = [\"unfounded-measure\"]

[[demands]]
status = \"first_draft\"
rules = [\"measure-without-responsible\"]
";
    let closed = |status| {
        let compiled = compiled(status, gates);
        let closed = compiled.diagnostics.into_iter();
        let closed = closed.filter(|d| *d.rule == rules::CLOSED_GATE);
        closed.map(|d| d.message).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(closed("working"), "");
    for status in ["first_draft", "proposed"] {
        let closed = closed(status);
        assert!(closed.contains("`measure-without-responsible`"), "{closed}");
        assert_eq!(closed.lines().count(), 1, "{closed}");
    }
    let closed = closed("adopted");
    assert!(closed.contains("`unfounded-measure`"), "{closed}");
    assert!(!closed.contains("provisional"), "{closed}");
}

#[test]
fn what_changes_nothing_in_the_gates_is_said() {
    let gates = "
[[demands]]
status = \"adopted\"
rules = [\"image-pending\", \"unknown-reference\"]

[[drops]]
status = \"working\"
rules = [\"image-pending\", \"faint-text\"]
";
    let compiled = compiled("working", gates);
    let idle = compiled.diagnostics.iter();
    let idle = idle.filter(|d| *d.rule == rules::IDLE_GATE);
    let idle: Vec<_> = idle
        .map(|d| format!("{}: {}", d.message, d.hints[0]))
        .collect();
    let hint = "remove the name; each later status requires the rules of the earlier ones, too";
    assert_eq!(
        idle,
        [
            "`working` does not require `image-pending`: \
             write `proposed`, the status that requires it"
                .to_owned(),
            "`working` does not require `faint-text`: remove the name".to_owned(),
            format!("`adopted` requires `image-pending` already: {hint}"),
            "a breach of `unknown-reference` is an error in every status: remove the name"
                .to_owned(),
        ]
    );
}

#[test]
fn a_closed_gate_shows_a_few_places_and_counts_the_others() {
    let rule = named("image-pending");
    let place = crate::files::Span::new(crate::files::FileId::nth(0), 0..1);
    let breach = rule.at(place, "picture `a` is still missing");
    let others = vec![&breach; SHOWN + 3];
    let said = closed(rule, Status::Proposed, &breach, &others);
    assert!(said.message.ends_with("in 8 places"), "{}", said.message);
    assert_eq!(said.related.len(), SHOWN);
    assert_eq!(
        said.hints[0],
        "3 more are reported separately as `image-pending`"
    );
    let nowhere = rule.nowhere("it is not here yet").in_place("page.css:3");
    let said = closed(rule, Status::Proposed, &nowhere, &[]);
    assert_eq!(said.place.as_deref(), Some("page.css:3"));
}

#[test]
fn the_debt_is_told_for_a_status_that_is_still_to_come() {
    let compiled = compiled("working", PASS);
    assert!(requirements(&compiled, Status::Draft).is_empty());
    let owed: Vec<_> = requirements(&compiled, Status::Adopted)
        .into_iter()
        .map(|debt| format!("{} {}", debt.rule.name, debt.breaches.len()))
        .collect();
    assert_eq!(
        owed,
        [
            "image-pending 0",
            "image-without-credit 0",
            "unfounded-measure 2",
            "measure-without-responsible 2",
            "unanswered-input 0",
            "unmarked-doubt 0",
            "undecided 1",
            "provisional-finding 1",
        ]
    );
    let passed = requirements(&compiled, Status::Proposed).into_iter();
    let passed: Vec<_> = passed.filter(|debt| !debt.waivers.is_empty()).collect();
    assert_eq!(passed.len(), 1);
    assert_eq!(passed[0].waivers[0].by.value, "Kari N.");
}
