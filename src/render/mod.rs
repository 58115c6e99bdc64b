//! Checked strategy → tera templates → semantic tree.
//!
//! [`render`] is the entry point. Views (`views`) are what templates see; the templates write
//! HTML; [`dom::parse`] makes the tree; passes number notes, headings and captions, mark
//! abbreviations, set the signs, fill the contents and hold the tree against the vocabulary;
//! `conservation` makes sure that no word of the sources was lost.
//!
//! Every block of a text has an anchor (`anchors.rs`). Words are escaped in one place (`markdown_html.rs`) or by tera. Input and quotations go through
//! as they are. Templates cannot run for ever (`limits.rs`), and what is wrong with one is said
//! with its file and line.

mod anchors;
mod conservation;
mod contrast;
mod dates;
mod engine;
mod escape;
mod explain;
mod figures;
mod free_names;
mod labels;
mod limits;
mod lines;
mod logo;
mod markdown_html;
mod marking;
mod passes;
mod plan;
mod rules;
mod set;
mod svg;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod thread;
mod timeline;
mod views;

pub use conservation::{Output, REPORT, compare};
pub use engine::Cache;
pub use explain::ENTRY;
pub use plan::{Words, plan};
pub use rules::RULES;
pub use set::TemplateSet;
pub use svg::drawing;

use crate::check::Checked;
use crate::diag::Diagnostic;
use crate::dom::{self, Document, Identity, Meta, NodeId};
use crate::files::Sources;
use crate::model::{Audience, Section, Status, Strategy, short_digest};
use crate::theme::Theme;
use labels::Labels;
use std::collections::BTreeSet;
use views::Maker;

/// What a build is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options<'e> {
    /// Who will read it.
    pub audience: Audience,
    /// The template that it begins with, such as [`ENTRY`].
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

/// How deep elements may stand in each other; beyond it, later stages would run out of stack.
const MAX_DEPTH: usize = 200;

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
            problems.extend(engine::check(set));
            return Err(problems);
        }
    };
    diagnostics.extend(contrast::check(&theme.colours, set));
    let maker = Maker::new(strategy, sources, &labels, &theme, options.audience);
    let mut context = maker.context();
    let logo = theme.logo.as_ref();
    let logo = logo.and_then(|logo| logo::view(logo, set, sources, &mut diagnostics));
    context.insert("logo", &logo);
    let (texts, problems) = maker.into_texts();
    diagnostics.extend(problems);
    let meta = meta(strategy, &labels, options.audience);
    let resources = engine::Resources {
        labels: labels.clone(),
        texts,
    };
    let html = match engine::run(set, options.entry, &context, resources, cache) {
        Ok(html) => html,
        Err(problems) => {
            diagnostics.extend(problems);
            return Err(diagnostics);
        }
    };
    let parsed = dom::parse(&html, meta);
    let mut document = parsed.document;
    drop_foreign_places(&mut document, sources);
    if let Some(deepest) = too_deep(&document) {
        let message = format!("more than {MAX_DEPTH} elements stand inside each other");
        let mut problem = rules::TEMPLATE_LIMIT.nowhere(message);
        problem.place = passes::place(&document, set, deepest);
        diagnostics.push(problem.hint("look for a tag that is opened in a loop and never closed"));
        return Err(diagnostics);
    }
    diagnostics.extend(html_problems(&parsed.problems, set));
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
    let status = labels.get(labels::label_of(version.status));
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
    let internal = (audience > Audience::Public).then(|| labels.get(labels::access_of(audience)));
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

/// What the HTML standard has to say of the templates; the same place once.
fn html_problems(problems: &[dom::HtmlProblem], set: &TemplateSet) -> Vec<Diagnostic> {
    let mut said = BTreeSet::new();
    let mut out = Vec::new();
    for problem in problems {
        let place = problem.near.map(|line| set.place(line));
        let message = problem.message.trim_end_matches('.').replace('\n', " ");
        if said.insert((place.clone(), message.clone())) {
            let message = format!("the HTML had to be mended: {message}");
            let found = rules::BROKEN_HTML.nowhere(message);
            out.push(Diagnostic { place, ..found }.hint("close each element where it was opened"));
        }
    }
    out
}

/// Takes places away that are in none of the sources: a template may write any.
fn drop_foreign_places(document: &mut Document, sources: &Sources) {
    let ids = (0u32..).map(NodeId).take(document.len());
    for id in ids {
        let source = &mut document.get_mut(id).origin.source;
        source.take_if(|span| sources.get(span.file).is_none());
    }
}

/// A node that stands too deep, if there is one.
fn too_deep(document: &Document) -> Option<NodeId> {
    let mut stack = vec![(Document::ROOT, 0)];
    while let Some((id, depth)) = stack.pop() {
        if depth > MAX_DEPTH {
            return Some(id);
        }
        let children = &document.get(id).children;
        stack.extend(children.iter().map(|&child| (child, depth + 1)));
    }
    None
}
