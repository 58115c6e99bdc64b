//! The landscape of the cover: ridges along a fjord, from light to dark.
//!
//! [`RIDGES`] are drawn from first to last, each over the ones before. Coordinates are fractions of width
//! and height from the upper left corner, so that page and PDF draw the same picture at different sizes.

use super::{Colour, Colours};

/// The part of a full page, from below, that the landscape takes.
pub const HEIGHT: f64 = 0.36;
/// The part of the landscape, from below, that the strip of shore takes.
pub const SHORE: f64 = 0.015 / HEIGHT;

/// How long a ridge stays level before and after a turn, as a part of a step.
const SOFTNESS: f64 = 0.42;
/// Points at which the height of a ridge is given.
const POINTS: usize = 6;

/// A point in the landscape, as parts of its width and height.
pub type RelativePoint = (f64, f64);

/// The area below a soft line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ridge {
    /// Distance from the upper edge, at equal steps from the left edge to the right.
    heights: [f64; POINTS],
    tone: Tone,
}

/// A colour of the theme, mixed with another.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Tone {
    /// So much accent on the paper.
    Accent(f64),
    /// So much of the second colour on the paper.
    Second(f64),
    /// The second colour with so much accent.
    Both(f64),
}

/// The ridges, from the farthest to the nearest.
pub const RIDGES: [Ridge; 5] = [
    Ridge {
        heights: [0.34, 0.10, 0.22, 0.02, 0.26, 0.16],
        tone: Tone::Accent(0.10),
    },
    Ridge {
        heights: [0.46, 0.40, 0.20, 0.42, 0.30, 0.38],
        tone: Tone::Accent(0.24),
    },
    Ridge {
        heights: [0.44, 0.60, 0.52, 0.62, 0.44, 0.54],
        tone: Tone::Second(0.52),
    },
    Ridge {
        heights: [0.72, 0.62, 0.76, 0.66, 0.78, 0.66],
        tone: Tone::Both(0.55),
    },
    Ridge {
        heights: [0.78, 0.88, 0.80, 0.90, 0.84, 0.92],
        tone: Tone::Accent(1.0),
    },
];

impl Ridge {
    /// Where the line begins, at the left edge.
    pub const fn start(&self) -> RelativePoint {
        (0.0, self.heights[0])
    }

    /// The curves of the line, each with its two handles and its end; the last one ends at the
    /// right edge.
    pub fn curves(&self) -> impl Iterator<Item = [RelativePoint; 3]> + '_ {
        let step = 1.0 / (POINTS - 1) as f64;
        self.heights
            .windows(2)
            .enumerate()
            .map(move |(index, pair)| {
                let x = step * index as f64;
                [
                    (x + step * SOFTNESS, pair[0]),
                    (x + step * (1.0 - SOFTNESS), pair[1]),
                    (x + step, pair[1]),
                ]
            })
    }

    /// Its colour on the paper of a theme.
    pub fn colour(&self, colours: &Colours) -> Colour {
        match self.tone {
            Tone::Accent(part) => colours.paper.mix(colours.accent, part),
            Tone::Second(part) => colours.paper.mix(colours.second, part),
            Tone::Both(part) => colours.second.mix(colours.accent, part),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ridge_reaches_from_edge_to_edge_inside_the_landscape() {
        for ridge in &RIDGES {
            let curves: Vec<_> = ridge.curves().collect();
            let end = curves.last().expect("a ridge has curves")[2];
            assert!((end.0 - 1.0).abs() < 1e-9);
            assert!(
                curves
                    .iter()
                    .flatten()
                    .all(|&(_, y)| (0.0..1.0).contains(&y))
            );
        }
    }
}
