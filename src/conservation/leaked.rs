//! Finds internal text in a public tree.
//!
//! The search covers the text, the accessible names of drawings and regions, and the metadata of the
//! document. Text that is also public is not reported.

use crate::dom::{self, Data, Document, Meta, Node};
use crate::model::TextFragment;
use crate::steps;
use rustc_hash::FxHashMap;

/// The internal pieces whose words stand in the tree one after the other, and not in `public`.
pub(super) fn leaked<'p, 'a>(
    internal: impl Iterator<Item = &'p TextFragment>,
    public: impl Iterator<Item = &'a str>,
    document: &Document,
) -> Vec<&'p TextFragment> {
    let mut internal = internal.peekable();
    if internal.peek().is_none() {
        return Vec::new();
    }
    let read = texts(document);
    let mut all = WordIndex::default();
    read.iter().for_each(|text| all.add(text));
    let mut known = WordIndex::default();
    public.for_each(|text| known.add(text));
    internal
        .filter(|piece| all.have(&piece.text) && !known.have(&piece.text))
        .collect()
}

/// All text that a reader can get.
fn texts(document: &Document) -> Vec<String> {
    let Meta {
        title,
        language: _,
        author,
        description,
        date: _,
        running_title,
        running_status,
        draft_mark,
        running_version,
        state,
        page_x_of_y,
        skip_label,
        page_words,
        redline_words,
        // Title and council are public.
        identity: _,
    } = &document.meta;
    let meta = [
        title,
        author,
        description,
        running_title,
        running_status,
        draft_mark,
        state,
        page_x_of_y,
        skip_label,
    ];
    let words = page_words.iter().chain(redline_words).map(|(_, text)| text);
    let words = words.chain(running_version);
    let mut texts: Vec<String> = meta.into_iter().chain(words).cloned().collect();
    let mut text = String::new();
    // The number of a footnote parts no words: what stands around it is one text.
    let is_number = |node: &Node| node.has_class("noteref");
    dom::push_text_without(document, Document::ROOT, &is_number, &mut text);
    texts.push(text);
    for id in document.descendants(Document::ROOT) {
        if let Data::Element { attrs, .. } = &document.get(id).data {
            let said = attrs.iter().filter(|(key, _)| is_read(key));
            texts.extend(said.map(|(_, value)| value.clone()));
        }
    }
    texts
}

fn is_read(attribute: &str) -> bool {
    matches!(attribute, "alt" | "title" | "abbr") || attribute.starts_with("aria-")
}

/// Texts as sequences of words, with an index of their places.
#[derive(Debug, Default)]
struct WordIndex<'t> {
    row: Vec<&'t str>,
    places: FxHashMap<&'t str, Vec<usize>>,
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

impl<'t> WordIndex<'t> {
    fn add(&mut self, text: &'t str) {
        for word in words(text) {
            self.places.entry(word).or_default().push(self.row.len());
            self.row.push(word);
        }
        // An empty word separates texts, so that no match crosses their border.
        self.row.push("");
    }

    /// Whether the words of `text` stand here, one after the other; those of an empty text do not.
    fn have(&self, text: &str) -> bool {
        let wanted: Vec<&str> = words(text).collect();
        let places = wanted.iter().map(|word| self.places.get(word));
        // The rarest word has the fewest places to look at.
        let rarest = places.enumerate();
        let rarest = rarest.min_by_key(|(_, places)| places.map_or(0, Vec::len));
        let Some((offset, Some(places))) = rarest else {
            return false;
        };
        places.iter().any(|place| {
            steps::count(1);
            let start = place.checked_sub(offset);
            start.is_some_and(|start| self.row[start..].starts_with(&wanted))
        })
    }
}
