//! Two editions → one tree that shows the changes.

use super::comparison::Comparison;
use super::edition::Edition;
use super::pictures::Pictures;
use super::tree::{Tree, dated};
use super::{Build, Session, Stage, typefaces};
use crate::conservation::PROGRAM_FAULT;
use crate::diag::{Code, Rule, Severity, Sink};
use crate::redline::{FORMER, Merged, canonical};
use crate::render::{self, Version};
use crate::templates::{REDLINE, TemplateSet};
use std::collections::BTreeMap;

/// The tree of a redline, and the merged document that it was made from.
#[derive(Debug)]
pub struct Redline<'e> {
    /// The tree, for the writers.
    pub tree: Tree<'e>,
    /// The same with what is known of each node.
    pub merged: Merged,
    /// The changes.
    pub comparison: Comparison,
}

/// Merges two editions into one tree. What is wrong with the new one goes to `sink`; what is said of
/// the old one was said when it was built.
///
/// `None` if one of them has errors, or if a template does.
pub fn redline<'e>(
    old: &Edition<'_>,
    new: &'e Edition<'_>,
    build: &Build,
    only_changes: bool,
    session: &mut Session,
    sink: &mut Sink,
    progress: &mut dyn FnMut(Stage),
) -> Option<Redline<'e>> {
    progress(Stage::Render);
    let (before, after) = (old.checked()?, new.checked()?);
    let templates = TemplateSet::of(after, new.sources);
    let (old_digests, new_digests) = (digests(old), digests(new));
    let version = |strategy, sources, pictures| Version {
        strategy,
        sources,
        pictures,
    };
    let made = render::redline(
        version(before, old.sources, &old_digests),
        version(after, new.sources, &new_digests),
        &templates,
        build.audience,
        only_changes,
        &mut session.templates,
    );
    let mut made = match made {
        Ok(made) => made,
        Err(problems) => {
            problems
                .into_iter()
                .for_each(|problem| sink.report(problem));
            return None;
        }
    };
    let problems = std::mem::take(&mut made.rendered.diagnostics);
    problems
        .into_iter()
        .for_each(|problem| sink.report(problem));
    dated(&mut made.rendered.document.meta, build);
    prove(&made, &old_digests, &new_digests, sink);
    if sink.has_errors() {
        return None;
    }
    let render::Rendered {
        document,
        theme,
        css,
        ..
    } = made.rendered;
    let mut pictures = new.pictures.clone();
    pictures.add_former(&old.pictures);
    pictures.logo(&theme, &templates, new.sources, &mut session.pictures, sink);
    let fonts = typefaces::read(
        &theme,
        &templates,
        new.sources,
        &mut session.typefaces,
        sink,
    );
    let tree = Tree {
        document,
        entry: REDLINE,
        edition: new,
        templates,
        theme,
        css,
        pictures,
        fonts,
    };
    Some(Redline {
        tree,
        merged: made.merged,
        comparison: Comparison::new(made.changes, made.labels),
    })
}

/// The digests of the pictures of an edition, by the path that `src` names.
fn digests(edition: &Edition<'_>) -> BTreeMap<String, String> {
    let paths = edition.pictures.assets.keys();
    let files = paths.filter_map(|path| Some((path, edition.sources.by_path(path)?.1)));
    files
        .map(|(path, file)| (path.clone(), file.sha256.clone()))
        .collect()
}

/// Checks that the redline contains exactly the two documents.
fn prove(
    made: &render::Redline,
    old_pictures: &BTreeMap<String, String>,
    new_pictures: &BTreeMap<String, String>,
    sink: &mut Sink,
) {
    let both = [
        (made.merged.accepted(), &made.new, new_pictures, "new"),
        (made.merged.rejected(), &made.old, old_pictures, "old"),
    ];
    for (found, expected, pictures, which) in both {
        let (found, expected) = (canonical(&found, pictures), canonical(expected, pictures));
        if found == expected {
            continue;
        }
        let mut lines = expected.lines().zip(found.lines());
        let near = lines.find(|(expected, found)| expected != found);
        let near = near.map_or("its end", |(expected, _)| expected.trim());
        let message =
            format!("the redline does not contain the {which} version unchanged, near {near}");
        sink.report(BROKEN_REDLINE.nowhere(message).hint(PROGRAM_FAULT));
    }
}

/// A redline that does not match the two versions.
pub(super) static BROKEN_REDLINE: Rule = Rule {
    code: Code("T105"),
    name: "broken-redline",
    severity: Severity::Error,
    docs: include_str!("broken_redline.md"),
};

impl Pictures {
    /// Adds the pictures of the old version under the names that a redline gives them.
    fn add_former(&mut self, old: &Self) {
        let name = |path: &String| format!("{FORMER}{path}");
        let assets = old
            .assets
            .iter()
            .map(|(path, asset)| (name(path), asset.clone()));
        self.assets.extend(assets);
        let decoded = old
            .decoded
            .iter()
            .map(|(path, picture)| (name(path), picture.clone()));
        self.decoded.extend(decoded);
    }
}
