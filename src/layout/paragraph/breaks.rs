//! Shapes a paragraph, and finds the allowed line breaks of UAX #14.

use super::{Paragraph, TextStyle};
use crate::dom::{NodeId, nobreak};
use crate::layout::shape::{Shaper, WordId};
use crate::steps;

/// Bytes of a word that are shaped at once. No word of a language is longer; what is goes on in the
/// next unit, so that finding a place in it costs no more than in a word.
const LONGEST_UNIT: usize = 256;
/// Bytes on each side of a place that may belong to the address around it.
const LONGEST_ADDRESS: usize = 2048;

/// A shaped word or a space of the paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// Index of its text run.
    pub text_run: usize,
    /// Left end, as if the paragraph were one line.
    pub x: f64,
    /// Width in points.
    pub width: f64,
    /// Right end of what is seen up to here: of the last unit that is no plain space.
    pub seen: f64,
    /// The glyphs; `None` for a space.
    pub word: Option<WordId>,
}

/// Why a line may end at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum BreakKind {
    /// The start of the paragraph.
    Start,
    /// After a space, hyphen or slash.
    Plain,
    /// At a soft hyphen, which an author has put.
    Soft,
    /// By the patterns of the language.
    Hyphen,
    /// In the middle of a word, since nothing else fits.
    Anywhere,
    /// It must.
    Forced,
}

/// A break opportunity (UAX #14): a place where a line may end.
#[derive(Debug, Clone, Copy)]
pub(super) struct BreakOpportunity {
    /// The byte that the next line starts with.
    pub at: usize,
    /// Why.
    pub kind: BreakKind,
    /// Right end of a line that ends here, without its space, with its hyphen.
    pub end: f64,
    /// Left end of a line that starts here.
    pub next: f64,
}

/// How far words are divided to find places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    /// Not at all.
    Whole,
    /// By the patterns of the language.
    Hyphenate,
    /// By them also where it is not wished for, as in headings.
    Force,
    /// Anywhere.
    Anywhere,
}

/// Where the hyphen of a divided word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hyphen {
    /// In the margin, so that the edge of the letters is even.
    Hanging,
    /// Within the measure: beside a cell there is no margin.
    Inside,
}

/// A shaped paragraph.
#[derive(Debug)]
pub(in crate::layout) struct ShapedParagraph {
    pub(super) paragraph: Paragraph,
    pub(super) units: Vec<Unit>,
    /// Whether there is an address on the web in it; most paragraphs have none, and need not be
    /// searched again at each place.
    pub(super) has_address: bool,
    /// Whether an author has put soft hyphens.
    pub(super) has_soft: bool,
}

impl ShapedParagraph {
    /// Shapes a paragraph. Calls `missing` for each character that no face has.
    pub(in crate::layout) fn new(
        paragraph: Paragraph,
        shaper: &mut Shaper,
        mut missing: impl FnMut(char, NodeId),
    ) -> Self {
        let mut units = Vec::with_capacity(paragraph.text.len() / 3 + 2);
        let (mut x, mut seen) = (0.0, 0.0);
        for (index, text_run) in paragraph.text_runs.iter().enumerate() {
            let style = paragraph.styles[text_run.style];
            x += text_run.pad_before;
            let mut start = text_run.start;
            while start < text_run.end {
                let rest = &paragraph.text[start..text_run.end];
                let first = rest.chars().next().expect("the rest is not empty");
                let (end, width, word) = if is_space(first) {
                    let width = shaper.space(first, style.face) * style.size / 1000.0;
                    (start + first.len_utf8(), width, None)
                } else {
                    let rest = &rest[..rest.floor_char_boundary(LONGEST_UNIT)];
                    steps::count(rest.len());
                    let end = start + rest.find(is_space).unwrap_or(rest.len());
                    let text = &paragraph.text[start..end];
                    let id = shaper.word(text, style.face, style.forms);
                    let shaped = shaper.get(id);
                    for &c in &shaped.missing {
                        missing(c, text_run.node);
                    }
                    (end, shaped.width * style.size / 1000.0, Some(id))
                };
                steps::count(1);
                if word.is_some() || first != ' ' {
                    let pad = if end == text_run.end {
                        text_run.pad_after
                    } else {
                        0.0
                    };
                    seen = x + width + pad;
                }
                units.push(Unit {
                    start,
                    end,
                    text_run: index,
                    x,
                    width,
                    seen,
                    word,
                });
                x += width;
                start = end;
            }
            x += text_run.pad_after;
        }
        Self {
            has_address: nobreak::is_address(&paragraph.text),
            has_soft: paragraph.text.contains('\u{ad}'),
            paragraph,
            units,
        }
    }

    /// Right end of what is seen of the units before index `to`.
    pub(super) fn end_before(&self, to: usize) -> f64 {
        let last = to.checked_sub(1).map(|last| &self.units[last]);
        last.map_or(0.0, |unit| unit.seen)
    }

    pub(super) fn style(&self, unit: &Unit) -> &TextStyle {
        &self.paragraph.styles[self.paragraph.text_runs[unit.text_run].style]
    }

    /// Whether our own rules allow a place that the standard allows.
    pub(super) fn allows(&self, at: usize) -> bool {
        let text = &self.paragraph.text;
        if nobreak::forbids(text, at) || self.inside_kept(at) {
            return false;
        }
        // Addresses have places of their own, save the space that ends them.
        !self.has_address
            || text[..at].ends_with([' ', '\u{ad}'])
            || !nobreak::is_address(word_around(text, at))
    }

    /// Whether a place lies within a text run whose lines may not end, or before a raised or
    /// lowered one: the number of a note stays with the sign before it («hva?¹»).
    pub(super) fn inside_kept(&self, at: usize) -> bool {
        let text_runs = &self.paragraph.text_runs;
        let index = text_runs.partition_point(|p| p.end <= at);
        let Some(here) = text_runs.get(index) else {
            return false;
        };
        let kept = |text_run: &super::TextRun| self.paragraph.styles[text_run.style].keep_on_line;
        if here.start < at {
            return kept(here);
        }
        if self.paragraph.styles[here.style].rise != 0.0 {
            return !self.paragraph.text[..at].ends_with(is_space);
        }
        index > 0 && kept(here) && kept(&text_runs[index - 1]) && text_runs[index - 1].end == at
    }
}

/// The word that a place stands in, as far as it may be an address.
pub(super) fn word_around(text: &str, at: usize) -> &str {
    let first = text.ceil_char_boundary(at.saturating_sub(LONGEST_ADDRESS));
    let last = text.floor_char_boundary(at.saturating_add(LONGEST_ADDRESS));
    let start = text[first..at]
        .rfind([' ', '\n'])
        .map_or(first, |i| first + i + 1);
    let end = text[at..last].find([' ', '\n']).map_or(last, |i| at + i);
    &text[start..end]
}

/// Spaces have a width but no glyphs of their own in the cache.
pub(super) fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2002}' | '\u{2003}' | '\u{2009}' | '\t' | '\n'
    )
}
