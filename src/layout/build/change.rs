//! Change bars: a changed block has a bar in the right margin, with a letter for the kind of change.
//!
//! A bar is a [`Background`] without size, so that it continues over pages like other backgrounds. In a
//! table, whole rows have bars.

use super::Builder;
use super::inline::baseline;
use crate::dom::vocabulary::CHANGE_LETTER;
use crate::dom::{Document, NodeId};
use crate::layout::Family;
use crate::layout::flow::{Background, ChangeBar, LineBox};
use crate::layout::paragraph::{Paragraph, Spaces};

/// Space between the text and a bar.
const BEFORE: f64 = 14.0;
/// Distance of a letter from the left edge of its bar.
const LETTER: f64 = 5.0;
/// How far a bar in a bar is to the right of it.
const STEP: f64 = 16.0;
/// Room that a bar and its letter take.
const ROOM: f64 = 16.0;
/// Least space between the text and a bar, where the margin is narrow.
const NEAREST: f64 = 3.0;
/// The gap between the bars of adjacent rows.
const BETWEEN_ROWS: f64 = 1.0;

/// No bars yet, if the document will have any.
pub(super) fn bars(document: &Document) -> Option<usize> {
    let mut nodes = document.descendants(Document::ROOT);
    nodes
        .any(|id| document.get(id).has_class("change"))
        .then_some(0)
}

/// Puts the letters of the bars that start with a line box beside its first line.
pub(super) fn letters_beside_first_line(line_box: &mut LineBox) {
    let Some(mut down) = line_box.baseline else {
        return;
    };
    for background in line_box.opens.iter_mut().rev() {
        down += background.pad_top;
        if let Some(bar) = &mut background.bar {
            bar.baseline = down;
        }
    }
}

impl Builder<'_> {
    /// Starts the bar of a block; [`Self::close_bar`] takes what this returns.
    pub(super) fn open_bar(&mut self, id: NodeId) -> Option<usize> {
        let shows = self.bars.is_some() && self.measuring.is_none();
        if !shows || !self.node(id).has_class("change") || self.is_in_cell(id) {
            return None;
        }
        let bar = self.change_bar(id, 0.0)?;
        self.opens.push(bar);
        self.bars = self.bars.map(|count| count + 1);
        Some(self.opens.len())
    }

    /// Takes the bars that have not begun, where they are to begin below what comes first.
    pub(super) fn pending_bars(&mut self) -> Vec<Background> {
        let first = self.opens.iter().rposition(|open| !open.is_bar());
        self.opens.split_off(first.map_or(0, |last| last + 1))
    }

    /// Ends a bar below the last line box.
    pub(super) fn close_bar(&mut self, bar: Option<usize>) {
        let Some(pending) = bar else {
            return;
        };
        self.bars = self.bars.map(|count| count.saturating_sub(1));
        if self.opens.len() >= pending {
            // Nothing came that it could stand beside.
            self.opens.truncate(pending - 1);
        } else if let Some(last) = self.line_boxes.last_mut() {
            last.closes += 1;
        }
    }

    /// Puts a bar beside line boxes that are not in the flow yet, if one of `nodes` was changed or
    /// holds what was.
    pub(super) fn bar_beside(&mut self, line_boxes: &mut [LineBox], nodes: &[NodeId]) {
        if self.bars.is_none() {
            return;
        }
        let document = self.input.document;
        let mut all = nodes.iter().flat_map(|&node| document.descendants(node));
        let changed = all.find(|&node| document.get(node).has_class("change"));
        let Some(bar) = changed.and_then(|node| self.change_bar(node, BETWEEN_ROWS)) else {
            return;
        };
        if let [first, ..] = line_boxes {
            first.opens.push(bar);
        }
        if let [.., last] = line_boxes {
            last.closes += 1;
        }
    }

    /// Whether a node stands in a cell, whose row has the bar.
    pub(super) fn is_in_cell(&self, id: NodeId) -> bool {
        let cell = self
            .input
            .document
            .ancestor(id, |node| node.is("td") || node.is("th"));
        cell.is_some()
    }

    /// The bar of a changed node.
    fn change_bar(&mut self, id: NodeId, inset: f64) -> Option<Background> {
        let input = self.input;
        let page = &input.theme.page;
        let mut context = self.styles.root(&input.document.meta.language);
        let right = context.x + context.width;
        let level = self.bars? as f64;
        let farthest = page.width.to_pt() - ROOM;
        let x = (right + BEFORE + level * STEP).min(farthest);
        context.font.family = Family::Sans;
        context.font.bold = true;
        let down = baseline(&context);
        context.text.face = self.styles.face(context.font);
        context.text.size = input.theme.sizes.caption.to_pt();
        context.text.colour = input.theme.colours.quiet;
        let mut letter = Paragraph::default();
        let text = self.node(id).attr(CHANGE_LETTER).unwrap_or_default();
        letter.push(text, id, context.text, Spaces::Collapse);
        let letter = match letter.is_empty() {
            true => Vec::new(),
            false => self.one_line(letter, LETTER).items,
        };
        let bar = ChangeBar {
            x: x.max(right + NEAREST),
            inset,
            colour: input.theme.colours.quiet,
            letter: letter.into(),
            baseline: down,
        };
        Some(Background {
            bar: Some(bar),
            ..Background::default()
        })
    }
}
