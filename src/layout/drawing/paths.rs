//! Converts the paths of `usvg`.

use crate::layout::flow::point;
use crate::layout::{Path, Segment, Stroke};
use crate::theme::{Colour, Length};
use usvg::tiny_skia_path::{PathSegment, Stroke as SkiaStroke, Transform};

/// A stroke as a path: with a line, or as an area if its ends or corners are round.
pub(super) fn outline(
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

pub(super) fn segments(path: &usvg::tiny_skia_path::Path, transform: Transform) -> Vec<Segment> {
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
