//! Type sizes, colours and page geometry, shared by the page and the PDF.
//!
//! [`Theme`] is read from `theme.toml`: first the one of the default template set, then, key by
//! key over it, the one of the council. Lengths are points in the file and [`Length`]s here.
//! [`landscape`] is the picture of the cover, which both writers draw.

pub mod contrast;
pub mod landscape;

mod problems;

pub use problems::Problem;

use problems::{LEADING, LOGO, MARGIN, SIDE, TYPE};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How much a line may be too long before it counts as too long; covers rounding only.
const SLACK: f64 = 0.001;

/// A length on the page, kept in points (1 pt = 1/72 inch, the unit of PDF user space:
/// ISO 32000-1, 8.3.2.3). Vertical lengths grow downwards.
#[derive(
    Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Length(f64);

impl Length {
    /// No length.
    pub const ZERO: Self = Self(0.0);

    /// A length in points.
    pub const fn pt(points: f64) -> Self {
        Self(points)
    }

    /// The length in points.
    pub const fn to_pt(self) -> f64 {
        self.0
    }

    /// Whether `other` fits into this length, allowing for rounding.
    pub fn fits(self, other: Self) -> bool {
        other.0 <= self.0 + SLACK
    }

    /// The longer of two lengths.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// The shorter of two lengths.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }
}

impl std::ops::Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl std::ops::Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::ops::SubAssign for Length {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl std::ops::Mul<f64> for Length {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}

impl std::ops::Div for Length {
    type Output = f64;
    fn div(self, other: Self) -> f64 {
        self.0 / other.0
    }
}

impl std::ops::Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl std::iter::Sum for Length {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        Self(lengths.map(|l| l.0).sum())
    }
}

/// A colour in sRGB, written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour {
    /// Red, green and blue.
    pub rgb: [u8; 3],
}

impl Colour {
    /// No light at all.
    pub const BLACK: Self = Self::rgb(0, 0, 0);
    /// All light.
    pub const WHITE: Self = Self::rgb(0xff, 0xff, 0xff);

    /// A colour from its three parts.
    pub const fn rgb(r: u8, g: u8, b: u8) -> Self {
        Self { rgb: [r, g, b] }
    }

    /// A colour between this and another; `part` of the other.
    #[must_use]
    pub fn mix(self, other: Self, part: f64) -> Self {
        let between =
            |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
        let ([r, g, b], [x, y, z]) = (self.rgb, other.rgb);
        Self::rgb(between(r, x), between(g, y), between(b, z))
    }

    /// The contrast ratio of two colours, from 1 to 21 (WCAG 2.1, definition of contrast ratio).
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// From 0 for black to 1 for white (WCAG 2.1, definition of relative luminance).
    fn luminance(self) -> f64 {
        let linear = self.rgb.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.03928 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}

impl TryFrom<String> for Colour {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a colour; write it as `#rrggbb`");
        let digits = text
            .strip_prefix('#')
            .filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()));
        let digits = digits.ok_or_else(wrong)?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| wrong());
        Ok(Self::rgb(part(0)?, part(2)?, part(4)?))
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.rgb;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl JsonSchema for Colour {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Colour".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^#[0-9a-fA-F]{6}$",
            "description": "A colour in sRGB, written #rrggbb",
        })
    }
}

/// Everything about looks that the page and the PDF share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Colours by use.
    pub colours: Colours,
    /// Size of the paper and its margins.
    pub page: PageSize,
    /// Sizes of type.
    pub sizes: Sizes,
    /// The council's own fonts; without them the document is set in Literata and Inter.
    #[serde(default)]
    pub fonts: FontFiles,
    /// The council's logo, on the cover.
    #[serde(default)]
    pub logo: Option<Logo>,
}

/// Font files of the council's own, by what they set; and what the page does with fonts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FontFiles {
    /// Running text.
    pub serif: FamilyFiles,
    /// Headings, tables, labels and figures.
    pub sans: FamilyFiles,
    /// Whether the page carries its fonts; the PDF always does.
    pub page: PageFonts,
}

/// Where the page has its fonts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PageFonts {
    /// It carries what it shows of them, and looks the same on every machine.
    #[default]
    Embedded,
    /// It names them, and shows a font of the reader's system to those who have none of them.
    System,
}

/// The files of a family (TTF or OTF), as paths in the strategy's folder or in the template folder.
/// A cut that is not given is set in the nearest one that is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
// The name of the definition in the schema stays.
#[schemars(rename = "Cuts")]
#[serde(deny_unknown_fields, default)]
pub struct FamilyFiles {
    /// Upright.
    pub regular: Option<String>,
    /// Bold or semi-bold.
    pub bold: Option<String>,
    /// Italic.
    pub italic: Option<String>,
    /// Bold or semi-bold, and italic.
    pub bold_italic: Option<String>,
}

/// The council's logo. It stands above the name of the council on the cover.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Logo {
    /// The file (SVG, PNG or JPEG), as a path in the strategy's folder or in the template folder.
    #[serde(default)]
    pub file: String,
    /// What it shows, for those who cannot see it, such as «Fjellfjordregionens våpen».
    #[serde(default)]
    pub alt: String,
    /// Its height in points; 40 if it is not given. Its width follows.
    #[serde(default = "Logo::usual_height")]
    #[schemars(range(min = LOGO.0, max = LOGO.1))]
    pub height: Length,
}

