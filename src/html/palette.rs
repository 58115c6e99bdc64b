//! The theme as custom properties of the page, for light and dark mode.
//!
//! A theme has the colours of light mode. The colours of dark mode are derived from them: the paper is
//! dark, and accent and second colour are lightened until the contrast is sufficient (WCAG 2.1, SC 1.4.3
//! and 1.4.11).

use super::quote::string;
use crate::layout::{Family, Fonts};
use crate::theme::landscape::RIDGES;
use crate::theme::{Colour, Colours, Length, Theme};
use std::fmt::Write;

/// Paper, running text and secondary text by night.
const NIGHT: Colour = Colour::rgb(0x12, 0x1a, 0x21);
const NIGHT_TEXT: Colour = Colour::rgb(0xe3, 0xe9, 0xee);
const NIGHT_QUIET: Colour = Colour::rgb(0xa9, 0xb7, 0xc2);

/// Contrast with the paper that a colour is lightened to; more than the 4.5 of the criterion,
/// since text stands on tints as well.
const NIGHT_CONTRAST: f64 = 7.0;
/// Brightest part of a colour before white is mixed in; keeps its hue from turning grey.
const VIVID: f64 = 200.0;

/// Contrast of an edge that carries meaning, such as the ring of a step (WCAG 2.1, SC 1.4.11), with
/// a margin for rounding.
const EDGE_CONTRAST: f64 = 3.1;

/// How much larger the running text of the page is than a browser's 16 px.
pub(super) const SCALE: f64 = 1.125;
/// No text is smaller, in `rem`: 14 px, the floor of Norway's public design system (Designsystemet).
const SMALLEST: f64 = 0.875;

/// The rules that set the properties.
pub(super) fn rules(theme: &Theme, fonts: &Fonts) -> String {
    let mut out = String::from(":root{");
    for (name, family) in [("sans", Family::Sans), ("serif", Family::Serif)] {
        write!(out, "--face-{name}:{};", faces(fonts, family)).expect("strings take all");
    }
    sizes(theme, &mut out);
    colours(&theme.colours, &theme.colours, &mut out);
    // Drawings and pictures keep it by night, so that their colours mean the same.
    write!(out, "--sheet-ground:{};", theme.colours.paper).expect("strings take all");
    out.push_str("}\n@media screen and (prefers-color-scheme:dark){:root{");
    // The ridges keep the colours of the day and stand against the night.
    let dusk = Colours {
        paper: NIGHT,
        ..theme.colours.clone()
    };
    colours(&night(&theme.colours), &dusk, &mut out);
    out.push_str("}}\n");
    out
}

/// The rule that a page that shows changes has beside them.
pub(super) fn redline_rules(theme: &Theme) -> String {
    let [day, night] = [theme.colours.added(), night(&theme.colours).added()];
    format!(
        ":root{{--added:{day}}}\n@media screen and (prefers-color-scheme:dark){{:root{{--added:{night}}}}}\n"
    )
}

/// The names of a family, the council's before the embedded one; a reader who has neither sees what
/// the style sheet names after them.
pub(super) fn faces(fonts: &Fonts, family: Family) -> String {
    let names: Vec<_> = fonts.names(family).map(string).collect();
    names.join(",")
}

/// Lengths in `rem`: the running text is an eighth larger than a browser's own, and all else keeps
/// its proportion to it, down to the smallest.
fn sizes(theme: &Theme, out: &mut String) {
    let s = &theme.sizes;
    let rem = |length: Length| format!("{:.3}rem", length / s.body * SCALE);
    let sizes = [
        ("body", s.body),
        ("title", s.title),
        ("heading-1", s.heading_1),
        ("heading-2", s.heading_2),
        ("heading-3", s.heading_3),
        ("small", s.small),
        ("caption", s.caption),
    ];
    for (name, length) in sizes {
        let size = (length / s.body * SCALE).max(SMALLEST);
        write!(out, "--size-{name}:{size:.3}rem;").expect("strings take all");
    }
    if let Some(logo) = &theme.logo {
        write!(out, "--logo-height:{};", rem(logo.height)).expect("strings take all");
    }
    write!(out, "--leading:{:.3};", s.leading / s.body).expect("strings take all");
}

fn colours(c: &Colours, landscape: &Colours, out: &mut String) {
    let values = [
        ("text", c.text),
        ("quiet", c.quiet),
        ("accent", c.accent),
        ("second", c.second),
        ("tint", c.tint),
        ("tint-second", c.tint_second),
        ("pill", c.pill()),
        ("rule", c.rule),
        ("paper", c.paper),
        ("on-accent", c.paper),
        ("edge", edge(c)),
    ];
    for (name, colour) in values {
        write!(out, "--{name}:{colour};").expect("strings take all");
    }
    for (index, ridge) in RIDGES.iter().enumerate() {
        let colour = ridge.colour(landscape);
        write!(out, "--ridge-{}:{colour};", index + 1).expect("strings take all");
    }
    write!(out, "--shore:{};", landscape.second).expect("strings take all");
}

