//! Where cells are painted, and where they are tagged.
//!
//! The cell number 7 holds the words `a7` at its left edge and `z7` at its right edge, so that the
//! pages tell its columns; the lines below rows tell which cells go on. The structure tree is read
//! as a reader does: row by row, each cell in the first free column.

use super::layout::lay_out;
use super::{document, read, write};
use crate::layout::{Fonts, Owner, Page, Pages, Segment, Shape};
use crate::pdf::{Kid, ReadBack, StructureNode};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeMap;

/// Lengths that differ by less are the same.
const SLACK: f64 = 0.05;

/// A cell as HTML: its name, whether it has a direction, and its spans.
#[derive(Debug, Clone)]
struct Cell {
    name: &'static str,
    attributes: &'static str,
    columns: usize,
    rows: usize,
}

type Row = Vec<Cell>;

fn cell() -> impl Strategy<Value = Cell> {
    let name = prop_oneof![
        6 => Just(("td", "")),
        2 => Just(("th", "")),
        1 => Just(("th", " scope=col")),
        1 => Just(("th", " scope=row")),
        1 => Just(("td", " class=screen-only")),
    ];
    let span = || prop_oneof![6 => Just(1usize), 3 => 2..4usize, 1 => Just(0), 1 => Just(9)];
    (name, span(), span()).prop_map(|((name, attributes), columns, rows)| Cell {
        name,
        attributes,
        columns,
        rows,
    })
}

/// Groups of rows in any order.
fn table() -> impl Strategy<Value = Vec<(&'static str, Vec<Row>)>> {
    let name = prop_oneof![1 => Just("thead"), 3 => Just("tbody"), 1 => Just("tfoot")];
    let row = prop::collection::vec(cell(), 0..5);
    let group = (name, prop::collection::vec(row, 0..4));
    prop::collection::vec(group, 1..5)
}

/// A table as HTML, its cells numbered from 1.
fn html(groups: &[(&str, Vec<Row>)]) -> String {
    let mut html = String::from("<h1>Fjordrådet</h1><table>");
    let mut number = 0;
    for (group, rows) in groups {
        html += &format!("<{group}>");
        for row in rows {
            html += "<tr>";
            for cell in row {
                number += 1;
                html += &format!(
                    "<{name}{attributes} colspan={columns} rowspan={rows}><p>a{number}</p>\
                     <p class=numeric>z{number}</p></{name}>",
                    name = cell.name,
                    attributes = cell.attributes,
                    columns = cell.columns,
                    rows = cell.rows,
                );
            }
            html += "</tr>";
        }
        html += &format!("</{group}>");
    }
    html + "</table>"
}

/// Where a cell is painted.
#[derive(Debug, Default, Clone, Copy)]
struct Painted {
    left: f64,
    right: f64,
    /// The baselines of its two words.
    first: f64,
    last: f64,
}

/// The cells of a page by their numbers, and the numbers in the order in which they are painted.
fn painted(page: &Page) -> (BTreeMap<usize, Painted>, Vec<usize>) {
    let mut cells: BTreeMap<usize, Painted> = BTreeMap::new();
    let mut order = Vec::new();
    for item in &page.items {
        let (Owner::Node(_), Shape::Glyphs(run)) = (item.owner, &item.shape) else {
            continue;
        };
        let (x, y) = (run.at.x.to_pt(), run.at.y.to_pt());
        let number = |word: &str| run.text.strip_prefix(word)?.parse().ok();
        if let Some(number) = number("a") {
            let cell = cells.entry(number).or_default();
            (cell.left, cell.first) = (x, y);
            order.push(number);
        } else if let Some(number) = number("z") {
            let advance: f32 = run.glyphs.iter().map(|glyph| glyph.advance).sum();
            let cell = cells.entry(number).or_default();
            cell.right = x + f64::from(advance) * run.size.to_pt() / 1000.0;
            cell.last = y;
        }
    }
    (cells, order)
}

