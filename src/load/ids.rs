//! Reads ids from keys or file names, and reports invalid ones.
//!
//! Invalid ids are reported after all ids are known, so that suggestions are unused names.

use super::file_offset::{FileOffset, start_of};
use super::format::Str;
use super::{Loader, rules};
use crate::files::{FileId, Span};
use crate::model::{Id, Kind, Located};
use std::collections::BTreeSet;

/// The id of an item, and where it is defined.
#[derive(Debug)]
pub(super) struct IdDefinition {
    id: Id,
    span: Span,
    /// Whether it is the name of a file.
    by_file: bool,
}

impl Loader<'_> {
    /// An id from the word in a file, which may be written with its kind.
    pub(super) fn id(&mut self, kind: Kind, spanned: Str, place: FileOffset) -> (Id, Span) {
        let Located { value, span } = place.locate(spanned);
        self.define(Id::new(kind, without_kind(kind, &value)), span, false)
    }

    /// An id from the name of a file.
    pub(super) fn id_by_file(&mut self, kind: Kind, path: &str, file: FileId) -> (Id, Span) {
        self.define(id_of_file(kind, path), start_of(file), true)
    }

    fn define(&mut self, id: Id, span: Span, by_file: bool) -> (Id, Span) {
        let definition = IdDefinition {
            id: id.clone(),
            span,
            by_file,
        };
        self.ids.push(definition);
        (id, span)
    }

    /// Reports every name that cannot be an id, with one that can.
    pub(super) fn bad_ids(&mut self) {
        let taken: BTreeSet<&Id> = self.ids.iter().map(|definition| &definition.id).collect();
        for IdDefinition { id, span, by_file } in &self.ids {
            let Some(why) = not_a_name(&id.name) else {
                continue;
            };
            let name = free_name(id, &taken);
            let (message, hint) = match by_file {
                true => (
                    format!("the file name `{}` cannot be an id: {why}", id.name),
                    format!("rename the file, or write `id = \"{name}\"`"),
                ),
                false => (
                    format!("`{}` cannot be an id: {why}", id.name),
                    format!("use a–z, 0–9 and hyphens only, for example `{name}`"),
                ),
            };
            self.sink
                .report(rules::BAD_ID.at(*span, message).hint(hint));
        }
    }
}

/// A name that may be written with its kind, without it: `drift` for `challenge/drift`.
pub(super) fn without_kind(kind: Kind, written: &str) -> &str {
    match written.split_once('/') {
        Some((word, name)) if word == kind.as_str() => name,
        _ => written,
    }
}

/// An item's id from its file's name.
pub(super) fn id_of_file(kind: Kind, path: &str) -> Id {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Id::new(kind, stem)
}

/// The id that a broken file gives itself, from the first line that sets the key `id`. Its front matter
/// may be neither TOML nor closed, so it is not parsed.
pub(super) fn written_id(kind: Kind, text: &str) -> Option<Id> {
    let value = text.lines().find_map(|line| {
        let rest = line.trim_start().strip_prefix("id")?.trim_start();
        rest.strip_prefix(['=', ':'])
    })?;
    let quotes = ['"', '\''];
    let value = value.trim_start().trim_start_matches(quotes);
    let end = |c: char| c.is_whitespace() || quotes.contains(&c);
    let written = value.split(end).next().unwrap_or(value);
    let name = without_kind(kind, written);
    Id::is_name(name).then(|| Id::new(kind, name))
}

/// Why a word cannot be the name of an id, if it cannot.
pub(super) fn not_a_name(word: &str) -> Option<String> {
    if Id::is_name(word) {
        return None;
    }
    let allowed = |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-';
    Some(match word.chars().find(|c| !allowed(c)) {
        Some(sign) => format!("`{sign}` is not one of a–z, 0–9 and the hyphen"),
        None if word.is_empty() => "it is empty".to_owned(),
        None => "it begins with a hyphen".to_owned(),
    })
}

/// A name for an id that is like a word, or like its kind if the word has no letter to keep; never
/// one that is taken.
fn free_name(id: &Id, taken: &BTreeSet<&Id>) -> String {
    let alike = ascii_name(&id.name);
    let (base, first) = match alike.is_empty() {
        true => (id.kind.as_str(), 1),
        false => (alike.as_str(), 2),
    };
    let numbered = (first..).map(|number| format!("{base}-{number}"));
    let alike = (!alike.is_empty()).then(|| alike.clone());
    let mut names = alike.into_iter().chain(numbered);
    let free = names.find(|name| !taken.contains(&Id::new(id.kind, name)));
    free.expect("numbers do not end")
}

/// A word as the name of an id: æ → ae, ø → o, å → a, other signs → hyphens.
pub(super) fn ascii_name(word: &str) -> String {
    let mut name = String::new();
    for letter in word.to_lowercase().chars() {
        match letter {
            'æ' | 'ä' => name.push_str("ae"),
            'ø' | 'ö' => name.push('o'),
            'å' | 'á' => name.push('a'),
            'é' | 'è' => name.push('e'),
            'a'..='z' | '0'..='9' => name.push(letter),
            _ if name.ends_with('-') || name.is_empty() => {}
            _ => name.push('-'),
        }
    }
    name.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_for_ids_follow_the_sites_of_public_bodies() {
        assert_eq!(ascii_name("Krevende økonomi"), "krevende-okonomi");
        assert_eq!(ascii_name("Læring på Åsen!"), "laering-pa-asen");
    }

    #[test]
    fn a_word_that_cannot_be_an_id_is_told_why() {
        let why = |word| not_a_name(word).expect("it cannot be an id");
        assert_eq!(not_a_name("felles-kontor-2"), None);
        assert!(why("1.2").starts_with("`.` is not one of"));
        assert_eq!(why("-a"), "it begins with a hyphen");
        assert_eq!(why(""), "it is empty");
    }

    #[test]
    fn a_name_that_is_taken_is_not_proposed() {
        let ids = ["økonomi", "okonomi", "okonomi-2", "—"].map(|name| Id::new(Kind::Measure, name));
        let taken: BTreeSet<&Id> = ids.iter().collect();
        assert_eq!(free_name(&ids[0], &taken), "okonomi-3");
        assert_eq!(free_name(&ids[3], &taken), "measure-1");
    }
}
