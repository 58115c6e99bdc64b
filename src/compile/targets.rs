//! The table of targets: the outputs that can be made of a strategy.
//!
//! [`TARGETS`] is the only list of them. `build --format` offers each, with page and PDF by default.
//! Freezing and proving, `check` and the preview loop over those with `frozen: true`; `build.json` lists
//! the [`Output`](super::Output)s that were made.
//!
//! # A new target
//!
//! One that shows the strategy with other templates costs five files:
//!
//! 1. this one: an entry in [`TARGETS`];
//! 2. `templates/default/NAME.html`: its entry template;
//! 3. `src/templates/defaults.rs`: the name of that template, so that it travels in the program;
//! 4. `tests/suite/targets.rs`: what it shows;
//! 5. `docs/commands.md`: what it is for.
//!
//! Its tree is compared with the model, like that of the document: it must contain each text of the
//! model. An output that is neither a page nor a PDF also needs a [`Writer`].

use super::difference::{between_pages, between_pdfs};
use super::file_name;
use crate::dom::Identity;
use crate::model::Audience;
use crate::{html, pdf, templates};

/// An output that can be made of a strategy.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    /// Its word on the command line.
    pub name: &'static str,
    /// A short description.
    pub about: &'static str,
    /// The file name of the public output.
    pub file: &'static str,
    /// The template that its tree begins with. Targets with the same one share a tree, and have
    /// different writers.
    pub entry: &'static str,
    /// The writer, which also reads the file.
    pub writer: Writer,
    /// Whether it is stored with each frozen version, and proved.
    pub frozen: bool,
}

/// The page.
pub static PAGE: Target = Target {
    name: "html",
    about: "A page that needs nothing but a browser",
    file: "strategy.html",
    entry: templates::ENTRY,
    writer: Writer::Page,
    frozen: true,
};

/// The PDF.
pub static PDF: Target = Target {
    name: "pdf",
    about: "A tagged PDF",
    file: "strategy.pdf",
    entry: templates::ENTRY,
    writer: Writer::Pdf,
    frozen: true,
};

/// Every target.
pub static TARGETS: [&Target; 2] = [&PAGE, &PDF];

impl Target {
    /// The targets that are frozen with a version.
    pub fn frozen() -> impl Iterator<Item = &'static Self> {
        TARGETS.into_iter().filter(|target| target.frozen)
    }

    /// The file name for an audience.
    pub fn file_name(&self, audience: Audience) -> String {
        file_name(self.file, audience)
    }
}

/// A kind of file: how it is written, and how its text and identity are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    /// One self-contained page in HTML.
    Page,
    /// A tagged PDF.
    Pdf,
}

impl Writer {
    /// Every kind of file.
    pub const ALL: [Self; 2] = [Self::Pdf, Self::Page];

    /// The media type, as a server names it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Page => "text/html; charset=utf-8",
            Self::Pdf => "application/pdf",
        }
    }

    /// The word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Pdf => "PDF",
        }
    }

    /// Whether a file is of this kind, by its first bytes. A PDF may begin with other bytes, such as
    /// those of a mail; it is looked for before a page.
    pub fn begins(self, start: &[u8]) -> bool {
        let has = |what: &[u8]| {
            let mut places = start.windows(what.len());
            places.any(|found| found.eq_ignore_ascii_case(what))
        };
        match self {
            Self::Page => has(b"<!doctype html") || has(b"<html"),
            Self::Pdf => has(b"%PDF-"),
        }
    }

    /// The identity in a file, if it has one.
    pub fn identity_of(self, bytes: &[u8]) -> Option<Identity> {
        match self {
            Self::Page => html::identity_of(bytes),
            Self::Pdf => pdf::identity_of(bytes),
        }
    }

    /// The first difference between two files, by the words that are read from both; `None` if they are
    /// the same bytes.
    pub fn difference(self, expected: &[u8], found: &[u8]) -> Option<String> {
        match self {
            Self::Page => between_pages(expected, found),
            Self::Pdf => between_pdfs(expected, found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_targets_have_the_same_word_the_same_file_or_the_same_way_to_it() {
        for (at, target) in TARGETS.iter().enumerate() {
            for other in &TARGETS[..at] {
                assert_ne!(target.name, other.name);
                assert_ne!(target.file, other.file);
                let way = |target: &Target| (target.entry, target.writer);
                assert_ne!(way(target), way(other));
            }
        }
    }

    #[test]
    fn the_file_of_a_target_says_whom_it_is_for() {
        assert_eq!(PDF.file_name(Audience::Public), "strategy.pdf");
        assert_eq!(PDF.file_name(Audience::Internal), "strategy.internal.pdf");
    }
}
