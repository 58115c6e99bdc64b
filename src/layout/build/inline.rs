//! Paragraphs, headings and preformatted text.

use super::{Builder, DEEPEST};
use crate::dom::{Data, Node, NodeId};
use crate::language;
use crate::layout::flow::{LineBox, PageBreak, area, decoration, point, rectangle, rounded};
use crate::layout::paragraph::{
    DecorationKind, Line, LineStretch, LineWidths, Paragraph, ShapedParagraph, Spaces,
    TextDecoration, TextStyle,
};
use crate::layout::style::{Align, BlockContainer, Context};
use crate::layout::{Artifact, LinkArea, Owner, PageItem, Path, Segment, Shape, Stroke, rules};
use crate::theme::{Colour, Length};

/// Widths of content: all on one line, its longest word, the longest part of a divided word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ContentWidths {
    pub line: f64,
    pub word: f64,
    pub part: f64,
    /// Left edge that the widths count from.
    pub x: f64,
    /// Letters in all.
    pub letters: usize,
}

/// The special properties of a paragraph.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Setting {
    /// It is a heading.
    pub heading: bool,
    /// How far its lines after the first are indented.
    pub hang: f64,
    /// Room that its lines leave at the right.
    pub short: f64,
}

/// Space between the numbers of two notes at one place, as a part of their size.
const BETWEEN_NUMBERS: f64 = 0.5;
/// Padding at both ends of a pill, as a part of its size.
const PILL_PAD: f64 = 0.6;

