//! One page of placed items → page content.
//!
//! [`paint`] keeps the order of the items. Consecutive items of one owner become one marked content
//! sequence, numbered in the order of painting. All content is inside such a sequence (ISO 14289-1, 7.1).

use super::Error;
use super::faces::{Faces, split_hyphen};
use super::marked_content::{self, MarkedContent};
use super::pictures::address;
use super::syntax::{
    LONGEST_STRING, hundredths, push_hundredths, push_int, push_name, push_string_byte, push_text,
};
use crate::dom::Document;
use crate::layout::{
    Artifact, Glyph, GlyphRun, Owner, Page, PageItem, Path, Picture, Point, Rect, Segment, Shape,
    Stroke,
};
use crate::theme::{Colour, Length};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Shifts of the pen below this many thousandths of the size are left to add up.
const SMALLEST_SHIFT: f64 = 1.0;
/// Glyphs that one string shows: two bytes each, within what a string may have.
const GLYPHS_IN_STRING: usize = LONGEST_STRING / 2;

/// What pages share.
pub(super) struct PaintContext<'a> {
    pub(super) document: &'a Document,
    pub(super) faces: &'a Faces<'a>,
    pub(super) pictures: &'a FxHashMap<usize, usize>,
}

/// A page as content, and what its marked content sequences belong to.
pub(super) struct PaintedPage {
    pub(super) content: Vec<u8>,
    /// By number of the sequence.
    pub(super) sequences: Vec<MarkedSequence>,
}

/// A marked content sequence.
pub(super) struct MarkedSequence {
    pub(super) owner: Owner,
    /// The area of the paths and pictures in it, and of the text of a drawing: left, bottom, right
    /// and top in user space.
    pub(super) area: Option<[f64; 4]>,
}

/// Paints a page.
pub(super) fn paint(
    context: &PaintContext<'_>,
    index: usize,
    page: &Page,
) -> Result<PaintedPage, Error> {
    let mut painter = Painter {
        context,
        height: page.height.to_pt(),
        out: Vec::with_capacity(page.items.len() * 64),
        sequences: Vec::new(),
        text: TextObject::Closed,
        fill: Colour::rgb(0, 0, 0),
        font: None,
    };
    let owner = |item: &PageItem| marked_content::marked_content(context.document, item.owner);
    for items in page
        .items
        .chunk_by(|a, b| a.owner == b.owner || owner(a) == owner(b))
    {
        let Some(mark) = owner(&items[0]) else {
            let (Owner::Node(node) | Owner::Label(node) | Owner::PageNumber(node)) = items[0].owner
            else {
                continue;
            };
            return Err(Error::Stray { page: index, node });
        };
        painter.sequence(mark, items);
    }
    Ok(PaintedPage {
        content: painter.out,
        sequences: painter.sequences,
    })
}

/// Whether a text object is open, and where its line begins, in hundredths of a point.
#[derive(Clone, Copy)]
enum TextObject {
    Closed,
    Open(i64, i64),
}

struct Painter<'a> {
    context: &'a PaintContext<'a>,
    height: f64,
    out: Vec<u8>,
    sequences: Vec<MarkedSequence>,
    text: TextObject,
    fill: Colour,
    font: Option<(u8, i64)>,
}

