//! Stands in for the pipeline until it arrives: loads and checks.

use crate::diag::{Diagnostic, Rule, Sink};
use crate::files::Sources;
use crate::model::{Audience, Strategy};
use crate::{check, load};

/// What to build.
#[derive(Debug, Clone, Copy, Default)]
pub struct Build {
    /// Whom it is for.
    pub audience: Audience,
    /// Whether the page is wanted.
    pub html: bool,
    /// Whether the PDF is wanted.
    pub pdf: bool,
    /// The date of the outputs in seconds since 1970, instead of the version's own.
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
    /// The outputs; `None` if a diagnostic is an error.
    pub outputs: Option<Outputs>,
}

/// The outputs that were wanted.
#[derive(Debug, Default)]
pub struct Outputs {
    /// The page.
    pub html: Option<String>,
    /// The PDF.
    pub pdf: Option<Vec<u8>>,
}

/// Runs the pipeline.
pub fn compile(sources: &Sources, build: Build, progress: &mut dyn FnMut(Stage)) -> Compiled {
    let mut sink = Sink::default();
    progress(Stage::Load);
    let strategy = load::load(sources, &mut sink);
    progress(Stage::Check);
    let checked = strategy
        .as_ref()
        .and_then(|s| check::check(s, sources, &mut sink));
    let outputs = checked.map(|strategy| Outputs {
        html: build.html.then(|| strategy.title.value.clone()),
        pdf: build.pdf.then(|| strategy.title.as_bytes().to_vec()),
    });
    Compiled {
        diagnostics: sink.into_sorted(),
        strategy,
        outputs,
    }
}

/// All rules, by code.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules: Vec<_> = load::RULES.iter().chain(check::RULES).copied().collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}
