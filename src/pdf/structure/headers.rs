//! Assigns header cells to cells (HTML, «Tables»: «Forming a table», «Forming relationships between data
//! cells and header cells»).
//!
//! [`read()`] follows the standard's algorithm on the table model of the pages, with three
//! departures. A header cell without a `scope` in a `thead` heads its columns, whatever stands
//! beside it; one that the standard leaves without a direction gets one from its place, since
//! every header cell of a PDF has a scope (ISO 14289-1, 7.5); and `colgroup` is the same as `col`,
//! since the vocabulary has no groups of columns.
//!
//! Scopes tell readers enough where one row and one column of cells head a table. Only where there
//! are more levels does each cell name its headers.

use crate::dom::table::{Cell, Table, TableSection};
use crate::dom::{Document, NodeId};
use crate::pdf::structure_types::{CellSpans, Scope, StructureType};
use rustc_hash::{FxHashMap, FxHashSet};

/// Most steps that a search for header cells may take: from each slot it goes along a row and a
/// column. Nobody reads a larger table cell by cell.
const MOST_STEPS: usize = 100_000_000;
/// Most header cells that the cells of a table may name, all in all.
const MOST_HEADERS: usize = 1_000_000;

/// What tables say of their parts.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// By group of rows, row and cell: what it becomes.
    pub(super) kinds: FxHashMap<NodeId, StructureType>,
    /// By table, group of rows and row: what stands in it, in the order of the pages.
    pub(super) parts: FxHashMap<NodeId, Vec<NodeId>>,
    /// By table: what stands in it though it is no part of one. Pages show it below.
    pub(super) strays: FxHashMap<NodeId, Vec<NodeId>>,
    /// By row: how many cells it lacks to be as wide as the others.
    pub(super) lacks: FxHashMap<NodeId, usize>,
    /// By cell: its header cells, in reading order, if scopes do not tell them.
    pub(super) headers: FxHashMap<NodeId, Vec<NodeId>>,
}

impl Tables {
    /// Reads a table.
    pub(super) fn read(&mut self, document: &Document, node: NodeId) {
        let mut table = Table::on_pages(document, node);
        let heads = HeaderCells::of(document, &table);
        if heads.levels(document) {
            let headers = table.cells.iter().map(|cell| cell.node);
            self.headers.extend(headers.zip(heads.all(document)));
        }
        for (cell, direction) in table.cells.iter().zip(&heads.directions) {
            self.kinds.insert(cell.node, kind(cell, *direction));
        }
        let lacks = table.lacks().into_iter();
        let rows = table.rows.iter().map(|row| row.node);
        self.lacks.extend(rows.zip(lacks));
        let mut parts = std::mem::take(&mut table.captions);
        for group in &table.groups {
            let rows = &table.rows[group.rows.clone()];
            for row in rows {
                let cells = table.cells[row.cells.clone()].iter();
                let cells = cells.map(|cell| cell.node).collect();
                self.kinds.insert(row.node, StructureType::Row);
                self.parts.insert(row.node, cells);
            }
            let rows = rows.iter().map(|row| row.node);
            let Some(node) = group.node else {
                parts.extend(rows);
                continue;
            };
            let kind = match group.section {
                TableSection::Head => StructureType::TableHead,
                TableSection::Body => StructureType::TableBody,
                TableSection::Foot => StructureType::TableFoot,
            };
            self.kinds.insert(node, kind);
            self.parts.insert(node, rows.collect());
            parts.push(node);
        }
        self.parts.insert(node, parts);
        self.strays.insert(node, table.strays);
    }
}

/// What a cell becomes; a header cell has a direction.
fn kind(cell: &Cell, direction: Option<Direction>) -> StructureType {
    let spans = CellSpans {
        columns: u16::try_from(cell.columns).unwrap_or(u16::MAX),
        rows: u16::try_from(cell.rows).unwrap_or(u16::MAX),
    };
    let scope = match direction {
        None => return StructureType::Cell(spans),
        Some(Direction::Column) => Scope::Column,
        Some(Direction::Row { .. }) => Scope::Row,
    };
    StructureType::HeaderCell { scope, spans }
}

/// What a header cell heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Column,
    Row {
        /// The rows of its group below it too.
        group: bool,
    },
}

/// The header cells of a table.
struct HeaderCells<'a> {
    table: &'a Table,
    /// By cell; `None` for a data cell.
    directions: Vec<Option<Direction>>,
    /// By cell: whether there is nothing in it. Such a cell heads nothing.
    empty: Vec<bool>,
}

