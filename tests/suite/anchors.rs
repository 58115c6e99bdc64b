//! Places in a text stay where they are when other things change: over two versions of a small
//! strategy, and for any order of chapters and any words.

use crate::support::built::{Audience, Sources, tree};
use crate::support::{Case, files_of, repository};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use utkast::dom::{Document, push_text};
use utkast::files::read_folder;

/// The anchors of version 1 that stand on another block in version 2, and why they may.
const MOVED: [(&str, &str); 3] = [
    (
        "chapter-drift.3.p1",
        "a paragraph was put before `d10`, which has no name",
    ),
    ("chapter-drift.3.p2", "the same, of `d11`"),
    (
        "chapter-drift.penger.p1",
        "a paragraph was put before `d6`, which has no name",
    ),
];

/// How many words of a block the list shows.
const WORDS: usize = 5;

/// Each id below the text of a tree, with the words that it stands on. References to notes are left
/// out: their ids are there for the way back from the note.
fn places(document: &Document) -> BTreeMap<String, String> {
    let mut places = BTreeMap::new();
    for node in document.descendants(Document::ROOT) {
        let Some(id) = document.get(node).attr("id") else {
            continue;
        };
        if id != "content" && !id.starts_with("noteref-") {
            let mut words = String::new();
            push_text(document, node, &mut words);
            let twice = places.insert(id.to_owned(), words);
            assert!(twice.is_none(), "`{id}` is there twice");
        }
    }
    places
}

/// The word by which a block is known: a letter and a number.
fn mark(words: &str) -> Option<&str> {
    let is_mark = |word: &&str| {
        let (letter, number) = word.split_at(usize::from(word.is_char_boundary(1)));
        letter.bytes().all(|b| b.is_ascii_lowercase())
            && !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
    };
    words.split_whitespace().find(is_mark)
}

fn version(number: u8) -> BTreeMap<String, String> {
    let folder = repository(&format!("tests/cases/anchors/{number}"));
    let sources = read_folder(&folder).expect("the folder can be read");
    places(&tree(&sources, Audience::Public))
}

/// The first words of a block, from its mark on.
fn first_words(words: &str) -> String {
    let from = mark(words).and_then(|mark| words.find(mark)).unwrap_or(0);
    let words = words[from..].split_whitespace().take(WORDS);
    words.collect::<Vec<_>>().join(" ")
}

/// The list of the anchors of both versions.
fn list(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> String {
    let mut list = String::from(
        "What the anchors of two versions stand on: = the same block, + new, ! another block.\n\n",
    );
    let all: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for anchor in all {
        let [old, new] = [before, after].map(|places| places.get(anchor));
        let marks = [old, new].map(|words| words.and_then(|words| mark(words)));
        if marks == [None, None] {
            continue;
        }
        let sign = match (old, new) {
            (None, _) => '+',
            (_, None) => '-',
            _ if marks[0] == marks[1] => '=',
            _ => '!',
        };
        writeln!(list, "{sign} #{anchor}").expect("strings take all");
        for words in [old, new].into_iter().flatten() {
            writeln!(list, "      {}", first_words(words)).expect("strings take all");
        }
        for (_, why) in MOVED.iter().filter(|(moved, _)| moved == anchor) {
            writeln!(list, "      ({why})").expect("strings take all");
        }
    }
    list
}

#[test]
fn anchors_survive_rewording_renumbering_and_paragraphs_elsewhere() {
    let (before, after) = (version(1), version(2));
    let mut moved = BTreeSet::new();
    for (anchor, words) in &before {
        let now = after.get(anchor);
        let now = now.unwrap_or_else(|| panic!("`{anchor}` leads nowhere any more"));
        if mark(words) != mark(now) {
            moved.insert(anchor.as_str());
        }
    }
    assert_eq!(moved, MOVED.map(|(anchor, _)| anchor).into());

    let list = list(&before, &after);
    let file = repository("tests/cases/anchors/expected.txt");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&file, &list).expect("the file can be written");
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        list == expected,
        "`UPDATE_EXPECTED=1` writes this anew:\n{list}"
    );
}

