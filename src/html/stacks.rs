//! Tables that become lists on a phone: each row is a block, each cell has the name of its column above.
//!
//! A template marks tables of sentences with the class `stacks`. Their cells get the name of the column as
//! `data-label`, which the style sheet shows on a narrow screen, and they need no region to scroll in. For
//! screen readers it stays a table.

use crate::dom::table::{Table, TableSection};
use crate::dom::{Document, NodeId};
use std::collections::BTreeMap;

/// Names the cells of one page, in the order of its text.
#[derive(Default)]
pub(super) struct CellLabels {
    /// The names of the columns of the stacked table that was begun last.
    names: Vec<String>,
    /// The columns of its cells.
    columns: BTreeMap<NodeId, usize>,
}

impl CellLabels {
    /// Hears of an element, and returns the name of its column, if it is a cell that needs one. The
    /// header of a row needs none: it names what follows.
    pub(super) fn of(&mut self, document: &Document, id: NodeId) -> Option<&str> {
        let node = document.get(id);
        if let Some((table, names)) = stacked(document, id) {
            let cells = table.cells.iter().map(|cell| (cell.node, cell.column));
            (self.names, self.columns) = (names, cells.collect());
        }
        let column = self.columns.get(&id).filter(|_| node.is("td"))?;
        self.names.get(*column).map(String::as_str)
    }
}

/// Whether a table becomes a list: its template says so, and it has one row of column headers, and
/// no cell spans several columns or rows or holds a table.
pub(super) fn is_stacked(document: &Document, table: NodeId) -> bool {
    stacked(document, table).is_some()
}

/// A table that becomes a list, with the names of its columns.
fn stacked(document: &Document, id: NodeId) -> Option<(Table, Vec<String>)> {
    let node = document.get(id);
    if !(node.is("table") && node.has_class("stacks")) {
        return None;
    }
    let mut below = document.descendants(id).skip(1);
    if below.any(|id| document.get(id).is("table")) {
        return None;
    }
    let table = Table::of(document, id);
    let head = table.groups.first()?;
    let is_plain = table.cells.iter().all(|c| c.columns == 1 && c.rows == 1);
    if !is_plain || head.section != TableSection::Head || head.rows.len() > 1 {
        return None;
    }
    let name = |cell: NodeId| {
        let text = document.text_of(cell);
        let words: Vec<_> = text.split_whitespace().collect();
        words.join(" ")
    };
    let cells = table.cells[table.rows[0].cells.clone()].iter();
    let names = cells.map(|cell| name(cell.node)).collect();
    Some((table, names))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};

    fn labels(html: &str) -> Vec<(String, Option<String>)> {
        let document = parse(html, Meta::default()).document;
        let mut labels = CellLabels::default();
        let all: Vec<_> = document.descendants(Document::ROOT).collect();
        let cells = all.into_iter().filter_map(|id| {
            let label = labels.of(&document, id).map(str::to_owned);
            let is_cell = document.get(id).is("td") || document.get(id).is("th");
            is_cell.then(|| (document.text_of(id), label))
        });
        cells.filter(|(_, label)| label.is_some()).collect()
    }

    const HEAD: &str =
        "<thead><tr><th>Gruppe</th><th> Innspill  <b>her</b></th><th></th></tr></thead>";

    #[test]
    fn cells_below_the_header_of_their_row_are_named() {
        let html = format!(
            "<table class=\"stacks\">{HEAD}<tbody><tr><th>1</th><td>Ja</td><td>x</td></tr>\
             <tr><th>2</th><td>Nei</td></tr></tbody></table><table><tr><td>Etter</td></tr></table>"
        );
        let named = |text: &str, label: &str| (text.to_owned(), Some(label.to_owned()));
        let expected = [
            named("Ja", "Innspill her"),
            named("x", ""),
            named("Nei", "Innspill her"),
        ];
        assert_eq!(labels(&html), expected);

        let inner =
            format!("<table class=\"stacks\">{HEAD}<tbody><tr><th>1</th></tr></tbody></table>");
        let around = format!("<table><tbody><tr><td>{inner}</td><td>b</td></tr></tbody></table>");
        assert_eq!(labels(&around), []);
    }

    #[test]
    fn a_table_that_is_no_plain_grid_stays_a_table() {
        for (class, head, cell) in [
            ("", HEAD, "<td>a</td>"),
            ("stacks", "", "<td>a</td>"),
            ("stacks", HEAD, "<td colspan=\"2\">a</td>"),
            (
                "stacks",
                HEAD,
                "<td><table><tr><td>a</td></tr></table></td>",
            ),
            (
                "stacks",
                "<thead><tr><th>A</th></tr><tr><th>B</th></tr></thead>",
                "<td>a</td>",
            ),
        ] {
            let html =
                format!("<table class=\"{class}\">{head}<tbody><tr>{cell}</tr></tbody></table>");
            assert_eq!(labels(&html), [], "{html}");
        }
    }
}
