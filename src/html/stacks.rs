//! Tables that become lists on a phone: each row a block, each cell below the name of its column.
//!
//! A template says by the class `stacks` which tables are rows of sentences and not numbers to be
//! compared. Their cells carry the name of their column as `data-label`, which the style sheet shows
//! where the screen is narrow, and they need no region to scroll in. A table stays a table for those
//! who listen to it.

use crate::dom::{Document, NodeId};

/// Names the cells of one page, in the order of its text.
#[derive(Default)]
pub(super) struct Labels {
    /// The table that was begun last, and its columns if it becomes a list.
    table: Option<NodeId>,
    columns: Vec<String>,
    /// The column of the next cell.
    next: usize,
}

impl Labels {
    /// Hears of an element, and returns the name of its column, if it is a cell that needs one. The
    /// header of a row needs none: it names what follows.
    pub(super) fn of(&mut self, document: &Document, id: NodeId) -> Option<&str> {
        let node = document.get(id);
        match node.name() {
            "table" => {
                self.table = Some(id);
                self.columns = columns(document, id).unwrap_or_default();
            }
            "tr" => self.next = 0,
            "th" | "td" if !self.columns.is_empty() => {
                // What goes on after a table in a cell is the table around it.
                let table = document.ancestor(id, |node| node.is("table"));
                if table != self.table {
                    return None;
                }
                let label = self.columns.get(self.next);
                self.next += 1;
                let is_body = node.is("td");
                return label.map(String::as_str).filter(|_| is_body);
            }
            _ => {}
        }
        None
    }
}

/// Whether a table becomes a list: its template says so, and it has one row of column headers, and
/// no cell spans several columns or rows or holds a table.
pub(super) fn is_stacked(document: &Document, table: NodeId) -> bool {
    columns(document, table).is_some()
}

/// The names of the columns, if the table becomes a list.
fn columns(document: &Document, table: NodeId) -> Option<Vec<String>> {
    let node = document.get(table);
    if !(node.is("table") && node.has_class("stacks")) {
        return None;
    }
    let below = document.descendants(table).skip(1);
    let is_plain = |id: NodeId| {
        let node = document.get(id);
        !node.is("table") && node.span("colspan") == 1 && node.span("rowspan") == 1
    };
    if !below.into_iter().all(is_plain) {
        return None;
    }
    let head = children(document, table).find(|&id| document.get(id).is("thead"))?;
    let mut rows = children(document, head);
    let (first, None) = (rows.next()?, rows.next()) else {
        return None;
    };
    let name = |cell| {
        let text = document.text_of(cell);
        let words: Vec<_> = text.split_whitespace().collect();
        words.join(" ")
    };
    Some(children(document, first).map(name).collect())
}

/// The elements right below one.
fn children(document: &Document, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    let all = document.get(id).children.iter().copied();
    all.filter(|&child| document.get(child).text().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};

    fn labels(html: &str) -> Vec<(String, Option<String>)> {
        let document = parse(html, Meta::default()).document;
        let mut labels = Labels::default();
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
