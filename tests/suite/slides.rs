//! Every item of the slides of 11 April stands in the page and in the PDF.
//!
//! The slides' words are repeated here on purpose: the test must not read them from the sources it
//! judges. The one exception are the names of participants, which are personal data; the test knows
//! only their digest.

use crate::support::built::{Audience, fold, real, sha256};
use crate::support::repository;
use std::collections::BTreeSet;
use std::fs;

/// What the slides say, slide by slide. The plan of slide 6 stands in [`STEPS`], the item of the
/// agenda in [`AGENDA`]. The words in the logo on slide 11 belong to a picture that is not received;
/// what they say is said on slide 5.
const ITEMS: &[(u8, &str)] = &[
    (1, "Mosseregionen interkommunalt politisk råd"),
    (1, "11. april"),
    (2, "Ny strategi MIPR 2026–2029 – status og «mini»-workshop"),
    (3, "Samarbeidsavtale, 00.02.21"),
    (
        3,
        "«MIPR er et samarbeids- og interesseorgan for de deltakende kommunene som skal bidra til å styrke regionen som en bærekraftig, attraktiv og konkurransedyktig region, basert på lokale fortrinn.",
    ),
    (
        3,
        "MIPR skal bidra til å utvikle regionen til beste for innbyggerne og for de samarbeidende kommunene i henhold til den til hver tid gjeldende strategidokument.",
    ),
    (
        3,
        "MIPR skal arbeide for utvikling av regionen gjennom forpliktende samarbeid og ivareta interessene til regionen overfor fylket, stat og andre organer på regions-, fylkes- og riksplan.",
    ),
    (
        3,
        "MIPR skal synligjøre regionen som et attraktivt boområde, arbeidsmarked og opplevelsesregion.»",
    ),
    (4, "Mosseregionen"),
    (
        4,
        "Stor vekst (befolkning og arbeidsplass). Høy arbeidsmarkedsintegrasjon. Lav arbeidsdeltakelsen.",
    ),
    (
        4,
        "Krevende økonomi kommunene, og kapasiteten i gjennomføringen av de lovpålagte oppgavene utfordres.",
    ),
    (
        4,
        "Verden i dramatisk endring, jordas tåleevne, forsvar og beredskap.",
    ),
    (4, "Foto: KS"),
    (5, "Metode"),
    (
        5,
        "Partnerskap for radikal innovasjon, PRI, jobber med komplekse samfunnsutfordringer. Problemstillingene har ikke et enkelt svar eller én enkelt tilnærming.",
    ),
    (5, "Bør vi tenke nytt?"),
    (
        5,
        "En evaluering gjennomført på oppdrag fra KS og NHO (2021) viser at kommuner som har en bred innfallsvinkel til næringsutviklingsarbeidet på tvers av kommunale sektorer, lykkes i arbeidet.",
    ),
    (
        5,
        "«Partnerskap for radikal innovasjon» (KS), samfunnet står overfor store utfordringer som den enkelte kommune ikke kan løse alene.",
    ),
    (7, "Noen «funn» så langt"),
    (7, "Tillit og samarbeid."),
    (7, "Bygge ny identitet."),
    (7, "Vi skal gjøre kommunene gode."),
    (7, "«Det beste av to verdener»"),
    (7, "Foto: Shifter (øverst), Moss i Sentrum (nederst)"),
    (8, "Starte arbeidet med å …"),
    (8, "… konkretisere de viktigste samfunnsutfordringene."),
    (8, "… forsterke mulighetene."),
    (8, "… bygge fremtidens Mosseregionråd."),
    (8, "Foto: Kongsberg Gruppen"),
    (9, "Grupper"),
    (9, "Gruppe 1: 4 deltakere"),
    (9, "Gruppe 2: 4 deltakere"),
    (9, "Gruppe 3: 3 deltakere"),
    (9, "Gruppe 4: 4 deltakere"),
    (9, "Gruppe 5: 5 deltakere"),
    (10, "1: Store samfunnsutfordringer"),
    (
        10,
        "Se for deg at du er leder av et annet regionråd her på Østlandet. Du tar en titt mot Mosseregionen.",
    ),
    (
        10,
        "Hvilke tre konkrete samfunnsutfordringer bør MIPR prioritere for å skape en bærekraftig, attraktiv og konkurransedyktig region, og hvorfor?",
    ),
    (10, "Foto: Europakommisjonen"),
    (10, "Mission areas"),
    (
        10,
        "Adaptation to climate change, including societal transformation",
    ),
    (10, "Cancer"),
    (10, "Healthy oceans, seas, coastal and inland waters"),
    (10, "Climate-neutral and smart cities"),
    (10, "Soil health and food"),
    (11, "2: Samarbeid med næringslivet"),
    (11, "Norske kommuner er inni i en krevende tid, økonomisk."),
    (
        11,
        "Partnerskap for radikal innovasjon løser samfunnsutfordringer i samarbeid med andre.",
    ),
    (
        11,
        "Hvordan kan MIPR (og kommunene) jobbe sammen med næringslivet for å løse samfunnsutfordringene? Utarbeid tre konkrete forslag til tiltak.",
    ),
    (12, "3: Samarbeid mellom kommunene"),
    (
        12,
        "Samarbeid og tillit er viktig for å lykkes med utvikling og nytenkning.",
    ),
    (
        12,
        "Hvordan kan vi styrke samarbeidet mellom kommunene for å skape en mer slagkraftig region? Nevnt tre konkrete tiltak.",
    ),
    (
        12,
        "Foto: https://stardustconsulting.se/blogg/ekvationen-som-skapar-tillit-pa-arbetsplatsen/",
    ),
    (
        13,
        "4: Attraktivt sted å bo og jobbe, tiltrekke seg flere bedrifter og styrke eksisterende næringsliv",
    ),
    (
        13,
        "Hva mener du skal til for at Mosseregionen blir et enda mer attraktivt sted å bo og jobbe, både for unge, familier og arbeidstakere, og hvorfor?",
    ),
    (
        13,
        "Hvilke tiltak bør prioriteres for å sikre at regionen tiltrekker seg nye bedrifter og styrker eksisterende næringsliv, og hvorfor?",
    ),
    (13, "Foto: Rygge Flystasjon, 1X, Moss i Sentrum."),
];

