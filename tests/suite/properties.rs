//! What holds for every text: nothing is lost on its way, nothing stops the program, and the same
//! sources give the same bytes.
//!
//! The cases are the same in each run; `PROPTEST_RNG_SEED` and `PROPTEST_CASES` give others, and
//! more.

use crate::support::built::{Audience, Built, Sources, fold, tree_body};
use crate::support::{files_of, repository};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Few cases by default: without optimisation a build takes a tenth of a second.
pub(crate) fn config(cases: u32) -> ProptestConfig {
    let from_environment = |name| std::env::var_os(name).is_some();
    let mut config = ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 1000,
        ..ProptestConfig::default()
    };
    if !from_environment("PROPTEST_RNG_SEED") {
        config.rng_seed = RngSeed::Fixed(2025);
    }
    if !from_environment("PROPTEST_CASES") {
        config.cases = cases;
    }
    config
}

/// The smallest strategy, with the text as the body of a challenge and of a chapter, and as words
/// kept verbatim.
fn sources(body: &str) -> Sources {
    let mut texts = texts_of("tests/cases/minimal");
    texts.push((
        "challenges/drift.md".into(),
        format!("+++\ntitle = \"Drift\"\n+++\n\n{body}\n"),
    ));
    texts.push((
        "agreement.md".into(),
        format!("+++\ntitle = \"Avtale\"\n+++\n\n{body}\n"),
    ));
    let chapter = "+++\ntitle = \"Utfordringer\"\nshows = \"challenges\"\n+++\n\n";
    texts.retain(|(path, _)| path != "chapters/innhold.md");
    texts.push(("chapters/innhold.md".into(), format!("{chapter}{body}\n")));
    Sources::from_texts(
        texts
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    )
}

pub(crate) fn texts_of(folder: &str) -> Vec<(String, String)> {
    let mut files = files_of(&repository(folder));
    // Hidden files are no sources.
    files.retain(|(path, _)| !path.starts_with('.'));
    let files = files.into_iter();
    let texts = files.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("it is text")));
    texts.collect()
}

/// A piece of Markdown, and the lines that a reader must find, in their order.
#[derive(Debug, Clone)]
struct Snippet {
    markdown: String,
    lines: Vec<String>,
}

/// Words without signs of Markdown: of all lengths, with letters of many alphabets, in parts, wide,
/// right to left, without a font, and none at all.
fn word() -> impl Strategy<Value = String> {
    let odd = [
        "råd",
        "ČSR",
        "ŋ",
        "Kárášjohka",
        "«funn»",
        "–",
        "…",
        "½",
        "€",
        "§ 18-4",
        "uke 9–19",
        "kr 500",
        "A\u{30a}",
        "e\u{301}",
        "\u{a0}",
        "\u{2011}",
        "\u{ad}",
        "क्\u{200d}ष",
        "\u{200b}",
        "ﬁ",
        "ß",
        "İ",
        "ǆ",
        "日本語",
        "שלום",
        "مرحبا",
        "नमस्ते",
        "🎉",
        "👩‍👩‍👧",
        "𝕬",
        "\u{fffd}",
        "1.",
        "2025",
        "3,5",
        "100 %",
        ":",
        "\"",
    ];
    let address = "https://example.org/en/lang/adresse/uten-mellomrom-som-ikke-kan-deles-fint";
    prop_oneof![
        8 => "[a-zæøå]{1,12}",
        1 => "[a-zæøå]{40,160}",
        1 => "[A-Z0-9]{60,200}",
        4 => proptest::sample::select(odd.to_vec()).prop_map(str::to_owned),
        1 => Just(address.to_owned()),
    ]
}

/// Words in a line, some of them emphasised, as code or as a link; begins with a letter, so that it
/// is no list or heading.
fn line() -> impl Strategy<Value = Snippet> {
    let part = (0..6u8, prop::collection::vec(word(), 1..5)).prop_map(|(kind, words)| {
        let text = words.join(" ");
        let inside = text.trim().to_owned();
        match kind {
            // Emphasis takes no spaces at its ends, and no signs that are no words.
            _ if !inside.starts_with(char::is_alphanumeric)
                || !inside.ends_with(char::is_alphanumeric) =>
            {
                (text.clone(), text)
            }
            0 => (format!("*{inside}*"), inside),
            1 => (format!("**{inside}**"), inside),
            2 => (format!("`{inside}`"), inside),
            3 => (format!("[{inside}](https://example.org/)"), inside),
            _ => (text.clone(), text),
        }
    });
    prop::collection::vec(part, 1..6).prop_map(|parts| {
        let (markdown, plain): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
        Snippet {
            markdown: format!("Ord {}.", markdown.join(" ")),
            lines: vec![format!("Ord {}.", plain.join(" "))],
        }
    })
}

