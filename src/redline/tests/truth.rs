//! How well changes are recognised: documents made from a seed are changed in known ways.
//!
//! `cargo test --lib redline::tests::truth -- --nocapture` prints precision and recall by kind.
//!
//! Each block carries its identity in `data-truth`, which is not compared. Hard on purpose: short
//! paragraphs, paragraphs that repeat others but for a word or two, sentences that stand in every
//! chapter, and all changes in the same document at once.

use super::*;
use std::collections::BTreeSet;
use std::fmt::Write;

/// How many documents are changed.
const DOCUMENTS: u64 = 40;

const CHAPTERS: usize = 9;

/// A generator of numbers (splitmix64): the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ x >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ x >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ x >> 31
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).expect("it is below a usize")
    }

    fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most + 1 - least)
    }
}

const SHORT: [&str; 24] = [
    "og", "i", "det", "som", "på", "er", "for", "av", "til", "med", "en", "kan", "vi", "skal",
    "ikke", "å", "har", "de", "fra", "ved", "om", "mer", "der", "så",
];
const HEADS: [&str; 30] = [
    "havne", "vei", "skole", "bolig", "klima", "energi", "areal", "nærings", "kultur", "helse",
    "jord", "skog", "fiske", "reise", "plan", "vann", "by", "bygde", "barne", "ungdoms", "eldre",
    "buss", "tog", "ferge", "data", "kommune", "region", "avfalls", "brann", "bok",
];
const TAILS: [&str; 20] = [
    "arbeidet",
    "planen",
    "tilbudet",
    "samarbeidet",
    "utvalget",
    "budsjettet",
    "prosjektet",
    "kravet",
    "behovet",
    "anlegget",
    "senteret",
    "laget",
    "registeret",
    "tilskuddet",
    "ansvaret",
    "målet",
    "nettet",
    "opplegget",
    "rommet",
    "vernet",
];

fn word(numbers: &mut Numbers) -> String {
    match numbers.below(10) {
        0..5 => SHORT[numbers.below(SHORT.len())].to_owned(),
        _ => {
            let (head, tail) = (numbers.below(HEADS.len()), numbers.below(TAILS.len()));
            format!("{}{}", HEADS[head], TAILS[tail])
        }
    }
}

fn text(numbers: &mut Numbers, count: usize) -> Vec<String> {
    (0..count).map(|_| word(numbers)).collect()
}

/// A block with its identity: an element, its own words, and the blocks in it.
#[derive(Debug, Clone)]
struct Block {
    name: &'static str,
    truth: usize,
    id: Option<String>,
    words: Vec<String>,
    inner: Vec<Block>,
}

impl Block {
    fn write(&self, number: &mut usize, out: &mut String) {
        let id = self.id.iter().map(|id| format!(" id=\"{id}\""));
        let id: String = id.collect();
        write!(out, "<{}{id} data-truth=\"{}\">", self.name, self.truth).expect("strings take all");
        if self.name == "h2" {
            *number += 1;
            write!(out, "<span class=\"number\">{number}</span> ").expect("strings take all");
        }
        for (at, word) in self.words.iter().enumerate() {
            // Sentences of some ten words.
            let ends = at + 1 == self.words.len() || at % 11 == 10;
            let space = if at > 0 { " " } else { "" };
            let point = if ends && self.name == "p" { "." } else { "" };
            out.push_str(&format!("{space}{word}{point}"));
        }
        self.inner.iter().for_each(|inner| inner.write(number, out));
        write!(out, "</{}>", self.name).expect("strings take all");
    }

    fn each<'b>(&'b self, seen: &mut impl FnMut(&'b Block)) {
        seen(self);
        self.inner.iter().for_each(|inner| inner.each(seen));
    }
}

/// A document, and what is done to it.
struct Maker {
    numbers: Numbers,
    next: usize,
    /// Blocks that something was done to.
    touched: BTreeSet<usize>,
    /// Paragraphs that are the same but for a word.
    twins: BTreeMap<usize, usize>,
    /// By paragraph that was put at the end of another: that other one.
    joined: BTreeMap<usize, usize>,
    /// By kind of change: the identities that it concerns.
    done: BTreeMap<&'static str, BTreeSet<usize>>,
}

