//! The foot of a page: the notes that its lines refer to.
//!
//! A note stands on the page of its reference. Only the last one on a page goes on at the foot of
//! the next, and a short one only if there is no other way. [`Foot::claim`] says how much room a
//! line's notes take, before it is known whether the line stands on the page; [`Foot::take`] then
//! puts them there.

use super::flow::{Stack, Strip, decoration, rectangle};
use crate::dom::NodeId;
use crate::theme::Colour;
use std::collections::{BTreeMap, VecDeque};

/// Least space between the text and the rule above the notes.
const ABOVE: f64 = 12.0;
/// Space between the rule and the notes.
const BELOW: f64 = 5.0;
/// Length and weight of the rule.
const RULE: (f64, f64) = (60.0, 0.5);
/// Space between notes.
const BETWEEN: f64 = 2.0;
/// The part of a page up to which a note is kept whole.
const SHORT: f64 = 0.2;
/// The part of a page that a note from the page before takes at most.
const CARRIED: f64 = 0.5;
/// Lines of a divided note on either page.
const LEAST: usize = 2;

/// How much of the notes of a line stands on the page of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of short ones, at least the first lines of long ones.
    Whole,
    /// At least the first lines.
    Start,
    /// What room is left for.
    Rest,
}

/// The foot of the page that is being filled.
#[derive(Debug)]
pub(super) struct Foot {
    /// Notes that no page has yet.
    waiting: BTreeMap<NodeId, Vec<Strip>>,
    lines: Vec<Strip>,
    height: f64,
    /// What does not stand on the page, or not yet.
    rest: VecDeque<Strip>,
    left: f64,
    /// Height between the margins of the page.
    page: f64,
    colour: Colour,
}

/// The room that a foot takes if some lines come to stand on the page.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    /// Height of the foot.
    pub height: f64,
    rest: f64,
    seen: Vec<NodeId>,
}

impl Foot {
    pub(super) fn new(
        notes: BTreeMap<NodeId, Vec<Strip>>,
        left: f64,
        page: f64,
        colour: Colour,
    ) -> Self {
        Self {
            waiting: notes,
            lines: Vec::new(),
            height: 0.0,
            rest: VecDeque::new(),
            left,
            page,
            colour,
        }
    }

    /// Whether the foot has nothing on this page.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Its height.
    pub(super) fn height(&self) -> f64 {
        self.height
    }

    /// The room that it takes now.
    pub(super) fn claim(&self) -> Claim {
        Claim {
            height: self.height,
            rest: self.rest.iter().map(|s| s.height).sum(),
            seen: Vec::new(),
        }
    }

    /// The room that the foot of a page takes before anything stands on it.
    pub(super) fn claim_of_next() -> Claim {
        Claim {
            height: 0.0,
            rest: 0.0,
            seen: Vec::new(),
        }
    }

    /// Adds what the notes of a line take.
    pub(super) fn add(&self, claim: &mut Claim, line: &Strip, extent: Extent) {
        for &note in &line.notes {
            let Some(lines) = self.waiting.get(&note) else {
                continue;
            };
            if extent == Extent::Rest || claim.seen.contains(&note) {
                continue;
            }
            claim.seen.push(note);
            let (here, later) = lines.split_at(self.part(lines, extent));
            claim.height += claim.rest + gap(claim.height);
            claim.height += here.iter().map(|s| s.height).sum::<f64>();
            claim.rest = later.iter().map(|s| s.height).sum();
        }
    }

    /// Takes the notes of a line that stands on the page.
    pub(super) fn take(&mut self, line: &Strip, extent: Extent) {
        for note in &line.notes {
            let Some(mut lines) = self.waiting.remove(note) else {
                continue;
            };
            if extent == Extent::Rest {
                self.rest.extend(lines);
                continue;
            }
            for line in std::mem::take(&mut self.rest) {
                self.put(line);
            }
            if let Some(first) = lines.first_mut().filter(|_| !self.lines.is_empty()) {
                first.before = BETWEEN;
            }
            let later = lines.split_off(self.part(&lines, extent));
            lines.into_iter().for_each(|line| self.put(line));
            self.rest.extend(later);
        }
    }

    /// How many lines of a note come to the page of its reference.
    fn part(&self, lines: &[Strip], extent: Extent) -> usize {
        let height: f64 = lines.iter().map(|s| s.height).sum();
        let whole = extent == Extent::Whole && height <= self.page * SHORT;
        if whole || lines.len() < 2 * LEAST {
            lines.len()
        } else {
            LEAST
        }
    }

    fn put(&mut self, line: Strip) {
        if self.lines.is_empty() {
            self.height = gap(0.0);
        }
        self.height += line.before + line.height;
        self.lines.push(line);
    }

    /// Draws the foot of a page that ends, with as much of the rest as there is `room` for, and
    /// begins that of the next, which may have another shape.
    pub(super) fn turn(&mut self, stack: &mut Stack, bottom: f64, room: f64, next: f64) {
        self.fill(room);
        if !self.lines.is_empty() {
            stack.y = bottom - self.height + ABOVE;
            let rule = rectangle(self.left, stack.y, RULE.0, RULE.1);
            stack.items.push(decoration(rule, Some(self.colour)));
            stack.y += BELOW;
            for line in self.lines.drain(..) {
                let before = line.before;
                stack.push(line, before);
            }
        }
        self.height = 0.0;
        self.page = next;
        self.fill(self.page * CARRIED);
        // A line that is higher than that has the page to itself, so that there is an end.
        if self.lines.is_empty()
            && let Some(line) = self.rest.pop_front()
        {
            self.put(line);
        }
    }

    /// Takes lines of the rest, as far as `room` goes.
    fn fill(&mut self, room: f64) {
        let mut left = match self.lines.is_empty() {
            true => room - gap(0.0),
            false => room,
        };
        let fits = |line: &&Strip| -> bool {
            left -= line.before + line.height;
            left >= 0.0
        };
        let mut count = self.rest.iter().take_while(fits).count();
        // Neither page has a single line of a note.
        if count < self.rest.len() {
            count = count.min(self.rest.len().saturating_sub(LEAST));
            count = if count < LEAST { 0 } else { count };
        }
        for _ in 0..count {
            if let Some(line) = self.rest.pop_front() {
                self.put(line);
            }
        }
    }
}

/// The space that comes with a further note.
fn gap(height: f64) -> f64 {
    if height > 0.0 { BETWEEN } else { ABOVE + BELOW }
}
