//! What is told of changes in small strategies, by their texts alone; and that all faces tell the same.

use super::*;
use crate::diag::Sink;
use crate::files::{Sources, read_folder};
use crate::load::load;
use crate::model::Audience::{Internal, Public};
use crate::redline::merge;
use crate::steps;
use crate::templates::testing::labels;
use sentences::{Wording, field_label};
use std::path::Path;

const STRATEGY: &str = r#"
title = "Strategi 2026–2029"
language = "nb"
chapters = ["utfordringer", "tiltak", "kilder", "workshop"]
period = { first = 2026, last = 2029 }
council = { name = "Fjordregionen interkommunalt politisk råd", members = ["Nordfjell", "Sørvik kommune"] }

[version]
number = "0.1"
date = 2026-04-11

[[bodies]]
id = "regionradet"
name = "regionrådet"

[[roles]]
id = "koordinator"
name = "koordinator"
"#;

const CHAPTERS: [(&str, &str); 4] = [
    (
        "chapters/utfordringer.md",
        "+++\ntitle = \"Utfordringer\"\nshows = \"challenges\"\n+++\n",
    ),
    (
        "chapters/tiltak.md",
        "+++\ntitle = \"Tiltak\"\nshows = \"measures\"\n+++\n",
    ),
    (
        "chapters/kilder.md",
        "+++\ntitle = \"Kilder\"\nshows = \"sources\"\n+++\n",
    ),
    (
        "chapters/workshop.md",
        "+++\ntitle = \"Workshop\"\nshows = \"workshop\"\n+++\n",
    ),
];

const SOURCES: &str = "[[sources]]\nid = \"a\"\ntitle = \"Havnerapporten\"\n";

type Files<'f> = &'f [(&'f str, &'f str)];

/// A strategy of the files above and of others, which stand in for those of the same name; an empty one
/// takes a file away.
fn strategy(files: Files<'_>) -> (Strategy, Sources) {
    let own = [("strategy.toml", STRATEGY), ("sources.toml", SOURCES)];
    let own = own.into_iter().chain(CHAPTERS);
    let own = own.filter(|(path, _)| files.iter().all(|(given, _)| given != path));
    let all = own.chain(files.iter().copied());
    let sources = Sources::from_texts(all.filter(|(_, text)| !text.is_empty()));
    let mut sink = Sink::default();
    let strategy = load(&sources, &mut sink).expect("it can be used");
    (strategy, sources)
}

fn compared(old: Files<'_>, new: Files<'_>, audience: Audience) -> Changes {
    let ((before, old), (after, new)) = (strategy(old), strategy(new));
    let documents = [plain(&before, audience), plain(&after, audience)];
    let none = BTreeMap::new();
    let merged = merge(&documents[0], &documents[1], &none, &none);
    let side = |strategy, sources, document| -> Side<'_> {
        static NONE: BTreeMap<String, String> = BTreeMap::new();
        Side {
            strategy,
            sources,
            document,
            numbers: &NONE,
        }
    };
    let old = side(&before, &old, &documents[0]);
    of(&old, &side(&after, &new, &documents[1]), &merged, audience)
}

/// The changes as sentences; a loud one begins with «!», one that is only counted stands in brackets.
fn told(old: Files<'_>, new: Files<'_>, audience: Audience) -> Vec<String> {
    let labels = labels("nb");
    let wording = Wording::new(&labels);
    let changes = compared(old, new, audience);
    let sentences = changes.all().map(|change| {
        let sentence = wording.plain(change);
        match (change.is_verbatim, change.fold) {
            (true, _) => format!("! {sentence}"),
            (_, Some(_)) => format!("({sentence})"),
            _ => sentence,
        }
    });
    sentences.collect()
}

fn measure(front: &str, text: &str) -> String {
    format!("+++\ntitle = \"Felles innkjøp\"\n{front}\n+++\n\n{text}\n")
}

