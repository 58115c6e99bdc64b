//! Templates: the files that decide content and looks, and the engine that fills them in.
//!
//! A [`TemplateSet`] is a council's own templates, style sheet, theme and labels over the default ones. [`run`]
//! fills the templates in with what the views hold, [`parse`] makes the tree of what they wrote.
//! `Labels` are the words that the program itself writes, with numbers and dates in the
//! words of the language.
//!
//! No template runs for ever (`limits.rs`, whose guards `instrument.rs` puts into each template). What is wrong
//! with a template is said with its file and line (`explain.rs`).

mod contrast;
mod dates;
mod defaults;
mod engine;
mod explain;
mod fragment;
mod instrument;
mod labels;
mod layers;
mod limits;
mod parse;
mod rules;
mod set;
#[cfg(test)]
pub(crate) mod testing;
mod theme;

pub use engine::Cache;
pub use explain::ENTRY;
pub use rules::RULES;
pub use set::TemplateSet;

pub(crate) use contrast::check as check_colours;
pub(crate) use engine::{Resources, check, run};
pub(crate) use fragment::Fragment;
pub(crate) use labels::{Labels, access_of, label_of};
pub(crate) use parse::parse;