/// The lines below rows: left and right end, and height on the page.
fn lines(page: &Page) -> Vec<(f64, f64, f64)> {
    let paths = page.items.iter().filter_map(|item| match &item.shape {
        Shape::Path(path) => Some(path),
        _ => None,
    });
    paths
        .map(|path| {
            let points = path.segments.iter().filter_map(|segment| match segment {
                Segment::Move(p) | Segment::Line(p) => Some(*p),
                Segment::Curve(..) | Segment::Close => None,
            });
            let x = points.clone().map(|p| p.x.to_pt());
            let y = points.map(|p| p.y.to_pt());
            let (left, right) = (x.clone().fold(f64::MAX, f64::min), x.fold(0.0, f64::max));
            (left, right, y.fold(f64::MAX, f64::min))
        })
        .collect()
}

/// Where a cell is tagged.
#[derive(Debug)]
struct Tagged {
    row: usize,
    column: usize,
    rows: usize,
    columns: usize,
    is_header: bool,
    /// The numbers of the header cells that it names.
    headers: Vec<usize>,
}

/// The rows below a table, in reading order.
fn rows<'a>(node: &'a StructureNode, found: &mut Vec<&'a StructureNode>) {
    for kid in &node.kids {
        match kid {
            Kid::Node(row) if row.kind == "TR" => found.push(row),
            Kid::Node(node) => rows(node, found),
            Kid::Text { .. } | Kid::Annotation { .. } => {}
        }
    }
}

/// The cells of a row.
fn cells(row: &StructureNode) -> impl Iterator<Item = &StructureNode> {
    row.kids.iter().filter_map(|kid| match kid {
        Kid::Node(cell) => Some(cell),
        Kid::Text { .. } | Kid::Annotation { .. } => None,
    })
}

fn number(cell: &StructureNode) -> Option<usize> {
    let text = cell.text();
    text.split(' ').next()?.strip_prefix('a')?.parse().ok()
}

/// The cells of the only table by their numbers, and the numbers in reading order; `Err` if rows
/// differ in width or cells overlap.
fn tagged(read: &ReadBack) -> Result<(BTreeMap<usize, Tagged>, Vec<usize>), String> {
    let mut found = Vec::new();
    rows(&read.root, &mut found);
    let named: BTreeMap<&str, usize> = found
        .iter()
        .flat_map(|row| cells(row))
        .filter_map(|cell| Some((cell.attribute("ID")?, number(cell)?)))
        .collect();
    let mut taken: BTreeMap<(usize, usize), ()> = BTreeMap::new();
    let mut placed = BTreeMap::new();
    let mut order = Vec::new();
    for (row, element) in found.iter().enumerate() {
        let mut column = 0;
        for cell in cells(element) {
            let span = |key| {
                cell.attribute(key)
                    .map_or(1, |n| n.parse().expect("a number"))
            };
            let (rows, columns) = (span("RowSpan"), span("ColSpan"));
            while taken.contains_key(&(row, column)) {
                column += 1;
            }
            for y in row..row + rows {
                for x in column..column + columns {
                    if taken.insert((y, x), ()).is_some() || y >= found.len() {
                        return Err(format!("row {y}, column {x} is no slot for {cell:?}"));
                    }
                }
            }
            let Some(number) = number(cell) else {
                continue;
            };
            order.push(number);
            let headers = cell.attribute("Headers").unwrap_or_default();
            let headers = headers.split_ascii_whitespace().map(|id| named[id]);
            placed.insert(
                number,
                Tagged {
                    row,
                    column,
                    rows,
                    columns,
                    is_header: cell.kind == "TH",
                    headers: headers.collect(),
                },
            );
        }
    }
    let width = taken.keys().map(|(_, column)| column + 1).max();
    match taken.len() == found.len() * width.unwrap_or_default() {
        true => Ok((placed, order)),
        false => Err("the rows differ in width".into()),
    }
}

/// The place of each index; `None` if one has two places, or one further left than an index before.
fn places(places: impl Iterator<Item = (usize, f64)>) -> Option<BTreeMap<usize, f64>> {
    let mut known: BTreeMap<usize, f64> = BTreeMap::new();
    for (index, place) in places {
        if (*known.entry(index).or_insert(place) - place).abs() > SLACK {
            return None;
        }
    }
    let grow = known.values().is_sorted_by(|a, b| **b - **a > -SLACK);
    grow.then_some(known)
}

