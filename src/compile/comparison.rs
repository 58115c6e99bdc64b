//! Two editions → what has changed between them.

use super::edition::Edition;
use super::tree::tree;
use super::{Build, Session, Stage};
use crate::changes::{self, Changes, Remark, Side, View};
use crate::diag::{Diagnostic, Sink};
use crate::model::{Audience, Strategy};
use crate::redline;
use crate::templates::{self, Labels, TemplateSet};
use serde_json::Value;
use std::collections::BTreeMap;

/// What has changed, and the words of the new document to tell it in.
#[derive(Debug)]
pub struct Comparison {
    /// The changes.
    pub changes: Changes,
    labels: Labels,
}

impl Comparison {
    /// For a terminal.
    pub fn text(&self, colour: bool) -> String {
        changes::text(&self.changes, &self.labels, colour)
    }

    /// For the comment on a pull request.
    pub fn markdown(&self) -> String {
        changes::markdown(&self.changes, &self.labels)
    }

    /// For templates.
    pub fn view(&self) -> View {
        View::new(&self.changes, &self.labels)
    }

    /// For machines.
    pub fn json(&self) -> Value {
        changes::json(&self.changes, &self.labels)
    }
}

/// Compares two editions as the audience of the build sees them. Where one has errors, what can be read
/// is compared, and the rest is named in the changes.
///
/// # Errors
/// What is wrong with the labels of the new version; none if one of the editions has no strategy.
pub fn comparison(
    old: &Edition<'_>,
    new: &Edition<'_>,
    build: &Build,
    session: &mut Session,
    progress: &mut dyn FnMut(Stage),
) -> Result<Comparison, Vec<Diagnostic>> {
    let (Some(before), Some(after)) = (old.strategy(), new.strategy()) else {
        return Err(Vec::new());
    };
    let set = TemplateSet::of(after, new.sources);
    let (labels, _) = Labels::read(after, &set)?;
    let mut document = |edition: &Edition<'_>| {
        let mut sink = Sink::default();
        let made = tree(
            edition,
            templates::ENTRY,
            build,
            session,
            &mut sink,
            progress,
        );
        made.map(|tree| tree.document)
    };
    let both = document(old).zip(document(new));
    let (a, b) = both.unwrap_or_else(|| {
        let plain = |strategy| changes::plain(strategy, build.audience);
        (plain(before), plain(after))
    });
    let none = BTreeMap::new();
    let merged = redline::merge(&a, &b, &none, &none);
    let numbers = [&a, &b].map(changes::numbers);
    let old = Side {
        strategy: before,
        sources: old.sources,
        document: &a,
        numbers: &numbers[0],
    };
    let new = Side {
        strategy: after,
        sources: new.sources,
        document: &b,
        numbers: &numbers[1],
    };
    let mut changes = changes::of(&old, &new, &merged, build.audience);
    let unread = |strategy| unread(strategy, build.audience, &labels);
    let in_old = unread(before).into_iter().map(Remark::UnreadOld);
    let in_new = unread(after).into_iter().map(Remark::UnreadNew);
    changes.remarks.extend(in_old.chain(in_new));
    Ok(Comparison { changes, labels })
}

/// What of a strategy could not be read. Whom it is for stands in it, too; so for everybody no more than
/// its kind is named.
fn unread(strategy: &Strategy, audience: Audience, labels: &Labels) -> Vec<String> {
    let items = strategy.unreadable.iter().map(|id| match audience {
        Audience::Public => labels.get(id.kind.info().labels[0]).to_owned(),
        Audience::Internal => id.to_string(),
    });
    let kinds = strategy.unreadable_kinds.iter();
    let kinds = kinds.map(|kind| labels.get(kind.info().labels[1]).to_owned());
    let mut all: Vec<String> = items.chain(kinds).collect();
    all.sort();
    all.dedup();
    all
}