/// What is told when the text of a measure changes.
fn text(old: &str, new: &str) -> Vec<String> {
    let [old, new] = [old, new].map(|text| measure("", text));
    told(
        &[("measures/innkjop.md", &old)],
        &[("measures/innkjop.md", &new)],
        Public,
    )
}

#[test]
fn each_changed_field_is_a_sentence() {
    let challenge = "+++\ntitle = \"Drift\"\n+++\n\nDet er dyrt.\n";
    let old = measure(
        "comes_from = [\"challenge/drift\", \"source/a\"]\ndeadline = 2027-05-01\nresponsible = [\"body/regionradet\"]\npartners = [\"NHO\", \"KS\"]",
        "Vi kjøper inn.",
    );
    let new = measure(
        "deadline = 2028-05-01\nresponsible = [\"role/koordinator\"]\npartners = [\"NHO\", \"LO\"]\nindicator = \"Antall avtaler\"",
        "Vi kjøper inn.",
    );
    let challenges = ("challenges/drift.md", challenge);
    let found = told(
        &[challenges, ("measures/innkjop.md", &old)],
        &[challenges, ("measures/innkjop.md", &new)],
        Public,
    );
    let expected = [
        "Utfordring «Drift»: dekkes ikke lenger av noe tiltak",
        "Tiltak «Felles innkjøp»: ansvarlig regionrådet → koordinator",
        "Tiltak «Felles innkjøp»: samarbeidspartnere «KS» → «LO»",
        "Tiltak «Felles innkjøp»: frist 1.\u{a0}mai 2027 → 1.\u{a0}mai 2028",
        "Tiltak «Felles innkjøp»: indikator lagt til: «Antall avtaler»",
        "Tiltak «Felles innkjøp»: bygger ikke lenger på «Drift»",
        "Tiltak «Felles innkjøp»: kilde fjernet: «Havnerapporten»",
    ];
    assert_eq!(found, expected);
}

#[test]
fn changes_in_a_text_say_what_and_where() {
    let one = "Rådet kjøper inn felles programvare til alle kommunene hvert år fra neste vår.";
    let other = one.replace("programvare", "maskinvare");
    assert_eq!(
        text(one, &other),
        ["Tiltak «Felles innkjøp», avsnitt: «programvare» → «maskinvare»"]
    );
    assert_eq!(
        text(one, &format!("{one}\n\nDet sparer penger hvert år.")),
        ["Tiltak «Felles innkjøp»: avsnitt lagt til: «Det sparer penger hvert år.»"]
    );
    assert_eq!(
        text(
            one,
            "Vi vil ikke at noen kjøper inn felles programvare til hele landet akkurat nå."
        ),
        [
            "Tiltak «Felles innkjøp»: avsnitt skrevet om, fra «Rådet kjøper inn felles programvare til alle kommunene hvert år fra neste vår.» til «Vi vil ikke at noen kjøper inn felles programvare til hele landet akkurat nå.»"
        ]
    );
    let more = one.replace("vår.", "vår, og heiser fra høsten.");
    assert_eq!(
        text(one, &more),
        ["Tiltak «Felles innkjøp», avsnitt: «og heiser fra høsten» lagt til"]
    );
    let list =
        "- Rådhuset i Nordfjell skal ha ny heis i år\n- Skolen i Sørvik skal ha nytt tak i år";
    assert_eq!(
        text(list, &list.replace("heis", "trapp")),
        ["Tiltak «Felles innkjøp», punkt: «heis» → «trapp»"]
    );
    let note = format!("{one}[^a]\n\n[^a]: Anbudet er lyst ut i mars.");
    assert_eq!(
        text(&note, &note.replace("mars", "april")),
        ["Tiltak «Felles innkjøp», fotnote: «mars» → «april»"]
    );
}

