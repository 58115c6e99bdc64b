//! The OpenType features that a page uses (OpenType 1.9, registered features).
//!
//! Features that browsers use by default are always kept: kerning, ligatures, marks, language forms.
//! Other features add glyphs, so they are kept only if the style sheet uses them ([`ASKED`]). Small
//! capitals, the largest feature, are kept only if an element uses them. If only a council's own sheet
//! uses them, the browser synthesises them.

/// The tag of a feature.
pub(super) type Feature = [u8; 4];

/// The features that browsers use by default (CSS Fonts, Level 4, 7.1).
const USUAL: [Feature; 12] = [
    *b"abvm", *b"blwm", *b"calt", *b"ccmp", *b"clig", *b"kern", *b"liga", *b"locl", *b"mark",
    *b"mkmk", *b"rclt", *b"rlig",
];

/// The features of CSS keywords (CSS Fonts, Level 4, 6).
const ASKED: [(&str, &[Feature]); 7] = [
    ("lining-nums", &[*b"lnum"]),
    ("oldstyle-nums", &[*b"onum"]),
    ("proportional-nums", &[*b"pnum"]),
    ("tabular-nums", &[*b"tnum"]),
    ("-fractions", &[*b"dnom", *b"frac", *b"numr"]),
    ("ordinal", &[*b"ordn"]),
    ("font-variant-position", &[*b"subs", *b"sups"]),
];

/// Properties that can switch on any feature by its tag.
const BY_TAG: &str = "font-feature-settings";

/// Small capitals.
pub(super) const SMALL_CAPS: Feature = *b"smcp";

/// The features that a sheet asks for, and those that need no asking.
pub(super) fn requested(css: &str) -> Vec<Feature> {
    let any = css.contains(BY_TAG);
    let asked = ASKED.iter().filter(|(words, _)| any || css.contains(words));
    let asked = asked.flat_map(|(_, features)| *features);
    let small_caps = any.then_some(&SMALL_CAPS);
    USUAL
        .iter()
        .chain(asked)
        .chain(small_caps)
        .copied()
        .collect()
}
