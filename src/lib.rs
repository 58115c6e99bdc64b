//! Compiles a strategy, written in Markdown and TOML, into HTML and tagged PDF.

pub mod diag;
pub mod dom;
pub mod files;
pub mod layout;
pub mod pdf;
pub mod theme;
