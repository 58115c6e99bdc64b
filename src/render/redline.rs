//! Two checked strategies → one tree that shows the changes.

use super::{Options, Prepared, Rendered, meta, prepare, prepare_with};
use crate::changes::{self, Changes, Side, View};
use crate::check::Checked;
use crate::diag::Diagnostic;
use crate::dom::Document;
use crate::files::Sources;
use crate::model::{Audience, Strategy, short_digest};
use crate::passes;
use crate::redline::{self, Merged, Words};
use crate::templates::{self, Cache, Labels, TemplateSet};
use serde::Serialize;
use std::collections::BTreeMap;

/// A strategy that is compared, and what it was made from.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// The strategy.
    pub strategy: &'a Checked,
    /// Its sources.
    pub sources: &'a Sources,
    /// The digests of its pictures, by the path that `src` names.
    pub pictures: &'a BTreeMap<String, String>,
}

/// Two trees, and what they became.
#[derive(Debug)]
pub struct Redline {
    /// The redline as a document.
    pub rendered: Rendered,
    /// The same before it was finished, with what is known of each node.
    pub merged: Merged,
    /// What has changed.
    pub changes: Changes,
    /// The words of the document.
    pub(crate) labels: Labels,
    /// The document of the old version, as it was compared.
    pub old: Document,
    /// That of the new one.
    pub new: Document,
}

/// What the cover says of the version that the changes start from.
#[derive(Debug, Serialize)]
struct Since {
    number: String,
    status_label: String,
    date: String,
    digest: String,
}

/// Merges the documents of two versions. Both are made with the templates, theme and labels `set` of
/// the new one, so that what changes there is no change of the text. With `only_changes`, what has not
/// changed is left out.
///
/// # Errors
/// What is wrong with the templates, the theme and the labels.
pub fn redline(
    old: Version<'_>,
    new: Version<'_>,
    set: &TemplateSet,
    audience: Audience,
    only_changes: bool,
    cache: &mut Cache,
) -> Result<Redline, Vec<Diagnostic>> {
    let options = Options {
        audience,
        entry: templates::ENTRY,
    };
    let mut before = prepare(old.strategy, set, old.sources, &options, cache)?;
    let mut after = prepare(new.strategy, set, new.sources, &options, cache)?;
    number(&mut before, set);
    number(&mut after, set);
    let mut diagnostics = std::mem::take(&mut after.diagnostics);
    let (old_document, new_document) = (before.document, after.document);
    let mut merged = redline::merge(&old_document, &new_document, old.pictures, new.pictures);
    let labels = &after.labels;
    let changes = changes_of(
        [old, new],
        [&old_document, &new_document],
        &merged,
        audience,
    );
    redline::dress(&mut merged, &words(labels));
    let since = since(old.strategy, labels);
    let options = Options {
        entry: templates::REDLINE,
        ..options
    };
    let view = View::new(&changes, labels);
    let add = |context: &mut tera::Context| {
        context.insert("since", &since);
        context.insert("changes", &view);
    };
    let frame = prepare_with(new.strategy, set, new.sources, &options, cache, add)?;
    diagnostics.extend(frame.diagnostics);
    redline::graft(&mut merged, &frame.document);
    let mut document = merged.document.clone();
    document.meta = frame.document.meta;
    meta::of_redline(&mut document.meta, old.strategy, labels);
    if only_changes {
        let words = labels.get("redline_left_out");
        redline::only_changes(&mut document, &merged.marks, words);
    }
    diagnostics.extend(passes::finish_merged(&mut document, set, labels));
    Ok(Redline {
        rendered: Rendered {
            document,
            theme: after.theme,
            css: [set.css(), set.redline_css()].join("\n"),
            diagnostics,
        },
        merged,
        changes,
        labels: after.labels,
        old: old_document,
        new: new_document,
    })
}

/// What has changed between two numbered documents that were merged.
fn changes_of(
    versions: [Version<'_>; 2],
    documents: [&Document; 2],
    merged: &Merged,
    audience: Audience,
) -> Changes {
    let numbers = documents.map(changes::numbers);
    let side = |at: usize| Side {
        strategy: versions[at].strategy,
        sources: versions[at].sources,
        document: documents[at],
        numbers: &numbers[at],
    };
    changes::of(&side(0), &side(1), merged, audience)
}

/// Gives a prepared document its numbers, and takes out what belongs to one version alone.
fn number(prepared: &mut Prepared, set: &TemplateSet) {
    let document = &mut prepared.document;
    let (problems, ..) = passes::number(document, set, &prepared.labels);
    prepared.diagnostics.extend(problems);
    redline::without_covers(document);
}

fn since(old: &Strategy, labels: &Labels) -> Since {
    let version = &old.version;
    Since {
        number: version.number.value.clone(),
        status_label: labels.get(templates::label_of(version.status)).to_owned(),
        date: labels.date(&version.date),
        digest: short_digest(&version.manifest.digest).to_owned(),
    }
}

/// The words of the changes.
fn words(labels: &Labels) -> Words {
    let word = |key: &str| labels.get(key).to_owned();
    Words {
        added: word("change_added"),
        struck: word("change_struck"),
        before: word("change_before"),
        now: word("change_now"),
        moved_from: word("change_moved_from"),
        moved_to: word("change_moved_to"),
        letters: [
            "letter_added",
            "letter_struck",
            "letter_edited",
            "letter_moved",
        ]
        .map(word),
        open_added: word("change_open_added"),
        open_struck: word("change_open_struck"),
        close: word("change_close"),
        start: word("change_start"),
    }
}
