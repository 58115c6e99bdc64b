//! What a reader sees and hears of the changes: words, classes, `ins` and `del`.
//!
//! A block that was added, struck or moved says so in a visible word, and each block in which
//! something has changed has a letter, so that nothing hangs on colour. Changed words are `ins` and
//! `del`; the words around them are for paper and PDF, where nothing else tells them apart for the
//! ear. All of it is marked as [`Mark::Generated`] or [`Mark::Around`], and what an element was before
//! is kept, so that the law still holds.

use super::{Mark, Merged};
use crate::dom::level::{Level, Levels};
use crate::dom::{Data, Document, NodeId};
use std::collections::{BTreeMap, BTreeSet};

/// The words of the changes, in the language of the document.
#[derive(Debug, Clone)]
pub struct Words {
    /// «Lagt til».
    pub added: String,
    /// «Strøket».
    pub struck: String,
    /// «Omskrevet, før».
    pub before: String,
    /// «Omskrevet, nå».
    pub now: String,
    /// «Flyttet hit fra {place}».
    pub moved_from: String,
    /// «Flyttet til {place}».
    pub moved_to: String,
    /// The letter of each: added, struck, edited, moved.
    pub letters: [String; 4],
    /// «[lagt til: ».
    pub open_added: String,
    /// «[strøket: ».
    pub open_struck: String,
    /// «]».
    pub close: String,
    /// «begynnelsen», for what stands before the first heading.
    pub start: String,
}

const ADDED: usize = 0;
const STRUCK: usize = 1;
const EDITED: usize = 2;
const MOVED: usize = 3;

/// The most words of a block that are said in the place where it stood.
const MOST_WORDS: usize = 8;

/// Dresses a merged document.
pub fn dress(merged: &mut Merged, words: &Words) {
    let levels = Levels::of(&merged.document);
    let places = places(merged);
    let rewritten: BTreeMap<NodeId, &str> = merged
        .rewritten
        .iter()
        .flat_map(|&(before, now)| [(before, words.before.as_str()), (now, words.now.as_str())])
        .collect();
    let mut dresser = Dresser {
        known: merged.document.len(),
        merged,
        words,
        levels,
        lines: BTreeSet::new(),
    };
    let marks: Vec<(NodeId, Mark)> = dresser
        .merged
        .marks
        .iter()
        .map(|(&id, &m)| (id, m))
        .collect();
    for &(id, mark) in &marks {
        match mark {
            Mark::Struck | Mark::Added if dresser.is_inline(id) => {
                let parent = dresser.merged.document.get(id).parent;
                dresser.lines.extend(parent);
            }
            Mark::Struck | Mark::Added => dresser.block(id, mark, rewritten.get(&id).copied()),
            Mark::Moved(number) => dresser.moved(id, number, &places),
            Mark::Trace(number) => dresser.trace(id, number, &places),
            Mark::Wrapped | Mark::Unwrapped => {
                let parent = dresser.merged.document.get(id).parent;
                dresser.lines.extend(parent);
            }
            Mark::Generated | Mark::Around => {}
        }
    }
    dresser.former();
    for parent in std::mem::take(&mut dresser.lines) {
        dresser.line(parent);
    }
    dresser.list_numbers(&marks);
}

/// By the place where something stood, and by the block that has moved: the number or words of the
/// heading above it.
fn places(merged: &Merged) -> BTreeMap<NodeId, String> {
    let mut wanted = BTreeSet::new();
    for moved in &merged.moves {
        wanted.extend([moved.stands, moved.trace]);
    }
    let mut places = BTreeMap::new();
    let document = &merged.document;
    let mut above = String::new();
    for id in document.descendants(Document::ROOT) {
        if wanted.contains(&id) {
            places.insert(id, above.clone());
        }
        if document
            .get(id)
            .heading_level()
            .is_some_and(|level| level > 1)
        {
            above = place_of_heading(merged, id);
        }
    }
    places
}

fn place_of_heading(merged: &Merged, heading: NodeId) -> String {
    let document = &merged.document;
    let children = &document.get(heading).children;
    let number = children
        .iter()
        .find(|&&child| document.get(child).has_class("number"));
    if let Some(&number) = number {
        return document.text_of(number).trim().to_owned();
    }
    let mut title = String::new();
    for &child in children {
        let is_struck =
            merged.marks.get(&child) == Some(&Mark::Struck) && !merged.marks.contains_key(&heading);
        if !is_struck {
            title.push_str(&document.title_of(child));
        }
    }
    format!("«{}»", title.trim())
}

