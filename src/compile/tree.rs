//! Checked model → tree.

use super::edition::Edition;
use super::pictures::Pictures;
use super::{Build, Session, Stage, typefaces};
use crate::diag::{Diagnostic, Sink};
use crate::dom::{Document, Meta};
use crate::layout::Fonts;
use crate::render::{self, Rendered};
use crate::templates::TemplateSet;
use crate::theme::Theme;

/// The document of an edition, with the other input of the writers.
#[derive(Debug)]
pub struct Tree<'e> {
    /// The document.
    pub document: Document,
    /// Its entry template.
    pub(super) entry: &'static str,
    pub(super) edition: &'e Edition<'e>,
    pub(super) templates: TemplateSet,
    /// Sizes and colours.
    pub(super) theme: Theme,
    /// The style sheet of the page.
    pub(super) css: String,
    /// The registered pictures, and the logo.
    pub(super) pictures: Pictures,
    pub(super) fonts: Fonts,
}

/// Fills the templates in with the strategy of an edition, from the template `entry` on, and reads the fonts and the logo that the
/// theme names. What is wrong goes to `sink`.
///
/// `None` if the edition or the templates have errors.
pub fn tree<'e>(
    edition: &'e Edition<'_>,
    entry: &'static str,
    build: &Build,
    session: &mut Session,
    sink: &mut Sink,
    progress: &mut dyn FnMut(Stage),
) -> Option<Tree<'e>> {
    let checked = edition.checked()?;
    progress(Stage::Render);
    let sources = edition.sources;
    let templates = TemplateSet::of(checked, sources);
    let options = render::Options {
        audience: build.audience,
        entry,
    };
    let made = render::render_again(
        checked,
        &templates,
        sources,
        &options,
        &mut session.templates,
    );
    let Rendered {
        document,
        theme,
        css,
        ..
    } = rendered(made, build, sink)?;
    let mut pictures = edition.pictures.clone();
    pictures.logo(&theme, &templates, sources, &mut session.pictures, sink);
    let fonts = typefaces::read(&theme, &templates, sources, &mut session.typefaces, sink);
    Some(Tree {
        document,
        entry,
        edition,
        templates,
        theme,
        css,
        pictures,
        fonts,
    })
}

/// Sets the date of the build, if there is one.
pub(super) fn dated(meta: &mut Meta, build: &Build) {
    let date = build
        .date
        .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    if let Some(date) = date {
        meta.date = date.to_string();
    }
}

/// The document of the templates with the date of the build; `None` if there are errors.
fn rendered(
    made: Result<Rendered, Vec<Diagnostic>>,
    build: &Build,
    sink: &mut Sink,
) -> Option<Rendered> {
    match made {
        Ok(mut rendered) => {
            rendered.diagnostics.drain(..).for_each(|d| sink.report(d));
            dated(&mut rendered.document.meta, build);
            (!sink.has_errors()).then_some(rendered)
        }
        Err(problems) => {
            problems.into_iter().for_each(|d| sink.report(d));
            None
        }
    }
}
