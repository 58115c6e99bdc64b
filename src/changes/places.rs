//! Where what has changed stands: entries of both versions as pairs, in their chapters.

use super::seen::{Seen, key_of};
use super::{Change, Chapter, Side, Subject, What, chapter_of};
use crate::dom::{Document, NodeId, push_text_without};
use crate::model::{Block, Entry, Id, Kind, Section, Subject as EntrySubject};
use crate::redline::{FORMER, Mark, Merged};
use std::collections::{BTreeMap, BTreeSet};

/// An entry of one version or of both.
#[derive(Clone, Copy)]
pub(super) struct Pair<'s> {
    pub(super) id: Option<&'s Id>,
    /// The name of the part, if it is no item.
    part: &'static str,
    pub(super) old: Option<&'s Entry<'s>>,
    pub(super) new: Option<&'s Entry<'s>>,
    /// The index of its chapter.
    pub(super) chapter: usize,
}

/// The entries of both versions, and the chapters.
pub(super) struct Places<'s> {
    /// The document as a whole, then the chapters of both, without changes.
    pub(super) chapters: Vec<Chapter>,
    /// Every entry: those of the new version in order, those that were struck where they stood.
    pub(super) pairs: Vec<Pair<'s>>,
    before: &'s Seen<'s>,
    after: &'s Seen<'s>,
    old: &'s Side<'s>,
    new: &'s Side<'s>,
    merged: &'s Merged,
    /// The ids of the merged document.
    ids: BTreeMap<&'s str, NodeId>,
    /// By anchor of an item: its index among the pairs.
    by_anchor: BTreeMap<String, usize>,
}

impl<'s> Places<'s> {
    pub(super) fn new(
        [before, after]: [&'s Seen<'s>; 2],
        [old, new]: [&'s Side<'s>; 2],
        merged: &'s Merged,
    ) -> Self {
        let document = &merged.document;
        let nodes = document.descendants(Document::ROOT);
        let ids = nodes.filter_map(|node| Some((document.get(node).attr("id")?, node)));
        let mut places = Self {
            chapters: Vec::new(),
            pairs: Vec::new(),
            before,
            after,
            old,
            new,
            merged,
            ids: ids.collect(),
            by_anchor: BTreeMap::new(),
        };
        places.find_chapters();
        places.find_pairs();
        places
    }

