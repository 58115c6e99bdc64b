//! Footnotes.

use super::merged;

#[test]
fn a_change_in_a_footnote_is_marked_in_it() {
    let old = "<p>Havna er gammel<a class='noteref' href='#c.note-1'>1</a> og trang.</p>\
               <aside class='note' id='c.note-1'>Se rapporten fra 2019 om havna.</aside>";
    let new = "<p>Havna er gammel<a class='noteref' href='#c.note-1'>1</a> og trang.</p>\
               <aside class='note' id='c.note-1'>Se rapporten fra 2021 om havna.</aside>";
    let expected = "<p>Havna er gammel<a>1</a> og trang.</p><aside>Se rapporten fra [-2019-]\
                    [+2021+] om havna.</aside>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_reference_that_moved_leaves_the_words_around_it() {
    let old = "<p>Havna er gammel<a class='noteref' href='#c.note-kai'>1</a> og trang, men kaia er \
               god.</p>\
               <aside class='note' id='c.note-kai'>Se rapporten fra 2019.</aside>";
    let new = "<p>Havna er gammel og trang<a class='noteref' href='#c.note-kai'>1</a>, men kaia er \
               god.</p>\
               <aside class='note' id='c.note-kai'>Se rapporten fra 2019.</aside>";
    let expected = "<p>Havna er gammel[-<a>1</a>-] og trang[+<a>1</a>+], men kaia er god.</p>\
                    <aside>Se rapporten fra 2019.</aside>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn another_footnote_before_it_changes_no_footnote() {
    let old = "<p>Havna er gammel.</p>\
               <p>Kaia er god<a class='noteref' href='#c.note-1'>1</a> og lang.</p>\
               <aside class='note' id='c.note-1'>Se rapporten fra 2019 om havna.</aside>";
    let new = "<p>Havna er gammel<a class='noteref' href='#c.note-1'>1</a>.</p>\
               <p>Kaia er god<a class='noteref' href='#c.note-2'>2</a> og lang.</p>\
               <aside class='note' id='c.note-1'>Bygd i 1911 av byens menn.</aside>\
               <aside class='note' id='c.note-2'>Se rapporten fra 2019 om havna.</aside>";
    let expected = "<p>Havna er gammel[+<a>1</a>+].</p><p>Kaia er god<a>2</a> og lang.</p>\
                    [+<aside>Bygd i 1911 av byens menn.</aside>\
                    +]<aside>Se rapporten fra 2019 om havna.</aside>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_reference_to_a_footnote_that_is_shared_now_is_another() {
    let old = "<p>Havna er gammel<a class='noteref' href='#c.note-havn'>1</a> og trang.</p>\
               <p>Kaia er god<a class='noteref' href='#c.note-kai'>2</a> og lang.</p>\
               <aside class='note' id='c.note-havn'>Se rapporten fra 2019.</aside>\
               <aside class='note' id='c.note-kai'>Se rapporten fra 2020.</aside>";
    let new = "<p>Havna er gammel<a class='noteref' href='#c.note-havn'>1</a> og trang.</p>\
               <p>Kaia er god<a class='noteref' href='#c.note-havn'>1</a> og lang.</p>\
               <aside class='note' id='c.note-havn'>Se rapporten fra 2019.</aside>";
    let expected = "<p>Havna er gammel<a>1</a> og trang.</p><p>Kaia er god[-<a>2</a>-]\
                    [+<a>1</a>+] og lang.</p><aside>Se rapporten fra 2019.</aside>\
                    [-<aside>Se rapporten fra 2020.</aside>-]";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_footnote_goes_with_a_chapter_that_has_another_name() {
    let old = "<section id='chapter-a'><h2>Havn</h2><p>Kaia er god<a class='noteref' \
               href='#chapter-a.note-kai'>1</a> og lang, og den skal bli lengre.</p>\
               </section>";
    let new = "<section id='chapter-b'><h2>Havn</h2><p>Kaia er god<a class='noteref' \
               href='#chapter-b.note-kai'>1</a> og lang, og den skal bli lengre.</p>\
               </section>";
    let expected = "<section><h2>Havn</h2><p>Kaia er god<a>1</a> og lang, og den skal bli lengre.</p>\
                    </section>";
    assert_eq!(merged(old, new), expected);
}