fn table() -> impl Strategy<Value = Snippet> {
    (1..5usize, 1..6usize)
        .prop_flat_map(|(columns, rows)| {
            prop::collection::vec(prop::collection::vec(line(), columns), rows + 1)
        })
        .prop_map(|rows| {
            let mut markdown = String::new();
            for (number, row) in rows.iter().enumerate() {
                let cells: Vec<_> = row.iter().map(|cell| cell.markdown.as_str()).collect();
                markdown.push_str(&format!("| {} |\n", cells.join(" | ")));
                if number == 0 {
                    markdown.push_str(&format!("|{}\n", " --- |".repeat(row.len())));
                }
            }
            let lines = rows.into_iter().flatten().flat_map(|cell| cell.lines);
            Snippet {
                markdown,
                lines: lines.collect(),
            }
        })
}

/// Puts a mark before the first line of some blocks, and another before all others.
fn marked(inside: &Snippet, first: &str, others: &str) -> Snippet {
    let lines = inside.markdown.trim_end().lines().enumerate();
    let lines = lines.map(|(number, line)| {
        let mark = if number == 0 { first } else { others };
        format!("{mark}{line}").trim_end().to_owned() + "\n"
    });
    Snippet {
        markdown: lines.collect(),
        lines: inside.lines.clone(),
    }
}

fn joined(snippets: &[Snippet]) -> Snippet {
    let markdown: Vec<_> = snippets
        .iter()
        .map(|snippet| snippet.markdown.trim_end())
        .collect();
    Snippet {
        markdown: markdown.join("\n\n"),
        lines: snippets
            .iter()
            .flat_map(|snippet| snippet.lines.clone())
            .collect(),
    }
}

fn blocks() -> impl Strategy<Value = Snippet> {
    let heading = line().prop_map(|line| marked(&line, "# ", ""));
    let code = prop::collection::vec(word(), 1..12).prop_map(|words| Snippet {
        markdown: format!("```\n{}\n```\n", words.join(" ")),
        lines: vec![words.join(" ")],
    });
    let leaf = prop_oneof![4 => line(), 1 => heading, 1 => table(), 1 => code];
    let nested = leaf.prop_recursive(4, 24, 4, |inside| {
        let several = prop::collection::vec(inside, 1..4);
        prop_oneof![
            several
                .clone()
                .prop_map(|blocks| marked(&joined(&blocks), "> ", "> ")),
            several.clone().prop_map(|items| {
                joined(
                    &items
                        .iter()
                        .map(|item| marked(item, "- ", "  "))
                        .collect::<Vec<_>>(),
                )
            }),
            several.prop_map(|items| {
                let numbered = items.iter().zip(1..);
                let items = numbered.map(|(item, n)| marked(item, &format!("{n}. "), "   "));
                joined(&items.collect::<Vec<_>>())
            }),
        ]
    });
    prop::collection::vec(nested, 1..6).prop_map(|blocks| {
        // A line between parts one list from the next.
        let lines = blocks.into_iter().flat_map(|block| {
            let rule = Snippet {
                markdown: "***".into(),
                lines: Vec::new(),
            };
            [block, rule]
        });
        joined(&lines.collect::<Vec<_>>())
    })
}

/// Anything at all, and most of all what means something in Markdown.
fn noise() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        6 => proptest::sample::select("*_`[]()<>|#-+~\\&!:;\"'=.1\n\n\n  \t^{}%$/@".chars().collect::<Vec<_>>()),
        3 => proptest::sample::select("aæøåABC".chars().collect::<Vec<_>>()),
        1 => any::<char>(),
    ];
    prop::collection::vec(sign, 0..400).prop_map(String::from_iter)
}

