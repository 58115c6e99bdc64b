//! Classifies page content: part of an element, or an artifact.
//!
//! [`marked_content`] turns the [`Owner`] from layout into a [`MarkedContent`]. A drawing with its text is
//! one figure; a decorative picture is an artifact.

use crate::dom::{Document, Node, NodeId};
use crate::layout::{Artifact, Owner};

/// What a piece of content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkedContent {
    /// Content of the element that [`super::structure`] makes for this owner.
    Content(Owner),
    /// Nothing that is read.
    Artifact(Artifact),
}

/// What the content of an owner is, or `None` if the owner is not in the document.
pub(super) fn marked_content(document: &Document, owner: Owner) -> Option<MarkedContent> {
    let node = match owner {
        Owner::Artifact(kind) => return Some(MarkedContent::Artifact(kind)),
        Owner::Node(node) | Owner::Label(node) | Owner::PageNumber(node) => node,
    };
    if node.0 as usize >= document.len() {
        return None;
    }
    if let Owner::Node(node) = owner
        && let Some(figure) = figure_of(document, node)
    {
        return Some(match alternative(document, figure) {
            Some(_) => MarkedContent::Content(Owner::Node(figure)),
            None => MarkedContent::Artifact(Artifact::Decoration),
        });
    }
    Some(MarkedContent::Content(owner))
}

/// The picture or drawing that a node is or stands in.
pub(super) fn figure_of(document: &Document, node: NodeId) -> Option<NodeId> {
    document.ancestor(node, |n| n.is("svg") || n.is("img"))
}

/// The alternative text of a picture or drawing; `None` for a decoration.
pub(super) fn alternative(document: &Document, figure: NodeId) -> Option<String> {
    let node = document.get(figure);
    if node.attr("aria-hidden") == Some("true") {
        return None;
    }
    let title = || {
        let title = document
            .descendants(figure)
            .find(|&n| document.get(n).is("title"))?;
        Some(document.text_of(title))
    };
    let words = node
        .attr("alt")
        .or(node.attr("aria-label"))
        .map(str::to_owned)
        .or_else(title)?;
    let words = one_line(&words);
    (!words.is_empty()).then_some(words)
}

/// The language that a node says its text is in, unless that is no tag of a language: a PDF may
/// hold no other (ISO 19005-2, 6.7.4).
pub(super) fn language(node: &Node) -> Option<&str> {
    node.attr("lang").filter(|tag| is_language(tag))
}

/// Whether a word has the form of a tag of a language (RFC 3066).
fn is_language(tag: &str) -> bool {
    let part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let begins = tag.split('-').next().unwrap_or_default();
    begins.bytes().all(|b| b.is_ascii_alphabetic()) && tag.split('-').all(part)
}

/// The structure type that marked content names beside its number; readers go by the element that
/// the number belongs to, so this is a word for people who look into the file.
pub(super) fn tag(document: &Document, owner: Owner) -> &'static str {
    let node = match owner {
        Owner::Label(_) => return "Lbl",
        Owner::PageNumber(_) | Owner::Artifact(_) => return "Span",
        Owner::Node(node) => node,
    };
    let mut at = Some(node);
    while let Some(id) = at {
        let node = document.get(id);
        if let Some(level) = node.heading_level() {
            return heading(level);
        }
        match node.name() {
            "a" => return "Link",
            "td" => return "TD",
            "th" => return "TH",
            "img" | "svg" => return "Figure",
            "caption" | "figcaption" => return "Caption",
            "code" => return "Code",
            "li" => return "LBody",
            "p" | "div" | "dt" | "dd" | "root" => return "P",
            _ => at = node.parent,
        }
    }
    "P"
}

/// The structure type of a heading.
pub(super) fn heading(level: u8) -> &'static str {
    match level {
        1 => "H1",
        2 => "H2",
        3 => "H3",
        4 => "H4",
        5 => "H5",
        _ => "H6",
    }
}

/// A text with each run of white space as one space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_a_tag_of_its_form() {
        let tags = [
            "nb",
            "en-GB",
            "x-klingon",
            "",
            "norsk bokmål",
            "nb_NO",
            "nb-",
            "1",
        ];
        let legal: Vec<&str> = tags.into_iter().filter(|tag| is_language(tag)).collect();
        assert_eq!(legal, ["nb", "en-GB", "x-klingon"]);
    }
}
