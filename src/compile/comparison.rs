//! Two editions → the changes between them.

use super::edition::Edition;
use crate::changes::{self, Changes, Remark, Side};
use crate::diag::Diagnostic;
use crate::model::{Audience, Strategy};
use crate::redline;
use crate::templates::{Labels, TemplateSet};
use serde_json::Value;
use std::collections::BTreeMap;

/// The changes, and the labels of the new document.
#[derive(Debug)]
pub struct Comparison {
    /// The changes.
    pub changes: Changes,
    labels: Labels,
}

impl Comparison {
    pub(super) fn new(changes: Changes, labels: Labels) -> Self {
        Self { changes, labels }
    }

    /// As text.
    pub fn text(&self, colour: bool) -> String {
        changes::text(&self.changes, &self.labels, colour)
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        changes::markdown(&self.changes, &self.labels)
    }

    /// As JSON.
    pub fn json(&self) -> Value {
        changes::json(&self.changes, &self.labels)
    }
}

/// Compares the texts and fields of two editions of which one has errors, as far as they can be read; what
/// cannot be read is named in the changes. Two editions without errors make a
/// [`redline`](super::redline()), which has a comparison.
///
/// # Errors
/// What is wrong with the labels of the new version; none if one of the editions has no strategy.
pub fn comparison(
    old: &Edition<'_>,
    new: &Edition<'_>,
    audience: Audience,
) -> Result<Comparison, Vec<Diagnostic>> {
    let (Some(before), Some(after)) = (old.strategy(), new.strategy()) else {
        return Err(Vec::new());
    };
    let set = TemplateSet::of(after, new.sources);
    let (labels, _) = Labels::read(after, &set)?;
    let documents = [before, after].map(|strategy| changes::plain(strategy, audience));
    let none = BTreeMap::new();
    let merged = redline::merge(&documents[0], &documents[1], &none, &none);
    let numbers = BTreeMap::new();
    let side = |strategy, at: usize| Side {
        strategy,
        sources: [old.sources, new.sources][at],
        document: &documents[at],
        numbers: &numbers,
    };
    let mut changes = changes::of(&side(before, 0), &side(after, 1), &merged, audience);
    let unread = |strategy| unread(strategy, audience, &labels);
    let in_old = unread(before).into_iter().map(Remark::UnreadOld);
    let in_new = unread(after).into_iter().map(Remark::UnreadNew);
    changes.remarks.extend(in_old.chain(in_new));
    Ok(Comparison::new(changes, labels))
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