    fn find_chapters(&mut self) {
        let of = |seen: &'s Seen<'s>| -> Vec<&'s Id> {
            let ids = seen.entries.iter().filter_map(Entry::id);
            ids.filter(|id| id.kind == Kind::Chapter).collect()
        };
        let front = Chapter {
            id: None,
            title: String::new(),
            number: None,
            anchor: self.find_id(["imprint", ""]),
            changes: Vec::new(),
        };
        self.chapters.push(front);
        for id in in_order(&of(self.before), &of(self.after)) {
            let title = self.after.titles.get(id).or(self.before.titles.get(id));
            let (own, former) = (id.anchor(), format!("{FORMER}{}", id.anchor()));
            let number = self.new.numbers.get(&own).or(self.old.numbers.get(&own));
            self.chapters.push(Chapter {
                id: Some(id.clone()),
                title: title.cloned().unwrap_or_default(),
                number: number.cloned(),
                anchor: self.find_id([&own, &former]),
                changes: Vec::new(),
            });
        }
    }

    fn find_pairs(&mut self) {
        let index = |seen: &'s Seen<'s>| -> (Vec<String>, BTreeMap<String, &'s Entry<'s>>) {
            let keys: Vec<String> = seen.entries.iter().map(key_of).collect();
            let by_key = keys.iter().cloned().zip(&seen.entries).collect();
            (keys, by_key)
        };
        let (old_keys, old) = index(self.before);
        let (new_keys, new) = index(self.after);
        let chapters: BTreeMap<Option<Id>, usize> = (0..)
            .zip(&self.chapters)
            .map(|(at, chapter)| (chapter.id.clone(), at))
            .collect();
        let homes = [homes(self.before), homes(self.after)];
        for key in in_order(&old_keys, &new_keys) {
            let (old, new) = (old.get(&key).copied(), new.get(&key).copied());
            let (seen_in, entry) = match (old, new) {
                (_, Some(entry)) => (1, entry),
                (Some(entry), None) => (0, entry),
                (None, None) => continue,
            };
            let home = homes[seen_in].get(&key).cloned();
            let chapter = chapters.get(&home).copied().unwrap_or_default();
            let (id, part) = match entry.subject {
                EntrySubject::Item(id) => (Some(id), ""),
                EntrySubject::Part(name) => (None, name),
            };
            if let Some(id) = id {
                self.by_anchor.insert(id.anchor(), self.pairs.len());
            }
            self.pairs.push(Pair {
                id,
                part,
                old,
                new,
                chapter,
            });
        }
    }

    /// The first of some ids that the merged document has.
    fn find_id(&self, ids: [&str; 2]) -> Option<String> {
        let found = ids.into_iter().find(|id| self.ids.contains_key(id));
        found.map(str::to_owned)
    }

    /// What a change of an entry is of.
    pub(super) fn subject(&self, pair: &Pair<'_>) -> Subject {
        match pair.id {
            Some(id) => {
                let title = self.after.titles.get(id).filter(|_| pair.new.is_some());
                let title = title.or(self.before.titles.get(id));
                Subject::Item {
                    id: id.clone(),
                    title: title.cloned().unwrap_or_default(),
                }
            }
            None => Subject::Part(pair.part),
        }
    }

    /// Where the merged document shows an entry.
    pub(super) fn anchor(&self, pair: &Pair<'_>) -> Option<String> {
        let own = match pair.id {
            Some(id) => id.anchor(),
            None => match pair.part {
                "agreement" | "workshop" => pair.part.to_owned(),
                "process" => "process-plan".to_owned(),
                _ => "imprint".to_owned(),
            },
        };
        self.find_id([&own, &format!("{FORMER}{own}")])
    }

    /// What has happened to an entry as a whole.
    pub(super) fn of_entry(&self, pair: &Pair<'_>) -> Option<Change> {
        let other = if pair.new.is_none() {
            self.after
        } else {
            self.before
        };
        let is_alone = pair.old.is_none() || pair.new.is_none();
        if is_alone && pair.id.is_some_and(|id| other.may_hold(id)) {
            return None;
        }
        let what = match (pair.old, pair.new) {
            (None, _) => What::Added,
            (_, None) => What::Struck,
            _ => self.moved(pair.id?)?,
        };
        // The words of others are gone.
        let is_verbatim = what == What::Struck && {
            let mut texts = pair.old.iter().flat_map(|entry| entry.texts());
            texts.any(|text| text.verbatim)
        };
        // That there is a plan or a workshop is told by what stands in it.
        let is_told = pair.id.is_some() || pair.part == "agreement";
        is_told.then(|| Change::new(self.subject(pair), what, self.anchor(pair), is_verbatim))
    }

    fn moved(&self, id: &Id) -> Option<What> {
        let anchor = id.anchor();
        let node = self.ids.get(anchor.as_str())?;
        let number = |side: &Side<'_>| side.numbers.get(&anchor).cloned();
        match self.merged.marks.get(node)? {
            Mark::Moved(_) => Some(What::Moved(number(self.old), number(self.new))),
            _ => None,
        }
    }

    /// Headings, figures and tables of both versions that have another number now, and the chapters
    /// that they stand in. What has moved has told its numbers.
    pub(super) fn renumbered(&self) -> Vec<(usize, Change)> {
        let mut found = Vec::new();
        for (&anchor, &node) in &self.ids {
            let (Some(now), Some(_)) =
                (self.new.numbers.get(anchor), self.merged.in_old.get(&node))
            else {
                continue;
            };
            let former = self.merged.former.get(&node);
            let former = former.and_then(|former| former.attr("id"));
            let was = self.old.numbers.get(former.unwrap_or(anchor));
            let has_moved = matches!(self.merged.marks.get(&node), Some(Mark::Moved(_)));
            let Some(was) = was.filter(|was| *was != now && !has_moved) else {
                continue;
            };
            let owner = anchor.split('.').next().unwrap_or(anchor);
            let pair = self.by_anchor.get(owner).map(|&at| self.pairs[at]);
            let subject = match self.by_anchor.get(anchor) {
                Some(&at) => self.subject(&self.pairs[at]),
                None => Subject::Place(self.words(node)),
            };
            let chapter = pair.map_or(0, |pair| pair.chapter);
            let what = What::Renumbered(was.clone(), now.clone());
            let change = Change::new(subject, what, Some(anchor.to_owned()), false);
            found.push((node, chapter, change));
        }
        found.sort_by_key(|(node, ..)| *node);
        found
            .into_iter()
            .map(|(_, chapter, change)| (chapter, change))
            .collect()
    }

    /// The words of a heading, or those of the caption of a figure or table.
    fn words(&self, node: NodeId) -> String {
        let document = &self.merged.document;
        let caption = document.descendants(node).find(|&id| {
            let name = document.get(id).name();
            matches!(name, "caption" | "figcaption")
        });
        let mut words = String::new();
        let number = |node: &crate::dom::Node| node.has_class("number");
        push_text_without(document, caption.unwrap_or(node), &number, &mut words);
        let words: Vec<_> = words.split_whitespace().collect();
        words.join(" ").trim_start_matches(". ").to_owned()
    }
}

