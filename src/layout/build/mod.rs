//! Turns the tree into line boxes.
//!
//! [`Builder::document`] walks the tree once. Each kind of block has a file: paragraphs and headings
//! ([`inline`]), lists, tables, figures, the cover, the contents. The space between two blocks is the
//! larger of their margins, as in CSS.

mod change;
mod cover;
mod figure;
mod inline;
mod list;
mod note;
mod table;
mod toc;

use super::cache::Typesetter;
use super::drawing::Drawings;
use super::flow::{Background, LineBox, PageBreak};
use super::hyphenate::Hyphenator;
use super::paragraph::{Line, Paragraph};
use super::problems::{Problem, Problems};
use super::shape::Shaper;
use super::style::{BlockContainer, BoxStyle, Context, Styles};
use super::{FaceId, LayoutInput, Style};
use crate::dom::level::{Level, Levels};
use crate::dom::vocabulary::{Display, display};
use crate::dom::{Document, Node, NodeId};
use crate::language;
use inline::ContentWidths;
use std::collections::{BTreeMap, BTreeSet};

/// Elements deeper than this are shown as plain text: no template nests so deep, and the walk
/// must not outgrow the stack.
const DEEPEST: usize = 40;
/// A card that takes more than this part of a page may be broken over two.
const CARD_KEEP: f64 = 0.4;

/// Everything that the pages are filled with.
pub(super) struct Flow {
    /// The line boxes in reading order.
    pub line_boxes: Vec<LineBox>,
    /// Header rows of tables, for [`LineBox::repeats`].
    pub headers: Vec<Vec<LineBox>>,
    /// The lines of the notes that line boxes refer to.
    pub notes: BTreeMap<NodeId, Vec<LineBox>>,
}

/// Walks the tree.
pub(super) struct Builder<'a> {
    input: &'a LayoutInput<'a>,
    styles: Styles<'a>,
    levels: Levels,
    pub(super) shaper: &'a mut Shaper,
    hyphenator: &'a mut Hyphenator,
    problems: Problems<'a>,
    drawings: &'a mut Drawings,
    line_boxes: Vec<LineBox>,
    headers: Vec<Vec<LineBox>>,
    /// Space that the next line box keeps from the last.
    space: f64,
    new_page: bool,
    targets: Vec<NodeId>,
    opens: Vec<Background>,
    /// For each reference to a note, the note.
    references: BTreeMap<NodeId, NodeId>,
    /// The notes among them, which are set at the foot of pages.
    below: BTreeSet<NodeId>,
    /// How many backgrounds and cells there are around.
    nested: usize,
    /// How many change bars there are beside; `None` if the document has none.
    bars: Option<usize>,
    /// Widths instead of line boxes are wanted.
    measuring: Option<ContentWidths>,
}

impl<'a> Builder<'a> {
    /// A builder for a document, which works with the typesetter for its fonts.
    pub(super) fn new(input: &'a LayoutInput<'a>, typesetter: &'a mut Typesetter) -> Self {
        let references = note::references(input.document);
        Self {
            input,
            styles: Styles {
                theme: input.theme,
                fonts: input.fonts,
            },
            levels: Levels::of(input.document),
            shaper: &mut typesetter.shaper,
            hyphenator: &mut typesetter.hyphenator,
            problems: Problems::new(input.document),
            drawings: &mut typesetter.drawings,
            line_boxes: Vec::new(),
            headers: Vec::new(),
            space: 0.0,
            new_page: false,
            targets: Vec::new(),
            opens: Vec::new(),
            below: references.values().copied().collect(),
            references,
            nested: 0,
            bars: change::bars(input.document),
            measuring: None,
        }
    }

    /// The line boxes of the whole document.
    pub(super) fn document(&mut self) -> Flow {
        let context = self.styles.root(&self.input.document.meta.language);
        self.children(Document::ROOT, context);
        if !self.targets.is_empty() || self.new_page && self.line_boxes.is_empty() {
            self.push(LineBox::default());
        }
        let notes = self.notes(context);
        Flow {
            line_boxes: std::mem::take(&mut self.line_boxes),
            headers: std::mem::take(&mut self.headers),
            notes,
        }
    }

