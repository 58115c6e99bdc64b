//! The table model: which rows and columns each cell covers.
//!
//! [`Table::of`] forms a table (HTML Living Standard, 4.9.12.1, "Forming a table"). Pages, tags and
//! the web page all read tables through it, so that a cell is painted where it is tagged. It departs
//! from the standard in three ways:
//!
//! - A cell ends with its row group. The standard adds rows without a `tr` for a `rowspan` that is
//!   too large; browsers show none.
//! - Cells never overlap. A `colspan` ends before a cell that reaches down from a row above, since
//!   a PDF has no overlapping cells.
//! - A column in which no cell starts is left out, so that a huge `colspan` costs nothing.

use super::{Document, Node, NodeId};
use std::ops::Range;

/// Most columns and rows that a cell may span (HTML Living Standard, 4.9.11).
const MOST_COLUMNS: usize = 1000;
const MOST_ROWS: usize = 65_534;

/// A table: its rows, and the cells in them.
#[derive(Debug, Default)]
pub struct Table {
    /// The `caption` elements.
    pub captions: Vec<NodeId>,
    /// The groups of rows in the order in which they are shown: `tfoot` last.
    pub groups: Vec<Group>,
    /// The rows of all groups.
    pub rows: Vec<Row>,
    /// Number of columns.
    pub columns: usize,
    /// The cells of all rows.
    pub cells: Vec<Cell>,
    /// Content that is not part of a table, such as a paragraph between two rows, without white space.
    pub strays: Vec<NodeId>,
}

/// A group of rows; it has one row at least.
#[derive(Debug)]
pub struct Group {
    /// Its `thead`, `tbody` or `tfoot`; `None` for rows that stand in the `table` itself.
    pub node: Option<NodeId>,
    /// Which part of the table it is.
    pub section: TableSection,
    /// Its rows, as indices of [`Table::rows`].
    pub rows: Range<usize>,
}

/// A section of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableSection {
    /// The header rows: a `thead` that is the first group.
    Head,
    /// Any other group.
    Body,
    /// The last rows: a `tfoot` that is the last group.
    Foot,
}

/// A row.
#[derive(Debug)]
pub struct Row {
    /// Its `tr`.
    pub node: NodeId,
    /// Index of its group in [`Table::groups`].
    pub group: usize,
    /// The cells that start in it, as indices of [`Table::cells`].
    pub cells: Range<usize>,
}

/// A cell, and the slots that it covers.
#[derive(Debug)]
pub struct Cell {
    /// Its `td` or `th`.
    pub node: NodeId,
    /// The row that it starts in.
    pub row: usize,
    /// The column that it starts in.
    pub column: usize,
    /// How many rows it covers.
    pub rows: usize,
    /// How many columns it covers.
    pub columns: usize,
}

impl Table {
    /// The whole table.
    pub fn of(document: &Document, table: NodeId) -> Self {
        Self::with(document, table, |_| true)
    }

    /// The table as pages show it, without the parts that are for a screen only.
    pub fn on_pages(document: &Document, table: NodeId) -> Self {
        Self::with(document, table, |node| !node.has_class("screen-only"))
    }

    fn with(document: &Document, table: NodeId, shown: fn(&Node) -> bool) -> Self {
        let mut builder = TableBuilder {
            document,
            shown,
            table: Self::default(),
        };
        let mut feet = Vec::new();
        // Rows that stand in the table itself, up to the next group.
        let mut loose = Vec::new();
        for &child in &document.get(table).children {
            let node = document.get(child);
            if !shown(node) {
                continue;
            }
            match node.name() {
                "tr" => loose.push(child),
                "thead" | "tbody" | "tfoot" => {
                    builder.group(None, TableSection::Body, &std::mem::take(&mut loose));
                    match node.name() {
                        "thead" => builder.element(child, TableSection::Head),
                        "tbody" => builder.element(child, TableSection::Body),
                        _ => feet.push(child),
                    }
                }
                "caption" => builder.table.captions.push(child),
                _ => builder.stray(child),
            }
        }
        builder.group(None, TableSection::Body, &loose);
        for foot in feet {
            builder.element(foot, TableSection::Foot);
        }
        let mut table = builder.table;
        let last = table.groups.len().saturating_sub(1);
        for (index, group) in table.groups.iter_mut().enumerate() {
            let misplaced = match group.section {
                TableSection::Head => index > 0,
                TableSection::Body => false,
                TableSection::Foot => index < last,
            };
            if misplaced {
                group.section = TableSection::Body;
            }
        }
        table.drop_idle_columns();
        table
    }

    /// Leaves out the columns in which no cell starts.
    fn drop_idle_columns(&mut self) {
        let mut starts: Vec<usize> = self.cells.iter().map(|cell| cell.column).collect();
        starts.sort_unstable();
        starts.dedup();
        let before = |column: usize| starts.partition_point(|&start| start < column);
        for cell in &mut self.cells {
            let end = before(cell.column + cell.columns);
            cell.column = before(cell.column);
            cell.columns = end - cell.column;
        }
        self.columns = starts.len();
    }

