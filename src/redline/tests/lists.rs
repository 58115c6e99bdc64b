//! Lists: items, levels, and answers to terms.

use super::merged;

#[test]
fn an_item_that_went_a_level_down_has_moved() {
    let old = "<ul><li>Styrke havna</li><li>Utvide kaia mot nord</li><li>Bygge molo</li></ul>";
    let new = "<ul><li>Styrke havna<ul><li>Utvide kaia mot nord</li></ul></li><li>Bygge molo</li>\
               </ul>";
    let expected = "<ul><li>Styrke havna[+<ul>[><li>Utvide kaia mot nord</li>>]</ul>+]</li>[<<li></li><]\
                    <li>Bygge molo</li></ul>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn an_item_that_went_a_level_up_has_moved() {
    let old = "<ul><li>Styrke havna<ul><li>Utvide kaia mot nord</li>\
               <li>Bygge molo ved innløpet</li></ul></li></ul>";
    let new = "<ul><li>Styrke havna<ul><li>Utvide kaia mot nord</li></ul></li>\
               <li>Bygge molo ved innløpet</li></ul>";
    let expected = "<ul><li>Styrke havna<ul><li>Utvide kaia mot nord</li>[<<li></li><]</ul></li>\
                    [><li>Bygge molo ved innløpet</li>>]</ul>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn an_item_that_was_split_keeps_the_longer_part() {
    let old = "<ul><li>Styrke samarbeidet om havna og bygge en ny kai for de store skipene</li>\
               <li>Annet</li></ul>";
    let new = "<ul><li>Styrke samarbeidet om havna</li>\
               <li>Bygge en ny kai for de store skipene</li><li>Annet</li></ul>";
    let expected = "<ul>[+<li>Styrke samarbeidet om havna</li>\
                    +]<li>[-Styrke samarbeidet om havna og bygge-]\
                    [+Bygge+] en ny kai for de store skipene</li><li>Annet</li></ul>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn two_items_that_were_joined_keep_the_longer_part() {
    let old = "<ul><li>Styrke samarbeidet om havna</li>\
               <li>Bygge en ny kai for de store skipene</li><li>Annet</li></ul>";
    let new = "<ul><li>Styrke samarbeidet om havna og bygge en ny kai for de store skipene</li>\
               <li>Annet</li></ul>";
    let expected = "<ul>[-<li>Styrke samarbeidet om havna</li>-]<li>[-Bygge-]\
                    [+Styrke samarbeidet om havna og bygge+] en ny kai for de store skipene</li>\
                    <li>Annet</li></ul>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn what_stands_below_a_rewritten_item_is_kept() {
    let old = "<ul><li>Rådet skal samle kommunene om felles innkjøp.<ul><li>Nivå to er det samme</li>\
               </ul></li></ul>";
    let new = "<ul><li>Havna bygges i år med tre kraner.<ul><li>Nivå to er det samme</li></ul></li>\
               </ul>";
    let expected = "<ul><li>[-Rådet skal samle kommunene om felles innkjøp.-]\
                    [+Havna bygges i år med tre kraner.+]<ul><li>Nivå to er det samme</li></ul></li>\
                    </ul>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_list_that_counts_from_another_number_is_the_same() {
    let old = "<ol start='3'><li>En ting</li><li>To ting</li></ol>";
    let new = "<ol start='4'><li>En ting</li><li>To ting</li></ol>";
    let expected = "<ol was=ol><li>En ting</li><li>To ting</li></ol>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn answers_stay_with_their_terms() {
    let old = "<dl><dt>Frist</dt><dd>2027</dd><dt>Ansvarlig</dt><dd>Moss kommune</dd></dl>";
    let new = "<dl><dt>Frist</dt><dd>2028</dd><dt>Ansvarlig</dt><dd>sekretariatet</dd>\
               <dt>Sted</dt><dd>Moss</dd></dl>";
    let expected = "<dl><dt>Frist</dt><dd>[-2027-][+2028+]</dd><dt>Ansvarlig</dt><dd>[-Moss kommune-]\
                    [+sekretariatet+]</dd>[+<dt>Sted</dt>+][+<dd>Moss</dd>+]</dl>";
    assert_eq!(merged(old, new), expected);
}
