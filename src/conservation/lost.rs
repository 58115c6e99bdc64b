//! Finds pieces of the model that the tree does not show.
//!
//! Each piece needs a place of its own. It is searched first in the elements that name it as their
//! origin ([`Origin::source`](crate::dom::Origin)), then in the whole tree, the longest piece first, at
//! word boundaries. Some parts of the tree do not count as a place: contents, links inside the document
//! and drawings repeat other text; the number of a footnote is not part of the text around it; and text
//! that is hidden from screen readers is not shown to everybody.

use super::OriginalTexts;
use super::counts;
use super::punctuation::same_but_for_punctuation;
use crate::dom::level::is_block;
use crate::dom::{Data, Document, Node, NodeId};
use crate::files::Span;
use crate::language::capitalized;
use crate::model::TextFragment;
use crate::steps;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::ops::Range;

/// The pieces, by their place in the list, that are not in the tree; elements of the class
/// `without` are no place either.
pub(super) fn lost(
    pieces: &[&TextFragment],
    document: &Document,
    written: &OriginalTexts,
    without: Option<&str>,
) -> Vec<usize> {
    let shown = ShownText::new(pieces, document, written, without);
    let mut taken = vec![false; shown.text.letters.len()];
    let mut rest = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let letters: String = piece.text.chars().filter(|&c| counts(c)).collect();
        if !letters.is_empty() && !shown.at_source(piece.span, &letters, &mut taken) {
            rest.push((
                at,
                [piece.text.clone(), capitalized(&piece.text)].map(FoldedText::of),
            ));
        }
    }
    let forms = || rest.iter().flat_map(|(_, forms)| forms);
    let mut search = Search {
        index: shown.text.index(forms()),
        shown: &shown,
        taken,
        next: FxHashMap::default(),
    };
    let mut longest: Vec<_> = rest.iter().collect();
    longest.sort_by_key(|(_, forms)| Reverse(forms[0].letters.len()));
    // A text may stand at the start of a sentence: with a capital, if it stands nowhere without.
    let mut lost: Vec<usize> = longest
        .into_iter()
        .filter(|(_, forms)| !forms.iter().any(|form| search.anywhere(form)))
        .map(|(at, _)| *at)
        .collect();
    lost.sort_unstable();
    lost
}

/// A text without what does not count, and where its words are.
#[derive(Debug, Default)]
struct FoldedText {
    letters: String,
    /// The places of spaces and ends of nodes, in order.
    edges: Vec<usize>,
    words: Vec<Range<usize>>,
    /// Where the word began that is being read, and its part since the last end of a node.
    word: Option<usize>,
    part: Option<usize>,
}

impl FoldedText {
    fn of(text: String) -> Self {
        let mut folded = Self::default();
        folded.push(&text);
        folded.gap();
        folded
    }

    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.gap();
            } else if counts(c) {
                if c.is_alphanumeric() {
                    let at = self.letters.len();
                    self.word.get_or_insert(at);
                    self.part.get_or_insert(at);
                } else {
                    self.end_word();
                }
                self.letters.push(c);
            }
        }
    }

    /// A place where one word ends and another may begin.
    fn gap(&mut self) {
        self.edges.push(self.letters.len());
        self.end_word();
    }

    /// The end of a node inside a line: a word may go on, or another begin.
    fn edge(&mut self) {
        let end = self.letters.len();
        self.edges.push(end);
        // The whole of a word that is only one part is noted when it ends.
        if let Some(part) = self.part.take()
            && part < end
            && self.word != Some(part)
        {
            self.words.push(part..end);
        } else if let Some(word) = self.word
            && word < end
        {
            self.words.push(word..end);
        }
    }

    fn end_word(&mut self) {
        let end = self.letters.len();
        let (word, part) = (self.word.take(), self.part.take());
        if let Some(word) = word {
            self.words.push(word..end);
        }
        if let Some(part) = part.filter(|&part| word != Some(part) && part < end) {
            self.words.push(part..end);
        }
    }

    /// The places of every word that one of the forms has.
    fn index<'f>(&self, forms: impl Iterator<Item = &'f Self>) -> FxHashMap<&'f str, Vec<usize>> {
        let words = forms.flat_map(|f| f.words.iter().map(|word| &f.letters[word.clone()]));
        let mut index: FxHashMap<_, _> = words.map(|word| (word, Vec::new())).collect();
        for word in &self.words {
            if let Some(places) = index.get_mut(&self.letters[word.clone()])
                && places.last() != Some(&word.start)
            {
                places.push(word.start);
            }
        }
        index
    }

    /// Whether a word may end at this place.
    fn is_edge(&self, at: usize) -> bool {
        let before = self.letters[..at].chars().next_back();
        let after = self.letters[at..].chars().next();
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !(inside(before) && inside(after)) || self.edges.binary_search(&at).is_ok()
    }
}

