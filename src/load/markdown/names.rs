//! Names of places in a text: `{#name}` at the end of a paragraph, of a heading or of an item of a
//! list, or by itself below a quotation, a table, a list or code.
//!
//! [`take`] is the entry point: it removes the marks from the text and stores the names in
//! [`Text::names`]. A mark in a quotation is verbatim text and stays; so does one after a backslash.

use super::times;
use crate::diag::{Diagnostic, Sink};
use crate::files::Span;
use crate::load::ids::{ascii_name, not_a_name};
use crate::load::rules;
use crate::model::{Block, Inline, Located, Text};
use std::collections::BTreeMap;

const OPENING: &str = "{#";
const CLOSING: &str = "}";

/// The prefix of the anchors of footnotes, after the anchor of their item.
const OF_NOTES: &str = "note-";

/// Takes the names out of a text that was read from `body`, which starts at byte `start` of its
/// file, and says which of them cannot be given.
pub(super) fn take(text: &mut Text, body: &str, start: usize, sink: &mut Sink) {
    if !body.contains(OPENING) {
        return;
    }
    let mut names = Names {
        body,
        start,
        said: BTreeMap::new(),
        given: BTreeMap::new(),
        places: BTreeMap::new(),
    };
    names.blocks(&mut text.blocks);
    for note in &text.notes {
        note.blocks.iter().for_each(|block| names.in_a_note(block));
    }
    text.names = names.given;
    for (mut said, count) in names.said.into_values() {
        said.message.push_str(&times(count));
        sink.report(said);
    }
}

struct Names<'a> {
    body: &'a str,
    start: usize,
    /// The diagnostics by message. The same message is reported once, at its first place.
    said: BTreeMap<String, (Diagnostic, usize)>,
    /// The names, by the starts of their blocks.
    given: BTreeMap<u32, Located<String>>,
    /// Where each name was given first.
    places: BTreeMap<String, Span>,
}

impl Names<'_> {
    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
        for mut block in blocks.drain(..) {
            let has_words = match &mut block {
                Block::Paragraph { content, span } | Block::Heading { content, span, .. } => {
                    self.line(content, *span, kept.last())
                }
                Block::List { items, .. } => {
                    items.iter_mut().for_each(|item| self.blocks(item));
                    true
                }
                _ => true,
            };
            if has_words {
                kept.push(block);
            }
        }
        *blocks = kept;
    }

    /// Takes the mark from the end of a paragraph or heading, `before` being the block above it, and
    /// says whether it has words of its own.
    fn line(&mut self, content: &mut Vec<Inline>, span: Span, before: Option<&Block>) -> bool {
        let Some(name) = self.mark(content, span) else {
            return true;
        };
        strip(content);
        if !content.is_empty() {
            self.give(span, name);
            return true;
        }
        let stands_alone = name.span.range().start == span.range().start + OPENING.len();
        match before.filter(|_| stands_alone).and_then(span_of) {
            Some(block) => self.give(block, name),
            None => {
                let message = format!("there is nothing here for the name `{}`", name.value);
                let hint = "write it at the end of a paragraph, or below a quotation or a table; \
                            a picture has its id";
                self.refuse(name.span, message, hint);
            }
        }
        false
    }

    /// The name in the mark at the end of a line, if one was typed there.
    fn mark(&self, content: &[Inline], span: Span) -> Option<Located<String>> {
        let Some(Inline::Text(text)) = content.last() else {
            return None;
        };
        let (at, name) = mark_in(text)?;
        let (from, to) = (span.range().start, span.range().end);
        let typed = self.body.get(from - self.start..to - self.start)?;
        let place = typed.rfind(text[at..].trim_end())?;
        let slashes = typed[..place].bytes().rev().take_while(|&b| b == b'\\');
        if slashes.count() % 2 == 1 {
            return None;
        }
        let start = from + place + OPENING.len();
        Some(Located {
            value: name.to_owned(),
            span: Span::new(span.file, start..start + name.len()),
        })
    }

    fn give(&mut self, block: Span, name: Located<String>) {
        if let Some((why, hint)) = not_a_place(&name.value) {
            let message = format!("`{}` cannot be the name of a place: {why}", name.value);
            self.refuse(name.span, message, &hint);
        } else if let Some(first) = self.places.get(&name.value) {
            let message = format!("a place in this text is called `{}` already", name.value);
            let twice = rules::PLACE_NAMED_TWICE.at(name.span, message);
            let twice = twice.also(*first, "the first one");
            self.say(twice.hint("give this one another name"));
        } else if let Some(other) = self.given.get(&block.start) {
            let message = format!("this place is called `{}` already", other.value);
            let twice = rules::PLACE_NAMED_TWICE.at(name.span, message);
            let twice = twice.also(other.span, "its other name");
            let hint = "remove one of them; keep the older one, which links outside may use";
            self.say(twice.hint(hint));
        } else {
            self.places.insert(name.value.clone(), name.span);
            self.given.insert(block.start, name);
        }
    }

    /// Reports a mark in a footnote, whose anchor is made from the name that it has.
    fn in_a_note(&mut self, block: &Block) {
        if let Block::Paragraph { content, span } = block
            && let Some(name) = self.mark(content, *span)
        {
            let message = "a place in a footnote cannot be named: the note itself has a name";
            let hint = "remove it, or name the paragraph that refers to the note";
            self.refuse(name.span, message.to_owned(), hint);
        }
    }

    fn refuse(&mut self, place: Span, message: String, hint: &str) {
        self.say(rules::BAD_PLACE_NAME.at(place, message).hint(hint));
    }

    fn say(&mut self, said: Diagnostic) {
        let known = self.said.entry(said.message.clone());
        known.or_insert((said, 0)).1 += 1;
    }
}

