//! Every item of the slides of 11 April stands in the page and in the PDF.
//!
//! The slides' words are repeated here on purpose: the test must not read them from the sources it
//! judges. The one exception are the names of participants, which are personal data; the test knows
//! only their digest.

use crate::support::{self, fold};
use utkast::files::sha256_hex;
use utkast::model::Audience;

/// What the slides say, slide by slide.
const ITEMS: &[(u8, &str)] = &[
    (1, "Mosseregionen interkommunalt politisk råd"),
    (1, "11. april"),
    (2, "3."),
    (2, "Ny strategi MIPR 2026–2029 – status og «mini»-workshop"),
    (2, "orienteringssak"),
    (3, "Samarbeidsavtale"),
    (3, "00.02.21"),
    (3, "«MIPR er et samarbeids- og interesseorgan for de deltakende kommunene som skal bidra til å styrke regionen som en bærekraftig, attraktiv og konkurransedyktig region, basert på lokale fortrinn."),
    (3, "MIPR skal bidra til å utvikle regionen til beste for innbyggerne og for de samarbeidende kommunene i henhold til den til hver tid gjeldende strategidokument."),
    (3, "MIPR skal arbeide for utvikling av regionen gjennom forpliktende samarbeid og ivareta interessene til regionen overfor fylket, stat og andre organer på regions-, fylkes- og riksplan."),
    (3, "MIPR skal synligjøre regionen som et attraktivt boområde, arbeidsmarked og opplevelsesregion.»"),
    (4, "Mosseregionen"),
    (4, "Stor vekst (befolkning og arbeidsplass). Høy arbeidsmarkedsintegrasjon. Lav arbeidsdeltakelsen."),
    (4, "Krevende økonomi kommunene, og kapasiteten i gjennomføringen av de lovpålagte oppgavene utfordres."),
    (4, "Verden i dramatisk endring, jordas tåleevne, forsvar og beredskap."),
    (4, "Foto: KS"),
    (5, "Metode"),
    (5, "Partnerskap for radikal innovasjon, PRI, jobber med komplekse samfunnsutfordringer. Problemstillingene har ikke et enkelt svar eller én enkelt tilnærming."),
    (5, "Bør vi tenke nytt?"),
    (5, "En evaluering gjennomført på oppdrag fra KS og NHO (2021) viser at kommuner som har en bred innfallsvinkel til næringsutviklingsarbeidet på tvers av kommunale sektorer, lykkes i arbeidet."),
    (5, "«Partnerskap for radikal innovasjon» (KS), samfunnet står overfor store utfordringer som den enkelte kommune ikke kan løse alene."),
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
    (9, "Gruppe 1"),
    (9, "Gruppe 2"),
    (9, "Gruppe 3"),
    (9, "Gruppe 4"),
    (9, "Gruppe 5"),
    (10, "Store samfunnsutfordringer"),
    (10, "Se for deg at du er leder av et annet regionråd her på Østlandet. Du tar en titt mot Mosseregionen."),
    (10, "Hvilke tre konkrete samfunnsutfordringer bør MIPR prioritere for å skape en bærekraftig, attraktiv og konkurransedyktig region, og hvorfor?"),
    (10, "Foto: Europakommisjonen"),
    (10, "Mission areas"),
    (10, "Adaptation to climate change, including societal transformation"),
    (10, "Cancer"),
    (10, "Healthy oceans, seas, coastal and inland waters"),
    (10, "Climate-neutral and smart cities"),
    (10, "Soil health and food"),
    (11, "Samarbeid med næringslivet"),
    (11, "Norske kommuner er inni i en krevende tid, økonomisk."),
    (11, "Partnerskap for radikal innovasjon løser samfunnsutfordringer i samarbeid med andre."),
    (11, "Hvordan kan MIPR (og kommunene) jobbe sammen med næringslivet for å løse samfunnsutfordringene? Utarbeid tre konkrete forslag til tiltak."),
    (12, "Samarbeid mellom kommunene"),
    (12, "Samarbeid og tillit er viktig for å lykkes med utvikling og nytenkning."),
    (12, "Hvordan kan vi styrke samarbeidet mellom kommunene for å skape en mer slagkraftig region? Nevnt tre konkrete tiltak."),
    (12, "Foto: https://stardustconsulting.se/blogg/ekvationen-som-skapar-tillit-pa-arbetsplatsen/"),
    (13, "Attraktivt sted å bo og jobbe, tiltrekke seg flere bedrifter og styrke eksisterende næringsliv"),
    (13, "Hva mener du skal til for at Mosseregionen blir et enda mer attraktivt sted å bo og jobbe, både for unge, familier og arbeidstakere, og hvorfor?"),
    (13, "Hvilke tiltak bør prioriteres for å sikre at regionen tiltrekker seg nye bedrifter og styrker eksisterende næringsliv, og hvorfor?"),
    (13, "Foto: Rygge Flystasjon, 1X, Moss i Sentrum"),
];

