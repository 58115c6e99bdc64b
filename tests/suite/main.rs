//! The tests of the whole program: a module per stage, and one for the documentation of the rules.

mod cli;
mod load;
mod robust;
mod rules;
mod support;
