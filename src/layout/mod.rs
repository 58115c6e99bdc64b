//! Sets the tree on pages.

mod fonts;
mod frame;

pub use fonts::{Face, Family, Fonts, Style};
pub use frame::*;
