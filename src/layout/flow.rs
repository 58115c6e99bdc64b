//! Line boxes: the units that fill a page from top to bottom.
//!
//! The blocks of a document become one list of [`LineBox`]es: lines of text, pictures, rows of tables. A
//! line box is never split. A page may end between two of them if [`LineBox::break_after`] allows it. A
//! [`FlowPosition`] computes the places of line boxes below each other, and a [`Stack`] paints them with
//! their backgrounds. Table cells and pages both use these two.

use super::{Artifact, LinkArea, Owner, PageItem, Path, Point, Rect, Segment, Shape};
use crate::dom::NodeId;
use crate::theme::{Colour, Length};
use std::sync::Arc;

/// Whether a page may end at a place (`break-after` and `break-inside` of CSS).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum PageBreak {
    /// It may.
    #[default]
    Auto,
    /// Only if what belongs together is higher than a page.
    Avoid,
    /// Only if there is no other way.
    Never,
}

/// A line of text, a picture or a line of a table row, as wide as the text of the page. The `y` of
/// its items counts from its top.
#[derive(Debug, Clone, Default)]
pub(super) struct LineBox {
    /// Space above, which falls away at the top of a page.
    pub before: f64,
    /// Height.
    pub height: f64,
    /// The baseline of its first line, if it has one.
    pub baseline: Option<f64>,
    /// The items.
    pub items: Vec<PageItem>,
    /// Areas that lead elsewhere.
    pub links: Vec<LinkArea>,
    /// Nodes that can be targets.
    pub targets: Vec<(NodeId, f64)>,
    /// Whether a page may end after it.
    pub break_after: PageBreak,
    /// Whether it starts a page.
    pub new_page: bool,
    /// Whether it is a page of its own, without margins, header and footer.
    pub full_page: bool,
    /// Whether it is a line of a heading.
    pub heading: bool,
    /// Grounds that start above it.
    pub opens: Vec<Background>,
    /// How many backgrounds end below it.
    pub closes: usize,
    /// The header rows that are shown again when a page starts with this line box.
    pub repeats: Option<usize>,
    /// The notes that it refers to.
    pub notes: Vec<NodeId>,
    /// Whether it stands on a page across.
    pub across: bool,
}

/// An area behind line boxes, or a bar beside them.
#[derive(Debug, Clone, Default)]
pub(super) struct Background {
    /// Left edge.
    pub x: f64,
    /// Width.
    pub width: f64,
    /// Space between its upper edge and the first line box.
    pub pad_top: f64,
    /// Space between the last line box and its lower edge.
    pub pad_bottom: f64,
    /// Its colour.
    pub fill: Option<Colour>,
    /// The colour of a rule along its left edge.
    pub rule: Option<Colour>,
    /// A bar in the margin beside it.
    pub bar: Option<ChangeBar>,
}

/// A bar in the margin that says that something was changed, and a letter that says how.
#[derive(Debug, Clone)]
pub(super) struct ChangeBar {
    /// Left edge on an upright page.
    pub x: f64,
    /// How much shorter it is at both ends than what it stands beside.
    pub inset: f64,
    /// Its colour.
    pub colour: Colour,
    /// The letter, at its place from left to right, with its baseline at zero.
    pub letter: Arc<[PageItem]>,
    /// The baseline of the letter below the upper end.
    pub baseline: f64,
}

/// Width of the rule along the left edge of a background.
const RULE_WIDTH: f64 = 3.0;
/// Width of a change bar.
const BAR_WIDTH: f64 = 1.25;

impl Background {
    /// Whether nothing is drawn behind the line boxes, and no space is taken.
    pub(super) fn is_bar(&self) -> bool {
        self.bar.is_some() && self.fill.is_none() && self.rule.is_none()
    }
}

/// How far down line boxes below each other extend. A copy of it tries line boxes that may not
/// stay.
#[derive(Debug, Clone, Default)]
pub(super) struct FlowPosition {
    /// The lower end.
    pub y: f64,
    /// The backgrounds that are open.
    open: Vec<Background>,
}