/// Where the mark at the end of some words begins, and the name in it.
fn mark_in(text: &str) -> Option<(usize, &str)> {
    let inside = text.trim_end().strip_suffix(CLOSING)?;
    let at = inside.rfind(OPENING)?;
    let name = &inside[at + OPENING.len()..];
    (!name.contains(['{', '}'])).then_some((at, name))
}

/// Takes the mark, and what parts it from the words before, from the end of a line.
fn strip(content: &mut Vec<Inline>) {
    if let Some(Inline::Text(text)) = content.last_mut()
        && let Some((at, _)) = mark_in(text)
    {
        text.truncate(text[..at].trim_end().len());
    }
    let is_blank = |inline: &Inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Break => true,
        _ => false,
    };
    while content.last().is_some_and(is_blank) {
        content.pop();
    }
}

/// Why a word cannot be the name of a place, and what to write instead.
fn not_a_place(word: &str) -> Option<(String, String)> {
    if let Some(why) = not_a_name(word) {
        let alike = ascii_name(word);
        let example = if is_free(&alike) { &alike } else { "navn" };
        let hint = format!("use a–z, 0–9 and hyphens only, for example `{{#{example}}}`");
        return Some((why, hint));
    }
    let why = "such names are reserved for the program";
    let hint = "use a word that describes the content";
    (!is_free(word)).then(|| (why.to_owned(), hint.to_owned()))
}

/// Whether the program makes no anchor of this kind, as it does for headings (`2`), for blocks
/// (`p3`) and for footnotes (`note-1`).
fn is_free(word: &str) -> bool {
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let is_counted = word.strip_prefix('p').is_some_and(is_number);
    !is_number(word) && !is_counted && !word.starts_with(OF_NOTES)
}

