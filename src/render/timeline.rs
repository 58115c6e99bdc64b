//! The process plan as a drawing: weeks across, steps down.
//!
//! The drawing stands in the tree as inline SVG. Its parts carry classes for the page (which has a
//! dark ground at times) and plain colours for the PDF. The table beside it says the same in words.

use super::labels::Labels;
use super::markdown_html::escape;
use crate::model::Weeks;
use crate::theme::Colours;
use jiff::{ToSpan, civil};
use std::fmt::Write;

/// Width of the drawing.
const WIDTH: f64 = 720.0;
/// Width of the names at its left.
const NAMES: f64 = 214.0;
/// Height of the head with months and weeks.
const HEAD: f64 = 46.0;
/// Height of a row.
const ROW: f64 = 34.0;
/// Letters of a name or activity that fit at the left.
const LETTERS: usize = 36;
/// Least distance between two week numbers.
const WEEK_LABELS: f64 = 22.0;

/// A row of the plan.
pub(super) struct Row<'a> {
    /// The body or the phase.
    pub(super) name: &'a str,
    /// What happens.
    pub(super) detail: &'a str,
    /// When.
    pub(super) weeks: Weeks,
}

/// A drawn plan.
pub(super) struct Drawing {
    /// The `svg` element.
    pub(super) svg: String,
    /// All weeks of the plan.
    pub(super) weeks: Weeks,
    /// The years of the plan, «2025» or «2025–2026».
    pub(super) years: String,
    /// Whether the day given is marked.
    pub(super) marks_today: bool,
}

/// Draws the rows that have weeks, and marks `today` if it falls among them.
pub(super) fn draw(
    rows: &[Row<'_>],
    today: Option<civil::Date>,
    labels: &Labels,
    colours: &Colours,
) -> Option<Drawing> {
    let first = rows.iter().map(|row| row.weeks.first).min()?;
    let last = rows.iter().map(|row| row.weeks.last).max()?;
    let weeks = Weeks { first, last };
    let scale = Scale::new(first.monday(), last.sunday());
    let today = today.filter(|&day| first.monday() <= day && day <= last.sunday());
    let mut pen = Pen {
        out: String::new(),
        colours,
        height: HEAD + ROW * rows.len() as f64 + 8.0,
    };
    let label = labels.fill("timeline_label", &[("weeks", &labels.weeks(weeks))]);
    pen.open(&label);
    pen.months(&scale, labels);
    pen.weeks(&scale);
    for (index, row) in rows.iter().enumerate() {
        pen.row(index, row, &scale);
    }
    if let Some(day) = today {
        pen.today(scale.at(day), &labels.day_and_month(day));
    }
    pen.out.push_str("</svg>");
    let years = match (first.year, last.year) {
        (a, b) if a == b => a.to_string(),
        (a, b) => format!("{a}–{b}"),
    };
    Some(Drawing {
        svg: pen.out,
        weeks,
        years,
        marks_today: today.is_some(),
    })
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

struct Pen<'a> {
    out: String,
    colours: &'a Colours,
    height: f64,
}

impl Pen<'_> {
    fn open(&mut self, label: &str) {
        let height = self.height;
        let _ = write!(
            self.out,
            "<svg viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
             font-family=\"Inter, sans-serif\" font-size=\"10\" role=\"img\" aria-label=\""
        );
        escape(label, &mut self.out);
        self.out.push_str("\">\n");
    }

    fn line(&mut self, class: &str, [x1, y1, x2, y2]: [f64; 4], colour: String, width: f64) {
        let _ = writeln!(
            self.out,
            "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" \
             stroke=\"{colour}\" stroke-width=\"{width}\"></line>"
        );
    }

    fn text(&mut self, class: &str, (x, y): (f64, f64), colour: String, more: &str, text: &str) {
        let _ = write!(
            self.out,
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" fill=\"{colour}\"{more}>"
        );
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
                let bottom = self.height - 8.0;
                let colour = self.colours.rule.to_string();
                self.line("t-rule", [x, 4.0, x, bottom], colour, 0.5);
            }
            let room = scale.at(next.min(scale.to)) - x;
            if room > 26.0 {
                let colour = self.colours.accent.to_string();
                let bold = " font-weight=\"600\"";
                let name = labels.month_short(start.month());
                self.text("t-accent", (x + 3.0, 14.0), colour, bold, name);
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
            let middle = " text-anchor=\"middle\" font-size=\"9\"";
            let colour = self.colours.quiet.to_string();
            self.text("t-quiet", (x, 30.0), colour, middle, &number);
        }
        let colour = self.colours.rule.to_string();
        self.line("t-rule", [0.0, HEAD - 8.0, WIDTH, HEAD - 8.0], colour, 0.75);
    }

    /// The name, what happens, and the bar of its weeks.
    fn row(&mut self, index: usize, row: &Row<'_>, scale: &Scale) {
        let top = HEAD + ROW * index as f64;
        let colour = self.colours.text.to_string();
        let bold = " font-weight=\"600\" font-size=\"10.5\"";
        self.text("t-text", (0.0, top + 10.0), colour, bold, &cut(row.name));
        let colour = self.colours.quiet.to_string();
        let small = " font-size=\"9.5\"";
        self.text(
            "t-quiet",
            (0.0, top + 22.0),
            colour,
            small,
            &cut(row.detail),
        );
        let x = scale.at(row.weeks.first.monday());
        let end = scale.at(row.weeks.last.sunday()) + scale.day;
        let (width, colour) = ((end - x).max(4.0), self.colours.accent);
        let y = top + 6.0;
        let _ = writeln!(
            self.out,
            "<rect class=\"t-bar\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"14\" \
             rx=\"3\" fill=\"{colour}\"></rect>"
        );
        let (bottom, rule) = (top + ROW - 5.0, self.colours.rule.to_string());
        self.line("t-rule", [0.0, bottom, WIDTH, bottom], rule, 0.35);
    }

    /// The line of the day, with its date on the rule of the head.
    fn today(&mut self, x: f64, date: &str) {
        let (top, bottom) = (HEAD - 10.0, self.height - 8.0);
        let colour = self.colours.second;
        self.line("t-today", [x, top, x, bottom], colour.to_string(), 1.5);
        let width = date.chars().count() as f64 * 5.4 + 10.0;
        let left = (x - width / 2.0).clamp(NAMES, WIDTH - width);
        let _ = writeln!(
            self.out,
            "<rect class=\"t-flag\" x=\"{left:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"14\" \
             rx=\"7\" fill=\"{colour}\"></rect>",
            top - 7.0
        );
        let middle = " text-anchor=\"middle\" font-size=\"9\" font-weight=\"600\"";
        let paper = self.colours.paper.to_string();
        self.text(
            "t-paper",
            (left + width / 2.0, top + 3.2),
            paper,
            middle,
            date,
        );
    }
}

/// As much of a text as there is room for.
fn cut(text: &str) -> String {
    if text.chars().count() <= LETTERS {
        return text.to_owned();
    }
    let short: String = text.chars().take(LETTERS - 1).collect();
    let end = short.rfind(' ').unwrap_or(short.len());
    format!("{} …", short[..end].trim_end_matches([',', '.', ':', ';']))
}
