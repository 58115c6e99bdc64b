//! Paragraphs, headings, quotations, chapters.

use super::merged;

#[test]
fn a_quotation_is_never_shown_in_pieces() {
    let old = "<blockquote><p>Vi vil ha en ny havn, og vi vil ha den nå i vår.</p></blockquote>";
    let new = "<blockquote><p>Vi vil ha en ny havn, og vi vil ha den nå i høst.</p></blockquote>";
    let expected = "<blockquote>[-<p>Vi vil ha en ny havn, og vi vil ha den nå i vår.</p>-]\
                    [+<p>Vi vil ha en ny havn, og vi vil ha den nå i høst.</p>+]</blockquote>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn words_kept_verbatim_are_never_shown_in_pieces() {
    let old = "<div class='verbatim'>Vi vil ha en ny havn, og vi vil ha den nå i vår.</div>";
    let new = "<div class='verbatim'>Vi vil ha en ny havn, og vi vil ha den nå i høst.</div>";
    let expected = "<div>[-Vi vil ha en ny havn, og vi vil ha den nå i vår.-]\
                    [+Vi vil ha en ny havn, og vi vil ha den nå i høst.+]</div>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_heading_of_another_level_is_the_same() {
    let old = "<section><h2>Havn</h2><h3>Kai og molo</h3><p>Rådet skal samle kommunene.</p>\
               </section>";
    let new = "<section><h2>Havn</h2><h4>Kai og molo</h4><p>Rådet skal samle kommunene.</p>\
               </section>";
    let expected = "<section><h2>Havn</h2><h4 was=h3>Kai og molo</h4><p>Rådet skal samle kommunene.</p>\
                    </section>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn the_heading_of_a_chapter_keeps_its_place_and_number() {
    let old = "<section><h2><span class='number'>1</span> Havn i byen</h2><p>Rådet skal samle \
               kommunene.</p>\
               </section>";
    let new = "<section><h2><span class='number'>2</span> Samarbeid</h2><p>Rådet skal samle \
               kommunene.</p>\
               </section>";
    let expected = "<section><h2><span>2</span> [-Havn i byen-]\
                    [+Samarbeid+]</h2><p>Rådet skal samle kommunene.</p></section>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn of_two_equal_paragraphs_one_is_struck() {
    let old = "<p>Vedtaket sendes til kommunene.</p><p>Vedtaket sendes til kommunene.</p>\
               <p>Slutt på saken.</p>";
    let new = "<p>Vedtaket sendes til kommunene.</p><p>Slutt på saken.</p>";
    let expected = "<p>Vedtaket sendes til kommunene.</p>[-<p>Vedtaket sendes til kommunene.</p>-]\
                    <p>Slutt på saken.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn equal_paragraphs_stay_where_their_neighbours_are() {
    let old = "<p>Vedtaket sendes ut.</p><p>Om havna i byen vår.</p><p>Vedtaket sendes ut.</p>\
               <p>Om veien til byen.</p>";
    let new = "<p>Helt nytt.</p><p>Om havna i byen vår.</p><p>Vedtaket sendes ut.</p>\
               <p>Om veien til byen.</p>";
    let expected = "[-<p>Vedtaket sendes ut.</p>-][+<p>Helt nytt.</p>+]<p>Om havna i byen vår.</p>\
                    <p>Vedtaket sendes ut.</p><p>Om veien til byen.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn an_empty_document_becomes_one_with_words() {
    let old = "";
    let new = "<p>Vedtaket sendes til kommunene.</p>";
    let expected = "[+<p>Vedtaket sendes til kommunene.</p>+]";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_document_becomes_empty() {
    let old = "<p>Vedtaket sendes til kommunene.</p>";
    let new = "";
    let expected = "[-<p>Vedtaket sendes til kommunene.</p>-]";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_paragraph_that_was_split_keeps_its_longer_part() {
    let old = "<p>Rådet skal samle kommunene om felles innkjøp. Sekretariatet fører listen over \
               avtaler. Listen legges fram i møtet om våren.</p>";
    let new = "<p>Rådet skal samle kommunene om felles innkjøp.</p>\
               <p>Sekretariatet fører listen over avtaler. Listen legges fram i møtet om våren.</p>";
    let expected = "[+<p>Rådet skal samle kommunene om felles innkjøp.</p>\
                    +]<p>[-Rådet skal samle kommunene om felles innkjøp. -]\
                    Sekretariatet fører listen over avtaler. Listen legges fram i møtet om våren.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn two_paragraphs_that_were_joined_keep_the_longer_part() {
    let old = "<p>Rådet skal samle kommunene om felles innkjøp.</p>\
               <p>Sekretariatet fører listen over avtaler. Listen legges fram i møtet om våren.</p>";
    let new = "<p>Rådet skal samle kommunene om felles innkjøp. Sekretariatet fører listen over \
               avtaler. Listen legges fram i møtet om våren.</p>";
    let expected = "[-<p>Rådet skal samle kommunene om felles innkjøp.</p>-]\
                    <p>[+Rådet skal samle kommunene om felles innkjøp. +]Sekretariatet fører listen over \
                    avtaler. Listen legges fram i møtet om våren.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_rewritten_paragraph_is_shown_before_and_after() {
    let old = "<p>Rådet skal samle kommunene om felles innkjøp hvert år, og føre en liste.</p>";
    let new = "<p>Om felles innkjøp hvert år skal Råde, Moss og Halden bli enige uten rådet.</p>";
    let expected = "[-<p>Rådet skal samle kommunene om felles innkjøp hvert år, og føre en liste.</p>-]\
                    [+<p>Om felles innkjøp hvert år skal Råde, Moss og Halden bli enige uten rådet.</p>\
                    +]";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn other_words_for_a_picture_keep_the_picture() {
    let old = "<figure><img src='a.png' alt='Kart over havna'><figcaption>Havna i \
               byen</figcaption></figure>";
    let new = "<figure><img src='a.png' alt='Kart over hele havna'><figcaption>Havna i \
               byen</figcaption></figure>";
    let expected = "<figure><img was=img></img><figcaption>Havna i byen</figcaption></figure>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_chapter_that_moved_has_moved_whole() {
    let old = "<section id='chapter-a'><h2>Havn</h2><p>Rådet skal samle kommunene.</p></section>\
               <section id='chapter-b'><h2>Vei</h2><p>Veien skal bli bredere i år og neste år.</p>\
               </section>";
    let new = "<section id='chapter-b'><h2>Vei</h2><p>Veien skal bli bredere i år og neste år.</p>\
               </section><section id='chapter-a'><h2>Havn</h2><p>Rådet skal samle fylkene.</p>\
               </section>";
    let expected = "[<<p></p><]<section><h2>Vei</h2><p>Veien skal bli bredere i år og neste år.</p>\
                    </section>[><section><h2>Havn</h2><p>Rådet skal samle [-kommunene-][+fylkene+].</p>\
                    </section>>]";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn headings_move_with_what_they_head() {
    let old = "<section><h2>Havn</h2><h3>Kai og molo</h3><p>Rådet skal samle kommunene.</p>\
               <h3>Fyr</h3><p>Fyret skal males hvitt.</p></section>";
    let new = "<section><h2>Havn</h2><h3>Fyr</h3><p>Fyret skal males hvitt.</p>\
               <h3>Kai og molo</h3><p>Rådet skal samle kommunene.</p></section>";
    let expected = "<section><h2>Havn</h2>[><h3>Fyr</h3>>][><p>Fyret skal males hvitt.</p>>]\
                    <h3>Kai og molo</h3><p>Rådet skal samle kommunene.</p>[<<p></p><][<<p></p><]\
                    </section>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn everything_reordered_is_moved() {
    let old = "<p>Rådet skal samle kommunene.</p><p>Havna bygges i år med kraner.</p>\
               <p>Skolen får nytt tak.</p>";
    let new = "<p>Skolen får nytt tak.</p><p>Havna bygges i år med kraner.</p>\
               <p>Rådet skal samle kommunene.</p>";
    let expected = "[<<p></p><][><p>Skolen får nytt tak.</p>>]<p>Havna bygges i år med kraner.</p>\
                    [<<p></p><][><p>Rådet skal samle kommunene.</p>>]";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn everything_rewritten_is_struck_and_added() {
    let old = "<p>Rådet skal samle kommunene.</p><p>Havna bygges i år.</p>";
    let new = "<p>Alt ble annerledes nå.</p><p>Ingen kjente igjen noe.</p>";
    let expected = "[-<p>Rådet skal samle kommunene.</p>-][-<p>Havna bygges i år.</p>-]\
                    [+<p>Alt ble annerledes nå.</p>+][+<p>Ingen kjente igjen noe.</p>+]";
    assert_eq!(merged(old, new), expected);
}
