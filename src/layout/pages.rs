//! Puts strips on pages.
//!
//! [`paginate`] fills page after page: strips between which a page may not end go together, and
//! only what is higher than a page is broken where it would rather not. Header rows of a table
//! are shown again where it goes on. [`fill_in`] adds what is known only when all pages are: page
//! numbers in the contents, running header and footer.

use super::build::{Builder, Flow};
use super::flow::{Cut, Stack, Strip, decoration, rectangle};
use super::paragraph::{Fit, Paragraph, Spaces};
use super::style::{Context, Styles};
use super::{Artifact, Destination, Family, Input, Item, Owner, Page, Pages, Shape};
use crate::dom::{Document, NodeId};
use crate::theme::{Length, PageSize};
use std::collections::BTreeMap;

/// A page before its header and footer.
struct Filled {
    stack: Stack,
    full: bool,
}

/// Fills pages with strips.
pub(super) fn paginate(flow: Flow, input: &Input) -> (Pages, Vec<bool>) {
    let mut paginator = Paginator::new(&input.theme.page, flow.headers);
    let mut strips: Vec<Option<Strip>> = flow.strips.into_iter().map(Some).collect();
    let mut from = 0;
    while from < strips.len() {
        let end = paginator.chain(&strips, from);
        paginator.place(&mut strips[from..end]);
        from = end;
    }
    paginator.finish(input)
}

struct Paginator<'a> {
    page: &'a PageSize,
    headers: Vec<Vec<Strip>>,
    pages: Vec<Filled>,
    current: Stack,
    /// Whether the page still has nothing but grounds that go on.
    fresh: bool,
    full: bool,
}

impl<'a> Paginator<'a> {
    fn new(page: &'a PageSize, headers: Vec<Vec<Strip>>) -> Self {
        let mut paginator = Self {
            page,
            headers,
            pages: Vec::new(),
            current: Stack::default(),
            fresh: true,
            full: false,
        };
        paginator.current.y = page.top.to_pt();
        paginator
    }

    fn bottom(&self) -> f64 {
        // A page of margins only would never take anything.
        let bottom = (self.page.height - self.page.bottom).to_pt();
        bottom.max(self.page.top.to_pt() + 1.0)
    }

    /// The end of the strips that belong together from `from` on.
    fn chain(&self, strips: &[Option<Strip>], from: usize) -> usize {
        let mut end = from + 1;
        while end < strips.len() {
            let last = strips[end - 1].as_ref();
            let next = strips[end].as_ref();
            let apart = last.is_none_or(|s| s.after == Cut::Free || s.full_page)
                || next.is_none_or(|s| s.new_page);
            if apart {
                break;
            }
            end += 1;
        }
        end
    }

    /// Places strips that belong together, on one page if they fit on one.
    fn place(&mut self, chain: &mut [Option<Strip>]) {
        if !self.fresh && chain[0].as_ref().is_some_and(|s| s.new_page) {
            self.turn();
        }
        let fitting = self.fitting(chain, Cut::Never);
        if fitting < chain.len() && !self.fresh {
            // All on the next page, if they fit there; otherwise they start here, if they can.
            let next = self.fitting_on_next(chain);
            let starts_here = next < chain.len() && self.fitting(chain, Cut::Avoid) > 0;
            if !starts_here {
                self.turn();
            }
        }
        let mut rest = chain;
        while !rest.is_empty() {
            let mut count = self.fitting(rest, Cut::Never);
            if count < rest.len() {
                let kind = self.fitting(rest, Cut::Avoid);
                count = if kind > 0 { kind } else { count };
                if count == 0 && !self.fresh {
                    self.turn();
                    continue;
                }
                // Higher than the page, whatever is done: at least one strip goes on each.
                count = count.max(1);
            }
            let (here, later) = rest.split_at_mut(count);
            for strip in here {
                if let Some(strip) = strip.take() {
                    self.push(strip);
                }
            }
            rest = later;
            if !rest.is_empty() {
                self.turn();
            }
        }
    }

    /// How many strips fit on the current page. With [`Cut::Avoid`], as many as may be parted
    /// from the next one where that is to be avoided only.
    fn fitting(&self, strips: &[Option<Strip>], cut: Cut) -> usize {
        let fresh = self.fresh;
        self.count(strips, cut, self.current.y, self.current.open_pads(), fresh)
    }