    fn node(&self, id: NodeId) -> &'a Node {
        self.input.document.get(id)
    }

    /// Sets the children of a node.
    fn children(&mut self, id: NodeId, context: Context) {
        self.nodes(&self.node(id).children, context);
    }

    /// Sets neighbours: blocks one by one, and what stands between as paragraphs.
    fn nodes(&mut self, nodes: &[NodeId], context: Context) {
        let mut from = 0;
        for (index, &node) in nodes.iter().enumerate() {
            if self.is_block(node, context.depth) {
                self.paragraph(&nodes[from..index], context);
                self.block(node, context);
                from = index + 1;
            }
        }
        self.paragraph(&nodes[from..], context);
    }

    /// Whether a node is set as a block.
    fn is_block(&self, id: NodeId, depth: usize) -> bool {
        self.levels.level(id) != Level::Inline && depth < DEEPEST
    }

    /// Sets one block.
    fn block(&mut self, id: NodeId, mut context: Context) {
        let node = self.node(id);
        if node.has_class("screen-only") || self.is_set_below(id) {
            return;
        }
        if context.depth >= DEEPEST {
            self.paragraph(&[id], context);
            return;
        }
        context.depth += 1;
        if let Some(tag) = node.attr("lang") {
            context.text.hyphenation = language::hyphenation(tag);
        }
        if self.measuring.is_none() && (node.attr("id").is_some() || node.heading_level().is_some())
        {
            self.targets.push(id);
        }
        if node.has_class("page-break") {
            self.new_page = true;
        }
        if context.container == BlockContainer::Body && node.is("header") && node.has_class("cover")
        {
            self.cover(id, context);
            return;
        }
        // An inline element around blocks looks as it does in a line.
        if display(node.name()) == Some(Display::Inline) {
            context.text = self.styles.inline(id, node, context.text);
            context.font = self.styles.fonts.get(context.text.face).style;
        }
        let outer = context;
        let box_style = self.styles.block(node, &mut context);
        self.gap(box_style.before);
        let start = self.line_boxes.len();
        let bar = self.open_bar(id);
        self.background(&box_style, &mut context, |builder, context| {
            builder.content(id, node, context, &outer);
        });
        self.close_bar(bar);
        if node.is("figure") {
            self.keep_figure(start);
        }
        self.keep(start, node, &box_style);
        self.gap(box_style.after);
    }

    /// Sets what is inside a block.
    fn content(&mut self, id: NodeId, node: &'a Node, context: Context, outer: &Context) {
        match node.name() {
            _ if node.heading_level().is_some() => self.heading(id, node, context),
            "ul" | "ol" => self.list(id, node, context),
            "dl" if node.has_class("meta") => self.facts(id, context),
            "table" => self.table(id, *outer),
            "img" => self.image(id, node, context),
            "svg" => self.drawing(id, context),
            "hr" => self.rule(context),
            "pre" => self.preformatted(id, context),
            "nav" if node.has_class("toc") => self.toc(id, context),
            "dd" => {
                self.children(id, context.indented(12.0, 0.0));
            }
            "p" if node.has_class("status") => self.status(id, node, context),
            "p" if context.container == BlockContainer::Cover
                && self.lone_status(node).is_some() =>
            {
                let status = self.lone_status(node).unwrap_or(id);
                self.status(status, self.node(status), context);
            }
            _ => self.children(id, context),
        }
    }

    /// Space between the last line box and the next one, at least.
    fn gap(&mut self, space: f64) {
        // Inside a background that has just begun, its padding is space enough.
        if self.opens.iter().all(Background::is_bar) {
            self.space = self.space.max(space);
        }
    }

    /// Adds a line box.
    fn push(&mut self, mut line_box: LineBox) {
        line_box.before += std::mem::take(&mut self.space);
        line_box.new_page |= std::mem::take(&mut self.new_page);
        line_box.opens.splice(0..0, self.opens.drain(..));
        change::letters_beside_first_line(&mut line_box);
        let targets = self.targets.drain(..).map(|node| (node, 0.0));
        line_box.targets.splice(0..0, targets);
        // A heading wants two lines below it, even if the first is a paragraph of its own; but
        // what ends with one line ends there.
        if let [.., above, last] = self.line_boxes.as_mut_slice()
            && above.heading
            && !last.heading
            && !line_box.heading
            && last.closes == 0
        {
            last.break_after = last.break_after.max(PageBreak::Avoid);
        }
        self.line_boxes.push(line_box);
    }

    /// Sets content on the background of a style, if it has one.
    fn background(
        &mut self,
        box_style: &BoxStyle,
        context: &mut Context,
        content: impl FnOnce(&mut Self, Context),
    ) {
        if box_style.fill.is_none() && box_style.rule.is_none() {
            content(self, *context);
            return;
        }
        let unit = self.styles.unit();
        let (side, pad) = match box_style.fill {
            Some(_) => (5.0 * unit, 4.0 * unit),
            None => (5.0 * unit, 0.5 * unit),
        };
        let background = Background {
            x: context.x,
            width: context.width,
            pad_top: pad,
            pad_bottom: pad,
            fill: box_style.fill,
            rule: box_style.rule,
            bar: None,
        };
        let right = if box_style.fill.is_some() { side } else { 0.0 };
        let mut inner = context.indented(side, right);
        inner.gap = inner.gap.min(3.0 * unit);
        if self.measuring.is_some() {
            content(self, inner);
            return;
        }
        self.opens.push(background);
        let pending = self.opens.len();
        self.nested += 1;
        content(self, inner);
        self.nested -= 1;
        // Nothing came: the background is shown empty.
        if self.opens.len() >= pending {
            self.push(LineBox::default());
        }
        if let Some(last) = self.line_boxes.last_mut() {
            last.closes += 1;
        }
        self.space = 0.0;
    }

    /// Keeps the line boxes since `start` on one page as far as the style wants.
    fn keep(&mut self, start: usize, node: &Node, box_style: &BoxStyle) {
        let Some(line_boxes) = self.line_boxes.get_mut(start..) else {
            return;
        };
        let room = self.input.theme.page.text_height().to_pt();
        let small =
            || line_boxes.iter().map(|s| s.before + s.height).sum::<f64>() < room * CARD_KEEP;
        let boxed = box_style.fill.is_some() || node.is("article");
        if box_style.break_inside > PageBreak::Auto || (boxed && small()) {
            let end = line_boxes.len().saturating_sub(1);
            for line_box in &mut line_boxes[..end] {
                line_box.break_after = line_box.break_after.max(PageBreak::Avoid);
            }
        }
        if let Some(last) = line_boxes.last_mut() {
            last.break_after = last.break_after.max(box_style.break_after);
        }
    }

    /// The line boxes of content that is set by itself, such as a cell.
    fn apart(&mut self, content: impl FnOnce(&mut Self)) -> Vec<LineBox> {
        let line_boxes = std::mem::take(&mut self.line_boxes);
        let opens = std::mem::take(&mut self.opens);
        let (space, new_page) = (self.space, self.new_page);
        self.space = 0.0;
        self.nested += 1;
        content(self);
        self.nested -= 1;
        let own = std::mem::replace(&mut self.line_boxes, line_boxes);
        self.opens = opens;
        (self.space, self.new_page) = (space, new_page);
        own
    }
}

impl Builder<'_> {
    /// Sets a paragraph on one line, however long, for headers, footers and labels.
    pub(super) fn one_line(&mut self, paragraph: Paragraph, x: f64) -> Line {
        let measured = self.measured(paragraph);
        measured.line(&measured.endless(), x, self.shaper)
    }

    /// The face of a style.
    pub(super) fn face(&self, style: Style) -> FaceId {
        self.styles.face(style)
    }

    /// The diagnostics.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems.into_found()
    }
}
