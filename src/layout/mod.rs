//! Lays out the tree on pages.
//!
//! [`lay_out`] is the entry point: a tree, a theme, faces and pictures in; [`Pages`] of placed glyphs,
//! paths and pictures out, with diagnostics. Layout does not depend on PDF; an [`Owner`] on each item
//! names the node that it shows, and the PDF writer makes the structure from that.
//!
//! Lengths inside are points, as `f64`; they become [`Length`](crate::theme::Length)s in `frame`.
//!
//! # Stages
//! 1. `build`: tree → `flow` of line boxes. A paragraph is shaped (`shape`), broken into lines
//!    (`paragraph`, with `hyphenate` and [`nobreak`](crate::dom::nobreak)) and placed; the columns
//!    of a table are shared out (`columns`); drawings become paths and glyphs (`drawing`); `style`
//!    says how all look.
//! 2. `pages`: line boxes → pages, with notes at their `foot`.
//! 3. `furniture`: page numbers in the contents, running header and footer; `line_numbers`.
//!
//! # Invariants
//! - Every character of every text node that is shown is in a [`GlyphRun`] of that node, white
//!   space collapsed, in order; soft hyphens too, though no glyph shows them.
//! - The same input gives the same pages: layout uses no clock, no random numbers and no iteration over
//!   unordered maps.
//! - Every tree can be laid out. Content that cannot be shown as intended is shown in another way and
//!   reported.
//!
//! Standards: Unicode 15 (UAX #14 for line breaking); ISO 32000-1:2008 where PDF is named.

mod build;
mod cache;
mod columns;
mod drawing;
mod dump;
mod flow;
mod fonts;
mod foot;
mod frame;
mod furniture;
mod hyphenate;
mod line_numbers;
mod pages;
mod paragraph;
mod picture;
mod problems;
pub mod rules;
mod shape;
mod style;

#[cfg(test)]
mod tests;

pub use cache::Cache;
pub use drawing::see_drawing;
pub use fonts::{CustomFace, Face, FaceError, Family, FontFile, Fonts, Style};
pub use frame::*;
pub use picture::PictureError;
pub use problems::{MissingCharacter, Problem};
pub use shape::is_invisible;

use crate::dom::Document;
use crate::theme::Theme;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The input of layout.
#[derive(Debug, Clone, Copy)]
pub struct LayoutInput<'a> {
    /// The tree.
    pub document: &'a Document,
    /// Sizes, colours and the paper.
    pub theme: &'a Theme,
    /// The faces.
    pub fonts: &'a Fonts,
    /// Pictures by the `src` of the `img` that shows them.
    pub pictures: &'a BTreeMap<String, Arc<Picture>>,
    /// Whether every fifth line has its number in the margin.
    pub line_numbers: bool,
}

/// A document that has been set.
#[derive(Debug, Clone)]
pub struct LayoutResult {
    /// Its pages.
    pub pages: Pages,
    /// The diagnostics, each once, in the order in which they were found.
    pub problems: Vec<Problem>,
}

/// Sets a document on pages. Takes any tree.
pub fn lay_out(input: &LayoutInput) -> LayoutResult {
    lay_out_again(input, &mut Cache::default())
}

/// The same with what is known from the documents before, which changes how long it takes and
/// nothing else.
pub fn lay_out_again(input: &LayoutInput, cache: &mut Cache) -> LayoutResult {
    let mut builder = build::Builder::new(input, cache.typesetter(input.fonts));
    let flow = builder.document();
    let (mut pages, page_kinds) = pages::paginate(flow, input);
    furniture::fill_in(&mut builder, input, &mut pages, &page_kinds);
    if input.line_numbers {
        line_numbers::add(&mut builder, input, &mut pages, &page_kinds);
    }
    LayoutResult {
        pages,
        problems: builder.into_problems(),
    }
}
