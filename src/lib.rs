//! Compiles a strategy, written in Markdown and TOML, into HTML and tagged PDF.

pub mod check;
pub mod diag;
pub mod dom;
pub mod files;
pub mod html;
pub mod layout;
pub mod load;
pub mod model;
pub mod theme;
