//! Which columns and cells of two tables belong together.
//!
//! Columns are matched by their headings, rows by all that they hold and then by their first cell
//! (`matching.rs`). Where cells span others and the grid has changed, no cell can be said to be the
//! same: such tables are shown before and after.

use super::items::{Item, What};
use super::side::{Side, UnitId};
use super::words::common;
use crate::dom::table::Table;
use std::collections::BTreeMap;

/// How the cells of two tables relate.
#[derive(Debug, Clone)]
pub(super) enum Grid {
    /// Neither table has a cell that spans others: the columns of both, in the order in which they are
    /// shown; each with its number in the old table, in the new one, or in both.
    Columns(Vec<(Option<usize>, Option<usize>)>),
    /// The cells span the same slots in both.
    Same,
}

/// The rows of a table as lists of cells, with the spans of each cell.
struct Rows {
    rows: Vec<Vec<UnitId>>,
    spans: Vec<Vec<(usize, usize)>>,
    columns: usize,
    is_plain: bool,
}

fn rows(side: &Side<'_>, table: UnitId) -> Option<Rows> {
    let formed = Table::of(side.document, side.units[table].node);
    let mut rows = Vec::new();
    let mut spans = Vec::new();
    for row in &formed.rows {
        let cells = &formed.cells[row.cells.clone()];
        let units: Option<Vec<_>> = cells.iter().map(|cell| side.unit_of(cell.node)).collect();
        rows.push(units?);
        spans.push(cells.iter().map(|cell| (cell.rows, cell.columns)).collect());
    }
    let spanless = formed.cells.iter().all(|c| c.rows == 1 && c.columns == 1);
    let is_full = formed.lacks().iter().all(|&lack| lack == 0);
    Some(Rows {
        rows,
        spans,
        columns: formed.columns,
        is_plain: spanless && is_full && formed.strays.is_empty(),
    })
}

/// How the cells of two tables relate; `None` if the grid has changed where cells span others.
pub(super) fn relate(
    old: &Side<'_>,
    new: &Side<'_>,
    old_table: UnitId,
    new_table: UnitId,
) -> Option<Grid> {
    let (a, b) = (rows(old, old_table)?, rows(new, new_table)?);
    if !(a.is_plain && b.is_plain) {
        return (a.spans == b.spans).then_some(Grid::Same);
    }
    let (Some(first), Some(other)) = (a.rows.first(), b.rows.first()) else {
        return Some(Grid::Columns(Vec::new()));
    };
    let heads = [heads(old, first), heads(new, other)];
    let mut pairs = common(&heads[0], &heads[1])?;
    pair_rest(old, new, &a, &b, &mut pairs);
    Some(Grid::Columns(in_order(a.columns, b.columns, &pairs)))
}

/// The headings as items that can be compared.
fn heads(side: &Side<'_>, cells: &[UnitId]) -> Vec<Item> {
    let heads = cells.iter().map(|&cell| Item {
        number: side.units[cell].content,
        words: 1,
        is_number: false,
        what: What::Element(side.units[cell].node),
    });
    heads.collect()
}

/// Pairs the columns between those that are paired: as many on one side as on the other are the same
/// with other headings if they share cells.
fn pair_rest(old: &Side<'_>, new: &Side<'_>, a: &Rows, b: &Rows, pairs: &mut Vec<(usize, usize)>) {
    let mut more = Vec::new();
    let mut from = (0, 0);
    let ends = pairs.iter().copied().chain([(a.columns, b.columns)]);
    for (i, j) in ends {
        let (before, after) = (from.0..i, from.1..j);
        if before.len() == after.len() {
            let both = before.zip(after);
            more.extend(both.filter(|&(i, j)| share_cells(old, new, a, b, i, j)));
        }
        from = (i + 1, j + 1);
    }
    pairs.extend(more);
    pairs.sort_unstable();
}

/// Whether two columns hold the same in at least every other row of the shorter one.
fn share_cells(old: &Side<'_>, new: &Side<'_>, a: &Rows, b: &Rows, i: usize, j: usize) -> bool {
    let contents = |side: &Side<'_>, rows: &Rows, column: usize| -> Vec<u32> {
        let below = rows.rows.iter().skip(1);
        let cells = below.filter_map(|row| row.get(column));
        cells.map(|&cell| side.units[cell].content).collect()
    };
    let (a, b) = (contents(old, a, i), contents(new, b, j));
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    a.iter()
        .for_each(|&content| *counts.entry(content).or_default() += 1);
    let mut shared = 0;
    for content in &b {
        if let Some(count) = counts.get_mut(content)
            && *count > 0
        {
            *count -= 1;
            shared += 1;
        }
    }
    let fewer = a.len().min(b.len());
    fewer == 0 || 2 * shared >= fewer
}

/// All columns: what is struck stands before what was added in its place.
fn in_order(
    old: usize,
    new: usize,
    pairs: &[(usize, usize)],
) -> Vec<(Option<usize>, Option<usize>)> {
    let mut columns = Vec::new();
    let mut from = (0, 0);
    let ends = pairs.iter().copied().map(Some).chain([None]);
    for end in ends {
        let (i, j) = end.unwrap_or((old, new));
        columns.extend((from.0..i).map(|i| (Some(i), None)));
        columns.extend((from.1..j).map(|j| (None, Some(j))));
        columns.extend(end.map(|(i, j)| (Some(i), Some(j))));
        from = (i + 1, j + 1);
    }
    columns
}
