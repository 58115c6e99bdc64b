//! Strategies of any length, made from a seed: for measuring, and for tests of whole documents.
//!
//! The text is no language, but has the letters, the word lengths and the compounds of Norwegian.

use std::fmt::Write;
use utkast::files::Sources;

/// Pages that a chapter of generated text fills, more or less.
const CHAPTERS_PER_PAGE: f64 = 0.25;

/// A generator of numbers (PCG-like, 64 bits): the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let mixed = (self.0 >> 18) ^ self.0;
        mixed >> 27
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len() as u64) as usize]
    }
}

const SHORT: [&str; 32] = [
    "og", "i", "det", "som", "på", "er", "for", "av", "til", "med", "en", "kan", "vi", "skal",
    "ikke", "å", "har", "de", "fra", "ved", "om", "mer", "der", "så", "når", "ut", "opp", "hver",
    "både", "eller", "mot", "blir",
];
const LONG: [&str; 28] = [
    "samarbeid",
    "kommunene",
    "regionen",
    "næringsliv",
    "innbyggerne",
    "utvikling",
    "utfordringer",
    "tiltakene",
    "arbeidsplasser",
    "barn og unge",
    "kollektivtransport",
    "beredskap",
    "kompetanse",
    "bolig",
    "klimaet",
    "økonomien",
    "tjenester",
    "folkehelse",
    "kultur",
    "deltakelse",
    "møteplasser",
    "ansvaret",
    "planlegging",
    "strandsone",
    "jordvern",
    "trafikken",
    "skolen",
    "omsorgen",
];
const HEADS: [&str; 8] = [
    "samfunns",
    "nærings",
    "arbeidsmarkeds",
    "kommune",
    "region",
    "utdannings",
    "miljø",
    "areal",
];
const TAILS: [&str; 8] = [
    "utviklingsarbeidet",
    "integrasjonen",
    "planleggingen",
    "strategiene",
    "samarbeidet",
    "utfordringene",
    "programmet",
    "forvaltningen",
];

fn sentence(numbers: &mut Numbers, out: &mut String) {
    let words = 6 + numbers.below(14);
    for n in 0..words {
        let word = match numbers.below(10) {
            0..5 => numbers.pick(&SHORT).to_owned(),
            5..9 => numbers.pick(&LONG).to_owned(),
            _ => format!("{}{}", numbers.pick(&HEADS), numbers.pick(&TAILS)),
        };
        if n == 0 {
            let mut letters = word.chars();
            out.extend(letters.next().map(|c| c.to_uppercase().to_string()));
            out.push_str(letters.as_str());
        } else {
            out.push(' ');
            match numbers.below(40) {
                0 => write!(out, "**{word}**").expect("strings take all"),
                1 => write!(out, "*{word}*").expect("strings take all"),
                2 => write!(out, "[{word}](source/kilde)").expect("strings take all"),
                _ => out.push_str(&word),
            }
        }
    }
    out.push_str(". ");
}

fn paragraph(numbers: &mut Numbers, out: &mut String) {
    for _ in 0..4 + numbers.below(4) {
        sentence(numbers, out);
    }
    out.truncate(out.trim_end().len());
    out.push_str("\n\n");
}

fn chapter(numbers: &mut Numbers, n: usize) -> String {
    let mut out = format!(
        "+++\ntitle = \"Kapittel {n} om {}\"\n+++\n\n",
        numbers.pick(&LONG)
    );
    for section in 0..3 {
        writeln!(
            out,
            "## Avsnitt {} om {}\n",
            section + 1,
            numbers.pick(&LONG)
        )
        .expect("strings take all");
        for _ in 0..4 {
            paragraph(numbers, &mut out);
        }
        for _ in 0..3 {
            out.push_str("- ");
            sentence(numbers, &mut out);
            out.push('\n');
        }
        out.push('\n');
    }
    if n.is_multiple_of(4) {
        out.push_str("| Tiltak | Ansvarlig | Frist |\n|---|---|---|\n");
        for row in 0..24 {
            let (head, tail) = (numbers.pick(&HEADS), numbers.pick(&TAILS));
            let who = numbers.pick(&LONG);
            writeln!(
                out,
                "| Styrke {head}{tail} i {who} | {who} | uke {} |",
                row + 1
            )
            .expect("strings take all");
        }
        out.push('\n');
    }
    out
}

/// A strategy of about `pages` pages; the same seed gives the same words.
pub(crate) fn strategy(pages: usize, seed: u64) -> Sources {
    let mut numbers = Numbers(seed);
    let count = ((pages as f64 * CHAPTERS_PER_PAGE) as usize).max(1);
    let mut files: Vec<(String, String)> = Vec::new();
    let mut order = Vec::new();
    for n in 1..=count {
        order.push(format!("\"kapittel-{n}\""));
        files.push((
            format!("chapters/kapittel-{n}.md"),
            chapter(&mut numbers, n),
        ));
    }
    for (name, title, shows) in [
        ("utfordringer", "Utfordringer", "challenges"),
        ("tiltak", "Tiltak", "measures"),
        ("kilder", "Kilder", "sources"),
    ] {
        order.push(format!("\"{name}\""));
        let text = format!("+++\ntitle = \"{title}\"\nshows = \"{shows}\"\n+++\n");
        files.push((format!("chapters/{name}.md"), text));
    }
    for n in 1..=count.min(40) {
        let mut text = format!("+++\ntitle = \"Utfordring {n}\"\norder = {n}\n+++\n\n");
        paragraph(&mut numbers, &mut text);
        files.push((format!("challenges/utfordring-{n}.md"), text));
        let mut text = format!(
            "+++\ntitle = \"Tiltak {n}\"\norder = {n}\nresponsible = [\"role/koordinator\"]\n\
             comes_from = [\"challenge/utfordring-{n}\"]\n+++\n\n"
        );
        paragraph(&mut numbers, &mut text);
        files.push((format!("measures/tiltak-{n}.md"), text));
    }
    let overview = format!(
        "title = \"Strategi 2030–2033\"\nlanguage = \"nb\"\nchapters = [{}]\n\n\
         [period]\nfirst = 2030\nlast = 2033\n\n\
         [council]\nname = \"Fjordregionen interkommunalt politisk råd\"\n\n\
         [version]\nnumber = \"0.1\"\nstatus = \"working\"\ndate = 2029-03-01\n\n\
         [[roles]]\nid = \"koordinator\"\nname = \"koordinator\"\n",
        order.join(", ")
    );
    files.push(("strategy.toml".into(), overview));
    let evidence = "[[sources]]\nid = \"kilde\"\ntitle = \"Rapport om regionen\"\nyear = 2028\n";
    files.push(("sources.toml".into(), evidence.into()));
    Sources::from_texts(
        files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    )
}
