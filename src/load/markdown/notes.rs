//! Footnotes: `[^name]` in the text, and `[^name]: …` where the note stands.
//!
//! A note is shown if the text refers to it. A reference without a note, or in a place where notes are
//! not possible, is shown as it is typed.

use super::{BodyParser, rules, times};
use crate::model::{Inline, Note};
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

/// The notes of a body.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The names that are defined somewhere in the body, and their places among the notes that
    /// the text refers to.
    names: BTreeMap<String, Option<usize>>,
    /// How many it refers to.
    count: usize,
    /// The notes as they are read, with the places of their names in the body.
    read: BTreeMap<String, (Note, Range<usize>)>,
}

impl Notes {
    /// Looks for the names of notes; references may stand before them.
    pub(super) fn of(body: &str, options: Options) -> Self {
        let mut notes = Self::default();
        if body.contains("[^") {
            for event in Parser::new_ext(body, options) {
                if let Event::Start(Tag::FootnoteDefinition(name)) = event {
                    notes.names.insert(key(&name), None);
                }
            }
        }
        notes
    }

    /// The place of a note among those of the text, if there is one of that name.
    pub(super) fn refer(&mut self, name: &str) -> Option<usize> {
        let place = self.names.get_mut(&key(name))?;
        Some(*place.get_or_insert_with(|| {
            self.count += 1;
            self.count - 1
        }))
    }

    /// Adds a note that has been read; an earlier one of its name stays.
    pub(super) fn add(&mut self, name: &str, note: Note, place: Range<usize>) -> Added {
        match self.read.entry(key(name)) {
            Entry::Occupied(_) => Added::NameTaken,
            Entry::Vacant(free) => {
                free.insert((note, place));
                Added::Yes
            }
        }
    }

    /// The notes that the text refers to, and the places of the others, both in their order.
    pub(super) fn into_shown(mut self) -> (Vec<Note>, Vec<Range<usize>>) {
        let names = self.names.into_iter();
        let mut referred: Vec<_> = names.filter_map(|(name, at)| Some((at?, name))).collect();
        referred.sort_unstable();
        let shown = referred.iter().map(|(_, name)| {
            let (note, _) = self
                .read
                .remove(name)
                .expect("a name that is defined is read");
            note
        });
        let shown = shown.collect();
        let mut rest: Vec<_> = self.read.into_values().map(|(_, place)| place).collect();
        rest.sort_by_key(|place| place.start);
        (shown, rest)
    }
}

/// Whether a note was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Added {
    Yes,
    NameTaken,
}

/// Names are the same whatever their capitals.
fn key(name: &str) -> String {
    name.to_lowercase()
}

/// The name, with its brackets, of a note that begins here.
pub(super) fn name_of(body: &str, note: &Range<usize>) -> Range<usize> {
    let end = body[note.clone()].find("]:");
    note.start..end.map_or(note.end, |at| note.start + at + 1)
}

/// A reference to a note in words that were read as words, where a bracket opens: no note has that
/// name.
pub(super) fn unmet(body: &str, bracket: &Range<usize>) -> Option<Range<usize>> {
    let start = bracket.end.checked_sub(1)?;
    let name = body[start..].strip_prefix("[^")?;
    let end = name.find(['[', ']', '\n'])?;
    let is_name = name[end..].starts_with(']') && !name[..end].trim().is_empty();
    is_name.then(|| start..start + "[^".len() + end + 1)
}

impl BodyParser<'_> {
    /// A reference to a footnote; one in a footnote is left as it is typed.
    pub(super) fn note_reference(&mut self, name: &str, range: &Range<usize>) {
        let inline = if self.open_notes > 0 {
            let message = "a footnote cannot have footnotes, so this is shown as it is typed";
            let hint = "write its text into this note, in brackets";
            let said = rules::UNREAD_MARKS.at(self.span(range), message);
            self.sink.report(said.hint(hint));
            None
        } else {
            self.notes.refer(name).map(Inline::NoteReference)
        };
        if let Some((_, holds_note)) = &mut self.bracket {
            *holds_note = true;
        }
        let typed = || Inline::Text(self.body[range.clone()].to_owned());
        let inline = inline.unwrap_or_else(typed);
        self.inline(inline, range);
    }

    /// Looks at brackets that are words: they are no link if a reference to a note stands in them,
    /// and no reference if there is no such note.
    pub(super) fn brackets(&mut self, text: &str, range: &Range<usize>) {
        if text == "]" {
            let bracket = self.bracket.take();
            let goes_on = self.body[range.end..].starts_with(['(', '[']);
            if let Some((start, true)) = bracket.filter(|_| goes_on) {
                let message = "a link cannot contain a footnote, so this is shown as it is typed";
                let hint = "write the footnote after the link: `[words](target)[^name]`";
                let said = rules::UNREAD_MARKS.at(self.span(&(start..range.end)), message);
                self.sink.report(said.hint(hint));
            }
        } else if text.ends_with('[') {
            if let Some(place) = unmet(self.body, range) {
                let name = self.body[place.clone()].to_owned();
                self.unmet.entry(name).or_insert((place, 0)).1 += 1;
            } else {
                self.bracket = Some((range.start, false));
            }
        }
    }

    /// A footnote, when all of it has been read.
    pub(super) fn note(&mut self, name: &str, range: &Range<usize>) {
        self.open_notes -= 1;
        self.flush_pictures();
        let blocks = self.blocks.pop().unwrap_or_default();
        let note = Note {
            name: name.to_lowercase(),
            blocks,
            span: self.span(range),
        };
        let place = name_of(self.body, range);
        if self.notes.add(name, note, place.clone()) == Added::NameTaken {
            let name = self.body[place.clone()].to_owned();
            self.taken.entry(name).or_insert((place, 0)).1 += 1;
        }
        // Words of the list or quotation around go on in a paragraph of their own.
        self.tight = None;
    }

    /// The notes that the text refers to; reports the others, and references to none.
    pub(super) fn shown_notes(&mut self) -> Vec<Note> {
        let (shown, unshown) = std::mem::take(&mut self.notes).into_shown();
        for place in unshown {
            let message = "no text refers to this footnote, so it is not shown";
            let name = &self.body[place.clone()];
            let hint = format!("write `{name}` where it belongs, or remove it");
            let said = rules::UNSHOWN_WORDS.at(self.span(&place), message);
            self.sink.report(said.hint(hint));
        }
        for (name, (place, count)) in std::mem::take(&mut self.taken) {
            let times = times(count);
            let message = format!(
                "the footnote `{name}` is defined already, so this one is not shown{times}"
            );
            let said = rules::UNSHOWN_WORDS.at(self.span(&place), message);
            self.sink
                .report(said.hint("give it another name, or remove it"));
        }
        for (name, (place, count)) in std::mem::take(&mut self.unmet) {
            let times = times(count);
            let message =
                format!("there is no footnote `{name}`, so this is shown as it is typed{times}");
            let hint = format!("write the note, `{name}: …`, in the same text");
            let said = rules::UNREAD_MARKS.at(self.span(&place), message);
            self.sink.report(said.hint(hint));
        }
        shown
    }
}
