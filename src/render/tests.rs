//! Small strategies through the default templates: what a reader is told of doubts, pictures and
//! origins.

use super::{Options, render};
use crate::check::check;
use crate::diag::Sink;
use crate::dom::{self, Document};
use crate::files::Sources;
use crate::load::load;
use crate::model::{Audience, Section};
use crate::templates::{ENTRY, TemplateSet};
use crate::version::{BuildState, resolve};

const STRATEGY: &str = r#"
title = "Strategi 2026–2029"
language = "nb"
chapters = ["alt", CHAPTERS]
period = { first = 2026, last = 2029 }
council = { name = "Fjordregionen interkommunalt politisk råd" }

[version]
number = "0.1"
status = "draft"
date = 2025-04-11
case = "RR-sak 7/25"
uncertain = "Året er utledet."

[[roles]]
id = "leder"
name = "leder"
uncertain = "Det er usikkert hvem dette er."
"#;

/// What the other chapters show beside the first. Inputs stand with the questions where no chapter
/// has them for itself.
fn rest(shows: &str) -> Vec<&'static str> {
    let all = Section::ALL.iter().map(|(_, word)| *word);
    all.filter(|word| *word != shows && *word != "inputs")
        .collect()
}

fn listed(chapters: &[&str]) -> String {
    let ids = chapters.iter().map(|word| format!("\"{word}\""));
    ids.collect::<Vec<_>>().join(", ")
}

