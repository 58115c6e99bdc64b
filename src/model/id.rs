//! Stable ids: `challenge/okonomi`.

use super::Kind;
use crate::files::Span;
use std::fmt;

/// A kind and a name: `challenge/okonomi`. It survives rewording and renumbering.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    /// The kind of the item.
    pub kind: Kind,
    /// Its name: lower-case letters of ASCII, digits and hyphens.
    pub name: String,
}

impl Id {
    /// An id from its two parts.
    pub fn new(kind: Kind, name: impl Into<String>) -> Self {
        let name = name.into();
        Self { kind, name }
    }

    /// Reads `kind/name`; `None` if the kind is unknown or a part is missing.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, name) = text.split_once('/')?;
        let kind = Kind::from_word(kind)?;
        Self::is_name(name).then(|| Self::new(kind, name))
    }

    /// Whether a word can be the name of an id: `a`–`z`, `0`–`9`, `-`, not first a hyphen.
    pub fn is_name(word: &str) -> bool {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        !word.is_empty() && !word.starts_with('-') && word.bytes().all(allowed)
    }

    /// The anchor in the page and the PDF: `challenge-okonomi`.
    pub fn anchor(&self) -> String {
        format!("{}-{}", self.kind.as_str(), self.name)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.as_str(), self.name)
    }
}

/// An id as an author wrote it; whether it leads anywhere is for `check` to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What was written, e.g. `challenge/okonomi`.
    pub target: String,
    /// Where.
    pub span: Span,
}

impl Reference {
    /// The id, if what was written has the form of one.
    pub fn id(&self) -> Option<Id> {
        Id::parse(&self.target)
    }
}
