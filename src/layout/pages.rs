//! Puts line boxes on pages.
//!
//! [`paginate`] fills page after page. Line boxes that must stay together move together, unless they are
//! higher than a page. Header rows of a table are repeated. Notes are at the foot
//! ([`foot`](super::foot)). A [`Cursor`] computes the place of each line box; a copy of it tries line
//! boxes before they are placed.

use super::build::Flow;
use super::flow::{FlowPosition, LineBox, LineBoxPosition, PageBreak, Stack};
use super::foot::{Claim, Foot, NotePortion, NoteSplit};
use super::{Artifact, Destination, LayoutInput, Owner, Page, Pages};
use crate::dom::Document;
use crate::steps;
use crate::theme::{Length, PageSize};

/// The special properties of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct PageKind {
    /// Whether one line box fills it, without margins, header and footer.
    pub full: bool,
    /// Whether the paper lies on its side.
    pub across: bool,
}

/// A page before its header and footer.
struct FilledPage {
    stack: Stack,
    page_kind: PageKind,
}

/// Fills pages with line boxes.
pub(super) fn paginate(mut flow: Flow, input: &LayoutInput) -> (Pages, Vec<PageKind>) {
    let notes = std::mem::take(&mut flow.notes);
    let page = &input.theme.page;
    let height = page.text_height().to_pt().max(1.0);
    let rule = input.theme.colours.rule;
    let foot = Foot::new(notes, page.left.to_pt(), height, rule);
    let mut paginator = Paginator::new(page, flow.headers, foot);
    let mut line_boxes: Vec<Option<LineBox>> = flow.line_boxes.into_iter().map(Some).collect();
    let mut from = 0;
    while from < line_boxes.len() {
        let end = paginator.chain(&line_boxes, from);
        paginator.place(&mut line_boxes[from..end]);
        from = end;
    }
    paginator.finish(input)
}

/// Rounding that does not make a page too full.
const SLACK: f64 = 0.01;

struct Paginator<'a> {
    upright: &'a PageSize,
    across: PageSize,
    headers: Vec<Vec<LineBox>>,
    foot: Foot,
    pages: Vec<FilledPage>,
    /// The items of the page.
    stack: Stack,
    cursor: Cursor,
    page_kind: PageKind,
}

/// Where the next line box of a page stands.
#[derive(Debug, Clone)]
struct Cursor {
    position: FlowPosition,
    /// The room that the notes take.
    claim: Claim,
    /// Whether the page still has nothing but backgrounds that go on.
    fresh: bool,
}

impl Cursor {
    /// The top of a page.
    fn top(position: FlowPosition) -> Self {
        Self {
            position,
            claim: Claim::default(),
            fresh: true,
        }
    }

    /// Whether the page has neither text nor notes.
    fn is_empty(&self) -> bool {
        self.fresh && self.claim.height == 0.0
    }
}

/// Where a line box stands, and what comes with it.
struct Placement {
    /// Header rows that are shown again above it.
    rows: Vec<LineBoxPosition>,
    line_box: LineBoxPosition,
    notes: Vec<NoteSplit>,
}

impl<'a> Paginator<'a> {
    fn new(page: &'a PageSize, headers: Vec<Vec<LineBox>>, foot: Foot) -> Self {
        Self {
            upright: page,
            across: page.across(),
            headers,
            foot,
            pages: Vec::new(),
            stack: Stack::default(),
            cursor: Cursor::top(FlowPosition::from(page.top.to_pt())),
            page_kind: PageKind::default(),
        }
    }

