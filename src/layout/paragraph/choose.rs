//! Chooses the line breaks of a whole paragraph together.
//!
//! After Knuth and Plass, «Breaking Paragraphs into Lines» (1981), for ragged right: spaces do not
//! stretch, so the cost of a line grows with the space that is left at its end.

use super::breaks::{BreakKind, BreakOpportunity, Hyphen, Pass, ShapedParagraph};
use crate::layout::hyphenate::Hyphenator;
use crate::layout::shape::Shaper;
use crate::steps;
use std::ops::Range;

/// How wide the lines of a paragraph can be.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct LineWidths {
    /// Length of the first line in points.
    pub first: f64,
    /// Length of the others.
    pub other: f64,
    /// Whether words are divided to save lines; otherwise only where a line would be short.
    pub narrow: bool,
}

/// One line: bytes of the text, where they start, and how the line ends.
#[derive(Debug, Clone)]
pub(in crate::layout) struct LineRange {
    pub(super) text: Range<usize>,
    pub(super) from: f64,
    /// Right end of what is seen.
    pub(super) to: f64,
    pub(super) kind: BreakKind,
}

/// The lines, and whether any is too long even when words are broken anywhere.
#[derive(Debug)]
pub(in crate::layout) struct BrokenLines {
    pub(in crate::layout) lines: Vec<LineRange>,
    pub(in crate::layout) too_wide: bool,
}

/// A line that leaves more than this part of the measure makes a second pass worth while. A fifth
/// of a ragged line is less of a disturbance to a reader than a divided word.
const LOOSE: f64 = 0.22;
/// Each line costs a little, so that of two equal paragraphs the shorter is taken.
const LINE_COST: f64 = 2.0;
/// A divided word costs about as much as a line that leaves an eighth of the measure.
const HYPHEN_COST: f64 = 12.0;
/// Two hyphens below each other look like a ladder.
const STACKED_COST: f64 = 18.0;
/// A last line shorter than [`SHORT_LAST`] of the measure, and what it costs more the shorter it
/// is.
const SHORT_LAST_COST: f64 = 40.0;
const SHORTER_LAST_COST: f64 = 80.0;
const SHORT_LAST: f64 = 0.2;
/// A last line that takes less of the measure is a single short word, as a rule.
const LONE_WORD: f64 = 0.09;
/// A last line that is the rest of a divided word.
const BROKEN_LAST_COST: f64 = 60.0;
/// Rounding that does not make a line too long.
const SLACK: f64 = 0.01;

impl ShapedParagraph {
    /// The first line, if there is room for any: to the end of the paragraph, or to where it must end.
    pub(in crate::layout) fn endless(&self) -> LineRange {
        let text = &self.paragraph.text;
        let end = text.find('\n').map_or(text.len(), |end| end + 1);
        LineRange {
            text: 0..end,
            from: 0.0,
            to: self.end_before(self.units.partition_point(|unit| unit.start < end)),
            kind: BreakKind::Forced,
        }
    }

    /// Chooses the ends of the lines.
    pub(in crate::layout) fn choose(
        &self,
        widths: LineWidths,
        shaper: &mut Shaper,
        hyphenator: &mut Hyphenator,
    ) -> BrokenLines {
        let hyphen = match widths.narrow {
            true => Hyphen::Inside,
            false => Hyphen::Hanging,
        };
        let mut places = |pass| self.candidates(pass, hyphen, shaper, hyphenator);
        if let Some(whole) = best(&places(Pass::Whole), widths) {
            if whole.lines.len() < 2 || (!widths.narrow && whole.is_even()) {
                return whole.chosen();
            }
            // In a cell words are divided to save a line, and for nothing else.
            if widths.narrow {
                let divided = best(&places(Pass::Hyphenate), widths);
                let shorter = divided.filter(|d| d.lines.len() < whole.lines.len());
                return shorter.unwrap_or(whole).chosen();
            }
        }
        for pass in [Pass::Hyphenate, Pass::Force] {
            if let Some(attempt) = best(&places(pass), widths) {
                return attempt.chosen();
            }
        }
        // Something fits nowhere. Words that do fit keep their own places.
        let mixed = mix(&places(Pass::Force), &places(Pass::Anywhere), widths);
        let lines = match best(&mixed, widths) {
            Some(attempt) => attempt.lines,
            None => one_each(&mixed),
        };
        BrokenLines {
            lines,
            too_wide: true,
        }
    }
}

struct Attempt {
    lines: Vec<LineRange>,
    /// The largest part of the measure that a line leaves, the last of each paragraph aside.
    loosest: f64,
    /// The part of the measure that the last line takes, if there are others.
    last: f64,
}

impl Attempt {
    /// Whether no line leaves so much that words had better be divided.
    fn is_even(&self) -> bool {
        self.loosest <= LOOSE && self.last >= LONE_WORD
    }

    fn chosen(self) -> BrokenLines {
        BrokenLines {
            lines: self.lines,
            too_wide: false,
        }
    }
}

#[derive(Clone, Copy)]
struct Step {
    cost: f64,
    from: usize,
}

