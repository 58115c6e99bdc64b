//! Checked strategy → semantic tree.
//!
//! [`render`] is the entry point. It calls the other rooms in order, in two halves that can be called
//! alone. [`prepare`] makes the [`views`](crate::views), runs the [`templates`] on them, and runs the
//! [`passes`] that look at one text at a time. [`finish`] runs the passes that count over the whole
//! document, and the search for lost text ([`conservation`]).

mod meta;
mod redline;
#[cfg(test)]
mod tests;

pub use meta::{PAGE_WORDS, REDLINE_WORDS};
pub use redline::{Redline, Version, redline};

use crate::check::Checked;
use crate::conservation::{self, OriginalTexts};
use crate::diag::Diagnostic;
use crate::dom::Document;
use crate::drawings::logo;
use crate::files::Sources;
use crate::model::{Audience, Section, Strategy};
use crate::passes;
use crate::templates::{self, Cache, Labels, Resources, TemplateSet};
use crate::theme::Theme;
use crate::views::ViewBuilder;

/// The options of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options<'e> {
    /// The audience.
    pub audience: Audience,
    /// The template that it begins with, such as [`ENTRY`](templates::ENTRY).
    pub entry: &'e str,
}

/// A document before anything in it is counted, and what is needed to finish it.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The tree: notes, headings and captions have no numbers, and the contents are empty.
    pub document: Document,
    /// Sizes and colours.
    pub theme: Theme,
    /// The style sheet of the page.
    pub css: String,
    /// The diagnostics.
    pub diagnostics: Vec<Diagnostic>,
    labels: Labels,
    /// The original text of nodes whose typography was changed.
    written: OriginalTexts,
}

/// A document, and what both writers need beside it.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// The tree.
    pub document: Document,
    /// Sizes and colours.
    pub theme: Theme,
    /// The style sheet of the page.
    pub css: String,
    /// The diagnostics. Errors stop the build after this stage.
    pub diagnostics: Vec<Diagnostic>,
}

/// Renders a strategy with a set of templates.
///
/// # Errors
/// What is wrong with the templates, the theme and the labels, all of it, each with its place.
pub fn render(
    strategy: &Checked,
    set: &TemplateSet,
    sources: &Sources,
    options: &Options<'_>,
) -> Result<Rendered, Vec<Diagnostic>> {
    render_again(strategy, set, sources, options, &mut Cache::default())
}

/// The same with what is known from the builds before: templates that have not changed are not
/// parsed.
///
/// # Errors
/// As [`render`].
pub fn render_again(
    strategy: &Checked,
    set: &TemplateSet,
    sources: &Sources,
    options: &Options<'_>,
    cache: &mut Cache,
) -> Result<Rendered, Vec<Diagnostic>> {
    let prepared = prepare(strategy, set, sources, options, cache)?;
    Ok(finish(prepared, strategy, set, options.audience))
}

/// Runs the templates, and the passes that look at one text at a time.
///
/// # Errors
/// As [`render`].
pub fn prepare(
    strategy: &Checked,
    set: &TemplateSet,
    sources: &Sources,
    options: &Options<'_>,
    cache: &mut Cache,
) -> Result<Prepared, Vec<Diagnostic>> {
    prepare_with(strategy, set, sources, options, cache, |_| {})
}

/// The same for templates that see more than the strategy: `add` puts it into their context.
fn prepare_with(
    strategy: &Checked,
    set: &TemplateSet,
    sources: &Sources,
    options: &Options<'_>,
    cache: &mut Cache,
    add: impl FnOnce(&mut tera::Context),
) -> Result<Prepared, Vec<Diagnostic>> {
    let (theme, labels, mut diagnostics) = match (set.theme(), Labels::read(strategy, set)) {
        (Ok(theme), Ok((labels, problems))) => (theme, labels, problems),
        (theme, labels) => {
            let mut problems = theme.err().unwrap_or_default();
            problems.extend(labels.err().unwrap_or_default());
            problems.extend(templates::check(set));
            return Err(problems);
        }
    };
    diagnostics.extend(templates::check_colours(&theme.colours, set));
    let maker = ViewBuilder::new(strategy, sources, &labels, &theme, options.audience);
    let mut context = maker.context();
    let logo = theme.logo.as_ref();
    let logo = logo.and_then(|logo| logo::view(logo, set, sources, &mut diagnostics));
    context.insert("logo", &logo);
    add(&mut context);
    let (texts, problems) = maker.into_texts();
    diagnostics.extend(problems);
    let resources = Resources {
        labels: labels.clone(),
        texts,
    };
    let html = match templates::run(set, options.entry, &context, resources, cache) {
        Ok(html) => html,
        Err(problems) => {
            diagnostics.extend(problems);
            return Err(diagnostics);
        }
    };
    let meta = meta::meta(strategy, &labels, options.audience);
    let mut document = match templates::parse(&html, meta, set, sources) {
        Ok((document, problems)) => {
            diagnostics.extend(problems);
            document
        }
        Err(problem) => {
            diagnostics.push(problem);
            return Err(diagnostics);
        }
    };
    // An abbreviation may be marked only if the document says in words what it stands for.
    let explains = strategy.shown_to(Section::Glossary) <= options.audience;
    let glossary = if explains { &strategy.terms[..] } else { &[] };
    let (problems, written) = passes::prepare(&mut document, set, glossary);
    diagnostics.extend(problems);
    Ok(Prepared {
        document,
        theme,
        css: set.css().to_owned(),
        diagnostics,
        labels,
        written,
    })
}

/// Numbers the document, fills in its contents, and reports text of the strategy that was lost or has
/// leaked.
pub fn finish(
    prepared: Prepared,
    strategy: &Strategy,
    set: &TemplateSet,
    audience: Audience,
) -> Rendered {
    let Prepared {
        mut document,
        theme,
        css,
        mut diagnostics,
        labels,
        written,
    } = prepared;
    diagnostics.extend(passes::finish(&mut document, set, &labels));
    let pieces = crate::model::text_fragments(strategy);
    let known = labels.all().values().map(String::as_str);
    let shown = conservation::model_in_tree(&pieces, &document, &written, audience, known);
    diagnostics.extend(shown);
    Rendered {
        document,
        theme,
        css,
        diagnostics,
    }
}
