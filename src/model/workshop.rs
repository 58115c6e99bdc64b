//! The workshop: questions, groups and their answers.

use super::{Audience, Date, Id, Item, Located, Reference, Text};
use crate::files::Span;

/// The meeting that a workshop was part of.
#[derive(Debug, Clone, Default)]
pub struct Meeting {
    /// The body that met.
    pub body: Option<Reference>,
    /// The day.
    pub date: Option<Located<Date>>,
    /// What is uncertain about the day.
    pub uncertain: Option<Located<String>>,
    /// Number on the agenda or in the case file: free text, never read as a number.
    pub case: Option<Located<String>>,
    /// Title of the case.
    pub title: Option<Located<String>>,
    /// Kind of case, e.g. `orienteringssak`.
    pub case_kind: Option<Located<String>>,
}

/// The workshop.
#[derive(Debug, Clone)]
pub struct Workshop {
    /// Its title.
    pub title: Option<Located<String>>,
    /// The meeting that it was part of.
    pub meeting: Meeting,
    /// Questions by number.
    pub questions: Vec<Question>,
    /// Groups by number.
    pub groups: Vec<Group>,
    /// Inputs by the numbers of their groups, then in the order of files and answers.
    pub inputs: Vec<Input>,
}

/// A question that the groups were asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// Id, title, and the question itself as text.
    pub item: Item,
    /// Its number.
    pub number: Located<u32>,
    /// The introduction before the question.
    pub lead_in: Text,
    /// Parts, such as A and B.
    pub parts: Vec<Part>,
    /// How many answers were asked for.
    pub answers: Option<u32>,
    /// Whether «and why» was asked.
    pub why: bool,
}

/// A part of a question.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its letter.
    pub letter: Located<String>,
    /// The question.
    pub text: Text,
    /// Whether «and why» was asked.
    pub why: bool,
}

/// A group of the workshop. Its members are personal data.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id.
    pub id: Id,
    /// Where it was written.
    pub span: Span,
    /// Its number.
    pub number: u32,
    /// Names; internal.
    pub members: Vec<Located<String>>,
    /// What is uncertain about the names; internal, as it repeats them.
    pub uncertain: Option<Located<String>>,
}

/// An answer of a group, in its own words.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its id.
    pub id: Id,
    /// Where the id was written.
    pub span: Span,
    /// Who may read it.
    pub audience: Audience,
    /// The group.
    pub group: Reference,
    /// The question.
    pub question: Reference,
    /// The part of the question.
    pub part: Option<Located<String>>,
    /// The answer, verbatim.
    pub text: Text,
    /// Why, verbatim.
    pub reason: Option<Text>,
}
