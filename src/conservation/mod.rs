//! Conservation: no text is lost between the model and the outputs, and none leaks.
//!
//! `model_in_tree` looks for every piece of the model in the tree (`lost.rs`), and for internal text
//! in a public tree (`leaked.rs`). [`compare_output`] compares the tree with the text of an output.
//! White space and soft hyphens do not count, because lines end in other places there. Where the
//! typographic pass has changed a text, the model is compared with the text before the change, and
//! the change itself is checked character by character (`punctuation.rs`).
//!
//! This room does not import the code that it checks, neither templates nor passes.

mod leaked;
mod lost;
mod punctuation;
mod rules;

#[cfg(test)]
pub(crate) use punctuation::same_but_for_punctuation;

use crate::diag::Diagnostic;
use crate::dom::{Data, Document, NodeId};
use crate::model::{Audience, TextFragment};
use std::collections::BTreeMap;

pub use rules::RULES;

/// The text of nodes that the typographic pass has changed, as it was written.
pub(crate) type OriginalTexts = BTreeMap<NodeId, String>;

/// An output whose text is compared with the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// The page: everything in the tree.
    Page,
    /// The PDF: without what is for screens only, and without the words inside drawings, which
    /// their alternative text stands for.
    Pdf,
}

impl Output {
    const fn name(self) -> &'static str {
        match self {
            Self::Page => "the page",
            Self::Pdf => "the PDF",
        }
    }

    /// The class of what is not shown there.
    const fn absent(self) -> &'static str {
        match self {
            Self::Page => "print-only",
            Self::Pdf => "screen-only",
        }
    }
}

const OUTPUTS: [Output; 2] = [Output::Page, Output::Pdf];

/// Characters that count: no white space, no soft hyphen, no joiner.
fn counts(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// What is lost or leaked between the model's pieces and the tree of a build for `audience`.
/// `written` is the original text of the nodes whose typography was changed; `labels` are the words
/// of the program, which are no secret.
pub(crate) fn model_in_tree<'a>(
    pieces: &'a [TextFragment],
    document: &Document,
    written: &OriginalTexts,
    audience: Audience,
    labels: impl Iterator<Item = &'a str>,
) -> Vec<Diagnostic> {
    let shown: Vec<_> = pieces.iter().filter(|p| p.shown_to <= audience).collect();
    let mut found: Vec<_> = lost_in(&shown, document, written)
        .into_iter()
        .map(|(piece, place)| {
            let message = format!("this text is missing in {place}");
            let hint = "check that the template writes it; the default templates do";
            rules::TEXT_LOST.at(piece.span, message).hint(hint)
        })
        .collect();
    let (public, internal): (Vec<_>, Vec<_>) = pieces.iter().partition(|p| p.audience <= audience);
    let public = public.iter().map(|p| p.text.as_str()).chain(labels);
    for piece in leaked::leaked(internal.into_iter(), public, document) {
        let message = "this text is internal, but is in a public document";
        let hint = "check that the template writes it only in internal builds";
        found.push(rules::TEXT_LEAKED.at(piece.span, message).hint(hint));
    }
    found
}

/// Pieces that are lost, and in which of the outputs: a class may leave text out of one of them.
fn lost_in<'p>(
    shown: &[&'p TextFragment],
    document: &Document,
    written: &OriginalTexts,
) -> impl IntoIterator<Item = (&'p TextFragment, &'static str)> {
    let mut all = document.descendants(Document::ROOT);
    let one_sided = |id: NodeId| {
        OUTPUTS
            .iter()
            .any(|o| document.get(id).has_class(o.absent()))
    };
    let mut lost: BTreeMap<usize, &'static str> = BTreeMap::new();
    if all.any(one_sided) {
        for output in OUTPUTS {
            for at in lost::lost(shown, document, written, Some(output.absent())) {
                let place = lost.entry(at).or_insert(output.name());
                if *place != output.name() {
                    *place = "the document";
                }
            }
        }
    } else {
        let everywhere = lost::lost(shown, document, written, None).into_iter();
        lost.extend(everywhere.map(|at| (at, "the document")));
    }
    let pieces: Vec<_> = lost.into_iter().map(|(at, o)| (shown[at], o)).collect();
    pieces
}

/// The first place where the text of an output differs from the tree, if there is one.
pub fn compare_output(document: &Document, output: Output, text: &str) -> Option<Diagnostic> {
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
                    output == Output::Pdf && (name == "svg" || node.has_class(output.absent()));
                if !absent {
                    stack.extend(node.children.iter().rev());
                }
            }
        }
    }
    rest.next().map(|_| {
        let message = format!("{} contains more text than the document", output.name());
        rules::OUTPUT_DIFFERS.nowhere(message).hint(PROGRAM_FAULT)
    })
}

/// The hint where the program alone can be at fault.
pub const PROGRAM_FAULT: &str = "this is a bug in utkast: please report it with the sources";

