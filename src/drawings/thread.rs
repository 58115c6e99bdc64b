//! The golden thread as a drawing: from the purpose over challenges to measures.
//!
//! Each stage is a column of boxes, as high as their text; curves are the links. An item that nothing
//! follows from has a dashed edge, so that gaps are visible without colour. A link that skips a column
//! runs between the boxes of that column. Like the timeline, the drawing is inline SVG in the tree, and
//! the table below it says the same in words.

mod layout;

use crate::dom::escape;
use crate::language::Language;
use crate::theme::{Colour, Colours};
use layout::Layout;
use std::fmt::Write;

/// Width of the drawing: the measure of the PDF at three quarters of a point a unit.
const WIDTH: f64 = 535.0;
/// Half of the line around a box, which stands within the drawing.
const EDGE: f64 = 0.5;
/// The widest box.
const WIDEST: f64 = 150.0;
/// Height of the names of the columns with the line below them.
const HEAD: f64 = 34.0;
/// Distance of two boxes of a column.
const GAP: f64 = 10.0;
/// Size of type, and distance of the lines.
const SIZE: f64 = 10.0;
const LINE: f64 = 12.5;
/// Space between the edge of a box and its words.
const PADDING: f64 = 6.0;
/// How far a box that stands under another begins to the right of it.
const INDENT: f64 = 9.0;
/// Distance of two links that run through the same gap.
const LANE: f64 = 2.5;

/// A column.
pub(crate) struct Column {
    pub(crate) title: String,
    /// Whether it holds the purpose, which all of the next column answers to.
    pub(crate) is_purpose: bool,
    pub(crate) boxes: Vec<ChartBox>,
}

/// A box.
pub(crate) struct ChartBox {
    pub(crate) title: String,
    /// Whether nothing follows from it.
    pub(crate) is_loose: bool,
    /// Whether it stands under the last one of its column that does not, as a sub-goal does.
    pub(crate) is_under: bool,
}

/// A box by its column and its place there.
pub(crate) type BoxPosition = (usize, usize);

/// The drawing.
pub(crate) struct Chart {
    pub(crate) columns: Vec<Column>,
    /// Links from an earlier column to a later one.
    pub(crate) links: Vec<(BoxPosition, BoxPosition)>,
    /// The caption of the drawing.
    pub(crate) label: String,
    pub(crate) language: &'static Language,
}

/// Height of the drawing of these columns.
pub(crate) fn height(columns: &[Column], language: &'static Language) -> f64 {
    Layout::new(columns, language).height
}

/// Draws it as an `svg` element.
pub(crate) fn draw(chart: &Chart, colours: &Colours) -> String {
    let layout = Layout::new(&chart.columns, chart.language);
    let mut pen = SvgWriter {
        out: String::new(),
        colours,
        layout: &layout,
        lanes: layout
            .columns
            .iter()
            .map(|c| vec![0; c.len() + 1])
            .collect(),
    };
    pen.open(&chart.label);
    for (index, column) in chart.columns.iter().enumerate() {
        pen.head(index, &column.title);
    }
    // All challenges answer to the purpose; the lines that say so are quiet.
    if let [purpose, challenges, ..] = &chart.columns[..]
        && purpose.is_purpose
    {
        for to in 0..challenges.boxes.len() {
            pen.link((0, 0), (1, to), colours.quiet, 0.75);
        }
    }
    let last = chart.columns.len() - 1;
    for &(from, to) in &chart.links {
        let colour = if to.0 == last {
            colours.second
        } else {
            colours.accent
        };
        pen.link(from, to, colour, 1.25);
    }
    for (index, column) in chart.columns.iter().enumerate() {
        for (place, item) in column.boxes.iter().enumerate() {
            pen.item((index, place), item, column.is_purpose);
        }
    }
    pen.out.push_str("</svg>");
    pen.out
}

struct SvgWriter<'a> {
    out: String,
    colours: &'a Colours,
    layout: &'a Layout,
    /// How many links run through each gap of each column already.
    lanes: Vec<Vec<usize>>,
}

