//! Names that last: `challenge/okonomi`.

use crate::files::Span;
use std::fmt;

/// The kinds of items that have an id, in the order of the chain from purpose to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A chapter of the document.
    Chapter,
    /// A challenge (*utfordring*).
    Challenge,
    /// An opportunity (*mulighet*).
    Opportunity,
    /// A finding (*funn*).
    Finding,
    /// A starting point of the work.
    StartingPoint,
    /// A focus area (*satsingsområde*).
    FocusArea,
    /// A goal (*mål*).
    Goal,
    /// A measure (*tiltak*).
    Measure,
    /// A source of evidence (*kilde*).
    Source,
    /// A term of the glossary (*ord*).
    Term,
    /// A step of the process plan.
    Step,
    /// A question of the workshop.
    Question,
    /// A group of the workshop.
    Group,
    /// An answer of a group.
    Input,
    /// A picture.
    Image,
    /// A body (*organ*).
    Body,
    /// A role (*rolle*).
    Role,
}

impl Kind {
    /// Every kind with the word that stands before the slash of its ids.
    pub const ALL: [(Self, &'static str); 17] = [
        (Self::Chapter, "chapter"),
        (Self::Challenge, "challenge"),
        (Self::Opportunity, "opportunity"),
        (Self::Finding, "finding"),
        (Self::StartingPoint, "starting-point"),
        (Self::FocusArea, "focus-area"),
        (Self::Goal, "goal"),
        (Self::Measure, "measure"),
        (Self::Source, "source"),
        (Self::Term, "term"),
        (Self::Step, "step"),
        (Self::Question, "question"),
        (Self::Group, "group"),
        (Self::Input, "input"),
        (Self::Image, "image"),
        (Self::Body, "body"),
        (Self::Role, "role"),
    ];

    /// The word before the slash.
    pub fn as_str(self) -> &'static str {
        let found = Self::ALL.iter().find(|(kind, _)| *kind == self);
        found.expect("every kind is listed").1
    }

    /// What stands in the document with an anchor of its own, so that texts can link to it.
    pub const LINKABLE: &[Self] = &[
        Self::Chapter,
        Self::Challenge,
        Self::Opportunity,
        Self::Finding,
        Self::StartingPoint,
        Self::FocusArea,
        Self::Goal,
        Self::Measure,
        Self::Source,
        Self::Term,
        Self::Step,
        Self::Question,
        Self::Group,
        Self::Input,
    ];

    /// Whether it stands in the document with an anchor of its own.
    pub fn is_linkable(self) -> bool {
        Self::LINKABLE.contains(&self)
    }

    /// Whether its words are the council's own: not quoted, and not those of a report or a group.
    pub fn is_own_text(self) -> bool {
        !matches!(
            self,
            Self::Source
                | Self::Term
                | Self::Question
                | Self::Group
                | Self::Input
                | Self::Image
                | Self::Body
                | Self::Role
        )
    }

    /// The key of what one of the kind is called.
    pub fn title_key(self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::Step => "activity",
            Self::Body | Self::Role => "name",
            _ => "title",
        }
    }

    /// The kind that a word before the slash stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, w)| *w == word).map(|(k, _)| *k)
    }
}

/// A kind and a name: `challenge/okonomi`. It survives rewording and renumbering.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    /// What it names.
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