/// The words of the document made from these files, with single spaces. `shows` is what its first
/// chapter shows; the others show the rest. A file that is given takes the place of the one from
/// here.
fn words(shows: &str, files: &[(&str, &str)], audience: Audience) -> String {
    let document = document(shows, files, audience);
    let mut text = String::new();
    dom::push_text(&document, Document::ROOT, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The document itself.
fn document(shows: &str, files: &[(&str, &str)], audience: Audience) -> Document {
    let chapter = format!("+++\ntitle = \"Alt\"\nshows = \"{shows}\"\n+++\n\n![](image/havn)\n");
    let rest = rest(shows);
    let strategy = STRATEGY.replace("CHAPTERS", &listed(&rest));
    let mut all = vec![
        ("strategy.toml".to_owned(), strategy),
        ("chapters/alt.md".to_owned(), chapter),
    ];
    all.extend(rest.iter().map(|word| {
        let text = format!("+++\ntitle = \"{word}\"\nshows = \"{word}\"\n+++\n");
        (format!("chapters/{word}.md"), text)
    }));
    let given = |path: &str| files.iter().any(|(given, _)| *given == path);
    let all = all
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let all = all.filter(|(path, _)| !given(path));
    let sources = Sources::from_texts(all.chain(files.iter().copied()));
    let mut sink = Sink::default();
    let mut strategy = load(&sources, &mut sink).expect("the strategy can be used");
    resolve(
        &mut strategy,
        &sources,
        &BuildState::Written,
        &mut Sink::default(),
    );
    let checked = check(strategy, &sources, &mut sink);
    let checked = checked.unwrap_or_else(|_| panic!("{:#?}", sink.into_sorted()));
    let options = Options {
        audience,
        entry: ENTRY,
    };
    let rendered = render(&checked, &TemplateSet::default(), &sources, &options);
    let rendered = rendered.expect("the default templates hold");
    assert_eq!(rendered.diagnostics, []);
    rendered.document
}

fn pictures(toml: &str) -> String {
    words("credits", &[("images.toml", toml)], Audience::Public)
}

#[test]
fn a_picture_that_is_not_here_says_where_it_belongs_and_what_is_known_of_it() {
    let text = pictures(
        r#"
[[images]]
id = "havn"
pending = "Logoen er ikke mottatt"
uncertain = "Det kan være to logoer."
text = ["Havn", "KS"]
text_language = "nb"
credits = [{ name = "Shifter", position = "øverst" }, { name = "1X", position = "nederst" }]
"#,
    );
    let row = "Alt. Foto: Shifter (øverst), 1X (nederst). Logoen er ikke mottatt. \
               Tekst i bildet: «Havn», «KS». Usikker lesing: Det kan være to logoer.";
    assert!(text.contains(row), "{text}");
}

#[test]
fn a_drawing_is_no_photograph_and_a_picture_without_credit_says_so() {
    let drawn = "[[images]]\nid = \"havn\"\npending = \"Kommer.\"\ndrawn = true\n\
                 credits = [{ name = \"Oda\" }]\n";
    let nobody = "[[images]]\nid = \"kart\"\npending = \"Ikke mottatt.\"\n";
    let text = pictures(&format!("{drawn}{nobody}"));
    assert!(text.contains("Alt. Illustrasjon: Oda. Kommer."), "{text}");
    let row = "Bilde 2. Ingen kreditering er oppgitt. Ikke mottatt.";
    assert!(text.contains(row), "{text}");
}

/// A picture for the chapter, which shows one.
const HARBOUR: (&str, &str) = (
    "images.toml",
    "[[images]]\nid = \"havn\"\npending = \"Kommer.\"\n",
);

#[test]
fn doubts_about_names_are_read_where_the_names_are_and_nowhere_else() {
    let groups = "[[groups]]\nid = \"1\"\nnumber = 1\nmembers = [\"Oda\"]\n\
                  uncertain = \"«Oda» kan være «Odd».\"\n";
    let files = [HARBOUR, ("workshop/participants.toml", groups)];
    let internal = words("workshop", &files, Audience::Internal);
    let note = "Gruppe 1 (1 deltaker): Oda Usikker lesing: «Oda» kan være «Odd».";
    assert!(internal.contains(note), "{internal}");
    assert!(internal.contains("Tilgang Intern"), "{internal}");
    let public = words("workshop", &files, Audience::Public);
    assert!(public.contains("Gruppe 1: 1 deltaker"), "{public}");
    assert!(!public.contains("Odd"), "{public}");
    assert!(public.contains("Tilgang Offentlig"), "{public}");
}

#[test]
fn the_imprint_names_the_case_and_a_doubt_about_the_version() {
    let text = words("process", &[HARBOUR], Audience::Public);
    assert!(text.contains("Sak RR-sak 7/25"), "{text}");
    assert!(text.contains("Usikker lesing Året er utledet."), "{text}");
}

#[test]
fn a_doubt_about_a_role_is_read_once_even_without_a_plan() {
    let text = words("process", &[HARBOUR], Audience::Public);
    let note = "Usikker lesing av «leder»: Det er usikkert hvem dette er.";
    assert_eq!(text.matches(note).count(), 1, "{text}");
}

#[test]
fn a_measure_follows_up_and_a_challenge_that_builds_on_another_does_not() {
    let other = "+++\ntitle = \"Hjem\"\ncomes_from = [\"challenge/drift\"]\n+++\n\nTekst.\n";
    let measure = "+++\ntitle = \"Kontor\"\ncomes_from = [\"challenge/drift\"]\n+++\n\nTekst.\n";
    let files = [
        HARBOUR,
        (
            "challenges/drift.md",
            "+++\ntitle = \"Drift\"\n+++\n\nTekst.\n",
        ),
        ("challenges/hjem.md", other),
        ("measures/kontor.md", measure),
    ];
    let text = words("challenges", &files, Audience::Public);
    let facts = "Drift Tekst. Følges opp av Kontor Grunnlag for Hjem";
    assert!(text.contains(facts), "{text}");
}

#[test]
fn findings_that_may_change_are_marked_unless_all_of_them_may() {
    let provisional = "+++\nprovisional = true\n+++\n\nTilliten er stor.\n";
    let settled = "+++\nprovisional = false\n+++\n\nVeien er lang.\n";
    let all = [HARBOUR, ("findings/tillit.md", provisional)];
    let text = words("findings", &all, Audience::Public);
    let said = "Tilliten er stor. Funnene er foreløpige og kan bli endret.";
    assert!(text.contains(said), "{text}");
    let some = [all[0], all[1], ("findings/vei.md", settled)];
    let text = words("findings", &some, Audience::Public);
    let said =
        "Tilliten er stor. foreløpig Veien er lang. Funnene merket «foreløpig» kan bli endret.";
    assert!(text.contains(said), "{text}");
}

#[test]
fn the_imprint_calls_the_case_of_an_adopted_strategy_its_decision() {
    let said = [("draft", "0.1"), ("adopted", "1.0")].map(|(status, number)| {
        let strategy = STRATEGY.replace("\"draft\"", &format!("\"{status}\""));
        let strategy = strategy.replace("\"0.1\"", &format!("\"{number}\""));
        let strategy = strategy.replace("CHAPTERS", &listed(&rest("sources")));
        let chapter = "+++\ntitle = \"Alt\"\nshows = \"sources\"\n+++\n";
        let files = [
            ("strategy.toml", strategy.as_str()),
            ("chapters/alt.md", chapter),
        ];
        words("sources", &files, Audience::Public)
    });
    assert!(said[0].contains("Sak RR-sak 7/25"), "{}", said[0]);
    assert!(said[1].contains("Vedtak RR-sak 7/25"), "{}", said[1]);
}

#[test]
fn a_title_that_ends_in_a_mark_gets_no_point() {
    let sources = "[[sources]]\nid = \"a\"\ntitle = \"Hvem flytter hvor?\"\npublisher = \"Forlaget\"\n\
                   year = 2024\n\n[[sources]]\nid = \"b\"\ntitle = \"Årsmelding\"\nyear = 2025\n\n\
                   [[sources]]\nid = \"c\"\ntitle = \"Folketall\"\nauthor = \"Berg, A.\"\n\
                   publisher = \"Fylket\"\n";
    let text = words(
        "sources",
        &[HARBOUR, ("sources.toml", sources)],
        Audience::Public,
    );
    let said = "Forlaget (2024). Hvem flytter hvor? Årsmelding (2025). Berg, A. Folketall. Fylket.";
    assert!(text.contains(said), "{text}");
}

#[test]
fn a_date_that_is_no_day_says_why_wherever_it_stands() {
    let measure = "+++\ntitle = \"Kontor\"\n\
                   deadline = { text = \"våren\", uncertain = \"Måneden mangler.\" }\n+++\n\nTekst.\n";
    let files = [HARBOUR, ("measures/kontor.md", measure)];
    let text = words("measures", &files, Audience::Public);
    assert!(
        text.contains("Frist våren (Usikker lesing: Måneden mangler.)"),
        "{text}"
    );
}

/// A question in two parts, with one answer to the first.
const QUESTION: (&str, &str) = (
    "workshop/questions/1.md",
    "+++\nnumber = 1\ntitle = \"Hva nå?\"\n\n[[parts]]\nletter = \"A\"\ntext = \"Hva?\"\n\n\
     [[parts]]\nletter = \"B\"\ntext = \"Når?\"\n+++\n",
);
const GROUPS: (&str, &str) = (
    "workshop/participants.toml",
    "[[groups]]\nid = \"1\"\nnumber = 1\nmembers = [\"Odd\"]\n",
);
const ANSWERS: &str = "group = \"group/1\"\n\n[[answers]]\nid = \"buss\"\nquestion = \"question/1\"\n\
    part = \"A\"\ntext = \"Flere busser.\"\n";

#[test]
fn a_part_of_a_question_without_answers_says_so_and_an_internal_answer_says_what_it_is() {
    let answers = format!("{ANSWERS}audience = \"internal\"\n");
    let files = [
        HARBOUR,
        ("workshop/workshop.toml", "title = \"Samling\"\n"),
        QUESTION,
        GROUPS,
        ("workshop/inputs/1.toml", &answers),
    ];
    let internal = words("workshop", &files, Audience::Internal);
    let said =
        "Hva? Gruppe 1 Flere busser. Intern 1.3.2 Del B Når? Ingen innspill er mottatt ennå.";
    assert!(internal.contains(said), "{internal}");
    let public = words("workshop", &files, Audience::Public);
    assert_eq!(public.matches("Ingen innspill").count(), 1, "{public}");
}

#[test]
fn groups_and_their_answers_stand_by_number() {
    let group =
        |n: u32| format!("[[groups]]\nid = \"g{n}\"\nnumber = {n}\nmembers = [\"Odd\"]\n\n");
    let groups = [10, 1, 2].map(group).concat();
    // The names of the files are in an order of their own.
    let answers = |n: u32| {
        let answers = ANSWERS.replace("group/1", &format!("group/g{n}"));
        answers.replace("id = \"buss\"", &format!("id = \"buss-{n}\""))
    };
    let (eldre, unge, voksne) = (answers(10), answers(2), answers(1));
    let files = [
        HARBOUR,
        QUESTION,
        ("workshop/participants.toml", groups.as_str()),
        ("workshop/inputs/eldre.toml", &eldre),
        ("workshop/inputs/unge.toml", &unge),
        ("workshop/inputs/voksne.toml", &voksne),
    ];
    let text = words("workshop", &files, Audience::Public);
    let list = "Gruppe 1: 1 deltaker Gruppe 2: 1 deltaker Gruppe 10: 1 deltaker";
    assert!(text.contains(list), "{text}");
    let answers = "Gruppe 1 Flere busser. Gruppe 2 Flere busser. Gruppe 10 Flere busser.";
    assert!(text.contains(answers), "{text}");
}

#[test]
fn answers_of_groups_that_are_not_listed_stand_in_the_order_of_numbers_in_file_names() {
    let answers = [1, 2, 10].map(|n: u32| {
        let answers = ANSWERS.replace("id = \"buss\"", &format!("id = \"buss-{n}\""));
        answers.replace("Flere", &format!("{n} flere"))
    });
    let files = [
        HARBOUR,
        QUESTION,
        GROUPS,
        ("workshop/inputs/g10.toml", answers[2].as_str()),
        ("workshop/inputs/g2.toml", &answers[1]),
        ("workshop/inputs/g1.toml", &answers[0]),
    ];
    let text = words("workshop", &files, Audience::Public);
    assert!(
        text.contains("1 flere busser. 2 flere busser. 10 flere busser."),
        "{text}"
    );
}

/// The words of a document whose first chapter shows the inputs, for these readers.
fn inputs_chapter(readers: &str, reason: &str, audience: Audience) -> String {
    let chapter =
        format!("+++\ntitle = \"Svar\"\nshows = \"inputs\"\n{readers}+++\n\n![](image/havn)\n");
    let answers = format!("{ANSWERS}{reason}");
    let files = [
        HARBOUR,
        QUESTION,
        GROUPS,
        ("chapters/alt.md", chapter.as_str()),
        ("workshop/inputs/1.toml", &answers),
    ];
    words("inputs", &files, audience)
}

#[test]
fn a_chapter_of_inputs_has_them_in_tables_and_the_questions_point_at_it() {
    let text = inputs_chapter("", "", Audience::Public);
    let table = "Tabell 1. Spørsmål 1: Hva nå? – Del A Gruppe Innspill Gruppe 1 Flere busser.";
    assert!(text.contains(table), "{text}");
    assert_eq!(text.matches("Flere busser.").count(), 1, "{text}");
    assert!(
        text.contains("Hva? Gruppenes svar står i «Svar» (1 innspill)."),
        "{text}"
    );
    assert!(
        text.contains("Når? Ingen innspill er mottatt ennå."),
        "{text}"
    );
    let reason = inputs_chapter("", "reason = \"De går for sjelden.\"\n", Audience::Public);
    let row = "Gruppe Innspill Begrunnelse Gruppe 1 Flere busser. De går for sjelden.";
    assert!(reason.contains(row), "{reason}");
}

#[test]
fn answers_of_an_internal_chapter_are_neither_shown_nor_said_to_be_missing() {
    let internal = "audience = \"internal\"\n";
    let text = inputs_chapter(internal, "", Audience::Public);
    assert!(
        !text.contains("Flere busser.") && !text.contains("«Svar»"),
        "{text}"
    );
    assert_eq!(
        text.matches("Ingen innspill").count(),
        1,
        "only part B has none: {text}"
    );
    let text = inputs_chapter(internal, "", Audience::Internal);
    assert!(text.contains("Flere busser."), "{text}");
}

#[test]
fn sub_goals_stand_under_their_main_goal_and_links_are_grouped_by_kind() {
    let goal = |front: &str| format!("+++\n{front}\n+++\n\nTekst.\n");
    let goals = [
        goal("title = \"Vekst\"\norder = 1"),
        goal(
            "title = \"Reise\"\norder = 2\ncomes_from = [\"challenge/a\", \"challenge/b\", \"goal/vekst\"]",
        ),
        goal("title = \"Unge\"\norder = 3\nparent = \"goal/vekst\""),
        goal("title = \"Studenter\"\norder = 4\nparent = \"goal/unge\""),
    ];
    let challenges = ["A", "B"].map(|title| format!("+++\ntitle = \"{title}\"\n+++\n\nTekst.\n"));
    let files = [
        HARBOUR,
        ("goals/vekst.md", &goals[0]),
        ("goals/reise.md", &goals[1]),
        ("goals/unge.md", &goals[2]),
        ("goals/studenter.md", &goals[3]),
        ("challenges/a.md", &challenges[0]),
        ("challenges/b.md", &challenges[1]),
    ];
    let text = words("goals", &files, Audience::Public);
    let tree = "1.1 Vekst Tekst. Følges opp av Reise 1.1.1 Unge Tekst. \
        Følges opp av Studenter 1.1.2 Studenter Tekst. Hovedmål Unge 1.2 Reise Tekst. \
        Bygger på Utfordringer: A, B Mål: Vekst";
    assert!(text.contains(tree), "{text}");
}

#[test]
fn the_red_thread_has_a_row_for_every_way_and_says_what_has_no_measure() {
    let item = |front: &str| format!("+++\n{front}\n+++\n\nTekst.\n");
    let items = [
        item("title = \"Ferja\"\norder = 1"),
        item("title = \"Skolen\"\norder = 2"),
        item("title = \"Samband\"\ncomes_from = [\"challenge/ferja\"]"),
        item("title = \"Reise\"\nfocus_area = \"focus-area/samband\""),
        item("title = \"Ruteplan\"\ngoal = \"goal/reise\"\nresponsible = [\"role/leder\"]"),
        item("title = \"Kafé\""),
    ];
    let files = [
        HARBOUR,
        ("challenges/ferja.md", items[0].as_str()),
        ("challenges/skolen.md", &items[1]),
        ("focus-areas/samband.md", &items[2]),
        ("goals/reise.md", &items[3]),
        ("measures/ruteplan.md", &items[4]),
        ("measures/kafe.md", &items[5]),
    ];
    let text = words("red-thread", &files, Audience::Public);
    let table = "Utfordring Mål Tiltak Ansvarlig Ferja Reise Ruteplan leder \
        Skolen – ingen tiltak ennå – Følger ikke av noen utfordring – Kafé –";
    assert!(text.contains(table), "{text}");
    let bare = [files[0], files[1], files[2], files[6]];
    let text = words("red-thread", &bare, Audience::Public);
    assert!(
        text.contains("Tiltakene er ikke knyttet til utfordringene ennå."),
        "{text}"
    );
    let text = words("red-thread", &bare[..3], Audience::Public);
    assert!(
        text.contains("1 Alt Tiltakene er ikke formulert ennå."),
        "{text}"
    );
}

#[test]
fn the_thread_does_not_name_a_purpose_that_this_build_does_not_show() {
    let agreement = "+++\ntitle = \"Avtale om hemmelig samarbeid\"\n+++\n\nVi deler.\n";
    let chapter = "+++\ntitle = \"Formål\"\nshows = \"agreement\"\naudience = \"internal\"\n+++\n";
    let measure = "+++\ntitle = \"Rute\"\ncomes_from = [\"challenge/ferja\"]\n+++\n\nTekst.\n";
    let files = [
        HARBOUR,
        ("agreement.md", agreement),
        ("chapters/agreement.md", chapter),
        (
            "challenges/ferja.md",
            "+++\ntitle = \"Ferja\"\n+++\n\nTekst.\n",
        ),
        ("measures/rute.md", measure),
    ];
    let text = words("red-thread", &files, Audience::Public);
    assert!(
        text.contains("Utfordring Tiltak Ansvarlig Ferja Rute"),
        "{text}"
    );
    assert!(!text.contains("Avtale om hemmelig"), "{text}");
    let text = words("red-thread", &files, Audience::Internal);
    assert_eq!(text.matches("Avtale om hemmelig").count(), 3, "{text}");
}

#[test]
fn a_thread_that_is_higher_than_a_page_is_parted_into_drawings() {
    let item = |title: &str, more: &str| format!("+++\ntitle = \"{title}\"\n{more}+++\n\nTekst.\n");
    let mut files: Vec<(String, String)> = Vec::new();
    files.push(("challenges/ferja.md".into(), item("Ferja", "")));
    for n in 10..50 {
        let more = "comes_from = [\"challenge/ferja\"]\n";
        files.push((
            format!("measures/t{n}.md"),
            item(&format!("Tiltak nr. {n}"), more),
        ));
    }
    let files = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let files: Vec<_> = files.chain([HARBOUR]).collect();
    let text = words("red-thread", &files, Audience::Public);
    for part in ["del 1 av 2", "del 2 av 2"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // In a drawing, in the table, as a heading, in the contents, and below the challenge.
    let counts = (10..50).map(|n| text.matches(&format!("Tiltak nr. {n}")).count());
    assert!(
        counts.clone().all(|count| count == 5),
        "{:?}",
        counts.collect::<Vec<_>>()
    );
}

#[test]
fn the_step_of_the_day_is_named_in_the_plan_and_marked_in_its_drawing() {
    let step = |id: &str, weeks: &str| {
        format!(
            "[[steps]]\nid = \"{id}\"\nphase = \"Fase {id}\"\nactivity = \"Arbeid\"\nweeks = {weeks}\nresponsible = [\"role/leder\"]\n\n"
        )
    };
    let plan = |weeks: &str| format!("year = 2025\n\n{}{}", step("a", "9"), step("b", weeks));
    let now = plan("{ from = 14, to = 15 }");
    let text = words(
        "process",
        &[HARBOUR, ("process.toml", &now)],
        Audience::Public,
    );
    assert!(
        text.contains("Fase b Arbeid Pågår 11. april 2025. Uke 14–15 leder"),
        "{text}"
    );
    assert_eq!(text.matches("Pågår").count(), 1, "{text}");
    assert!(text.contains("og pilen det som pågår da."), "{text}");
    let later = plan("{ from = 16, to = 18 }");
    let text = words(
        "process",
        &[HARBOUR, ("process.toml", &later)],
        Audience::Public,
    );
    assert!(
        text.contains("Streken viser datoen") && !text.contains("Pågår"),
        "{text}"
    );
}

/// A manifest of a frozen version.
fn manifest(number: &str, date: &str, more: &str) -> (String, String) {
    let rest = format!(
        "program = \"0.1.0\"\nnumber = \"{number}\"\ndate = {date}\nsources = []\noutputs = []\n\
         digest = \"{}\"\n{more}",
        "5e1f".repeat(16)
    );
    let path = format!("versions/{number}/manifest.toml");
    (path, format!("{}{rest}", crate::manifest::seal_line(&rest)))
}

/// The words of the document where `more` is written of the version, after these versions.
fn log(more: &str, manifests: &[(String, String)]) -> String {
    let chapters = listed(&rest("versions"));
    let (keys, tables) = more.split_once("\n\n").unwrap_or((more, ""));
    let strategy = STRATEGY
        .replace("CHAPTERS", &chapters)
        .replace("number = \"0.1\"\nstatus = \"draft\"", keys)
        .replace("case = \"RR-sak 7/25\"\n", "");
    let body = "[[bodies]]\nid = \"radet\"\nname = \"representantskapet\"\n";
    let strategy = format!("{strategy}\n{body}\n{tables}");
    let chapter = "+++\ntitle = \"Alt\"\nshows = \"versions\"\n+++\n";
    let mut files = vec![
        ("strategy.toml", strategy.as_str()),
        ("chapters/alt.md", chapter),
    ];
    let manifests = manifests.iter();
    files.extend(manifests.map(|(path, text)| (path.as_str(), text.as_str())));
    words("versions", &files, Audience::Public)
}

const DECIDED: &str = "status = \"adopted\"

[[version.decisions]]
body = \"body/radet\"
date = 2025-12-14
case = \"21/25\"
text = \"Strategien  vedtas - uten 'merknader'.\"
vote = \"Enstemmig (7-0)\"
";

#[test]
fn the_first_version_has_none_before_it() {
    let text = log("status = \"draft\"", &[]);
    assert!(text.contains("Ingen tidligere versjoner."), "{text}");
}

#[test]
fn the_log_tells_of_every_version_oldest_first_and_of_this_one_last() {
    let before = [
        manifest(
            "0.1",
            "2025-01-10",
            "status = \"working\"\nnote = \"Etter workshopen\"\n",
        ),
        manifest(
            "0.2",
            "2025-02-01",
            "status = \"consultation\"\nbody = \"radet\"\nbody_name = \"regionrådet\"\ncase = \"7/25\"\n\
             sent_out = true\n",
        ),
        manifest(
            "1.0",
            "2025-03-01",
            "status = \"adopted\"\n[[decisions]]\nbody = \"radet\"\nbody_name = \"rådet\"\ndate = 2025-03-01\n\
             case = \"RS-sak 2/25\"\ntext = \"Vedtatt.\"\n",
        ),
    ];
    let text = log("status = \"working\"\nnote = \"Nye tiltak.\"", &before);
    let rows = [
        "0.1 Arbeidsutkast 10. januar 2025 Etter workshopen. 5e1f5e1f5e1f",
        "0.2 Høringsutkast 1. februar 2025 Regionrådet, sak 7/25. Sendt ut. 5e1f5e1f5e1f",
        "1.0 Vedtatt 1. mars 2025 Vedtatt av rådet 1. mars 2025, RS-sak 2/25. 5e1f5e1f5e1f",
        "1.1 Arbeidsutkast 11. april 2025 Denne versjonen. Nye tiltak.",
    ];
    assert!(text.contains(&rows.join(" ")), "{text}");
    // Until the strategy is adopted, changes are counted from what was sent out last.
    let text = log("status = \"draft\"", &before[..2]);
    assert!(
        text.contains("Sendt ut. Endringer regnes fra denne versjonen."),
        "{text}"
    );
}

#[test]
fn an_adopted_version_shows_its_decision_word_for_word() {
    let text = log(DECIDED, &[]);
    let decision = "Vedtatt av representantskapet 14. desember 2025, sak 21/25. \
                    Strategien vedtas - uten 'merknader'. Votering: Enstemmig (7-0).";
    assert!(text.contains(decision), "{text}");
    let draft = log(&DECIDED.replace("adopted", "proposed"), &[]);
    let decision = "Vedtak Representantskapet 14. desember 2025, sak 21/25.";
    assert!(draft.contains(decision), "{draft}");
}

#[test]
fn passes_of_the_status_are_told_with_who_and_why() {
    let gates = "
[[passes]]
rule = \"image-pending\"
status = \"draft\"
by = \"Kari Nordmann\"
reason = \"Bildet kommer i mai.\"

[[passes]]
rule = \"empty-item\"
status = \"draft\"
by = \"Ola Nordmann\"
reason = \"Det skal stå slik.\"

[[passes]]
rule = \"uncertain-reading\"
status = \"adopted\"
by = \"Kari Nordmann\"
reason = \"Senere.\"
";
    let chapter = "+++\ntitle = \"Alt\"\nshows = \"versions\"\n+++\n";
    let files = [("gates.toml", gates), ("chapters/alt.md", chapter)];
    let text = words("versions", &files, Audience::Public);
    let told = "Krav som er fraveket «Ingen bilder mangler» – Kari Nordmann: Bildet kommer i mai. \
                «empty-item» – Ola Nordmann: Det skal stå slik. ";
    assert!(text.contains(told), "{text}");
    assert!(!text.contains("Senere"), "{text}");
}

#[test]
fn every_page_says_the_status_once_and_what_is_adopted_has_no_mark() {
    let meta = |status: &str, audience| {
        let strategy = STRATEGY
            .replace("CHAPTERS", &listed(&rest("versions")))
            .replace(
                "number = \"0.1\"\nstatus = \"draft\"",
                &format!("status = \"{status}\""),
            );
        let chapter = "+++\ntitle = \"Alt\"\nshows = \"versions\"\n+++\n";
        let files = [
            ("strategy.toml", strategy.as_str()),
            ("chapters/alt.md", chapter),
        ];
        document("versions", &files, audience).meta
    };
    for (status, mark, version, state) in [
        (
            "draft",
            "Utkast",
            "Versjon\u{a0}0.1 · 11.\u{a0}april 2025",
            "Utkast",
        ),
        (
            "adopted",
            "",
            "Versjon\u{a0}1.0 · Vedtatt · 11.\u{a0}april 2025",
            "Vedtatt",
        ),
        (
            "superseded",
            "Erstattet",
            "Versjon\u{a0}1.0 · 11.\u{a0}april 2025",
            "Erstattet",
        ),
    ] {
        let meta = meta(status, Audience::Public);
        assert_eq!(meta.draft_mark, mark);
        let identity = meta.identity.expect("there is one");
        assert_eq!(identity.status, status);
        let digest = &identity.digest[..12];
        assert_eq!(
            meta.running_version.join(" · "),
            format!("{version} · {digest}")
        );
        let number = &meta.running_version[0];
        assert_eq!(meta.state, format!("{number} · {state}"));
        assert_eq!(meta.running_status, "");
    }
    let internal = meta("draft", Audience::Internal);
    assert_eq!(internal.running_status, "Intern");
    assert!(internal.state.ends_with(" · Intern"));
}
