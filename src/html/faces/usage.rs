//! Finds the faces that a page uses, and the characters that it can show.
//!
//! The style of a text follows from its elements and classes, by the rules of the default style sheet
//! ([`style`]). A style is used if any text has it. If a council's own sheet uses another style, the
//! browser synthesises it.
//!
//! All faces have the same characters: those of the page and its style sheet, their capitals, and the
//! [`USUAL`] ones. A style sheet can therefore show any word in any face, and a rebuild needs new fonts
//! only for rare characters.

use super::features::{self, Feature, SMALL_CAPS};
use crate::dom::{Data, Document, Meta, Node, NodeId};
use crate::layout::{Family, FontFile, Fonts, Style, is_invisible};
use std::collections::BTreeSet;

/// Characters that are always embedded, in addition to printable ASCII.
const USUAL: &str = "\u{a0}§«»·×ÅÆØåæøÄÖäöÉéÒòÔô–—‘’“”•…−";

/// The faces and characters of a page.
pub(super) struct FontUsage {
    styles: BTreeSet<Style>,
    /// A bit for each of the characters of ASCII, which are most of them.
    ascii: u128,
    others: BTreeSet<char>,
    features: Vec<Feature>,
}

/// A face that the page carries.
pub(super) struct FontFace<'a> {
    /// The family's name in the style sheet.
    pub(super) family: &'a str,
    /// The value of `font-weight`.
    pub(super) weight: &'static str,
    pub(super) italic: bool,
    pub(super) file: &'a FontFile,
    /// Sorted, each once.
    pub(super) chars: String,
    pub(super) features: &'a [Feature],
}

impl FontUsage {
    /// Computes the usage of a document with this style sheet.
    pub(super) fn of(document: &Document, css: &str) -> Self {
        let mut usage = Self {
            styles: FURNITURE.into(),
            ascii: 0,
            others: BTreeSet::new(),
            features: features::requested(css),
        };
        usage.meta(&document.meta);
        // Its strings are not told from its rules, which are all in ASCII.
        css.chars()
            .filter(|c| !c.is_ascii())
            .for_each(|c| usage.see(c));
        usage.tree(document);
        usage
    }

    /// Sees what stands around the tree: the skip link, the boxes of printed pages, the words of
    /// the script.
    fn meta(&mut self, meta: &Meta) {
        let texts = [
            &meta.skip_label,
            &meta.running_title,
            &meta.running_status,
            &meta.draft_mark,
            &meta.state,
            &meta.page_x_of_y,
        ];
        let words = meta
            .page_words
            .iter()
            .chain(&meta.redline_words)
            .map(|(_, text)| text);
        texts
            .into_iter()
            .chain(&meta.running_version)
            .chain(words)
            .flat_map(|text| text.chars())
            // Whatever the digest of a state is, so that the faces of the next one are the same.
            .chain(HEXADECIMAL.chars())
            .for_each(|c| self.see(c));
    }

    fn tree(&mut self, document: &Document) {
        let mut stack: Vec<(NodeId, Style)> = vec![(Document::ROOT, RUNNING)];
        while let Some((id, around)) = stack.pop() {
            let node = document.get(id);
            match &node.data {
                Data::Text(text) => {
                    if !node.is_blank() {
                        self.styles.insert(around);
                    }
                    text.chars().for_each(|c| self.see(c));
                }
                Data::Element { .. } => {
                    if node.has_class("small-caps") && !self.features.contains(&SMALL_CAPS) {
                        self.features.push(SMALL_CAPS);
                    }
                    let style = style(node, around);
                    stack.extend(node.children.iter().map(|&child| (child, style)));
                }
            }
        }
    }

    fn see(&mut self, c: char) {
        if c.is_ascii() {
            self.ascii |= 1 << u32::from(c);
        } else if self.others.insert(c) {
            // Small capitals of a face that has none are made from its capitals.
            self.others.extend(c.to_uppercase());
        }
    }