impl Builder<'_> {
    /// Sets inline nodes as a paragraph, if there is anything to see.
    pub(super) fn paragraph(&mut self, nodes: &[NodeId], context: Context) {
        if nodes.is_empty() {
            return;
        }
        let paragraph = self.gathered(nodes, context.text, Spaces::Collapse, context.depth);
        self.set(paragraph, context, Setting::default());
    }

    /// Sets `pre`: white space and line ends as they are.
    pub(super) fn preformatted(&mut self, id: NodeId, context: Context) {
        let paragraph = self.gathered(
            &self.node(id).children,
            context.text,
            Spaces::Keep,
            context.depth,
        );
        self.set(paragraph, context, Setting::default());
    }

    /// Sets a heading; one that opens a chapter has a short rule above.
    pub(super) fn heading(&mut self, id: NodeId, node: &Node, context: Context) {
        let mut paragraph = self.gathered(
            &node.children,
            context.text,
            Spaces::Collapse,
            context.depth,
        );
        let opens_chapter = node.is("h2")
            && context.container == BlockContainer::Body
            && self
                .input
                .document
                .ancestor(id, |n| n.has_class("chapter"))
                .is_some();
        if opens_chapter && self.measuring.is_none() && !paragraph.is_empty() {
            let accent = self.styles.theme.colours.accent;
            let rule = decoration(rectangle(context.x, 0.0, 30.0, 3.0), Some(accent));
            let bars = self.pending_bars();
            self.push(LineBox {
                height: 14.0,
                items: vec![rule],
                break_after: PageBreak::Never,
                heading: true,
                ..LineBox::default()
            });
            self.opens.extend(bars);
        }
        let hang = self.number_column(&mut paragraph, node, context);
        self.set(
            paragraph,
            context,
            Setting {
                heading: true,
                hang,
                short: 0.0,
            },
        );
    }

    /// Gives the number of a heading a column of its own, and returns its width.
    pub(super) fn number_column(
        &mut self,
        paragraph: &mut Paragraph,
        node: &Node,
        context: Context,
    ) -> f64 {
        let starts = node.children.iter().find(|&&c| !self.node(c).is_blank());
        let number = starts.filter(|&&c| self.node(c).has_class("number"));
        let Some(first) = number.and(paragraph.text_runs.first().copied()) else {
            return 0.0;
        };
        let style = paragraph.styles[first.style];
        let text = paragraph.text[first.start..first.end].trim_end().to_owned();
        let width = self.width(&text, &style);
        let step = context.text.size * 0.45;
        // The space after the number, if the template has one, is part of the column.
        let space = self.shaper.space(' ', context.text.face) * context.text.size / 1000.0;
        let spaced = paragraph.text[first.start..]
            .trim_start_matches(&text as &str)
            .starts_with(' ');
        let column = width + space + step;
        paragraph.text_runs[0].pad_after += if spaced { step } else { step + space };
        column
    }

    /// The width of a text without spaces.
    pub(super) fn width(&mut self, text: &str, style: &TextStyle) -> f64 {
        let id = self.shaper.word(text, style.face, style.forms);
        self.shaper.get(id).width * style.size / 1000.0
    }

    /// The text below some nodes, as one paragraph.
    pub(super) fn gathered(
        &mut self,
        nodes: &[NodeId],
        style: TextStyle,
        spaces: Spaces,
        depth: usize,
    ) -> Paragraph {
        let mut paragraph = Paragraph::default();
        for &node in nodes {
            self.gather(node, style, spaces, depth, &mut paragraph);
        }
        paragraph
    }

    /// Gathers the text below a node.
    fn gather(
        &mut self,
        id: NodeId,
        style: TextStyle,
        spaces: Spaces,
        depth: usize,
        into: &mut Paragraph,
    ) {
        let node = self.node(id);
        if let Data::Text(text) = &node.data {
            into.push(text, id, style, spaces);
            return;
        }
        if node.has_class("screen-only") {
            return;
        }
        if depth >= DEEPEST {
            let document = self.input.document;
            for below in document.descendants(id).skip(1) {
                if let Some(text) = document.get(below).text() {
                    into.push(text, below, style, spaces);
                }
            }
            return;
        }
        if node.is("br") {
            into.line_end();
            return;
        }
        if self.measuring.is_none() && node.attr("id").is_some() {
            self.targets.push(id);
        }
        let mut style = self.styles.inline(id, node, style);
        if let Some(tag) = node.attr("lang") {
            style.hyphenation = language::hyphenation(tag);
        }
        let from = into.run_count();
        for &child in &node.children {
            self.gather(child, style, spaces, depth + 1, into);
        }
        if self.follows_reference(id) {
            into.pad(from, style.size * BETWEEN_NUMBERS, 0.0);
        }
        if style
            .decoration
            .is_some_and(|m| m.kind == DecorationKind::Pill && m.node == id)
        {
            into.pad(from, style.size * PILL_PAD, style.size * PILL_PAD);
        }
    }

    /// Shapes a paragraph; characters without a glyph are reported.
    pub(super) fn measured(&mut self, paragraph: Paragraph) -> ShapedParagraph {
        let problems = &mut self.problems;
        let quiet = self.measuring.is_some();
        ShapedParagraph::new(paragraph, self.shaper, |c, node| {
            if !quiet {
                problems.missing(c, node);
            }
        })
    }

    /// Breaks a paragraph into lines and adds them as line boxes.
    pub(super) fn set(&mut self, paragraph: Paragraph, context: Context, setting: Setting) {
        if paragraph.is_empty() {
            return;
        }
        // White space between blocks is no paragraph; in the middle of one it is a space.
        if paragraph.text.trim().is_empty() && !paragraph.text.contains('\n') {
            return;
        }
        let node = paragraph.text_runs[0].node;
        let introduces = paragraph.text.trim_end().ends_with(':');
        let letters = paragraph.text.len();
        let measured = self.measured(paragraph);
        if let Some(content_widths) = &mut self.measuring {
            let inset = context.x - content_widths.x + setting.short;
            let (line, word, part) = measured.content_widths(self.shaper, self.hyphenator);
            content_widths.line = content_widths.line.max(line + inset);
            content_widths.word = content_widths.word.max(word + inset);
            content_widths.part = content_widths.part.max(part + inset);
            content_widths.letters += letters;
            return;
        }
        let widths = LineWidths {
            first: context.width - setting.short,
            other: context.width - setting.short - setting.hang,
            narrow: context.container == BlockContainer::Cell,
        };
        let broken = measured.choose(widths, self.shaper, self.hyphenator);
        if broken.too_wide {
            let message = "a word is wider than its column and was cut";
            self.problems
                .report(&rules::TOO_WIDE, node, message, rules::SHORTEN);
        }
        self.gap(if setting.heading { 0.0 } else { context.gap });
        let count = broken.lines.len();
        for (index, range) in broken.lines.iter().enumerate() {
            let x = context.x + if index == 0 { 0.0 } else { setting.hang };
            let mut line = measured.line(range, x, self.shaper);
            if context.align == Align::Right {
                let shift = context.x + widths.first - line.width - x;
                line.shift(shift);
            }
            let mut line_box = box_of_line(line, &context);
            line_box.notes = self.notes_of(&line_box);
            line_box.heading = setting.heading;
            line_box.break_after = match index + 1 {
                _ if setting.heading => PageBreak::Never,
                done if done == count && introduces => PageBreak::Avoid,
                done if done == count => PageBreak::Auto,
                // Neither the first line of a paragraph nor its last stands alone on a page.
                done if done < 2 || count - done < 2 => PageBreak::Never,
                _ => PageBreak::Auto,
            };
            self.push(line_box);
        }
        self.gap(if setting.heading { 0.0 } else { context.gap });
    }

    /// A line across.
    pub(super) fn rule(&mut self, context: Context) {
        if self.measuring.is_some() {
            return;
        }
        let colour = self.styles.theme.colours.rule;
        let line = decoration(
            rectangle(context.x, 7.0, context.width * 0.3, 0.75),
            Some(colour),
        );
        self.push(LineBox {
            height: 15.0,
            items: vec![line],
            ..LineBox::default()
        });
    }
}