/// Where a line box stands.
#[derive(Debug)]
pub(super) struct LineBoxPosition {
    /// The upper edges of the backgrounds that it opens.
    tops: Vec<f64>,
    /// Its own upper edge.
    y: f64,
    /// The lower edges of the backgrounds that end below it.
    bottoms: Vec<f64>,
}

impl FlowPosition {
    /// Nothing yet, from `y` downwards.
    pub(super) fn from(y: f64) -> Self {
        Self {
            y,
            ..Self::default()
        }
    }

    /// Adds a line box, with `before` above it.
    pub(super) fn add(&mut self, line_box: &LineBox, before: f64) -> LineBoxPosition {
        self.y += before;
        let tops = line_box
            .opens
            .iter()
            .map(|background| self.open(background.clone()));
        let tops = tops.collect();
        let y = self.y;
        self.y += line_box.height;
        let ending = self.open.len().saturating_sub(line_box.closes);
        let bottoms = self.open.drain(ending..).rev().map(|background| {
            self.y += background.pad_bottom;
            self.y
        });
        let bottoms = bottoms.collect();
        LineBoxPosition { tops, y, bottoms }
    }

    /// Opens a background, and says where its upper edge is.
    fn open(&mut self, background: Background) -> f64 {
        let top = self.y;
        self.y += background.pad_top;
        self.open.push(background);
        top
    }

    /// The space of the open backgrounds below the last line box.
    pub(super) fn pads(&self) -> f64 {
        self.open
            .iter()
            .map(|background| background.pad_bottom)
            .sum()
    }

    /// The top of another page that begins at `y`: the backgrounds that are open go on there, and
    /// their upper edges are said.
    pub(super) fn on_next_page(&self, y: f64) -> (Self, Vec<f64>) {
        let mut next = Self::from(y);
        let tops = self
            .open
            .iter()
            .map(|background| next.open(background.clone()))
            .collect();
        (next, tops)
    }
}

/// The items of line boxes below each other, with their backgrounds.
#[derive(Debug, Default)]
pub(super) struct Stack {
    /// The items.
    pub items: Vec<PageItem>,
    /// Areas that lead elsewhere.
    pub links: Vec<LinkArea>,
    /// Nodes that can be targets, and where they stand.
    pub targets: Vec<(NodeId, f64)>,
    /// How much farther to the right the margin is than on an upright page.
    pub margin_shift: f64,
    open: Vec<OpenBackground>,
}

#[derive(Debug)]
struct OpenBackground {
    background: Background,
    top: f64,
    /// Index of the items that are to hold the background and its rule.
    item: usize,
}

impl Stack {
    /// Adds a line box, with `before` above it.
    pub(super) fn push(&mut self, position: &mut FlowPosition, line_box: LineBox, before: f64) {
        let placed = position.add(&line_box, before);
        self.paint(line_box, placed);
    }

    /// Paints a line box where it stands.
    pub(super) fn paint(&mut self, line_box: LineBox, placed: LineBoxPosition) {
        for (background, top) in line_box.opens.into_iter().zip(placed.tops) {
            self.open_background(background, top);
        }
        let y = placed.y;
        self.items.reserve(line_box.items.len());
        for mut item in line_box.items {
            shift(&mut item.shape, y);
            self.items.push(item);
        }
        for mut link in line_box.links {
            link.area.origin.y += Length::pt(y);
            self.links.push(link);
        }
        for (node, dy) in line_box.targets {
            self.targets.push((node, y + dy));
        }
        for bottom in placed.bottoms {
            if let Some(open) = self.open.pop() {
                self.draw(&open, bottom);
            }
        }
    }

    fn open_background(&mut self, background: Background, top: f64) {
        let item = self.items.len();
        if background.fill.is_some() {
            self.items
                .push(decoration(rectangle(0.0, 0.0, 0.0, 0.0), None));
        }
        if background.rule.is_some() {
            self.items
                .push(decoration(rectangle(0.0, 0.0, 0.0, 0.0), None));
        }
        self.open.push(OpenBackground {
            background,
            top,
            item,
        });
    }