/// The chapter of each entry, by its key.
fn homes(seen: &Seen<'_>) -> BTreeMap<String, Id> {
    let strategy = seen.strategy;
    let mut sections: BTreeMap<Section, Option<Id>> = BTreeMap::new();
    let mut section = |section: Section| -> Option<Id> {
        let found = sections.entry(section);
        let found = found.or_insert_with(|| chapter_of(strategy, section).cloned());
        found.clone()
    };
    let mut homes = BTreeMap::new();
    let mut pictures: BTreeMap<Id, Id> = BTreeMap::new();
    for entry in &seen.entries {
        let home = match entry.id() {
            Some(id) if id.kind == Kind::Chapter => Some(id.clone()),
            Some(id) if id.kind == Kind::Image => {
                let shown = pictures.get(id).cloned();
                shown.or_else(|| section(Section::Credits))
            }
            _ => entry.section.and_then(&mut section),
        };
        let Some(home) = home else { continue };
        // Pictures follow all that can show them.
        for text in entry.texts() {
            text.walk(&mut |block| {
                if let Block::Figure { image, .. } = block
                    && let Some(id) = image.id()
                {
                    pictures.entry(id).or_insert_with(|| home.clone());
                }
            });
        }
        homes.insert(key_of(entry), home);
    }
    homes
}

/// All of two lists: those of the new one in order, and each other one behind what it followed.
fn in_order<T: Ord + Clone>(old: &[T], new: &[T]) -> Vec<T> {
    let known: BTreeSet<&T> = new.iter().collect();
    let mut behind: BTreeMap<Option<&T>, Vec<&T>> = BTreeMap::new();
    let mut last = None;
    for key in old {
        match known.contains(key) {
            true => last = Some(key),
            false => behind.entry(last).or_default().push(key),
        }
    }
    let mut all = Vec::new();
    let places = [None].into_iter().chain(new.iter().map(Some));
    for place in places {
        all.extend(place.cloned());
        all.extend(behind.remove(&place).into_iter().flatten().cloned());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn what_is_gone_stands_behind_what_it_followed() {
        assert_eq!(
            in_order(&['x', 'a', 'y', 'z', 'b'], &['b', 'c', 'a']),
            ['x', 'b', 'c', 'a', 'y', 'z']
        );
    }
}
