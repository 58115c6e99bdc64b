//! Straight quotation marks and apostrophes → typographic ones.
//!
//! Only pairs are changed: a single mark may mean inches, or start a quotation that ends in another
//! paragraph. Decisions do not depend on changes of this pass, so a second run changes nothing.

use super::{Edit, QuotationMarks};
use crate::steps;
use std::collections::{BTreeMap, BTreeSet};

/// The role of a mark, by its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Neither,
}

/// The sign before `at`, and the one after the sign there.
fn around(text: &str, at: usize) -> (Option<char>, Option<char>) {
    steps::count(1);
    let before = text[..at].chars().next_back();
    (before, text[at..].chars().nth(1))
}

/// After these a word begins.
fn opens(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | '[' | '{' | '«' | '“' | '„')
}

/// After these a word may begin or end.
fn may_open(c: char) -> bool {
    matches!(
        c,
        '-' | '–' | '—' | '/' | '"' | '»' | '”' | '\'' | '‘' | '’'
    )
}

/// `"` in pairs. A pair inside another, or inside marks that are right already, is an inner one.
pub(super) fn double(text: &str, marks: &dyn Fn(usize) -> Option<QuotationMarks>) -> Vec<Edit> {
    if !text.contains('"') {
        return Vec::new();
    }
    let mut open: Vec<usize> = Vec::new();
    let mut pairs: BTreeMap<usize, usize> = BTreeMap::new();
    let mut last_open = None;
    for (at, _) in text.match_indices('"') {
        if marks(at).is_none() {
            continue;
        }
        let (before, after) = around(text, at);
        let after_mark = at > 0 && last_open == Some(at - 1);
        let side = match before {
            _ if after.is_some_and(|c| !c.is_whitespace())
                && (after_mark || before.is_none_or(opens)) =>
            {
                Side::Open
            }
            None => Side::Neither,
            Some(c) if opens(c) || after_mark => Side::Neither,
            Some(c) if may_open(c) => match after {
                Some(c) if c.is_alphanumeric() => Side::Open,
                Some(c) if open.is_empty() && !c.is_whitespace() => Side::Open,
                _ => Side::Close,
            },
            Some(_) => Side::Close,
        };
        match side {
            Side::Open => {
                open.push(at);
                last_open = Some(at);
            }
            Side::Close => {
                if let Some(start) = open.pop() {
                    pairs.insert(start, at);
                }
            }
            Side::Neither => {}
        }
    }
    with_levels(text, &pairs, marks)
}

/// The marks of each pair, by what stands around it.
fn with_levels(
    text: &str,
    pairs: &BTreeMap<usize, usize>,
    marks: &dyn Fn(usize) -> Option<QuotationMarks>,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    let ends: BTreeSet<usize> = pairs.values().copied().collect();
    // Whether each of the marks that are open is an outer one, and its end if it is ours.
    let mut open: Vec<(bool, Option<usize>)> = Vec::new();
    for (at, sign) in text.char_indices() {
        steps::count(1);
        match sign {
            '«' | '“' => open.push((true, None)),
            '»' | '”' if open.last().is_some_and(|(_, end)| end.is_none()) => {
                open.pop();
            }
            '"' if ends.contains(&at) => {
                // What was opened inside and not closed ends here too.
                while open.pop().is_some_and(|(_, end)| end != Some(at)) {}
            }
            '"' => {
                if let (Some(&end), Some(marks)) = (pairs.get(&at), marks(at)) {
                    let outer = !open.last().is_some_and(|(outer, _)| *outer);
                    open.push((outer, Some(end)));
                    let (first, second) = if outer { marks } else { ("‘", "’") };
                    edits.extend([(at, first), (end, second)]);
                }
            }
            _ => {}
        }
    }
    edits.sort_unstable();
    let edits = edits.into_iter().map(|(at, with)| Edit {
        at: at..at + 1,
        with,
    });
    edits.collect()
}

/// `'` as an apostrophe, and in pairs as a quotation mark.
pub(super) fn single(text: &str, marks: &dyn Fn(usize) -> Option<QuotationMarks>) -> Vec<Edit> {
    if !text.contains('\'') {
        return Vec::new();
    }
    let mut found: BTreeMap<usize, &'static str> = BTreeMap::new();
    // Marks that begin something, and whether they are an apostrophe if nothing ends it.
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (at, _) in text.match_indices('\'') {
        if marks(at).is_none() {
            continue;
        }
        let (before, after) = around(text, at);
        let word_after = after.is_some_and(char::is_alphanumeric);
        let starts = before.is_none_or(|c| opens(c) || may_open(c) || c == '"');
        if starts && after.is_some_and(|c| !c.is_whitespace()) {
            // «’68»
            match is_short_year(&text[at + 1..]) {
                true => drop(found.insert(at, "’")),
                false => open.push((at, word_after)),
            }
        } else if before.is_none_or(char::is_whitespace) {
            // Between spaces it is neither.
        } else if before.is_some_and(|c| c.is_ascii_digit()) && (word_after || open.is_empty()) {
            // Minutes, feet: 5'10.
        } else if word_after {
            found.insert(at, "’");
        } else {
            found.insert(at, "’");
            if let Some((start, _)) = open.pop() {
                found.insert(start, "‘");
            }
        }
    }
    let alone = open.into_iter().filter(|(_, is_apostrophe)| *is_apostrophe);
    found.extend(alone.map(|(at, _)| (at, "’")));
    let edits = found.into_iter().map(|(at, with)| Edit {
        at: at..at + 1,
        with,
    });
    edits.collect()
}

/// Whether a text begins with two digits and no more.
fn is_short_year(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 2
}
