//! Lists, and facts about an item.

use super::Builder;
use super::inline::baseline;
use crate::dom::{Node, NodeId};
use crate::layout::flow::{LineBox, PageBreak, side_by_side};
use crate::layout::paragraph::{Hyphens, Paragraph, Spaces};
use crate::layout::style::Context;
use crate::layout::{Owner, Shape};
use crate::theme::Length;

/// Bullets by depth.
const BULLETS: [&str; 3] = ["•", "–", "·"];
/// Part of the measure that the terms of `dl.meta` take.
const TERMS: f64 = 0.27;

/// The number that an attribute of a list or an item says.
fn number_of(node: &Node, attribute: &str) -> Option<i64> {
    node.attr(attribute)?.trim().parse().ok()
}

impl Builder<'_> {
    /// Sets `ul` and `ol`.
    pub(super) fn list(&mut self, id: NodeId, node: &Node, context: Context) {
        let children = &self.node(id).children;
        let items = children.iter().filter(|&&c| self.node(c).is("li"));
        let first = number_of(node, "start").unwrap_or(1);
        let numbered = node.is("ol");
        let last = first.saturating_add(items.clone().count() as i64);
        let said = items.filter_map(|&item| number_of(self.node(item), "value"));
        let widest = said.chain([first, last]).map(i64::unsigned_abs).max();
        let widest = widest.unwrap_or_default().max(10).ilog10();
        let indent = match numbered {
            true => context.text.size * (0.85 + 0.6 * f64::from(widest)),
            false => context.text.size * 1.25,
        };
        let mut inner = context.indented(indent, 0.0);
        inner.lists += 1;
        // The items of a list stand closer than paragraphs.
        inner.gap = context.gap * 0.4;
        let mut number = first;
        for &child in children {
            let item = self.node(child);
            if !item.is("li") {
                // White space between items; anything else is shown where it stands.
                match item.is_blank() {
                    true => continue,
                    false if item.text().is_some() => self.paragraph(&[child], inner),
                    false => self.block(child, inner),
                }
                continue;
            }
            number = number_of(item, "value").unwrap_or(number);
            let label = match numbered {
                true => format!("{number}."),
                false => BULLETS[context.lists.min(BULLETS.len() - 1)].to_owned(),
            };
            number = number.saturating_add(1);
            self.item(child, item, &label, inner, context.x);
        }
    }

    /// Sets one item with its label at `x`.
    fn item(&mut self, id: NodeId, item: &Node, label: &str, context: Context, x: f64) {
        if item.has_class("screen-only") {
            return;
        }
        let start = self.line_boxes.len();
        self.block(id, context);
        if self.measuring.is_some() {
            return;
        }
        if self.line_boxes.len() == start {
            self.gap(context.gap);
            self.push(LineBox {
                height: context.leading,
                baseline: Some(baseline(&context)),
                ..LineBox::default()
            });
        }
        let mut paragraph = Paragraph::default();
        let mut style = context.text;
        style.link = None;
        (style.decoration, style.inserted, style.deleted) = (None, None, None);
        paragraph.push(label, id, style, Spaces::Collapse);
        let line = self.one_line(paragraph, x);
        let line_box = &mut self.line_boxes[start];
        let base = line_box.baseline.unwrap_or_else(|| baseline(&context));
        for mut item in line.items.into_iter().rev() {
            item.owner = Owner::Label(id);
            if let Shape::Glyphs(run) = &mut item.shape {
                run.at.y = Length::pt(base);
            }
            line_box.items.insert(0, item);
        }
    }

    /// Sets `dl.meta`: terms at the left, what is said of them beside.
    pub(super) fn facts(&mut self, id: NodeId, context: Context) {
        let children = &self.node(id).children;
        // Groups of terms and descriptions may be wrapped in a `div` each.
        let parts: Vec<NodeId> = children
            .iter()
            .flat_map(|&c| match self.node(c).is("div") {
                true => self.node(c).children.clone(),
                false => vec![c],
            })
            .collect();
        if self.measuring.is_some() {
            for part in parts {
                if self.node(part).text().is_none() {
                    self.block(part, context);
                }
            }
            return;
        }
        let terms = context.width * TERMS;
        let left = Context {
            width: terms - 8.0,
            ..context
        };
        let right = Context {
            x: context.x + terms,
            width: context.width - terms,
            ..context
        };
        let mut term: Vec<LineBox> = Vec::new();
        let mut said: Vec<LineBox> = Vec::new();
        let mut nodes: Vec<NodeId> = Vec::new();
        for part in parts {
            let node = self.node(part);
            match node.name() {
                "dt" => {
                    if !said.is_empty() {
                        self.pair(
                            std::mem::take(&mut term),
                            std::mem::take(&mut said),
                            &std::mem::take(&mut nodes),
                            context,
                        );
                    }
                    nodes.push(part);
                    term.extend(self.apart(|b| b.plain(part, left)));
                }
                "dd" => {
                    nodes.push(part);
                    said.extend(self.apart(|b| b.plain(part, right)));
                }
                _ if node.is_blank() => {}
                _ => {
                    self.pair(
                        std::mem::take(&mut term),
                        std::mem::take(&mut said),
                        &std::mem::take(&mut nodes),
                        context,
                    );
                    match node.text() {
                        Some(_) => self.paragraph(&[part], context),
                        None => self.block(part, context),
                    }
                }
            }
        }
        self.pair(term, said, &nodes, context);
    }

    /// Sets a term or description without the space and indent that it has elsewhere.
    fn plain(&mut self, id: NodeId, mut context: Context) {
        let node = self.node(id);
        if node.has_class("screen-only") {
            return;
        }
        context.depth += 1;
        if node.attr("id").is_some() {
            self.targets.push(id);
        }
        if node.is("dt") && context.text.hyphens == Hyphens::Free {
            context.text.hyphens = Hyphens::Forced;
        }
        if node.is("dd") {
            context.text.colour = self.styles.theme.colours.text;
        }
        self.children(id, context);
    }

    /// Sets a term beside what is said of it; `nodes` are theirs.
    fn pair(&mut self, term: Vec<LineBox>, said: Vec<LineBox>, nodes: &[NodeId], context: Context) {
        let mut rows = side_by_side(vec![term, said]);
        self.bar_beside(&mut rows, nodes);
        let last = rows.len().saturating_sub(1);
        for row in &mut rows[..last] {
            row.break_after = PageBreak::Never;
        }
        self.gap(context.gap);
        for row in rows {
            self.push(row);
        }
        self.gap(context.gap);
    }
}
