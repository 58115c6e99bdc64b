//! Checked strategy → semantic tree.
//!
//! [`render`] is the entry point; it calls the other rooms in order. Views are what templates see; the
//! templates write HTML, which becomes the tree; passes number notes, headings and captions, mark
//! abbreviations, set the signs, fill the contents and hold the tree against the vocabulary;
//! conservation makes sure that no word of the sources was lost.

#[cfg(test)]
mod tests;

use crate::check::Checked;
use crate::diag::Diagnostic;
use crate::dom::{Document, Identity, Meta};
use crate::drawings::logo;
use crate::files::Sources;
use crate::model::{Audience, Section, Status, Strategy, short_digest};
use crate::templates::{self, Cache, Labels, Resources, TemplateSet};
use crate::theme::Theme;
use crate::views::Maker;
use crate::{conservation, passes};

/// What a build is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options<'e> {
    /// Who will read it.
    pub audience: Audience,
    /// The template that it begins with, such as [`ENTRY`](templates::ENTRY).
    pub entry: &'e str,
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
    /// What should be looked at; errors among them stop the build after this stage.
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
    let maker = Maker::new(strategy, sources, &labels, &theme, options.audience);
    let mut context = maker.context();
    let logo = theme.logo.as_ref();
    let logo = logo.and_then(|logo| logo::view(logo, set, sources, &mut diagnostics));
    context.insert("logo", &logo);
    let (texts, problems) = maker.into_texts();
    diagnostics.extend(problems);
    let meta = meta(strategy, &labels, options.audience);
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
    let (problems, written) = passes::run(&mut document, set, &labels, glossary);
    diagnostics.extend(problems);
    let pieces = crate::model::pieces(strategy);
    let known = labels.all().values().map(String::as_str);
    let shown = conservation::model_in_tree(&pieces, &document, &written, options.audience, known);
    diagnostics.extend(shown);
    Ok(Rendered {
        document,
        theme,
        css: set.css().to_owned(),
        diagnostics,
    })
}

/// The names of the labels that the page's script needs.
pub const PAGE_WORDS: [&str; 6] = [
    "copy_link",
    "link_copied",
    "show_links",
    "inputs_from",
    "all_groups",
    "inputs_shown",
];

/// What the document says of itself.
fn meta(strategy: &Strategy, labels: &Labels, audience: Audience) -> Meta {
    let (version, title) = (&strategy.version, strategy.title.value.as_str());
    let status = labels.get(templates::label_of(version.status));
    let council = strategy.council.name.value.as_str();
    let values = [
        ("title", title),
        ("version", &version.number),
        ("council", council),
    ];
    let number = labels.fill("version_n", &[("n", &version.number)]);
    let date = labels.date(&version.date);
    let digest = short_digest(&version.manifest.digest).to_owned();
    let mut state = vec![number.clone(), status.to_owned()];
    // The status stands once on a page: as a mark, or where it says that the text holds.
    let (mut running_version, draft_mark) = match version.status {
        Status::Adopted => (state.clone(), String::new()),
        _ => (vec![number], status.to_owned()),
    };
    running_version.extend([date, digest]);
    running_version.retain(|part| !part.is_empty());
    // What is not for everybody says so on every page.
    let internal =
        (audience > Audience::Public).then(|| labels.get(templates::access_of(audience)));
    state.extend(internal.map(str::to_owned));
    let short = strategy.council.short.as_ref();
    let description = strategy.description.as_ref().or(strategy.subtitle.as_ref());
    Meta {
        title: labels.fill("document_title", &values),
        language: strategy.language.tag.to_owned(),
        author: council.to_owned(),
        description: description.map_or_else(String::new, |d| d.value.clone()),
        date: format!("{}T00:00:00Z", strategy.day()),
        running_title: short.map_or_else(
            || title.to_owned(),
            |short| format!("{} · {title}", short.value),
        ),
        running_status: internal.unwrap_or_default().to_owned(),
        draft_mark,
        running_version,
        state: state.join(" · "),
        page_x_of_y: labels.get("page_x_of_y").to_owned(),
        skip_label: labels.get("skip_to_content").to_owned(),
        page_words: PAGE_WORDS
            .map(|name| (name, labels.get(name).to_owned()))
            .into(),
        identity: Some(Identity {
            title: title.to_owned(),
            council: council.to_owned(),
            version: version.number.value.clone(),
            status: version.status.as_str().to_owned(),
            date: version.date.for_machines(),
            audience: match audience {
                Audience::Public => "public".to_owned(),
                Audience::Internal => "internal".to_owned(),
            },
            digest: version.manifest.digest.clone(),
        }),
    }
}
