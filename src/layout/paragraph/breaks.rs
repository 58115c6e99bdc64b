//! Shapes a paragraph and finds the places where its lines may end.
//!
//! The standard's places (UAX #14) are filtered by [`nobreak`]; hyphenation and the cutting of
//! what does not fit at all are added on demand, in later passes.

use super::{Paragraph, TextStyle};
use crate::dom::nobreak;
use crate::layout::hyphenate::{Hyphenator, Language};
use crate::layout::shape::{Figures, Shaper, WordId};
use unicode_linebreak::linebreaks;

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
    /// Index of its piece.
    pub piece: usize,
    /// Left end, as if the paragraph were one line.
    pub x: f64,
    /// Width in points.
    pub width: f64,
    /// The glyphs; `None` for a space.
    pub word: Option<WordId>,
}

/// Why a line may end at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum Break {
    /// The start of the paragraph.
    Start,
    /// After a space, hyphen or slash.
    Plain,
    /// At a soft hyphen, which an author has put.
    Soft,
    /// By the patterns of the language.
    Hyphen,
    /// In the middle of a word, since nothing else fits.
    Cut,
    /// It must.
    Forced,
}

/// A place where a line may end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// The byte that the next line starts with.
    pub at: usize,
    /// Why.
    pub kind: Break,
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
    /// Anywhere.
    Cut,
}

/// A shaped paragraph.
#[derive(Debug)]
pub(in crate::layout) struct Measured {
    pub(super) paragraph: Paragraph,
    pub(super) units: Vec<Unit>,
    /// Whether there is an address on the web in it; most paragraphs have none, and need not be
    /// searched again at each place.
    has_address: bool,
    /// Whether an author has put soft hyphens.
    has_soft: bool,
}

impl Measured {
    /// Shapes a paragraph. `missing` hears of each character that no face has.
    pub(in crate::layout) fn new(
        paragraph: Paragraph,
        shaper: &mut Shaper,
        mut missing: impl FnMut(char, crate::dom::NodeId),
    ) -> Self {
        let mut units = Vec::with_capacity(paragraph.text.len() / 3 + 2);
        let mut x = 0.0;
        for (index, piece) in paragraph.pieces.iter().enumerate() {
            let style = paragraph.styles[piece.style];
            x += piece.pad_before;
            let mut start = piece.start;
            while start < piece.end {
                let rest = &paragraph.text[start..piece.end];
                let first = rest.chars().next().expect("the rest is not empty");
                let (end, width, word) = if is_space(first) {
                    let width = shaper.space(first, style.face) * style.size / 1000.0;
                    (start + first.len_utf8(), width, None)
                } else {
                    let word = rest.find(is_space).unwrap_or(rest.len());
                    let end = start + rest.floor_char_boundary(word.min(LONGEST_UNIT));
                    let text = &paragraph.text[start..end];
                    let id = shaper.word(text, style.face, style.figures);
                    let shaped = shaper.get(id);
                    for &c in &shaped.missing {
                        missing(c, piece.node);
                    }
                    (end, shaped.width * style.size / 1000.0, Some(id))
                };
                units.push(Unit {
                    start,
                    end,
                    piece: index,
                    x,
                    width,
                    word,
                });
                x += width;
                start = end;
            }
            x += piece.pad_after;
        }
        Self {
            has_address: nobreak::is_address(&paragraph.text),
            has_soft: paragraph.text.contains('\u{ad}'),
            paragraph,
            units,
        }
    }

    pub(super) fn style(&self, unit: &Unit) -> &TextStyle {
        &self.paragraph.styles[self.paragraph.pieces[unit.piece].style]
    }

    /// The places where lines may end, from the start to the end of the paragraph.
    pub(super) fn candidates(
        &self,
        pass: Pass,
        shaper: &mut Shaper,
        hyphenator: &mut Hyphenator,
    ) -> Vec<Candidate> {
        let text = &self.paragraph.text;
        let mut found = Vec::with_capacity(self.units.len() + 2);
        found.push(Candidate {
            at: 0,
            kind: Break::Start,
            end: 0.0,
            next: 0.0,
        });
        let mut finder = Finder {
            of: self,
            shaper,
            unit: 0,
        };
        let mut from = 0;
        for (at, _) in linebreaks(text) {
            let last = at == text.len();
            // The standard ends a paragraph at every kind of line end; ours are `\n` only.
            let forced = last || text[..at].ends_with('\n');
            let word = &text[from..at];
            if forced || self.allows(at) {
                finder.inside(word, from, pass, hyphenator, &mut found);
                let kind = match () {
                    () if forced => Break::Forced,
                    () if text[..at].ends_with('\u{ad}') => Break::Soft,
                    () => Break::Plain,
                };
                found.push(finder.candidate(at, kind));
                from = at;
            }
        }
        found
    }

