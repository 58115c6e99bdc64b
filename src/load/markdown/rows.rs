//! Reports table rows that do not fit their header. The parser would drop text or not see a table.

use super::{BodyParser, MAX_DEPTH};
use crate::files::Span;
use crate::load::rules;
use std::ops::Range;

impl BodyParser<'_> {
    /// Reports a line of words that was to make a table of the line above it, and did not because
    /// the two have not the same number of cells.
    pub(super) fn delimiter_row(&mut self, range: &Range<usize>) {
        // Only marks stand before such a row; further back on a long line nothing is looked for.
        let before = self.body[..range.start].bytes().rev().take(MAX_DEPTH * 8);
        let Some(back) = { before }.position(|byte| byte == b'\n') else {
            return;
        };
        let start = range.start - back;
        if self.no_table == Some(start) {
            return;
        }
        let line = self.body[start..].lines().next().unwrap_or_default();
        let is_mark = |c: char| matches!(c, '|' | '-' | ':' | ' ' | '\t' | '>');
        if !line.chars().all(is_mark) || !line.contains('|') || !line.contains('-') {
            return;
        }
        self.no_table = Some(start);
        let above = self.body[..start].lines().next_back().unwrap_or_default();
        let row = line.trim_matches(['>', ' ', '\t']);
        let of_lists = |c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c);
        let header = above.trim_start_matches(of_lists).trim_end();
        let (cells, wanted) = (count_cells(row), count_cells(header));
        if cells != wanted && header.contains('|') {
            let at = start + self.start + line.find(row).unwrap_or(0);
            let span = Span::new(self.file, at..at + row.len());
            let message = format!(
                "this is not a table: the row of hyphens has {}, the header has {wanted}",
                cells_of(cells)
            );
            let hint = "give the row of hyphens as many cells as the header, `|---|---|`";
            self.sink
                .report(rules::RAGGED_TABLE.at(span, message).hint(hint));
        }
    }

    /// Reports rows with more or fewer cells than the header: the parser would drop the words of
    /// the one and fill up the other.
    pub(super) fn rows_have_the_cells_of_the_header(&mut self, range: &Range<usize>) {
        let mut at = range.start;
        let mut wanted = None;
        for (number, line) in self.body[range.clone()].split_inclusive('\n').enumerate() {
            // Inside a quotation the lines of the table still carry its mark.
            let row = line.trim_start_matches(['>', ' ', '\t']).trim_end();
            let start = at + (line.len() - line.trim_start_matches(['>', ' ', '\t']).len());
            at += line.len();
            if row.is_empty() {
                continue;
            }
            let cells = count_cells(row);
            let wanted = *wanted.get_or_insert(cells);
            if cells != wanted && number != 1 {
                let span = Span::new(
                    self.file,
                    start + self.start..start + row.len() + self.start,
                );
                let message = format!("the row has {}, the header has {wanted}", cells_of(cells));
                let hint =
                    "give each row as many cells as the header; write `\\|` for a bar in the text";
                self.sink
                    .report(rules::RAGGED_TABLE.at(span, message).hint(hint));
            }
        }
    }
}

fn cells_of(count: usize) -> String {
    format!("{count} cell{}", if count == 1 { "" } else { "s" })
}

/// How many cells a row of a table has: parts between bars that are not escaped.
fn count_cells(row: &str) -> usize {
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = 1;
    let mut escaped = false;
    for (at, byte) in row.bytes().enumerate() {
        let last = at + 1 == row.len();
        if byte == b'|' && !escaped && !last {
            cells += 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    cells
}
