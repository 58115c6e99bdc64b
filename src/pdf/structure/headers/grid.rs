//! The slots of a table, and the cells that cover them.

use crate::dom::{Document, NodeId};
use rustc_hash::FxHashMap;

/// Most columns and rows that a cell may span (the limits of the HTML standard).
const MOST_COLUMNS: usize = 1000;
const MOST_ROWS: usize = 65_534;
/// Most steps that a search for header cells may take: from each slot it goes along a row and a
/// column. A table that is larger is none that a person reads cell by cell.
const MOST_STEPS: usize = 100_000_000;

/// A cell in its place.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) node: NodeId,
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) node: NodeId,
    /// Which of the groups of rows it stands in.
    pub(super) group: usize,
    pub(super) head: bool,
}

/// The rows of a table, and its cells in the order of the document. No two cells overlap, none
/// reaches beyond its group of rows, and a cell starts in every column.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) rows: Vec<Row>,
    pub(super) columns: usize,
    pub(super) cells: Vec<Slot>,
}

impl Grid {
    pub(super) fn of(document: &Document, table: NodeId) -> Self {
        let mut grid = Self::default();
        for (group, &child) in document.get(table).children.iter().enumerate() {
            let node = document.get(child);
            let rows: &[NodeId] = match node.name() {
                _ if node.has_class("screen-only") => continue,
                "tr" => std::slice::from_ref(&child),
                "thead" | "tbody" | "tfoot" => &node.children,
                _ => continue,
            };
            let shown = |row: &&NodeId| {
                let row = document.get(**row);
                row.is("tr") && !row.has_class("screen-only")
            };
            let rows: Vec<NodeId> = rows.iter().filter(shown).copied().collect();
            grid.group(document, &rows, group, node.is("thead"));
        }
        grid.drop_idle_columns();
        grid
    }

    /// Places the cells of a group of rows.
    fn group(&mut self, document: &Document, rows: &[NodeId], group: usize, head: bool) {
        // For each column, the first row that is free again.
        let mut free_from: Vec<usize> = Vec::new();
        let end = self.rows.len() + rows.len();
        for &row in rows {
            let index = self.rows.len();
            self.rows.push(Row {
                node: row,
                group,
                head,
            });
            let mut column = 0;
            for &child in &document.get(row).children {
                let node = document.get(child);
                if !matches!(node.name(), "td" | "th") || node.has_class("screen-only") {
                    continue;
                }
                let taken = |column: usize| free_from.get(column).is_some_and(|&f| f > index);
                while taken(column) {
                    column += 1;
                }
                // HTML lets a wide cell run over one that reaches down; in a PDF none may.
                let wanted = node.span("colspan").clamp(1, MOST_COLUMNS);
                let columns = (1..wanted).find(|&n| taken(column + n)).unwrap_or(wanted);
                let rows = match node.span("rowspan") {
                    // To the end of the group.
                    0 => end - index,
                    rows => rows.min(MOST_ROWS).min(end - index),
                };
                let last = column + columns;
                if free_from.len() < last {
                    free_from.resize(last, 0);
                }
                free_from[column..last].fill(index + rows);
                self.cells.push(Slot {
                    node: child,
                    row: index,
                    column,
                    rows,
                    columns,
                });
                self.columns = self.columns.max(last);
                column = last;
            }
        }
    }

    /// Drops columns in which no cell starts, so that a huge span costs nothing.
    fn drop_idle_columns(&mut self) {
        let mut starts = vec![false; self.columns];
        self.cells
            .iter()
            .for_each(|cell| starts[cell.column] = true);
        // New index of each old column: how many used ones stand before it.
        let mut before = Vec::with_capacity(starts.len() + 1);
        let mut used = 0;
        for start in starts {
            before.push(used);
            used += usize::from(start);
        }
        before.push(used);
        for cell in &mut self.cells {
            let end = before[cell.column + cell.columns];
            cell.column = before[cell.column];
            cell.columns = (end - cell.column).max(1);
        }
        self.columns = used;
    }

    /// By row: how many of its slots no cell covers.
    pub(super) fn lacks(&self) -> FxHashMap<NodeId, usize> {
        // Where the number of covered slots changes from one row to the next.
        let mut changes = vec![0isize; self.rows.len() + 1];
        for cell in &self.cells {
            let columns = isize::try_from(cell.columns).unwrap_or(isize::MAX);
            changes[cell.row] += columns;
            changes[cell.row + cell.rows] -= columns;
        }
        let mut covered = 0isize;
        let rows = self.rows.iter().zip(changes).map(|(row, change)| {
            covered += change;
            let covered = usize::try_from(covered).unwrap_or(0);
            (row.node, self.columns.saturating_sub(covered))
        });
        rows.collect()
    }

    /// By row and column: the index of the cell that covers the slot; `None` if there are too many.
    pub(super) fn slots(&self) -> Option<Vec<Option<usize>>> {
        let count = self.rows.len().checked_mul(self.columns)?;
        let steps = count.checked_mul(self.rows.len() + self.columns)?;
        let mut slots = vec![None; (steps <= MOST_STEPS).then_some(count)?];
        for (index, cell) in self.cells.iter().enumerate() {
            for row in cell.row..cell.row + cell.rows {
                let from = row * self.columns + cell.column;
                slots[from..from + cell.columns].fill(Some(index));
            }
        }
        Some(slots)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};

    fn grid(html: &str) -> Grid {
        let document = parse(html, Meta::default()).document;
        let mut nodes = document.descendants(Document::ROOT);
        let table = nodes.find(|&n| document.get(n).is("table")).expect("one");
        Grid::of(&document, table)
    }

    #[test]
    fn rows_that_are_short_lack_cells_and_no_cells_overlap() {
        let grid = grid(
            "<table><tr><td>a</td><td rowspan=2>b</td><td>c</td></tr>\
             <tr><td colspan=3>wide</td></tr><tr></tr><tr><td rowspan=0 colspan=0>d</td></tr></table>",
        );
        let lacks = grid.lacks();
        let lacks: Vec<usize> = grid.rows.iter().map(|row| lacks[&row.node]).collect();
        assert_eq!((grid.columns, lacks), (3, vec![0, 1, 3, 2]));
        let wide = &grid.cells[3];
        assert_eq!((wide.column, wide.columns, wide.rows), (0, 1, 1));
    }

    #[test]
    fn spans_stay_within_the_table_and_its_groups() {
        let grid = grid(
            "<table><thead><tr><th rowspan=9>a</th><th colspan=999999999999999999999>b</th></tr></thead>\
             <tr><td>c</td><td>d</td></tr></table>",
        );
        let spans: Vec<_> = grid.cells.iter().map(|c| (c.rows, c.columns)).collect();
        assert_eq!((grid.columns, spans), (2, vec![(1, 1); 4]));
    }
}
