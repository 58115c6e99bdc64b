//! The process plan.

use super::{Id, Located, Reference, Status, Weeks};
use crate::files::Span;
use jiff::civil;

/// The process plan.
#[derive(Debug, Clone)]
pub struct Process {
    /// The year that the plan counts its weeks in; the weeks of other years are named with theirs.
    pub year: i16,
    /// Why the year is uncertain, if it is.
    pub uncertain: Option<Located<String>>,
    /// Steps in the order given, which need not be that of their weeks.
    pub steps: Vec<Step>,
}

/// A step of the process: who meets or what goes on, when, and who answers for it.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its id.
    pub id: Id,
    /// Where the step was written.
    pub span: Span,
    /// The body; a step has a body or a phase.
    pub body: Option<Reference>,
    /// The phase.
    pub phase: Option<Located<String>>,
    /// The activity.
    pub activity: Located<String>,
    /// Why the reading is uncertain, if it is.
    pub uncertain: Option<Located<String>>,
    /// When, if the weeks could be read.
    pub weeks: Option<Located<Weeks>>,
    /// The status that the strategy has when the step is done, if the step makes a version.
    pub milestone: Option<Located<Status>>,
    /// The day on which the body meets (*møte*).
    pub meeting: Option<Located<civil::Date>>,
    /// The day on which the papers for the meeting are sent out (*saksutsending*).
    pub dispatch: Option<Located<civil::Date>>,
    /// The responsible roles.
    pub responsible: Vec<Reference>,
    /// The assisting roles, shown in brackets.
    pub with: Vec<Reference>,
}
