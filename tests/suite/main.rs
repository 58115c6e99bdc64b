//! The tests of the whole program: a module per stage, and one for the documentation of the rules.

mod cli;
mod load;
mod properties;
mod render;
mod rendering;
mod robust;
mod rules;
mod slides;
mod support;
