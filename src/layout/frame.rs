//! The result of layout: pages with items at fixed places.
//!
//! Points are measured from the top left corner of the page, downwards. Each [`PageItem`] has an
//! [`Owner`]: the node of the tree that it shows, or the kind of artifact that it is; the PDF
//! writer makes structure elements and marked content from that alone. Items stand in the order
//! in which they are painted, which for text is the reading order.

use crate::dom::NodeId;
use crate::theme::{Colour, Length};
use std::ops::Range;
use std::sync::Arc;

/// A place on a page, from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// Rightwards.
    pub x: Length,
    /// Downwards.
    pub y: Length,
}

/// A rectangle on a page.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Top left corner.
    pub origin: Point,
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
}

/// The pages of a document, and where its targets stand.
#[derive(Debug, Clone)]
pub struct Pages {
    /// Pages in order.
    pub pages: Vec<Page>,
    /// Where each node that can be a target stands: headings, and elements with an `id`.
    pub destinations: Vec<Destination>,
}

/// One page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Width of the paper.
    pub width: Length,
    /// Height of the paper.
    pub height: Length,
    /// The items in the order of painting.
    pub items: Vec<PageItem>,
    /// Areas that lead elsewhere.
    pub links: Vec<LinkArea>,
}

/// Something painted.
#[derive(Debug, Clone)]
pub struct PageItem {
    /// Its owner.
    pub owner: Owner,
    /// The content and its place.
    pub shape: Shape,
}

/// The owner of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// A text node (for glyphs) or an `img` or `svg` element (for pictures, and glyphs in them).
    Node(NodeId),
    /// The bullet or number of this `li`.
    Label(NodeId),
    /// The page number that the contents show for this `a`.
    PageNumber(NodeId),
    /// Nothing that is read.
    Artifact(Artifact),
}

/// The kinds of artifact (ISO 32000-1, 14.8.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Artifact {
    /// The running header.
    Header,
    /// The running footer.
    Footer,
    /// The status of a draft.
    Watermark,
    /// The number of a line, in the margin.
    LineNumber,
    /// A header row that is shown again on a further page.
    RepeatedRow,
    /// A rule, background or decoration.
    Decoration,
}

/// The content of an item.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Glyphs on one baseline.
    Glyphs(GlyphRun),
    /// A filled or stroked path: rules, backgrounds, drawings.
    Path(Path),
    /// A picture, stretched to its area.
    Picture {
        /// Where it stands.
        area: Rect,
        /// Which one.
        picture: Arc<Picture>,
    },
}

/// The index of a face in [`crate::layout::Fonts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u8);

/// Glyphs of one face and colour on one baseline.
#[derive(Debug, Clone)]
pub struct GlyphRun {
    /// The left end of the baseline.
    pub at: Point,
    /// The face.
    pub face: FaceId,
    /// Size of type.
    pub size: Length,
    /// Colour.
    pub colour: Colour,
    /// The text that the glyphs show, in logical order. Spaces between words are part of it.
    pub text: String,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// Whether the last glyph is a hyphen that only the line break brought in: it is not in
    /// `text`, and is read as a soft hyphen.
    pub ends_in_hyphen: bool,
}

/// One glyph.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Its number in the face, before subsetting.
    pub id: u16,
    /// How far the pen moves, in thousandths of the size; kerning and tracking are in it.
    pub advance: f32,
    /// Shift of the outline to the right, in thousandths of the size.
    pub x_offset: f32,
    /// Shift of the outline upwards, in thousandths of the size.
    pub y_offset: f32,
    /// The bytes of the run's text that it shows; the glyphs of one cluster share a range.
    pub text: Range<u32>,
}

/// A filled or stroked outline.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Steps of the outline.
    pub segments: Vec<Segment>,
    /// Colour of the inside.
    pub fill: Option<Colour>,
    /// Colour and width of the line.
    pub stroke: Option<Stroke>,
    /// Opacity from 0 to 1.
    pub opacity: f32,
    /// Whether the inside follows the even-odd rule instead of the non-zero one.
    pub even_odd: bool,
    /// The area outside of which nothing of it is seen, if any of it lies there.
    pub clip: Option<Rect>,
}

/// The line of a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub colour: Colour,
    /// Width.
    pub width: Length,
    /// Lengths of dashes and gaps; empty for a whole line.
    pub dashes: Vec<Length>,
}

/// A step of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// Begins a part.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A cubic curve: two control points and the end.
    Curve(Point, Point, Point),
    /// Closes the part.
    Close,
}

/// A picture made of pixels, ready for embedding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Its pixels.
    pub pixels: Pixels,
}

/// The pixels of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pixels {
    /// The bytes of a JPEG file with one (grey) or three (RGB) components.
    Jpeg {
        /// Number of components, 1 or 3.
        components: u8,
        /// The file.
        data: Vec<u8>,
    },
    /// Eight bits a channel, row by row.
    Raw {
        /// Number of channels, 1 (grey) or 3 (RGB).
        channels: u8,
        /// Samples, without alpha.
        data: Vec<u8>,
        /// One byte of alpha a pixel, if any pixel is not opaque.
        alpha: Option<Vec<u8>>,
    },
}

/// An area that leads elsewhere when it is pressed.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkArea {
    /// Where it is; a link that runs over two lines has two areas.
    pub area: Rect,
    /// The `a` element; its `href` says where to.
    pub node: NodeId,
}

/// Where a node stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Destination {
    /// The node.
    pub node: NodeId,
    /// Index of the page.
    pub page: usize,
    /// Its upper edge.
    pub y: Length,
}