/// The item of the agenda on slide 2, as the terms and descriptions of a list.
const AGENDA: [[&str; 2]; 3] = [
    ["Møte", "Regionrådet"],
    ["Dato", "11. april 2025"],
    [
        "Sak",
        "3. Ny strategi MIPR 2026–2029 – status og «mini»-workshop (orienteringssak)",
    ],
];

/// What is asked on slides 10 to 13: the question's words, and how many answers, with or without
/// «og hvorfor».
const ASKED: [(&str, &str); 5] = [
    (
        "en bærekraftig, attraktiv og konkurransedyktig region, og hvorfor?",
        "Spørsmålet ber om tre svar og en begrunnelse.",
    ),
    (
        "Utarbeid tre konkrete forslag til tiltak.",
        "Spørsmålet ber om tre svar.",
    ),
    ("Nevnt tre konkrete tiltak.", "Spørsmålet ber om tre svar."),
    (
        "både for unge, familier og arbeidstakere, og hvorfor?",
        "Spørsmålet ber om en begrunnelse.",
    ),
    (
        "og styrker eksisterende næringsliv, og hvorfor?",
        "Spørsmålet ber om en begrunnelse.",
    ),
];

/// What stands where the answers will stand.
const NO_ANSWERS: &str = "Ingen innspill er mottatt ennå. Svarene fra gruppene kommer her.";

/// The process plan of slide 6, cell by cell: body or phase, activity, weeks, who. The slide writes
/// «Rep.skap» for the representative council, whose name the document spells out.
const STEPS: [[&str; 4]; 10] = [
    [
        "Arbeidsgruppen",
        "Forventninger, mål og arbeidsfordeling",
        "Uke 9",
        "koordinator",
    ],
    [
        "Hente inn data",
        "Rapporter og intervju/dialog interessenter, etter fordeling",
        "Uke 9–19",
        "hele gruppen",
    ],
    ["Regionrådet", "Workshop", "Uke 15", "leder, koordinator"],
    [
        "Arbeidsgruppen",
        "Oppsummerer funn, 4–5 slides",
        "Uke 20",
        "hele gruppen",
    ],
    [
        "Regionrådet",
        "Status og brukere",
        "Uke 24",
        "leder, koordinator",
    ],
    [
        "Bearbeide funn og utarbeide første utkast",
        "Innspill på utkastet",
        "Uke 25–35",
        "koordinator (og hele gruppen)",
    ],
    [
        "Arbeidsgruppen",
        "Gjennomgang utkast",
        "Uke 36",
        "hele gruppen",
    ],
    [
        "MIPR-sekretariatet",
        "Presentasjon utkast",
        "Uke 38",
        "koordinator (og hele gruppen)",
    ],
    [
        "Regionrådet",
        "Presentere utkast",
        "Uke 42",
        "leder, koordinator",
    ],
    [
        "Representantskapet",
        "Vedta endelig strategi",
        "Uke 49",
        "leder",
    ],
];

/// SHA-256 of the names on slide 9, as written there, each followed by a line end.
const NAMES_DIGEST: &str = "8dbbaecf7791935fe846f8549885f085a01b4340de44720badbc5abafed05166";

/// Asserts that every item stands in `text`; spaces do not count, since a reader of a PDF may lose
/// or add them at the ends of lines.
fn has_every_item(text: &str, what: &str) {
    let text = fold(text);
    let cells = STEPS.iter().flatten().map(|cell| (6, *cell));
    let agenda = AGENDA.iter().map(|[_, said]| (2, *said));
    let missing: Vec<_> = ITEMS
        .iter()
        .copied()
        .chain(cells)
        .chain(agenda)
        .filter(|(_, item)| !text.contains(&fold(item)))
        .collect();
    assert_eq!(missing, [], "items of the slides are missing in {what}");
}