impl Maker {
    fn block(&mut self, name: &'static str, words: Vec<String>, inner: Vec<Block>) -> Block {
        self.next += 1;
        Block {
            name,
            truth: self.next,
            id: None,
            words,
            inner,
        }
    }

    fn of(&mut self, name: &'static str, least: usize, most: usize) -> Block {
        let count = self.numbers.between(least, most);
        let words = text(&mut self.numbers, count);
        self.block(name, words, Vec::new())
    }

    fn paragraph(&mut self) -> Block {
        match self.numbers.below(4) {
            0 => self.of("p", 5, 12),
            _ => self.of("p", 15, 70),
        }
    }

    fn list(&mut self) -> Block {
        let count = self.numbers.between(6, 9);
        let items = (0..count).map(|_| self.of("li", 4, 16)).collect();
        self.block("ul", Vec::new(), items)
    }

    fn table(&mut self) -> Block {
        let mut rows = Vec::new();
        for row in 0..9 {
            let name = if row == 0 { "th" } else { "td" };
            let cells = vec![
                self.of(name, 3, 5),
                self.of(name, 1, 2),
                self.of(name, 1, 4),
            ];
            rows.push(self.block("tr", Vec::new(), cells));
        }
        let body = self.block("tbody", Vec::new(), rows);
        self.block("table", Vec::new(), vec![body])
    }

    fn article(&mut self, name: &str) -> Block {
        let inner = vec![self.of("h3", 2, 4), self.paragraph(), self.paragraph()];
        let mut article = self.block("article", Vec::new(), inner);
        article.id = Some(format!("measure-{name}"));
        article
    }

    fn chapter(&mut self, name: &str) -> Block {
        let mut inner = vec![self.of("h2", 2, 5)];
        for _ in 0..9 {
            let paragraph = self.paragraph();
            inner.push(paragraph);
        }
        // The same but for a word.
        let mut again = inner[3].words.clone();
        let at = self.numbers.below(again.len());
        again[at] = word(&mut self.numbers);
        let again = self.block("p", again, Vec::new());
        self.twins.insert(again.truth, inner[3].truth);
        self.twins.insert(inner[3].truth, again.truth);
        inner.insert(6, again);
        let follow = ["Rådet", "følger", "arbeidet", "hvert", "år"].map(str::to_owned);
        let follow = self.block("p", follow.into(), Vec::new());
        inner.push(follow);
        inner.push(self.list());
        inner.push(self.table());
        for n in 0..3 {
            let article = self.article(&format!("{name}-{n}"));
            inner.push(article);
        }
        let mut chapter = self.block("section", Vec::new(), inner);
        chapter.id = Some(format!("chapter-{name}"));
        chapter
    }

    fn note(&mut self, kind: &'static str, block: &Block) {
        self.done.entry(kind).or_default().insert(block.truth);
        block.each(&mut |block| {
            self.touched.insert(block.truth);
            // Of two that are nearly the same, which one has changed nobody can tell if both have.
            self.touched.extend(self.twins.get(&block.truth));
        });
    }

    fn reworded(&mut self, words: &mut [String], share: usize) {
        for at in words {
            if self.numbers.below(100) < share {
                *at = word(&mut self.numbers);
            }
        }
    }

    /// A chapter, and the place in it of a block of this name that nothing was done to.
    fn pick(&mut self, chapters: &[Block], fits: impl Fn(&Block) -> bool) -> (usize, usize) {
        loop {
            let chapter = self.numbers.below(chapters.len());
            let at = self.numbers.below(chapters[chapter].inner.len());
            let block = &chapters[chapter].inner[at];
            let is_new = self.touched.contains(&chapters[chapter].truth);
            if fits(block) && !self.touched.contains(&block.truth) && !is_new {
                return (chapter, at);
            }
        }
    }

    /// A place for a paragraph in another chapter.
    fn place(&mut self, chapters: &[Block], but: usize) -> (usize, usize) {
        let step = self.numbers.between(1, chapters.len() - 1);
        let chapter = (but + step) % chapters.len();
        (chapter, self.numbers.between(1, 9))
    }

