//! Strategies whose pages are hard to lay out.

use crate::support::Case;
use std::fmt::Write;

/// Every case, by name.
pub(crate) fn cases() -> Vec<(&'static str, Case)> {
    vec![
        ("own-colours", own_colours()),
        ("deep-lists", deep_lists()),
        ("long-words", long_words()),
        ("wide-tables", wide_tables()),
        ("one-sentence", one_sentence()),
    ]
}

/// A council's own colours and logo, with whatever stands on them.
fn own_colours() -> Case {
    let theme = "[colours]\naccent = \"#7a1f2b\"\nsecond = \"#5b3f86\"\ntint = \"#f6ecec\"\n\n\
        [logo]\nfile = \"images/logo.svg\"\nalt = \"Rådets våpen\"\nheight = 60\n";
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 60\">\
        <path d=\"M2 2h36v30L20 58 2 32z\" fill=\"#7a1f2b\"/></svg>";
    let text = "## Ein idé\n\n> Vi står saman.\n\nOm ~~vegen~~ **bane** og `kode`.[^1]\n\n[^1]: Etter folketal.";
    Case::challenge(text)
        .with("theme.toml", theme)
        .with("images/logo.svg", logo)
}

/// Lists in lists, with quotations and code in them.
fn deep_lists() -> Case {
    let mut text = String::from("Mange steg:\n\n");
    for depth in 0..12 {
        let sign = if depth % 2 == 0 { "-" } else { "1." };
        let indent = "    ".repeat(depth);
        writeln!(
            text,
            "{indent}{sign} Steg {depth} på vei ned, med ord nok til å fylle linja.\n"
        )
        .expect("strings take all");
    }
    text.push_str("> Sitat\n>\n> - med liste\n>   - og en til\n");
    Case::challenge(&text)
}

/// Words, addresses and code that no line holds, in text, headings, tables and names.
fn long_words() -> Case {
    let word = "samfunnsutviklingsplanleggingsarbeidsgruppe".repeat(4);
    let address = format!("https://fjellfjord.example/{}", "sti/".repeat(40));
    let text = format!(
        "## {word}\n\nHer står {word} i teksten, **{word}**, `{word}` og <{address}>.\n\n\
         ```\n{word} {word}\n```\n\n| {word} | Tall |\n|---|--:|\n| {word} | 1 |\n\n\
         Se [{word}]({address}).\n"
    );
    let sources = format!(
        "[[sources]]\nid = \"lang\"\ntitle = \"{word}\"\nyear = 2024\naddress = \"{address}\"\n"
    );
    Case::challenge(&text)
        .with("sources.toml", sources)
        .with("measures/lang.md", format!("+++\ntitle = \"{word}\"\nresponsible = [\"role/koordinator\"]\ncomes_from = [\"challenge/drift\"]\nindicator = \"{word}\"\n+++\n\nTiltak.\n"))
}

/// Tables of many columns, in the text and in cards.
fn wide_tables() -> Case {
    let row = |cell: &dyn Fn(usize) -> String| {
        let cells: Vec<_> = (1..=16).map(cell).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut table = row(&|n| format!("Kommune {n}"));
    table.push_str(&row(&|_| "---".into()));
    for line in 1..=4 {
        table.push_str(&row(&|n| format!("{} innbyggere", n * line * 100)));
    }
    let narrow = "| År | Folketall |\n|---|--:|\n| 2024 | 1 200 |\n| 2025 | 1 250 |\n";
    let chapter =
        format!("+++\ntitle = \"Utfordringer\"\nshows = \"challenges\"\n+++\n\n{table}\n{narrow}");
    Case::challenge(&format!("{table}\nOg igjen:\n\n{table}\n{narrow}"))
        .with("chapters/innhold.md", chapter)
}

/// A document of one chapter of one sentence.
fn one_sentence() -> Case {
    let overview = "title = \"Strategi\"\nlanguage = \"nn\"\nchapters = [\"alt\"]\n\n\
        [period]\nfirst = 2026\nlast = 2029\n\n[council]\nname = \"Fjordrådet\"\n\n\
        [version]\nnumber = \"0.1\"\nstatus = \"first_draft\"\ndate = 2025-04-11\n";
    let chapter = "+++\ntitle = \"Alt\"\n+++\n\nMeir kjem.\n";
    Case::empty()
        .with("strategy.toml", overview)
        .with("chapters/alt.md", chapter)
}
