//! The rules, one a file; beside each its documentation, whose examples run as tests.
//!
//! To add one: write `<name>.rs` and `<name>.md`, declare the module, and put it into [`RULES`].

mod backward_period;
mod backward_weeks;
mod circular_parent;
mod duplicate_id;
mod duplicate_number;
mod empty_header_cell;
mod empty_item;
mod empty_strategy;
mod image_pending;
mod image_without_alt;
mod image_without_credit;
mod internal_target;
mod measure_without_responsible;
mod section_shown_twice;
mod skipped_heading_level;
mod step_without_responsible;
mod step_without_subject;
mod uncertain_reading;
mod unclear_link_text;
mod unfinished_proposal;
mod unfounded_measure;
mod unknown_part;
mod unknown_reference;
mod unshown_content;
mod unused_image;
mod version_number;
mod wrong_kind;

use super::context::{Context, a_kind, each_link};
use crate::diag::{Code, Rule, Severity, Sink};

/// What a rule does: it looks, and reports.
type Check = fn(&Context<'_>, &mut Sink);

/// Every rule with its function, by code.
pub(super) static RULES: &[(&Rule, Check)] = &[
    (&image_without_alt::RULE, image_without_alt::check),
    (&unclear_link_text::RULE, unclear_link_text::check),
    (&skipped_heading_level::RULE, skipped_heading_level::check),
    (&empty_header_cell::RULE, empty_header_cell::check),
    (&empty_strategy::RULE, empty_strategy::check),
    (&unshown_content::RULE, unshown_content::check),
    (&section_shown_twice::RULE, section_shown_twice::check),
    (&image_pending::RULE, image_pending::check),
    (&image_without_credit::RULE, image_without_credit::check),
    (&uncertain_reading::RULE, uncertain_reading::check),
    (&unfounded_measure::RULE, unfounded_measure::check),
    (&empty_item::RULE, empty_item::check),
    (&version_number::RULE, version_number::check),
    (&unused_image::RULE, unused_image::check),
    (
        &measure_without_responsible::RULE,
        measure_without_responsible::check,
    ),
    (&unfinished_proposal::RULE, unfinished_proposal::check),
    (&unknown_reference::RULE, unknown_reference::check),
    (&duplicate_id::RULE, duplicate_id::check),
    (&wrong_kind::RULE, wrong_kind::check),
    (&backward_period::RULE, backward_period::check),
    (&backward_weeks::RULE, backward_weeks::check),
    (&step_without_subject::RULE, step_without_subject::check),
    (
        &step_without_responsible::RULE,
        step_without_responsible::check,
    ),
    (&unknown_part::RULE, unknown_part::check),
    (&duplicate_number::RULE, duplicate_number::check),
    (&circular_parent::RULE, circular_parent::check),
    (&internal_target::RULE, internal_target::check),
];
