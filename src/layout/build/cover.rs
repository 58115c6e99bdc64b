//! The cover: the names of council and document above a landscape in the colours of the theme.

use super::Builder;
use super::inline::Setting;
use crate::dom::{Node, NodeId};
use crate::layout::flow::{
    FlowPosition, LineBox, Stack, decoration, filled, flatten, point, rectangle, rounded,
};
use crate::layout::paragraph::{Hyphens, Spaces};
use crate::layout::style::{BlockContainer, Context};
use crate::layout::{Artifact, Owner, PageItem, Segment, Shape};
use crate::theme::landscape::{self, Ridge};

/// Height of the council's name from the top, as a part of the page.
const COUNCIL: f64 = 0.085;
/// The same for the title.
const TITLE: f64 = 0.23;

impl Builder<'_> {
    /// Sets the cover as a page of its own, or as ordinary blocks where it is too long for one.
    pub(super) fn cover(&mut self, id: NodeId, mut context: Context) {
        let page = &self.input.theme.page;
        let (width, height) = (page.width.to_pt(), page.height.to_pt());
        context.container = BlockContainer::Cover;
        context.text.hyphens = Hyphens::Forced;
        // The title may use some of the wide right margin.
        context.width = (width - context.x - page.left.to_pt()).max(1.0);
        let targets = std::mem::take(&mut self.targets);
        let council = self.part(id, context, true);
        let rest = self.part(id, context, false);
        let (council, rest) = (flatten(council), flatten(rest));
        let top = height * COUNCIL;
        let title = (height * TITLE).max(top + council.height + 24.0);
        let mut line_box = LineBox {
            height,
            full_page: true,
            new_page: true,
            ..LineBox::default()
        };
        line_box.targets = targets.into_iter().map(|t| (t, 0.0)).collect();
        line_box.items = self.landscape(width, height);
        if title + rest.height > height * 0.97 {
            // Too much text for the landscape: it goes, and the text is broken over pages.
            let mut line_boxes = self.apart(|b| b.children(id, context));
            if let Some(first) = line_boxes.first_mut() {
                first.new_page = true;
                first.targets.splice(0..0, line_box.targets);
            }
            for line_box in line_boxes {
                self.push(line_box);
            }
            self.new_page = true;
            return;
        }
        let (mut stack, mut position) = (Stack::default(), FlowPosition::default());
        stack.push(&mut position, council, top);
        let gap = title - position.y;
        stack.push(&mut position, rest, gap);
        line_box.items.append(&mut stack.items);
        line_box.links.append(&mut stack.links);
        line_box.targets.append(&mut stack.targets);
        self.push(line_box);
        self.new_page = true;
        self.space = 0.0;
    }

    /// The council's name at the head of the cover, or all the rest.
    fn part(&mut self, id: NodeId, context: Context, head: bool) -> Vec<LineBox> {
        let children = &self.node(id).children;
        let is_council = |b: &Self, c: NodeId| b.node(c).has_class("council");
        let split = children
            .iter()
            .position(|&c| is_council(self, c))
            .map_or(0, |i| i + 1);
        let part = if head {
            &children[..split]
        } else {
            &children[split..]
        };
        self.apart(|builder| builder.nodes(part, context))
    }

    /// The `span.status` of a paragraph that holds nothing else.
    pub(super) fn lone_status(&self, node: &Node) -> Option<NodeId> {
        let children = node.children.iter().copied();
        let mut shown = children.filter(|&c| !self.node(c).is_blank());
        let first = shown.next().filter(|&c| self.node(c).has_class("status"))?;
        shown.next().is_none().then_some(first)
    }

    /// Sets the status as a filled pill.
    pub(super) fn status(&mut self, id: NodeId, node: &Node, context: Context) {
        let style = self.styles.inline(id, node, context.text);
        let mut paragraph = self.gathered(&node.children, style, Spaces::Collapse, context.depth);
        paragraph.pad(0, style.size * 1.1, style.size * 1.1);
        let leading = style.size * 2.6;
        let mut inner = Context { leading, ..context };
        inner.text.size = style.size;
        self.gap(18.0);
        let start = self.line_boxes.len();
        self.set(paragraph, inner, Setting::default());
        // The pill of a line of its own is higher than one in a text.
        for line_box in self.line_boxes.iter_mut().skip(start) {
            let Some(PageItem {
                shape: Shape::Path(pill),
                ..
            }) = line_box.items.first_mut()
            else {
                continue;
            };
            if let (Some(Segment::Move(from)), Some(Segment::Line(to))) =
                (pill.segments.first(), pill.segments.get(1))
            {
                let radius = style.size * 0.73;
                let (left, right) = (from.x.to_pt() - radius, to.x.to_pt() + radius);
                let height = style.size * 2.2;
                let y = (leading - height) / 2.0;
                pill.segments = rounded(left, y, right - left, height, height / 2.0);
            }
        }
    }

    /// The landscape at the foot of the page.
    fn landscape(&self, width: f64, height: f64) -> Vec<PageItem> {
        let colours = &self.styles.theme.colours;
        let room = height * landscape::HEIGHT;
        let mut items: Vec<PageItem> = landscape::RIDGES
            .iter()
            .map(|ridge| {
                let outline = outline(ridge, width, height, room);
                decoration(outline, Some(ridge.colour(colours)))
            })
            .collect();
        let shore = room * landscape::SHORE;
        let line = rectangle(0.0, height - shore, width, shore);
        items.push(PageItem {
            owner: Owner::Artifact(Artifact::Decoration),
            shape: Shape::Path(filled(line, Some(colours.second))),
        });
        items
    }
}

/// The area below a ridge, whose landscape takes the lowest `room` of the page.
fn outline(ridge: &Ridge, width: f64, bottom: f64, room: f64) -> Vec<Segment> {
    let to_page = |(x, y): landscape::RelativePoint| point(x * width, bottom - room + y * room);
    let mut segments = vec![
        Segment::Move(point(0.0, bottom)),
        Segment::Line(to_page(ridge.start())),
    ];
    segments.extend(
        ridge
            .curves()
            .map(|[one, two, end]| Segment::Curve(to_page(one), to_page(two), to_page(end))),
    );
    segments.push(Segment::Line(point(width, bottom)));
    segments.push(Segment::Close);
    segments
}
