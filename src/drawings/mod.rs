//! Drawings and pictures as part of the page.
//!
//! [`Figures`] writes the registered pictures, [`logo`] that of the cover, [`timeline`] draws the process plan and [`thread`]
//! what follows from what. [`parse_drawing`] reads an SVG file, of which only what an allow-list names is kept.

mod figures;
mod line_breaks;
pub(crate) mod logo;
mod rules;
mod svg;
pub(crate) mod thread;
pub(crate) mod timeline;

pub use rules::RULES;
pub use svg::parse_drawing;

pub(crate) use figures::Figures;
