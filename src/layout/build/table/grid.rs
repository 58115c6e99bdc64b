//! What a table is made of: its rows, and the columns of their cells.

use super::super::Builder;
use crate::dom::NodeId;

/// Most columns that a cell may span (the limit of the HTML standard).
const MOST_COLUMNS: usize = 1000;

/// A cell in its grid.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) node: NodeId,
    pub(super) column: usize,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// A row with its cells.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) node: NodeId,
    pub(super) head: bool,
    pub(super) cells: Vec<Cell>,
}

/// What a table is made of.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) captions: Vec<NodeId>,
    pub(super) rows: Vec<Row>,
    pub(super) columns: usize,
    /// What is no part of a table; it is shown below.
    pub(super) strays: Vec<NodeId>,
}

impl Builder<'_> {
    /// Reads the rows and gives each cell its column.
    pub(super) fn grid(&mut self, id: NodeId) -> Grid {
        let mut grid = Grid::default();
        let mut foot = Vec::new();
        for &child in &self.node(id).children {
            let node = self.node(child);
            if node.has_class("screen-only") {
                continue;
            }
            match node.name() {
                "caption" => grid.captions.push(child),
                "tr" => self.read_row(child, false, &mut grid.rows, &mut grid.strays),
                "thead" | "tbody" | "tfoot" => {
                    let head = node.is("thead");
                    for &row in &node.children {
                        match self.node(row).is("tr") {
                            true if node.is("tfoot") => foot.push(row),
                            true => self.read_row(row, head, &mut grid.rows, &mut grid.strays),
                            false => self.stray(row, &mut grid.strays),
                        }
                    }
                }
                _ => self.stray(child, &mut grid.strays),
            }
        }
        for row in foot {
            self.read_row(row, false, &mut grid.rows, &mut grid.strays);
        }
        place_cells(&mut grid);
        grid
    }

    fn stray(&self, id: NodeId, strays: &mut Vec<NodeId>) {
        if !self.node(id).is_blank() && !self.node(id).is("col") && !self.node(id).is("colgroup") {
            strays.push(id);
        }
    }

    fn read_row(&mut self, id: NodeId, head: bool, rows: &mut Vec<Row>, strays: &mut Vec<NodeId>) {
        let node = self.node(id);
        if node.has_class("screen-only") {
            return;
        }
        let mut cells = Vec::new();
        for &child in &node.children {
            let cell = self.node(child);
            if !matches!(cell.name(), "td" | "th") {
                self.stray(child, strays);
                continue;
            }
            if cell.has_class("screen-only") {
                continue;
            }
            cells.push(Cell {
                node: child,
                column: 0,
                columns: cell.span("colspan").clamp(1, MOST_COLUMNS),
                rows: cell.span("rowspan").max(1),
            });
        }
        rows.push(Row {
            node: id,
            head,
            cells,
        });
    }
}

/// Gives each cell its column, past the cells that reach down from above; then drops columns in
/// which no cell starts, so that a huge span costs nothing.
fn place_cells(grid: &mut Grid) {
    let count = grid.rows.len();
    // For each column, the first row that is free again.
    let mut free_from: Vec<usize> = Vec::new();
    for (index, row) in grid.rows.iter_mut().enumerate() {
        let mut column = 0;
        for cell in &mut row.cells {
            while free_from.get(column).is_some_and(|&free| free > index) {
                column += 1;
            }
            cell.column = column;
            cell.rows = cell.rows.min(count - index);
            let end = column + cell.columns;
            if free_from.len() < end {
                free_from.resize(end, 0);
            }
            for free in &mut free_from[column..end] {
                *free = (*free).max(index + cell.rows);
            }
            column = end;
        }
    }
    let mut starts = vec![false; free_from.len()];
    for cell in grid.rows.iter().flat_map(|r| &r.cells) {
        starts[cell.column] = true;
    }
    // New index of each old column: how many used ones stand before it.
    let mut before = Vec::with_capacity(starts.len() + 1);
    let mut used = 0;
    for &start in &starts {
        before.push(used);
        used += usize::from(start);
    }
    before.push(used);
    for cell in grid.rows.iter_mut().flat_map(|r| &mut r.cells) {
        let end = before[cell.column + cell.columns];
        cell.column = before[cell.column];
        cell.columns = (end - cell.column).max(1);
    }
    grid.columns = used;
}
