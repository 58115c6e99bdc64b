//! Pictures and drawings.

use super::Builder;
use crate::dom::{Node, NodeId};
use crate::layout::flow::{LineBox, PageBreak, area, rectangle};
use crate::layout::style::Context;
use crate::layout::{LinkArea, Owner, PageItem, Path, Shape, Stroke, rules};
use crate::theme::Length;
use std::sync::Arc;

/// Points in a CSS pixel.
const PIXEL: f64 = 0.75;
/// The part of a page that a picture takes at most, so that its caption stands below it.
const TALLEST: f64 = 0.82;
/// The same for a photograph: one that stands upright would else push all text off its page.
const TALLEST_PHOTOGRAPH: f64 = 0.5;
/// Width that a picture in a cell needs at least.
const NARROWEST: f64 = 40.0;

impl Builder<'_> {
    /// A size that fits the column and a part of the page.
    fn fit(&self, width: f64, height: f64, part: f64, context: &Context) -> (f64, f64) {
        let usable = |v: f64| v.is_finite() && v > 0.0;
        if !usable(width) || !usable(height) {
            return (0.0, 0.0);
        }
        let tallest = self.input.theme.page.text_height().to_pt().max(1.0) * part;
        let scale = (context.width / width).min(tallest / height).min(1.0);
        (width * scale, height * scale)
    }

    fn measure_picture(&mut self, width: f64, context: &Context) -> bool {
        let Some(content_widths) = &mut self.measuring else {
            return false;
        };
        let inset = context.x - content_widths.x;
        content_widths.line = content_widths.line.max(width + inset);
        content_widths.word = content_widths.word.max(width.min(NARROWEST) + inset);
        content_widths.part = content_widths.part.max(width.min(NARROWEST) + inset);
        true
    }

    /// Sets `img`.
    pub(super) fn image(&mut self, id: NodeId, node: &Node, context: Context) {
        let src = node.attr("src").unwrap_or_default();
        let picture = self.input.pictures.get(src);
        let said = |key| node.attr(key).and_then(|v| v.trim().parse::<f64>().ok());
        let said = |key| said(key).filter(|v| v.is_finite() && *v > 0.0);
        let (own_width, own_height) = match picture {
            Some(p) => (f64::from(p.width) * PIXEL, f64::from(p.height) * PIXEL),
            None => (context.width, context.width / 3.0),
        };
        let ratio = own_height / own_width.max(1.0);
        let (width, height) = match (said("width"), said("height")) {
            (Some(w), Some(h)) if picture.is_none() => (w * PIXEL, h * PIXEL),
            // The picture keeps its proportions whatever the attributes say.
            (Some(w), _) => (w * PIXEL, w * PIXEL * ratio),
            (None, Some(h)) => (h * PIXEL / ratio.max(1e-6), h * PIXEL),
            (None, None) => (own_width, own_height),
        };
        if self.measure_picture(width, &context) {
            return;
        }
        let (width, height) = self.fit(width, height, TALLEST_PHOTOGRAPH, &context);
        let shape = match picture {
            Some(picture) => Shape::Picture {
                area: area(context.x, 0.0, width, height),
                picture: Arc::clone(picture),
            },
            None => {
                let message = format!("the picture `{src}` is not there");
                let hint = "put the file where the source says, or correct its name";
                self.problems
                    .report(&rules::MISSING_PICTURE, id, message, hint);
                Shape::Path(self.empty_box(context.x, width, height))
            }
        };
        self.figure_strip(
            vec![PageItem {
                owner: Owner::Node(id),
                shape,
            }],
            (width, height),
            &context,
        );
    }

    /// The replacement for a missing picture.
    fn empty_box(&self, x: f64, width: f64, height: f64) -> Path {
        let colours = &self.styles.theme.colours;
        Path {
            segments: rectangle(x, 0.0, width, height),
            fill: Some(colours.tint),
            stroke: Some(Stroke {
                colour: colours.rule,
                width: Length::pt(0.75),
                dashes: Vec::new(),
            }),
            opacity: 1.0,
            even_odd: false,
            clip: None,
        }
    }

    /// Sets inline `svg`.
    pub(super) fn drawing(&mut self, id: NodeId, context: Context) {
        let shaper = &*self.shaper;
        let lacks = |c| shaper.lacks(c);
        let drawing = self.drawings.read(self.input.document, id, &lacks);
        let drawing = match drawing {
            Ok(drawing) => drawing,
            Err(problem) => {
                // A hole would not be seen; a box in the drawing's place is.
                let width = context.width;
                if !self.measure_picture(width, &context) {
                    let message = format!("the drawing cannot be read: {problem}");
                    self.problems
                        .report(&rules::UNDRAWN_FEATURE, id, message, rules::DRAW_PLAINLY);
                    let (width, height) = self.fit(width, width / 3.0, TALLEST, &context);
                    let shape = Shape::Path(self.empty_box(context.x, width, height));
                    let owner = Owner::Node(id);
                    let items = vec![PageItem { owner, shape }];
                    self.figure_strip(items, (width, height), &context);
                }
                return;
            }
        };
        let (width, height) = drawing.size;
        let (width, height) = (width * PIXEL, height * PIXEL);
        if self.measure_picture(width, &context) {
            return;
        }
        for &c in &drawing.missing {
            self.problems.missing(c, id);
        }
        for feature in &drawing.undrawn {
            let message = format!("the PDF does not draw {feature} of this drawing");
            self.problems
                .report(&rules::UNDRAWN_FEATURE, id, message, rules::DRAW_PLAINLY);
        }
        // A drawing has no pixels that would show: it takes the whole measure.
        let grow = if width > 0.0 && drawing.fills {
            context.width / width
        } else {
            1.0
        };
        let (width, height) = self.fit(width * grow, height * grow, TALLEST, &context);
        let scale = width / drawing.size.0.max(1e-6);
        let shapes = drawing.place(context.x, 0.0, scale);
        let items = shapes.into_iter().map(|shape| PageItem {
            owner: Owner::Node(id),
            shape,
        });
        self.figure_strip(items.collect(), (width, height), &context);
    }

    fn figure_strip(
        &mut self,
        items: Vec<PageItem>,
        (width, height): (f64, f64),
        context: &Context,
    ) {
        let link = context.text.link.map(|node| LinkArea {
            area: area(context.x, 0.0, width, height),
            node,
        });
        self.gap(context.gap);
        self.push(LineBox {
            height,
            items,
            links: link.into_iter().collect(),
            ..LineBox::default()
        });
        self.gap(context.gap);
    }

    /// Keeps the line boxes of a `figure` together: the caption stays with the picture.
    pub(super) fn keep_figure(&mut self, start: usize) {
        let end = self.line_boxes.len().saturating_sub(1);
        if let Some(line_boxes) = self.line_boxes.get_mut(start..end) {
            for line_box in line_boxes {
                line_box.break_after = PageBreak::Never;
            }
        }
    }
}
