//! The pipeline: sources in, page and PDF out.
//!
//! [`compile()`] runs the stages in order; each line of `stages` is one of them, and a [`Session`]
//! keeps what they know between builds. Page and PDF are made beside each other. When all have
//! spoken, [`gates`] hold what was said against the status of the document. Nothing here
//! touches the disk, the clock or the environment, so that the same sources give the same bytes.

mod characters;
mod conserve;
pub mod difference;
pub mod gates;
mod outputs;
mod pictures;
mod registry;
mod session;
mod typefaces;

pub use outputs::{Output, file_name};
pub use registry::rules;
pub use session::Session;

use crate::check::Checked;
use crate::diag::{Code, Diagnostic, Rule, Severity, Sink};
use crate::files::{FileId, Sources};
use crate::layout::{Fonts, Input};
use crate::model::{Audience, Strategy};
use crate::render::{Rendered, TemplateSet};
use crate::version::{self, State, seal};
use crate::{check, html, layout, load, pdf, render};
use pictures::Pictures;
use std::sync::Mutex;

/// What to build.
#[derive(Debug, Clone, Default)]
pub struct Build {
    /// The state that it is of.
    pub state: State,
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
    /// What is said only when the status of the document demands it, which it does not yet.
    pub quiet: Vec<Diagnostic>,
    /// The outputs that were wanted, the page first; `None` if a diagnostic is an error.
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
    progress(Stage::Load);
    let mut strategy = load::load_again(sources, &mut session.load, &mut sink);
    if let Some(strategy) = &mut strategy {
        version::settle(strategy, sources, &build.state, &mut sink);
    }
    let outputs = strategy
        .as_ref()
        .and_then(|strategy| stages(session, strategy, sources, build, progress, &mut sink));
    let whole = build.html && build.pdf && !sink.has_errors();
    let mut said = sink.into_sorted();
    let mut quiet = Vec::new();
    if let Some(strategy) = &strategy {
        let judged = gates::judge(strategy, said, whole);
        (said, quiet) = (judged.said, judged.quiet);
    }
    let mut sink = Sink::default();
    sink.repeat(&said);
    Compiled {
        outputs: outputs.filter(|_| !sink.has_errors()),
        diagnostics: sink.into_sorted(),
        quiet,
        strategy,
    }
}

/// From the model to the outputs. Each stage reports to `sink`; `None` where one cannot go on.
fn stages(
    session: &mut Session,
    strategy: &Strategy,
    sources: &Sources,
    build: &Build,
    progress: &mut dyn FnMut(Stage),
    sink: &mut Sink,
) -> Option<Vec<Output>> {
    progress(Stage::Check);
    let mut pictures = pictures::read(strategy, sources, &mut session.pictures, sink);
    let checked = check::check(strategy, sources, sink)?;

    progress(Stage::Render);
    let templates = TemplateSet::of(strategy, sources);
    let cache = &mut session.templates;
    let rendered = tree(checked, &templates, sources, build, cache, sink)?;

    let theme = &rendered.theme;
    pictures.logo(theme, &templates, sources, &mut session.pictures, sink);
    let cache = &mut session.typefaces;
    let fonts = typefaces::read(theme, &templates, sources, cache, sink);

    let faces = &mut session.faces;
    let page = || {
        let mut said = Sink::default();
        let html = page(&rendered, &pictures, &fonts, faces, &mut said);
        (html, said)
    };
    let mut pdf = |progress: &mut dyn FnMut(Stage)| {
        progress(Stage::Layout);
        let mut said = Sink::default();
        let input = Input {
            document: &rendered.document,
            theme,
            fonts: &fonts,
            pictures: &pictures.decoded,
            line_numbers: build.line_numbers,
        };
        let drawings = characters::drawings(strategy, theme, &templates, sources);
        let place = |problem| placed(problem, &templates, sources, &drawings);
        let pages = pages(&input, &place, &mut session.layout, &mut said);
        progress(Stage::Pdf);
        let bytes = bytes(&rendered, &pages, &fonts, &mut session.pdf, &mut said);
        (bytes, said)
    };
    if build.html {
        progress(Stage::Html);
    }
    // Neither output knows of the other, and each is made from the tree.
    let (html, pdf) = match (build.html, build.pdf) {
        (true, true) => {
            let (html, pdf) = beside(page, || pdf(progress));
            (Some(html), Some(pdf))
        }
        (html, with_pdf) => (html.then(page), with_pdf.then(|| pdf(progress))),
    };
    let mut outputs = Vec::new();
    if let Some((html, said)) = html {
        sink.append(said);
        outputs.push(Output {
            name: file_name(version::PAGE, build.audience),
            media_type: "text/html; charset=utf-8",
            bytes: html.into_bytes(),
        });
    }
    if let Some((bytes, said)) = pdf {
        sink.append(said);
        outputs.push(Output {
            name: file_name(version::PDF, build.audience),
            media_type: "application/pdf",
            bytes: bytes?,
        });
    }
    Some(outputs)
}

/// Does two things at once, or one after the other where there is no room for a thread.
fn beside<A: Send, B>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    // If no thread takes it, the work is still here.
    let first = Mutex::new(Some(first));
    let work = || {
        let work = first.lock().expect("no panic while it is locked").take();
        work.expect("it is taken once")()
    };
    std::thread::scope(|scope| {
        let started = std::thread::Builder::new().spawn_scoped(scope, work);
        let second = second();
        let first = match started {
            Ok(thread) => thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(_) => work(),
        };
        (first, second)
    })
}

/// Model → tree; reports what the templates have to say.
fn tree(
    checked: Checked<'_>,
    templates: &TemplateSet,
    sources: &Sources,
    build: &Build,
    cache: &mut render::Cache,
    sink: &mut Sink,
) -> Option<Rendered> {
    let options = render::Options {
        audience: build.audience,
    };
    match render::render_again(&checked, templates, sources, &options, cache) {
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

/// Tree → page, compared with the tree, and sealed.
fn page(
    rendered: &Rendered,
    pictures: &Pictures,
    fonts: &Fonts,
    faces: &mut html::FaceCache,
    sink: &mut Sink,
) -> String {
    let Rendered {
        document,
        theme,
        css,
        ..
    } = rendered;
    let mut html = html::write_again(document, theme, fonts, css, &pictures.assets, faces);
    conserve::page(document, &html, sink);
    if let Some(seal) = seal::of(html.as_bytes()) {
        html.replace_range(seal.place, &seal.digits);
    }
    html
}

/// Tree → pages of glyphs, compared with the tree.
fn pages(
    input: &Input<'_>,
    place: &dyn Fn(layout::Problem) -> Diagnostic,
    cache: &mut layout::Cache,
    sink: &mut Sink,
) -> layout::Pages {
    let laid = layout::lay_out_again(input, cache);
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

/// Pages → bytes, sealed.
fn bytes(
    rendered: &Rendered,
    pages: &layout::Pages,
    fonts: &Fonts,
    cache: &mut pdf::Cache,
    sink: &mut Sink,
) -> Option<Vec<u8>> {
    match pdf::write_again(&rendered.document, pages, fonts, cache) {
        Ok(mut bytes) => {
            if let Some(seal) = seal::of(&bytes) {
                bytes[seal.place].copy_from_slice(seal.digits.as_bytes());
            }
            Some(bytes)
        }
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