/// Asserts that the parts follow each other in `text`, with anything between them.
fn follow_each_other<'a>(text: &str, parts: impl IntoIterator<Item = &'a str>) {
    let mut rest = text;
    for part in parts {
        let part = fold(part);
        let at = rest.find(&part);
        let at = at.unwrap_or_else(|| panic!("{part:?} does not follow what stands before it"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn every_item_of_the_slides_is_in_the_page() {
    has_every_item(&real(Audience::Public).page_text(), "the page");
}

#[test]
fn every_item_of_the_slides_is_in_the_pdf_read_through_its_structure() {
    let read = real(Audience::Public).read_pdf();
    has_every_item(&read.text(), "the PDF, read by its structure tree");
}

#[test]
fn every_item_of_the_slides_is_in_the_pdf_read_by_pdftotext() {
    let Some(text) = real(Audience::Public).pdftotext() else {
        return;
    };
    has_every_item(&text, "the PDF, read by pdftotext");
}

#[test]
fn the_rows_of_the_plan_are_rows_in_their_order() {
    let expected = STEPS.map(|row| row.map(fold));
    let built = real(Audience::Public);
    for rows in [built.page_elements("tr"), built.pdf_elements("TR")] {
        // The second cell may go on with what is under way and with a note on the reading, and the
        // last with nothing.
        let rows: Vec<_> = rows.into_iter().skip(1).collect();
        assert_eq!(
            rows.len(),
            expected.len(),
            "a row of the plan is a row of the table"
        );
        for (row, expected) in rows.iter().zip(&expected) {
            let [who, what, ..] = row.as_slice() else {
                panic!("a row has four cells, not {row:?}");
            };
            assert!(what.starts_with(&expected[1]), "{row:?}");
            assert_eq!(
                [who, &row[2], &row[3]],
                [&expected[0], &expected[2], &expected[3]]
            );
        }
    }
}

#[test]
fn the_item_of_the_agenda_is_named_part_by_part() {
    let built = real(Audience::Public);
    let pairs: Vec<String> = AGENDA.iter().flatten().map(|part| fold(part)).collect();
    let page = built.page_elements("dl");
    assert!(page.contains(&pairs), "{page:#?}");
    let text = fold(&built.read_pdf().text());
    assert!(text.contains(&pairs.concat()), "{text}");
}

#[test]
fn each_question_says_what_is_asked_for_and_that_no_answer_is_there_yet() {
    let built = real(Audience::Public);
    for text in [built.page_text(), built.read_pdf().text()] {
        let text = fold(&text);
        follow_each_other(
            &text,
            ASKED
                .iter()
                .flat_map(|(question, asked)| [*question, *asked]),
        );
        assert_eq!(text.matches(&fold(NO_ANSWERS)).count(), 4);
        follow_each_other(
            &text,
            ["Del A", ASKED[3].0, "Del B", ASKED[4].0, NO_ANSWERS],
        );
    }
}

#[test]
fn credits_keep_their_order_and_their_positions() {
    let credits = [
        "Foto: KS",
        "Foto: Shifter (øverst), Moss i Sentrum (nederst)",
        "Foto: Kongsberg Gruppen",
        "Foto: Europakommisjonen",
        "Foto: https://stardustconsulting.se/",
        "Foto: Rygge Flystasjon, 1X, Moss i Sentrum",
    ];
    let built = real(Audience::Public);
    for text in [built.page_text(), built.read_pdf().text()] {
        let text = fold(&text);
        let list = text.rfind("Fotokreditering").expect("the chapter is there");
        follow_each_other(&text[list..], credits);
    }
}

/// The names in the folder of sources, group by group.
fn participants() -> Vec<String> {
    let path = repository("strategy/workshop/participants.toml");
    let text = fs::read_to_string(path).expect("it is there");
    let table: toml::Table = text.parse().expect("it is TOML");
    let groups = table["groups"].as_array().expect("groups are a list");
    let members = groups.iter().flat_map(|group| group["members"].as_array());
    let names = members
        .flatten()
        .map(|name| name.as_str().expect("a name is a text").to_owned());
    names.collect()
}

#[test]
fn names_of_participants_are_those_of_the_slide_and_reach_internal_builds_only() {
    let names = participants();
    assert_eq!(names.len(), 20);
    let lines: String = names.iter().map(|name| format!("{name}\n")).collect();
    assert_eq!(sha256(&lines), NAMES_DIGEST);

    let internal = real(Audience::Internal);
    for text in [internal.page_text(), internal.read_pdf().text()] {
        let text = fold(&text);
        assert!(
            names.iter().all(|name| text.contains(&fold(name))),
            "a name is missing"
        );
    }

    let public = real(Audience::Public);
    let mut said = vec![public.html.clone(), public.read_pdf().to_string()];
    said.extend(public.pdf_strings());
    for text in said {
        // Short first names may be parts of other words, so whole words are compared.
        let words: BTreeSet<_> = text.split(|c: char| !c.is_alphanumeric()).collect();
        for name in &names {
            let first = name.split([' ', '.']).next().unwrap_or(name);
            assert!(!words.contains(first), "a name is in a public output");
        }
    }
}
