//! Two versions of a strategy, of which the second came of the first by edits of its sources.

use crate::properties::texts_of;
use proptest::prelude::*;
use utkast::files::Sources;

/// A part of a text.
#[derive(Debug, Clone)]
enum Block {
    Heading(Vec<String>),
    Paragraph(Vec<String>),
    Quotation(Vec<String>),
    /// Items, some of them a level further in.
    List(Vec<(bool, Vec<String>)>),
    /// Rows of cells, the heads first.
    Table(Vec<Vec<Vec<String>>>),
}

/// A chapter with its title.
#[derive(Debug, Clone)]
struct Chapter {
    name: String,
    title: Vec<String>,
    blocks: Vec<Block>,
}

/// The part of the strategy that is edited.
#[derive(Debug, Clone)]
struct Work {
    chapters: Vec<Chapter>,
    /// Titles of measures, and whether each has somebody who answers for it.
    measures: Vec<(Vec<String>, bool)>,
}

/// What is done, and three numbers that say where and with what.
#[derive(Debug, Clone, Copy)]
struct Edit(u8, usize, usize, usize);

fn word() -> impl Strategy<Value = String> {
    let words = [
        "rådet",
        "kommunene",
        "havna",
        "veien",
        "skolen",
        "samarbeid",
        "felles",
        "innkjøp",
        "hvert",
        "år",
        "og",
        "i",
        "som",
        "skal",
        "Moss",
        "Råde",
        "2027",
        "17. mai",
        "tiltak",
        "kaia",
        "moloen",
        "budsjettet",
        "møtet",
        "fristen",
        "planen",
        "ansvaret",
        "barn",
        "unge",
        "eldre",
        "buss",
    ];
    let word = prop::sample::select(words.to_vec());
    (word, 0..12u8).prop_map(|(word, form)| match form {
        0 => format!("**{word}**"),
        1 => format!("*{word}*"),
        2 => format!("[{word}](https://example.org/)"),
        3 => format!("{word}."),
        _ => word.to_owned(),
    })
}

fn words(most: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(word(), 1..most)
}

fn block() -> impl Strategy<Value = Block> {
    let cells = || prop::collection::vec(words(4), 3);
    prop_oneof![
        1 => words(4).prop_map(Block::Heading),
        6 => words(40).prop_map(Block::Paragraph),
        1 => words(20).prop_map(Block::Quotation),
        2 => prop::collection::vec((any::<bool>(), words(10)), 1..5).prop_map(Block::List),
        2 => prop::collection::vec(cells(), 2..5).prop_map(Block::Table),
    ]
}

fn work() -> impl Strategy<Value = Work> {
    let blocks = || prop::collection::vec(block(), 1..7);
    let chapters = prop::collection::vec((words(4), blocks()), 2..4);
    let measures = prop::collection::vec((words(4), any::<bool>()), 1..4);
    (chapters, measures).prop_map(|(chapters, measures)| Work {
        chapters: chapters
            .into_iter()
            .enumerate()
            .map(|(n, (title, blocks))| Chapter {
                name: format!("del-{n}"),
                title,
                blocks,
            })
            .collect(),
        measures,
    })
}

/// A strategy, and the same after some edits.
pub(super) fn two_versions() -> impl Strategy<Value = (Sources, Sources)> {
    let edit = (0..24u8, 0..1000usize, 0..1000usize, 0..1000usize);
    let edits = prop::collection::vec(edit.prop_map(|(k, a, b, c)| Edit(k, a, b, c)), 1..9);
    let more = prop::collection::vec(block(), 3);
    (work(), edits, more).prop_map(|(old, edits, more)| {
        let mut new = old.clone();
        edits.into_iter().for_each(|edit| new.edit(edit, &more));
        (old.sources(), new.sources())
    })
}

/// Moves an element of a list to another place.
fn move_in<T>(list: &mut Vec<T>, from: usize, to: usize) {
    if !list.is_empty() {
        let element = list.remove(from % list.len());
        list.insert(to % (list.len() + 1), element);
    }
}

fn remove<T>(list: &mut Vec<T>, at: usize) {
    // One stays, so that no list or chapter is empty.
    if list.len() > 1 {
        list.remove(at % list.len());
    }
}

fn copy<T: Clone>(list: &mut Vec<T>, from: usize, to: usize) {
    let element = list[from % list.len()].clone();
    list.insert(to % (list.len() + 1), element);
}

/// The word in another form: plain, emphasised, or a link.
fn formatted(word: &str, form: usize) -> String {
    let plain = word.trim_matches(['*', '.']);
    let plain = plain.trim_start_matches('[');
    let plain = plain.split("](").next().unwrap_or(plain);
    match form % 4 {
        0 => format!("**{plain}**"),
        1 => format!("*{plain}*"),
        2 => format!("[{plain}](https://example.org/annet)"),
        _ => plain.to_owned(),
    }
}

impl Block {
    /// The words of one of its lines.
    fn words(&mut self, at: usize) -> &mut Vec<String> {
        match self {
            Self::Heading(words) | Self::Paragraph(words) | Self::Quotation(words) => words,
            Self::List(items) => {
                let at = at % items.len();
                &mut items[at].1
            }
            Self::Table(rows) => {
                let row = at % rows.len();
                let cells = &mut rows[row];
                let cell = at % cells.len();
                &mut cells[cell]
            }
        }
    }

