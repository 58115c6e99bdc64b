//! The pipeline: sources in, page and PDF out.
//!
//! Three stages, each a function that can be called alone:
//!
//! 1. [`edition()`]: sources → [`Edition`], the checked model;
//! 2. [`tree()`]: edition → [`Tree`], the document that the templates write;
//! 3. [`write()`]: tree → [`Output`]s.
//!
//! The table of [`targets`] lists the possible outputs.
//! Editions and trees are values, so two versions can be processed in one run. [`compile()`] runs all
//! three stages; a [`Session`] keeps their caches from one build to the next. After the last stage,
//! [`gates`] compare the diagnostics with the requirements of the status. No code here uses the disk, the
//! clock or the environment, so the same sources give the same bytes.

mod characters;
mod comparison;
mod conserve;
pub mod difference;
mod edition;
mod gate_rules;
pub mod gates;
mod outputs;
mod pictures;
mod redline;
mod registry;
mod session;
pub mod targets;
#[cfg(test)]
mod tests;
mod tree;
mod typefaces;
mod write;

pub use comparison::{Comparison, comparison};
pub use edition::{Edition, edition};
pub use outputs::{Output, file_name};
pub use redline::{Redline, redline};
pub use registry::rules;
pub use session::Session;
pub use targets::Target;
pub use tree::{Tree, tree};
pub use write::{write, write_as};

use crate::diag::{Diagnostic, Rule, Sink};
use crate::files::Sources;
use crate::model::{Audience, Strategy};
use crate::templates;
use crate::version::BuildState;

/// What to build.
#[derive(Debug, Clone, Default)]
pub struct Build {
    /// The state that it is of.
    pub state: BuildState,
    /// Whom it is for.
    pub audience: Audience,
    /// What is wanted.
    pub targets: Vec<&'static Target>,
    /// Whether the lines of the PDF are numbered.
    pub line_numbers: bool,
    /// The date of the outputs in seconds since 1970, instead of the version's own
    /// (`SOURCE_DATE_EPOCH`).
    pub date: Option<i64>,
}

/// The stages, as they are shown while they run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files to model.
    Load,
    /// Model to diagnostics.
    Check,
    /// Model to tree.
    Render,
    /// Tree to page.
    Html,
    /// Tree to pages of placed glyphs.
    Layout,
    /// Pages to bytes.
    Pdf,
}

/// What a build yields.
#[derive(Debug)]
pub struct Compiled {
    /// The strategy, if `strategy.toml` could be used.
    pub strategy: Option<Strategy>,
    /// What was said, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// What is said only when the status of the document demands it, which it does not yet.
    pub quiet: Vec<Diagnostic>,
    /// The outputs that were wanted, pages first; `None` if a diagnostic is an error.
    pub outputs: Option<Vec<Output>>,
}

/// Builds once; for builds that follow one another there is [`Session::compile`].
pub fn compile(sources: &Sources, build: &Build, progress: &mut dyn FnMut(Stage)) -> Compiled {
    Session::default().compile(sources, build, progress)
}

/// Runs the pipeline with what the session has kept.
fn run(
    session: &mut Session,
    sources: &Sources,
    build: &Build,
    progress: &mut dyn FnMut(Stage),
) -> Compiled {
    let mut sink = Sink::default();
    let edition = edition(sources, build, session, &mut sink, progress);
    let outputs = outputs(&edition, build, session, &mut sink, progress);

    let mut frozen = Target::frozen();
    let whole = frozen.all(|target| build.targets.contains(&target)) && !sink.has_errors();
    let mut said = sink.into_sorted();
    let mut quiet = Vec::new();
    if let Some(strategy) = edition.strategy() {
        let judged = gates::judge(strategy, said, whole);
        (said, quiet) = (judged.said, judged.quiet);
    }
    let mut sink = Sink::default();
    sink.repeat(&said);
    Compiled {
        outputs: outputs.filter(|_| !sink.has_errors()),
        diagnostics: sink.into_sorted(),
        quiet,
        strategy: edition.into_strategy(),
    }
}

/// From the edition to the outputs: a tree for each entry template, and of each tree what is wanted.
fn outputs(
    edition: &Edition<'_>,
    build: &Build,
    session: &mut Session,
    sink: &mut Sink,
    progress: &mut dyn FnMut(Stage),
) -> Option<Vec<Output>> {
    // The document comes first, also if no file of it is wanted: rules look at its tree.
    let mut entries = vec![templates::ENTRY];
    for target in &build.targets {
        if !entries.contains(&target.entry) {
            entries.push(target.entry);
        }
    }
    let mut outputs = Vec::new();
    for entry in entries {
        let tree = tree(edition, entry, build, session, sink, progress)?;
        outputs.extend(write(&tree, build, session, sink, progress)?);
    }
    Some(outputs)
}

/// The rules of the pipeline itself.
static RULES: &[&Rule] = &[
    &pictures::UNUSABLE,
    &write::NO_PDF,
    &redline::BROKEN_REDLINE,
    &typefaces::UNUSABLE,
    &typefaces::LICENCE,
    &typefaces::MISSING_CUT,
];
