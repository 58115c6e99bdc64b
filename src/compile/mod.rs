//! The pipeline: sources in, page and PDF out.
//!
//! [`compile`] runs the stages in order; each line of [`stages`] is one of them. Nothing here
//! touches the disk, the clock or the environment, so that the same sources give the same bytes.

mod conserve;
mod pictures;
mod registry;

pub use registry::rules;

use crate::check::Checked;
use crate::diag::{Diagnostic, Sink};
use crate::files::Sources;
use crate::layout::{Fonts, Input};
use crate::model::{Audience, Strategy};
use crate::render::{Rendered, TemplateSet};
use crate::{check, html, layout, load, pdf, render};
use pictures::Pictures;

/// What to build.
#[derive(Debug, Clone, Copy, Default)]
pub struct Build {
    /// Whom it is for.
    pub audience: Audience,
    /// Whether the page is wanted.
    pub html: bool,
    /// Whether the PDF is wanted.
    pub pdf: bool,
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

/// Runs the pipeline; `progress` hears of each stage as it begins.
pub fn compile(sources: &Sources, build: Build, progress: &mut dyn FnMut(Stage)) -> Compiled {
    let mut sink = Sink::default();
    progress(Stage::Load);
    let strategy = load::load(sources, &mut sink);
    let mut outputs = strategy
        .as_ref()
        .and_then(|strategy| stages(strategy, sources, build, progress, &mut sink));
    if sink.has_errors() {
        outputs = None;
    }
    Compiled {
        diagnostics: sink.into_sorted(),
        strategy,
        outputs,
    }
}

/// From the model to the outputs. Each stage reports to `sink`; `None` where one cannot go on.
fn stages(
    strategy: &Strategy,
    sources: &Sources,
    build: Build,
    progress: &mut dyn FnMut(Stage),
    sink: &mut Sink,
) -> Option<Outputs> {
    progress(Stage::Check);
    let pictures = pictures::read(strategy, sources, sink);
    let checked = check::check(strategy, sources, sink)?;

    progress(Stage::Render);
    let templates = TemplateSet::of(strategy, sources);
    let rendered = tree(checked, &templates, sources, build, sink)?;

    let mut outputs = Outputs::default();
    if build.html {
        progress(Stage::Html);
        outputs.html = Some(page(&rendered, &pictures, sink));
    }
    if build.pdf {
        progress(Stage::Layout);
        let fonts = Fonts::embedded();
        let pages = pages(&rendered, &templates, &pictures, &fonts, sink);
        progress(Stage::Pdf);
        outputs.pdf = Some(bytes(&rendered, &pages, &fonts, sink)?);
    }
    Some(outputs)
}
