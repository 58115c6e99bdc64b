//! The pipeline: sources in, page and PDF out.
//!
//! [`compile`] runs the stages in order; each line of `stages` is one of them. Nothing here
//! touches the disk, the clock or the environment, so that the same sources give the same bytes.

mod characters;
mod conserve;
mod pictures;
mod registry;
mod typefaces;

pub use registry::rules;

use crate::check::Checked;
use crate::diag::{Code, Diagnostic, Rule, Severity, Sink};
use crate::files::{FileId, Sources};
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
    let mut pictures = pictures::read(strategy, sources, sink);
    let checked = check::check(strategy, sources, sink)?;

    progress(Stage::Render);
    let templates = TemplateSet::of(strategy, sources);
    let rendered = tree(checked, &templates, sources, build, sink)?;

    pictures.logo(&rendered.theme, &templates, sources, sink);
    let fonts = typefaces::read(&rendered.theme, &templates, sources, sink);

    let mut outputs = Outputs::default();
    if build.html {
        progress(Stage::Html);
        outputs.html = Some(page(&rendered, &pictures, &fonts, sink));
    }
    if build.pdf {
        progress(Stage::Layout);
        let input = Input {
            document: &rendered.document,
            theme: &rendered.theme,
            fonts: &fonts,
            pictures: &pictures.decoded,
            line_numbers: build.line_numbers,
        };
        let drawings = characters::drawings(strategy, &rendered.theme, &templates, sources);
        let place = |problem| placed(problem, &templates, sources, &drawings);
        let pages = pages(&input, &place, sink);
        progress(Stage::Pdf);
        outputs.pdf = Some(bytes(&rendered, &pages, &fonts, sink)?);
    }
    Some(outputs)
}

/// Model → tree; reports what the templates have to say.
fn tree(
    checked: Checked<'_>,
    templates: &TemplateSet,
    sources: &Sources,
    build: Build,
    sink: &mut Sink,
) -> Option<Rendered> {
    let options = render::Options {
        audience: build.audience,
    };
    match render::render(&checked, templates, sources, &options) {
        Ok(mut rendered) => {
            rendered.diagnostics.drain(..).for_each(|d| sink.report(d));
            let date = build
                .date
                .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
            if let Some(date) = date {
                rendered.document.meta.date = date.to_string();
            }
            (!sink.has_errors()).then_some(rendered)
        }
        Err(problems) => {
            problems.into_iter().for_each(|d| sink.report(d));
            None
        }
    }
}

/// Tree → page, compared with the tree.
fn page(rendered: &Rendered, pictures: &Pictures, fonts: &Fonts, sink: &mut Sink) -> String {
    let Rendered {
        document,
        theme,
        css,
        ..
    } = rendered;
    let html = html::write(document, theme, fonts, css, &pictures.assets);
    conserve::page(document, &html, sink);
    html
}

/// Tree → pages of glyphs, compared with the tree.
fn pages(
    input: &Input<'_>,
    place: &dyn Fn(layout::Problem) -> Diagnostic,
    sink: &mut Sink,
) -> layout::Pages {
    let laid = layout::lay_out(input);
    for problem in laid.problems {
        sink.report(place(problem));
    }
    conserve::pages(input.document, &laid.pages, sink);
    laid.pages
}

/// What layout has to say, with all that can be known of its place.
fn placed(
    problem: layout::Problem,
    templates: &TemplateSet,
    sources: &Sources,
    drawings: &[FileId],
) -> Diagnostic {
    let mut diagnostic = problem.diagnostic;
    if let Some(missing) = problem.missing {
        characters::pinpoint(&mut diagnostic, missing, sources, drawings);
    }
    match (diagnostic.primary, problem.template) {
        (None, Some(line)) => diagnostic.in_place(templates.place(line)),
        _ => diagnostic,
    }
}

/// Pages → bytes.
fn bytes(
    rendered: &Rendered,
    pages: &layout::Pages,
    fonts: &Fonts,
    sink: &mut Sink,
) -> Option<Vec<u8>> {
    match pdf::write(&rendered.document, pages, fonts) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            let message = format!("the PDF cannot be written: {error}");
            // Damage that only shows when a face is embedded.
            let own = fonts.iter().any(|(id, _)| !fonts.is_embedded(id));
            let of_a_face = matches!(error, pdf::Error::Face { .. } | pdf::Error::Embedding(_));
            let hint = match own && of_a_face {
                true => "get the files under `[fonts]` in the theme anew, or take them out",
                false => render::REPORT,
            };
            sink.report(NO_PDF.nowhere(message).hint(hint));
            None
        }
    }
}

/// A PDF that could not be written.
static NO_PDF: Rule = Rule {
    code: Code("T101"),
    name: "pdf-failed",
    severity: Severity::Error,
    docs: include_str!("pdf_failed.md"),
};

/// The rules of the pipeline itself.
static RULES: &[&Rule] = &[
    &pictures::UNUSABLE,
    &NO_PDF,
    &typefaces::UNUSABLE,
    &typefaces::LICENCE,
    &typefaces::MISSING_CUT,
];