    fn draw(&mut self, open: &OpenBackground, bottom: f64) {
        let Background {
            x,
            width,
            fill,
            rule,
            ref bar,
            ..
        } = open.background;
        let height = bottom - open.top;
        let mut at = open.item;
        if let Some(fill) = fill {
            self.items[at] = decoration(rectangle(x, open.top, width, height), Some(fill));
            at += 1;
        }
        if let Some(rule) = rule {
            self.items[at] = decoration(rectangle(x, open.top, RULE_WIDTH, height), Some(rule));
        }
        if let Some(bar) = bar {
            self.draw_bar(bar, open.top, height);
        }
    }

    /// Draws a change bar with its letter.
    fn draw_bar(&mut self, bar: &ChangeBar, top: f64, height: f64) {
        let x = bar.x + self.margin_shift;
        let inside = (height - 2.0 * bar.inset).max(0.0);
        let line = rectangle(x, top + bar.inset, BAR_WIDTH, inside);
        self.items.push(decoration(line, Some(bar.colour)));
        for item in bar.letter.iter() {
            let mut item = item.clone();
            item.owner = Owner::Artifact(Artifact::Decoration);
            if let Shape::Glyphs(run) = &mut item.shape {
                run.at.x += Length::pt(x);
                run.at.y += Length::pt(top + bar.baseline);
            }
            self.items.push(item);
        }
    }

    /// Ends the page at `bottom`: draws the part of the open backgrounds that is on it.
    pub(super) fn suspend(&mut self, mut bottom: f64) {
        for part in std::mem::take(&mut self.open).iter().rev() {
            bottom += part.background.pad_bottom;
            self.draw(part, bottom);
        }
    }

    /// Goes on with the backgrounds that the last page left open, from their upper edges on this
    /// one.
    pub(super) fn resume(&mut self, position: &FlowPosition, tops: Vec<f64>) {
        for (background, top) in position.open.iter().zip(tops) {
            self.open_background(background.clone(), top);
        }
    }
}

/// Line boxes as one, with their backgrounds drawn: the content of a cell.
pub(super) fn flatten(line_boxes: Vec<LineBox>) -> LineBox {
    let (mut stack, mut position) = (Stack::default(), FlowPosition::default());
    let mut baseline = None;
    let mut notes = Vec::new();
    for (index, mut line_box) in line_boxes.into_iter().enumerate() {
        let before = if index == 0 { 0.0 } else { line_box.before };
        notes.append(&mut line_box.notes);
        if baseline.is_none() && index == 0 && line_box.opens.is_empty() {
            baseline = line_box.baseline;
        }
        stack.push(&mut position, line_box, before);
    }
    stack.suspend(position.y);
    LineBox {
        height: position.y,
        baseline,
        items: stack.items,
        links: stack.links,
        targets: stack.targets,
        notes,
        ..LineBox::default()
    }
}

/// Columns of line boxes as rows: the first of each column beside each other, and so on.
pub(super) fn side_by_side(columns: Vec<Vec<LineBox>>) -> Vec<LineBox> {
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
    let mut merged: Vec<LineBox> = Vec::with_capacity(rows);
    let mut open: Vec<Vec<Background>> = vec![Vec::new(); columns.len()];
    for row in 0..rows {
        let mut line_box = LineBox::default();
        for (column, open) in columns.iter_mut().zip(&mut open) {
            let Some(mut part) = column.next() else {
                continue;
            };
            // A background beside other columns is drawn for each row of lines by itself.
            let before = if row == 0 { 0.0 } else { part.before };
            open.append(&mut part.opens);
            line_box.notes.append(&mut part.notes);
            let (mut stack, mut position) = (Stack::default(), FlowPosition::default());
            let baseline = part.baseline;
            let closes = part.closes;
            part.closes = 0;
            for background in open.iter() {
                let bare = Background {
                    pad_top: 0.0,
                    pad_bottom: 0.0,
                    ..background.clone()
                };
                stack.open_background(bare, position.y);
            }
            // The letter of a bar stands once.
            for bar in open.iter_mut().filter_map(|b| b.bar.as_mut()) {
                bar.letter = Arc::default();
            }
            stack.push(&mut position, part, before);
            stack.suspend(position.y);
            open.truncate(open.len().saturating_sub(closes));
            line_box.height = line_box.height.max(position.y);
            line_box.baseline = line_box.baseline.or(baseline);
            line_box.items.append(&mut stack.items);
            line_box.links.append(&mut stack.links);
            line_box.targets.append(&mut stack.targets);
        }
        merged.push(line_box);
    }
    merged
}