/// The cheapest way through the candidates, or `None` if there is none.
fn best(candidates: &[BreakOpportunity], widths: LineWidths) -> Option<Attempt> {
    let nowhere = Step {
        cost: f64::INFINITY,
        from: 0,
    };
    let mut steps = vec![nowhere; candidates.len()];
    steps[0].cost = 0.0;
    let mut window = 0;
    for to in 1..candidates.len() {
        let end = &candidates[to];
        while window + 1 < to {
            let room = if window == 0 {
                widths.first.max(widths.other)
            } else {
                widths.other
            };
            // The hyphen counts here too; a candidate that only fits without it is of no use to
            // later ones either, since they are further right.
            if end.end - hyphen_slack(end) - candidates[window].next <= room + SLACK {
                break;
            }
            window += 1;
        }
        steps::count(to - window);
        for from in window..to {
            let start = &candidates[from];
            if !steps[from].cost.is_finite() {
                continue;
            }
            let room = if from == 0 {
                widths.first
            } else {
                widths.other
            };
            let width = end.end - start.next;
            if width > room + SLACK {
                continue;
            }
            let cost =
                steps[from].cost + line_cost(start, end, width, room, to + 1 == candidates.len());
            if cost < steps[to].cost {
                steps[to] = Step { cost, from };
            }
        }
        if end.kind == BreakKind::Forced {
            if !steps[to].cost.is_finite() {
                return None;
            }
            window = to;
        }
    }
    let mut attempt = Attempt {
        lines: Vec::new(),
        loosest: 0.0,
        last: 1.0,
    };
    let mut to = candidates.len() - 1;
    while to > 0 {
        let from = steps[to].from;
        let (start, end) = (&candidates[from], &candidates[to]);
        let room = if from == 0 {
            widths.first
        } else {
            widths.other
        };
        let taken = (end.end - start.next) / room.max(1.0);
        if end.kind != BreakKind::Forced {
            attempt.loosest = attempt.loosest.max(1.0 - taken);
        } else if to + 1 == candidates.len() && from > 0 {
            attempt.last = taken;
        }
        attempt.lines.push(line(start, end));
        to = from;
    }
    attempt.lines.reverse();
    Some(attempt)
}

/// Room that a hyphen may take; later candidates on the line do not have it.
fn hyphen_slack(candidate: &BreakOpportunity) -> f64 {
    match candidate.kind {
        BreakKind::Hyphen | BreakKind::Soft => candidate.end - candidate.next,
        _ => 0.0,
    }
    .max(0.0)
}

fn line_cost(
    start: &BreakOpportunity,
    end: &BreakOpportunity,
    width: f64,
    room: f64,
    last: bool,
) -> f64 {
    let slack = ((room - width) / room.max(1.0)).clamp(0.0, 1.0);
    let divided = |c: &BreakOpportunity| matches!(c.kind, BreakKind::Hyphen | BreakKind::Soft);
    let mut cost = LINE_COST;
    if end.kind == BreakKind::Forced {
        if last
            && 1.0 - slack < SHORT_LAST
            && start.kind != BreakKind::Start
            && start.kind != BreakKind::Forced
        {
            let taken = (1.0 - slack) / SHORT_LAST;
            cost += SHORT_LAST_COST + SHORTER_LAST_COST * (1.0 - taken);
            if divided(start) {
                cost += BROKEN_LAST_COST;
            }
        }
        return cost;
    }
    cost += slack * slack * (100.0 + 5000.0 * slack);
    match end.kind {
        BreakKind::Hyphen => cost += HYPHEN_COST,
        BreakKind::Soft => cost += HYPHEN_COST / 2.0,
        BreakKind::Anywhere => cost += HYPHEN_COST * 10.0,
        _ => {}
    }
    if divided(start) && divided(end) {
        cost += STACKED_COST;
    }
    cost
}

fn line(start: &BreakOpportunity, end: &BreakOpportunity) -> LineRange {
    LineRange {
        text: start.at..end.at,
        from: start.next,
        to: end.end,
        kind: end.kind,
    }
}

/// The places of a hyphenated paragraph, and those between letters where even these leave a
/// stretch that does not fit.
fn mix(
    hyphenated: &[BreakOpportunity],
    anywhere: &[BreakOpportunity],
    widths: LineWidths,
) -> Vec<BreakOpportunity> {
    let room = widths.first.min(widths.other);
    let mut mixed = vec![hyphenated[0]];
    let mut rest = anywhere.iter().peekable();
    for pair in hyphenated.windows(2) {
        let (start, end) = (&pair[0], &pair[1]);
        let wide = end.end - start.next > room;
        while let Some(candidate) = rest.next_if(|c| c.at < end.at) {
            if wide && candidate.at > start.at {
                mixed.push(*candidate);
            }
        }
        mixed.push(*end);
    }
    mixed
}

/// A line for each candidate: the way out when not even a letter fits.
fn one_each(candidates: &[BreakOpportunity]) -> Vec<LineRange> {
    candidates
        .windows(2)
        .map(|pair| line(&pair[0], &pair[1]))
        .collect()
}