impl SvgWriter<'_> {
    fn open(&mut self, label: &str) {
        let height = self.layout.height;
        write!(
            self.out,
            "<svg viewBox=\"0 0 {WIDTH} {height:.1}\" width=\"{WIDTH}\" height=\"{height:.1}\" \
             font-size=\"{SIZE}\" role=\"img\" aria-label=\""
        )
        .expect("strings take all");
        escape(label, &mut self.out);
        self.out.push_str("\">\n");
    }

    fn head(&mut self, column: usize, title: &str) {
        let (left, right) = (self.layout.left(column), self.layout.right(column));
        let accent = self.colours.accent;
        let y = HEAD - 12.0;
        self.text((left, y - 8.0), accent, " font-weight=\"600\"", title);
        writeln!(
            self.out,
            "<line x1=\"{left:.1}\" y1=\"{y}\" x2=\"{right:.1}\" y2=\"{y}\" stroke=\"{accent}\" \
             stroke-width=\"1\"></line>"
        )
        .expect("strings take all");
    }

    fn text(&mut self, (x, y): (f64, f64), colour: Colour, more: &str, text: &str) {
        write!(
            self.out,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" fill=\"{colour}\"{more}>"
        )
        .expect("strings take all");
        escape(text, &mut self.out);
        self.out.push_str("</text>\n");
    }

    /// A curve from the right of a box to the left of another, through the gaps of the columns
    /// between them.
    fn link(&mut self, from: BoxPosition, to: BoxPosition, colour: Colour, width: f64) {
        let layout = self.layout;
        let (start, end) = (layout.middle(from), layout.middle(to));
        let (mut x, mut y) = (layout.right(from.0), start);
        let mut path = format!("M{x:.1} {y:.1}");
        let columns = (to.0 - from.0) as f64;
        for column in from.0 + 1..to.0 {
            let part = (column - from.0) as f64 / columns;
            let (gap, middle) = layout.gap(column, start + (end - start) * part);
            let next = middle + lane(&mut self.lanes[column][gap]);
            curve(&mut path, (x, y), (layout.left(column), next));
            x = layout.right(column);
            write!(path, " L{x:.1} {next:.1}").expect("strings take all");
            y = next;
        }
        let left = layout.left(to.0) + layout.columns[to.0][to.1].indent;
        curve(&mut path, (x, y), (left, end));
        writeln!(
            self.out,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"></path>"
        )
        .expect("strings take all");
    }

    /// From the foot of the box that another stands under to its side.
    fn elbow(&mut self, (column, place): BoxPosition) {
        let boxes = &self.layout.columns[column];
        let above = boxes[..place].iter().rev().find(|b| b.indent == 0.0);
        let Some(above) = above else { return };
        let (foot, middle) = (above.top + above.height, boxes[place].middle());
        let left = self.layout.left(column);
        let (x, end) = (left + INDENT / 2.0, left + INDENT);
        writeln!(
            self.out,
            "<path d=\"M{x:.1} {foot:.1} L{x:.1} {middle:.1} L{end:.1} {middle:.1}\" fill=\"none\" \
             stroke=\"{}\" stroke-width=\"0.75\"></path>",
            self.colours.quiet
        )
        .expect("strings take all");
    }

    fn item(&mut self, place: BoxPosition, item: &ChartBox, is_purpose: bool) {
        let column = &self.layout.columns[place.0];
        let placed = &column[place.1];
        if item.is_under {
            self.elbow(place);
        }
        let left = self.layout.left(place.0) + placed.indent;
        let width = self.layout.width - placed.indent;
        let colours = self.colours;
        let (fill, edge) = match (is_purpose, item.is_loose) {
            (true, _) => (colours.accent, String::new()),
            (false, true) => {
                let edge = format!(" stroke=\"{}\" stroke-dasharray=\"3 2.5\"", colours.quiet);
                (colours.paper, edge)
            }
            (false, false) => (colours.tint, format!(" stroke=\"{}\"", colours.accent)),
        };
        writeln!(
            self.out,
            "<rect x=\"{left:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{:.1}\" rx=\"3\" \
             fill=\"{fill}\"{edge}></rect>",
            placed.top, placed.height
        )
        .expect("strings take all");
        let (colour, more) = match (is_purpose, item.is_loose) {
            (true, _) => (colours.paper, " font-weight=\"600\""),
            (false, true) => (colours.quiet, ""),
            (false, false) => (colours.text, ""),
        };
        let mut baseline = placed.top + PADDING - 4.0;
        for line in &placed.lines {
            baseline += LINE;
            self.text((left + PADDING + 1.0, baseline), colour, more, line);
        }
    }
}