struct Dresser<'m, 'w> {
    merged: &'m mut Merged,
    words: &'w Words,
    levels: Levels,
    /// How many nodes there were before the document was dressed.
    known: usize,
    /// Elements with changed words directly in them.
    lines: BTreeSet<NodeId>,
}

impl Dresser<'_, '_> {
    /// Marks what has changed without its words: a link leads elsewhere, a heading has another level.
    fn former(&mut self) {
        let is_marked = |id: NodeId| matches!(self.merged.marks.get(&id), Some(Mark::Struck));
        let document = &self.merged.document;
        for &id in self.merged.former.keys() {
            let mut at = Some(id);
            while let Some(id) = at.filter(|&id| !is_marked(id)) {
                at = document.get(id).parent;
            }
            if at.is_none() {
                let is_inline = self.levels.level(id) == Level::Inline;
                self.lines.extend(match is_inline {
                    true => document.get(id).parent,
                    false => Some(id),
                });
            }
        }
    }

    /// Whether a node is part of a line, as all are that were made to dress one.
    fn is_inline(&self, id: NodeId) -> bool {
        self.levels_of(id) == Level::Inline
    }

    fn element(&mut self, name: &str, class: &str, mark: Mark) -> NodeId {
        let class = [("class", class)];
        let attrs = if class[0].1.is_empty() {
            &[][..]
        } else {
            &class[..]
        };
        let node = self.merged.document.create_element(name, attrs);
        self.merged.marks.insert(node, mark);
        node
    }

    /// `<span class="change-word">` with a word.
    fn word(&mut self, name: &str, class: &str, text: &str) -> NodeId {
        let word = self.element(name, class, Mark::Generated);
        let text = self.merged.document.create_text(text);
        self.merged.document.append(word, text);
        word
    }

    /// Marks a block with classes and a letter.
    fn class(&mut self, id: NodeId, classes: &str, letter: usize) {
        let node = self.merged.document.get(id);
        if node.has_class("change") {
            return;
        }
        let class = match node.attr("class") {
            Some(own) => format!("{own} {classes}"),
            None => classes.to_owned(),
        };
        self.set_attr(id, "class", &class);
        let words = self.words;
        self.set_attr(id, "data-change", &words.letters[letter]);
    }

    /// Gives an element an attribute, and keeps those that it had before it was dressed.
    fn set_attr(&mut self, id: NodeId, key: &str, value: &str) {
        if let Data::Element { attrs, .. } = &self.merged.document.get(id).data {
            let before = || attrs.clone();
            self.merged.undressed.entry(id).or_insert_with(before);
        }
        self.merged.document.set_attr(id, key, value);
    }

    /// A block that was added or struck.
    fn block(&mut self, id: NodeId, mark: Mark, rewritten: Option<&str>) {
        let (letter, class, word) = match mark {
            Mark::Added => (ADDED, "change added", self.words.added.clone()),
            _ => (STRUCK, "change struck", self.words.struck.clone()),
        };
        let (letter, word) = match rewritten {
            Some(word) => (EDITED, word.to_owned()),
            None => (letter, word),
        };
        let name = match mark {
            Mark::Added => "ins",
            _ => "del",
        };
        self.wrap(id, name);
        self.class(id, class, letter);
        let word = self.word("span", "change-word", &format!("{word}:"));
        self.say(id, word);
    }

    /// Puts the words in a block into `ins` or `del`, but for what is marked otherwise.
    fn wrap(&mut self, id: NodeId, name: &str) {
        let children = self.merged.document.get(id).children.clone();
        if self.merged.document.get(id).is("svg") {
            return;
        }
        // A number is not text of the block, and the first thing in it.
        let document = &self.merged.document;
        let is_first = |&at: &usize| {
            let mut before = children[..at].iter().map(|&child| document.get(child));
            before.all(|node| node.is_blank() || node.has_class("number"))
        };
        let number = node_number(document, id).filter(is_first);
        let mut at = number.map_or(0, |at| at + 1);
        while at < children.len() {
            let child = children[at];
            if self.merged.marks.contains_key(&child) {
                at += 1;
            } else if self.is_inline(child) {
                let run = children[at..].iter().take_while(|&&child| {
                    self.is_inline(child) && !self.merged.marks.contains_key(&child)
                });
                let run: Vec<NodeId> = run.copied().collect();
                at += run.len();
                let has_words = run
                    .iter()
                    .any(|&child| !self.merged.document.get(child).is_blank());
                if has_words {
                    let place = self.place_of(id, run[0]);
                    let around = self.element(name, "", Mark::Around);
                    self.merged.document.insert(id, place, around);
                    run.iter()
                        .for_each(|&child| self.merged.document.append(around, child));
                }
            } else {
                self.wrap(child, name);
                at += 1;
            }
        }
    }