    /// Whether our own rules allow a place that the standard allows.
    fn allows(&self, at: usize) -> bool {
        let text = &self.paragraph.text;
        if nobreak::forbids(text, at) || self.inside_kept(at) {
            return false;
        }
        // Addresses have places of their own, save the space that ends them.
        !self.has_address
            || text[..at].ends_with([' ', '\u{ad}'])
            || !nobreak::is_address(word_around(text, at))
    }

    /// Whether a place lies within a piece whose lines may not end.
    fn inside_kept(&self, at: usize) -> bool {
        let pieces = &self.paragraph.pieces;
        let index = pieces.partition_point(|p| p.end <= at);
        let Some(here) = pieces.get(index) else {
            return false;
        };
        let kept = |piece: &super::Piece| self.paragraph.styles[piece.style].keep_on_line;
        if here.start < at {
            return kept(here);
        }
        index > 0 && kept(here) && kept(&pieces[index - 1]) && pieces[index - 1].end == at
    }

    /// Widths of the paragraph as a cell: all on one line, its longest word, its longest part of
    /// a word.
    pub(in crate::layout) fn extents(
        &self,
        shaper: &mut Shaper,
        hyphenator: &mut Hyphenator,
    ) -> (f64, f64, f64) {
        let (mut line, mut word, mut part) = (0.0f64, 0.0f64, 0.0f64);
        let all = self.candidates(Pass::Hyphenate, shaper, hyphenator);
        let (mut line_from, mut word_from, mut part_from) = (0.0, 0.0, 0.0);
        for candidate in &all[1..] {
            part = part.max(candidate.end - part_from);
            part_from = candidate.next;
            if !matches!(candidate.kind, Break::Hyphen | Break::Soft) {
                word = word.max(candidate.end - word_from);
                word_from = candidate.next;
            }
            if candidate.kind == Break::Forced {
                line = line.max(candidate.end - line_from);
                line_from = candidate.next;
            }
        }
        (line, word, part)
    }
}

/// Finds widths at places, going from left to right.
struct Finder<'a> {
    of: &'a Measured,
    shaper: &'a mut Shaper,
    unit: usize,
}

