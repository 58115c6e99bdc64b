//! Puts strips on pages.
//!
//! [`paginate`] fills page after page: strips between which a page may not end go together, and
//! only what is higher than a page is broken where it would rather not. Header rows of a table
//! are shown again where it goes on. Notes stand at the foot ([`foot`](super::foot)).

use super::build::Flow;
use super::flow::{Cut, Stack, Strip};
use super::foot::{Claim, Extent, Foot};
use super::{Artifact, Destination, Input, Owner, Page, Pages};
use crate::dom::Document;
use crate::theme::{Length, PageSize};

/// What kind of page one is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    /// Whether one strip fills it, without margins, header and footer.
    pub full: bool,
    /// Whether the paper lies on its side.
    pub across: bool,
}

/// A page before its header and footer.
struct Filled {
    stack: Stack,
    sheet: Sheet,
}

/// Fills pages with strips.
pub(super) fn paginate(mut flow: Flow, input: &Input) -> (Pages, Vec<Sheet>) {
    let notes = std::mem::take(&mut flow.notes);
    let page = &input.theme.page;
    let height = page.text_height().to_pt().max(1.0);
    let rule = input.theme.colours.rule;
    let foot = Foot::new(notes, page.left.to_pt(), height, rule);
    let mut paginator = Paginator::new(page, flow.headers, foot);
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
    upright: &'a PageSize,
    across: PageSize,
    headers: Vec<Vec<Strip>>,
    foot: Foot,
    pages: Vec<Filled>,
    current: Stack,
    /// Whether the page still has nothing but grounds that go on.
    fresh: bool,
    sheet: Sheet,
}

impl<'a> Paginator<'a> {
    fn new(page: &'a PageSize, headers: Vec<Vec<Strip>>, foot: Foot) -> Self {
        let mut paginator = Self {
            upright: page,
            across: page.across(),
            headers,
            foot,
            pages: Vec::new(),
            current: Stack::default(),
            fresh: true,
            sheet: Sheet::default(),
        };
        paginator.current.y = page.top.to_pt();
        paginator
    }

    fn page(&self) -> &PageSize {
        match self.sheet.across {
            true => &self.across,
            false => self.upright,
        }
    }

    /// The lower end of the text, and of the notes below it.
    fn bottom(&self) -> f64 {
        // A page of margins only would never take anything.
        let bottom = (self.page().height - self.page().bottom).to_pt();
        bottom.max(self.page().top.to_pt() + 1.0)
    }

    /// The end of the strips that belong together from `from` on.
    fn chain(&self, strips: &[Option<Strip>], from: usize) -> usize {
        let mut end = from + 1;
        while end < strips.len() {
            let last = strips[end - 1].as_ref();
            let next = strips[end].as_ref();
            let apart = last.is_none_or(|s| s.after == Cut::Free || s.full_page)
                || next.is_none_or(|s| s.new_page)
                || last.map(|s| s.across) != next.map(|s| s.across);
            if apart {
                break;
            }
            end += 1;
        }
        end
    }

    /// Places strips that belong together, on one page if they fit on one.
    fn place(&mut self, chain: &mut [Option<Strip>]) {
        let first = chain[0].as_ref();
        let across = first.is_some_and(|s| s.across);
        let turns = first.is_some_and(|s| s.new_page) || across != self.sheet.across;
        // A page that has nothing but the rest of a note keeps its shape, too.
        if turns && !(self.fresh && self.foot.is_empty()) {
            self.turn_to(across);
        }
        self.sheet.across = across;
        let fitting = self.fitting(chain, Cut::Never, Extent::Whole);
        if fitting < chain.len() && !self.fresh {
            // All on the next page, if they fit there; otherwise they start here, if they can.
            let next = self.fitting_on_next(chain);
            let starts_here =
                next < chain.len() && self.fitting(chain, Cut::Avoid, Extent::Whole) > 0;
            if !starts_here {
                self.turn();
            }
        }
        let mut rest = chain;
        while !rest.is_empty() {
            let (count, extent) = match self.portion(rest) {
                Some(portion) => portion,
                None => {
                    self.turn();
                    continue;
                }
            };
            let (here, later) = rest.split_at_mut(count);
            for strip in here {
                if let Some(strip) = strip.take() {
                    self.push(strip, extent);
                }
            }
            rest = later;
            if !rest.is_empty() {
                self.turn();
            }
        }
    }

