//! The rules, one a file; beside each its documentation, whose examples run as tests.
//!
//! To add one: write `<name>.rs` and `<name>.md`, and put the name into the list below.

use super::context::{Context, PICTURES, each_link};
use crate::diag::{Code, Rule, Severity, Sink};

/// What a rule does: it looks, and reports.
type Check = fn(&Context<'_>, &mut Sink);

macro_rules! rules {
    ($($name:ident)*) => {
        $(mod $name;)*
        /// Every rule of the content, by code.
        pub static RULES: &[&Rule] = &[$(&$name::RULE),*];
        /// What the rules do, in the same order.
        pub(super) static CHECKS: &[Check] = &[$($name::check),*];
    };
}

// By code.
rules! {
    image_without_alt
    unclear_link_text
    skipped_heading_level
    empty_header_cell
    empty_strategy
    unshown_content
    section_shown_twice
    image_pending
    image_without_credit
    uncertain_reading
    unfounded_measure
    empty_item
    version_number
    unused_image
    measure_without_responsible
    hidden_section
    unanswered_input
    unmarked_doubt
    undecided
    provisional_finding
    unknown_reference
    duplicate_id
    wrong_kind
    backward_period
    backward_weeks
    step_without_subject
    step_without_responsible
    unknown_part
    duplicate_number
    circular_parent
    internal_target
    unknown_place
    milestones_out_of_order
    dispatch_after_meeting
    day_outside_weeks
    meeting_without_body
    adoption_without_body
    milestone_without_weeks
}

/// Rules that say nothing before a status demands them: in a working draft nobody can have kept
/// them, and the author knows.
pub static QUIET: &[&Rule] = &[
    &unanswered_input::RULE,
    &undecided::RULE,
    &provisional_finding::RULE,
];