    fn write(&self) -> String {
        match self {
            Self::Heading(words) => format!("## Om {}\n", words.join(" ")),
            Self::Paragraph(words) => format!("Her {}.\n", words.join(" ")),
            Self::Quotation(words) => format!("> Her {}.\n", words.join(" ")),
            Self::List(items) => {
                let lines = items.iter().enumerate().map(|(at, (is_deep, words))| {
                    let indent = if *is_deep && at > 0 { "  " } else { "" };
                    format!("{indent}- Her {}\n", words.join(" "))
                });
                lines.collect()
            }
            Self::Table(rows) => {
                let line = |cells: &Vec<Vec<String>>| {
                    let cells = cells
                        .iter()
                        .map(|cell| format!(" Her {} |", cell.join(" ")));
                    format!("|{}\n", cells.collect::<String>())
                };
                let rule = format!("|{}\n", "---|".repeat(rows[0].len()));
                let below: String = rows[1..].iter().map(line).collect();
                format!("{}{rule}{below}", line(&rows[0]))
            }
        }
    }
}

impl Work {
    fn edit(&mut self, Edit(kind, a, b, c): Edit, more: &[Block]) {
        let count = self.chapters.len();
        let chapter = &mut self.chapters[a % count];
        let blocks = &mut chapter.blocks;
        let at = b % blocks.len();
        match kind {
            0 | 1 => blocks.insert(at, more[c % more.len()].clone()),
            2 => remove(blocks, b),
            3 => move_in(blocks, b, c),
            4 | 5 => {
                let block = blocks[at].clone();
                remove(blocks, at);
                let other = &mut self.chapters[(a + 1) % count].blocks;
                other.insert(c % (other.len() + 1), block);
            }
            6..=8 => {
                let words = blocks[at].words(c);
                let place = c % words.len();
                words[place] = format!("nytt{}", c % 7);
            }
            9 => {
                let words = blocks[at].words(c);
                words
                    .iter_mut()
                    .step_by(2)
                    .for_each(|word| *word = "annet".into());
            }
            10 | 11 => {
                let words = blocks[at].words(c);
                let place = c % words.len();
                words[place] = formatted(&words[place], b);
            }
            12 => {
                if let Block::Paragraph(words) = &mut blocks[at]
                    && words.len() > 1
                {
                    let rest = words.split_off(words.len() / 2);
                    blocks.insert(at + 1, Block::Paragraph(rest));
                }
            }
            13 => {
                if let Some(Block::Paragraph(next)) = blocks.get(at + 1).cloned()
                    && let Block::Paragraph(words) = &mut blocks[at]
                {
                    words.extend(next);
                    blocks.remove(at + 1);
                }
            }
            14 => match &mut blocks[at] {
                Block::List(items) => move_in(items, b, c),
                Block::Table(rows) => move_in(rows, b, c),
                _ => {}
            },
            15 => match &mut blocks[at] {
                Block::List(items) => remove(items, c),
                Block::Table(rows) if rows.len() > 2 => remove(rows, c),
                _ => {}
            },
            16 => match &mut blocks[at] {
                Block::List(items) => copy(items, b, c),
                Block::Table(rows) => copy(rows, b, c),
                _ => {}
            },
            17 => {
                if let Block::Table(rows) = &mut blocks[at] {
                    let place = c % (rows[0].len() + 1);
                    rows.iter_mut()
                        .for_each(|row| row.insert(place, vec!["kolonne".into()]));
                }
            }
            18 => {
                if let Block::Table(rows) = &mut blocks[at] {
                    rows.iter_mut().for_each(|row| remove(row, c));
                }
            }
            19 => {
                if let Block::List(items) = &mut blocks[at] {
                    let place = c % items.len();
                    items[place].0 = !items[place].0;
                }
            }
            20 => move_in(&mut self.chapters, b, c),
            21 => {
                remove(&mut self.chapters, b);
            }
            22 => {
                let chapter = Chapter {
                    name: format!("ny-{a}-{c}"),
                    title: vec!["Nytt".into(), "kapittel".into()],
                    blocks: more.to_vec(),
                };
                let place = b % (count + 1);
                self.chapters.insert(place, chapter);
            }
            _ => {
                let at = b % self.measures.len();
                match c % 4 {
                    0 => self.measures[at].1 = !self.measures[at].1,
                    1 => self.measures[at].0.push("nå".into()),
                    2 => self
                        .measures
                        .push((vec!["Nytt".into(), "tiltak".into()], true)),
                    _ => remove(&mut self.measures, b),
                }
            }
        }
    }

    fn sources(&self) -> Sources {
        let mut texts = texts_of("tests/cases/minimal");
        let plain = |words: &[String]| {
            let words = words.iter().map(|word| formatted(word, 3));
            words.collect::<Vec<_>>().join(" ")
        };
        let mut order = String::new();
        for chapter in &self.chapters {
            order.push_str(&format!("    \"{}\",\n", chapter.name));
            let blocks: Vec<String> = chapter.blocks.iter().map(Block::write).collect();
            // A rule between blocks parts one list from the next.
            let text = format!(
                "+++\ntitle = \"Om {}\"\n+++\n\nHer begynner det.\n\n{}",
                plain(&chapter.title),
                blocks.join("\n***\n\n")
            );
            texts.push((format!("chapters/{}.md", chapter.name), text));
        }
        for (n, (title, has_role)) in self.measures.iter().enumerate() {
            let role = if *has_role {
                "role/koordinator"
            } else {
                "body/regionradet"
            };
            let text = format!(
                "+++\ntitle = \"Om {}\"\norder = {n}\nresponsible = [\"{role}\"]\n+++\n\nSå gjør vi det.\n",
                plain(title)
            );
            texts.push((format!("measures/tiltak-{n}.md"), text));
        }
        for (path, text) in &mut texts {
            if path == "strategy.toml" {
                *text = text.replacen(
                    "    \"innhold\",\n",
                    &format!("    \"innhold\",\n{order}"),
                    1,
                );
            }
        }
        Sources::from_texts(
            texts
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str())),
        )
    }
}
