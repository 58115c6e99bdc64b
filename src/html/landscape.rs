//! The landscape of the cover as SVG: the same drawing as in the PDF.
//!
//! It is decoration, so it is hidden from screen readers. The style sheet colours its parts with
//! `--ridge-1` to `--ridge-5` and `--shore`, because the page has a dark mode.

use crate::theme::landscape::{RIDGES, RelativePoint, Ridge, SHORE};
use std::fmt::Write;

/// Width and height of the drawing's own units; the style sheet stretches it.
const WIDTH: f64 = 2000.0;
const HEIGHT: f64 = 720.0;

/// Writes the drawing.
pub(super) fn draw(out: &mut String) {
    write!(
        out,
        "<svg class=\"landscape\" aria-hidden=\"true\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"none\">"
    )
    .expect("strings take all");
    for ridge in &RIDGES {
        outline(ridge, out);
    }
    let shore = HEIGHT * SHORE;
    let top = HEIGHT - shore;
    write!(
        out,
        "<rect y=\"{top:.0}\" width=\"{WIDTH}\" height=\"{shore:.0}\"/></svg>"
    )
    .expect("strings take all");
}

/// Writes the area below a ridge.
fn outline(ridge: &Ridge, out: &mut String) {
    let put = |out: &mut String, (x, y): RelativePoint| {
        write!(out, " {:.0} {:.0}", x * WIDTH, y * HEIGHT).expect("strings take all");
    };
    write!(out, "<path d=\"M0 {HEIGHT} L").expect("strings take all");
    put(out, ridge.start());
    for curve in ridge.curves() {
        out.push_str(" C");
        for place in curve {
            put(out, place);
        }
    }
    write!(out, " L{WIDTH} {HEIGHT}Z\"/>").expect("strings take all");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawing_is_hidden_and_closes_what_it_opens() {
        let mut svg = String::new();
        draw(&mut svg);
        assert!(svg.starts_with("<svg class=\"landscape\" aria-hidden=\"true\""));
        assert_eq!(svg.matches("<path d=\"M0 720 L 0 ").count(), RIDGES.len());
        assert_eq!(svg.matches("L2000 720Z\"/>").count(), RIDGES.len());
        assert!(svg.ends_with("/></svg>"));
    }
}