    /// How many of the strips come to this page, and how much of their notes; `None` if none does.
    fn portion(&self, strips: &[Option<Strip>]) -> Option<(usize, Extent)> {
        let mut extent = Extent::Whole;
        let mut count = self.fitting(strips, Cut::Never, extent);
        let empty = self.fresh && self.foot.is_empty();
        if count < strips.len() && empty {
            // Notes are divided before what belongs together is parted.
            let with_less = self.fitting(strips, Cut::Never, Extent::Start);
            if with_less > count {
                (count, extent) = (with_less, Extent::Start);
            }
        }
        if count < strips.len() {
            let parted = self.fitting(strips, Cut::Avoid, extent);
            count = if parted > 0 { parted } else { count };
        }
        match count {
            // Higher than the page, whatever is done: at least one strip goes on each.
            0 if empty => Some((1, Extent::Rest)),
            0 => None,
            _ => Some((count, extent)),
        }
    }

    /// How many strips fit on the current page. With [`Cut::Avoid`], as many as may be parted
    /// from the next one where that is to be avoided only.
    fn fitting(&self, strips: &[Option<Strip>], cut: Cut, extent: Extent) -> usize {
        let room = Room {
            y: self.current.y,
            pads: self.current.open_pads(),
            fresh: self.fresh,
            claim: self.foot.claim(),
        };
        self.count(strips, cut, extent, room)
    }

    fn fitting_on_next(&self, strips: &[Option<Strip>]) -> usize {
        let grounds = self.current.open_pads();
        // Grounds have the same padding above and below.
        let room = Room {
            y: self.page().top.to_pt() + grounds,
            pads: grounds,
            fresh: true,
            claim: Foot::claim_of_next(),
        };
        self.count(strips, Cut::Never, Extent::Whole, room)
    }

    fn count(&self, strips: &[Option<Strip>], cut: Cut, extent: Extent, room: Room) -> usize {
        let limit = self.bottom() + 0.01;
        let Room {
            mut y,
            mut pads,
            fresh,
            mut claim,
        } = room;
        let mut open: Vec<f64> = Vec::new();
        let mut parted = 0;
        for (index, strip) in strips.iter().enumerate() {
            let Some(strip) = strip else { continue };
            if strip.full_page {
                let alone = fresh && index == 0 && claim.height == 0.0;
                return if alone { 1 } else { index };
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
            self.foot.add(&mut claim, strip, extent);
            if y + pads > limit - claim.height {
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

    fn push(&mut self, strip: Strip, extent: Extent) {
        if strip.full_page {
            // Its notes stand on the page after it.
            self.foot.take(&strip, Extent::Rest);
            self.current.y = 0.0;
            self.sheet.full = true;
            self.current.push(strip, 0.0);
            self.fresh = false;
            self.turn();
            return;
        }
        self.foot.take(&strip, extent);
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
            row.notes.clear();
            row.targets.clear();
            for item in &mut row.items {
                item.owner = Owner::Artifact(Artifact::RepeatedRow);
            }
            self.current.push(row, 0.0);
        }
    }

    /// Goes on to the next page, of the same shape.
    fn turn(&mut self) {
        self.turn_to(self.sheet.across);
    }

    /// Goes on to the next page, which lies across or stands upright.
    fn turn_to(&mut self, across: bool) {
        let mut stack = std::mem::take(&mut self.current);
        let pads = stack.open_pads();
        let grounds = stack.suspend();
        let bottom = self.bottom();
        let room = match self.sheet.full {
            true => 0.0,
            false => bottom - stack.y - pads - self.foot.height(),
        };
        let sheet = self.sheet;
        self.sheet = Sheet {
            full: false,
            across,
        };
        let next = self.page().text_height().to_pt().max(1.0);
        self.foot.turn(&mut stack, bottom, room, next);
        self.pages.push(Filled { stack, sheet });
        self.current.y = self.page().top.to_pt();
        self.current.resume(grounds);
        self.fresh = true;
    }

    fn finish(mut self, input: &Input) -> (Pages, Vec<Sheet>) {
        if !self.fresh || self.pages.is_empty() {
            self.turn();
        }
        while !self.foot.is_empty() {
            self.turn();
        }
        let order = reading_order(input.document);
        let mut destinations = Vec::new();
        let mut sheets = Vec::with_capacity(self.pages.len());
        let mut pages = Vec::with_capacity(self.pages.len());
        for (index, filled) in self.pages.into_iter().enumerate() {
            let targets = filled.stack.targets.iter();
            destinations.extend(targets.map(|&(node, y)| Destination {
                node,
                page: index,
                y: Length::pt(y),
            }));
            sheets.push(filled.sheet);
            let page = match filled.sheet.across {
                true => &self.across,
                false => self.upright,
            };
            pages.push(Page {
                width: page.width,
                height: page.height,
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
            sheets,
        )
    }
}

/// What is free of the page before some strips are placed.
struct Room {
    y: f64,
    pads: f64,
    fresh: bool,
    claim: Claim,
}

/// For each node, how many stand before it in reading order.
fn reading_order(document: &Document) -> Vec<u32> {
    let mut order = vec![u32::MAX; document.len()];
    for (index, node) in document.descendants(Document::ROOT).enumerate() {
        order[node.0 as usize] = index as u32;
    }
    order
}
