//! Pairs of a text colour and the background below it that are hard to read.
//!
//! [`Colours::faint`] is the entry point. `PAIRS` lists every pair that the default looks put
//! together, in the PDF, on the page and in the drawn plan. Standard: WCAG 2.1, SC 1.4.3.

use super::{Colour, Colours};
use std::fmt;

/// Least contrast of text and background (WCAG 2.1, SC 1.4.3, level AA).
pub const LEAST: f64 = 4.5;
/// Below this contrast a text cannot be seen to be there.
pub const GONE: f64 = 1.5;

/// Steps from a colour to black or white in which a better one is looked for.
const STEPS: u32 = 100;

/// A colour by its use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColourRole {
    /// `text`.
    Text,
    /// `quiet`.
    Quiet,
    /// `accent`.
    Accent,
    /// `second`.
    Second,
    /// `tint`.
    Tint,
    /// `tint_second`.
    TintSecond,
    /// `paper`.
    Paper,
    /// [`Colours::pill`], which no theme names.
    Pill,
}

use ColourRole::{Accent, Paper, Pill, Quiet, Second, Text, Tint, TintSecond};

/// Text and background. Words on a filled label are `paper` on `accent` (the status on the cover)
/// or on `second` (the date in the plan); their contrast is that of the pair turned round.
const PAIRS: [(ColourRole, ColourRole); 13] = [
    (Text, Paper),
    (Quiet, Paper),
    (Accent, Paper),
    (Second, Paper),
    (Text, Tint),
    (Quiet, Tint),
    (Accent, Tint),
    (Second, Tint),
    (Text, TintSecond),
    (Quiet, TintSecond),
    (Accent, TintSecond),
    (Second, TintSecond),
    (Accent, Pill),
];

/// A pair whose contrast is below [`LEAST`].
#[derive(Debug, Clone, PartialEq)]
pub struct LowContrastPair {
    /// The colour of the text.
    pub text: ColourRole,
    /// The background below it.
    pub background: ColourRole,
    /// Their contrast.
    pub contrast: f64,
}

impl ColourRole {
    /// Its key in the table `colours`, if it has one.
    pub fn key(self) -> Option<&'static str> {
        Some(match self {
            Text => "text",
            Quiet => "quiet",
            Accent => "accent",
            Second => "second",
            Tint => "tint",
            TintSecond => "tint_second",
            Paper => "paper",
            Pill => return None,
        })
    }

    /// The keys that decide it.
    pub fn keys(self) -> &'static [ColourRole] {
        match self {
            Text => &[Text],
            Quiet => &[Quiet],
            Accent => &[Accent],
            Second => &[Second],
            Tint => &[Tint],
            TintSecond => &[TintSecond],
            Paper => &[Paper],
            Pill => &[Tint, Accent],
        }
    }
}

impl LowContrastPair {
    /// `quiet` (#8a949c) on `tint` (#eef3f7) …, for a message.
    pub fn describe(&self, colours: &Colours) -> String {
        let named = |one: ColourRole| {
            let colour = colours.get(one);
            match one.key() {
                Some(key) => format!("`{key}` ({colour})"),
                None => format!("labels ({colour}, of `tint` and `accent`)"),
            }
        };
        let (text, background) = (named(self.text), named(self.background));
        format!(
            "{text} on {background} has a contrast of {}:1",
            Ratio(self.contrast)
        )
    }
}

/// A ratio to one decimal, rounded down: 4.49 is not enough, and must not look as if it were.
struct Ratio(f64);

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1}", (self.0 * 10.0).floor() / 10.0)
    }
}

impl Colours {
    /// The pairs that are hard to read, in the order of `PAIRS`.
    pub fn faint(&self) -> Vec<LowContrastPair> {
        let all = PAIRS.iter().map(|&(text, background)| LowContrastPair {
            text,
            background,
            contrast: self.get(text).contrast(self.get(background)),
        });
        all.filter(|pair| pair.contrast < LEAST).collect()
    }

