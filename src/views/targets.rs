//! Targets of references: anchor, name, and the items that refer to them.

use super::LinkView;
use super::bodies::Targets;
use crate::model::{Audience, Entry, Id, Kind, Reference, Strategy, Value};
use crate::templates::Labels;
use std::collections::{BTreeMap, BTreeSet};

/// The targets of references in this build.
pub(super) struct TargetIndex {
    targets: BTreeMap<Id, Target>,
    followers: BTreeMap<Id, Vec<Id>>,
    /// Each follower with what it follows.
    known: BTreeSet<(Id, Id)>,
}

struct Target {
    title: String,
    /// The labels of its kind, for one and for several.
    kind: [String; 2],
    /// Whether the document has a place for it.
    has_anchor: bool,
}

impl TargetIndex {
    pub(super) fn new(strategy: &Strategy, labels: &Labels, audience: Audience) -> Self {
        let mut index = Self {
            targets: BTreeMap::new(),
            followers: BTreeMap::new(),
            known: BTreeSet::new(),
        };
        let readers = strategy.readers();
        let entries = strategy.entries();
        let is_named = |id: &Id| matches!(id.kind, Kind::Body | Kind::Role);
        let mut links = Vec::new();
        for entry in &entries {
            let Some(id) = entry.id() else { continue };
            let shown = readers(entry) <= audience || is_named(id);
            let title = match id.kind {
                Kind::Group => group_title(entry, labels),
                _ => entry.title(),
            };
            if let Some(title) = title.filter(|_| shown) {
                index.add(id, title, labels);
                let origins = entry.fields.iter().filter_map(|field| match field.value {
                    Value::Origin(origin, _) => Some((id, field.key, origin)),
                    _ => None,
                });
                links.extend(origins);
            }
        }
        // Those who say what they build on come before those whose place is below it.
        links.sort_by_key(|(_, key, _)| *key != "comes_from");
        for (follower, _, reference) in links {
            index.follow(follower, reference);
        }
        index
    }

    fn add(&mut self, id: &Id, title: String, labels: &Labels) {
        let kind = id.kind.info().labels.map(|key| labels.get(key).to_owned());
        let target = Target {
            title,
            kind,
            has_anchor: id.kind.info().is_linkable,
        };
        self.targets.insert(id.clone(), target);
    }

    fn follow(&mut self, follower: &Id, of: &Reference) {
        if let Some(id) = of.id()
            && self.known.insert((follower.clone(), id.clone()))
        {
            self.followers.entry(id).or_default().push(follower.clone());
        }
    }

    /// A link to an item, if this build shows it.
    pub(super) fn link(&self, id: &Id) -> Option<LinkView> {
        let target = self.targets.get(id)?;
        let href = if target.has_anchor {
            format!("#{}", id.anchor())
        } else {
            String::new()
        };
        Some(LinkView {
            href,
            title: target.title.clone(),
            kind: target.kind[0].clone(),
            kinds: target.kind[1].clone(),
        })
    }

    /// Links to what builds on an item: what follows it up, and all the rest; `without` some.
    pub(super) fn followers(
        &self,
        id: &Id,
        without: &BTreeSet<&Id>,
    ) -> (Vec<LinkView>, Vec<LinkView>) {
        let ids = self.followers.get(id).into_iter().flatten();
        let ids = ids.filter(|id| !without.contains(id));
        let (follow_ups, rest): (Vec<&Id>, Vec<&Id>) =
            ids.partition(|id| id.kind.info().follows_up);
        let links = |ids: Vec<&Id>| ids.into_iter().filter_map(|id| self.link(id)).collect();
        (links(follow_ups), links(rest))
    }
}

impl Targets for TargetIndex {
    fn anchor(&self, reference: &Reference) -> Option<String> {
        let id = reference.id()?;
        self.targets
            .get(&id)
            .filter(|t| t.has_anchor)
            .map(|_| id.anchor())
    }
}

/// A group is called by its number.
fn group_title(entry: &Entry<'_>, labels: &Labels) -> Option<String> {
    entry.fields.iter().find_map(|field| match &field.value {
        Value::Setting(number) if field.key == "number" => {
            Some(labels.fill("group_n", &[("n", number)]))
        }
        _ => None,
    })
}