#[test]
fn changes_in_a_table_are_of_rows_columns_and_cells() {
    let table = "| Hva | Når |\n|---|---|\n| Heis | 2027 |\n| Tak | 2028 |\n";
    let cell = table.replace("2028", "2029");
    assert_eq!(
        text(table, &cell),
        ["Tiltak «Felles innkjøp», tabellcelle: «2028» → «2029»"]
    );
    let row = format!("{table}| Dør | 2030 |\n");
    assert_eq!(
        text(table, &row),
        ["Tiltak «Felles innkjøp»: tabellrad lagt til: «Dør 2030»"]
    );
    let column =
        "| Hva | Hvem | Når |\n|---|---|---|\n| Heis | Per | 2027 |\n| Tak | Kari | 2028 |\n";
    assert_eq!(
        text(table, column),
        ["Tiltak «Felles innkjøp»: tabellkolonne lagt til: «Hvem»"]
    );
}

#[test]
fn form_and_typography_are_only_counted_but_a_link_that_leads_elsewhere_is_told() {
    let one = "Rådet kjøper inn felles programvare til alle kommunene hvert år fra neste vår.";
    assert_eq!(
        text(one, &one.replace("felles", "**felles**")),
        ["(Tiltak «Felles innkjøp»: avsnitt har fått annen formatering)"]
    );
    assert_eq!(
        text(
            "Vi sier \"ja\" til dette - alle fire.",
            "Vi sier «ja» til dette – alle fire."
        ),
        ["(Tiltak «Felles innkjøp»: avsnitt har fått annen formatering)"]
    );
    let link = "Les mer om dette på [sidene til rådet](https://a.example) når du har tid.";
    assert_eq!(
        text(link, &link.replace("a.example", "b.example")),
        ["Tiltak «Felles innkjøp»: avsnitt lenker til et annet sted"]
    );
}

#[test]
fn words_of_others_are_loud_and_whole() {
    let workshop = [
        (
            "workshop/participants.toml",
            "[[groups]]\nnumber = 1\nmembers = [\"Ola Nordmann\", \"Kari Nordmann\"]\n",
        ),
        (
            "workshop/questions/1.md",
            "+++\nnumber = 1\ntitle = \"Hva?\"\n+++\n\nHva vil vi?\n",
        ),
    ];
    let inputs = |text: &str| {
        format!(
            "group = \"group/1\"\n\n[[answers]]\nid = \"a\"\nquestion = \"question/1\"\ntext = \"{text}\"\n"
        )
    };
    let (old, new) = (
        inputs("Bedre buss til byen"),
        inputs("Bedre buss til bygda"),
    );
    let files = |input| [workshop[0], workshop[1], ("workshop/inputs/1.toml", input)];
    let found = told(&files(&old), &files(&new), Public);
    assert_eq!(
        found,
        [
            "! Innspill «Bedre buss til bygda»: avsnitt skrevet om, fra «Bedre buss til byen» til «Bedre buss til bygda»"
        ]
    );
    let gone = told(&files(&old), &[workshop[0], workshop[1]], Public);
    assert_eq!(gone, ["! Innspill «Bedre buss til byen»: strøket"]);

    let quote = "Vi står ved dette.\n\n> Havna er vår.";
    let found = text(quote, &quote.replace("vår", "deres"));
    assert!(
        found[0].starts_with("! Tiltak «Felles innkjøp»"),
        "{found:?}"
    );
}

#[test]
fn what_has_moved_is_counted_and_told_only_if_it_has_changed_too() {
    let all = |order: [u8; 3], text: &str| -> Vec<(String, String)> {
        let items = ["en", "to", "tre"].iter().zip(order).map(|(name, order)| {
            let text = if *name == "en" {
                text
            } else {
                "Vi gjør det sammen i år."
            };
            let front = format!("+++\ntitle = \"Tiltak {name}\"\norder = {order}\n+++\n\n{text}\n");
            (format!("measures/{name}.md"), front)
        });
        items.collect()
    };
    let found = |new: &[(String, String)]| {
        let old = all([1, 2, 3], "Vi gjør det i år.");
        let [old, new] = [&old[..], new].map(|all| -> Vec<(&str, &str)> {
            all.iter()
                .map(|(path, text)| (path.as_str(), text.as_str()))
                .collect()
        });
        told(&old, &new, Public)
    };
    assert_eq!(
        found(&all([3, 1, 2], "Vi gjør det i år.")),
        ["(Tiltak «Tiltak en»: flyttet)"]
    );
    assert_eq!(
        found(&all([3, 1, 2], "Vi gjør det i fjor.")),
        [
            "Tiltak «Tiltak en»: flyttet",
            "Tiltak «Tiltak en», avsnitt: «år» → «fjor»"
        ]
    );
}