impl<'a> HeaderCells<'a> {
    fn of(document: &Document, table: &'a Table) -> Self {
        let is_head = |cell: &Cell| document.get(cell.node).is("th");
        // By row and by column: whether a data cell reaches into it.
        let mut rows = vec![false; table.rows.len()];
        let mut columns = vec![false; table.columns];
        for cell in table.cells.iter().filter(|cell| !is_head(cell)) {
            rows[cell.row..cell.row + cell.rows].fill(true);
            columns[cell.column..cell.column + cell.columns].fill(true);
        }
        let direction = |cell: &Cell| {
            let row = Direction::Row { group: false };
            let scope = document.get(cell.node).attr("scope").unwrap_or_default();
            match scope.trim().to_ascii_lowercase().as_str() {
                "row" => row,
                "rowgroup" => Direction::Row { group: true },
                "col" | "colgroup" => Direction::Column,
                _ if table.section(&table.rows[cell.row]) == TableSection::Head => {
                    Direction::Column
                }
                _ if !rows[cell.row..cell.row + cell.rows].contains(&true) => Direction::Column,
                _ if !columns[cell.column..cell.column + cell.columns].contains(&true) => row,
                _ if cell.column == 0 => row,
                _ => Direction::Column,
            }
        };
        let has_text = |node: NodeId| {
            let mut below = document.descendants(node);
            below.any(|n| {
                let n = document.get(n);
                n.text().is_some_and(|text| !text.trim().is_empty()) || n.is("img") || n.is("svg")
            })
        };
        let directions = table.cells.iter().map(|c| is_head(c).then(|| direction(c)));
        Self {
            table,
            directions: directions.collect(),
            empty: table.cells.iter().map(|c| !has_text(c.node)).collect(),
        }
    }

    /// Whether the table has more than one row or column of header cells, groups of rows with a
    /// header, or cells that name their headers.
    fn levels(&self, document: &Document) -> bool {
        let (mut rows, mut columns) = (FxHashSet::default(), FxHashSet::default());
        for (index, cell) in self.table.cells.iter().enumerate() {
            if document.get(cell.node).attr("headers").is_some() {
                return true;
            }
            match self.directions[index] {
                _ if self.empty[index] => {}
                Some(Direction::Column) => drop(rows.insert(cell.row)),
                Some(Direction::Row { group: false }) => drop(columns.insert(cell.column)),
                Some(Direction::Row { group: true }) => return true,
                None => {}
            }
        }
        rows.len() > 1 || columns.len() > 1
    }

    /// The header cells of each cell; none if the table is too large to look for them.
    fn all(&self, document: &Document) -> Vec<Vec<NodeId>> {
        let (rows, columns) = (self.table.rows.len(), self.table.columns);
        let steps = rows.saturating_mul(columns).saturating_mul(rows + columns);
        if steps > MOST_STEPS {
            return Vec::new();
        }
        let slots = self.table.slots();
        let ids: FxHashMap<&str, usize> = self.table.cells.iter().enumerate().rev().fold(
            FxHashMap::default(),
            |mut ids, (index, cell)| {
                if let Some(id) = document.get(cell.node).attr("id") {
                    ids.insert(id, index);
                }
                ids
            },
        );
        let groups = self.groups();
        let mut left = MOST_HEADERS;
        let headers = (0..self.table.cells.len()).map(|cell| {
            let named = document.get(self.table.cells[cell].node).attr("headers");
            let mut found: Vec<usize> = match named {
                Some(named) => named
                    .split_ascii_whitespace()
                    .filter_map(|id| ids.get(id).copied())
                    // In a PDF only header cells head others.
                    .filter(|&head| self.directions[head].is_some())
                    .collect(),
                None => self.around(cell, &slots, &groups),
            };
            found.retain(|&head| head != cell && !self.empty[head]);
            found.sort_unstable();
            found.dedup();
            left = left.checked_sub(found.len())?;
            let heads = found.into_iter().map(|head| self.table.cells[head].node);
            Some(heads.collect())
        });
        headers.collect::<Option<_>>().unwrap_or_default()
    }

    /// By group of rows: the cells that head it.
    fn groups(&self) -> FxHashMap<usize, Vec<usize>> {
        let mut groups: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (index, cell) in self.table.cells.iter().enumerate() {
            if self.directions[index] == Some(Direction::Row { group: true }) {
                let group = self.table.rows[cell.row].group;
                groups.entry(group).or_default().push(index);
            }
        }
        groups
    }

    /// The header cells that a cell has from its place («Algorithm for assigning header cells»).
    fn around(
        &self,
        cell: usize,
        slots: &[Option<usize>],
        groups: &FxHashMap<usize, Vec<usize>>,
    ) -> Vec<usize> {
        let place = &self.table.cells[cell];
        let at = |row: usize, column: usize| slots[row * self.table.columns + column];
        let mut found = Vec::new();
        for row in place.row..place.row + place.rows {
            let left = (0..place.column).rev().filter_map(|column| at(row, column));
            self.scan(cell, left, ScanAxis::Row, &mut found);
        }
        for column in place.column..place.column + place.columns {
            let above = (0..place.row).rev().filter_map(|row| at(row, column));
            self.scan(cell, above, ScanAxis::Column, &mut found);
        }
        let group = groups.get(&self.table.rows[place.row].group);
        found.extend(group.into_iter().flatten().filter(|&&head| {
            let head = &self.table.cells[head];
            head.column < place.column + place.columns && head.row < place.row + place.rows
        }));
        found
    }

