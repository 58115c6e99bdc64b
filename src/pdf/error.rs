//! Errors of writing and reading.

use crate::dom::NodeId;
use std::fmt;

/// Why a PDF could not be written or read.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The document has no title, which PDF/UA-1 demands (ISO 14289-1, 7.1).
    Untitled,
    /// The document has no language, which PDF/UA-1 demands (ISO 14289-1, 7.2).
    NoLanguage,
    /// There is no page to write.
    NoPages,
    /// A face cannot be embedded.
    Face {
        /// Its PostScript name.
        name: String,
        /// What is wrong with it.
        why: String,
    },
    /// The subsets cannot be embedded.
    Embedding(String),
    /// A page shows the missing-glyph sign, which PDF/A-2 forbids (ISO 19005-2, 6.2.11.8).
    MissingGlyph {
        /// Index of the page.
        page: usize,
        /// The text that the face has no glyph for.
        text: String,
    },
    /// A page shows a node that is not in the tree, so that no structure element could hold it.
    Stray {
        /// Index of the page.
        page: usize,
        /// The node.
        node: NodeId,
    },
    /// What is to be read is no PDF.
    NoPdf,
    /// The PDF has no structure tree.
    Untagged,
    /// The PDF opens with a password only.
    Encrypted,
    /// The PDF says more, or in more elements, than is read.
    TooLarge,
    /// The PDF is damaged.
    Unreadable(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Untitled => write!(f, "the document has no title"),
            Self::NoLanguage => write!(f, "the document has no language"),
            Self::NoPages => write!(f, "the document has no pages"),
            Self::Face { name, why } => write!(f, "the face `{name}` cannot be embedded: {why}"),
            Self::Embedding(why) => write!(f, "the faces cannot be embedded: {why}"),
            Self::MissingGlyph { page, text } => {
                write!(
                    f,
                    "page {} shows `{text}`, for which its face has no glyph",
                    page + 1
                )
            }
            Self::Stray { page, node } => {
                write!(
                    f,
                    "page {} shows node {}, which is not in the tree",
                    page + 1,
                    node.0
                )
            }
            Self::NoPdf => write!(f, "this is not a PDF"),
            Self::Untagged => write!(f, "the PDF has no structure tree"),
            Self::Encrypted => write!(f, "the PDF is protected by a password"),
            Self::TooLarge => write!(f, "the PDF is too large or nested too deep"),
            Self::Unreadable(why) => write!(f, "the PDF cannot be read: {why}"),
        }
    }
}

impl std::error::Error for Error {}

/// Only what is read comes from `lopdf`; what is written goes through [`Error::Embedding`].
impl From<lopdf::Error> for Error {
    fn from(error: lopdf::Error) -> Self {
        match error {
            lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Self::Encrypted,
            error => Self::Unreadable(error.to_string()),
        }
    }
}
