//! Draws inline SVG as paths and glyphs.
//!
//! [`Drawings::read`] writes the subtree as XML, lets `usvg` resolve it (styles, units, text set
//! with our faces) and keeps paths and glyphs. What the PDF does not draw is listed, so that it is
//! not lost in silence. Nothing outside the document is ever read.

mod text;

use super::dump::bounds;
use super::flow::{area, point};
use super::{Family, Fonts, GlyphRun, Path, Rect, Segment, Shape, Stroke};
use crate::dom::{Data, Document, NodeId};
use crate::theme::{Colour, Length};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;
use text::Faces;
use usvg::tiny_skia_path::{PathSegment, Stroke as SkiaStroke, Transform};
use usvg::{fontdb, roxmltree};

/// Elements deeper than this in a drawing are an error: the reader of drawings is recursive.
const DEEPEST: usize = 64;

/// A part of a drawing, in the drawing's own units.
#[derive(Debug, Clone)]
enum Scaled {
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
    /// What the PDF does not draw.
    pub undrawn: BTreeSet<&'static str>,
    parts: Vec<Scaled>,
}

/// Reads drawings; the fonts are made ready once.
pub(super) struct Drawings {
    fonts: Fonts,
    options: Option<(usvg::Options<'static>, Faces)>,
}

impl Drawings {
    pub(super) fn new(fonts: &Fonts) -> Self {
        Self {
            fonts: fonts.clone(),
            options: None,
        }
    }