impl Finder<'_> {
    /// The candidate for a place, with the widths on both of its sides.
    fn candidate(&mut self, at: usize, kind: Break) -> Candidate {
        let units = &self.of.units;
        while units.get(self.unit).is_some_and(|u| u.end < at) {
            self.unit += 1;
        }
        // The unit that holds the place, or ends with it.
        let mut end = 0.0;
        let mut next = 0.0;
        if let Some(unit) = units.get(self.unit) {
            let style = self.of.style(unit);
            if unit.end > at && unit.start < at {
                let (before, after) = self.split(unit, at, style);
                end = unit.x + before;
                next = unit.x + unit.width - after;
            } else if unit.start >= at {
                // Nothing but a line end lies before it.
                next = unit.x;
                end = self.end_before(self.unit);
            } else {
                end = self.end_before(self.unit + 1);
                next = units
                    .get(self.unit + 1)
                    .map_or(unit.x + unit.width, |u| u.x);
            }
            if matches!(kind, Break::Hyphen | Break::Soft) {
                end += self.hyphen(style);
            }
        } else if !units.is_empty() {
            end = self.end_before(units.len());
            next = end;
        }
        Candidate {
            at,
            kind,
            end,
            next,
        }
    }

    /// The right end of the last unit before index `to` that is not a plain space.
    fn end_before(&self, to: usize) -> f64 {
        let units = &self.of.units[..to];
        let text = &self.of.paragraph.text;
        let visible = units
            .iter()
            .rev()
            .find(|u| u.word.is_some() || &text[u.start..u.end] != " ");
        visible.map_or(0.0, |u| {
            let piece = &self.of.paragraph.pieces[u.piece];
            let pad = if u.end == piece.end {
                piece.pad_after
            } else {
                0.0
            };
            u.x + u.width + pad
        })
    }

    /// The widths of a word before and after a place in it.
    fn split(&mut self, unit: &Unit, at: usize, style: &TextStyle) -> (f64, f64) {
        let Some(word) = unit.word else {
            return (0.0, 0.0);
        };
        let scale = style.size / 1000.0;
        let offset = (at - unit.start) as u32;
        let shaped = self.shaper.get(word);
        let mut before = 0.0;
        for glyph in &shaped.glyphs {
            if glyph.text.end <= offset {
                before += f64::from(glyph.advance);
            } else if glyph.text.start < offset {
                // Within a ligature: each side is shaped anew.
                let text = &self.of.paragraph.text;
                let (left, right) = (text[unit.start..at].to_owned(), &text[at..unit.end]);
                let left = self.shaper.word(&left, style.face, style.figures);
                let right = self.shaper.word(right, style.face, style.figures);
                let width = |id| self.shaper.get(id).width * scale;
                return (width(left), width(right));
            } else {
                break;
            }
        }
        (before * scale, (shaped.width - before) * scale)
    }

    fn hyphen(&mut self, style: &TextStyle) -> f64 {
        let id = self.shaper.word("-", style.face, Figures::Proportional);
        self.shaper.get(id).width * style.size / 1000.0
    }

    /// Adds the places inside a stretch without plain places.
    fn inside(
        &mut self,
        word: &str,
        from: usize,
        pass: Pass,
        hyphenator: &mut Hyphenator,
        found: &mut Vec<Candidate>,
    ) {
        let trimmed = word.trim_end_matches([' ', '\n']);
        let address = self.of.has_address && nobreak::is_address(trimmed);
        if pass == Pass::Whole && !address {
            return;
        }
        if address {
            for point in nobreak::address_points(trimmed) {
                if pass != Pass::Cut && !self.of.inside_kept(from + point) {
                    let candidate = self.candidate(from + point, Break::Plain);
                    found.push(candidate);
                }
            }
            if pass != Pass::Cut {
                return;
            }
        }
        if pass == Pass::Cut {
            for (at, c) in trimmed.char_indices().skip(1) {
                // A mark stays with its letter.
                if !('\u{300}'..='\u{36f}').contains(&c) {
                    let candidate = self.candidate(from + at, Break::Cut);
                    found.push(candidate);
                }
            }
            return;
        }
        // A word that its author has divided is divided nowhere else.
        let own = self.of.has_soft && word_around(&self.of.paragraph.text, from).contains('\u{ad}');
        if pass != Pass::Hyphenate || own || trimmed.contains('@') {
            return;
        }
        self.hyphenate(trimmed, from, hyphenator, found);
    }

    fn hyphenate(
        &mut self,
        word: &str,
        from: usize,
        hyphenator: &mut Hyphenator,
        found: &mut Vec<Candidate>,
    ) {
        let mut start = 0;
        while start < word.len() {
            let rest = &word[start..];
            let Some(first) = rest.find(char::is_alphabetic) else {
                return;
            };
            let letters = &rest[first..];
            let length = letters
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(letters.len());
            let letters = &letters[..length];
            let at = from + start + first;
            start += first + length;
            // A word of digits and letters is a name of something.
            let neighbour = word[start..]
                .chars()
                .next()
                .is_some_and(|c| c.is_ascii_digit());
            let unit = self.of.units.partition_point(|u| u.end <= at);
            let Some(unit) = self.of.units.get(unit) else {
                return;
            };
            let style = *self.of.style(unit);
            let unwanted = neighbour
                || !style.hyphenate
                || style.keep_on_line
                || style.language == Language::Other
                || letters.chars().nth(1).is_some_and(char::is_uppercase);
            if unwanted {
                continue;
            }
            let points: Vec<u32> = hyphenator.points(letters, style.language).to_vec();
            for point in points {
                let candidate = self.candidate(at + point as usize, Break::Hyphen);
                found.push(candidate);
            }
        }
    }
}

/// The word that a place stands in, as far as it may be an address.
fn word_around(text: &str, at: usize) -> &str {
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
