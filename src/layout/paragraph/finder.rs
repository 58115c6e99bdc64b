//! Finds and measures the possible line breaks of a paragraph.
//!
//! The breaks of UAX #14 are filtered by [`nobreak`]. Hyphenation, and breaks inside words that are wider
//! than a line, are added only in later passes.

use super::breaks::{
    BreakKind, BreakOpportunity, Hyphen, Pass, ShapedParagraph, Unit, word_around,
};
use super::{Hyphens, TextStyle};
use crate::dom::nobreak;
use crate::layout::hyphenate::Hyphenator;
use crate::layout::shape::{Forms, Shaper};
use crate::steps;
use unicode_linebreak::linebreaks;

impl ShapedParagraph {
    /// The places where lines may end, from the start to the end of the paragraph.
    pub(super) fn candidates(
        &self,
        pass: Pass,
        hyphen: Hyphen,
        shaper: &mut Shaper,
        hyphenator: &mut Hyphenator,
    ) -> Vec<BreakOpportunity> {
        let text = &self.paragraph.text;
        let mut found = Vec::with_capacity(self.units.len() + 2);
        found.push(BreakOpportunity {
            at: 0,
            kind: BreakKind::Start,
            end: 0.0,
            next: 0.0,
        });
        let mut finder = Finder {
            of: self,
            shaper,
            unit: 0,
            hyphen,
        };
        let mut from = 0;
        for (at, _) in linebreaks(text) {
            steps::count(1);
            let last = at == text.len();
            // The standard ends a paragraph at every kind of line end; ours are `\n` only.
            let forced = last || text[..at].ends_with('\n');
            let word = &text[from..at];
            if forced || self.allows(at) {
                finder.inside(word, from, pass, hyphenator, &mut found);
                let kind = match () {
                    () if forced => BreakKind::Forced,
                    () if text[..at].ends_with('\u{ad}') => BreakKind::Soft,
                    () => BreakKind::Plain,
                };
                add(&mut found, finder.candidate(at, kind));
                from = at;
            }
        }
        found
    }

    /// Widths of the paragraph as a cell: all on one line, its longest word, its longest part of
    /// a word.
    pub(in crate::layout) fn content_widths(
        &self,
        shaper: &mut Shaper,
        hyphenator: &mut Hyphenator,
    ) -> (f64, f64, f64) {
        let (mut line, mut word, mut part) = (0.0f64, 0.0f64, 0.0f64);
        let all = self.candidates(Pass::Hyphenate, Hyphen::Inside, shaper, hyphenator);
        let (mut line_from, mut word_from, mut part_from) = (0.0, 0.0, 0.0);
        for candidate in &all[1..] {
            part = part.max(candidate.end - part_from);
            part_from = candidate.next;
            if !matches!(candidate.kind, BreakKind::Hyphen | BreakKind::Soft) {
                word = word.max(candidate.end - word_from);
                word_from = candidate.next;
            }
            if candidate.kind == BreakKind::Forced {
                line = line.max(candidate.end - line_from);
                line_from = candidate.next;
            }
        }
        (line, word, part)
    }
}

/// Finds widths at places, going from left to right.
struct Finder<'a> {
    of: &'a ShapedParagraph,
    shaper: &'a mut Shaper,
    unit: usize,
    hyphen: Hyphen,
}

impl Finder<'_> {
    /// The candidate for a place, with the widths on both of its sides.
    fn candidate(&mut self, at: usize, kind: BreakKind) -> BreakOpportunity {
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
                end = self.of.end_before(self.unit);
            } else {
                end = self.of.end_before(self.unit + 1);
                next = units
                    .get(self.unit + 1)
                    .map_or(unit.x + unit.width, |u| u.x);
            }
            let divided = matches!(kind, BreakKind::Hyphen | BreakKind::Soft);
            if divided && self.hyphen == Hyphen::Inside {
                end += self.hyphen_width(style);
            }
        } else if !units.is_empty() {
            end = self.of.end_before(units.len());
            next = end;
        }
        BreakOpportunity {
            at,
            kind,
            end,
            next,
        }
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
                let left = self.shaper.word(&left, style.face, style.forms);
                let right = self.shaper.word(right, style.face, style.forms);
                let width = |id| self.shaper.get(id).width * scale;
                return (width(left), width(right));
            } else {
                break;
            }
        }
        (before * scale, (shaped.width - before) * scale)
    }

    fn hyphen_width(&mut self, style: &TextStyle) -> f64 {
        let id = self.shaper.word("-", style.face, Forms::Plain);
        self.shaper.get(id).width * style.size / 1000.0
    }

    /// Adds the places inside a stretch without plain places.
    fn inside(
        &mut self,
        word: &str,
        from: usize,
        pass: Pass,
        hyphenator: &mut Hyphenator,
        found: &mut Vec<BreakOpportunity>,
    ) {
        let trimmed = word.trim_end_matches([' ', '\n']);
        let address = self.of.has_address && nobreak::is_address(trimmed);
        if pass == Pass::Whole && !address {
            return;
        }
        if address {
            for point in nobreak::address_points(trimmed) {
                if pass != Pass::Anywhere && !self.of.inside_kept(from + point) {
                    let candidate = self.candidate(from + point, BreakKind::Plain);
                    add(found, candidate);
                }
            }
            if pass != Pass::Anywhere {
                return;
            }
        }
        if pass == Pass::Anywhere {
            for (at, c) in trimmed.char_indices().skip(1) {
                // A mark stays with its letter.
                if !('\u{300}'..='\u{36f}').contains(&c) {
                    // What was to stay on one line is parted at its spaces first.
                    let kind = match trimmed[..at].ends_with([' ', '\u{a0}', '\u{202f}', '–']) {
                        true => BreakKind::Plain,
                        false => BreakKind::Anywhere,
                    };
                    let candidate = self.candidate(from + at, kind);
                    add(found, candidate);
                }
            }
            return;
        }
        // A word that its author has divided is divided nowhere else.
        let own = self.of.has_soft && word_around(&self.of.paragraph.text, from).contains('\u{ad}');
        if own || trimmed.contains('@') {
            return;
        }
        self.hyphenate(trimmed, from, pass, hyphenator, found);
    }

    fn hyphenate(
        &mut self,
        word: &str,
        from: usize,
        pass: Pass,
        hyphenator: &mut Hyphenator,
        found: &mut Vec<BreakOpportunity>,
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
            // The number of a note stands in a unit of its own.
            let unwanted = (neighbour && from + start < unit.end)
                || style.hyphens == Hyphens::Never
                || (style.hyphens == Hyphens::Forced && pass != Pass::Force)
                || style.keep_on_line
                || letters.chars().nth(1).is_some_and(char::is_uppercase);
            let Some(hyphenation) = style.hyphenation.filter(|_| !unwanted) else {
                continue;
            };
            let points: Vec<u32> = hyphenator.points(letters, hyphenation).to_vec();
            for point in points {
                let candidate = self.candidate(at + point as usize, BreakKind::Hyphen);
                add(found, candidate);
            }
        }
    }
}

/// Adds a place, unless one of the same kind stands there already: nothing is seen between the two,
/// and a line ends at the first of them.
fn add(found: &mut Vec<BreakOpportunity>, candidate: BreakOpportunity) {
    let here = found.iter().rev();
    let mut here = here.take_while(|c| c.kind != BreakKind::Forced && c.next == candidate.next);
    let is_there = here.any(|c| c.kind == candidate.kind && c.end == candidate.end);
    if candidate.kind == BreakKind::Forced || !is_there {
        found.push(candidate);
    }
}
