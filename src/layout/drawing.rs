//! Draws inline SVG as paths and glyphs.
//!
//! [`Drawings::read`] writes the subtree as XML, lets `usvg` resolve styles, units and text in our faces,
//! and keeps paths and glyphs. Features that the PDF does not draw are reported. Files outside the
//! document are never read.

mod paths;
mod text;
mod xml;

use super::dump::bounds;
use super::flow::{area, point};
use super::{Family, Fonts, GlyphRun, Path, Rect, Segment, Shape};
use crate::cache::TwoBuildCache;
use crate::dom::{Document, NodeId};
use crate::theme::Colour;
use paths::{outline, segments};
use std::collections::BTreeSet;
use std::sync::Arc;
use text::Faces;
use usvg::tiny_skia_path::Transform;
use usvg::{fontdb, roxmltree};
use xml::serialise;

/// A part of a drawing, in the drawing's own units.
#[derive(Debug, Clone)]
enum DrawingPart {
    Path(Path),
    Glyphs(GlyphRun),
}

/// A drawing in its own units.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawing {
    /// Width and height in pixels.
    pub size: (f64, f64),
    /// Whether it takes the width that there is, having none of its own.
    pub fills: bool,
    /// The features that the PDF does not draw.
    pub undrawn: BTreeSet<&'static str>,
    /// Characters that no face has, and that are shown as their numbers.
    pub missing: BTreeSet<char>,
    parts: Vec<DrawingPart>,
}

/// Reads drawings, and remembers them; the fonts are made ready once.
pub(super) struct Drawings {
    fonts: Fonts,
    options: Option<(usvg::Options<'static>, Faces)>,
    /// By their XML, without what writing that has left out.
    known: TwoBuildCache<String, Drawing>,
}

impl Drawings {
    pub(super) fn new(fonts: &Fonts) -> Self {
        Self {
            fonts: fonts.clone(),
            options: None,
            known: TwoBuildCache::default(),
        }
    }

    /// Goes on to the next document; drawings that the last one did not show are forgotten.
    pub(super) fn turn(&mut self) {
        self.known.turn();
    }

    /// How many drawings are held.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// Reads the drawing at a node; `lacks` knows which characters no face has.
    ///
    /// # Errors
    /// Says in a phrase why it cannot be read.
    pub(super) fn read(
        &mut self,
        document: &Document,
        id: NodeId,
        lacks: &dyn Fn(char) -> bool,
    ) -> Result<Drawing, String> {
        let written = serialise(document, id, lacks)?;
        let drawn = match self.known.find(&written.xml) {
            Some(drawn) => drawn.clone(),
            None => {
                let drawn = self.draw(&written.xml)?;
                self.known.keep(written.xml, drawn.clone());
                drawn
            }
        };
        let width = document.get(id).attr("width");
        let mut undrawn = written.undrawn;
        undrawn.extend(&drawn.undrawn);
        Ok(Drawing {
            fills: width.is_none_or(|w| w.trim().ends_with('%')),
            missing: written.missing,
            undrawn,
            ..drawn
        })
    }

    /// The drawing that an XML text shows.
    fn draw(&mut self, xml: &str) -> Result<Drawing, String> {
        let (options, faces) = self.options.get_or_insert_with(|| options(&self.fonts));
        let parsed = roxmltree::Document::parse(xml).map_err(|e| e.to_string())?;
        let tree = usvg::Tree::from_xmltree(&parsed, options).map_err(|e| e.to_string())?;
        let size = tree.size();
        let mut drawing = Drawing {
            size: (f64::from(size.width()), f64::from(size.height())),
            ..Drawing::default()
        };
        drawing.group(tree.root(), Transform::identity(), 1.0, faces);
        Ok(drawing)
    }
}

/// Sees whether the first drawing of a tree can be read at all; its words are not set.
///
/// # Errors
/// Says in a phrase why not.
pub fn see_drawing(document: &Document) -> Result<(), String> {
    let mut all = document.descendants(Document::ROOT);
    let drawing = all.find(|&id| document.get(id).is("svg"));
    let drawing = drawing.ok_or("it has no element `svg`")?;
    let written = serialise(document, drawing, &|_| false)?;
    let parsed = roxmltree::Document::parse(&written.xml).map_err(|e| e.to_string())?;
    let tree = usvg::Tree::from_xmltree(&parsed, &enclosed());
    tree.map(drop).map_err(|e| e.to_string())
}

/// Options with which a drawing never reaches for other files.
fn enclosed() -> usvg::Options<'static> {
    usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    }
}

fn options(fonts: &Fonts) -> (usvg::Options<'static>, Faces) {
    let mut database = fontdb::Database::new();
    let faces = Faces::load(fonts, &mut database);
    let name = |family| fonts.names(family).next().unwrap_or_default().to_owned();
    database.set_sans_serif_family(name(Family::Sans));
    database.set_serif_family(name(Family::Serif));
    database.set_monospace_family(name(Family::Sans));
    let options = usvg::Options {
        font_family: name(Family::Sans),
        fontdb: Arc::new(database),
        ..enclosed()
    };
    (options, faces)
}