/// The process plan of slide 6, cell by cell: body or phase, activity, weeks, who.
const STEPS: [[&str; 4]; 10] = [
    ["Arbeidsgruppen", "Forventninger, mål og arbeidsfordeling", "Uke 9", "koordinator"],
    ["Hente inn data", "Rapporter og intervju/dialog interessenter, etter fordeling", "Uke 9–19", "hele gruppen"],
    ["Regionrådet", "Workshop", "Uke 15", "leder, koordinator"],
    ["Arbeidsgruppen", "Oppsummerer funn, 4–5 slides", "Uke 20", "hele gruppen"],
    ["Regionrådet", "Status og brukere", "Uke 24", "leder, koordinator"],
    ["Bearbeide funn og utarbeide første utkast", "Innspill på utkastet", "Uke 25–35", "koordinator (og hele gruppen)"],
    ["Arbeidsgruppen", "Gjennomgang utkast", "Uke 36", "hele gruppen"],
    ["MIPR-sekretariatet", "Presentasjon utkast", "Uke 38", "koordinator (og hele gruppen)"],
    ["Regionrådet", "Presentere utkast", "Uke 42", "leder, koordinator"],
    ["Representantskapet", "Vedta endelig strategi", "Uke 49", "leder"],
];

/// SHA-256 of the names on slide 9, as written there, each followed by a line end.
const NAMES_DIGEST: &str = "8dbbaecf7791935fe846f8549885f085a01b4340de44720badbc5abafed05166";

/// Asserts that every item stands in `text`; spaces do not count, since a reader of a PDF may lose
/// or add them at the ends of lines.
fn has_every_item(text: &str, what: &str) {
    let text = fold(text);
    let cells = STEPS.iter().flatten().map(|cell| (6, *cell));
    let missing: Vec<_> = ITEMS
        .iter()
        .copied()
        .chain(cells)
        .filter(|(_, item)| !text.contains(&fold(item)))
        .collect();
    assert_eq!(missing, [], "items of the slides are missing in {what}");
}

#[test]
fn every_item_of_the_slides_is_in_the_page() {
    let built = support::build_real(Audience::Public);
    has_every_item(&utkast::html::text_of(&built.html), "the page");
}

#[test]
fn every_item_of_the_slides_is_in_the_pdf_read_through_its_structure() {
    let built = support::build_real(Audience::Public);
    let read = utkast::pdf::read(&built.pdf).expect("the PDF can be read back");
    has_every_item(&read.text(), "the PDF, read by its structure tree");
}

#[test]
fn every_item_of_the_slides_is_in_the_pdf_read_by_pdftotext() {
    let built = support::build_real(Audience::Public);
    let Some(text) = support::pdftotext(&built.pdf) else { return };
    has_every_item(&text, "the PDF, read by pdftotext");
}

#[test]
fn the_rows_of_the_plan_stand_in_their_order_with_their_own_cells() {
    let built = support::build_real(Audience::Public);
    let text = fold(&utkast::html::text_of(&built.html));
    // Every row's cells follow each other, and the rows follow each other.
    let mut from = text.find(&fold("Framdriftsplan")).expect("the chapter is there");
    for row in STEPS {
        for cell in row {
            let found = text[from..].find(&fold(cell));
            let at = found.unwrap_or_else(|| panic!("{cell:?} does not follow in row {row:?}"));
            from += at + fold(cell).len();
        }
    }
}

#[test]
fn names_of_participants_are_those_of_the_slide_and_reach_internal_builds_only() {
    let names = support::participants();
    let joined: String = names.iter().map(|name| format!("{name}\n")).collect();
    assert_eq!(sha256_hex(joined.as_bytes()), NAMES_DIGEST);

    let internal = support::build_real(Audience::Internal);
    let page = fold(&utkast::html::text_of(&internal.html));
    let read = utkast::pdf::read(&internal.pdf).expect("the PDF can be read back");
    let pdf = fold(&read.text());
    for name in &names {
        assert!(page.contains(&fold(name)), "a name is missing in the internal page");
        assert!(pdf.contains(&fold(name)), "a name is missing in the internal PDF");
    }

    let public = support::build_real(Audience::Public);
    let read = utkast::pdf::read(&public.pdf).expect("the PDF can be read back");
    // Short first names may be parts of other words, so whole words are compared.
    let words = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric());
        parts.map(str::to_owned).collect()
    };
    for text in [public.html.clone(), read.to_string()] {
        let words = words(&text);
        for name in &names {
            let first = name.split([' ', '.']).next().unwrap_or(name);
            assert!(!words.iter().any(|w| w == first), "a name is in a public output");
        }
    }
}