    fn place_of(&self, parent: NodeId, child: NodeId) -> usize {
        let children = &self.merged.document.get(parent).children;
        children
            .iter()
            .position(|&other| other == child)
            .unwrap_or(children.len())
    }

    /// Puts a word at the start of a block, or before it if it cannot hold one.
    fn say(&mut self, id: NodeId, word: NodeId) {
        let document = &self.merged.document;
        let node = document.get(id);
        let first_of = |names: &[&str]| {
            let mut children = node.children.iter().copied();
            children.find(|&child| names.contains(&document.get(child).name()))
        };
        let first_block = || {
            let mut children = node.children.iter().copied();
            children.find(|&child| !document.get(child).is_blank())
        };
        let is_block = |child: &NodeId| {
            document.get(*child).text().is_none()
                && !self
                    .merged
                    .marks
                    .get(child)
                    .is_some_and(|mark| *mark == Mark::Around)
                && self.levels_of(*child) != Level::Inline
        };
        match node.name() {
            "tr" | "thead" | "tbody" | "tfoot" | "ul" | "ol" | "dl" => {
                match first_of(&["tr", "td", "th", "li", "dt", "dd"]) {
                    Some(child) => self.say(child, word),
                    None => self.before(id, word),
                }
            }
            "table" => match first_of(&["caption"]) {
                Some(caption) => self.say(caption, word),
                None => self.before(id, word),
            },
            "pre" | "img" | "svg" | "hr" => self.before(id, word),
            "section" | "article" | "div" | "blockquote" | "aside" | "figure" | "header"
            | "footer" | "main" | "nav" => match first_block() {
                Some(child) if document.get(child).heading_level().is_some() => {
                    self.say(child, word)
                }
                Some(child) if document.get(child).is("p") => self.say(child, word),
                _ => self.first_paragraph(id, word),
            },
            _ => match first_block().filter(is_block) {
                Some(child) if document.get(child).is("p") => self.say(child, word),
                Some(_) => self.first_paragraph(id, word),
                None => {
                    let space = self.space();
                    // The number of a heading or caption stays in front.
                    let numbered = node_number(&self.merged.document, id);
                    let at = numbered.map_or(0, |at| at + 1);
                    self.merged.document.insert(id, at, word);
                    self.merged.document.insert(id, at + 1, space);
                }
            },
        }
    }

    fn levels_of(&self, id: NodeId) -> Level {
        match (id.0 as usize) < self.known {
            true => self.levels.level(id),
            false => Level::Inline,
        }
    }

    fn space(&mut self) -> NodeId {
        let space = self.merged.document.create_text(" ");
        self.merged.marks.insert(space, Mark::Generated);
        space
    }

    /// A paragraph of its own with a word.
    fn paragraph(&mut self, word: NodeId) -> NodeId {
        let paragraph = self.element("p", "", Mark::Generated);
        self.merged.document.append(paragraph, word);
        paragraph
    }

    fn first_paragraph(&mut self, id: NodeId, word: NodeId) {
        let paragraph = self.paragraph(word);
        self.merged.document.insert(id, 0, paragraph);
    }

    fn before(&mut self, id: NodeId, word: NodeId) {
        let Some(parent) = self.merged.document.get(id).parent else {
            return;
        };
        let paragraph = self.paragraph(word);
        let place = self.place_of(parent, id);
        self.merged.document.insert(parent, place, paragraph);
    }

    /// The id of an element, which it gets if it has none.
    fn id_of(&mut self, id: NodeId, name: &str) -> String {
        if let Some(own) = self.merged.document.get(id).attr("id") {
            return own.to_owned();
        }
        self.set_attr(id, "id", name);
        name.to_owned()
    }

    /// A link to an element, as a word.
    fn link(&mut self, to: &str, text: &str) -> NodeId {
        let word = self.element("span", "change-word", Mark::Generated);
        let link = self
            .merged
            .document
            .create_element("a", &[("href", &format!("#{to}"))]);
        let text = self.merged.document.create_text(text);
        self.merged.document.append(link, text);
        self.merged.document.append(word, link);
        word
    }

