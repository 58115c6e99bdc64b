//! Formatting and links.

use super::*;

#[test]
fn words_that_become_emphasised_are_shown_once() {
    let old = "<p>Rådet skal samle kommunene om felles innkjøp hvert år.</p>";
    let new = "<p>Rådet skal samle kommunene om <em>felles innkjøp</em> hvert år.</p>";
    let expected = "<p>Rådet skal samle kommunene om [*<em>felles innkjøp</em>*] hvert år.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn words_that_lose_their_emphasis_are_shown_once() {
    let old = "<p>Rådet skal samle <strong>kommunene</strong> om felles innkjøp hvert år.</p>";
    let new = "<p>Rådet skal samle kommunene om felles innkjøp hvert år.</p>";
    let expected = "<p>Rådet skal samle [/<span was=strong>kommunene</span>/] om felles innkjøp hvert \
                    år.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn words_with_another_emphasis_are_shown_once() {
    let old = "<p>Rådet skal samle <em>kommunene</em> om felles innkjøp hvert år.</p>";
    let new = "<p>Rådet skal samle <strong>kommunene</strong> om felles innkjøp hvert år.</p>";
    let expected =
        "<p>Rådet skal samle <strong was=em>kommunene</strong> om felles innkjøp hvert år.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn emphasis_that_grows_is_put_around_what_there_was() {
    let old = "<p>Rådet skal samle <em>kommunene</em> om felles innkjøp hvert år.</p>";
    let new = "<p>Rådet skal samle <em>kommunene om felles innkjøp</em> hvert år.</p>";
    let expected = "<p>Rådet skal samle [*<em>[/<span was=em>kommunene</span>/] om felles innkjøp</em>*] \
                    hvert år.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn emphasis_that_crosses_what_there_was_marks_its_words() {
    let old =
        "<p>Rådet skal <em>samle alle kommunene</em> om felles innkjøp hvert år fra våren.</p>";
    let new =
        "<p>Rådet skal samle <em>alle kommunene om felles</em> innkjøp hvert år fra våren.</p>";
    let expected = "<p>Rådet skal [-<em>samle alle kommunene</em>-]\
                    [+samle +][*<em>[+alle kommunene+] om felles</em>*] innkjøp hvert år fra våren.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_word_in_other_emphasis_is_marked_alone() {
    let old = "<p>Rådet skal samle <em>alle kommunene</em> om felles innkjøp hvert år.</p>";
    let new = "<p>Rådet skal samle <strong>alle fylkene</strong> om felles innkjøp hvert år.</p>";
    let expected = "<p>Rådet skal samle <strong was=em>alle [-kommunene-]\
                    [+fylkene+]</strong> om felles innkjøp hvert år.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_whole_paragraph_in_bold_is_shown_once() {
    let old = "<p>Rådet skal samle kommunene.</p>";
    let new = "<p><strong>Rådet skal samle kommunene.</strong></p>";
    let expected = "<p>[*<strong>Rådet skal samle kommunene.</strong>*]</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_link_to_another_place_keeps_its_words() {
    let old =
        "<p>Les mer om det i <a href='https://example.org/a'>planen for havna</a> fra i fjor.</p>";
    let new =
        "<p>Les mer om det i <a href='https://example.org/b'>planen for havna</a> fra i fjor.</p>";
    let expected = "<p>Les mer om det i <a was=a>planen for havna</a> fra i fjor.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn a_link_with_other_words_to_another_place_is_one_link() {
    let old = "<p>Les mer om det i <a href='https://example.org/a'>planen for havna i Moss</a> fra i \
               fjor.</p>";
    let new = "<p>Les mer om det i <a href='https://example.org/b'>planen for havna i Råde</a> fra i \
               fjor.</p>";
    let expected =
        "<p>Les mer om det i <a was=a>planen for havna i [-Moss-][+Råde+]</a> fra i fjor.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn words_that_become_a_link_are_shown_once() {
    let old = "<p>Les mer om det i planen for havna fra i fjor.</p>";
    let new =
        "<p>Les mer om det i <a href='https://example.org/a'>planen for havna</a> fra i fjor.</p>";
    let expected = "<p>Les mer om det i [*<a>planen for havna</a>*] fra i fjor.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn an_element_of_which_nothing_is_kept_is_struck_whole() {
    let old = "<p>Les mer om det i planen for havna, som <a href='https://example.org/a'>fylket</a> \
               laget.</p>";
    let new = "<p>Les mer om det i planen for havna, som <a href='https://example.org/b'>Råde</a> \
               laget.</p>";
    let expected = "<p>Les mer om det i planen for havna, som [-<a>fylket</a>-]\
                    [+<a>Råde</a>+] laget.</p>";
    assert_eq!(merged(old, new), expected);
}

#[test]
fn code_is_marked_in_its_lines() {
    let old = "<pre>a = 1 og b = 2 og c = 3 og d = 4</pre>";
    let new = "<pre>a = 1 og b = 5 og c = 3 og d = 4</pre>";
    let expected = "<pre>a = 1 og b = [-2-][+5+] og c = 3 og d = 4</pre>";
    assert_eq!(merged(old, new), expected);
}

/// What changes without its words is seen at the margin.
#[test]
fn a_block_tells_that_something_other_than_words_has_changed() {
    let pairs = [
        (
            "<p>Se <a href='#a'>planen</a> nå.</p>",
            "<p>Se <a href='#b'>planen</a> nå.</p>",
        ),
        (
            "<p>Se <em>planen</em> nå.</p>",
            "<p>Se <strong>planen</strong> nå.</p>",
        ),
        ("<p>Se <em>planen</em> nå.</p>", "<p>Se planen nå.</p>"),
        ("<p>Se planen nå.</p>", "<p>Se <em>planen</em> nå.</p>"),
        ("<h3>Planen</h3>", "<h4>Planen</h4>"),
        (
            "<ol start='3'><li>En ting</li></ol>",
            "<ol start='4'><li>En ting</li></ol>",
        ),
        (
            "<figure><img src='a.png' alt='Kart'><figcaption>Kai</figcaption></figure>",
            "<figure><img src='a.png' alt='Kart i svart'><figcaption>Kai</figcaption></figure>",
        ),
    ];
    for (old, new) in pairs {
        let (old, new) = (document(old), document(new));
        let mut merged = merge(&old, &new, &none(), &none());
        dress(&mut merged, &english());
        hold(&merged, &old, &new);
        let block = merged.document.get(Document::ROOT).children[0];
        let letter = merged.document.get(block).attr("data-change");
        assert_eq!(letter, Some("E"), "{}", merged.document.text_of(block));
    }
}
