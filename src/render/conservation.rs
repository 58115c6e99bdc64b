//! Conservation: no text is lost between the model and the outputs, and none leaks.
//!
//! [`model_in_tree`] holds every piece of the model against the tree; [`compare`] holds the tree
//! against the text of an output. Spaces and soft hyphens do not count: lines end where they will.

use super::rules;
use crate::diag::Diagnostic;
use crate::dom::{self, Data, Document, NodeId};
use crate::model::{Audience, Piece};
use std::collections::HashMap;

/// An output whose text is compared with the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// The page: everything in the tree.
    Page,
    /// The PDF: without what is for screens only, and without the words inside drawings, which
    /// are drawn as outlines.
    Pdf,
}

impl Output {
    const fn name(self) -> &'static str {
        match self {
            Self::Page => "the page",
            Self::Pdf => "the PDF",
        }
    }
}

/// Letters and signs that count: no white space, no soft hyphen, no joiner.
fn counts(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn fold(text: &str) -> String {
    text.chars().filter(|&c| counts(c)).collect()
}

/// What is lost or leaked between the model's pieces and the tree of a build for `audience`.
pub(super) fn model_in_tree(
    pieces: &[Piece],
    document: &Document,
    audience: Audience,
) -> Vec<Diagnostic> {
    let tree = TreeText::new(document);
    let (shown, hidden): (Vec<_>, Vec<_>) = pieces.iter().partition(|p| p.audience <= audience);

    let mut found = Vec::new();
    let mut wanted: HashMap<String, usize> = HashMap::new();
    for piece in &shown {
        let folded = fold(&piece.text);
        let count = wanted.entry(folded.clone()).or_default();
        *count += 1;
        if !tree.has(&folded, *count) {
            let message = "this text is in no place of the document";
            let hint = "see that the template writes it; the default templates do";
            found.push(rules::TEXT_LOST.at(piece.span, message).hint(hint));
        }
    }
    let public: Vec<_> = shown.iter().map(|p| words(&p.text)).collect();
    let all = words(&tree.plain);
    for piece in hidden {
        let inside = words(&piece.text);
        let is_public = || public.iter().any(|text| text.contains(&inside));
        if all.contains(&inside) && !is_public() {
            let message = "this text is internal, and stands in a document for everybody";
            let hint = "see that the template writes it in internal builds only";
            found.push(rules::TEXT_LEAKED.at(piece.span, message).hint(hint));
        }
    }
    found
}

/// The words of a text between single spaces, so that whole words can be looked for.
fn words(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<_> = parts.filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// The text of a tree, ready to be searched.
struct TreeText {
    /// How often each paragraph-like element, and each text node, says exactly this.
    exact: HashMap<String, usize>,
    /// All letters, folded.
    folded: String,
    /// All text with spaces between blocks.
    plain: String,
}

impl TreeText {
    fn new(document: &Document) -> Self {
        let mut plain = String::new();
        dom::push_text(document, Document::ROOT, &mut plain);
        let mut exact = HashMap::new();
        for id in document.descendants(Document::ROOT) {
            let node = document.get(id);
            let text = match &node.data {
                Data::Text(text) => fold(text),
                Data::Element { .. } if holds_a_line(document, id) => fold(&document.text_of(id)),
                Data::Element { .. } => continue,
            };
            *exact.entry(text).or_default() += 1;
        }
        let folded = fold(&plain);
        Self {
            exact,
            folded,
            plain,
        }
    }

    /// Whether a text stands in the tree at least `times` times.
    fn has(&self, folded: &str, times: usize) -> bool {
        if folded.is_empty() || self.exact.get(folded).is_some_and(|&n| n >= times) {
            return true;
        }
        // Templates may set a text into a sentence of their own.
        self.folded.matches(folded).take(times).count() >= times
    }
}

/// Whether an element holds text and inline elements, and does not merely wrap one text node,
/// which is counted by itself.
fn holds_a_line(document: &Document, id: NodeId) -> bool {
    let children = &document.get(id).children;
    let is_inline = |&child: &NodeId| match &document.get(child).data {
        Data::Text(_) => true,
        Data::Element { name, .. } => {
            name != "svg"
                && dom::vocabulary::display(name) == Some(dom::vocabulary::Display::Inline)
        }
    };
    children.len() > 1 && children.iter().all(is_inline)
}

/// The first place where the text of an output differs from the tree, if there is one.
pub fn compare(document: &Document, output: Output, text: &str) -> Option<Diagnostic> {
    let mut rest = text.chars().filter(|&c| counts(c));
    let mut stack = vec![Document::ROOT];
    while let Some(id) = stack.pop() {
        let node = document.get(id);
        match &node.data {
            Data::Text(own) => {
                let mut own = own.chars().filter(|&c| counts(c));
                if own.any(|c| rest.next() != Some(c)) {
                    return Some(differs(document, id, output));
                }
            }
            Data::Element { name, .. } => {
                let absent =
                    output == Output::Pdf && (name == "svg" || node.has_class("screen-only"));
                if !absent {
                    stack.extend(node.children.iter().rev());
                }
            }
        }
    }
    rest.next().map(|_| {
        let message = format!("{} says more than the document", output.name());
        rules::OUTPUT_DIFFERS.nowhere(message).hint(REPORT)
    })
}

const REPORT: &str = "this is a fault of the program: please report it with the sources";

fn differs(document: &Document, id: NodeId, output: Output) -> Diagnostic {
    let text = document.get(id).text().unwrap_or_default().trim();
    let start: String = text.chars().take(40).collect();
    let message = format!(
        "{} does not show the text that begins `{start}`",
        output.name()
    );
    let source = document.ancestor(id, |n| n.origin.source.is_some());
    match source.and_then(|n| document.get(n).origin.source) {
        Some(span) => rules::OUTPUT_DIFFERS.at(span, message),
        None => rules::OUTPUT_DIFFERS.nowhere(message),
    }
    .hint(REPORT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};
    use crate::files::{FileId, Span};

    fn piece(text: &str, audience: Audience) -> Piece {
        let span = Span::new(FileId(0), 0..1);
        Piece {
            text: text.into(),
            span,
            audience,
        }
    }

    fn names(html: &str, pieces: &[Piece]) -> Vec<&'static str> {
        let document = parse(html, Meta::default()).document;
        let found = model_in_tree(pieces, &document, Audience::Public);
        found.iter().map(|d| d.rule.name).collect()
    }

    #[test]
    fn text_in_another_form_is_found_and_text_left_out_is_not() {
        let html = "<p>Vi <em>deler</em> kontor.</p><h2><span>1</span> Drift</h2>";
        let found = ["Vi deler kontor.", "Drift"].map(|t| piece(t, Audience::Public));
        assert_eq!(names(html, &found), [""; 0]);
        assert_eq!(
            names(html, &[piece("Vi deler bil.", Audience::Public)]),
            ["text-lost"]
        );
    }

    #[test]
    fn the_same_words_twice_must_stand_there_twice() {
        let twice = ["Likt.", "Likt."].map(|t| piece(t, Audience::Public));
        assert_eq!(names("<p>Likt.</p><p>Likt.</p>", &twice), [""; 0]);
        assert_eq!(names("<p>Likt.</p>", &twice), ["text-lost"]);
    }

    #[test]
    fn internal_words_may_not_stand_in_a_public_tree_unless_they_are_public_too() {
        let name = piece("Oda", Audience::Internal);
        assert_eq!(
            names("<p>Oda og Per</p>", std::slice::from_ref(&name)),
            ["text-leaked"]
        );
        assert_eq!(names("<p>Modal</p>", std::slice::from_ref(&name)), [""; 0]);
        let both = [name, piece("Hilsen Oda", Audience::Public)];
        assert_eq!(names("<p>Hilsen Oda</p>", &both), [""; 0]);
    }

    #[test]
    fn an_output_is_compared_letter_by_letter() {
        let html = "<p>Én to</p><p class=\"screen-only\">Tre</p><svg><text>Fire</text></svg>";
        let document = parse(html, Meta::default()).document;
        assert_eq!(compare(&document, Output::Page, "Én  to Tre Fire"), None);
        assert_eq!(compare(&document, Output::Pdf, "Én to"), None);
        let said = compare(&document, Output::Pdf, "Én t").expect("a letter is missing");
        assert_eq!(
            said.message,
            "the PDF does not show the text that begins `Én to`"
        );
        assert!(compare(&document, Output::Pdf, "Én to fem").is_some());
    }
}
