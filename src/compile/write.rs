//! Tree → outputs.
//!
//! Page and PDF are written in parallel. Each is compared with the tree and sealed.

use super::targets::Writer;
use super::tree::Tree;
use super::{Build, Output, Session, Stage, characters, conserve};
use crate::diag::{Code, Diagnostic, Rule, Severity, Sink};
use crate::files::FileId;
use crate::layout::LayoutInput;
use crate::version::seal;
use crate::{conservation, html, layout, pdf};
use std::sync::Mutex;

/// Writes the outputs of the tree that are wanted, the page first. What is wrong goes to `sink`.
///
/// `None` if one of them cannot be written.
pub fn write(
    tree: &Tree<'_>,
    build: &Build,
    session: &mut Session,
    sink: &mut Sink,
    progress: &mut dyn FnMut(Stage),
) -> Option<Vec<Output>> {
    let wanted = build.targets.iter().filter(|t| t.entry == tree.entry);
    let writers: Vec<Writer> = wanted.clone().map(|target| target.writer).collect();
    let made = write_as(tree, &writers, build, session, sink, progress)?;
    let outputs = made.into_iter().filter_map(|(writer, bytes)| {
        let target = wanted.clone().find(|target| target.writer == writer)?;
        Some(Output {
            name: target.file_name(build.audience),
            media_type: target.writer.media_type(),
            bytes,
        })
    });
    Some(outputs.collect())
}

/// Writes a tree as a page, as a PDF, or as both, the page first. What is wrong goes to `sink`.
///
/// `None` if one of them cannot be written.
pub fn write_as(
    tree: &Tree<'_>,
    writers: &[Writer],
    build: &Build,
    session: &mut Session,
    sink: &mut Sink,
    progress: &mut dyn FnMut(Stage),
) -> Option<Vec<(Writer, Vec<u8>)>> {
    let Session {
        faces, layout, pdf, ..
    } = session;
    let page = || {
        let mut said = Sink::default();
        let html = page(tree, faces, &mut said);
        (html, said)
    };
    let mut pdf = |progress: &mut dyn FnMut(Stage)| {
        progress(Stage::Layout);
        let mut said = Sink::default();
        let pages = pages(tree, build, layout, &mut said);
        progress(Stage::Pdf);
        let bytes = bytes(tree, &pages, pdf, &mut said);
        (bytes, said)
    };
    let [for_page, for_pdf] = [Writer::Page, Writer::Pdf].map(|writer| writers.contains(&writer));
    if for_page {
        progress(Stage::Html);
    }
    // Both outputs depend only on the tree, so they are made in parallel.
    let (html, pdf) = match for_page && for_pdf {
        true => {
            let (html, pdf) = beside(page, || pdf(progress));
            (Some(html), Some(pdf))
        }
        false => (for_page.then(page), for_pdf.then(|| pdf(progress))),
    };
    let mut outputs = Vec::new();
    if let Some((html, said)) = html {
        sink.append(said);
        outputs.push((Writer::Page, html.into_bytes()));
    }
    if let Some((bytes, said)) = pdf {
        sink.append(said);
        outputs.push((Writer::Pdf, bytes?));
    }
    Some(outputs)
}

/// Runs two functions in parallel, or one after the other if no thread can be started.
fn beside<A: Send, B>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    // If no thread was started, the work is still to be done here.
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

/// Tree → page, compared with the tree, and sealed.
fn page(tree: &Tree<'_>, faces: &mut html::FaceCache, sink: &mut Sink) -> String {
    let Tree {
        document,
        theme,
        css,
        pictures,
        fonts,
        ..
    } = tree;
    let mut html = html::write_again(document, theme, fonts, css, &pictures.assets, faces);
    conserve::page(document, &html, sink);
    if let Some(seal) = seal::of(html.as_bytes()) {
        html.replace_range(seal.place, &seal.digits);
    }
    html
}

/// Tree → pages of glyphs, compared with the tree.
fn pages(
    tree: &Tree<'_>,
    build: &Build,
    cache: &mut layout::Cache,
    sink: &mut Sink,
) -> layout::Pages {
    let input = LayoutInput {
        document: &tree.document,
        theme: &tree.theme,
        fonts: &tree.fonts,
        pictures: &tree.pictures.decoded,
        line_numbers: build.line_numbers,
    };
    let laid = layout::lay_out_again(&input, cache);
    let drawings = characters::drawings(tree);
    for problem in laid.problems {
        sink.report(placed(problem, tree, &drawings));
    }
    conserve::pages(&tree.document, &laid.pages, sink);
    laid.pages
}

/// The diagnostics of layout, with their places.
fn placed(problem: layout::Problem, tree: &Tree<'_>, drawings: &[FileId]) -> Diagnostic {
    let mut diagnostic = problem.diagnostic;
    if let Some(missing) = problem.missing {
        characters::pinpoint(&mut diagnostic, missing, tree.edition.sources, drawings);
    }
    match (diagnostic.primary, problem.template) {
        (None, Some(line)) => diagnostic.in_place(tree.templates.place(line)),
        _ => diagnostic,
    }
}

/// Pages → bytes, sealed.
fn bytes(
    tree: &Tree<'_>,
    pages: &layout::Pages,
    cache: &mut pdf::Cache,
    sink: &mut Sink,
) -> Option<Vec<u8>> {
    let fonts = &tree.fonts;
    match pdf::write_again(&tree.document, pages, fonts, cache) {
        Ok(mut bytes) => {
            if let Some(seal) = seal::of(&bytes) {
                bytes[seal.place].copy_from_slice(seal.digits.as_bytes());
            }
            Some(bytes)
        }
        Err(error) => {
            let message = format!("the PDF cannot be written: {error}");
            // Some damage is found only when a face is embedded.
            let own = fonts.iter().any(|(id, _)| !fonts.is_embedded(id));
            let of_a_face = matches!(error, pdf::Error::Face { .. } | pdf::Error::Embedding(_));
            let hint = match own && of_a_face {
                true => "download the files under `[fonts]` in the theme again, or remove them",
                false => conservation::PROGRAM_FAULT,
            };
            sink.report(NO_PDF.nowhere(message).hint(hint));
            None
        }
    }
}

/// A PDF that could not be written.
pub(super) static NO_PDF: Rule = Rule {
    code: Code("T101"),
    name: "pdf-failed",
    severity: Severity::Error,
    docs: include_str!("pdf_failed.md"),
};
