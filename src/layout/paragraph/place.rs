//! Places the glyphs of one line.

use super::breaks::{BreakKind, ShapedParagraph, Unit};
use super::choose::LineRange;
use super::{TextDecoration, TextStyle};
use crate::dom::NodeId;
use crate::layout::shape::{Forms, Shaper, WordId};
use crate::layout::{FaceId, Glyph, GlyphRun, Owner, PageItem, Point, Shape};
use crate::theme::Length;

/// One line: its glyphs on a baseline at zero, and what goes with them.
#[derive(Debug, Default)]
pub(in crate::layout) struct Line {
    /// The glyphs in runs, from left to right.
    pub items: Vec<PageItem>,
    /// Stretches with a decoration.
    pub decorations: Vec<LineStretch<TextDecoration>>,
    /// Stretches that lead elsewhere.
    pub links: Vec<LineStretch<NodeId>>,
    /// Width of what is seen.
    pub width: f64,
}

/// A stretch of a line.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct LineStretch<T> {
    /// Its content.
    pub what: T,
    /// Left end.
    pub from: f64,
    /// Right end.
    pub to: f64,
    /// Size of its type.
    pub size: f64,
    /// How far its baseline is raised.
    pub rise: f64,
}

impl ShapedParagraph {
    /// Places one line with its left end at `x`.
    pub(in crate::layout) fn line(&self, range: &LineRange, x: f64, shaper: &mut Shaper) -> Line {
        let first = self.units.partition_point(|u| u.end <= range.text.start);
        let mut out = Placer {
            of: self,
            shaper,
            line: Line::default(),
            shift: x - range.from,
            last: None,
        };
        let mut reached = x;
        let mut after = first;
        for (index, unit) in self.units.iter().enumerate().skip(first) {
            if unit.start >= range.text.end {
                break;
            }
            out.unit(unit, range);
            after = index + 1;
        }
        if matches!(range.kind, BreakKind::Hyphen | BreakKind::Soft)
            && let Some(unit) = self.units.get(after.saturating_sub(1))
        {
            out.hyphen(unit);
        }
        reached += (range.to - range.from).max(0.0);
        let mut line = out.line;
        line.width = reached - x;
        // All lines of a document stand in memory at once; the room that they grew by does not.
        for item in &mut line.items {
            if let Shape::Glyphs(run) = &mut item.shape {
                run.glyphs.shrink_to_fit();
                run.text.shrink_to_fit();
            }
        }
        for decoration in &mut line.decorations {
            decoration.to = decoration.to.min(reached);
        }
        for link in &mut line.links {
            link.to = link.to.min(reached);
        }
        line
    }
}

struct Placer<'a> {
    of: &'a ShapedParagraph,
    shaper: &'a mut Shaper,
    line: Line,
    shift: f64,
    /// Text run and face of the glyph run that is open.
    last: Option<(usize, FaceId)>,
}

