//! Puts strips on pages.
//!
//! [`paginate`] fills page after page: strips between which a page may not end go together, and
//! only what is higher than a page is broken where it would rather not. Header rows of a table
//! are shown again where it goes on.

use super::build::Flow;
use super::flow::{Cut, Stack, Strip};
use super::{Artifact, Destination, Input, Owner, Page, Pages};
use crate::dom::Document;
use crate::theme::{Length, PageSize};

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