    /// The part of the table that a row belongs to.
    pub fn section(&self, row: &Row) -> TableSection {
        self.groups[row.group].section
    }

    /// By row: how many of its slots no cell covers.
    pub fn lacks(&self) -> Vec<usize> {
        // Where the number of covered slots changes from one row to the next.
        let mut begin = vec![0usize; self.rows.len() + 1];
        let mut end = begin.clone();
        for cell in &self.cells {
            begin[cell.row] += cell.columns;
            end[cell.row + cell.rows] += cell.columns;
        }
        let mut covered = 0;
        let rows = begin.iter().zip(&end).take(self.rows.len());
        rows.map(|(begin, end)| {
            covered = covered + begin - end;
            self.columns - covered
        })
        .collect()
    }

    /// The slots, row by row: the index of the cell that covers each.
    pub fn slots(&self) -> Vec<Option<usize>> {
        let mut slots = vec![None; self.rows.len() * self.columns];
        for (index, cell) in self.cells.iter().enumerate() {
            for row in cell.row..cell.row + cell.rows {
                let from = row * self.columns + cell.column;
                slots[from..from + cell.columns].fill(Some(index));
            }
        }
        slots
    }
}

/// Forms a table (HTML Living Standard, 4.9.12.1).
struct TableBuilder<'a> {
    document: &'a Document,
    shown: fn(&Node) -> bool,
    table: Table,
}

/// Columns that a cell covers in the rows below its own too.
struct RowSpan {
    columns: Range<usize>,
    /// The first row that it does not reach.
    end: usize,
}

impl TableBuilder<'_> {
    /// Adds the rows of a `thead`, `tbody` or `tfoot`.
    fn element(&mut self, group: NodeId, section: TableSection) {
        let document = self.document;
        let mut rows = Vec::new();
        for &child in &document.get(group).children {
            match document.get(child) {
                node if !(self.shown)(node) => {}
                node if node.is("tr") => rows.push(child),
                _ => self.stray(child),
            }
        }
        self.group(Some(group), section, &rows);
    }

    /// Adds a group of rows.
    fn group(&mut self, node: Option<NodeId>, section: TableSection, rows: &[NodeId]) {
        if rows.is_empty() {
            return;
        }
        let start = self.table.rows.len();
        let end = start + rows.len();
        let mut above = Vec::new();
        for &row in rows {
            self.row(row, end, &mut above);
        }
        let rows = start..end;
        self.table.groups.push(Group {
            node,
            section,
            rows,
        });
    }

    /// Adds a row of a group that ends before row `end`. `above` are the cells that reach down to
    /// it, from left to right; it gets those that reach further.
    fn row(&mut self, row: NodeId, end: usize, above: &mut Vec<RowSpan>) {
        let document = self.document;
        let index = self.table.rows.len();
        let first = self.table.cells.len();
        let mut reaching = Vec::new();
        let mut taken = above.iter().peekable();
        let mut column = 0;
        for &child in &document.get(row).children {
            let node = document.get(child);
            if !(self.shown)(node) {
                continue;
            }
            if !matches!(node.name(), "td" | "th") {
                self.stray(child);
                continue;
            }
            while let Some(cell) = taken.next_if(|cell| cell.columns.start <= column) {
                column = cell.columns.end;
            }
            let free = taken
                .peek()
                .map_or(MOST_COLUMNS, |cell| cell.columns.start - column);
            let columns = span(node, "colspan").clamp(1, MOST_COLUMNS).min(free);
            let rows = match span(node, "rowspan") {
                // To the end of the group.
                0 => end - index,
                rows => rows.min(MOST_ROWS).min(end - index),
            };
            if rows > 1 {
                reaching.push(RowSpan {
                    columns: column..column + columns,
                    end: index + rows,
                });
            }
            self.table.cells.push(Cell {
                node: child,
                row: index,
                column,
                rows,
                columns,
            });
            column += columns;
        }
        above.append(&mut reaching);
        above.retain(|cell| cell.end > index + 1);
        above.sort_by_key(|cell| cell.columns.start);
        self.table.rows.push(Row {
            node: row,
            group: self.table.groups.len(),
            cells: first..self.table.cells.len(),
        });
    }

    /// Takes what is no part of a table.
    fn stray(&mut self, id: NodeId) {
        let node = self.document.get(id);
        if !node.is_blank() && !matches!(node.name(), "col" | "colgroup") {
            self.table.strays.push(id);
        }
    }
}