#[test]
fn every_block_of_a_text_can_be_pointed_at() {
    let after = version(2);
    let marks: BTreeSet<_> = after.values().filter_map(|words| mark(words)).collect();
    let files = files_of(&repository("tests/cases/anchors/2"));
    let texts = files.iter().filter(|(path, _)| path != "strategy.toml");
    for (path, bytes) in texts {
        let text = String::from_utf8_lossy(bytes);
        for words in text.split(|c: char| !c.is_alphanumeric()) {
            if let Some(block) = mark(words) {
                assert!(marks.contains(block), "`{block}` of {path} has no anchor");
            }
        }
    }
}

#[test]
fn a_link_leads_to_a_named_place_which_the_pdf_knows_too() {
    let case = Case::challenge(
        "En.\n\nKommunene deler. {#deling}\n\n## Videre\n\nSe [delingen](challenge/drift#deling).\n",
    );
    assert_eq!(case.check(), []);
    let built = case.build();
    assert!(
        built
            .html
            .contains("<p id=\"challenge-drift.deling\">Kommunene deler.</p>")
    );
    assert!(
        built
            .html
            .contains("<a href=\"#challenge-drift.deling\">delingen</a>")
    );
    assert!(built.html.contains("<p id=\"challenge-drift.2.p1\">Se "));
    let named = built.pdf_strings();
    assert!(named.iter().any(|name| name == "challenge-drift.deling"));
    assert!(named.iter().any(|name| name == "challenge-drift.2"));
    // There are as many of these as paragraphs.
    assert!(
        !named
            .iter()
            .any(|name| name.contains("drift.p1") || name.contains(".2.p1"))
    );
}

#[test]
fn a_link_to_a_place_that_nobody_named_says_which_was_meant() {
    let link = |place: &str| {
        let text = format!("En. {{#deling}}\n\nSe [delingen](challenge/drift#{place}).");
        Case::challenge(&text)
    };
    let (at, called) = ("challenges/drift.md:7:31", "there is no place");
    link("delinga").error("M012", at, called, "did you mean `challenge/drift#deling`?");
    // A count is no name.
    link("p1").error("M012", at, called, "name the place with `{#name}`");
}

/// A chapter with blocks of each kind; each `W` is a word.
const CHAPTER: &str = "W W\n\nW {#navn}\n\n- W\n- W W\n\n  W\n  1. W\n\n## W {#del}\n\n> W\n>\n> W\n\n\
    W[^w]\n\n| W | W |\n|---|---|\n| W | W |\n\n## W\n\n```\nW\n```\n\nW\n\n[^w]: W\n";

/// A strategy with chapters in an order, and their words.
fn chapters(order: &[usize], words: &[String]) -> Sources {
    let files = files_of(&repository("tests/cases/minimal")).into_iter();
    let mut texts: Vec<_> = files
        .map(|(path, bytes)| (path, String::from_utf8(bytes).expect("it is text")))
        .collect();
    let mut words = words.iter().cycle();
    for number in order {
        let (first, rest) = CHAPTER.split_at(number * 2);
        let text = format!("+++\ntitle = \"W\"\n+++\n\n{first}\n\n{rest}");
        let pieces = text.split('W').map(str::to_owned).reduce(|mut all, piece| {
            all.push_str(words.next().expect("there are words"));
            all + &piece
        });
        texts.push((format!("chapters/k{number}.md"), pieces.unwrap_or_default()));
    }
    let list: Vec<_> = order
        .iter()
        .map(|number| format!("\"k{number}\","))
        .collect();
    for (path, text) in &mut texts {
        if path == "strategy.toml" {
            *text = text.replacen("chapters = [", &format!("chapters = [{}", list.concat()), 1);
        }
    }
    Sources::from_texts(
        texts
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    )
}

fn anchors(sources: &Sources) -> BTreeSet<String> {
    places(&tree(sources, Audience::Public))
        .into_keys()
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 16,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2025),
        ..ProptestConfig::default()
    })]
    #[test]
    fn neither_the_order_of_chapters_nor_their_words_are_in_an_anchor(
        order in Just(vec![0, 1, 2]).prop_shuffle(),
        words in prop::collection::vec("[a-zæøå]{1,9}", 1..40),
    ) {
        let plain = chapters(&[0, 1, 2], &["ord".to_owned()]);
        prop_assert_eq!(anchors(&plain), anchors(&chapters(&order, &words)));
    }
}