    /// Does something of each kind.
    fn change(&mut self, chapters: &mut Vec<Block>) {
        let is_long = |block: &Block| block.name == "p" && block.words.len() >= 20;
        let is_text = |block: &Block| block.name == "p" && block.words.len() > 5;
        for _ in 0..3 {
            let (chapter, at) = self.pick(chapters, is_text);
            let block = chapters[chapter].inner.remove(at);
            self.note("delete", &block);
            let block = self.paragraph();
            self.note("insert", &block);
            let (chapter, at) = self.place(chapters, 0);
            chapters[chapter].inner.insert(at, block);

            let (chapter, at) = self.pick(chapters, is_text);
            let mut block = chapters[chapter].inner[at].clone();
            let share = self.numbers.between(20, 60);
            self.reworded(&mut block.words, share);
            self.note("reword", &block);
            chapters[chapter].inner[at] = block;

            for (kind, share) in [("move", 0), ("move and reword", 30)] {
                let fits: &dyn Fn(&Block) -> bool = match share {
                    0 => &is_text,
                    _ => &is_long,
                };
                let (chapter, at) = self.pick(chapters, fits);
                let mut block = chapters[chapter].inner.remove(at);
                self.reworded(&mut block.words, share);
                self.note(kind, &block);
                let (chapter, at) = self.place(chapters, chapter);
                chapters[chapter].inner.insert(at, block);
            }

            // Items with ids, with other words than before.
            let (chapter, at) = self.pick(chapters, |block| block.name == "article");
            let mut block = chapters[chapter].inner.remove(at);
            let share = self.numbers.between(0, 60);
            self.reworded(&mut block.inner[1].words, share);
            self.note("move by id", &block);
            let (chapter, at) = self.place(chapters, chapter);
            chapters[chapter].inner.insert(at, block);

            let (chapter, at) = self.pick(chapters, is_long);
            let whole = chapters[chapter].inner[at].clone();
            self.note("split", &whole);
            let middle = whole.words.len() / 2;
            let (mut first, mut second) = (whole.clone(), whole);
            first.words.truncate(middle);
            second.words.drain(..middle);
            chapters[chapter].inner[at] = first;
            chapters[chapter].inner.insert(at + 1, second);

            let next_is_free = |chapters: &[Block], (chapter, at): (usize, usize), this: &Self| {
                let next = chapters[chapter].inner.get(at + 1);
                next.is_some_and(|next| is_long(next) && !this.touched.contains(&next.truth))
            };
            for _ in 0..100 {
                let (chapter, at) = self.pick(chapters, is_long);
                if next_is_free(chapters, (chapter, at), self) {
                    let second = chapters[chapter].inner.remove(at + 1);
                    let first = &mut chapters[chapter].inner[at];
                    first.words.extend(second.words.iter().cloned());
                    let first = first.clone();
                    self.note("join", &first);
                    self.note("joined", &second);
                    self.joined.insert(second.truth, first.truth);
                    break;
                }
            }

            let (chapter, at) = self.pick(chapters, |block| block.name == "ul");
            let list = &mut chapters[chapter].inner[at];
            let item = list.inner.remove(0);
            self.touched.insert(list.truth);
            list.inner.push(item.clone());
            self.note("move an item", &item);

            let (chapter, at) = self.pick(chapters, |block| block.name == "table");
            let table = &mut chapters[chapter].inner[at];
            self.touched.insert(table.truth);
            let rows = &mut table.inner[0].inner;
            let row = rows.remove(1);
            let to = self.numbers.between(5, rows.len());
            rows.insert(to, row.clone());
            self.note("move a row", &row);

            let (chapter, at) = self.pick(chapters, |block| block.name == "table");
            let truth = chapters[chapter].inner[at].truth;
            self.touched.insert(truth);
            let column = self.numbers.below(4);
            for row in 0..9 {
                let cell = self.of(if row == 0 { "th" } else { "td" }, 1, 3);
                self.note("add a column", &cell);
                let rows = &mut chapters[chapter].inner[at].inner[0].inner;
                rows[row].inner.insert(column, cell);
            }
        }
        // A chapter that stands elsewhere, and one before all others, so that all have other numbers.
        let last = chapters.len() - 1;
        let chapter = chapters.remove(1);
        self.done
            .entry("move by id")
            .or_default()
            .insert(chapter.truth);
        chapters.insert(last, chapter);
        for chapter in chapters.iter() {
            self.done
                .entry("renumber")
                .or_default()
                .insert(chapter.inner[0].truth);
        }
        let first = self.chapter("ny");
        first.each(&mut |block| {
            self.done.entry("insert").or_default().insert(block.truth);
        });
        chapters.insert(0, first);
    }
}