    /// Goes over cells away from `cell` and takes those that head it («Internal algorithm for
    /// scanning and assigning header cells»).
    fn scan(
        &self,
        cell: usize,
        cells: impl Iterator<Item = usize>,
        along: ScanAxis,
        found: &mut Vec<usize>,
    ) {
        // Where header cells end at data cells, those behind them of the same extent are headers
        // of another part of the table.
        let extent = |of: usize| {
            let of = &self.table.cells[of];
            match along {
                ScanAxis::Row => (of.row, of.rows),
                ScanAxis::Column => (of.column, of.columns),
            }
        };
        let mut opaque = FxHashSet::default();
        let mut block: Vec<usize> = self.directions[cell].map(|_| cell).into_iter().collect();
        for current in cells {
            let Some(direction) = self.directions[current] else {
                opaque.extend(block.drain(..).map(extent));
                continue;
            };
            block.push(current);
            let heads = match along {
                ScanAxis::Row => direction == Direction::Row { group: false },
                ScanAxis::Column => direction == Direction::Column,
            };
            if heads && !opaque.contains(&extent(current)) {
                found.push(current);
            }
        }
    }
}

/// The axis of a scan.
#[derive(Clone, Copy)]
enum ScanAxis {
    Row,
    Column,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};

    /// Each cell with text: its scope if it is a header, and the texts of its headers.
    fn told(html: &str) -> Vec<String> {
        let document = parse(html, Meta::default()).document;
        let table = document
            .descendants(Document::ROOT)
            .find(|&n| document.get(n).is("table"))
            .expect("a table");
        let mut tables = Tables::default();
        tables.read(&document, table);
        let cells = document.descendants(table).filter_map(|node| {
            let scope = match tables.kinds.get(&node)? {
                StructureType::HeaderCell { scope, .. } => match scope {
                    Scope::Row => "→",
                    Scope::Column => "↓",
                },
                StructureType::Cell(_) => "",
                _ => return None,
            };
            let headers = tables.headers.get(&node).into_iter().flatten();
            let headers = headers.map(|&h| document.text_of(h));
            let headers = headers.collect::<Vec<_>>().join(" ");
            Some(format!("{}{scope}: {headers}", document.text_of(node)))
        });
        cells.collect()
    }

    #[test]
    fn one_row_and_one_column_of_headers_are_told_by_their_scopes() {
        let html = "<table><thead><tr><td></td><th>År</th></tr></thead>\
                    <tr><th>Bolig</th><td>1</td></tr></table>";
        assert_eq!(told(html), [": ", "År↓: ", "Bolig→: ", "1: "]);
    }

    #[test]
    fn cells_below_two_rows_of_headers_name_both() {
        let html = "<table><thead><tr><th rowspan=2>Hvem</th><th colspan=2>Når</th></tr>\
                    <tr><th>Fra</th><th>Til</th></tr></thead>\
                    <tr><th>Råd</th><td>1</td><td>2</td></tr></table>";
        let expected = [
            "Hvem↓: ",
            "Når↓: ",
            "Fra↓: Når",
            "Til↓: Når",
            "Råd→: Hvem",
            "1: Når Fra Råd",
            "2: Når Til Råd",
        ];
        assert_eq!(told(html), expected);
    }

    #[test]
    fn a_header_of_a_group_of_rows_heads_all_of_them_and_no_others() {
        let html = "<table><tr><th>Hva</th><th>Tall</th></tr>\
                    <tbody><tr><th scope=rowgroup rowspan=9>Nord</th><td>1</td></tr>\
                    <tr><td>2</td></tr></tbody>\
                    <tbody><tr><th scope=rowgroup>Sør</th><td>3</td></tr></tbody></table>";
        let all = told(html);
        assert_eq!(
            all[2..],
            [
                "Nord→: Hva",
                "1: Tall Nord",
                "2: Tall Nord",
                "Sør→: Hva",
                "3: Tall Sør"
            ]
        );
    }

    #[test]
    fn headers_of_a_later_part_hide_those_of_an_earlier_one() {
        let html = "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr>\
                    <tr><th>C</th><th>D</th></tr><tr><td>3</td><td>4</td></tr></table>";
        let all = told(html);
        assert_eq!(all[6..], ["3: C", "4: D"]);
    }

    #[test]
    fn a_cell_may_name_its_headers_and_only_header_cells_of_its_table_count() {
        let html = "<table><tr><th id=a>A</th><th id=b>B</th></tr>\
                    <tr><td headers='b gone c'>1</td><td id=c>2</td></tr></table>";
        assert_eq!(told(html)[2..], ["1: B", "2: B"]);
    }

    #[test]
    fn a_table_with_more_headers_than_anybody_hears_names_none() {
        let row = format!("<tr>{}</tr>", "<th>x".repeat(150));
        let html = format!("<table>{}</table>", row.repeat(150));
        assert!(told(&html).iter().all(|cell| cell == "x↓: "));
    }
}
