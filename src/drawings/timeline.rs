//! The process plan as a drawing: weeks across, steps down.
//!
//! The drawing is inline SVG in the tree. Its parts have classes for the page (which has a dark mode) and
//! plain colours for the PDF. The table beside it says the same in words.

use super::line_breaks::{BOLD, break_lines, width};
use crate::dom::escape;
use crate::language::Language;
use crate::model::Weeks;
use crate::templates::Labels;
use crate::theme::Colours;
use jiff::{ToSpan, civil};
use std::fmt::Write;
use std::ops::Range;

/// Width of the drawing. It fills the measure of the PDF at three quarters of a point a unit, so
/// that sizes of type below are CSS pixels there.
const WIDTH: f64 = 535.0;
/// Width of the names at its left, and of the space after them, where the arrow stands.
const NAMES: f64 = 196.0;
const ARROWS: f64 = 14.0;
/// Height of the head with months and weeks.
const HEAD: f64 = 44.0;
/// Distance of the lines of a name.
const LINE: f64 = 13.0;
/// Space above and below the lines of a row.
const PADDING: f64 = 5.5;
/// Size of type.
const SIZE: f64 = 10.5;
/// Least distance between two week numbers.
const WEEK_LABELS: f64 = 19.0;
/// Height of a bar.
const BAR: f64 = 12.0;

/// A row of the plan.
pub(crate) struct Row<'a> {
    /// The body or the phase.
    pub(crate) name: &'a str,
    /// The activity.
    pub(crate) detail: &'a str,
    /// When.
    pub(crate) weeks: Weeks,
}

/// A drawn plan.
pub(crate) struct Timeline {
    /// The `svg` element.
    pub(crate) svg: String,
    /// All weeks of the plan.
    pub(crate) weeks: Weeks,
    /// The years of the plan, «2025» or «2025–2026».
    pub(crate) years: String,
    /// Whether the day given is marked.
    pub(crate) marks_dated: bool,
    /// Whether a row is marked as the one that goes on then.
    pub(crate) marks_current: bool,
}

/// Draws the rows that have weeks, and marks `dated` if it falls among them.
pub(crate) fn draw(
    rows: &[Row<'_>],
    dated: Option<civil::Date>,
    language: &'static Language,
    labels: &Labels,
    colours: &Colours,
) -> Option<Timeline> {
    let first = rows.iter().map(|row| row.weeks.first).min()?;
    let last = rows.iter().map(|row| row.weeks.last).max()?;
    let weeks = Weeks { first, last };
    let scale = Scale::new(first.monday(), last.sunday());
    let dated = dated.filter(|&day| first.monday() <= day && day <= last.sunday());
    let room = NAMES - ARROWS;
    let lines: Vec<[Vec<String>; 2]> = rows
        .iter()
        .map(|row| {
            [row.name, row.detail].map(|text| break_lines(text, room, SIZE * BOLD, language))
        })
        .collect();
    let heights = lines.iter().map(|[name, detail]| {
        let count = name.len() + detail.len();
        count as f64 * LINE + 2.0 * PADDING
    });
    let heights: Vec<f64> = heights.collect();
    let mut pen = SvgWriter {
        out: String::new(),
        colours,
        height: HEAD + heights.iter().sum::<f64>(),
    };
    let current: Vec<_> = rows
        .iter()
        .filter(|row| dated.is_some_and(|day| row.weeks.contain(day)))
        .map(|row| format!("{} ({})", row.name, row.detail))
        .collect();
    let label = label(weeks, dated, &current, labels);
    pen.open(&label);
    pen.months(&scale, labels);
    pen.weeks(&scale);
    let mut top = HEAD;
    for ((row, lines), height) in rows.iter().zip(&lines).zip(&heights) {
        let is_current = dated.is_some_and(|day| row.weeks.contain(day));
        pen.row(row, lines, top..top + height, &scale, is_current);
        top += height;
    }
    if let Some(day) = dated {
        pen.dated(scale.at(day), &labels.day_and_month(day));
    }
    pen.out.push_str("</svg>");
    let years = match (first.year, last.year) {
        (a, b) if a == b => a.to_string(),
        (a, b) => format!("{a}–{b}"),
    };
    Some(Timeline {
        svg: pen.out,
        weeks,
        years,
        marks_dated: dated.is_some(),
        marks_current: !current.is_empty(),
    })
}

/// The accessible name: the content of the drawing, with the current step.
fn label(weeks: Weeks, dated: Option<civil::Date>, current: &[String], labels: &Labels) -> String {
    let weeks = labels.weeks(weeks);
    let weeks = ("weeks", weeks.as_str());
    match dated.filter(|_| !current.is_empty()) {
        Some(day) => {
            let (date, steps) = (labels.day(day), current.join("; "));
            let values = [weeks, ("date", &date), ("steps", &steps)];
            labels.fill("timeline_label_current", &values)
        }
        None => labels.fill("timeline_label", &[weeks]),
    }
}

/// Days → places across the drawing.
struct Scale {
    from: civil::Date,
    to: civil::Date,
    /// Width of a day.
    day: f64,
}

impl Scale {
    fn new(from: civil::Date, to: civil::Date) -> Self {
        let days = days_between(from, to) + 1.0;
        let day = (WIDTH - NAMES - 8.0) / days;
        Self { from, to, day }
    }

    /// Where a day begins.
    fn at(&self, day: civil::Date) -> f64 {
        NAMES + days_between(self.from, day) * self.day
    }
}

fn days_between(from: civil::Date, to: civil::Date) -> f64 {
    f64::from((to - from).get_days())
}

struct SvgWriter<'a> {
    out: String,
    colours: &'a Colours,
    height: f64,
}