fn differs(document: &Document, id: NodeId, output: Output) -> Diagnostic {
    let text = document.get(id).text().unwrap_or_default().trim();
    let start: String = text.chars().take(40).collect();
    let message = format!(
        "{} does not show the text that starts with `{start}`",
        output.name()
    );
    match document.source_of(id) {
        Some(span) => rules::OUTPUT_DIFFERS.at(span, message),
        None => rules::OUTPUT_DIFFERS.nowhere(message),
    }
    .hint(PROGRAM_FAULT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};
    use crate::files::{FileId, Span};
    use crate::steps;

    /// A piece that was written at `at`.
    fn piece(text: &str, audience: Audience, at: usize) -> TextFragment {
        TextFragment {
            text: text.into(),
            span: Span::new(FileId::nth(0), at..at + 1),
            audience,
            shown_to: audience,
        }
    }

    fn public<const N: usize>(texts: [&str; N]) -> Vec<TextFragment> {
        let all = texts.iter().zip(1..);
        all.map(|(text, at)| piece(text, Audience::Public, at))
            .collect()
    }

    fn found(document: &Document, pieces: &[TextFragment]) -> Vec<String> {
        let labels = ["Kommer"].into_iter();
        let written = OriginalTexts::new();
        let found = model_in_tree(pieces, document, &written, Audience::Public, labels);
        let said = found.iter().map(|d| {
            let at = d.primary.map_or(0, |span| span.start as usize);
            let piece = pieces.iter().find(|p| p.span.start as usize == at);
            let what = match d.rule.name {
                "text-lost" => d.message.replace("this text is missing in", "not in"),
                _ => "leaked".to_owned(),
            };
            format!("{} {what}", piece.map_or("", |p| &p.text))
        });
        said.collect()
    }

    fn of(html: &str, pieces: &[TextFragment]) -> Vec<String> {
        found(&parse(html, Meta::default()).document, pieces)
    }

    const NOTHING: [&str; 0] = [];

    #[test]
    fn text_in_another_form_is_found_and_text_left_out_is_not() {
        let html = "<p>Vi <em>deler</em> kon\u{ad}tor.</p><h2><span>1</span>Drift</h2>";
        assert_eq!(of(html, &public(["Vi deler\nkontor.", "Drift"])), NOTHING);
        assert_eq!(
            of(html, &public(["Vi deler bil."])),
            ["Vi deler bil. not in the document"]
        );
        let within = "<p><strong>M</strong>idt på <em>dagen</em>s <b>tid</b></p>";
        assert_eq!(of(within, &public(["Midt", "dagen"])), NOTHING);
    }

    #[test]
    fn a_word_inside_another_is_no_place_for_it() {
        let html = "<p>Den daglige driften og Driften.</p>";
        let lost = ["Drift not in the document", "drift not in the document"];
        assert_eq!(of(html, &public(["Drift", "drift"])), lost);
        // A name at the start of a sentence has a capital.
        assert_eq!(of("<p>The council</p>", &public(["the council"])), NOTHING);
    }

    #[test]
    fn a_heading_that_is_dropped_is_not_made_good_by_what_repeats_it() {
        let repeats = "<nav class=\"toc\"><a href=\"#a\">Drift</a></nav>\
            <p>Bygger på <a href=\"#a\">Drift</a></p><svg><text>Drift</text></svg>\
            <p aria-hidden=\"true\">Drift</p>";
        let article = |heading: &str| format!("<article id=\"a\">{heading}</article>{repeats}");
        let lost = ["Drift not in the document"];
        assert_eq!(of(&article(""), &public(["Drift"])), lost);
        let source = public(["Drift"])[0].span;
        let made = format!("<h3 data-source=\"{source}\"><a href=\"#b\">Drift</a></h3>");
        for kept in ["<h3>Drift</h3>", "<h3><a href=\"#a\">Drift</a></h3>", &made] {
            assert_eq!(of(&article(kept), &public(["Drift"])), NOTHING, "{kept}");
        }
    }

    #[test]
    fn the_same_words_twice_must_stand_there_twice_and_no_place_serves_two() {
        let twice = public(["Likt.", "Likt."]);
        assert_eq!(of("<p>Likt.</p><p>Likt.</p>", &twice), NOTHING);
        assert_eq!(of("<p>Likt.</p>", &twice), ["Likt. not in the document"]);
        let both = public(["Moss", "Moss er en by."]);
        assert_eq!(of("<p>Moss</p><p>Moss er en by.</p>", &both), NOTHING);
        assert_eq!(
            of("<p>Moss er en by.</p>", &both),
            ["Moss not in the document"]
        );
    }

    #[test]
    fn the_place_that_was_made_from_a_text_is_its_own() {
        let pieces = public(["Likt.", "Likt."]);
        let source = pieces[1].span;
        let html = format!("<p data-source=\"{source}\">Likt.</p><p>Annet.</p>");
        let lost = ["Likt. not in the document"];
        assert_eq!(of(&html, &pieces), lost);
        let document = parse(&html, Meta::default()).document;
        let labels = std::iter::empty();
        let said = model_in_tree(
            &pieces,
            &document,
            &OriginalTexts::new(),
            Audience::Public,
            labels,
        );
        assert_eq!(
            said[0].primary,
            Some(pieces[0].span),
            "the first one is lost"
        );
    }

    #[test]
    fn where_signs_were_set_the_words_before_count_unless_more_was_changed() {
        let pieces = public(["Vi sa \"ja\" - i uke 9-19."]);
        let lost = |set: &str| {
            let document = parse(&format!("<p>{set}</p>"), Meta::default()).document;
            let mut all = document.descendants(Document::ROOT);
            let node = all.find(|&id| document.get(id).text().is_some());
            let node = node.expect("there is a text");
            let written = OriginalTexts::from([(node, pieces[0].text.clone())]);
            let labels = std::iter::empty();
            model_in_tree(&pieces, &document, &written, Audience::Public, labels).len()
        };
        assert_eq!(lost("Vi sa «ja» – i uke\u{a0}9–19."), 0);
        assert_eq!(lost("Vi sa «nei» – i uke\u{a0}9–19."), 1);
        assert_eq!(lost("Vi sa «ja» – i uke\u{a0}9–20."), 1);
        assert_eq!(lost("Vi sa ja – i uke\u{a0}9–19."), 1);
    }

    #[test]
    fn text_for_one_output_only_is_lost_in_the_other() {
        let html = "<p class=\"screen-only\">Én</p><p>To</p><p class=\"print-only\">Tre</p>";
        let expected = [
            "Én not in the PDF",
            "Tre not in the page",
            "Fire not in the document",
        ];
        assert_eq!(of(html, &public(["Én", "To", "Tre", "Fire"])), expected);
        let said_twice = "<p class=\"screen-only\">Én</p><p class=\"print-only\">Én</p>";
        assert_eq!(of(said_twice, &public(["Én"])), NOTHING);
    }

    #[test]
    fn internal_words_may_not_stand_in_a_public_tree_unless_they_are_public_too() {
        let name = piece("Oda", Audience::Internal, 9);
        assert_eq!(
            of("<p>Oda og Per</p>", std::slice::from_ref(&name)),
            ["Oda leaked"]
        );
        assert_eq!(of("<p>Modal</p>", std::slice::from_ref(&name)), NOTHING);
        let both = [name, piece("Hilsen Oda", Audience::Public, 1)];
        assert_eq!(of("<p>Hilsen Oda</p>", &both), NOTHING);
        let label = piece("Kommer", Audience::Internal, 9);
        assert_eq!(of("<p>Kommer</p>", &[label]), NOTHING);
    }

    #[test]
    fn internal_words_are_found_in_names_and_in_what_the_document_says_of_itself() {
        let name = [piece("Oda Li", Audience::Internal, 9)];
        for html in [
            "<img alt=\"Bilde av Oda Li\">",
            "<svg aria-label=\"Oda Li\"></svg>",
            "<abbr title=\"Oda Li\">OL</abbr>",
        ] {
            assert_eq!(of(html, &name), ["Oda Li leaked"], "{html}");
        }
        assert_eq!(of("<p>Oda</p><p title=\"Li\">a</p>", &name), NOTHING);
        let meta = Meta {
            description: "Skrevet av Oda Li.".into(),
            ..Meta::default()
        };
        assert_eq!(found(&parse("", meta).document, &name), ["Oda Li leaked"]);
    }

    #[test]
    fn more_text_takes_as_many_steps() {
        let paragraph = |n: usize| format!("Avsnitt {n} sier at vi skal dele på kontor og bil.");
        let answer = |n: usize| format!("Vi skal dele på kontor og båt {n}.");
        let input = |size: usize| {
            let html = (0..size).map(|n| format!("<p>{}</p>", paragraph(n)));
            let shown = (0..size).map(|n| piece(&paragraph(n), Audience::Public, n));
            let answers = (0..size / 2).map(|n| piece(&answer(n), Audience::Internal, n));
            let document = parse(&html.collect::<String>(), Meta::default()).document;
            (document, shown.chain(answers).collect::<Vec<_>>())
        };
        steps::assert_linear(100, input, |(document, pieces)| {
            assert_eq!(found(&document, &pieces), NOTHING);
        });
    }

    #[test]
    fn an_output_is_compared_letter_by_letter() {
        let html = "<p>Én to</p><p class=\"screen-only\">Tre</p><svg><text>Fire</text></svg>";
        let document = parse(html, Meta::default()).document;
        assert_eq!(
            compare_output(&document, Output::Page, "Én  to Tre Fire"),
            None
        );
        assert_eq!(compare_output(&document, Output::Pdf, "Én to"), None);
        let said = compare_output(&document, Output::Pdf, "Én t").expect("a letter is missing");
        assert_eq!(
            said.message,
            "the PDF does not show the text that starts with `Én to`"
        );
        assert!(compare_output(&document, Output::Pdf, "Én to fem").is_some());
    }
}
