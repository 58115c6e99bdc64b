//! Keeps words on one line: «uke 9», «2026–2029», «11. april».
//!
//! Browsers only know the line breaks of UAX #14. The page has the same Norwegian rules as the PDF
//! ([`nobreak`]), written as `span.nowrap`, which does not change the text.

use super::escape::push_escaped;
use crate::dom::nobreak;

/// Adds the text, escaped, with what must stay together in elements of its own.
pub(super) fn push_text(text: &str, out: &mut String) {
    // A line end in the source is a space on the page.
    let flat = text.replace(['\n', '\t'], " ");
    let mut start = 0;
    let mut is_kept = false;
    let mut done = 0;
    let mut flush = |start: usize, end: usize, is_kept: bool, out: &mut String| {
        let group = &text[start..end];
        if is_kept && group.chars().count() <= nobreak::LONGEST_KEPT {
            push_escaped(&text[done..start], out);
            out.push_str("<span class=\"nowrap\">");
            push_escaped(group, out);
            out.push_str("</span>");
            done = end;
        }
    };
    for (from, to) in words(&flat) {
        let before = flat[start..from].trim_end_matches(' ');
        let joins = !before.is_empty() && nobreak::forbids(&flat, from);
        if !joins {
            flush(start, start + before.len(), is_kept, out);
            start = from;
            is_kept = false;
        }
        is_kept |= joins || is_whole(&flat, from, to);
    }
    let end = start + flat[start..].trim_end_matches(' ').len();
    flush(start, end, is_kept, out);
    push_escaped(&text[done..], out);
}

/// The places of the words between spaces.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at + text[at..].find(|c| c != ' ')?;
        at = text[from..].find(' ').map_or(text.len(), |i| from + i);
        Some((from, at))
    })
}

/// Whether a word has a sign after which a browser would end a line, and may not.
fn is_whole(text: &str, from: usize, to: usize) -> bool {
    let word = &text[from..to];
    if nobreak::is_address(word) {
        return false;
    }
    let marks = word.match_indices(['–', '-', '/']);
    marks
        .map(|(at, mark)| from + at + mark.len())
        .any(|at| at < to && at - from > 1 && nobreak::forbids(text, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = String::new();
        push_text(text, &mut out);
        out.replace("<span class=\"nowrap\">", "[")
            .replace("</span>", "]")
    }

    #[test]
    fn numbers_stay_with_their_words() {
        assert_eq!(written("Uke 9–19"), "[Uke 9–19]");
        assert_eq!(
            written("perioden 2026–2029, vedtatt 11. april i sak 3."),
            "perioden [2026–2029,] vedtatt [11. april] i [sak 3.]"
        );
    }

    #[test]
    fn spaces_around_and_plain_text_stay_as_they_are() {
        assert_eq!(
            written("\n  bare ord & tegn <her>  "),
            "\n  bare ord &amp; tegn &lt;her&gt;  "
        );
        assert_eq!(written(" i uke\n9\n"), " i [uke\n9]\n");
        assert_eq!(written(""), "");
        assert_eq!(written(" \n"), " \n");
    }

    #[test]
    fn what_is_too_long_for_a_phone_may_break() {
        let word = "arbeidsmarkedsintegrasjonen – ja";
        assert_eq!(written(word), word);
        assert_eq!(
            written("https://a.no/2026-2029/x"),
            "https://a.no/2026-2029/x"
        );
    }
}