/// The three texts of a build are one.
fn tree_page_and_pdf_agree(sources: &Sources, built: &Built) -> Result<(), TestCaseError> {
    let tree = tree_body(sources);
    for (what, text) in [("page", built.page_body()), ("PDF", built.pdf_body())] {
        let same = text
            .chars()
            .zip(tree.chars())
            .take_while(|(a, b)| a == b)
            .count();
        let near = |text: &str| -> String {
            text.chars()
                .skip(same.saturating_sub(20))
                .take(60)
                .collect()
        };
        let (said, meant) = (near(&text), near(&tree));
        prop_assert!(
            text == tree,
            "the {} says {:?}, and the tree {:?}",
            what,
            said,
            meant
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(48))]
    #[test]
    fn every_line_of_a_text_is_in_the_page_and_in_the_pdf(text in blocks()) {
        let sources = sources(&text.markdown);
        let built = Built::of_sources(&sources, Audience::Public);
        let built = built.map_err(TestCaseError::fail)?;
        let read = built.read_pdf();
        prop_assert_eq!(read.unmarked, "", "everything on the pages is marked");
        tree_page_and_pdf_agree(&sources, &built)?;
        let page = built.page_body();
        let mut rest = page.as_str();
        // In the chapter, and then in the challenge below it.
        for line in text.lines.iter().chain(&text.lines) {
            let line = fold(line);
            let at = rest.find(&line);
            prop_assert!(at.is_some(), "{:?} is missing, or not in its place, in {}", line, page);
            rest = &rest[at.unwrap_or_default() + line.len()..];
        }
    }

    #[test]
    fn no_text_whatever_stops_the_program_or_loses_a_letter(text in noise()) {
        let sources = sources(&text);
        match Built::of_sources(&sources, Audience::Public) {
            Ok(built) => tree_page_and_pdf_agree(&sources, &built)?,
            Err(said) => {
                // The text may be wrong in many ways; but none of these is its fault.
                for fault in ["R012", "R013", "R014", "T101"] {
                    prop_assert!(!said.contains(fault), "{}", said);
                }
            }
        }
    }
}

/// A starter with some of its default templates among its files, so that they can be damaged too.
fn with_templates() -> Vec<(String, String)> {
    let mut texts = texts_of("templates/new/nb");
    for name in [
        "workshop.html",
        "chapter.html",
        "theme.toml",
        "labels/nb.toml",
        "page.css",
    ] {
        let path = repository("templates/default").join(name);
        let text = std::fs::read_to_string(path).expect("it is there");
        texts.push((format!("templates/{name}"), text));
    }
    let (_, strategy) = texts
        .iter_mut()
        .find(|(path, _)| path == "strategy.toml")
        .expect("it is there");
    *strategy = strategy.replacen("language = ", "template = \"templates\"\nlanguage = ", 1);
    texts
}

proptest! {
    #![proptest_config(config(96))]
    #[test]
    fn no_damage_to_a_file_stops_the_program(
        file in any::<prop::sample::Index>(),
        from in any::<prop::sample::Index>(),
        length in 0..40usize,
        put in noise().prop_map(|text| text.chars().take(12).collect::<String>()),
    ) {
        let mut texts = with_templates();
        let (path, text) = file.get(&texts).clone();
        let letters: Vec<char> = text.chars().collect();
        let from = from.index(letters.len() + 1);
        let to = (from + length).min(letters.len());
        let damaged: String = letters[..from].iter().chain(put.chars().collect::<Vec<_>>().iter())
            .chain(&letters[to..]).collect();
        texts.iter_mut().filter(|(other, _)| *other == path).for_each(|(_, text)| text.clone_from(&damaged));
        let sources = Sources::from_texts(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        if let Err(said) = Built::of_sources(&sources, Audience::Internal) {
            for fault in ["R014", "T101"] {
                prop_assert!(!said.contains(fault), "{}: {}", path, said);
            }
        }
    }
}

proptest! {
    #![proptest_config(config(4))]
    #[test]
    fn the_order_in_which_files_are_found_changes_no_byte(
        texts in Just(texts_of("templates/new/nb")).prop_shuffle()
    ) {
        let built = |texts: &[(String, String)]| {
            let texts = texts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
            Built::of_sources(&Sources::from_texts(texts), Audience::Public)
        };
        let first = built(&texts_of("templates/new/nb")).map_err(TestCaseError::fail)?;
        let other = built(&texts).map_err(TestCaseError::fail)?;
        prop_assert!(first.html == other.html, "the pages differ");
        prop_assert!(first.pdf == other.pdf, "the PDFs differ");
    }
}
