//! Drawings and pictures as HTML and SVG inside the page.
//!
//! `figures` writes the registered pictures with captions and credits, `logo` that of the cover;
//! `timeline` draws the process plan, and `thread` the golden thread from purpose to measure.
//! [`parse_drawing`] reads an SVG file. It keeps only the elements and attributes on an allow-list, and
//! reports what it leaves out.

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
