//! The file kinds that have a structure of their own, as authors write them: the single source of the
//! loader and of the JSON Schemas. The others stand in the table of kinds (`model/kinds.rs`).
//!
//! Each struct is one kind of file, or a table in one. Doc comments become the descriptions that
//! editors show. [`super::validate`] reports what does not fit, by the schemas made from here.

mod strategy;
mod tables;
mod values;
mod workshop;

pub(super) use strategy::*;
pub(super) use tables::*;
pub(super) use values::*;
pub(super) use workshop::*;
