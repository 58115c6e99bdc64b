//! Pictures with their credits.

use super::{Id, Located};
use crate::files::Span;

/// A picture.
#[derive(Debug, Clone)]
pub struct Image {
    /// Its id.
    pub id: Id,
    /// Where the id was written.
    pub span: Span,
    /// The file, or why there is none yet.
    pub file: ImageFile,
    /// The alternative text; empty for a decoration.
    pub alt: Option<Located<String>>,
    /// The line below it.
    pub caption: Option<Located<String>>,
    /// Who made it.
    pub credits: Vec<Credit>,
    /// On which terms it is used.
    pub licence: Option<Located<String>>,
    /// Text inside the picture, repeated as text (WCAG 2.1, SC 1.4.5).
    pub text: Vec<Located<String>>,
    /// Language of the text inside the picture, as a BCP 47 tag.
    pub text_language: Option<Located<String>>,
    /// Whether it was drawn, and not photographed.
    pub drawn: bool,
    /// What is uncertain about the picture or the text inside it, if anything.
    pub uncertain: Option<Located<String>>,
}

/// Where the picture is.
#[derive(Debug, Clone)]
pub enum ImageFile {
    /// A file inside the sources: its path from the strategy's folder.
    Path(Located<String>),
    /// Not here yet, and why.
    Pending(Located<String>),
}

/// Who made a picture, or a part of it.
#[derive(Debug, Clone)]
pub struct Credit {
    /// Name or address, as it is to be printed.
    pub name: Located<String>,
    /// Whether it is an address on the web.
    pub is_address: bool,
    /// Which of several pictures, e.g. `øverst`.
    pub position: Option<Located<String>>,
}