impl Drawing {
    /// The parts with the drawing's top left corner at a place, enlarged by `scale`.
    pub(super) fn place(&self, x: f64, y: f64, scale: f64) -> Vec<Shape> {
        let at = |p: super::Point| point(x + p.x.to_pt() * scale, y + p.y.to_pt() * scale);
        let (width, height) = self.size;
        let whole = area(x, y, width * scale, height * scale);
        let place = |part: &DrawingPart| match part.clone() {
            DrawingPart::Glyphs(mut run) => {
                run.at = at(run.at);
                run.size = run.size * scale;
                Shape::Glyphs(run)
            }
            DrawingPart::Path(mut path) => {
                for segment in &mut path.segments {
                    *segment = match *segment {
                        Segment::Move(p) => Segment::Move(at(p)),
                        Segment::Line(p) => Segment::Line(at(p)),
                        Segment::Curve(a, b, c) => Segment::Curve(at(a), at(b), at(c)),
                        Segment::Close => Segment::Close,
                    };
                }
                if let Some(stroke) = &mut path.stroke {
                    stroke.width = stroke.width * scale;
                    for dash in &mut stroke.dashes {
                        *dash = *dash * scale;
                    }
                }
                path.clip = reaches_out(&path, &whole).then_some(whole);
                Shape::Path(path)
            }
        };
        self.parts.iter().map(place).collect()
    }

    fn group(&mut self, group: &usvg::Group, outer: Transform, opacity: f32, faces: &Faces) {
        let transform = outer.pre_concat(group.transform());
        let opacity = opacity * group.opacity().get();
        let mut lacks = |lack: bool, what| {
            if lack {
                self.undrawn.insert(what);
            }
        };
        lacks(group.clip_path().is_some(), "the clipping");
        lacks(group.mask().is_some(), "the mask");
        lacks(!group.filters().is_empty(), "the filter");
        lacks(
            group.blend_mode() != usvg::BlendMode::Normal,
            "the blending",
        );
        for node in group.children() {
            match node {
                usvg::Node::Group(inner) => self.group(inner, transform, opacity, faces),
                usvg::Node::Path(path) => self.path(path, transform, opacity),
                usvg::Node::Text(text) => {
                    // Glyphs are painted without opacity.
                    let runs = (opacity >= 1.0)
                        .then(|| text::runs(text.layouted(), transform, faces))
                        .flatten();
                    match runs {
                        Some(runs) => self.parts.extend(runs),
                        None => self.group(text.flattened(), transform, opacity, faces),
                    }
                }
                usvg::Node::Image(_) => drop(self.undrawn.insert("the picture")),
            }
        }
    }

    fn path(&mut self, path: &usvg::Path, transform: Transform, opacity: f32) {
        if !path.is_visible() {
            return;
        }
        let fill = path.fill().and_then(|fill| {
            let colour = self.colour(fill.paint())?;
            let segments = segments(path.data(), transform);
            Some(Path {
                segments,
                fill: Some(colour),
                stroke: None,
                opacity: opacity * fill.opacity().get(),
                even_odd: fill.rule() == usvg::FillRule::EvenOdd,
                clip: None,
            })
        });
        let stroke = path.stroke().and_then(|stroke| {
            let colour = self.colour(stroke.paint())?;
            outline(
                path,
                stroke,
                colour,
                transform,
                opacity * stroke.opacity().get(),
            )
        });
        let painted = match path.paint_order() {
            usvg::PaintOrder::FillAndStroke => [fill, stroke],
            usvg::PaintOrder::StrokeAndFill => [stroke, fill],
        };
        let painted = painted.into_iter().flatten();
        self.parts.extend(painted.map(DrawingPart::Path));
    }

    fn colour(&mut self, paint: &usvg::Paint) -> Option<Colour> {
        let stops = match paint {
            usvg::Paint::Color(c) => return Some(Colour::rgb(c.red, c.green, c.blue)),
            usvg::Paint::LinearGradient(g) => g.stops(),
            usvg::Paint::RadialGradient(g) => g.stops(),
            usvg::Paint::Pattern(_) => {
                self.undrawn.insert("the pattern");
                return None;
            }
        };
        self.undrawn.insert("the gradient");
        let middle = stops.get(stops.len() / 2)?.color();
        Some(Colour::rgb(middle.red, middle.green, middle.blue))
    }
}

/// How far a line may reach out of a drawing before it is clipped, in points: half of one that
/// runs along the edge always does, and looks better whole.
const OVERHANG: f64 = 2.5;

/// Whether a path is seen outside of an area.
fn reaches_out(path: &Path, area: &Rect) -> bool {
    let bounds = bounds(&path.segments);
    let line = path.stroke.as_ref().map_or(0.0, |s| s.width.to_pt() / 2.0) - OVERHANG;
    let end = |r: &Rect| (r.origin.x + r.width, r.origin.y + r.height);
    let ((right, bottom), (last_x, last_y)) = (end(&bounds), end(area));
    bounds.origin.x.to_pt() - line < area.origin.x.to_pt()
        || bounds.origin.y.to_pt() - line < area.origin.y.to_pt()
        || right.to_pt() + line > last_x.to_pt()
        || bottom.to_pt() + line > last_y.to_pt()
}