/// How far from the middle of its gap the next link runs: in the middle, below, above, and so on,
/// as far as the gap is wide.
fn lane(taken: &mut usize) -> f64 {
    let steps = (*taken).div_ceil(2) % 2;
    let side = if *taken % 2 == 1 { 1.0 } else { -1.0 };
    *taken += 1;
    side * steps as f64 * LANE
}

/// Adds a curve that leaves and arrives level.
fn curve(path: &mut String, (x, y): (f64, f64), (to_x, to_y): (f64, f64)) {
    let half = (x + to_x) / 2.0;
    write!(
        path,
        " C{half:.1} {y:.1} {half:.1} {to_y:.1} {to_x:.1} {to_y:.1}"
    )
    .expect("strings take all");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::testing;
    use crate::templates::testing::language;

    fn column(title: &str, boxes: &[(&str, bool)]) -> Column {
        let boxes = boxes.iter().map(|&(title, is_loose)| ChartBox {
            title: title.to_owned(),
            is_loose,
            is_under: false,
        });
        Column {
            title: title.to_owned(),
            is_purpose: title == "Formål",
            boxes: boxes.collect(),
        }
    }

    fn drawn(columns: Vec<Column>, links: Vec<(BoxPosition, BoxPosition)>) -> String {
        let chart = Chart {
            columns,
            links,
            label: "Tråden".to_owned(),
            language: language("nb"),
        };
        draw(&chart, &testing::theme().colours)
    }

    /// The heights at which boxes stand.
    fn tops(svg: &str) -> Vec<f64> {
        let rects = svg.lines().filter(|line| line.starts_with("<rect"));
        let top = |line: &str| line.split(" y=\"").nth(1)?.split('"').next()?.parse().ok();
        rects.filter_map(top).collect()
    }

    #[test]
    fn boxes_are_as_high_as_their_words_and_never_lie_on_each_other() {
        let long = "Et tiltak med et navn som går over flere linjer i en smal boks";
        let boxes = (0..30).map(|n| (if n % 2 == 0 { "Kort" } else { long }, false));
        let boxes: Vec<_> = boxes.collect();
        let columns = vec![
            column("Formål", &[("Avtalen", false)]),
            column("Tiltak", &boxes),
        ];
        let high = height(&columns, language("nb"));
        let svg = drawn(columns, Vec::new());
        assert!(svg.contains(&format!("height=\"{high:.1}\" font-size")));
        let tops = tops(&svg);
        assert_eq!(tops.len(), 31);
        let tops = &tops[1..];
        let steps: Vec<_> = tops.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let (short, long) = (steps[0], steps[1]);
        assert!(short > LINE + GAP && long > short + LINE, "{steps:?}");
        assert!(tops[29] + long < high + GAP, "the last one ends within");
    }

    #[test]
    fn what_leads_nowhere_is_seen_without_colours() {
        let boxes = [("Ferja", false), ("Fagfolk", true)];
        let columns = vec![
            column("Formål", &[("Avtalen", false)]),
            column("Utfordringer", &boxes),
        ];
        let svg = drawn(columns, Vec::new());
        assert_eq!(svg.matches("stroke-dasharray").count(), 1);
        let after = svg.split("stroke-dasharray").nth(1).expect("one is dashed");
        assert!(after.contains(">Fagfolk<") && !after.contains(">Ferja<"));
    }

    #[test]
    fn a_link_over_a_column_runs_between_its_boxes() {
        let columns = vec![
            column("Formål", &[("Avtalen", false)]),
            column("Utfordringer", &[("A", false)]),
            column("Mål", &[("B", false), ("C", false)]),
            column("Tiltak", &[("D", false)]),
        ];
        let layout = Layout::new(&columns, language("nb"));
        let middle = layout.columns[2][1].top - GAP / 2.0;
        let svg = drawn(columns, vec![((1, 0), (3, 0))]);
        let path = svg.lines().rfind(|line| line.starts_with("<path"));
        let path = path.expect("a link is drawn");
        assert!(
            path.contains(&format!(" L{:.1} {middle:.1}", layout.right(2))),
            "{path}"
        );
    }
}