    /// The colour for `key` that mends a pair, nearest to the one that it has on the way to black
    /// or to white; one that mends every pair of the key, if there is such a one.
    pub fn better(&self, pair: &LowContrastPair, key: ColourRole) -> Option<Colour> {
        let stands = |colours: &Colours, (text, background): (ColourRole, ColourRole)| {
            colours.get(text).contrast(colours.get(background)) >= LEAST
        };
        let concerns = |&&(text, background): &&(ColourRole, ColourRole)| {
            text == key || background.keys().contains(&key)
        };
        let mended = |colours: &Colours, all: bool| match all {
            true => PAIRS
                .iter()
                .filter(concerns)
                .all(|&pair| stands(colours, pair)),
            false => stands(colours, (pair.text, pair.background)),
        };
        [true, false].into_iter().find_map(|all| {
            let mut steps = (1..=STEPS).flat_map(|step| {
                let part = f64::from(step) / f64::from(STEPS);
                [Colour::BLACK, Colour::WHITE].map(|end| self.get(key).mix(end, part))
            });
            steps.find(|&colour| mended(&self.with(key, colour), all))
        })
    }

    fn get(&self, one: ColourRole) -> Colour {
        match one {
            Text => self.text,
            Quiet => self.quiet,
            Accent => self.accent,
            Second => self.second,
            Tint => self.tint,
            TintSecond => self.tint_second,
            Paper => self.paper,
            Pill => self.pill(),
        }
    }

    fn with(&self, key: ColourRole, colour: Colour) -> Self {
        let mut colours = self.clone();
        match key {
            Text => colours.text = colour,
            Quiet => colours.quiet = colour,
            Accent => colours.accent = colour,
            Second => colours.second = colour,
            Tint => colours.tint = colour,
            TintSecond => colours.tint_second = colour,
            Paper => colours.paper = colour,
            Pill => {}
        }
        colours
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Theme;

    fn colours() -> Colours {
        let theme: Theme = toml::from_str(include_str!("../../templates/default/theme.toml"))
            .expect("the default theme is right");
        theme.colours
    }

    fn colour(text: &str) -> Colour {
        Colour::try_from(text.to_owned()).expect("a colour")
    }

    #[test]
    fn no_pair_of_the_default_theme_is_faint() {
        assert_eq!(colours().faint(), []);
    }

    #[test]
    fn a_faint_colour_is_named_once_for_each_ground() {
        let colours = colours().with(Quiet, colour("#8a949c"));
        let backgrounds: Vec<_> = colours
            .faint()
            .iter()
            .map(|f| (f.text, f.background))
            .collect();
        let expected = [(Quiet, Paper), (Quiet, Tint), (Quiet, TintSecond)];
        assert_eq!(backgrounds, expected);
        let said = colours.faint()[0].describe(&colours);
        let expected = "`quiet` (#8a949c) on `paper` (#ffffff) has a contrast of 3.0:1";
        assert_eq!(said, expected);
    }

    #[test]
    fn a_ratio_is_rounded_down() {
        assert_eq!(Ratio(4.4999).to_string(), "4.4");
        assert_eq!(Ratio(1.0).to_string(), "1.0");
    }

    #[test]
    fn the_better_colour_mends_every_pair_of_its_key_and_is_the_nearest() {
        let faint = colours().with(Accent, colour("#3d8fc4"));
        let pairs = faint.faint();
        assert!(
            pairs.iter().any(|pair| pair.background == Pill),
            "{pairs:?}"
        );
        let better = faint
            .better(&pairs[0], Accent)
            .expect("a darker blue will do");
        let mended = faint.with(Accent, better);
        assert_eq!(mended.faint(), []);
        // One step back towards the old colour is not enough.
        let part = (1..=STEPS).find(|&step| {
            faint
                .accent
                .mix(Colour::BLACK, f64::from(step) / f64::from(STEPS))
                == better
        });
        let before = f64::from(part.expect("it lies on the way to black") - 1) / f64::from(STEPS);
        let before = faint.with(Accent, faint.accent.mix(Colour::BLACK, before));
        assert!(!before.faint().is_empty());
    }

    #[test]
    fn a_ground_is_mended_too_and_so_is_text_of_the_colour_of_its_ground() {
        let dark = colours().with(Tint, colour("#5a6b78"));
        let pair = &dark.faint()[0];
        let better = dark.better(pair, Tint).expect("a lighter ground will do");
        assert_eq!(dark.with(Tint, better).faint(), []);
        let same = colours()
            .with(Text, colour("#777777"))
            .with(Paper, colour("#777777"));
        let pair = &same.faint()[0];
        assert_eq!((pair.text, pair.background), (Text, Paper));
        assert!(pair.contrast < GONE);
        assert!(same.better(pair, Text).is_some());
    }
}
