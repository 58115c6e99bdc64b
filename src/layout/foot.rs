//! The foot of a page: the notes that its lines refer to.
//!
//! A note starts on the page of its reference. Only the last note of a page may continue on the next one,
//! and a short note only if there is no other way. [`Foot::claim`] computes how much room the notes of a
//! line take and how they are divided; [`Foot::take`] places them.

use super::flow::{FlowPosition, LineBox, Stack, decoration, rectangle};
use crate::dom::NodeId;
use crate::steps;
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
pub(super) enum NotePortion {
    /// All of short ones, at least the first lines of long ones.
    Whole,
    /// At least the first lines.
    Start,
    /// The lines that room is reserved for.
    Rest,
}

/// The notes, and the foot of the page that is being filled.
#[derive(Debug)]
pub(super) struct Foot {
    /// Notes that no page has yet.
    waiting: BTreeMap<NodeId, Vec<LineBox>>,
    /// The part on this page.
    lines: Vec<LineBox>,
    /// The part that is not on this page, or not yet.
    rest: VecDeque<LineBox>,
    left: f64,
    /// Height between the margins of the page.
    page: f64,
    colour: Colour,
}

/// The room that the foot of a page takes. A copy of it tries lines that may not stay.
#[derive(Debug, Clone, Default)]
pub(super) struct Claim {
    /// Height of the foot; zero if nothing stands in it.
    pub height: f64,
    /// Height of the lines that do not stand on the page, or not yet.
    rest: f64,
    /// Notes of the lines that have come to the page in this copy.
    seen: Vec<NodeId>,
}

impl Claim {
    /// Adds lines that follow those which are there already.
    fn add(&mut self, height: f64) {
        if self.height == 0.0 {
            self.height = ABOVE + BELOW;
        }
        self.height += height;
    }
}

/// A note that comes with a line, and how many of its lines stand on the page of the line; `None`
/// if only what room is left for.
pub(super) type NoteSplit = (NodeId, Option<usize>);

impl Foot {
    pub(super) fn new(
        notes: BTreeMap<NodeId, Vec<LineBox>>,
        left: f64,
        page: f64,
        colour: Colour,
    ) -> Self {
        Self {
            waiting: notes,
            lines: Vec::new(),
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

    /// Adds what the notes of a line take, and says how they are divided.
    pub(super) fn claim(
        &self,
        claim: &mut Claim,
        line: &LineBox,
        portion: NotePortion,
    ) -> Vec<NoteSplit> {
        let mut divided = Vec::new();
        for &note in &line.notes {
            let Some(lines) = self.waiting.get(&note) else {
                continue;
            };
            if claim.seen.contains(&note) {
                continue;
            }
            claim.seen.push(note);
            steps::count(lines.len());
            if portion == NotePortion::Rest {
                claim.rest += height(lines);
                divided.push((note, None));
                continue;
            }
            let part = self.part(lines, portion);
            let (here, later) = lines.split_at(part);
            // What an earlier note has left comes first.
            let rest = std::mem::replace(&mut claim.rest, height(later));
            if rest > 0.0 {
                claim.add(rest);
            }
            let between = if claim.height > 0.0 { BETWEEN } else { 0.0 };
            claim.add(between + height(here));
            divided.push((note, Some(part)));
        }
        divided
    }

    /// Takes the notes of a line that stands on the page, divided as they were claimed.
    pub(super) fn take(&mut self, claim: &mut Claim, divided: Vec<NoteSplit>) {
        claim.seen.clear();
        for (note, part) in divided {
            let Some(mut lines) = self.waiting.remove(&note) else {
                continue;
            };
            if let Some(part) = part {
                self.lines.extend(self.rest.drain(..));
                let later = lines.split_off(part);
                if let Some(first) = lines.first_mut().filter(|_| !self.lines.is_empty()) {
                    first.before = BETWEEN;
                }
                self.lines.append(&mut lines);
                lines = later;
            }
            self.rest.extend(lines);
        }
    }

    /// How many lines of a note come to the page of its reference.
    fn part(&self, lines: &[LineBox], portion: NotePortion) -> usize {
        let whole = portion == NotePortion::Whole && height(lines) <= self.page * SHORT;
        if whole || lines.len() < 2 * LEAST {
            lines.len()
        } else {
            LEAST
        }
    }

    /// Draws the foot of a page that ends, with as much of the rest as there is `room` for, and
    /// begins that of the next, which may have another shape.
    pub(super) fn turn(
        &mut self,
        claim: &mut Claim,
        stack: &mut Stack,
        bottom: f64,
        room: f64,
        next: f64,
    ) {
        self.fill(claim, room);
        if !self.lines.is_empty() {
            let mut position = FlowPosition::from(bottom - claim.height + ABOVE);
            let rule = rectangle(self.left, position.y, RULE.0, RULE.1);
            stack.items.push(decoration(rule, Some(self.colour)));
            position.y += BELOW;
            for line in self.lines.drain(..) {
                let before = line.before;
                stack.push(&mut position, line, before);
            }
        }
        claim.height = 0.0;
        self.page = next;
        self.fill(claim, self.page * CARRIED);
        // A line that is higher than that has the page to itself, so that there is an end.
        if self.lines.is_empty() {
            self.put(claim);
        }
    }

    /// Takes lines of the rest, as far as `room` goes.
    fn fill(&mut self, claim: &mut Claim, room: f64) {
        let mut left = match self.lines.is_empty() {
            true => room - (ABOVE + BELOW),
            false => room,
        };
        let fits = |line: &&LineBox| -> bool {
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
            self.put(claim);
        }
    }

    /// Puts the first line of the rest on the page.
    fn put(&mut self, claim: &mut Claim) {
        if let Some(line) = self.rest.pop_front() {
            claim.add(line.before + line.height);
            claim.rest = match self.rest.is_empty() {
                true => 0.0,
                false => claim.rest - line.height,
            };
            self.lines.push(line);
        }
    }
}

/// The height of lines below each other.
fn height(lines: &[LineBox]) -> f64 {
    lines.iter().map(|line| line.height).sum()
}
