//! Pages as text, one line for each item, for tests and bug reports.

use super::{Artifact, Owner, PageItem, Pages, Rect, Segment, Shape};
use std::fmt;

/// Page, owner, kind, place (in points, to a tenth), and what it shows.
impl fmt::Display for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, page) in self.pages.iter().enumerate() {
            let number = index + 1;
            let (width, height) = (page.width.to_pt(), page.height.to_pt());
            writeln!(f, "page {number} {width:.1} x {height:.1}")?;
            for item in &page.items {
                write!(f, "{number} {item}")?;
            }
            for link in &page.links {
                writeln!(
                    f,
                    "{number} link node {} {}",
                    link.node.0,
                    Bounds(link.area)
                )?;
            }
        }
        for destination in &self.destinations {
            let (node, page, y) = (
                destination.node.0,
                destination.page + 1,
                destination.y.to_pt(),
            );
            writeln!(f, "destination node {node} page {page} y {y:.1}")?;
        }
        Ok(())
    }
}

impl fmt::Display for PageItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.owner {
            Owner::Node(node) => write!(f, "node {}", node.0)?,
            Owner::Label(node) => write!(f, "label {}", node.0)?,
            Owner::PageNumber(node) => write!(f, "page-number {}", node.0)?,
            Owner::Artifact(Artifact::Header) => write!(f, "header")?,
            Owner::Artifact(Artifact::Footer) => write!(f, "footer")?,
            Owner::Artifact(Artifact::Watermark) => write!(f, "watermark")?,
            Owner::Artifact(Artifact::LineNumber) => write!(f, "line-number")?,
            Owner::Artifact(Artifact::RepeatedRow) => write!(f, "repeated-row")?,
            Owner::Artifact(Artifact::Decoration) => write!(f, "decoration")?,
        }
        match &self.shape {
            Shape::Glyphs(run) => {
                let (x, y) = (run.at.x.to_pt(), run.at.y.to_pt());
                let (face, size) = (run.face.0, run.size.to_pt());
                let hyphen = if run.ends_in_hyphen { " hyphen" } else { "" };
                writeln!(
                    f,
                    " glyphs {x:.1} {y:.1} face {face} size {size:.1} {:?}{hyphen}",
                    run.text
                )
            }
            Shape::Picture { area, picture } => {
                writeln!(
                    f,
                    " picture {} of {} x {} pixels",
                    Bounds(*area),
                    picture.width,
                    picture.height
                )
            }
            Shape::Path(path) => {
                write!(f, " path {}", Bounds(bounds(&path.segments)))?;
                if let Some(fill) = path.fill {
                    write!(f, " fill {fill}")?;
                }
                if let Some(stroke) = &path.stroke {
                    write!(f, " stroke {} {:.1}", stroke.colour, stroke.width.to_pt())?;
                }
                if let Some(clip) = path.clip {
                    write!(f, " clip {}", Bounds(clip))?;
                }
                writeln!(f)
            }
        }
    }
}

struct Bounds(Rect);

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rect {
            origin,
            width,
            height,
        } = self.0;
        let (x, y, w, h) = (
            origin.x.to_pt(),
            origin.y.to_pt(),
            width.to_pt(),
            height.to_pt(),
        );
        write!(f, "{x:.1} {y:.1} {w:.1} x {h:.1}")
    }
}

/// The smallest rectangle around all points of a path, controls included.
pub(super) fn bounds(segments: &[Segment]) -> Rect {
    let mut points = segments.iter().flat_map(|s| match *s {
        Segment::Move(p) | Segment::Line(p) => vec![p],
        Segment::Curve(a, b, c) => vec![a, b, c],
        Segment::Close => Vec::new(),
    });
    let Some(first) = points.next() else {
        return Rect::default();
    };
    let (low, high) = points.fold((first, first), |(mut low, mut high), p| {
        low.x = low.x.min(p.x);
        low.y = low.y.min(p.y);
        high.x = high.x.max(p.x);
        high.y = high.y.max(p.y);
        (low, high)
    });
    Rect {
        origin: low,
        width: high.x - low.x,
        height: high.y - low.y,
    }
}
