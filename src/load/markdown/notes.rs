//! Footnotes: `[^name]` in the text, and `[^name]: …` where the note stands.
//!
//! A note is shown if the text refers to it. What refers to no note, and what stands where no note
//! can be referred to, is words as it is typed.

use crate::model::Note;
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

    /// Keeps a note that has been read; an earlier one of its name stays.
    pub(super) fn keep(&mut self, name: &str, note: Note, place: Range<usize>) -> Kept {
        match self.read.entry(key(name)) {
            Entry::Occupied(_) => Kept::NameTaken,
            Entry::Vacant(free) => {
                free.insert((note, place));
                Kept::Yes
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

/// Whether a note was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
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
