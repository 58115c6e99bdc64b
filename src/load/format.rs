//! The kinds of files with a structure of their own. The loader and the JSON Schemas both come from these
//! types. The other kinds are in the table of kinds (`model/kinds.rs`).
//!
//! Each struct is a kind of file, or a table in one. Editors show the doc comments as descriptions.
//! [`super::validate`] compares files with the schemas.

mod strategy;
mod tables;
mod values;
mod workshop;

pub(super) use strategy::*;
pub(super) use tables::*;
pub(super) use values::*;
pub(super) use workshop::*;