/// The colour of lines that carry meaning: as quiet as one can be and still stand out from paper
/// and tints.
fn edge(c: &Colours) -> Colour {
    let backgrounds = [c.paper, c.tint, c.tint_second];
    let steps = (0..=20).map(|step| c.rule.mix(c.text, f64::from(step) / 20.0));
    let stands_out = |edge: &Colour| {
        backgrounds
            .iter()
            .all(|&g| edge.contrast(g) >= EDGE_CONTRAST)
    };
    steps.into_iter().find(stands_out).unwrap_or(c.text)
}

fn night(day: &Colours) -> Colours {
    let (accent, second) = (lightened(day.accent), lightened(day.second));
    Colours {
        text: NIGHT_TEXT,
        quiet: NIGHT_QUIET,
        accent,
        second,
        tint: NIGHT.mix(accent, 0.08),
        tint_second: NIGHT.mix(second, 0.08),
        rule: NIGHT.mix(NIGHT_TEXT, 0.24),
        paper: NIGHT,
    }
}

/// The colour, vivid and light enough to be read on the paper of the night.
fn lightened(colour: Colour) -> Colour {
    let most = colour.rgb.into_iter().max().unwrap_or(0);
    let factor = (VIVID / f64::from(most.max(1))).max(1.0);
    let vivid = colour
        .rgb
        .map(|part| (f64::from(part) * factor).round().min(255.0) as u8);
    let vivid = Colour { rgb: vivid };
    let steps = (0..=20).map(|step| vivid.mix(Colour::WHITE, f64::from(step) / 20.0));
    let mut light = steps.filter(|light| light.contrast(NIGHT) >= NIGHT_CONTRAST);
    light.next().unwrap_or(Colour::WHITE)
}

#[cfg(test)]
mod tests {
    use super::super::testing::theme;
    use super::*;

    #[test]
    fn text_and_edges_of_the_default_theme_stand_out_by_day() {
        let colours = theme().colours;
        assert_eq!(colours.faint(), []);
        assert!(edge(&colours).contrast(colours.tint) >= 3.0);
        assert!(
            colours.rule.contrast(colours.tint) < 3.0,
            "a hairline is quieter"
        );
    }

    #[test]
    fn sizes_keep_their_proportion_and_none_is_too_small() {
        let rules = rules(&theme(), &Fonts::embedded());
        for size in ["body:1.125rem", "heading-1:2.250rem", "caption:0.875rem"] {
            assert!(
                rules.contains(&format!("--size-{size};")),
                "{size}: {rules}"
            );
        }
    }

    #[test]
    fn words_that_were_added_stand_on_a_background_that_is_seen_and_read_on() {
        let day = theme().colours;
        for colours in [night(&day), day] {
            let added = colours.added();
            for text in [colours.text, colours.quiet, colours.accent, colours.second] {
                assert!(text.contrast(added) >= 4.5, "{text} on {added}");
            }
            for around in [colours.paper, colours.tint, colours.tint_second] {
                assert!(added.contrast(around) > 1.1, "{added} on {around}");
            }
        }
    }

    #[test]
    fn the_style_sheet_of_changes_asks_for_no_property_that_is_not_set() {
        let css = include_str!("../../templates/default/redline.css");
        let page = include_str!("../../templates/default/page.css");
        let theme = theme();
        let set = rules(&theme, &Fonts::embedded()) + &redline_rules(&theme) + page + css;
        let asked = css.split("var(").skip(1);
        for name in asked.filter_map(|rest| rest.split([')', ',']).next()) {
            assert!(set.contains(&format!("{name}:")), "{name}");
        }
    }

    #[test]
    fn the_style_sheet_uses_every_property_that_a_theme_sets() {
        let css = include_str!("../../templates/default/page.css");
        let rules = rules(&theme(), &Fonts::embedded());
        let (day, _) = rules.split_once('}').expect("the day comes first");
        let set = day.split([';', '{']).filter_map(|set| set.split_once(':'));
        let names: Vec<_> = set
            .map(|(name, _)| name)
            .filter(|name| name.starts_with("--"))
            .collect();
        assert!(names.len() > 20, "{names:?}");
        for name in names {
            assert!(css.contains(&format!("var({name})")), "{name}");
        }
    }

    #[test]
    fn text_of_any_theme_stands_out_by_night() {
        let steps = [0, 51, 102, 153, 204, 255];
        let all = steps.into_iter().flat_map(|r| {
            let rest = steps.into_iter();
            rest.flat_map(move |g| steps.map(move |b| Colour::rgb(r, g, b)))
        });
        for colour in all {
            let day = theme().colours;
            for colours in [
                Colours {
                    accent: colour,
                    ..day.clone()
                },
                Colours {
                    second: colour,
                    ..day.clone()
                },
                // What is the background and the text of a day is no matter of the night.
                Colours {
                    accent: colour,
                    second: colour,
                    paper: colour,
                    text: colour,
                    ..day
                },
            ] {
                let night = night(&colours);
                assert_eq!(night.faint(), [], "{colours:?}");
                assert!(edge(&night).contrast(night.tint) >= 3.0);
            }
        }
    }
}
