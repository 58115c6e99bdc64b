//! Model → diagnostics; yields [`Checked`] when none of them is an error.
//!
//! [`check`] runs every rule of [`RULES`]. A rule reads the `Context` and reports diagnostics; no rule
//! stops another one. The documentation of each rule explains it to authors.

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
#[derive(Debug, Clone)]
pub struct Checked(Strategy);

impl Checked {
    /// The strategy alone.
    pub fn into_strategy(self) -> Strategy {
        self.0
    }
}

impl Deref for Checked {
    type Target = Strategy;
    fn deref(&self) -> &Strategy {
        &self.0
    }
}

/// Runs every rule and reports the diagnostics.
///
/// # Errors
/// The strategy as it was, if `sink` holds an error, from here or from an earlier stage.
pub fn check(
    strategy: Strategy,
    sources: &Sources,
    sink: &mut Sink,
) -> Result<Checked, Box<Strategy>> {
    let context = Context::new(&strategy, sources);
    for check in rules::CHECKS {
        check(&context, sink);
    }
    match sink.has_errors() {
        true => Err(Box::new(strategy)),
        false => Ok(Checked(strategy)),
    }
}
