//! The tests of the whole: a module per stage, and one for the documentation of the rules.

mod rules;
mod support;
