//! Collects the footnotes and breaks them into lines.
//!
//! A note with a reference leaves the flow: `pages` puts its lines at the foot of the page with the
//! reference. A note without a reference stays in the flow.

use super::Builder;
use super::inline::{baseline, box_of_line};
use crate::dom::{Document, NodeId};
use crate::layout::flow::{LineBox, shift, side_by_side};
use crate::layout::paragraph::Spaces;
use crate::layout::style::Context;
use crate::theme::Length;
use std::collections::{BTreeMap, BTreeSet};

/// Space between the number of a note and its text, as a part of the size of type.
const AFTER_NUMBER: f64 = 0.6;
/// Room for a number of two figures, so that the texts of notes stand below each other.
const NUMBER: f64 = 2.1;

/// For each reference to a note that will be on a page, the note.
pub(super) fn references(document: &Document) -> BTreeMap<NodeId, NodeId> {
    let notes = document.descendants(Document::ROOT).filter_map(|id| {
        let node = document.get(id);
        (node.is("aside") && node.has_class("note")).then_some((node.attr("id")?, id))
    });
    let notes: BTreeMap<&str, NodeId> = notes.collect();
    if notes.is_empty() {
        return BTreeMap::new();
    }
    let shown = |id| {
        let hidden = document.ancestor(id, |n| n.has_class("screen-only") || n.is("svg"));
        hidden.is_none()
    };
    let references = document.descendants(Document::ROOT).filter_map(|id| {
        let node = document.get(id);
        let to = node.attr("href").filter(|_| node.has_class("noteref"))?;
        let note = notes.get(to.strip_prefix('#')?)?;
        shown(id).then_some((id, *note))
    });
    references.collect()
}

impl Builder<'_> {
    /// Whether a block is a note that is set at the foot of a page.
    pub(super) fn is_set_below(&self, id: NodeId) -> bool {
        self.below.contains(&id)
    }

    /// Whether a node is a reference to a note right behind another one: «23» would be read.
    pub(super) fn follows_reference(&self, id: NodeId) -> bool {
        if !self.references.contains_key(&id) {
            return false;
        }
        let siblings = self.node(id).parent.map(|p| &self.node(p).children);
        let before = siblings.into_iter().flatten().take_while(|&&s| s != id);
        before
            .last()
            .is_some_and(|s| self.references.contains_key(s))
    }

    /// The notes that a line refers to.
    pub(super) fn notes_of(&self, line: &LineBox) -> Vec<NodeId> {
        if self.references.is_empty() {
            return Vec::new();
        }
        let links = line.links.iter();
        let notes = links.filter_map(|link| self.references.get(&link.node).copied());
        notes.collect()
    }

    /// The lines of all notes that the line boxes refer to. What nothing on the pages refers to,
    /// though it seemed so, goes last into the flow.
    pub(super) fn notes(&mut self, context: Context) -> BTreeMap<NodeId, Vec<LineBox>> {
        let mut waiting = self.below.clone();
        let mut set = BTreeMap::new();
        let referred: Vec<NodeId> = self
            .line_boxes
            .iter()
            .flat_map(|s| &s.notes)
            .copied()
            .collect();
        for note in referred {
            if waiting.remove(&note) {
                let lines = self.note_with_its_own(note, context, &mut waiting);
                set.insert(note, lines);
            }
        }
        for note in waiting {
            let lines = self.note(note, context);
            lines.into_iter().for_each(|line| self.push(line));
        }
        set
    }

    /// The lines of a note, and below them those of the notes that it refers to itself.
    fn note_with_its_own(
        &mut self,
        note: NodeId,
        context: Context,
        waiting: &mut BTreeSet<NodeId>,
    ) -> Vec<LineBox> {
        let mut lines = Vec::new();
        let mut own = vec![note];
        while let Some(note) = own.pop() {
            let mut line_boxes = self.note(note, context);
            let inner = line_boxes
                .iter_mut()
                .flat_map(|s| std::mem::take(&mut s.notes));
            let inner: Vec<_> = inner.filter(|inner| waiting.remove(inner)).collect();
            own.extend(inner.into_iter().rev());
            lines.append(&mut line_boxes);
        }
        lines
    }

    /// The lines of one note, its number at the left.
    fn note(&mut self, id: NodeId, mut context: Context) -> Vec<LineBox> {
        let node = self.node(id);
        context.depth += 1;
        self.styles.block(node, &mut context);
        let mut children = node.children.iter();
        let first = children.position(|&c| !self.node(c).is_blank());
        let number = first.filter(|&at| self.node(node.children[at]).has_class("number"));
        let rest = number.map_or(0, |at| at + 1);
        let label = number.map(|at| {
            let nodes = [node.children[at]];
            self.gathered(&nodes, context.text, Spaces::Collapse, context.depth)
        });
        let label = label.map(|label| self.one_line(label, context.x));
        let size = context.text.size;
        let column = label
            .as_ref()
            .map_or(0.0, |l| l.width + size * AFTER_NUMBER);
        let inner = context.indented(column.max(size * NUMBER), 0.0);
        let mut line_boxes = self.apart(|builder| {
            builder.targets.push(id);
            let bar = builder.open_bar(id);
            builder.nodes(&node.children[rest..], inner);
            builder.close_bar(bar);
            if builder.line_boxes.is_empty() {
                builder.push(LineBox {
                    height: inner.leading,
                    baseline: Some(baseline(&inner)),
                    ..LineBox::default()
                });
            }
        });
        if let (Some(label), Some(first)) = (label, line_boxes.first_mut()) {
            let mut label = box_of_line(label, &context);
            let down = first.baseline.unwrap_or_default() - baseline(&context);
            for item in &mut label.items {
                shift(&mut item.shape, down.max(0.0));
            }
            for link in &mut label.links {
                link.area.origin.y += Length::pt(down.max(0.0));
            }
            first.items.splice(0..0, label.items);
            first.links.splice(0..0, label.links);
        }
        side_by_side(vec![line_boxes])
    }
}