impl SvgWriter<'_> {
    fn open(&mut self, label: &str) {
        let height = self.height;
        write!(
            self.out,
            "<svg viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
             font-size=\"{SIZE}\" role=\"img\" aria-label=\""
        )
        .expect("strings take all");
        escape(label, &mut self.out);
        self.out.push_str("\">\n");
    }

    fn line(&mut self, class: &str, [x1, y1, x2, y2]: [f64; 4], colour: String, width: f64) {
        writeln!(
            self.out,
            "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" \
             stroke=\"{colour}\" stroke-width=\"{width}\"></line>"
        )
        .expect("strings take all");
    }

    fn text(&mut self, class: &str, (x, y): (f64, f64), colour: String, more: &str, text: &str) {
        write!(
            self.out,
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" fill=\"{colour}\"{more}>"
        )
        .expect("strings take all");
        escape(text, &mut self.out);
        self.out.push_str("</text>\n");
    }

    /// A name and a rule at the start of each month.
    fn months(&mut self, scale: &Scale, labels: &Labels) {
        let mut start = scale.from;
        while start <= scale.to {
            let x = scale.at(start);
            let next = start.last_of_month().saturating_add(1.day());
            if start != scale.from {
                let bottom = self.height;
                let colour = self.colours.rule.to_string();
                self.line("t-rule", [x, 4.0, x, bottom], colour, 0.5);
            }
            let room = scale.at(next.min(scale.to)) - x;
            if room > 27.0 {
                let colour = self.colours.accent.to_string();
                let bold = " font-weight=\"600\"";
                let name = labels.month_short(start.month());
                self.text("t-accent", (x + 3.0, 11.0), colour, bold, name);
            }
            start = next;
        }
    }

    /// The numbers of the weeks, as many as there is room for.
    fn weeks(&mut self, scale: &Scale) {
        let width = scale.day * 7.0;
        let step = (WEEK_LABELS / width).ceil().max(1.0) as usize;
        let mondays = scale
            .from
            .series(7.days())
            .take_while(|&day| day <= scale.to);
        for monday in mondays.step_by(step) {
            let x = scale.at(monday) + width / 2.0;
            let number = monday.iso_week_date().week().to_string();
            let middle = " text-anchor=\"middle\" font-size=\"9.5\"";
            let colour = self.colours.quiet.to_string();
            self.text("t-quiet", (x, 26.0), colour, middle, &number);
        }
        let colour = self.colours.accent.to_string();
        self.line("t-accent", [0.0, HEAD, WIDTH, HEAD], colour, 1.0);
    }

    /// The name, what happens, and the bar of its weeks.
    fn row(
        &mut self,
        row: &Row<'_>,
        [name, detail]: &[Vec<String>; 2],
        place: Range<f64>,
        scale: &Scale,
        is_current: bool,
    ) {
        if is_current {
            self.arrow((place.start + place.end) / 2.0);
        }
        let mut baseline = place.start + PADDING - 3.0;
        for line in name {
            baseline += LINE;
            let colour = self.colours.text.to_string();
            let bold = " font-weight=\"600\"";
            self.text("t-text", (0.0, baseline), colour, bold, line);
        }
        for line in detail {
            baseline += LINE;
            // What goes on is heavier, so that it is seen without colours.
            let (class, colour, weight) = match is_current {
                true => ("t-text", self.colours.text, " font-weight=\"600\""),
                false => ("t-quiet", self.colours.quiet, ""),
            };
            self.text(class, (0.0, baseline), colour.to_string(), weight, line);
        }
        let x = scale.at(row.weeks.first.monday());
        let end = scale.at(row.weeks.last.sunday()) + scale.day;
        let (width, colour) = ((end - x).max(4.0), self.colours.accent);
        let y = (place.start + place.end - BAR) / 2.0;
        writeln!(
            self.out,
            "<rect class=\"t-bar\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{BAR}\" \
             rx=\"3\" fill=\"{colour}\"></rect>"
        )
        .expect("strings take all");
        let (bottom, rule) = (place.end, self.colours.rule.to_string());
        self.line("t-rule", [0.0, bottom, WIDTH, bottom], rule, 0.5);
    }

    /// The arrow that points at what goes on.
    fn arrow(&mut self, y: f64) {
        let (left, right) = (NAMES - 10.0, NAMES - 3.0);
        let (top, bottom) = (y - 5.0, y + 5.0);
        let colour = self.colours.second;
        writeln!(
            self.out,
            "<path class=\"t-flag\" d=\"M{left} {top:.1} L{right} {y:.1} L{left} {bottom:.1} Z\" \
             fill=\"{colour}\"></path>"
        )
        .expect("strings take all");
    }

    /// The line of the day, with its date on the rule of the head.
    fn dated(&mut self, x: f64, date: &str) {
        let (top, bottom) = (HEAD, self.height);
        let colour = self.colours.second;
        self.line("t-today", [x, top, x, bottom], colour.to_string(), 1.5);
        let width = width(date) * BOLD * SIZE + 12.0;
        let height = SIZE + 5.0;
        let left = (x - width / 2.0).clamp(NAMES, WIDTH - width);
        writeln!(
            self.out,
            "<rect class=\"t-flag\" x=\"{left:.1}\" y=\"{:.1}\" width=\"{width:.1}\" \
             height=\"{height}\" rx=\"{}\" fill=\"{colour}\"></rect>",
            top - height / 2.0,
            height / 2.0
        )
        .expect("strings take all");
        let middle = " text-anchor=\"middle\" font-weight=\"600\"";
        let paper = self.colours.paper.to_string();
        let at = (left + width / 2.0, top + SIZE * 0.36);
        self.text("t-paper", at, paper, middle, date);
    }
}
