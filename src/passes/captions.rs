//! Numbers figures and tables: «Figur 1», «Tabell 1» before the caption.
//!
//! A figure has a caption if its `figcaption` starts with one; a credit, a note or the text inside a
//! picture is not a caption. Figures and tables without a caption have no number.

use super::single_spaced;
use crate::dom::FreeNames;
use crate::dom::level::is_block;
use crate::dom::{Document, NodeId};
use crate::templates::Labels;

/// A figure with a number.
pub(crate) struct NumberedFigure {
    /// Where a link to it leads.
    pub(super) anchor: String,
    /// «Figur 1».
    pub(super) number: String,
    /// The words of its caption.
    pub(super) text: String,
}

/// Elements at the start of a `figcaption` that are not a caption.
const BESIDES: [&str; 3] = ["credit", "generated", "source"];

/// Puts `<span class="number">` before each caption, and returns the figures.
pub(super) fn number(document: &mut Document, labels: &Labels) -> Vec<NumberedFigure> {
    let all: Vec<_> = document.descendants(Document::ROOT).collect();
    let ids = all.iter().filter_map(|&id| document.get(id).attr("id"));
    let mut names = FreeNames::without(ids.map(str::to_owned));
    let (mut figures, mut tables) = (Vec::new(), 0);
    for id in all {
        if document.get(id).is("table") {
            let Some(caption) = child(document, id, "caption") else {
                continue;
            };
            if has_words(document, caption) {
                tables += 1;
                let number = labels.fill("table_n", &[("n", &tables.to_string())]);
                prepend(document, caption, &number);
            }
        } else if let Some(caption) = caption_of(document, id) {
            let count = figures.len() + 1;
            let number = labels.fill("figure_n", &[("n", &count.to_string())]);
            let text = single_spaced(&document.text_of(caption));
            prepend(document, caption, &number);
            let anchor = anchor(document, id, count, &mut names);
            figures.push(NumberedFigure {
                anchor,
                number,
                text,
            });
        }
    }
    figures
}

/// The figures of a document that have numbers already.
pub(super) fn numbered(document: &Document) -> Vec<NumberedFigure> {
    let all = document.descendants(Document::ROOT);
    let figures = all.filter_map(|id| {
        let caption = caption_of(document, id)?;
        let number = child(document, caption, "span");
        let number = number.filter(|&id| document.get(id).has_class("number"))?;
        let words = single_spaced(&document.title_of(caption));
        let number = single_spaced(&document.text_of(number));
        let text = words.strip_prefix(number.as_str()).unwrap_or(&words);
        Some(NumberedFigure {
            anchor: document.get(id).attr("id")?.to_owned(),
            text: text.trim_start_matches(['.', ' ']).to_owned(),
            number,
        })
    });
    figures.collect()
}

/// The element that holds the caption of a figure, if it has one.
fn caption_of(document: &Document, figure: NodeId) -> Option<NodeId> {
    if !document.get(figure).is("figure") {
        return None;
    }
    let holder = child(document, figure, "figcaption")?;
    let mut children = document.get(holder).children.iter().copied();
    let first = children.find(|&c| has_words(document, c))?;
    let node = document.get(first);
    if !is_block(node.name()) {
        return Some(holder);
    }
    let is_caption = node.is("p") && !BESIDES.iter().any(|class| node.has_class(class));
    is_caption.then_some(first)
}

fn child(document: &Document, id: NodeId, name: &str) -> Option<NodeId> {
    let mut children = document.get(id).children.iter().copied();
    children.find(|&c| document.get(c).is(name))
}

fn has_words(document: &Document, id: NodeId) -> bool {
    !document.text_of(id).trim().is_empty()
}

/// Writes «Figur 1. » before the words of a caption.
fn prepend(document: &mut Document, caption: NodeId, words: &str) {
    let number = document.create_element("span", &[("class", "number")]);
    let text = document.create_text(words);
    let point = document.create_text(". ");
    document.append(number, text);
    document.insert(caption, 0, number);
    document.insert(caption, 1, point);
}

/// The figure's id, which it gets if it has none.
fn anchor(document: &mut Document, figure: NodeId, count: usize, names: &mut FreeNames) -> String {
    if let Some(own) = document.get(figure).attr("id") {
        return own.to_owned();
    }
    let plain = format!("figure-{count}");
    let anchor = match names.take(&plain) {
        true => plain,
        false => names.take_numbered(&format!("{plain}-"), 2),
    };
    document.set_attr(figure, "id", &anchor);
    anchor
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};
    use crate::templates::testing;

    /// The captions after the pass, and the figures that it found.
    fn numbered(html: &str) -> (Vec<String>, Vec<(String, String)>) {
        let mut document = parse(html, Meta::default()).document;
        let figures = number(&mut document, &testing::labels("nb"));
        let all = document.descendants(Document::ROOT);
        let captions = all.filter(|&id| {
            let node = document.get(id);
            node.is("figcaption") || node.is("caption")
        });
        let captions = captions.map(|id| document.text_of(id).trim().to_owned());
        let figures = figures.into_iter().map(|f| (f.anchor, f.text));
        (captions.collect(), figures.collect())
    }

    #[test]
    fn figures_and_tables_are_counted_apart_and_those_without_a_caption_not_at_all() {
        let html = "<figure><img alt=\"\"></figure>\
            <figure id=\"a\"><figcaption>Fjorden</figcaption></figure>\
            <table><caption>Folk</caption></table><table></table>\
            <figure id=\"figure-2\"><figcaption>\n<p>To\nord</p><p class=\"credit\">Foto: A</p>\
            </figcaption></figure><figure><figcaption><em>Tre</em></figcaption></figure>\
            <table><caption>Penger</caption></table>";
        let (captions, figures) = numbered(html);
        let said = [
            "Figur\u{a0}1. Fjorden",
            "Tabell\u{a0}1. Folk",
            "Figur\u{a0}2. To\nordFoto: A",
            "Figur\u{a0}3. Tre",
            "Tabell\u{a0}2. Penger",
        ];
        assert_eq!(captions, said);
        let found = [
            ("a", "Fjorden"),
            ("figure-2", "To ord"),
            ("figure-3", "Tre"),
        ];
        assert_eq!(
            figures,
            found.map(|(anchor, text)| (anchor.to_owned(), text.to_owned()))
        );
    }

    #[test]
    fn credits_notes_and_words_of_a_picture_are_no_caption() {
        for class in BESIDES {
            let html = format!(
                "<figure><figcaption><p class=\"{class}\">A</p><p>B</p></figcaption></figure>"
            );
            assert_eq!(numbered(&html).0, ["AB"], "{class}");
        }
        let list = "<figure><figcaption><ul><li>A</li></ul></figcaption></figure>";
        assert_eq!(numbered(list).0, ["A"]);
    }
}