    /// The characters that the page shows, in order.
    fn seen(&self) -> impl Iterator<Item = char> {
        let ascii = ('\0'..='\x7f').filter(|&c| self.ascii >> u32::from(c) & 1 == 1);
        let all = ascii.chain(self.others.iter().copied());
        all.filter(|&c| !is_invisible(c))
    }
}

/// The characters of digests.
const HEXADECIMAL: &str = "0123456789abcdef";

/// The style of running text.
const RUNNING: Style = Style {
    family: Family::Serif,
    bold: false,
    italic: false,
};

/// The styles that every page uses: running text, boxes of printed pages, the skip link.
const FURNITURE: [Style; 3] = [
    RUNNING,
    Style {
        family: Family::Sans,
        ..RUNNING
    },
    Style {
        family: Family::Sans,
        bold: true,
        italic: false,
    },
];

/// The style of what stands in an element, by that of what stands around it.
fn style(node: &Node, mut style: Style) -> Style {
    match node.name() {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" => {
            style.family = Family::Sans;
            style.bold = true;
        }
        "aside" | "caption" | "dd" | "figcaption" | "nav" | "svg" | "table" => {
            style.family = Family::Sans;
        }
        "b" | "strong" | "th" => style.bold = true,
        "cite" | "dfn" | "em" | "i" => style.italic = true,
        "text" | "tspan" => drawn(node, &mut style),
        _ => {}
    }
    for class in node.classes() {
        match class {
            "council" | "noteref" | "number" | "status" | "tag" => {
                style.family = Family::Sans;
                style.bold = true;
            }
            "caption" | "credit" | "id" | "imprint" | "meta" | "missing" | "period" | "source"
            | "subtitle" => style.family = Family::Sans,
            "note" => style.family = Family::Serif,
            _ => {}
        }
    }
    style
}

/// Words of a drawing say themselves how they are set.
fn drawn(node: &Node, style: &mut Style) {
    let is = |name: &str, plain: [&str; 2]| node.attr(name).map(|value| !plain.contains(&value));
    style.bold = is("font-weight", ["normal", "400"]).unwrap_or(style.bold);
    style.italic = is("font-style", ["normal", ""]).unwrap_or(style.italic);
}

/// The faces that show all of it: for each style the council's, and the embedded one for what the
/// council's lacks.
pub(super) fn font_faces<'a>(usage: &'a FontUsage, fonts: &'a Fonts) -> Vec<FontFace<'a>> {
    let usual = (' '..='~').chain(USUAL.chars());
    let seen: BTreeSet<char> = usage.seen().collect();
    let all: BTreeSet<char> = usual.chain(seen.iter().copied()).collect();
    let mut faces: Vec<FontFace<'a>> = Vec::new();
    for &style in &usage.styles {
        let mut left = all.clone();
        for (family, face) in fonts.named(style) {
            let has = face.covers(&left);
            left.retain(|c| !has.contains(c));
            let face = FontFace {
                family,
                weight: if style.bold { "600" } else { "400" },
                italic: style.italic,
                file: &face.data,
                chars: has.into_iter().collect(),
                features: &usage.features,
            };
            push(face, &mut faces);
            // The next face is for what the page shows, and not for what it might.
            left.retain(|c| seen.contains(c));
        }
    }
    faces
}

/// Adds a face; one that stands for several styles is carried once.
fn push<'a>(new: FontFace<'a>, faces: &mut Vec<FontFace<'a>>) {
    let same =
        |face: &&mut FontFace<'_>| face.family == new.family && face.file[..] == new.file[..];
    match faces.iter_mut().find(same) {
        // One that is set for both weights is not made bolder, as in the PDF.
        Some(face) if face.weight != new.weight => face.weight = "400 600",
        Some(_) => {}
        None if new.chars.is_empty() => {}
        None => faces.push(new),
    }
}
