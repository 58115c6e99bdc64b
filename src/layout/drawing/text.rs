//! The text of a drawing as glyphs of our faces. Glyphs can be selected and searched, and take fewer bytes
//! than outlines.
//!
//! [`runs`] is the entry point. Text that glyphs on a horizontal baseline cannot show (rotated, skewed,
//! outlined, underlined, with a gradient) stays with the caller as outlines.

use super::DrawingPart;
use crate::layout::flow::point;
use crate::layout::{FaceId, Fonts, Glyph, GlyphRun};
use crate::theme::{Colour, Length};
use read_fonts::TableProvider;
use usvg::fontdb;
use usvg::layout::{PositionedGlyph, Span};
use usvg::tiny_skia_path::Transform;

/// How much a number of a transform may differ from another and still count as the same.
const SLACK: f64 = 1e-3;

/// Our faces by their numbers in the database of the reader of drawings.
pub(super) struct Faces(Vec<(fontdb::ID, FaceId, f64)>);

impl Faces {
    /// Puts the faces into a database and keeps their numbers and units per em.
    pub(super) fn load(fonts: &Fonts, database: &mut fontdb::Database) -> Self {
        let mut faces = Vec::new();
        // A council's own face goes before an embedded one of the same name.
        let own = fonts.iter().filter(|(id, _)| !fonts.is_embedded(*id));
        let embedded = fonts.iter().filter(|(id, _)| fonts.is_embedded(*id));
        for (face, font) in own.chain(embedded) {
            let source = fontdb::Source::Binary(std::sync::Arc::new(font.data.clone()));
            let head = read_fonts::FontRef::new(&font.data).and_then(|font| font.head());
            let per_em = head.map_or(1000, |head| head.units_per_em().max(1));
            for id in database.load_font_source(source) {
                faces.push((id, face, f64::from(per_em)));
            }
        }
        Self(faces)
    }

    fn find(&self, id: fontdb::ID) -> Option<(FaceId, f64)> {
        let found = self.0.iter().find(|(own, _, _)| *own == id);
        found.map(|&(_, face, per_em)| (face, per_em))
    }
}

/// A glyph where it stands.
struct PlacedGlyph<'a> {
    face: FaceId,
    id: u16,
    size: f64,
    x: f64,
    y: f64,
    text: &'a str,
}

/// The runs of a text, or `None` if glyphs cannot show all of it as it is meant.
pub(super) fn runs(
    spans: &[Span],
    transform: Transform,
    faces: &Faces,
) -> Option<Vec<DrawingPart>> {
    let mut runs = Vec::new();
    for span in spans.iter().filter(|span| span.visible) {
        let plain = span.stroke.is_none()
            && span.underline.is_none()
            && span.overline.is_none()
            && span.line_through.is_none();
        let Some(usvg::Paint::Color(paint)) = span.fill.as_ref().map(usvg::Fill::paint) else {
            return None;
        };
        let opaque = span.fill.as_ref().is_some_and(|f| f.opacity().get() >= 1.0);
        if !plain || !opaque {
            return None;
        }
        let colour = Colour::rgb(paint.red, paint.green, paint.blue);
        let glyphs = span.positioned_glyphs.iter();
        let placed = glyphs.map(|glyph| place(glyph, transform, faces));
        let placed: Option<Vec<_>> = placed.collect();
        for line in placed?.chunk_by(continues) {
            runs.push(DrawingPart::Glyphs(run(line, colour)));
        }
    }
    Some(runs)
}

/// Where a glyph stands, if it is neither turned nor skewed.
fn place<'a>(
    glyph: &'a PositionedGlyph,
    outer: Transform,
    faces: &Faces,
) -> Option<PlacedGlyph<'a>> {
    let (face, per_em) = faces.find(glyph.font)?;
    let id = u16::try_from(glyph.id.0).ok()?;
    let at = outer.pre_concat(glyph.transform());
    let [sx, sy, kx, ky, x, y] = [at.sx, at.sy, at.kx, at.ky, at.tx, at.ty].map(f64::from);
    let level = kx.abs() < SLACK * sx && ky.abs() < SLACK * sx && (sx - sy).abs() < SLACK * sx;
    (level && sx > 0.0).then_some(PlacedGlyph {
        face,
        id,
        size: sx * per_em,
        x,
        y,
        text: &glyph.text,
    })
}

/// Whether two glyphs stand in one run.
fn continues(one: &PlacedGlyph<'_>, next: &PlacedGlyph<'_>) -> bool {
    one.face == next.face
        && (one.size - next.size).abs() < SLACK
        && (one.y - next.y).abs() < SLACK
        && next.x >= one.x
}

fn run(line: &[PlacedGlyph<'_>], colour: Colour) -> GlyphRun {
    let mut text = String::new();
    let mut glyphs = Vec::with_capacity(line.len());
    for (index, placed) in line.iter().enumerate() {
        let start = text.len() as u32;
        text.push_str(placed.text);
        let next = line.get(index + 1).map_or(placed.x, |next| next.x);
        glyphs.push(Glyph {
            id: placed.id,
            advance: ((next - placed.x) * 1000.0 / placed.size) as f32,
            x_offset: 0.0,
            y_offset: 0.0,
            text: start..text.len() as u32,
        });
    }
    GlyphRun {
        at: point(line[0].x, line[0].y),
        face: line[0].face,
        size: Length::pt(line[0].size),
        colour,
        text,
        glyphs,
        ends_in_hyphen: false,
    }
}
