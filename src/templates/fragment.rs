//! HTML with open heading levels. The template of a text chooses the level.

use std::fmt::Write;

/// The HTML of a text, ready but for the levels of its headings.
#[derive(Debug, Default)]
pub(crate) struct Fragment(Vec<Part>);

#[derive(Debug)]
enum Part {
    Html(String),
    /// The name of a heading's element, as its depth from 0.
    Heading(u8),
}

impl Fragment {
    /// Adds HTML.
    pub(crate) fn push_html(&mut self, html: String) {
        self.0.push(Part::Html(html));
    }

    /// Adds the name of the element of a heading that stands `depth` headings deep in the text.
    pub(crate) fn push_heading(&mut self, depth: u8) {
        self.0.push(Part::Heading(depth));
    }

    /// The HTML, with the highest headings as `h{level}`.
    pub(super) fn html(&self, level: u8) -> String {
        let mut out = String::new();
        for part in &self.0 {
            match part {
                Part::Html(html) => out.push_str(html),
                Part::Heading(depth) => {
                    write!(out, "h{}", level.saturating_add(*depth).clamp(2, 6))
                        .expect("strings take all");
                }
            }
        }
        out
    }
}