/// A filled shape that nobody reads.
pub(super) fn decoration(segments: Vec<Segment>, fill: Option<Colour>) -> PageItem {
    PageItem {
        owner: Owner::Artifact(Artifact::Decoration),
        shape: Shape::Path(filled(segments, fill)),
    }
}

/// A filled outline.
pub(super) fn filled(segments: Vec<Segment>, fill: Option<Colour>) -> Path {
    Path {
        segments,
        fill,
        stroke: None,
        opacity: 1.0,
        even_odd: false,
        clip: None,
    }
}

/// A point on the page.
pub(super) fn point(x: f64, y: f64) -> Point {
    Point {
        x: Length::pt(x),
        y: Length::pt(y),
    }
}

/// An area of the page.
pub(super) fn area(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect {
        origin: point(x, y),
        width: Length::pt(width),
        height: Length::pt(height),
    }
}

/// The outline of a rectangle.
pub(super) fn rectangle(x: f64, y: f64, width: f64, height: f64) -> Vec<Segment> {
    vec![
        Segment::Move(point(x, y)),
        Segment::Line(point(x + width, y)),
        Segment::Line(point(x + width, y + height)),
        Segment::Line(point(x, y + height)),
        Segment::Close,
    ]
}

/// The outline of a rectangle with round corners.
pub(super) fn rounded(x: f64, y: f64, width: f64, height: f64, radius: f64) -> Vec<Segment> {
    let r = radius.min(width / 2.0).min(height / 2.0).max(0.0);
    // The control points of a quarter of a circle lie at 0.5523 of the radius.
    let k = r * (1.0 - 0.552_3);
    let (right, bottom) = (x + width, y + height);
    vec![
        Segment::Move(point(x + r, y)),
        Segment::Line(point(right - r, y)),
        Segment::Curve(
            point(right - k, y),
            point(right, y + k),
            point(right, y + r),
        ),
        Segment::Line(point(right, bottom - r)),
        Segment::Curve(
            point(right, bottom - k),
            point(right - k, bottom),
            point(right - r, bottom),
        ),
        Segment::Line(point(x + r, bottom)),
        Segment::Curve(
            point(x + k, bottom),
            point(x, bottom - k),
            point(x, bottom - r),
        ),
        Segment::Line(point(x, y + r)),
        Segment::Curve(point(x, y + k), point(x + k, y), point(x + r, y)),
        Segment::Close,
    ]
}

/// Moves a shape downwards.
pub(super) fn shift(shape: &mut Shape, dy: f64) {
    let dy = Length::pt(dy);
    match shape {
        Shape::Glyphs(run) => run.at.y += dy,
        Shape::Picture { area, .. } => area.origin.y += dy,
        Shape::Path(path) => {
            if let Some(clip) = &mut path.clip {
                clip.origin.y += dy;
            }
            for segment in &mut path.segments {
                match segment {
                    Segment::Move(p) | Segment::Line(p) => p.y += dy,
                    Segment::Curve(a, b, c) => {
                        a.y += dy;
                        b.y += dy;
                        c.y += dy;
                    }
                    Segment::Close => {}
                }
            }
        }
    }
}