/// The span of a block that can have a name.
fn span_of(block: &Block) -> Option<Span> {
    match block {
        Block::Heading { span, .. }
        | Block::Paragraph { span, .. }
        | Block::List { span, .. }
        | Block::Quote { span, .. }
        | Block::Table { span, .. }
        | Block::Code { span, .. } => Some(*span),
        Block::Figure { .. } | Block::Rule { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::diag::Diagnostic;
    use crate::files::FileId;

    /// The names of a body with the first words of their blocks, and what is said of them.
    fn names(body: &str) -> (Vec<String>, Vec<Diagnostic>) {
        let mut sink = Sink::default();
        let text = read(body, FileId::nth(0), 0, &mut sink);
        let names = text.names.iter().map(|(start, name)| {
            let block = body[*start as usize..].split([' ', '\n']).next();
            format!("{} {}", name.value, block.unwrap_or_default())
        });
        (names.collect(), sink.into_sorted())
    }

    fn words(body: &str) -> String {
        let text = read(body, FileId::nth(0), 0, &mut Sink::default());
        let mut words = String::new();
        text.walk(&mut |block| {
            for (line, _) in block.lines() {
                words.push_str(&Inline::plain(line));
                words.push('|');
            }
        });
        words
    }

    #[test]
    fn a_mark_at_the_end_of_a_block_is_its_name_and_no_word() {
        let body = "## Titel {#a} ##\n\nEn *to* {#b}\n\ntre  \nfire\\\n{#c}\n\n\
                    - fem {#d}\n- seks\n\n  sju {#e}\n";
        let found = ["a ##", "b En", "c tre", "d fem", "e sju"].map(str::to_owned);
        assert_eq!(names(body), (found.into(), vec![]));
        assert_eq!(words(body), "Titel|En to|tre\nfire|fem|seks|sju|");
    }

    #[test]
    fn a_mark_by_itself_names_what_stands_above_it() {
        let body = "> a\n\n{#q}\n\n| b |\n|---|\n| c |\n\n{#t}\n\n- d\n\n<!-- -->\n\n\
                    {#l}\n\n    e\n\n{#k}\n";
        let found = ["q >", "t |", "l -", "k e"].map(str::to_owned);
        assert_eq!(names(body), (found.into(), vec![]));
        assert_eq!(words(body), "a|b|c|d|");
    }

    #[test]
    fn words_of_others_and_what_is_written_as_words_stay() {
        for body in [
            "> a {#b}\n",
            "a \\{#b}\n",
            "`{#b}`\n",
            "a {#b} c\n",
            "a {b}\n",
        ] {
            let (found, said) = names(body);
            assert_eq!((found.len(), said.len()), (0, 0), "{body}");
            assert!(words(body).contains("b}"), "{body}");
        }
    }

    #[test]
    fn what_cannot_be_a_name_is_pointed_at() {
        let bad = [
            ("a {#Å 1}\n", "Å 1", "for example `{#a-1}`"),
            ("a {#}\n", "", "for example `{#navn}`"),
            ("a {#12}\n", "12", "describes the content"),
            ("a {#p12}\n", "p12", "describes the content"),
            ("a {#note-b}\n", "note-b", "describes the content"),
            ("{#b}\n", "b", "at the end of a paragraph"),
            ("![](image/a) {#b}\n", "b", "a picture has its id"),
            ("![](image/a)\n\n{#b}\n", "b", "a picture has its id"),
            ("a[^1]\n\n[^1]: c {#b}\n", "b", "refers to the note"),
        ];
        for (body, place, hint) in bad {
            let (found, said) = names(body);
            let [one] = &said[..] else {
                panic!("{body}: {said:?}");
            };
            assert_eq!((found.len(), one.rule.code.0), (0, "L027"), "{body}");
            assert_eq!(
                one.primary.map(|span| &body[span.range()]),
                Some(place),
                "{body}"
            );
            assert!(one.hints.concat().contains(hint), "{one:?}");
        }
    }

    #[test]
    fn what_is_wrong_in_the_same_way_is_said_once() {
        let (_, said) = names(&"a {#b}\n\n".repeat(4));
        let [one] = &said[..] else {
            panic!("{said:?}");
        };
        let message = "a place in this text is called `b` already (3 times in this text)";
        assert_eq!(one.message, message);
    }

    #[test]
    fn a_name_is_given_once_and_a_place_has_one() {
        for (body, second) in [("a {#b}\n\nc {#b}\n", 12), ("a {#b}\n\n{#c}\n", 10)] {
            let (found, said) = names(body);
            assert_eq!((found.len(), said.len()), (1, 1), "{body}");
            assert_eq!(said[0].rule.code.0, "L028");
            assert_eq!(
                said[0].primary.map(|span| span.start),
                Some(second),
                "{body}"
            );
        }
    }
}
