//! Indicators: a kind that the table of kinds describes, in every output and every check.

use crate::support::Case;
use crate::support::built::{Audience, Built, fold};

const BUS: &str = "+++\ntitle = \"Reiser med buss\"\nunit = \"prosent av alle reiser\"\n\
                   baseline = { year = 2024, value = 8.5 }\n\
                   target = { year = 2029, value = 12000 }\ndirection = \"up\"\n\
                   goals = [\"goal/reise\"]\nsources = [\"source/telling\"]\n\
                   uncertain = \"Tellinga er gammel.\"\n+++\n\nHverdager, hele året.\n";

/// A strategy with a goal, a source, and a chapter for indicators.
fn case(indicator: &str) -> Case {
    without_chapter(indicator)
        .with(
            "chapters/indikatorer.md",
            "+++\ntitle = \"Slik følger vi med\"\nshows = \"indicators\"\n+++\n",
        )
        .replace(
            "strategy.toml",
            "    \"plan\",\n",
            "    \"indikatorer\",\n    \"plan\",\n",
        )
}

fn without_chapter(indicator: &str) -> Case {
    Case::minimal()
        .with(
            "goals/reise.md",
            "+++\ntitle = \"Lett å reise\"\n+++\n\nAlle kommer fram.\n",
        )
        .with(
            "sources.toml",
            "[[sources]]\nid = \"telling\"\ntitle = \"Reisetelling\"\n",
        )
        .with("indicators/buss.md", indicator)
}

#[test]
fn an_indicator_is_a_row_of_a_table_in_the_page_and_the_pdf() {
    let case = case(BUS);
    let found = case.check();
    let codes: Vec<_> = found.iter().map(|found| found.code.as_str()).collect();
    assert_eq!(
        codes,
        ["C006"],
        "its doubt is reported, and no word is lost"
    );
    let built = Built::of(&case.path("strategy"), Audience::Public);
    for text in [built.page_text(), fold(&built.pdf_body())] {
        let text = fold(&text);
        for words in [
            "Indikator",
            "Nå",
            "Kilde",
            "Reiser med buss",
            "prosent av alle reiser",
            "8,5",
            "2024",
            "12 000",
            "2029",
            "Skal øke",
            "Reisetelling",
            "Hverdager, hele året.",
            "Måler framgang mot",
            "Tellinga er gammel.",
        ] {
            assert!(text.contains(&fold(words)), "`{words}` is in {text}");
        }
    }
}

#[test]
fn a_goal_links_to_its_indicators_and_they_link_back() {
    let built = Built::of(&case(BUS).path("strategy"), Audience::Public);
    for anchor in ["indicator-buss", "goal-reise", "source-telling"] {
        assert!(built.html.contains(&format!("id=\"{anchor}\"")), "{anchor}");
        assert!(
            built.html.contains(&format!("href=\"#{anchor}\"")),
            "{anchor}"
        );
    }
}

#[test]
fn an_indicator_without_a_chapter_is_an_error() {
    without_chapter(BUS).error(
        "C002",
        "indicators/buss.md:1:1",
        "no chapter shows this (`indicators`)",
        "add `shows = \"indicators\"`",
    );
}

#[test]
fn what_an_indicator_cannot_hold_is_named() {
    let wrong = |from: &str, to: &str| case(&BUS.replace(from, to).replace("uncertain", "note"));
    let found = wrong("\"up\"", "\"opp\"").check();
    let hints: Vec<_> = found.iter().map(|found| found.hints.as_str()).collect();
    assert!(
        hints.iter().any(|hint| hint.contains("`up`, `down`")),
        "{hints:?}"
    );
    assert!(
        hints.iter().any(|hint| hint.contains("`unit`")),
        "{hints:?}"
    );
    let settled = BUS.replace("uncertain = \"Tellinga er gammel.\"\n", "");
    let wrong = |from: &str, to: &str| case(&settled.replace(from, to));
    let to = "give a number";
    wrong("8.5", "\"mange\"").error("L008", "indicators/buss.md:4:35", "`value`", to);
    wrong("2024", "20").error("L008", "indicators/buss.md:4:21", "`year`", "1800");
    let to = "goal/reise";
    wrong("goal/reise", "goal/reisa").error("M001", "indicators/buss.md:7:10", "goal/reisa", to);
    let to = "name a goal";
    wrong("goal/reise", "source/telling").error("M003", "indicators/buss.md:7:10", "`goals`", to);
}

#[test]
fn an_internal_indicator_stays_out_of_a_public_document() {
    let internal = BUS.replace("direction", "audience = \"internal\"\ndirection");
    let case = case(&internal);
    let public = Built::of(&case.path("strategy"), Audience::Public);
    assert!(!public.html.contains("buss"));
    let internal = Built::of(&case.path("strategy"), Audience::Internal);
    assert!(internal.page_text().contains("Reiser med buss"));
}