/// How often a kind of change was there, was found, and was found where there was none.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    there: usize,
    found: usize,
    wrong: usize,
}

impl Tally {
    fn recall(self) -> f64 {
        self.found as f64 / self.there.max(1) as f64
    }

    fn precision(self) -> f64 {
        self.found as f64 / (self.found + self.wrong).max(1) as f64
    }
}

fn html(chapters: &[Block]) -> String {
    let mut out = String::new();
    let mut number = 0;
    chapters
        .iter()
        .for_each(|chapter| chapter.write(&mut number, &mut out));
    out
}

/// By identity: what the block says.
fn texts(chapters: &[Block]) -> BTreeMap<usize, Vec<String>> {
    let mut texts: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for chapter in chapters {
        chapter.each(&mut |block| {
            let mut words = Vec::new();
            block.each(&mut |block| words.extend(block.words.clone()));
            texts.insert(block.truth, words);
        });
    }
    texts
}

fn truth_of(document: &Document, node: NodeId) -> Option<usize> {
    document.get(node).attr("data-truth")?.parse().ok()
}

/// Changes a document and adds to the tallies what was found of it.
fn measure(seed: u64, tallies: &mut BTreeMap<&'static str, Tally>) {
    let mut maker = Maker {
        numbers: Numbers(seed),
        next: 0,
        touched: BTreeSet::new(),
        twins: BTreeMap::new(),
        joined: BTreeMap::new(),
        done: BTreeMap::new(),
    };
    let old_chapters: Vec<Block> = (0..CHAPTERS)
        .map(|n| maker.chapter(&n.to_string()))
        .collect();
    let mut new_chapters = old_chapters.clone();
    maker.change(&mut new_chapters);
    let (old, new) = (
        document(&html(&old_chapters)),
        document(&html(&new_chapters)),
    );
    let merged = merge(&old, &new, &none(), &none());
    hold(&merged, &old, &new);
    let done = &maker.done;
    let (old_texts, new_texts) = (texts(&old_chapters), texts(&new_chapters));

    let here = &merged.document;
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (&node, &was) in &merged.in_old {
        if !is_within(&merged, node, Mark::Struck) {
            pairs.extend(truth_of(&old, was).zip(truth_of(here, node)));
        }
    }
    for &(before, after) in &merged.rewritten {
        pairs.extend(truth_of(here, before).zip(truth_of(here, after)));
    }
    let is_same = |was: usize, now: usize| {
        was == now
            || maker.joined.get(&was) == Some(&now)
            || old_texts.get(&was) == new_texts.get(&now)
    };
    let mut add = |kind: &'static str, there: usize, found: usize, wrong: usize| {
        let tally = tallies.entry(kind).or_default();
        tally.there += there;
        tally.found += found;
        tally.wrong += wrong;
    };

    let right: BTreeSet<usize> = pairs
        .iter()
        .filter(|(was, now)| is_same(*was, *now))
        .map(|&(was, _)| was)
        .collect();
    let both: BTreeSet<usize> = old_texts
        .keys()
        .copied()
        .filter(|truth| new_texts.contains_key(truth))
        .collect();
    let found = both.intersection(&right).count();
    add(
        "the same block",
        both.len(),
        found,
        pairs
            .iter()
            .filter(|(was, now)| !is_same(*was, *now))
            .count(),
    );
    let paired_new: BTreeSet<usize> = pairs.iter().map(|&(_, now)| now).collect();
    let paired_old: BTreeSet<usize> = pairs.iter().map(|&(was, _)| was).collect();
    let parts: BTreeSet<usize> = ["split", "join", "joined"]
        .iter()
        .filter_map(|kind| done.get(kind))
        .flatten()
        .copied()
        .collect();
    let inserted: BTreeSet<usize> = new_texts
        .keys()
        .filter(|now| !old_texts.contains_key(now))
        .copied()
        .collect();
    let said: BTreeSet<usize> = new_texts
        .keys()
        .filter(|now| !paired_new.contains(now))
        .copied()
        .collect();
    add(
        "insert",
        inserted.len(),
        inserted.intersection(&said).count(),
        said.difference(&inserted)
            .filter(|now| !parts.contains(now))
            .count(),
    );
    let deleted: BTreeSet<usize> = old_texts
        .keys()
        .filter(|was| !new_texts.contains_key(was) && !parts.contains(was))
        .copied()
        .collect();
    let said: BTreeSet<usize> = old_texts
        .keys()
        .filter(|was| !paired_old.contains(was))
        .copied()
        .collect();
    add(
        "delete",
        deleted.len(),
        deleted.intersection(&said).count(),
        said.difference(&deleted)
            .filter(|was| !parts.contains(was))
            .count(),
    );
    for kind in ["reword", "split", "join"] {
        let found = done[kind]
            .iter()
            .filter(|now| paired_new.contains(now))
            .count();
        add(kind, done[kind].len(), found, 0);
    }
    add(
        "add a column",
        done["add a column"].len(),
        done["add a column"].difference(&paired_new).count(),
        0,
    );

    let mut moved: BTreeSet<usize> = BTreeSet::new();
    let kinds = [
        "move by id",
        "move",
        "move and reword",
        "move an item",
        "move a row",
    ];
    for found in &merged.moves {
        let (Some(was), Some(now)) = (truth_of(&old, found.old), truth_of(&new, found.new)) else {
            continue;
        };
        let kind = kinds
            .iter()
            .find(|kind| done[*kind].contains(&was) && was == now);
        match kind {
            Some(_) => {
                moved.insert(was);
            }
            None => add("any move", 0, 0, 1),
        }
    }
    for kind in kinds {
        let (there, found) = (done[kind].len(), done[kind].intersection(&moved).count());
        add(kind, there, found, 0);
        add("any move", there, found, 0);
    }
    let unmarked = done["renumber"].iter().filter(|truth| {
        let mut nodes = here.descendants(Document::ROOT);
        let heading =
            nodes.find(|&node| here.get(node).is("h2") && truth_of(here, node) == Some(**truth));
        heading.is_some_and(|heading| {
            let mut below = here.descendants(heading);
            right.contains(truth) && !below.any(|node| merged.marks.contains_key(&node))
        })
    });
    let unmarked = unmarked.count();
    add("renumber", done["renumber"].len(), unmarked, 0);
}