impl Line {
    /// Moves the line to the right.
    pub(super) fn shift(&mut self, by: f64) {
        for item in &mut self.items {
            if let Shape::Glyphs(run) = &mut item.shape {
                run.at.x += Length::pt(by);
            }
        }
        for stretch in &mut self.decorations {
            stretch.from += by;
            stretch.to += by;
        }
        for link in &mut self.links {
            link.from += by;
            link.to += by;
        }
    }
}

/// Where the baseline of a line stands below its top: capitals are centred in the leading.
pub(super) fn baseline(context: &Context) -> f64 {
    (context.leading + 0.7 * context.text.size) / 2.0
}

/// A line as a line box, with its backgrounds below and its rules above the glyphs.
pub(super) fn box_of_line(line: Line, context: &Context) -> LineBox {
    let baseline = baseline(context);
    let mut line_box = LineBox {
        height: context.leading,
        baseline: Some(baseline),
        ..LineBox::default()
    };
    let behind = |kind| matches!(kind, DecorationKind::Background | DecorationKind::Pill);
    line_box
        .items
        .reserve(line.items.len() + line.decorations.len());
    for stretch in &line.decorations {
        if let Some(colour) = stretch.what.background {
            line_box.items.push(background(stretch, colour, baseline));
        }
    }
    for stretch in line.decorations.iter().filter(|m| behind(m.what.kind)) {
        line_box.items.push(draw(stretch, baseline));
    }
    for mut item in line.items {
        if let Shape::Glyphs(run) = &mut item.shape {
            run.at.y += Length::pt(baseline);
        }
        line_box.items.push(item);
    }
    for stretch in line.decorations.iter().filter(|m| !behind(m.what.kind)) {
        line_box.items.push(draw(stretch, baseline));
    }
    for link in line.links {
        let top = baseline - link.rise - link.size * 0.95;
        line_box.links.push(LinkArea {
            area: area(
                link.from,
                top,
                (link.to - link.from).max(0.0),
                link.size * 1.25,
            ),
            node: link.what,
        });
    }
    line_box
}

/// A background that covers a stretch of a line.
fn background(stretch: &LineStretch<TextDecoration>, colour: Colour, baseline: f64) -> PageItem {
    let (width, size) = ((stretch.to - stretch.from).max(0.0), stretch.size);
    let top = baseline - stretch.rise - size * 0.92;
    let area = rectangle(stretch.from, top, width, size * 1.2);
    decoration(area, Some(colour))
}

fn draw(stretch: &LineStretch<TextDecoration>, baseline: f64) -> PageItem {
    let base = baseline - stretch.rise;
    let (x, width, size) = (
        stretch.from,
        (stretch.to - stretch.from).max(0.0),
        stretch.size,
    );
    let colour = stretch.what.colour;
    let across = |y: f64, height: f64| decoration(rectangle(x, y, width, height), Some(colour));
    match stretch.what.kind {
        DecorationKind::Underline => across(base + size * 0.14, size * 0.05),
        DecorationKind::Strike => across(base - size * 0.27, size * 0.06),
        DecorationKind::Background => background(stretch, colour, baseline),
        DecorationKind::Pill => {
            let (top, height) = (base - size * 1.08, size * 1.46);
            decoration(rounded(x, top, width, height, height / 2.0), Some(colour))
        }
        DecorationKind::Dotted => PageItem {
            owner: Owner::Artifact(Artifact::Decoration),
            shape: Shape::Path(dots(x, x + width, base + size * 0.17, colour, 1.6)),
        },
    }
}

/// A dotted line.
pub(super) fn dots(from: f64, to: f64, y: f64, colour: Colour, gap: f64) -> Path {
    Path {
        segments: vec![
            Segment::Move(point(from, y)),
            Segment::Line(point(to.max(from), y)),
        ],
        fill: None,
        stroke: Some(Stroke {
            colour,
            width: Length::pt(0.8),
            dashes: vec![Length::pt(0.8), Length::pt(gap)],
        }),
        opacity: 1.0,
        even_odd: false,
        clip: None,
    }
}