/// The visible text of the tree.
struct ShownText {
    text: FoldedText,
    /// The text of elements made from a piece.
    made_from: FxHashMap<Span, Vec<Range<usize>>>,
}

impl ShownText {
    fn new(
        pieces: &[&TextFragment],
        document: &Document,
        written: &OriginalTexts,
        without: Option<&str>,
    ) -> Self {
        enum Step {
            Enter(NodeId, bool),
            Leave(NodeId, usize),
        }
        let spans: FxHashSet<Span> = pieces.iter().map(|p| p.span).collect();
        let mut text = FoldedText::default();
        let mut made_from: FxHashMap<Span, Vec<Range<usize>>> = FxHashMap::default();
        let mut stack = vec![Step::Enter(Document::ROOT, false)];
        while let Some(step) = stack.pop() {
            let (id, inside) = match step {
                Step::Enter(id, inside) => (id, inside),
                Step::Leave(id, start) => {
                    let node = document.get(id);
                    part(node, &mut text);
                    if let Some(source) = node.origin.source.filter(|s| spans.contains(s)) {
                        let range = start..text.letters.len();
                        made_from.entry(source).or_default().push(range);
                    }
                    continue;
                }
            };
            let node = document.get(id);
            if let Data::Text(own) = &node.data {
                let before = written
                    .get(&id)
                    .filter(|b| same_but_for_punctuation(b, own));
                text.edge();
                text.push(before.unwrap_or(own));
                text.edge();
                continue;
            }
            let hidden = node.attr("aria-hidden") == Some("true")
                || node.is("svg")
                || node.has_class("toc")
                || node.has_class("noteref")
                || without.is_some_and(|class| node.has_class(class));
            let inside = inside || node.origin.source.is_some_and(|s| spans.contains(&s));
            if hidden || (!inside && leads_elsewhere(document, id)) {
                continue;
            }
            part(node, &mut text);
            stack.push(Step::Leave(id, text.letters.len()));
            let children = node.children.iter().rev();
            stack.extend(children.map(|&child| Step::Enter(child, inside)));
        }
        text.gap();
        Self { text, made_from }
    }
}

/// Parts words where an element does that is no part of a line.
fn part(node: &Node, text: &mut FoldedText) {
    if node.is("br") || is_block(node.name()) {
        text.gap();
    }
}

/// Whether a node is a link to another place of the document; one to its own place is no
/// repetition.
fn leads_elsewhere(document: &Document, id: NodeId) -> bool {
    let node = document.get(id);
    let target = node.attr("href").and_then(|href| href.strip_prefix('#'));
    let Some(target) = target.filter(|_| node.is("a")) else {
        return false;
    };
    let own = document.ancestor(id, |n| n.attr("id") == Some(target));
    own.is_none()
}

impl ShownText {
    /// Takes a place in an element that was made from the piece.
    fn at_source(&self, span: Span, letters: &str, taken: &mut [bool]) -> bool {
        let ranges = self.made_from.get(&span);
        for range in ranges.into_iter().flatten() {
            let text = &self.text.letters[range.clone()];
            steps::count(1);
            for (at, _) in text.match_indices(letters) {
                steps::count(1);
                if self.take(range.start + at, letters, taken) {
                    return true;
                }
            }
        }
        false
    }

    /// Takes a place if the piece stands there, ends at the ends of words, and nothing has it.
    fn take(&self, at: usize, letters: &str, taken: &mut [bool]) -> bool {
        let range = at..at + letters.len();
        let stands = self.text.letters.get(range.clone()) == Some(letters);
        if !stands || !self.text.is_edge(range.start) || !self.text.is_edge(range.end) {
            return false;
        }
        let free = !taken[range.clone()].contains(&true);
        if free {
            taken[range].fill(true);
        }
        free
    }
}

struct Search<'a> {
    shown: &'a ShownText,
    index: FxHashMap<&'a str, Vec<usize>>,
    /// Letters that are the place of a piece.
    taken: Vec<bool>,
    /// For each text, how many places of its rarest word have been tried.
    next: FxHashMap<&'a str, usize>,
}

impl<'a> Search<'a> {
    /// Takes the first free place.
    fn anywhere(&mut self, piece: &'a FoldedText) -> bool {
        let places = |word: &Range<usize>| {
            let places = self.index.get(&piece.letters[word.clone()]);
            (places.map_or(&[][..], Vec::as_slice), word.start)
        };
        let rarest = piece.words.iter().map(places).min_by_key(|(p, _)| p.len());
        let Some((places, offset)) = rarest else {
            // Nothing but punctuation.
            return self.shown.text.letters.contains(&piece.letters);
        };
        let next = self.next.entry(&piece.letters).or_default();
        while let Some(place) = places.get(*next) {
            *next += 1;
            steps::count(1);
            if let Some(at) = place.checked_sub(offset)
                && self.shown.take(at, &piece.letters, &mut self.taken)
            {
                return true;
            }
        }
        false
    }
}