    fn moved(&mut self, id: NodeId, number: usize, places: &BTreeMap<NodeId, String>) {
        let trace = self.merged.moves[number].trace;
        let to = self.id_of(trace, &format!("moved-from-{}", number + 1));
        let place = places.get(&trace).filter(|place| !place.is_empty());
        let place = place.unwrap_or(&self.words.start);
        let text = self.words.moved_from.replace("{place}", place);
        self.class(id, "change moved", MOVED);
        let word = self.link(&to, &text);
        self.say(id, word);
    }

    fn trace(&mut self, id: NodeId, number: usize, places: &BTreeMap<NodeId, String>) {
        let stands = self.merged.moves[number].stands;
        let to = self.id_of(stands, &format!("moved-to-{}", number + 1));
        let place = places.get(&stands).filter(|place| !place.is_empty());
        let place = place.unwrap_or(&self.words.start);
        let text = self.words.moved_to.replace("{place}", place);
        let words = first_words(self.merged, stands);
        self.class(id, "change trace", MOVED);
        let word = self.link(&to, &text);
        let inner = self.merged.moves[number].trace;
        self.merged.document.insert(inner, 0, word);
        if !words.is_empty() {
            let text = self.merged.document.create_text(&format!(" {words}"));
            self.merged.document.append(inner, text);
        }
    }

    /// Puts the changed words of a line into `ins` and `del`.
    fn line(&mut self, parent: NodeId) {
        let children = self.merged.document.take_children(parent);
        let mut at = 0;
        while at < children.len() {
            let mark = self.merged.marks.get(&children[at]).copied();
            let (name, class, open) = match mark {
                Some(Mark::Struck) if self.is_inline(children[at]) => {
                    ("del", "struck", self.words.open_struck.clone())
                }
                Some(Mark::Added) if self.is_inline(children[at]) => {
                    ("ins", "added", self.words.open_added.clone())
                }
                _ => {
                    self.merged.document.append(parent, children[at]);
                    at += 1;
                    continue;
                }
            };
            let run = children[at..].iter().take_while(|child| {
                self.merged.marks.get(child).copied() == mark && self.is_inline(**child)
            });
            let run: Vec<NodeId> = run.copied().collect();
            at += run.len();
            let around = self.element(name, class, Mark::Around);
            for &child in &run {
                self.merged.document.append(around, child);
            }
            // Spaces at both ends stand outside of the words about the change.
            if let Some(spaces) = run
                .first()
                .and_then(|&first| self.take_first_spaces(first, mark))
            {
                self.merged.document.append(parent, spaces);
            }
            let spaces = run.last().and_then(|&last| self.take_spaces(last, mark));
            let has_words = !self.merged.document.text_of(around).trim().is_empty();
            if !has_words {
                self.merged.document.append(parent, around);
                spaces
                    .into_iter()
                    .for_each(|spaces| self.merged.document.append(parent, spaces));
                continue;
            }
            let open = self.word("span", "print-only change-word", &open);
            let close = self.words.close.clone();
            let close = self.word("span", "print-only change-word", &close);
            let next = children.get(at).copied();
            let spaces = spaces.or_else(|| next.and_then(|next| self.space_between(around, next)));
            for node in [open, around, close].into_iter().chain(spaces) {
                self.merged.document.append(parent, node);
            }
        }
        if let Some(block) = self.block_around(parent) {
            self.class(block, "change", EDITED);
        }
    }

    /// Takes the spaces at the end of a text, so that they can stand behind the words about it.
    fn take_spaces(&mut self, id: NodeId, mark: Option<Mark>) -> Option<NodeId> {
        let node = self.merged.document.get(id);
        let text = node.text()?;
        let length = text.trim_end().len();
        if length == 0 || length == text.len() {
            return None;
        }
        let (text, spaces) = (text[..length].to_owned(), text[length..].to_owned());
        Some(self.part(id, text, spaces, mark))
    }

    /// The same of the spaces at its start.
    fn take_first_spaces(&mut self, id: NodeId, mark: Option<Mark>) -> Option<NodeId> {
        let text = self.merged.document.get(id).text()?;
        let length = text.len() - text.trim_start().len();
        if length == 0 || length == text.len() {
            return None;
        }
        let (spaces, text) = (text[..length].to_owned(), text[length..].to_owned());
        Some(self.part(id, text, spaces, mark))
    }

    /// Leaves a text node with `text`, and puts `rest` into another.
    fn part(&mut self, id: NodeId, text: String, rest: String, mark: Option<Mark>) -> NodeId {
        let origin = self.merged.document.get(id).origin;
        self.merged.document.get_mut(id).data = Data::Text(text);
        let rest = self.merged.document.create(Data::Text(rest), origin);
        self.merged.marks.extend(mark.map(|mark| (rest, mark)));
        rest
    }