    fn page(&self) -> &PageSize {
        match self.page_kind.across {
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

    /// The end of the line boxes that belong together from `from` on.
    fn chain(&self, line_boxes: &[Option<LineBox>], from: usize) -> usize {
        let mut end = from + 1;
        while end < line_boxes.len() {
            let last = line_boxes[end - 1].as_ref();
            let next = line_boxes[end].as_ref();
            let apart = last.is_none_or(|s| s.break_after == PageBreak::Auto || s.full_page)
                || next.is_none_or(|s| s.new_page)
                || last.map(|s| s.across) != next.map(|s| s.across);
            if apart {
                break;
            }
            end += 1;
        }
        end
    }

    /// Places line boxes that belong together, on one page if they fit on one.
    fn place(&mut self, chain: &mut [Option<LineBox>]) {
        let first = chain[0].as_ref();
        let across = first.is_some_and(|s| s.across);
        let turns = first.is_some_and(|s| s.new_page) || across != self.page_kind.across;
        // A page that has nothing but the rest of a note keeps its shape, too.
        if turns && !self.cursor.is_empty() {
            self.turn_to(across);
        }
        self.page_kind.across = across;
        let fitting = self.fitting(&self.cursor, chain, PageBreak::Never, NotePortion::Whole);
        if fitting < chain.len() && !self.cursor.fresh {
            // All on the next page, if they fit there; otherwise they start here, if they can.
            let (next, _) = self.cursor.position.on_next_page(self.page().top.to_pt());
            let next = self.fitting(
                &Cursor::top(next),
                chain,
                PageBreak::Never,
                NotePortion::Whole,
            );
            let starts_here = next < chain.len()
                && self.fitting(&self.cursor, chain, PageBreak::Avoid, NotePortion::Whole) > 0;
            if !starts_here {
                self.turn();
            }
        }
        let mut rest = chain;
        while !rest.is_empty() {
            let (count, portion) = match self.next_portion(rest) {
                Some(portion) => portion,
                None => {
                    self.turn();
                    continue;
                }
            };
            let (here, later) = rest.split_at_mut(count);
            for line_box in here {
                if let Some(line_box) = line_box.take() {
                    self.push(line_box, portion);
                }
            }
            rest = later;
            if !rest.is_empty() {
                self.turn();
            }
        }
    }

    /// How many of the line boxes come to this page, and how much of their notes; `None` if none
    /// does.
    fn next_portion(&self, line_boxes: &[Option<LineBox>]) -> Option<(usize, NotePortion)> {
        let mut portion = NotePortion::Whole;
        let mut count = self.fitting(&self.cursor, line_boxes, PageBreak::Never, portion);
        let empty = self.cursor.is_empty();
        if count < line_boxes.len() && empty {
            // Notes are divided before what belongs together is parted.
            let with_less = self.fitting(
                &self.cursor,
                line_boxes,
                PageBreak::Never,
                NotePortion::Start,
            );
            if with_less > count {
                (count, portion) = (with_less, NotePortion::Start);
            }
        }
        if count < line_boxes.len() {
            let parted = self.fitting(&self.cursor, line_boxes, PageBreak::Avoid, portion);
            count = if parted > 0 { parted } else { count };
        }
        match count {
            // Higher than the page, whatever is done: at least one line box goes on each.
            0 if empty => Some((1, NotePortion::Rest)),
            0 => None,
            _ => Some((count, portion)),
        }
    }

    /// How many line boxes fit on the page of a cursor. With [`PageBreak::Avoid`], as many as may
    /// be parted from the next one where that is to be avoided only.
    fn fitting(
        &self,
        cursor: &Cursor,
        line_boxes: &[Option<LineBox>],
        weakest: PageBreak,
        portion: NotePortion,
    ) -> usize {
        let mut cursor = cursor.clone();
        let mut parted = 0;
        for (index, line_box) in line_boxes.iter().enumerate() {
            let Some(line_box) = line_box else { continue };
            if line_box.full_page {
                return if cursor.is_empty() { 1 } else { index };
            }
            self.advance(&mut cursor, line_box, portion);
            let needed = cursor.position.y + cursor.position.pads();
            if needed > self.bottom() + SLACK - cursor.claim.height {
                return if weakest == PageBreak::Avoid {
                    parted
                } else {
                    index
                };
            }
            if line_box.break_after < PageBreak::Never {
                parted = index + 1;
            }
        }
        line_boxes.len()
    }

    /// Moves a cursor over a line box and all that comes with it, and says where they stand.
    fn advance(&self, cursor: &mut Cursor, line_box: &LineBox, portion: NotePortion) -> Placement {
        steps::count(1);
        let notes = self.foot.claim(&mut cursor.claim, line_box, portion);
        let fresh = std::mem::replace(&mut cursor.fresh, false);
        let rows = self.repeated(line_box).iter().filter(|_| fresh);
        let rows = rows.map(|row| cursor.position.add(row, 0.0)).collect();
        let before = if fresh { 0.0 } else { line_box.before };
        Placement {
            rows,
            line_box: cursor.position.add(line_box, before),
            notes,
        }
    }

    /// The header rows that are shown again if a page starts with a line box.
    fn repeated(&self, line_box: &LineBox) -> &[LineBox] {
        let rows = line_box.repeats.and_then(|index| self.headers.get(index));
        rows.map_or(&[], Vec::as_slice)
    }

    /// Puts a line box on the page.
    fn push(&mut self, line_box: LineBox, mut portion: NotePortion) {
        let is_full = line_box.full_page;
        if is_full {
            // Its notes stand on the page after it.
            portion = NotePortion::Rest;
            self.cursor.position.y = 0.0;
            self.page_kind.full = true;
        }
        let right = |page: &PageSize| (page.left + page.text_width()).to_pt();
        self.stack.margin_shift = right(self.page()) - right(self.upright);
        let mut cursor = self.cursor.clone();
        let placement = self.advance(&mut cursor, &line_box, portion);
        self.foot.take(&mut cursor.claim, placement.notes);
        self.cursor = cursor;
        for (index, placed) in placement.rows.into_iter().enumerate() {
            let row = again(&self.repeated(&line_box)[index]);
            self.stack.paint(row, placed);
        }
        self.stack.paint(line_box, placement.line_box);
        if is_full {
            self.turn();
        }
    }

    /// Goes on to the next page, of the same shape.
    fn turn(&mut self) {
        self.turn_to(self.page_kind.across);
    }

    /// Goes on to the next page, which lies across or stands upright.
    fn turn_to(&mut self, across: bool) {
        let mut stack = std::mem::take(&mut self.stack);
        let position = &self.cursor.position;
        stack.suspend(position.y);
        let bottom = self.bottom();
        let room = match self.page_kind.full {
            true => 0.0,
            false => bottom - position.y - position.pads() - self.cursor.claim.height,
        };
        let page_kind = self.page_kind;
        self.page_kind = PageKind {
            full: false,
            across,
        };
        let page = self.page();
        let next = page.text_height().to_pt().max(1.0);
        let (position, tops) = position.on_next_page(page.top.to_pt());
        let claim = &mut self.cursor.claim;
        self.foot.turn(claim, &mut stack, bottom, room, next);
        self.pages.push(FilledPage { stack, page_kind });
        self.stack.resume(&position, tops);
        self.cursor.position = position;
        self.cursor.fresh = true;
    }

    fn finish(mut self, input: &LayoutInput) -> (Pages, Vec<PageKind>) {
        if !self.cursor.fresh || self.pages.is_empty() {
            self.turn();
        }
        while !self.foot.is_empty() {
            self.turn();
        }
        let order = reading_order(input.document);
        let mut destinations = Vec::new();
        let mut page_kinds = Vec::with_capacity(self.pages.len());
        let mut pages = Vec::with_capacity(self.pages.len());
        for (index, filled) in self.pages.into_iter().enumerate() {
            let targets = filled.stack.targets.iter();
            destinations.extend(targets.map(|&(node, y)| Destination {
                node,
                page: index,
                y: Length::pt(y),
            }));
            page_kinds.push(filled.page_kind);
            let page = match filled.page_kind.across {
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
            page_kinds,
        )
    }
}

/// A header row as it is shown again: for the eye only.
fn again(row: &LineBox) -> LineBox {
    let mut row = row.clone();
    row.links.clear();
    row.notes.clear();
    row.targets.clear();
    for item in &mut row.items {
        item.owner = Owner::Artifact(Artifact::RepeatedRow);
    }
    row
}

/// For each node, how many stand before it in reading order.
fn reading_order(document: &Document) -> Vec<u32> {
    let mut order = vec![u32::MAX; document.len()];
    for (index, node) in document.descendants(Document::ROOT).enumerate() {
        order[node.0 as usize] = index as u32;
    }
    order
}
