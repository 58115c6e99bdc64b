//! An item that has a file of its own.

use super::{Audience, Date, FieldInfo, Id, Located, Reference, Text};
use crate::files::Span;

/// An item that has a file of its own: what all kinds have in common, and the facts of its kind.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its id.
    pub id: Id,
    /// Where the id was written, or the start of the file.
    pub span: Span,
    /// A short title; an item may be no more than its text.
    pub title: Option<Located<String>>,
    /// Who may read it.
    pub audience: Audience,
    /// The origins of the item (*bygger på*).
    pub comes_from: Vec<Reference>,
    /// Its text.
    pub text: Text,
    /// What is uncertain about the reading, if anything.
    pub uncertain: Option<Located<String>>,
    /// The other fields of its file, in the order of the table of kinds.
    pub facts: Vec<Fact>,
}

/// The value of a field in a file.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The key, and what it is for.
    pub field: &'static FieldInfo,
    /// The value. Each value of a list is a fact of its own.
    pub value: FactValue,
}

/// A value of a fact.
#[derive(Debug, Clone)]
pub enum FactValue {
    /// Words, be they free or of a closed list.
    Words(Located<String>),
    /// The id of another item, a body or a role.
    Reference(Reference),
    /// A date.
    Date(Located<Date>),
    /// Yes or no.
    Flag(Located<bool>),
    /// A number of a year.
    Reading(Located<Reading>),
}

/// A number and the year that it is of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The year.
    pub year: i16,
    /// The number, in the unit that the item names.
    pub value: f64,
}

impl Item {
    fn values(&self, key: &str) -> impl Iterator<Item = &FactValue> {
        let facts = self.facts.iter();
        let facts = facts.filter(move |fact| fact.field.key == key);
        facts.map(|fact| &fact.value)
    }

    /// The words under a key.
    pub fn words(&self, key: &str) -> Option<&Located<String>> {
        self.values(key).find_map(|value| match value {
            FactValue::Words(words) => Some(words),
            _ => None,
        })
    }

    /// The references under a key.
    pub fn references(&self, key: &str) -> Vec<&Reference> {
        let references = self.values(key).filter_map(|value| match value {
            FactValue::Reference(reference) => Some(reference),
            _ => None,
        });
        references.collect()
    }

    /// The only reference under a key.
    pub fn reference(&self, key: &str) -> Option<&Reference> {
        self.references(key).first().copied()
    }

    /// Where it says yes to a key, if it does.
    pub fn says_yes(&self, key: &str) -> Option<Span> {
        self.values(key).find_map(|value| match value {
            FactValue::Flag(flag) if flag.value => Some(flag.span),
            _ => None,
        })
    }
}
