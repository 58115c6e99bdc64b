//! Tables: rows, columns and cells.

use super::merged;

#[test]
fn a_change_in_a_cell_is_marked_in_the_cell() {
    let old = "<table><tr><th>Tiltak</th><th>Frist</th></tr>\
               <tr><td>Buss</td><td>Senest 1. juni 2027</td></tr></table>";
    let new = "<table><tr><th>Tiltak</th><th>Frist</th></tr>\
               <tr><td>Buss</td><td>Senest 1. juni 2028</td></tr></table>";
    let expected = "<table><tbody><tr><th>Tiltak</th><th>Frist</th></tr>\
                    <tr><td>Buss</td><td>Senest [-1. juni 2027-][+1. juni 2028+]</td></tr>\
                    </tbody></table>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_column_that_was_removed_is_a_column() {
    let old = "<table><tr><th>Tiltak</th><th>Ansvar</th><th>Frist</th></tr>\
               <tr><td>Buss</td><td>Moss</td><td>2027</td></tr></table>";
    let new = "<table><tr><th>Tiltak</th><th>Frist</th></tr><tr><td>Buss</td><td>2027</td></tr>\
               </table>";
    let expected = "<table><tbody><tr><th>Tiltak</th>[-<th>Ansvar</th>-]<th>Frist</th></tr>\
                    <tr><td>Buss</td>[-<td>Moss</td>-]<td>2027</td></tr></tbody></table>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_column_with_another_heading_is_the_same() {
    let old = "<table><tr><th>Tiltak</th><th>Ansvar</th></tr><tr><td>Buss</td><td>Moss</td></tr>\
               <tr><td>Tog</td><td>Råde</td></tr></table>";
    let new = "<table><tr><th>Tiltak</th><th>Ansvarlig</th></tr><tr><td>Buss</td><td>Moss</td></tr>\
               <tr><td>Tog</td><td>Råde</td></tr></table>";
    let expected = "<table><tbody><tr><th>Tiltak</th><th>[-Ansvar-][+Ansvarlig+]</th></tr>\
                    <tr><td>Buss</td><td>Moss</td></tr><tr><td>Tog</td><td>Råde</td></tr>\
                    </tbody></table>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_row_that_moved_is_a_row_that_moved() {
    let old = "<table><tr><th>Tiltak</th><th>Frist</th></tr><tr><td>Buss</td><td>2027</td></tr>\
               <tr><td>Tog</td><td>2029</td></tr><tr><td>Båt</td><td>2030</td></tr></table>";
    let new = "<table><tr><th>Tiltak</th><th>Frist</th></tr><tr><td>Tog</td><td>2029</td></tr>\
               <tr><td>Båt</td><td>2030</td></tr><tr><td>Buss</td><td>2028</td></tr></table>";
    let expected = "<table><tbody><tr><th>Tiltak</th><th>Frist</th></tr>[<<tr><td></td></tr><]\
                    <tr><td>Tog</td><td>2029</td></tr><tr><td>Båt</td><td>2030</td></tr>\
                    [><tr><td>Buss</td><td>[-2027-][+2028+]</td></tr>>]</tbody></table>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn rows_are_added_and_removed() {
    let old = "<table><tr><th>Tiltak</th><th>Frist</th></tr><tr><td>Buss</td><td>2027</td></tr>\
               <tr><td>Tog</td><td>2029</td></tr></table>";
    let new = "<table><tr><th>Tiltak</th><th>Frist</th></tr><tr><td>Ferge</td><td>2031</td></tr>\
               <tr><td>Buss</td><td>2027</td></tr></table>";
    let expected = "<table><tbody><tr><th>Tiltak</th><th>Frist</th></tr>\
                    [+<tr><td>Ferge</td><td>2031</td></tr>+]<tr><td>Buss</td><td>2027</td></tr>\
                    [-<tr><td>Tog</td><td>2029</td></tr>-]</tbody></table>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_row_with_another_first_cell_is_the_same() {
    let old = "<table><tr><th>Tiltak</th><th>Frist</th></tr>\
               <tr><td>Buss hver time</td><td>2027</td></tr><tr><td>Tog</td><td>2029</td></tr>\
               </table>";
    let new = "<table><tr><th>Tiltak</th><th>Frist</th></tr>\
               <tr><td>Buss hver halve time</td><td>2027</td></tr>\
               <tr><td>Tog</td><td>2029</td></tr></table>";
    let expected = "<table><tbody><tr><th>Tiltak</th><th>Frist</th></tr>\
                    <tr><td>Buss hver [+halve +]time</td><td>2027</td></tr>\
                    <tr><td>Tog</td><td>2029</td></tr></tbody></table>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_row_and_a_column_are_added_at_once() {
    let old = "<table><tr><th>Tiltak</th><th>Frist</th></tr><tr><td>Buss</td><td>2027</td></tr>\
               </table>";
    let new = "<table><tr><th>Tiltak</th><th>Ansvar</th><th>Frist</th></tr>\
               <tr><td>Buss</td><td>Moss</td><td>2027</td></tr>\
               <tr><td>Tog</td><td>Råde</td><td>2029</td></tr></table>";
    let expected = "<table><tbody><tr><th>Tiltak</th>[+<th>Ansvar</th>+]<th>Frist</th></tr>\
                    <tr><td>Buss</td>[+<td>Moss</td>+]<td>2027</td></tr>\
                    [+<tr><td>Tog</td><td>Råde</td><td>2029</td></tr>+]</tbody></table>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_row_and_a_column_are_removed_at_once() {
    let old = "<table><tr><th>Tiltak</th><th>Ansvar</th><th>Frist</th></tr>\
               <tr><td>Buss</td><td>Moss</td><td>2027</td></tr>\
               <tr><td>Tog</td><td>Råde</td><td>2029</td></tr></table>";
    let new = "<table><tr><th>Tiltak</th><th>Frist</th></tr><tr><td>Buss</td><td>2027</td></tr>\
               </table>";
    let expected = "<table><tbody><tr><th>Tiltak</th>[-<th>Ansvar</th>-]<th>Frist</th></tr>\
                    <tr><td>Buss</td>[-<td>Moss</td>-]<td>2027</td></tr>\
                    [-<tr><td>Tog</td><td>Råde</td><td>2029</td></tr>-]</tbody></table>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_table_with_merged_cells_is_shown_before_and_after() {
    let old = "<table><tr><th>Tiltak</th><th>Ansvar</th><th>Frist</th></tr>\
               <tr><td>Buss</td><td>Moss</td><td>2027</td></tr></table>";
    let new = "<table><tr><th>Tiltak</th><th colspan='2'>Ansvar og frist</th></tr>\
               <tr><td>Buss</td><td>Moss</td><td>2027</td></tr></table>";
    let expected = "[-<table><tbody><tr><th>Tiltak</th><th>Ansvar</th><th>Frist</th></tr>\
                    <tr><td>Buss</td><td>Moss</td><td>2027</td></tr></tbody></table>-]\
                    [+<table><tbody><tr><th>Tiltak</th><th>Ansvar og frist</th></tr>\
                    <tr><td>Buss</td><td>Moss</td><td>2027</td></tr></tbody></table>+]";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_table_of_the_same_spans_is_compared_cell_by_cell() {
    let old = "<table><tr><th rowspan='2'>Tiltak</th><th colspan='2'>Når</th></tr>\
               <tr><td>Fra</td><td>Til</td></tr><tr><td>Buss</td><td>2026</td><td>2027</td></tr>\
               </table>";
    let new = "<table><tr><th rowspan='2'>Tiltak</th><th colspan='2'>Når</th></tr>\
               <tr><td>Fra</td><td>Til</td></tr><tr><td>Buss</td><td>2026</td><td>2028</td></tr>\
               </table>";
    let expected = "<table><tbody><tr><th>Tiltak</th><th>Når</th></tr><tr><td>Fra</td><td>Til</td></tr>\
                    <tr><td>Buss</td><td>2026</td><td>[-2027-][+2028+]</td></tr></tbody></table>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_table_in_another_grid_is_the_same_table() {
    let table = |head: &str| {
        let html = format!(
            "<table><tr><th>Tiltak</th>{head}</tr>\
             <tr><td>Buss</td><td>Moss</td><td>2027</td></tr></table>"
        );
        super::document(&html)
    };
    let old = table("<th>Ansvar</th><th>Frist</th>");
    let new = table("<th colspan='2'>Ansvar og frist</th>");
    let merged = super::merge(&old, &new, &super::none(), &super::none());
    assert_eq!(merged.rewritten.len(), 1);
}