impl Logo {
    const fn usual_height() -> Length {
        Length::pt(40.0)
    }
}

/// Colours by use. Each text colour stands on `paper` and on the tints, at 4.5:1 or better.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Colours {
    /// Running text.
    pub text: Colour,
    /// Secondary text: captions, running header, notes.
    pub quiet: Colour,
    /// Headings, links, rules of chapters, the landscape of the cover.
    pub accent: Colour,
    /// The second colour: sources, origin of measures, the version's date in the timeline.
    pub second: Colour,
    /// Ground of cards, table headers and quotations.
    pub tint: Colour,
    /// Ground of notes that say what is missing.
    pub tint_second: Colour,
    /// Hairlines.
    pub rule: Colour,
    /// The paper.
    pub paper: Colour,
}

impl Colours {
    /// The background of short labels, which stand on cards too.
    pub fn pill(&self) -> Colour {
        self.tint.mix(self.accent, 0.1)
    }

    /// The background of words that were added: as strong as every text can still be read on.
    pub fn added(&self) -> Colour {
        let texts = [self.text, self.quiet, self.accent, self.second];
        let shares = (0..=ADDED).rev().map(|share| f64::from(share) / 100.0);
        let mut backgrounds = shares.map(|share| self.tint_second.mix(self.second, share));
        let can_be_read = |&background: &Colour| {
            texts
                .iter()
                .all(|t| t.contrast(background) >= contrast::LEAST)
        };
        backgrounds.find(can_be_read).unwrap_or(self.tint_second)
    }
}

/// Hundredths of the second colour in the background of words that were added.
const ADDED: u8 = 12;

/// The paper and its margins, in points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageSize {
    /// Width of the paper.
    #[schemars(range(min = SIDE.0, max = SIDE.1))]
    pub width: Length,
    /// Height of the paper.
    #[schemars(range(min = SIDE.0, max = SIDE.1))]
    pub height: Length,
    /// Space above the text; the running header stands in it.
    #[schemars(range(min = MARGIN.0, max = MARGIN.1))]
    pub top: Length,
    /// Space below the text; the page number stands in it.
    #[schemars(range(min = MARGIN.0, max = MARGIN.1))]
    pub bottom: Length,
    /// Space on the left.
    #[schemars(range(min = MARGIN.0, max = MARGIN.1))]
    pub left: Length,
    /// Space on the right.
    #[schemars(range(min = MARGIN.0, max = MARGIN.1))]
    pub right: Length,
    /// Whether a table that would have to divide words stands on a page across.
    pub landscape_tables: bool,
}

impl PageSize {
    /// The paper turned on its side, for tables that are too wide for it upright. The left margin
    /// stands on both sides: nothing is written beside such a table.
    #[must_use]
    pub fn across(&self) -> Self {
        Self {
            width: self.height,
            height: self.width,
            right: self.left,
            ..self.clone()
        }
    }

    /// Height between the margins.
    pub fn text_height(&self) -> Length {
        self.height - self.top - self.bottom
    }

    /// Width between the margins.
    pub fn text_width(&self) -> Length {
        self.width - self.left - self.right
    }
}

/// Sizes of type, in points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Running text.
    #[schemars(range(min = TYPE.0, max = TYPE.1))]
    pub body: Length,
    /// Distance of two lines of running text.
    #[schemars(range(min = LEADING.0, max = LEADING.1))]
    pub leading: Length,
    /// Title on the cover.
    #[schemars(range(min = TYPE.0, max = TYPE.1))]
    pub title: Length,
    /// Heading of a chapter (`h2`).
    #[schemars(range(min = TYPE.0, max = TYPE.1))]
    pub heading_1: Length,
    /// Heading of a section (`h3`).
    #[schemars(range(min = TYPE.0, max = TYPE.1))]
    pub heading_2: Length,
    /// Heading of a subsection (`h4` and deeper).
    #[schemars(range(min = TYPE.0, max = TYPE.1))]
    pub heading_3: Length,
    /// Tables, cards and labels.
    #[schemars(range(min = TYPE.0, max = TYPE.1))]
    pub small: Length,
    /// Captions, credits, running header and footer.
    #[schemars(range(min = TYPE.0, max = TYPE.1))]
    pub caption: Length,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_hexadecimal_digits() {
        let read = |text: &str| Colour::try_from(text.to_owned());
        assert_eq!(read("#0aF3ff"), Ok(Colour::rgb(0x0a, 0xf3, 0xff)));
        for wrong in ["#+f+f+f", "#12345", "#1234567", "#12345g", "#æøå", "123456"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        let white = Colour::rgb(0xff, 0xff, 0xff);
        assert!((Colour::rgb(0, 0, 0).contrast(white) - 21.0).abs() < 1e-9);
        let grey = Colour::rgb(0x76, 0x76, 0x76);
        assert!((grey.contrast(white) - 4.54).abs() < 0.01);
    }
}
