//! Places the boxes of the golden thread.

use super::{BoxPosition, Column, EDGE, GAP, HEAD, INDENT, LINE, PADDING, SIZE, WIDEST, WIDTH};
use crate::drawings::line_breaks::{BOLD, break_lines};
use crate::language::Language;

/// A box where it stands.
pub(super) struct PlacedBox {
    pub(super) top: f64,
    pub(super) height: f64,
    pub(super) indent: f64,
    pub(super) lines: Vec<String>,
}

impl PlacedBox {
    pub(super) fn middle(&self) -> f64 {
        self.top + self.height / 2.0
    }
}

/// Where the boxes of a chart stand.
pub(super) struct Layout {
    /// Width of a box, and from the left of one column to the next.
    pub(super) width: f64,
    step: f64,
    pub(super) height: f64,
    pub(super) columns: Vec<Vec<PlacedBox>>,
}

impl Layout {
    pub(super) fn new(columns: &[Column], language: &'static Language) -> Self {
        let count = columns.len().max(2) as f64;
        let between = if count > 4.0 { 20.0 } else { 30.0 };
        let width = ((WIDTH - 2.0 * EDGE - between * (count - 1.0)) / count).min(WIDEST);
        let step = (WIDTH - 2.0 * EDGE - width) / (count - 1.0);
        let room = width - 2.0 * PADDING - 2.0;
        let mut placed: Vec<Vec<PlacedBox>> = Vec::new();
        let mut tallest: f64 = 0.0;
        for column in columns {
            // The purpose is set in semibold.
            let size = if column.is_purpose { SIZE * BOLD } else { SIZE };
            let mut top = 0.0;
            let boxes = column.boxes.iter().map(|item| {
                let indent = if item.is_under { INDENT } else { 0.0 };
                let lines = break_lines(&item.title, room - indent, size, language);
                let height = lines.len() as f64 * LINE + 2.0 * PADDING - 2.0;
                let placed = PlacedBox {
                    top,
                    height,
                    indent,
                    lines,
                };
                top += height + GAP;
                placed
            });
            placed.push(boxes.collect());
            tallest = tallest.max(top - GAP);
        }
        // Columns that are less high stand in the middle.
        for column in &mut placed {
            let end = column.last().map_or(0.0, |last| last.top + last.height);
            let shift = HEAD + GAP + (tallest - end) / 2.0;
            column.iter_mut().for_each(|placed| placed.top += shift);
        }
        Self {
            width,
            step,
            height: HEAD + 2.0 * GAP + tallest,
            columns: placed,
        }
    }

    pub(super) fn left(&self, column: usize) -> f64 {
        EDGE + column as f64 * self.step
    }

    pub(super) fn right(&self, column: usize) -> f64 {
        self.left(column) + self.width
    }

    pub(super) fn middle(&self, (column, place): BoxPosition) -> f64 {
        self.columns[column][place].middle()
    }

    /// The gap of a column that is nearest to a height, and its middle.
    pub(super) fn gap(&self, column: usize, y: f64) -> (usize, f64) {
        let boxes = &self.columns[column];
        let gaps = (0..=boxes.len()).map(|gap| match (gap.checked_sub(1), boxes.get(gap)) {
            (_, Some(below)) => (gap, below.top - GAP / 2.0),
            (Some(above), None) => (gap, boxes[above].top + boxes[above].height + GAP / 2.0),
            (None, None) => (gap, y),
        });
        let nearest = gaps.min_by(|(_, a), (_, b)| (a - y).abs().total_cmp(&(b - y).abs()));
        nearest.unwrap_or((0, y))
    }
}