    fn fitting_on_next(&self, strips: &[Option<Strip>]) -> usize {
        let grounds = self.current.open_pads();
        // Grounds have the same padding above and below.
        self.count(
            strips,
            Cut::Never,
            self.page.top.to_pt() + grounds,
            grounds,
            true,
        )
    }

    fn count(&self, strips: &[Option<Strip>], cut: Cut, y: f64, pads: f64, fresh: bool) -> usize {
        let limit = self.bottom() + 0.01;
        let (mut y, mut pads) = (y, pads);
        let mut open: Vec<f64> = Vec::new();
        let mut parted = 0;
        for (index, strip) in strips.iter().enumerate() {
            let Some(strip) = strip else { continue };
            if strip.full_page {
                return if fresh && index == 0 { 1 } else { index };
            }
            if index == 0 && fresh {
                y += self.header_height(strip);
            } else {
                y += strip.before;
            }
            let (height, all_pads) = Stack::cost(strip, pads);
            y += height;
            pads = all_pads;
            open.extend(strip.opens.iter().map(|g| g.pad_bottom));
            if y + pads > limit {
                return if cut == Cut::Avoid { parted } else { index };
            }
            for _ in 0..strip.closes {
                let pad = open.pop().unwrap_or(0.0);
                y += pad;
                pads = (pads - pad).max(0.0);
            }
            if strip.after < Cut::Never {
                parted = index + 1;
            }
        }
        strips.len()
    }

    fn header_height(&self, strip: &Strip) -> f64 {
        let header = strip.repeats.and_then(|r| self.headers.get(r));
        header.map_or(0.0, |rows| rows.iter().map(|r| r.height).sum())
    }

    fn push(&mut self, strip: Strip) {
        if strip.full_page {
            self.current.y = 0.0;
            self.full = true;
            self.current.push(strip, 0.0);
            self.fresh = false;
            self.turn();
            return;
        }
        let before = if self.fresh { 0.0 } else { strip.before };
        if self.fresh
            && let Some(index) = strip.repeats
        {
            self.repeat(index);
        }
        self.fresh = false;
        self.current.push(strip, before);
    }

    /// Shows the header rows of a table again.
    fn repeat(&mut self, index: usize) {
        let Some(rows) = self.headers.get(index) else {
            return;
        };
        for row in rows {
            let mut row = row.clone();
            row.links.clear();
            row.targets.clear();
            for item in &mut row.items {
                item.owner = Owner::Artifact(Artifact::RepeatedRow);
            }
            self.current.push(row, 0.0);
        }
    }

    /// Goes on to the next page.
    fn turn(&mut self) {
        let mut stack = std::mem::take(&mut self.current);
        let grounds = stack.suspend();
        self.pages.push(Filled {
            stack,
            full: std::mem::take(&mut self.full),
        });
        self.current.y = self.page.top.to_pt();
        self.current.resume(grounds);
        self.fresh = true;
    }

    fn finish(mut self, input: &Input) -> (Pages, Vec<bool>) {
        if !self.fresh || self.pages.is_empty() {
            self.turn();
        }
        let order = reading_order(input.document);
        let mut destinations = Vec::new();
        let mut full = Vec::with_capacity(self.pages.len());
        let mut pages = Vec::with_capacity(self.pages.len());
        for (index, filled) in self.pages.into_iter().enumerate() {
            let targets = filled.stack.targets.iter();
            destinations.extend(targets.map(|&(node, y)| Destination {
                node,
                page: index,
                y: Length::pt(y),
            }));
            full.push(filled.full);
            pages.push(Page {
                width: self.page.width,
                height: self.page.height,
                items: filled.stack.items,
                links: filled.stack.links,
            });
        }
        destinations.sort_by_key(|d| order[d.node.0 as usize]);
        destinations.dedup_by_key(|d| d.node);
        (
            Pages {
                pages,
                destinations,
            },
            full,
        )
    }
}

/// For each node, how many stand before it in reading order.
fn reading_order(document: &Document) -> Vec<u32> {
    let mut order = vec![u32::MAX; document.len()];
    for (index, node) in document.descendants(Document::ROOT).enumerate() {
        order[node.0 as usize] = index as u32;
    }
    order
}

/// Adds page numbers, headers and footers.
pub(super) fn fill_in(builder: &mut Builder, input: &Input, pages: &mut Pages, full: &[bool]) {
    number_entries(builder, input, pages);
    let count = pages.pages.len();
    for (index, page) in pages.pages.iter_mut().enumerate() {
        if !full[index] {
            furnish(builder, input, page, index + 1, count);
        }
    }
}