impl Painter<'_> {
    fn put(&mut self, operator: &str) {
        self.out.extend_from_slice(operator.as_bytes());
    }

    fn sequence(&mut self, mark: MarkedContent, items: &[PageItem]) {
        match mark {
            MarkedContent::Artifact(kind) => self.put(artifact(kind)),
            MarkedContent::Content(owner) => {
                self.put("/");
                self.put(marked_content::tag(self.context.document, owner));
                self.put("<</MCID ");
                push_int(
                    &mut self.out,
                    i64::try_from(self.sequences.len()).unwrap_or(i64::MAX),
                );
                self.put(">>BDC\n");
                self.sequences.push(MarkedSequence { owner, area: None });
            }
        }
        let document = self.context.document;
        let draws = matches!(mark, MarkedContent::Content(Owner::Node(node))
            if marked_content::figure_of(document, node) == Some(node));
        // Screen readers get a space instead of the leaders.
        let numbers = matches!(mark, MarkedContent::Content(Owner::PageNumber(_)));
        let mut before = numbers.then_some(" ");
        let mut area = None;
        for item in items {
            match &item.shape {
                Shape::Glyphs(run) => {
                    self.glyphs(run, before.take().unwrap_or_default());
                    if draws {
                        let corners = corners(run);
                        corners.into_iter().for_each(|p| self.grow(&mut area, p));
                    }
                }
                Shape::Path(path) => {
                    self.end_text();
                    self.path(path);
                    let points = path.segments.iter().flat_map(points).flatten();
                    points.for_each(|p| self.grow(&mut area, p));
                }
                Shape::Picture {
                    area: place,
                    picture,
                } => {
                    self.end_text();
                    self.picture(place, picture);
                    let Rect {
                        origin,
                        width,
                        height,
                    } = *place;
                    let corner = Point {
                        x: origin.x + width,
                        y: origin.y + height,
                    };
                    [origin, corner]
                        .into_iter()
                        .for_each(|p| self.grow(&mut area, p));
                }
            }
        }
        self.end_text();
        self.put("EMC\n");
        if let (MarkedContent::Content(_), Some(sequence)) = (mark, self.sequences.last_mut()) {
            sequence.area = area;
        }
    }

    /// Makes an area reach a point.
    fn grow(&self, area: &mut Option<[f64; 4]>, point: Point) {
        let (x, y) = (point.x.to_pt(), self.height - point.y.to_pt());
        let [left, bottom, right, top] = area.unwrap_or([x, y, x, y]);
        *area = Some([left.min(x), bottom.min(y), right.max(x), top.max(y)]);
    }

    fn end_text(&mut self) {
        if !matches!(self.text, TextObject::Closed) {
            self.put("ET\n");
            self.text = TextObject::Closed;
        }
    }

    fn number(&mut self, number: f64) {
        push_hundredths(&mut self.out, hundredths(number));
        self.out.push(b' ');
    }

    fn point(&mut self, point: Point) {
        self.number(point.x.to_pt());
        self.number(self.height - point.y.to_pt());
    }

    fn colour(&mut self, colour: Colour, operator: &str) {
        for part in colour.rgb {
            // Three decimals tell all 256 steps apart; two would not.
            let thousandths = (u32::from(part) * 1000 + 127) / 255;
            match thousandths {
                0 => self.put("0"),
                1000 => self.put("1"),
                _ => self.put(format!(".{thousandths:03}").trim_end_matches('0')),
            }
            self.put(" ");
        }
        self.put(operator);
    }

    fn fill(&mut self, colour: Colour) {
        if self.fill != colour {
            self.fill = colour;
            self.colour(colour, "rg\n");
        }
    }

    /// Paints a run, which is read with `before` in front of it.
    fn glyphs(&mut self, run: &GlyphRun, before: &str) {
        let context = self.context;
        let Some(subset) = context
            .faces
            .get(run.face)
            .filter(|_| !run.glyphs.is_empty())
        else {
            return;
        };
        let line = (
            hundredths(run.at.x.to_pt()),
            hundredths(self.height - run.at.y.to_pt()),
        );
        let (from_x, from_y) = match self.text {
            TextObject::Closed => {
                self.put("BT\n");
                (0, 0)
            }
            TextObject::Open(x, y) => (x, y),
        };
        self.text = TextObject::Open(line.0, line.1);
        let font = (run.face.0, hundredths(run.size.to_pt()));
        if self.font != Some(font) {
            self.font = Some(font);
            push_name(&mut self.out, &subset.resource);
            self.put(" ");
            push_hundredths(&mut self.out, font.1);
            self.put(" Tf\n");
        }
        self.fill(run.colour);
        push_hundredths(&mut self.out, line.0 - from_x);
        self.put(" ");
        push_hundredths(&mut self.out, line.1 - from_y);
        self.put(" Td\n");

        let (glyphs, hyphen) = split_hyphen(run);
        let mut pen = PenPosition::default();
        if before.is_empty() && subset.spells(run, glyphs) {
            self.show(subset, glyphs, &mut pen);
        } else {
            let text = format!("{before}{}", run.text);
            self.read_as(&text, |painter| painter.show(subset, glyphs, &mut pen));
        }
        if let Some(hyphen) = hyphen {
            let hyphen = std::slice::from_ref(hyphen);
            self.read_as("\u{AD}", |painter| painter.show(subset, hyphen, &mut pen));
        }
    }

    /// Paints content that is read as `text` (ISO 32000-1, 14.9.4).
    fn read_as(&mut self, text: &str, paint: impl FnOnce(&mut Self)) {
        self.put("/Span<</ActualText");
        push_text(&mut self.out, text);
        self.put(">>BDC\n");
        paint(self);
        self.put("EMC\n");
    }

    /// Shows glyphs, moving the pen only where a reader's pen would stand elsewhere.
    fn show(&mut self, subset: &super::faces::Subset<'_>, glyphs: &[Glyph], pen: &mut PenPosition) {
        for raised in glyphs.chunk_by(|a, b| a.y_offset == b.y_offset) {
            let rise = f64::from(raised[0].y_offset);
            if rise != 0.0 {
                self.rise(rise);
            }
            self.put("[(");
            for (index, glyph) in raised.iter().enumerate() {
                if index > 0 && index % GLYPHS_IN_STRING == 0 {
                    self.put(")(");
                }
                let code = subset.code(glyph.id);
                let off = pen.theirs - (pen.ours + f64::from(glyph.x_offset));
                if off.abs() >= SMALLEST_SHIFT {
                    let shift = off.round();
                    self.put(")");
                    push_hundredths(&mut self.out, hundredths(shift));
                    self.put("(");
                    pen.theirs -= shift;
                }
                let [high, low] = code.to_be_bytes();
                push_string_byte(&mut self.out, high);
                push_string_byte(&mut self.out, low);
                pen.theirs += subset.widths[usize::from(code)];
                pen.ours += f64::from(glyph.advance);
            }
            self.put(")]TJ\n");
            if rise != 0.0 {
                self.rise(0.0);
            }
        }
    }

    /// Raises the glyphs that follow by thousandths of the size.
    fn rise(&mut self, thousandths: f64) {
        #[expect(clippy::cast_precision_loss, reason = "sizes are small")]
        let size = self.font.map_or(0.0, |(_, size)| size as f64 / 100.0);
        self.number(thousandths * size / 1000.0);
        self.put("Ts\n");
    }

    fn path(&mut self, path: &Path) {
        let line = path.stroke.as_ref();
        if path.segments.is_empty() || (path.fill.is_none() && line.is_none()) {
            return;
        }
        let step = opacity_step(path.opacity);
        // A line's looks, and opacity, end with the path.
        let own = line.is_some() || step < OPAQUE || path.clip.is_some();
        let before = self.fill;
        if own {
            self.put("q\n");
        }
        if let Some(clip) = &path.clip {
            let Rect {
                origin,
                width,
                height,
            } = *clip;
            let y = origin.y + height;
            self.point(Point { x: origin.x, y });
            self.number(width.to_pt());
            self.number(height.to_pt());
            self.put("re W n\n");
        }
        if step < OPAQUE {
            self.put(&format!("/{} gs\n", opacity_name(step)));
        }
        if let Some(colour) = path.fill {
            self.fill(colour);
        }
        if let Some(line) = line {
            self.line(line);
        }
        for segment in &path.segments {
            points(segment)
                .into_iter()
                .flatten()
                .for_each(|p| self.point(p));
            self.put(match segment {
                Segment::Move(_) => "m\n",
                Segment::Line(_) => "l\n",
                Segment::Curve(..) => "c\n",
                Segment::Close => "h\n",
            });
        }
        self.put(match (path.fill, line, path.even_odd) {
            (Some(_), Some(_), false) => "B\n",
            (Some(_), Some(_), true) => "B*\n",
            (Some(_), None, false) => "f\n",
            (Some(_), None, true) => "f*\n",
            (None, _, _) => "S\n",
        });
        if own {
            self.put("Q\n");
            self.fill = before;
        }
    }

    fn line(&mut self, line: &Stroke) {
        self.colour(line.colour, "RG\n");
        self.number(line.width.to_pt());
        self.put("w\n");
        // Dashes that are all nothing would make a reader hang (ISO 32000-1, 8.4.3.6).
        if line.dashes.iter().any(|dash| hundredths(dash.to_pt()) > 0) {
            self.put("[");
            line.dashes
                .iter()
                .for_each(|dash| self.number(dash.max(Length::ZERO).to_pt()));
            self.put("]0 d\n");
        }
    }

    fn picture(&mut self, area: &Rect, picture: &Arc<Picture>) {
        let Some(number) = self.context.pictures.get(&address(picture)) else {
            return;
        };
        self.put("q\n");
        self.number(area.width.to_pt());
        self.put("0 0 ");
        self.number(area.height.to_pt());
        self.point(Point {
            x: area.origin.x,
            y: area.origin.y + area.height,
        });
        self.put(&format!("cm\n/I{number} Do\nQ\n"));
    }
}