    /// Reads the drawing at a node.
    ///
    /// # Errors
    /// Says in a phrase why it cannot be read.
    pub(super) fn read(&mut self, document: &Document, id: NodeId) -> Result<Drawing, String> {
        let mut drawing = Drawing::default();
        let xml = serialise(document, id, &mut drawing.undrawn)?;
        let (options, faces) = self.options.get_or_insert_with(|| options(&self.fonts));
        let parsed = roxmltree::Document::parse(&xml).map_err(|e| e.to_string())?;
        let tree = usvg::Tree::from_xmltree(&parsed, options).map_err(|e| e.to_string())?;
        let size = tree.size();
        drawing.size = (f64::from(size.width()), f64::from(size.height()));
        let width = document.get(id).attr("width");
        drawing.fills = width.is_none_or(|w| w.trim().ends_with('%'));
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
    let xml = serialise(document, drawing, &mut BTreeSet::new())?;
    let parsed = roxmltree::Document::parse(&xml).map_err(|e| e.to_string())?;
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
    let name = |family| match family {
        Family::Sans => "Inter",
        Family::Serif => "Literata",
    };
    database.set_sans_serif_family(name(Family::Sans));
    database.set_serif_family(name(Family::Serif));
    database.set_monospace_family(name(Family::Sans));
    let options = usvg::Options {
        font_family: name(Family::Sans).into(),
        fontdb: Arc::new(database),
        ..enclosed()
    };
    (options, faces)
}

/// The subtree as XML.
fn serialise(
    document: &Document,
    id: NodeId,
    undrawn: &mut BTreeSet<&'static str>,
) -> Result<String, String> {
    enum Step {
        Open(NodeId, usize),
        Close(NodeId),
    }
    let mut xml = String::new();
    let mut steps = vec![Step::Open(id, 0)];
    while let Some(step) = steps.pop() {
        let (id, depth) = match step {
            Step::Close(id) => {
                let _ = write!(xml, "</{}>", document.get(id).name());
                continue;
            }
            Step::Open(id, depth) => (id, depth),
        };
        if depth > DEEPEST {
            return Err("its elements are nested too deep".into());
        }
        let node = document.get(id);
        let (name, attrs) = match &node.data {
            Data::Text(text) => {
                escape(text, &mut xml);
                continue;
            }
            Data::Element { name, attrs } => (name, attrs),
        };
        match name.as_str() {
            "image" => drop(undrawn.insert("the picture")),
            "foreignObject" => drop(undrawn.insert("the foreign object")),
            "animate" | "animateTransform" | "set" => drop(undrawn.insert("the animation")),
            _ => {}
        }
        if !is_name(name) {
            continue;
        }
        let _ = write!(xml, "<{name}");
        if depth == 0 {
            xml.push_str(" xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
        }
        for (key, value) in attrs {
            let prefixed = key.contains(':')
                && !matches!(key.as_str(), "xlink:href" | "xml:space" | "xml:lang");
            if key.starts_with("xmlns") || prefixed || !is_name(key) {
                continue;
            }
            let _ = write!(xml, " {key}=\"");
            escape(value, &mut xml);
            xml.push('"');
        }
        xml.push('>');
        steps.push(Step::Close(id));
        steps.extend(
            node.children
                .iter()
                .rev()
                .map(|&c| Step::Open(c, depth + 1)),
        );
    }
    Ok(xml)
}

fn is_name(name: &str) -> bool {
    let rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.chars().all(rest)
}

fn escape(text: &str, xml: &mut String) {
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            // XML 1.0 has no other control characters, not even as references.
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            '\u{fffe}' | '\u{ffff}' => {}
            c => xml.push(c),
        }
    }
}

impl Drawing {
    /// The parts with the drawing's top left corner at a place, enlarged by `scale`.
    pub(super) fn place(&self, x: f64, y: f64, scale: f64) -> Vec<Shape> {
        let at = |p: super::Point| point(x + p.x.to_pt() * scale, y + p.y.to_pt() * scale);
        let (width, height) = self.size;
        let whole = area(x, y, width * scale, height * scale);
        let place = |part: &Scaled| match part.clone() {
            Scaled::Glyphs(mut run) => {
                run.at = at(run.at);
                run.size = run.size * scale;
                Shape::Glyphs(run)
            }
            Scaled::Path(mut path) => {
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
        self.parts.extend(painted.map(Scaled::Path));
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

/// A stroke as a path: with a line, or as an area if its ends or corners are round.
fn outline(
    path: &usvg::Path,
    stroke: &usvg::Stroke,
    colour: Colour,
    transform: Transform,
    opacity: f32,
) -> Option<Path> {
    let plain = stroke.linecap() == usvg::LineCap::Butt
        && stroke.linejoin() == usvg::LineJoin::Miter
        && stroke.dashoffset() == 0.0;
    if plain {
        let (sx, sy) = transform.get_scale();
        let scale = f64::from((sx * sy).abs().sqrt());
        let dashes = stroke.dasharray().unwrap_or_default();
        return Some(Path {
            segments: segments(path.data(), transform),
            fill: None,
            stroke: Some(Stroke {
                colour,
                width: Length::pt(f64::from(stroke.width().get()) * scale),
                dashes: dashes
                    .iter()
                    .map(|&d| Length::pt(f64::from(d) * scale))
                    .collect(),
            }),
            opacity,
            even_odd: false,
            clip: None,
        });
    }
    let skia: SkiaStroke = stroke.to_tiny_skia();
    // Curves are approximated for a page, which is seen enlarged more often than a screen.
    let resolution = 4.0;
    let dashed = skia
        .dash
        .as_ref()
        .and_then(|d| path.data().dash(d, resolution));
    let area = dashed
        .as_ref()
        .unwrap_or(path.data())
        .stroke(&skia, resolution)?;
    Some(Path {
        segments: segments(&area, transform),
        fill: Some(colour),
        stroke: None,
        opacity,
        even_odd: false,
        clip: None,
    })
}

fn segments(path: &usvg::tiny_skia_path::Path, transform: Transform) -> Vec<Segment> {
    let Some(path) = path.clone().transform(transform) else {
        return Vec::new();
    };
    let at = |p: usvg::tiny_skia_path::Point| (f64::from(p.x), f64::from(p.y));
    let to = |(x, y): (f64, f64)| point(x, y);
    let mut pen = (0.0, 0.0);
    let mut out = Vec::new();
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(p) => {
                pen = at(p);
                out.push(Segment::Move(to(pen)));
            }
            PathSegment::LineTo(p) => {
                pen = at(p);
                out.push(Segment::Line(to(pen)));
            }
            PathSegment::QuadTo(c, p) => {
                // A quadratic curve as a cubic one: the controls lie at two thirds.
                let (c, p) = (at(c), at(p));
                let toward =
                    |a: (f64, f64)| (a.0 + (c.0 - a.0) * 2.0 / 3.0, a.1 + (c.1 - a.1) * 2.0 / 3.0);
                out.push(Segment::Curve(to(toward(pen)), to(toward(p)), to(p)));
                pen = p;
            }
            PathSegment::CubicTo(a, b, p) => {
                pen = at(p);
                out.push(Segment::Curve(to(at(a)), to(at(b)), to(pen)));
            }
            PathSegment::Close => out.push(Segment::Close),
        }
    }
    out
}