/// Fills the page numbers of the contents in.
fn number_entries(builder: &mut Builder, input: &Input, pages: &mut Pages) {
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for destination in &pages.destinations {
        if let Some(id) = input.document.get(destination.node).attr("id") {
            by_id.entry(id).or_insert(destination.page);
        }
    }
    let target = |node: NodeId| -> Option<usize> {
        let id = input.document.get(node).attr("href")?.strip_prefix('#')?;
        by_id.get(id).copied()
    };
    for page in &mut pages.pages {
        for item in &mut page.items {
            let Owner::PageNumber(node) = item.owner else {
                continue;
            };
            let Shape::Glyphs(run) = &mut item.shape else {
                continue;
            };
            let text = target(node).map_or_else(|| "–".to_owned(), |page| (page + 1).to_string());
            let figures = super::shape::Figures::Tabular;
            let id = builder.shaper.word(&text, run.face, figures);
            let shaped = builder.shaper.get(id);
            run.at.x -= Length::pt(shaped.width * run.size.to_pt() / 1000.0);
            run.glyphs = shaped.glyphs.clone();
            run.text = text;
        }
    }
}

/// Distance of the header's baseline from the upper edge of the text.
const HEADER_RISE: f64 = 32.0;
/// Distance of the footer's baseline from the lower edge of the text.
const FOOTER_DROP: f64 = 38.0;

/// Adds the running header and footer to one page.
fn furnish(builder: &mut Builder, input: &Input, page: &mut Page, number: usize, count: usize) {
    let meta = &input.document.meta;
    let size = &input.theme.page;
    let styles = Styles {
        theme: input.theme,
        fonts: input.fonts,
    };
    let mut context = styles.root(&meta.language);
    context.font.family = Family::Sans;
    context.text.face = styles.face(context.font);
    context.text.size = input.theme.sizes.caption.to_pt();
    context.text.colour = input.theme.colours.quiet;
    context.text.hyphenate = false;
    context.text.figures = super::shape::Figures::Tabular;
    let top = size.top.to_pt() - HEADER_RISE;
    let bottom = (size.height - size.bottom).to_pt() + FOOTER_DROP;
    let right = context.x + context.width;
    let mut items = Vec::new();
    let footer = meta
        .page_x_of_y
        .replace("{x}", &number.to_string())
        .replace("{y}", &count.to_string());
    set_line(
        builder,
        &meta.running_title,
        &context,
        (context.x, top),
        Artifact::Header,
        &mut items,
    );
    set_right(
        builder,
        &meta.running_status,
        &context,
        (right, top),
        Artifact::Header,
        &mut items,
    );
    if !(meta.running_title.is_empty() && meta.running_status.is_empty()) {
        let mut line = decoration(
            rectangle(context.x, top + 7.0, context.width, 0.5),
            Some(input.theme.colours.rule),
        );
        line.owner = Owner::Artifact(Artifact::Header);
        items.push(line);
    }
    set_right(
        builder,
        &footer,
        &context,
        (right, bottom),
        Artifact::Footer,
        &mut items,
    );
    page.items.append(&mut items);
}

fn set_right(
    builder: &mut Builder,
    text: &str,
    context: &Context,
    at: (f64, f64),
    artifact: Artifact,
    items: &mut Vec<Item>,
) {
    let mut own = Vec::new();
    let width = set_line(builder, text, context, (0.0, at.1), artifact, &mut own);
    for item in &mut own {
        if let Shape::Glyphs(run) = &mut item.shape {
            run.at.x += Length::pt(at.0 - width);
        }
    }
    items.append(&mut own);
}

/// Sets a text on one line and returns its width.
fn set_line(
    builder: &mut Builder,
    text: &str,
    context: &Context,
    at: (f64, f64),
    artifact: Artifact,
    items: &mut Vec<Item>,
) -> f64 {
    let mut paragraph = Paragraph::default();
    paragraph.push(text, Document::ROOT, context.text, Spaces::Collapse);
    if paragraph.is_empty() {
        return 0.0;
    }
    let fit = Fit {
        first: f64::INFINITY,
        other: f64::INFINITY,
        narrow: false,
    };
    let Some(line) = builder.one_line(paragraph, fit, at.0) else {
        return 0.0;
    };
    for mut item in line.items {
        item.owner = Owner::Artifact(artifact);
        if let Shape::Glyphs(run) = &mut item.shape {
            run.at.y = Length::pt(at.1);
        }
        items.push(item);
    }
    line.width
}
