//! Model → diagnostics; yields [`Checked`] when none of them is an error.
//!
//! [`check`] runs every rule of [`RULES`]; a rule looks at the [`Context`] and reports, and never
//! stops another. What the words mean for a reader stands in each rule's documentation.

mod context;
mod rules;

use crate::diag::{Rule, Sink};
use crate::files::Sources;
use crate::model::Strategy;
use context::Context;
use std::ops::Deref;

/// A strategy without errors: the only thing that `render` takes, so that no template meets a
/// missing reference.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a>(&'a Strategy);

impl Deref for Checked<'_> {
    type Target = Strategy;
    fn deref(&self) -> &Strategy {
        self.0
    }
}

/// Runs every rule; reports what it finds, and gives the strategy on if `sink` holds no error,
/// neither from here nor from an earlier stage.
pub fn check<'a>(
    strategy: &'a Strategy,
    sources: &Sources,
    sink: &mut Sink,
) -> Option<Checked<'a>> {
    let context = Context::new(strategy, sources);
    for (_, check) in rules::RULES {
        check(&context, sink);
    }
    (!sink.has_errors()).then_some(Checked(strategy))
}

/// Every rule of this stage, by code.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    rules::RULES.iter().map(|(rule, _)| *rule)
}

#[cfg(test)]
mod tests;
