//! What makes marked words readable.

use super::merged;

#[test]
fn a_lone_comma_takes_the_word_with_it() {
    let old = "<p>Rådet skal samle kommunene om felles innkjøp hvert år, og føre listen over \
               avtaler.</p>";
    let new = "<p>Rådet skal samle kommunene om felles innkjøp hvert år og føre listen over \
               avtaler.</p>";
    let expected = "<p>Rådet skal samle kommunene om felles innkjøp hvert [-år,-]\
                    [+år+] og føre listen over avtaler.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_date_is_whole() {
    let old = "<p>Rådet møtes 17. mai 2026 i Moss og skal der behandle årets melding om havna.</p>";
    let new = "<p>Rådet møtes 19. mai 2026 i Moss og skal der behandle årets melding om havna.</p>";
    let expected = "<p>Rådet møtes [-17. mai 2026-]\
                    [+19. mai 2026+] i Moss og skal der behandle årets melding om havna.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_name_is_whole() {
    let old =
        "<p>Saken legges fram av ordfører Kari Nordmann i møtet og sendes så til kommunene.</p>";
    let new =
        "<p>Saken legges fram av ordfører Kari Hansen i møtet og sendes så til kommunene.</p>";
    let expected = "<p>Saken legges fram av ordfører [-Kari Nordmann-]\
                    [+Kari Hansen+] i møtet og sendes så til kommunene.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_number_is_whole() {
    let old = "<p>Rådet setter av 1,5 millioner kroner til kaia og moloen i byen i 2026–2027 og \
               senere.</p>";
    let new = "<p>Rådet setter av 2,5 millioner kroner til kaia og moloen i byen i 2026–2028 og \
               senere.</p>";
    let expected = "<p>Rådet setter av [-1,5-]\
                    [+2,5+] millioner kroner til kaia og moloen i byen i [-2026–2027-]\
                    [+2026–2028+] og senere.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn two_kept_words_between_marks_are_joined() {
    let old =
        "<p>en to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten seksten</p>";
    let new =
        "<p>en to tre fire XX seks sju YY ni ti elleve tolv tretten fjorten femten seksten</p>";
    let expected = "<p>en to tre fire [-fem seks sju åtte-]\
                    [+XX seks sju YY+] ni ti elleve tolv tretten fjorten femten seksten</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn three_kept_words_between_marks_are_kept() {
    let old =
        "<p>en to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten seksten</p>";
    let new =
        "<p>en to tre fire XX seks sju åtte YY ti elleve tolv tretten fjorten femten seksten</p>";
    let expected = "<p>en to tre fire [-fem-][+XX+] seks sju åtte [-ni-]\
                    [+YY+] ti elleve tolv tretten fjorten femten seksten</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn deletions_stand_before_insertions() {
    let old =
        "<p>en to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten seksten</p>";
    let new =
        "<p>en to tre fire aa seks bb åtte ni ti elleve tolv tretten fjorten femten seksten</p>";
    let expected = "<p>en to tre fire [-fem seks sju-]\
                    [+aa seks bb+] åtte ni ti elleve tolv tretten fjorten femten seksten</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn from_four_of_five_words_on_words_are_marked() {
    let old = "<p>Rådet samler alle kommunene om felles innkjøp. Vi ror nå.</p>";
    let new = "<p>Rådet samler alle kommunene om felles innkjøp. Vi ser opp.</p>";
    let expected =
        "<p>Rådet samler alle kommunene om felles innkjøp. Vi [-ror nå-][+ser opp+].</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn below_it_whole_sentences_are_marked() {
    let old = "<p>Rådet samler alle kommunene. Vi ror nå.</p>";
    let new = "<p>Rådet samler alle kommunene. Vi ser opp.</p>";
    let expected = "<p>Rådet samler alle kommunene. [-Vi ror nå.-][+Vi ser opp.+]</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn from_two_of_five_words_on_a_paragraph_is_one() {
    let old = "<p>En to tre fire. Fem seks sju åtte ni ti.</p>";
    let new = "<p>En to tre fire. Aa bb cc dd ee ff.</p>";
    let expected = "<p>En to tre fire. [-Fem seks sju åtte ni ti.-][+Aa bb cc dd ee ff.+]</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn below_it_a_paragraph_is_shown_before_and_after() {
    let old = "<p>En to tre. Fire fem seks sju åtte ni ti.</p>";
    let new = "<p>En to tre. Aa bb cc dd ee ff gg.</p>";
    let expected = "[-<p>En to tre. Fire fem seks sju åtte ni ti.</p>-]\
                    [+<p>En to tre. Aa bb cc dd ee ff gg.</p>+]";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_paragraph_of_which_no_sentence_is_kept_is_shown_before_and_after() {
    let old = "<p>en to tre fire fem seks sju åtte ni ti</p>";
    let new = "<p>en to tre fire aa bb cc dd ee ff</p>";
    let expected = "[-<p>en to tre fire fem seks sju åtte ni ti</p>-]\
                    [+<p>en to tre fire aa bb cc dd ee ff</p>+]";
    assert_eq!(merged(old, new), expected);
}