impl Placer<'_> {
    /// Adds the part of a unit that stands on the line.
    fn unit(&mut self, unit: &Unit, range: &LineRange) {
        let of = self.of;
        let style = of.style(unit);
        let text = &of.paragraph.text;
        let start = unit.start.max(range.text.start);
        let end = unit.end.min(range.text.end);
        let whole = start == unit.start && end == unit.end;
        // The left end of a part that continues is that of the line.
        let x = if start > unit.start {
            range.from
        } else {
            unit.x
        } + self.shift;
        let Some(word) = unit.word else {
            self.space(unit, x, style);
            self.decorate(unit, style, x, x + unit.width);
            return;
        };
        if whole {
            let width = self.glyphs(word, 0..u32::MAX, &text[start..end], unit, x, style);
            self.decorate(unit, style, x, x + width);
            return;
        }
        let (from, to) = ((start - unit.start) as u32, (end - unit.start) as u32);
        let cuts_ligature = self.shaper.get(word).glyphs.iter().any(|g| {
            (g.text.start < from && from < g.text.end) || (g.text.start < to && to < g.text.end)
        });
        let width = if cuts_ligature {
            let part = self.shaper.word(&text[start..end], style.face, style.forms);
            self.glyphs(part, 0..u32::MAX, &text[start..end], unit, x, style)
        } else {
            self.glyphs(word, from..to, &text[start..end], unit, x, style)
        };
        self.decorate(unit, style, x, x + width);
    }

    /// Adds the glyphs of a word that show `bytes` of it; `text` is what they show.
    fn glyphs(
        &mut self,
        word: WordId,
        bytes: std::ops::Range<u32>,
        text: &str,
        unit: &Unit,
        x: f64,
        style: &TextStyle,
    ) -> f64 {
        let shaped = self.shaper.get(word);
        let scale = style.size / 1000.0;
        let mut pen = x;
        let base = bytes.start;
        let mut text_done = 0usize;
        if shaped.glyphs.is_empty() {
            // Nothing to see, such as a lone soft hyphen: the text stays all the same.
            let run = open(
                &mut self.line,
                &mut self.last,
                self.of,
                unit,
                style.face,
                x,
                style,
            );
            run.text.push_str(text);
            return 0.0;
        }
        for part in &shaped.face_runs {
            let glyphs = &shaped.glyphs[part.glyphs.clone()];
            let mut inside = glyphs
                .iter()
                .filter(|g| g.text.start >= bytes.start && g.text.end <= bytes.end)
                .peekable();
            if inside.peek().is_none() {
                continue;
            }
            let run = open(
                &mut self.line,
                &mut self.last,
                self.of,
                unit,
                part.face,
                pen,
                style,
            );
            let offset = run.text.len() as u32;
            let skipped = text_done as u32;
            let mut end = text_done;
            for glyph in inside {
                end = end.max((glyph.text.end - base) as usize);
                run.glyphs.push(Glyph {
                    text: glyph.text.start - base - skipped.min(glyph.text.start - base) + offset
                        ..glyph.text.end - base - skipped.min(glyph.text.end - base) + offset,
                    ..*glyph
                });
                pen += f64::from(glyph.advance) * scale;
            }
            run.text.push_str(&text[text_done..end.min(text.len())]);
            text_done = end.min(text.len());
        }
        if text_done < text.len() {
            // Soft hyphens at the end of the part, or joiners that a cut left alone on a line.
            let face = match self.last {
                Some((text_run, face)) if text_run == unit.text_run => face,
                _ => style.face,
            };
            let run = open(
                &mut self.line,
                &mut self.last,
                self.of,
                unit,
                face,
                pen,
                style,
            );
            run.text.push_str(&text[text_done..]);
        }
        pen - x
    }

    fn space(&mut self, unit: &Unit, x: f64, style: &TextStyle) {
        let text = &self.of.paragraph.text[unit.start..unit.end];
        let id = self.shaper.space_glyph(style.face);
        let run = open(
            &mut self.line,
            &mut self.last,
            self.of,
            unit,
            style.face,
            x,
            style,
        );
        let start = run.text.len() as u32;
        run.text.push_str(text);
        run.glyphs.push(Glyph {
            id,
            advance: (unit.width / style.size * 1000.0) as f32,
            x_offset: 0.0,
            y_offset: 0.0,
            text: start..start + text.len() as u32,
        });
    }

    /// Puts the hyphen that only this line break brings in.
    fn hyphen(&mut self, unit: &Unit) {
        let style = self.of.style(unit);
        let id = self.shaper.word("-", style.face, Forms::Plain);
        let Some(glyph) = self.shaper.get(id).glyphs.first() else {
            return;
        };
        if let Some(PageItem {
            shape: Shape::Glyphs(run),
            ..
        }) = self.line.items.last_mut()
        {
            let end = run.text.len() as u32;
            run.glyphs.push(Glyph {
                text: end..end,
                ..*glyph
            });
            run.ends_in_hyphen = true;
            let width = f64::from(glyph.advance) * style.size / 1000.0;
            let decorations = [style.decoration, style.inserted, style.deleted];
            let count = decorations.into_iter().flatten().count().max(1);
            for decoration in self.line.decorations.iter_mut().rev().take(count) {
                decoration.to += width;
            }
            if let Some(link) = self.line.links.last_mut() {
                link.to += width;
            }
        }
    }

    /// Notes the decorations and the link of a unit, joining them to those of its neighbours.
    fn decorate(&mut self, unit: &Unit, style: &TextStyle, from: f64, to: f64) {
        let text_run = &self.of.paragraph.text_runs[unit.text_run];
        let (size, rise) = (style.size, style.rise);
        let decorations = [style.decoration, style.inserted, style.deleted];
        // Where text has several decorations, those of its neighbours alternate.
        let edited = style.inserted.or(style.deleted).is_some();
        let recent = if edited { decorations.len() } else { 1 };
        for what in decorations.into_iter().flatten() {
            let from = if unit.start == text_run.start {
                from - text_run.pad_before
            } else {
                from
            };
            let to = if unit.end == text_run.end {
                to + text_run.pad_after
            } else {
                to
            };
            let mut before = self.line.decorations.iter_mut().rev().take(recent);
            match before.find(|last| last.what == what && last.to >= from - 0.5) {
                Some(last) => last.to = to,
                None => self.line.decorations.push(LineStretch {
                    what,
                    from,
                    to,
                    size,
                    rise,
                }),
            }
        }
        if let Some(what) = style.link {
            match self.line.links.last_mut() {
                Some(last) if last.what == what => last.to = to,
                _ => self.line.links.push(LineStretch {
                    what,
                    from,
                    to,
                    size,
                    rise,
                }),
            }
        }
    }
}

/// The run that glyphs of a unit go to: the open one, or a new one.
fn open<'l>(
    line: &'l mut Line,
    last: &mut Option<(usize, FaceId)>,
    of: &ShapedParagraph,
    unit: &Unit,
    face: FaceId,
    x: f64,
    style: &TextStyle,
) -> &'l mut GlyphRun {
    if *last != Some((unit.text_run, face)) {
        *last = Some((unit.text_run, face));
        let run = GlyphRun {
            at: Point {
                x: Length::pt(x),
                y: Length::pt(-style.rise),
            },
            face,
            size: Length::pt(style.size),
            colour: style.colour,
            text: String::new(),
            glyphs: Vec::new(),
            ends_in_hyphen: false,
        };
        line.items.push(PageItem {
            owner: Owner::Node(of.paragraph.text_runs[unit.text_run].node),
            shape: Shape::Glyphs(run),
        });
    }
    match line.items.last_mut() {
        Some(PageItem {
            shape: Shape::Glyphs(run),
            ..
        }) => run,
        _ => unreachable!("a line holds runs of glyphs only, and one was just put"),
    }
}
