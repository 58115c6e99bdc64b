//! The strategy: the content of the sources, in the terms of the field.
//!
//! [`load`](crate::load) makes a [`Strategy`], and every later stage reads it. Each item has an [`Id`]
//! for links, anchors and bookmarks, and a [`Span`] for diagnostics.
//!
//! # Glossary
//!
//! | here | Norwegian | is | is not |
//! |---|---|---|---|
//! | [`Agreement`] | samarbeidsavtale | the purpose of the council, quoted word for word | a text to be corrected |
//! | challenge | utfordring | what the region has to meet | a measure |
//! | opportunity | mulighet | what it can build on | a goal |
//! | finding | funn | what the work has shown, resting on sources | a diagnostic |
//! | starting point | startpunkt | what the work on the strategy begins with | a measure |
//! | [`Source`] | kilde | evidence behind a finding | a source file |
//! | [`Term`] | ord | a word or abbreviation that the glossary explains | |
//! | [`Question`] | spørsmål | what the workshop's groups were asked | |
//! | [`Input`] | innspill | the words of a group, never rewritten | an argument of a command |
//! | [`Group`] | gruppe | people who worked together in the workshop | a block of markup |
//! | focus area | satsingsområde | a field of goals and measures | |
//! | goal | mål | a state to reach | |
//! | measure | tiltak | an action of the council | a width or a size |
//! | [`Step`] | prosessteg | a row of the process plan: a body or a phase, with weeks | |
//! | [`Standing`] | status i prosessen | where the process is on a day | the status of a version |
//! | milestone | milepæl | the status that a step gives the strategy | |
//! | [`Note`] | fotnote | a word on a place in a text, at the foot of its page | a word on a reading |
//! | [`Image`] | bilde | a photograph or drawing with its credits | |
//! | [`Version`] | versjon | number, status and date of this state | a file format's version |
//! | [`Release`] | frosset versjon | a version that was frozen, and what its manifest says | a release of the program |
//! | [`Decision`] | vedtak | what a body has decided of a version | |
//! | [`Decided`] | vedtak i en frosset versjon | a decision with the words of its time | |
//! | [`Number`] | versjonsnummer | 0.1 …, 1.0, 1.1 … | a count of builds |
//! | digest | kontrollsum | SHA-256 of all that makes a version; documents print its beginning | the seal of a file |
//! | seal | segl | SHA-256 of a file over itself: of a manifest, of an output | a signature |
//! | [`Gates`] | krav til status | rules that a status requires ([`Requirement`]) | |
//! | [`Waiver`] | fravik | a requirement that a named person has waived | |
//! | [`Round`] | høringsrunde | whether those who were asked must be asked again | |

mod audience;
mod date;
mod entries;
mod fragments;
mod gates;
mod goals;
mod id;
mod image;
mod item;
mod kinds;
mod number;
mod process;
mod shown;
mod standing;
mod strategy;
mod text;
mod thread;
mod version;
mod words;
mod workshop;

pub use audience::Audience;
pub use date::{Date, Week, Weeks, YEARS};
pub use entries::{Entry, Field, Subject, Value, field_label};
pub use fragments::{TextFragment, text_fragments};
pub use gates::{Gates, Requirement, Waiver};
pub use goals::{Branch, goal_tree};
pub use id::{Id, Reference};
pub use image::{Credit, Image, ImageFile};
pub use item::{Fact, FactValue, Item, Reading};
pub use kinds::{Choice, FieldInfo, FieldType, Kind, KindInfo, Section, key};
pub use number::Number;
pub use process::{Process, Step};
pub use standing::{NextStage, Standing, StepDay, StepProgress, StepState, standing};
pub use strategy::{Agreement, Chapter, Council, Named, Period, Source, Strategy, Term};
pub use text::{Alignment, Block, Cell, Inline, Link, Note, Text};
pub use thread::{STAGES, Thread, ThreadPath};
pub use version::{Decision, Release, Version, short_digest};
pub use words::Word;
pub use workshop::{Group, Input, Meeting, Part, Question, Workshop};

pub use crate::manifest::{Decided, Round, Status};

use crate::files::Span;

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Located<T> {
    /// A value from a place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> std::ops::Deref for Located<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}