/// Compares the pages of a table with its tags.
fn compare(pages: &Pages, tags: &ReadBack) -> Result<(), String> {
    let [page] = &pages.pages[..] else {
        return Err("the table takes more than a page".into());
    };
    let (painted, painted_order) = painted(page);
    let (tagged, tagged_order) = tagged(tags)?;
    if painted_order != tagged_order {
        return Err(format!("{painted_order:?} is tagged as {tagged_order:?}"));
    }
    let both = || tagged.iter().map(|(number, tag)| (tag, painted[number]));
    let starts = both().map(|(tag, paint)| (tag.column, paint.left));
    let starts = places(starts).ok_or("the columns in which cells start differ")?;
    let ends = both().map(|(tag, paint)| (tag.column + tag.columns, paint.right));
    places(ends).ok_or("the columns in which cells end differ")?;
    // Rows in which cells start: the lowest baseline of each, and the highest of the next one.
    let mut bands: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for (tag, paint) in both() {
        let band = bands.entry(tag.row).or_insert((paint.first, paint.last));
        *band = (band.0.min(paint.first), band.1.max(paint.last));
    }
    let bands: Vec<_> = bands.into_iter().collect();
    for pair in bands.windows(2) {
        let [(above, (_, bottom)), (below, (top, _))] = *pair else {
            continue;
        };
        if bottom >= top {
            return Err(format!("row {below} does not stand below row {above}"));
        }
        // With a row of no cells between, it is not known which line belongs to which row.
        if below != above + 1 {
            continue;
        }
        for (&column, &left) in &starts {
            // A column that only wider cells cover may be of no width.
            let next = starts.get(&(column + 1));
            if next.is_some_and(|next| next - left < 1.0) {
                continue;
            }
            let x = left + 0.5;
            let mut between = lines(page).into_iter();
            let ruled = between.any(|(l, r, y)| l < x && x < r && bottom < y && y < top);
            let covers = |tag: &Tagged| {
                (tag.column..tag.column + tag.columns).contains(&column)
                    && tag.row <= above
                    && below < tag.row + tag.rows
            };
            if ruled == tagged.values().any(covers) {
                return Err(format!("below row {above}, column {column}: line {ruled}"));
            }
        }
    }
    for cell in tagged.values() {
        for head in cell.headers.iter().map(|number| &tagged[number]) {
            let columns = head.column < cell.column + cell.columns
                && cell.column < head.column + head.columns;
            let rows = head.row < cell.row + cell.rows && cell.row < head.row + head.rows;
            let before = columns && head.row < cell.row || rows && head.column < cell.column;
            if !head.is_header || !before {
                return Err(format!("{head:?} does not head {cell:?}"));
            }
        }
    }
    Ok(())
}

fn check(html: &str) -> Result<(), String> {
    let document = document(html);
    let fonts = Fonts::embedded();
    let pages = lay_out(&document, &fonts);
    let bytes = write(&document, &pages, &fonts).expect("a legal document");
    compare(&pages, &read(&bytes).expect("our own"))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 192,
        rng_seed: RngSeed::Fixed(2025),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn cells_are_painted_where_they_are_tagged(groups in table()) {
        let html = html(&groups);
        if let Err(problem) = check(&html) {
            prop_assert!(false, "{problem}\n{html}");
        }
    }
}

#[test]
fn a_foot_written_first_is_read_last() {
    let html = "<h1>Fjordrådet</h1><table><caption>c</caption><tfoot><tr><td>a1</td></tr></tfoot>\
                <tbody><tr><td>a2</td></tr></tbody></table>";
    let kinds = |html: &str| {
        let bytes = super::layout::written(html).1;
        let read = read(&bytes).expect("our own");
        let table = read.elements().find(|e| e.kind == "Table").cloned();
        let table = table.expect("it is there");
        let kids = table.kids.into_iter().filter_map(|kid| match kid {
            Kid::Node(node) => Some(format!("{} {}", node.kind, node.text())),
            Kid::Text { .. } | Kid::Annotation { .. } => None,
        });
        kids.collect::<Vec<_>>()
    };
    assert_eq!(kinds(html), ["Caption c", "TBody a2", "TFoot a1"]);
}