/// The value of `colspan` or `rowspan` (HTML Living Standard, 2.3.4.2, "rules for parsing
/// non-negative integers"): what is no number is 1, and what is too large for one still large.
fn span(cell: &Node, key: &str) -> usize {
    let value = cell.attr(key).unwrap_or("1");
    let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let value = value.strip_prefix('+').unwrap_or(value);
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    match &value[..digits] {
        "" => 1,
        digits => digits.parse().unwrap_or(usize::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};

    fn table(html: &str) -> (Document, Table) {
        let document = parse(html, Meta::default()).document;
        let is_table = |&n: &NodeId| document.get(n).is("table");
        let table = document.descendants(Document::ROOT).find(is_table);
        let table = Table::on_pages(&document, table.expect("there is one"));
        (document, table)
    }

    /// The slots of a table, a line for each row, with the text of the cell that covers each.
    fn slots(html: &str) -> Vec<String> {
        let (document, table) = table(html);
        let text = |slot: &Option<usize>| match slot {
            Some(cell) => document.text_of(table.cells[*cell].node),
            None => "-".to_owned(),
        };
        let slots = table.slots();
        let rows = slots.chunks(table.columns.max(1));
        rows.map(|row| row.iter().map(text).collect()).collect()
    }

    #[test]
    fn a_cell_ends_with_its_group_of_rows() {
        assert_eq!(
            slots(
                "<table><thead><tr><th rowspan=9>a<th>b</thead>\
                 <tbody><tr><td>c<td rowspan=2>d<tr><td rowspan=2>e</tbody>\
                 <tbody><tr><td>f<td>g</tbody></table>"
            ),
            ["ab", "cd", "ed", "fg"]
        );
    }

    #[test]
    fn a_rowspan_of_0_reaches_to_the_end_of_its_group() {
        assert_eq!(
            slots("<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d<tbody><tr><td>e<td>f</table>"),
            ["ab", "ac", "ad", "ef"]
        );
    }

    #[test]
    fn a_colspan_ends_before_a_cell_from_above() {
        assert_eq!(
            slots("<table><tr><td>a<td rowspan=2>b<td>c<tr><td colspan=3>d<td>e</table>"),
            ["abc", "dbe"]
        );
    }

    #[test]
    fn a_foot_stands_last_and_a_head_first_or_not_at_all() {
        let html = "<table><tfoot><tr><td>a</tfoot><tbody><tr><td>b</tbody>\
                    <thead><tr><th>c</thead><tfoot><tr><td>d</tfoot></table>";
        assert_eq!(slots(html), ["b", "c", "a", "d"]);
        let (_, table) = table(html);
        let parts: Vec<TableSection> = table.rows.iter().map(|row| table.section(row)).collect();
        assert_eq!(
            parts,
            [
                TableSection::Body,
                TableSection::Body,
                TableSection::Body,
                TableSection::Foot
            ]
        );
    }

    #[test]
    fn rows_that_are_short_lack_cells() {
        let (_, table) = table(
            "<table><tr><td>a</td><td rowspan=2>b</td><td>c</td></tr>\
             <tr><td colspan=3>wide</td></tr><tr></tr><tr><td rowspan=0 colspan=0>d</td></tr></table>",
        );
        assert_eq!((table.columns, table.lacks()), (3, vec![0, 1, 3, 2]));
        let wide = &table.cells[3];
        assert_eq!((wide.column, wide.columns, wide.rows), (0, 1, 1));
    }

    #[test]
    fn columns_in_which_no_cell_starts_are_left_out() {
        let (_, table) = table(
            "<table><thead><tr><th rowspan=9>a</th><th colspan=999999999999999999999>b</th></tr></thead>\
             <tr><td>c</td><td>d</td></tr></table>",
        );
        let spans: Vec<_> = table.cells.iter().map(|c| (c.rows, c.columns)).collect();
        assert_eq!((table.columns, spans), (2, vec![(1, 1); 4]));
    }

    #[test]
    fn hidden_parts_are_left_out_and_loose_parts_are_kept() {
        let html = "<table><caption>a</caption><colgroup><col></colgroup>\
                    <tr><td class=screen-only>b<td>c<tr class=screen-only><td>d</table>";
        assert_eq!(slots(html), ["c"]);
        let mut document = Document::default();
        let [table, paragraph, row] =
            ["table", "p", "tr"].map(|name| document.create_element(name, &[]));
        document.append(Document::ROOT, table);
        document.append(table, row);
        document.append(row, paragraph);
        let table = Table::of(&document, table);
        assert_eq!((table.rows.len(), table.strays), (1, vec![paragraph]));
    }

    #[test]
    fn a_span_is_read_as_browsers_read_it() {
        let read = |value: &str| {
            let mut document = Document::default();
            let cell = document.create_element("td", &[("colspan", value)]);
            span(document.get(cell), "colspan")
        };
        let values = [
            "2",
            " +3",
            "4.5",
            "5px",
            "",
            "x",
            "-6",
            "99999999999999999999",
        ];
        assert_eq!(values.map(read), [2, 3, 4, 5, 1, 1, 1, usize::MAX]);
    }
}