#[test]
fn what_is_internal_is_told_to_nobody_else() {
    let [was, is] = ["hemmelig havn", "lukket lager"].map(|words| {
        format!(
            "+++\ntitle = \"Om {words}\"\naudience = \"internal\"\n+++\n\nDette er {words} her.\n"
        )
    });
    let public = "+++\ntitle = \"Om åpen havn\"\n+++\n\nDette er for alle.\n";
    let internal = public.replace("+++\n\n", "audience = \"internal\"\n+++\n\n");
    let image = "[[images]]\nid = \"lager\"\nfile = \"images/lager.png\"\nalt = \"ALT\"\n";
    let with_image = is.replace("her.", "her.\n\n![](image/lager)");
    let before = image.replace("ALT", "hemmelig havn");
    let after = image.replace("ALT", "lukket lager");
    let old: Files<'_> = &[
        ("challenges/x.md", &was),
        ("challenges/y.md", public),
        ("challenges/z.md", &with_image),
        ("images.toml", &before),
    ];
    let new: Files<'_> = &[
        ("challenges/x.md", &is),
        ("challenges/y.md", &internal),
        ("challenges/z.md", &with_image),
        ("images.toml", &after),
    ];
    assert_eq!(
        told(old, new, Public),
        ["Utfordring «Om åpen havn»: strøket"]
    );
    let changes = compared(old, new, Public);
    let counts = changes.counts();
    assert_eq!((counts.told, counts.folded.len()), (1, 0));
    let labels = labels("nb");
    let faces = [
        text::text(&changes, &labels, true),
        markdown(&changes, &labels),
        json(&changes, &labels).to_string(),
        serde_json::to_string(&View::new(&changes, &labels)).expect("it can be written"),
    ];
    for face in faces {
        for word in ["hemmelig", "lukket", "lager", "intern"] {
            assert!(!face.to_lowercase().contains(word), "{word} in {face}");
        }
    }
    let all = told(old, new, Internal);
    assert!(all.len() > 3, "{all:?}");
    assert!(
        all.iter()
            .any(|said| said.contains("tilgang offentlig → intern")),
        "{all:?}"
    );
}

#[test]
fn a_change_concerns_those_that_answer_for_it_and_those_that_it_names() {
    let old = measure(
        "responsible = [\"body/regionradet\"]",
        "Vi kjøper inn varer i år.",
    );
    let new = measure(
        "responsible = [\"role/koordinator\"]",
        "Vi kjøper inn varer i Sørvik i år.",
    );
    let changes = compared(
        &[("measures/innkjop.md", &old)],
        &[("measures/innkjop.md", &new)],
        Public,
    );
    let bodies = changes.by_body();
    let counts: Vec<_> = bodies
        .iter()
        .map(|(name, all)| (*name, all.len()))
        .collect();
    assert_eq!(
        counts,
        [
            ("Sørvik kommune", 1),
            ("koordinator", 2),
            ("regionrådet", 2)
        ]
    );
}

#[test]
fn a_chapter_that_is_gone_stands_where_it_stood() {
    let strategy = STRATEGY.replace("\"tiltak\", ", "");
    let gone: Files<'_> = &[
        ("strategy.toml", &strategy),
        (
            "chapters/kilder.md",
            "+++\ntitle = \"Kildene\"\nshows = \"sources\"\n+++\n",
        ),
        ("chapters/tiltak.md", ""),
        (
            "chapters/workshop.md",
            "+++\ntitle = \"Verksted\"\nshows = \"workshop\"\n+++\n",
        ),
    ];
    let changes = compared(&[], gone, Public);
    let titles = changes.chapters.iter().map(|c| c.title.as_str());
    let titles: Vec<_> = titles.collect();
    assert_eq!(titles, ["Tiltak", "Kildene", "Verksted"]);
}

