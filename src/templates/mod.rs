//! Templates: the files that define content and design, and the engine that runs them.
//!
//! [`TemplateSet`] holds the default templates, style sheet, theme and labels with a council's own
//! over them. `run` runs the templates with tera on the values that [`views`](crate::views) make, and
//! returns HTML; `parse` makes the tree of it. `Labels` are the words that the program itself writes,
//! with numbers and dates in the form of the language.
//!
//! A template cannot run for ever: `instrument.rs` writes calls of the guards of `limits.rs` into each
//! template before tera reads it. Errors in templates are reported with their file and line
//! (`explain.rs`).

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
pub use explain::{ENTRY, REDLINE};
pub use rules::RULES;
pub use set::TemplateSet;

pub(crate) use contrast::check as check_colours;
pub(crate) use engine::{Resources, check, run};
pub(crate) use fragment::Fragment;
pub(crate) use labels::{Labels, access_of, label_of};
pub(crate) use parse::parse;