/// Where the pen is, in thousandths of the size from the start of the run.
#[derive(Default)]
struct PenPosition {
    /// Where layout has it.
    ours: f64,
    /// Where a reader has it.
    theirs: f64,
}

/// Two corners of the area of a run: from its baseline, most letters reach this far up and down.
fn corners(run: &GlyphRun) -> [Point; 2] {
    const UP: f64 = 0.8;
    const DOWN: f64 = 0.2;
    let advance: f64 = run.glyphs.iter().map(|g| f64::from(g.advance)).sum();
    let size = run.size.to_pt();
    let at = |x: f64, y: f64| Point {
        x: run.at.x + Length::pt(x),
        y: run.at.y + Length::pt(y),
    };
    [
        at(0.0, -UP * size),
        at(advance * size / 1000.0, DOWN * size),
    ]
}

/// The points of a segment.
fn points(segment: &Segment) -> [Option<Point>; 3] {
    match *segment {
        Segment::Move(p) | Segment::Line(p) => [Some(p), None, None],
        Segment::Curve(a, b, end) => [Some(a), Some(b), Some(end)],
        Segment::Close => [None; 3],
    }
}

/// How an artifact begins (ISO 32000-1, 14.8.2.2.2).
fn artifact(kind: Artifact) -> &'static str {
    match kind {
        Artifact::Header => "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC\n",
        Artifact::Footer => "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC\n",
        Artifact::Watermark => "/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\n",
        Artifact::LineNumber => "/Artifact<</Type/Pagination>>BDC\n",
        Artifact::RepeatedRow => "/Artifact<</Type/Pagination>>BDC\n",
        Artifact::Decoration => "/Artifact<</Type/Layout>>BDC\n",
    }
}

/// The step of full opacity.
pub(super) const OPAQUE: u8 = 100;

/// Opacity in hundredths.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held within 0..=100"
)]
pub(super) fn opacity_step(opacity: f32) -> u8 {
    if opacity.is_nan() {
        return OPAQUE;
    }
    (opacity.clamp(0.0, 1.0) * 100.0).round() as u8
}

/// The name of an opacity in the resources of pages.
pub(super) fn opacity_name(step: u8) -> String {
    format!("O{step}")
}