    /// A space between two changed pieces, if words would touch that stand for each other.
    fn space_between(&mut self, first: NodeId, next: NodeId) -> Option<NodeId> {
        let changed = matches!(
            self.merged.marks.get(&next),
            Some(Mark::Struck | Mark::Added)
        );
        let document = &self.merged.document;
        let ends = document.text_of(first).chars().next_back();
        let begins = document.text_of(next).chars().next();
        let is_of_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let after = ends.is_some_and(|c| !c.is_whitespace());
        (changed && self.is_inline(next) && after && is_of_word(begins)).then(|| self.space())
    }

    /// The block that is marked for a change in a line of it: of a cell, the row.
    fn block_around(&self, id: NodeId) -> Option<NodeId> {
        let document = &self.merged.document;
        let is_block = |id: NodeId| self.levels_of(id) == Level::Block;
        let mut at = Some(id);
        while let Some(id) = at.filter(|&id| !is_block(id)) {
            at = document.get(id).parent;
        }
        let block = at?;
        let cell = document.ancestor(block, |node| node.is("td") || node.is("th"));
        let row = cell.and_then(|cell| document.get(cell).parent);
        Some(
            row.filter(|&row| document.get(row).is("tr"))
                .unwrap_or(block),
        )
    }

    /// Gives the items of numbered lists in which something was struck their numbers: those of the
    /// old list to what was struck, those of the new one to the others.
    fn list_numbers(&mut self, marks: &[(NodeId, Mark)]) {
        let mut lists = BTreeSet::new();
        for &(id, mark) in marks {
            let document = &self.merged.document;
            let parent = document
                .get(id)
                .parent
                .filter(|_| document.get(id).is("li"));
            if matches!(mark, Mark::Struck | Mark::Trace(_))
                && let Some(list) = parent.filter(|&list| document.get(list).is("ol"))
                && !self.merged.marks.contains_key(&list)
            {
                lists.insert(list);
            }
        }
        for list in lists {
            let node = self.merged.document.get(list);
            let start = node
                .attr("start")
                .and_then(|start| start.parse::<i64>().ok())
                .unwrap_or(1);
            let (mut old, mut new) = (start, start);
            for item in node.children.clone() {
                if self.merged.document.get(item).text().is_some() {
                    continue;
                }
                let (counts_old, counts_new) = match self.merged.marks.get(&item) {
                    Some(Mark::Struck | Mark::Trace(_)) => (true, false),
                    Some(Mark::Added | Mark::Moved(_)) => (false, true),
                    Some(Mark::Generated | Mark::Around) => continue,
                    Some(Mark::Wrapped | Mark::Unwrapped) | None => (true, true),
                };
                let value = if counts_new { new } else { old };
                self.set_attr(item, "value", &value.to_string());
                old += i64::from(counts_old);
                new += i64::from(counts_new);
            }
        }
    }
}

/// The place of the number among the children of a heading or caption.
fn node_number(document: &Document, id: NodeId) -> Option<usize> {
    let children = &document.get(id).children;
    let number = children
        .iter()
        .position(|&child| document.get(child).has_class("number"))?;
    let is_point = |at: &usize| {
        let next = children
            .get(*at)
            .and_then(|&child| document.get(child).text());
        next.is_some_and(|text| matches!(text.trim(), "" | "."))
    };
    Some(Some(number + 1).filter(is_point).unwrap_or(number))
}

/// The first words of a block, as it is in the new document.
fn first_words(merged: &Merged, id: NodeId) -> String {
    let document = &merged.document;
    let mut text = String::new();
    let mut stack = vec![id];
    while let Some(id) = stack.pop() {
        let node = document.get(id);
        let mark = merged.marks.get(&id);
        if matches!(mark, Some(Mark::Struck | Mark::Trace(_) | Mark::Generated))
            || node.has_class("number")
        {
            continue;
        }
        match node.text() {
            Some(words) => text.push_str(words),
            None => {
                text.push(' ');
                stack.extend(node.children.iter().rev());
            }
        }
        if text.split_whitespace().count() > 2 * MOST_WORDS {
            break;
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.len() {
        0 => String::new(),
        n if n <= MOST_WORDS => format!("«{}»", words.join(" ")),
        _ => format!("«{} …»", words[..MOST_WORDS].join(" ")),
    }
}