#[test]
fn other_councils_periods_and_looks_are_a_line_each() {
    let other = STRATEGY
        .replace("Fjordregionen", "Dalregionen")
        .replace("first = 2026", "first = 2027");
    let theme = "[colours]\naccent = \"#0B3C5D\"\n";
    let changes = compared(
        &[],
        &[("strategy.toml", &other), ("theme.toml", theme)],
        Public,
    );
    let labels = labels("nb");
    let wording = Wording::new(&labels);
    let said: Vec<_> = changes.remarks.iter().map(|r| wording.remark(r)).collect();
    let expected = [
        "Strategiene er fra hvert sitt råd: Fjordregionen interkommunalt politisk råd og Dalregionen interkommunalt politisk råd.",
        "Strategiene gjelder for ulike perioder: 2026–2029 og 2027–2029.",
        "Utseendet (farger, skrift og sidemål) er endret.",
    ];
    assert_eq!(said, expected);
}

#[test]
fn equal_versions_say_so() {
    let changes = compared(&[], &[], Public);
    assert!(changes.is_empty());
    let labels = labels("nb");
    let said = "Ingenting er endret fra versjon 0.1 til 0.1.\n";
    assert_eq!(text::text(&changes, &labels, false), said);
}

#[test]
fn what_cannot_be_read_is_not_gone() {
    let broken = "+++\ntitle = \n+++\n";
    let old = measure("", "Vi kjøper inn.");
    let found = told(
        &[("measures/innkjop.md", &old)],
        &[("measures/innkjop.md", broken)],
        Public,
    );
    assert_eq!(found, Vec::<String>::new());
}

/// Many changes of every sort.
fn many(count: usize, is_new: bool) -> Vec<(&'static str, &'static str)> {
    let word = if is_new { "etter" } else { "før" };
    let year = if is_new { 2028 } else { 2027 };
    let files = (0..count).map(|n| {
        let path = format!("measures/m{n}.md");
        let text = format!(
            "+++\ntitle = \"Tiltak {n}\"\ndeadline = {year}-05-01\n+++\n\nRåd {n} gjør dette {word} sommeren i alle kommunene i regionen, hvert år.\n"
        );
        let leak = |text: String| -> &'static str { text.leak() };
        (leak(path), leak(text))
    });
    files.collect()
}

#[test]
fn every_face_tells_the_same_changes() {
    let changes = compared(&many(7, false), &many(7, true), Public);
    let counts = changes.counts();
    assert_eq!((counts.told, counts.fields, counts.texts), (14, 7, 7));
    let labels = labels("nb");
    let wording = Wording::new(&labels);
    let sentences: Vec<String> = changes.told().map(|change| wording.plain(change)).collect();

    let terminal = text::text(&changes, &labels, false);
    let json = json(&changes, &labels);
    let in_json = json["chapters"].as_array().expect("a list").iter();
    let in_json = in_json.flat_map(|chapter| chapter["changes"].as_array().expect("a list"));
    let in_json: Vec<_> = in_json
        .map(|change| change["sentence"].as_str().expect("text"))
        .collect();
    assert_eq!(in_json, sentences);
    assert_eq!(json["counts"]["told"], 14);
    for sentence in &sentences {
        let lines = terminal.lines().filter(|line| line.trim() == sentence);
        assert_eq!(lines.count(), 1, "{sentence}");
    }
    let markdown = markdown(&changes, &labels);
    let items = markdown.lines().filter(|line| line.starts_with("- Tiltak"));
    assert_eq!(items.count(), 14, "{markdown}");
    let view = serde_json::to_value(View::new(&changes, &labels)).expect("it can be written");
    let in_view = view["chapters"][0]["changes"].as_array().expect("a list");
    assert_eq!(in_view.len(), 14);
    for count in [&terminal, &markdown, &view["counts"].to_string()] {
        assert!(
            count.contains("14 endringer: 7 i opplysninger, 7 i tekst."),
            "{count}"
        );
    }
}

