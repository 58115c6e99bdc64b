//! Only what has changed, with what stands beside it.

use super::Mark;
use crate::dom::{Document, NodeId};
use std::collections::{BTreeMap, BTreeSet};

/// Takes out of a redline what has not changed. What stays is each changed block with its headings and
/// the short blocks right before and behind it. `words` stand where something was left out. A link to
/// what is gone becomes its words.
pub fn only_changes(document: &mut Document, marks: &BTreeMap<NodeId, Mark>, words: &str) {
    let order: Vec<NodeId> = document.descendants(Document::ROOT).collect();
    let mut changed: BTreeSet<NodeId> = BTreeSet::new();
    for &id in order.iter().rev() {
        let is_marked = marks.contains_key(&id);
        let below = || {
            document
                .get(id)
                .children
                .iter()
                .any(|child| changed.contains(child))
        };
        if is_marked || below() {
            changed.insert(id);
        }
    }
    let mut pruner = Pruner {
        document,
        marks,
        changed,
        words,
        gone: BTreeSet::new(),
    };
    pruner.block(Document::ROOT);
    let gone = pruner.gone;
    unlink(document, &gone);
}

/// Longest block that is shown beside a changed one, in words.
const MOST_WORDS: usize = 60;

struct Pruner<'d, 'w> {
    document: &'d mut Document,
    marks: &'w BTreeMap<NodeId, Mark>,
    /// Nodes that have changed, or in which something has.
    changed: BTreeSet<NodeId>,
    words: &'w str,
    /// Ids that are no longer there.
    gone: BTreeSet<String>,
}

impl Pruner<'_, '_> {
    /// Takes the unchanged children out of a block that has changed.
    fn block(&mut self, id: NodeId) {
        let children = self.document.get(id).children.clone();
        let blocks: Vec<NodeId> = children
            .into_iter()
            .filter(|&child| !self.document.get(child).is_blank())
            .collect();
        let kept: Vec<bool> = (0..blocks.len())
            .map(|at| self.is_kept(&blocks, at))
            .collect();
        let mut is_said = false;
        for (&child, kept) in blocks.iter().zip(kept) {
            if kept {
                is_said = false;
                // What was added or struck stays whole, and so does the list of changes.
                let is_whole = self.marks.contains_key(&child) || !self.changed.contains(&child);
                if !is_whole && holds_blocks(self.document.get(child).name()) {
                    self.block(child);
                }
                continue;
            }
            if !is_said && can_say(self.document.get(id).name()) {
                self.say(id, child);
                is_said = true;
            }
            self.remove(child);
        }
    }

    fn is_kept(&self, blocks: &[NodeId], at: usize) -> bool {
        let is_changed = |at: usize| blocks.get(at).is_some_and(|id| self.changed.contains(id));
        let node = self.document.get(blocks[at]);
        if is_changed(at) || node.text().is_some() || node.heading_level().is_some() {
            return true;
        }
        let is_beside = is_changed(at + 1) || at > 0 && is_changed(at - 1);
        let is_short = matches!(node.name(), "p" | "li" | "blockquote" | "tr")
            && self.document.text_of(blocks[at]).split_whitespace().count() <= MOST_WORDS;
        matches!(node.name(), "thead" | "caption" | "figcaption") || is_beside && is_short
    }

    /// Puts the words about what was left out before a block.
    fn say(&mut self, parent: NodeId, before: NodeId) {
        let paragraph = self
            .document
            .create_element("p", &[("class", "caption generated")]);
        let text = self.document.create_text(self.words);
        self.document.append(paragraph, text);
        let children = &self.document.get(parent).children;
        let at = children
            .iter()
            .position(|&child| child == before)
            .unwrap_or(children.len());
        self.document.insert(parent, at, paragraph);
    }

    fn remove(&mut self, id: NodeId) {
        let below: Vec<NodeId> = self.document.descendants(id).collect();
        let ids = below
            .iter()
            .filter_map(|&id| self.document.get(id).attr("id"));
        self.gone.extend(ids.map(str::to_owned));
        self.document.detach(id);
    }
}

/// Whether blocks that have not changed are taken out of an element: not where the others would be
/// another thing without them, as in numbered lists, tables with cells over rows, and lists of terms.
fn holds_blocks(name: &str) -> bool {
    matches!(name, "article" | "div" | "main" | "section" | "ul")
}

/// Whether an element may hold a paragraph.
fn can_say(name: &str) -> bool {
    matches!(name, "article" | "div" | "main" | "root" | "section")
}

/// Turns links to ids that are gone into plain text.
fn unlink(document: &mut Document, gone: &BTreeSet<String>) {
    for id in document.descendants(Document::ROOT).collect::<Vec<_>>() {
        let node = document.get(id);
        let target = node.attr("href").and_then(|href| href.strip_prefix('#'));
        if !target.is_some_and(|target| gone.contains(target)) {
            continue;
        }
        document.unlink(id);
    }
}
