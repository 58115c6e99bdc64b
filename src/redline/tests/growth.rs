//! Ten times the document takes at most twenty times the steps.

use super::*;
use crate::steps::assert_linear;

/// Asserts it of two documents that are made of as many parts as is asked for.
fn grows(size: usize, old: impl Fn(usize) -> String, new: impl Fn(usize) -> String) {
    let prepare = |size| (document(&old(size)), document(&new(size)));
    assert_linear(size, prepare, |(old, new)| {
        merge(&old, &new, &none(), &none())
    });
}

/// Paragraphs of words that no other paragraph has.
fn paragraphs(numbers: impl Iterator<Item = usize>, word: &str) -> String {
    let all = numbers.map(|n| {
        let words: Vec<String> = (0..9).map(|at| format!("{word}{n}x{at}")).collect();
        format!("<p>{}</p>", words.join(" "))
    });
    all.collect()
}

#[test]
fn with_many_equal_paragraphs() {
    let equal = |size| "<p>Rådet følger saken hvert eneste år.</p>".repeat(size);
    grows(300, equal, |size| equal(2 * size));
    let apart = |size| format!("<div>{}</div><p>En.</p>", equal(size));
    grows(300, apart, |size| {
        format!("<p>En.</p><section>{}</section>", equal(size))
    });
}

#[test]
fn with_many_other_paragraphs() {
    let all = |size, word| paragraphs(0..size, word);
    grows(300, |size| all(size, "a"), |size| all(size, "b"));
    // Words that all of them share.
    let common = |size, word: &str| {
        let all = (0..size).map(|n| format!("<p>Rådet samler alle kommunene {word}{n}</p>"));
        all.collect::<String>()
    };
    grows(300, |size| common(size, "a"), |size| common(size, "b"));
}

#[test]
fn with_everything_in_another_order() {
    let forwards = |size| paragraphs(0..size, "a");
    grows(300, forwards, |size| paragraphs((0..size).rev(), "a"));
}

#[test]
fn with_one_long_paragraph() {
    let long = |size: usize, other: usize| {
        let words: Vec<String> = (0..size)
            .map(|n| format!("{}{n}", if n == other { "b" } else { "a" }))
            .collect();
        format!("<p>{}</p>", words.join(" "))
    };
    grows(5_000, |size| long(size, size), |size| long(size, size / 2));
}

#[test]
fn with_one_paragraph_of_many_links() {
    let links = |size: usize, place: &str| {
        let all = (0..size).map(|n| format!("<a href=\"#{place}{n}\">lenke {n}</a> og "));
        format!("<p>{}</p>", all.collect::<String>())
    };
    grows(300, |size| links(size, "a"), |size| links(size, "b"));
}

#[test]
fn with_a_table_of_many_rows() {
    let table = |numbers: &mut dyn Iterator<Item = usize>, cell: &str| {
        let rows = numbers.map(|n| format!("<tr><td>Rad {n}</td><td>{cell}{n}</td></tr>"));
        format!("<table>{}</table>", rows.collect::<String>())
    };
    grows(
        300,
        |size| table(&mut (0..size), "a"),
        |size| table(&mut (0..size).rev(), "b"),
    );
}

/// Beyond the bound a paragraph is shown as it was and as it is.
#[test]
fn a_paragraph_beyond_the_bound_is_compared_as_a_whole() {
    let long = |word: &str| {
        let words: Vec<String> = (0..6_500).map(|n| format!("ord{n} {word}{n}")).collect();
        document(&format!("<p>{}</p>", words.join(" ")))
    };
    let (old, new) = (long("a"), long("b"));
    let merged = merge(&old, &new, &none(), &none());
    assert!(merged.is_coarse);
    hold(&merged, &old, &new);
}