#[test]
fn the_terminal_marks_words_with_signs_and_colour_is_only_added() {
    let changes = compared(&many(1, false), &many(1, true), Public);
    let labels = labels("nb");
    let plain = text::text(&changes, &labels, false);
    let line =
        "    Råd 0 gjør dette [-før-]{+etter+} sommeren i alle kommunene i regionen, hvert år.";
    assert!(plain.lines().any(|found| found == line), "{plain}");
    let coloured = text::text(&changes, &labels, true);
    assert!(
        coloured.contains("\u{1b}[4m{+etter+}\u{1b}[0m"),
        "{coloured}"
    );
    let mut bare = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        bare.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    bare.push_str(rest);
    assert_eq!(bare, plain);
}

#[test]
fn a_comment_is_never_too_long_and_says_what_it_leaves_out() {
    let changes = compared(&many(2_000, false), &many(2_000, true), Public);
    let labels = labels("nb");
    let comment = markdown(&changes, &labels);
    assert!(comment.len() <= 65_536, "{}", comment.len());
    let shown = comment
        .lines()
        .filter(|line| line.starts_with("- Tiltak"))
        .count();
    let left = changes.counts().told - shown;
    assert!(shown > 100 && left > 100, "{shown} {left}");
    let said =
        format!("**{left} endringer er utelatt her, for at teksten ikke skal bli for lang.**");
    assert!(
        comment.trim_end().ends_with(&said),
        "{}",
        &comment[comment.len() - 200..]
    );
    let opened = comment.matches("<details>").count();
    assert_eq!(opened, comment.matches("</details>").count());
}

#[test]
fn every_field_has_a_name() {
    let labels = labels("nb");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["strategy", "examples/elvedalen", "examples/fjordregionen"] {
        let sources = read_folder(&root.join(folder)).expect("it is there");
        let strategy = load(&sources, &mut Sink::default()).expect("it can be used");
        let seen = Seen::new(&strategy, Internal);
        for entry in &seen.entries {
            for (key, _) in fields::values(&seen, entry) {
                assert_ne!(labels.get(field_label(key)), "", "{key}");
            }
        }
    }
    let of_kinds = Kind::filed().flat_map(|kind| kind.info().fields);
    for field in of_kinds.filter(|field| !["id", "order"].contains(&field.key)) {
        assert_ne!(labels.get(field_label(field.key)), "", "{}", field.key);
    }
}

#[test]
fn ten_times_the_changes_take_ten_times_the_steps() {
    let prepare = |count: usize| {
        let (old, new) = (strategy(&many(count, false)), strategy(&many(count, true)));
        let documents = [plain(&old.0, Public), plain(&new.0, Public)];
        let none = BTreeMap::new();
        let merged = merge(&documents[0], &documents[1], &none, &none);
        (old, new, documents, merged)
    };
    steps::assert_linear(20, prepare, |(old, new, documents, merged)| {
        let numbers = BTreeMap::new();
        let before = Side {
            strategy: &old.0,
            sources: &old.1,
            document: &documents[0],
            numbers: &numbers,
        };
        let after = Side {
            strategy: &new.0,
            sources: &new.1,
            document: &documents[1],
            numbers: &numbers,
        };
        of(&before, &after, &merged, Public).counts().told
    });
}

#[test]
fn the_schema_names_every_key() {
    let changes = compared(&many(1, false), &many(1, true), Public);
    let written = json(&changes, &labels("nb"));
    let schema = schema();
    let keys = |value: &serde_json::Value| -> Vec<String> {
        let map = value.as_object().expect("an object");
        map.keys().cloned().collect()
    };
    assert_eq!(keys(&written), keys(&schema["properties"]));
    let change = &written["chapters"][0]["changes"][0];
    for key in keys(change) {
        assert!(
            schema["$defs"]["ChangeJson"]["properties"]
                .get(&key)
                .is_some(),
            "{key}"
        );
    }
}
