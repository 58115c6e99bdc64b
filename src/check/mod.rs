//! Model → diagnostics; yields [`Checked`] when none of them is an error.
//!
//! [`check`] runs every rule of [`RULES`]; a rule looks at the `Context` and reports, and never
//! stops another. What the words mean for a reader stands in each rule's documentation.

mod context;
mod rules;

pub use rules::{QUIET, RULES};

use crate::diag::Sink;
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
    for check in rules::CHECKS {
        check(&context, sink);
    }
    (!sink.has_errors()).then_some(Checked(strategy))
}
