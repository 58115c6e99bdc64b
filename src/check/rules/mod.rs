//! The rules, each in a file of its own, with its documentation beside it. The examples in the
//! documentation run as tests.
//!
//! To add a rule, write `NAME.rs` and `NAME.md` and put the name into the list below, by code.
//! `NAME.rs` holds the code and the severity. The code is the letter of the area and the next free
//! number below 100; numbers from 101 are for rules outside this folder. Codes are never reused: the
//! test in `src/compile/registry.rs` lists the retired ones.
//!
//! `NAME.md` has a title and the sections «What it checks», «Why», «Example» and «Instead». A fenced
//! block such as `markdown measures/x.md` is a file that the test lays over `tests/cases/minimal`. If
//! files in a text cannot show the breach, `<!-- shown in tests: NAME -->` names a test instead.

use super::context::{Context, PICTURES, each_link};
use crate::diag::{Code, Rule, Severity, Sink};

/// The function of a rule: it reads the context and reports breaches.
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

/// Rules that report nothing until a status requires them. A working draft cannot meet them yet.
pub static QUIET: &[&Rule] = &[
    &unanswered_input::RULE,
    &undecided::RULE,
    &provisional_finding::RULE,
];
