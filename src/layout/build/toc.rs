//! The contents: entries with leaders and page numbers.
//!
//! Page numbers have a column of fixed width, so that they can be filled in later
//! ([`crate::layout::furniture::fill_in`]) without moving other items.

use super::Builder;
use super::inline::{Setting, baseline, dots};
use crate::dom::NodeId;
use crate::layout::flow::{LineBox, area, point};
use crate::layout::paragraph::{Hyphens, Spaces};
use crate::layout::style::Context;
use crate::layout::{Artifact, Family, GlyphRun, LinkArea, Owner, PageItem, Shape};
use crate::theme::Length;

/// Width of the column of page numbers; four figures fit.
const NUMBERS: f64 = 30.0;
/// Indent of each level below the first.
const INDENT: f64 = 18.0;

impl Builder<'_> {
    /// Sets `nav.toc`.
    pub(super) fn toc(&mut self, id: NodeId, mut context: Context) {
        context.font.family = Family::Sans;
        context.text.face = self.styles.face(context.font);
        context.text.size = self.styles.theme.sizes.small.to_pt() + 0.5;
        context.text.hyphens = Hyphens::Forced;
        self.entries(id, context, 0);
    }

    fn entries(&mut self, id: NodeId, context: Context, level: usize) {
        let children = &self.node(id).children;
        for &child in children {
            let node = self.node(child);
            match node.name() {
                "" => self.paragraph(&[child], context),
                _ if node.has_class("screen-only") => {}
                "ol" | "ul" | "li" | "div" | "p" if context.depth < super::DEEPEST => {
                    let deeper = usize::from(matches!(node.name(), "ol" | "ul"));
                    let inner = Context {
                        depth: context.depth + 1,
                        ..context
                    };
                    if node.attr("id").is_some() && self.measuring.is_none() {
                        self.targets.push(child);
                    }
                    self.entries(child, inner, level + deeper);
                }
                "a" if node.attr("href").is_some_and(|h| h.starts_with('#')) => {
                    self.entry(child, context, level);
                }
                _ if self.is_block(child, context.depth) => self.block(child, context),
                _ => self.paragraph(&[child], context),
            }
        }
    }

    fn entry(&mut self, id: NodeId, mut context: Context, level: usize) {
        let node = self.node(id);
        let level = level.saturating_sub(1).min(4);
        let indent = INDENT * level as f64;
        let (x, full) = (context.x, context.width);
        context.x += indent;
        context.width = (context.width - indent).max(1.0);
        context.gap = 1.0;
        if level == 0 {
            context.font.bold = true;
            context.text.face = self.styles.face(context.font);
            context.text.colour = self.styles.theme.colours.accent;
            self.gap(context.leading / 2.0);
        }
        let mut style = context.text;
        style.link = None;
        let mut paragraph = self.gathered(&node.children, style, Spaces::Collapse, context.depth);
        let hang = self.number_column(&mut paragraph, node, context);
        let start = self.line_boxes.len();
        self.set(
            paragraph,
            context,
            Setting {
                heading: false,
                hang,
                short: NUMBERS,
            },
        );
        if self.measuring.is_some() {
            return;
        }
        let Some(line_boxes) = self.line_boxes.get_mut(start..) else {
            return;
        };
        for line_box in line_boxes.iter_mut() {
            let area = area(x, 0.0, full, line_box.height);
            line_box.links.push(LinkArea { area, node: id });
        }
        let Some(last) = line_boxes.last_mut() else {
            return;
        };
        finish(last, id, x + full, &context);
    }
}

/// Adds the leader and the place of the page number to the last line of an entry.
fn finish(line_box: &mut LineBox, id: NodeId, right: f64, context: &Context) {
    let base = baseline(context);
    let end = line_box.items.iter().filter_map(|item| match &item.shape {
        Shape::Glyphs(run) => Some(run_end(run)),
        _ => None,
    });
    let end = end.fold(context.x, f64::max);
    // Leaders of all entries are in step, so that the dots stand below each other.
    let step = 4.8;
    let from = ((end + 6.0) / step).ceil() * step;
    let to = right - NUMBERS + 4.0;
    if to > from + step {
        line_box.items.push(PageItem {
            owner: Owner::Artifact(Artifact::Decoration),
            shape: Shape::Path(dots(from, to, base - 0.4, context.text.colour, step - 0.8)),
        });
    }
    line_box.items.push(PageItem {
        owner: Owner::PageNumber(id),
        shape: Shape::Glyphs(GlyphRun {
            at: point(right, base),
            face: context.text.face,
            size: Length::pt(context.text.size),
            colour: context.text.colour,
            text: String::new(),
            glyphs: Vec::new(),
            ends_in_hyphen: false,
        }),
    });
}

/// The right end of a run, without a space at its end.
fn run_end(run: &GlyphRun) -> f64 {
    let trailing = run.text.len() - run.text.trim_end().len();
    let shown = (run.text.len() - trailing) as u32;
    let width: f64 = run
        .glyphs
        .iter()
        .filter(|g| g.text.start < shown)
        .map(|g| f64::from(g.advance))
        .sum();
    run.at.x.to_pt() + width * run.size.to_pt() / 1000.0
}