/// Whether a node, or one around it, is marked so.
fn is_within(merged: &Merged, node: NodeId, mark: Mark) -> bool {
    let mut at = Some(node);
    while let Some(node) = at {
        if merged.marks.get(&node) == Some(&mark) {
            return true;
        }
        at = merged.document.get(node).parent;
    }
    false
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is what the command is for")]
fn changes_are_recognised() {
    let mut tallies = BTreeMap::new();
    (0..DOCUMENTS).for_each(|seed| measure(seed, &mut tallies));
    println!(
        "{:<20}{:>8}{:>11}{:>9}",
        "kind", "there", "precision", "recall"
    );
    for (kind, tally) in &tallies {
        // Of the other kinds, what is wrong counts in one of these.
        let has_precision = matches!(*kind, "any move" | "delete" | "insert" | "the same block");
        let precision = match has_precision {
            true => format!("{:.3}", tally.precision()),
            false => "–".to_owned(),
        };
        println!(
            "{kind:<20}{:>8}{precision:>11}{:>9.3}",
            tally.there,
            tally.recall()
        );
    }
    let recall = |kind| tallies[kind].recall();
    assert_eq!(tallies["any move"].wrong, 0, "blocks that have not moved");
    assert_eq!(
        tallies["the same block"].wrong, 0,
        "blocks that are not the same"
    );
    for kind in [
        "add a column",
        "delete",
        "insert",
        "move a row",
        "move an item",
        "move by id",
        "renumber",
    ] {
        assert_eq!(recall(kind), 1.0, "{kind}");
    }
    for kind in [
        "join",
        "move",
        "move and reword",
        "reword",
        "split",
        "the same block",
    ] {
        assert!(recall(kind) >= 0.95, "{kind}");
    }
}
