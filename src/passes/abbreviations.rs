//! Marks abbreviations of the glossary at their first occurrence.
//!
//! In running text, the first occurrence in each chapter and in each item becomes `<abbr title="…">`. Only
//! the stem is marked: «KS» in «KS’», «MIPR» in «MIPR-sekretariatet».

use super::typography::{addresses, is_inside, is_kept};
use crate::dom::{Data, Document, Node, NodeId};
use crate::model::Term;
use crate::steps;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Marks the abbreviations among the terms.
pub(super) fn mark(document: &mut Document, terms: &[Term]) {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for term in terms {
        let word = term.term.value.trim();
        if let Some(full) = term
            .full
            .as_ref()
            .filter(|_| word.starts_with(char::is_alphanumeric))
        {
            // Of two with the same word the first one counts.
            let full = || full.value.clone();
            known.entry(word.to_owned()).or_insert_with(full);
        }
    }
    if known.is_empty() {
        return;
    }
    let known = Abbreviations::new(known);
    // For each chapter or item, what has been marked in it.
    let mut marked: BTreeSet<(NodeId, usize)> = BTreeSet::new();
    let mut parts = BTreeMap::new();
    for (text, around) in running_texts(document) {
        let words = document.get(text).text().unwrap_or_default().to_owned();
        let mut places = known.places(&words);
        places.retain(|(_, term)| marked.insert((around, *term)));
        if !places.is_empty() {
            parts.insert(text, part(document, text, &words, &places, &known));
        }
    }
    document.replace(&parts);
}

/// The text nodes of running text, in order, each with the chapter or item that it stands in.
fn running_texts(document: &Document) -> Vec<(NodeId, NodeId)> {
    let mut found = Vec::new();
    let mut stack = vec![(Document::ROOT, None)];
    while let Some((id, around)) = stack.pop() {
        let node = document.get(id);
        if let (Data::Text(_), Some(around)) = (&node.data, around) {
            found.push((id, around));
        } else if !is_apart(node) {
            let opens = node.has_class("chapter") || node.is("article") || node.has_class("card");
            let around = if opens { Some(id) } else { around };
            stack.extend(node.children.iter().rev().map(|&child| (child, around)));
        }
    }
    found
}

/// Whether the words of an element are no running text of the council.
fn is_apart(node: &Node) -> bool {
    let is_heading = node.heading_level().is_some() || matches!(node.name(), "th" | "caption");
    is_heading
        || is_kept(node)
        || matches!(node.name(), "a" | "abbr" | "cite" | "dfn" | "nav")
        || node.has_class("glossary")
}

/// The abbreviations, in the order of their words, each with what it stands for.
struct Abbreviations {
    words: Vec<(String, String)>,
}

impl Abbreviations {
    fn new(words: BTreeMap<String, String>) -> Self {
        Self {
            words: words.into_iter().collect(),
        }
    }

    /// Where abbreviations stand as whole words, each by its index.
    fn places(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        let addresses = addresses(text);
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let here = match begins_word(&text[..at]) && !is_inside(&addresses, at) {
                true => self.longest(rest),
                false => None,
            };
            at += match here {
                Some(index) => {
                    let length = self.words[index].0.len();
                    found.push((at..at + length, index));
                    length
                }
                None => rest.chars().next().map_or(1, char::len_utf8),
            };
        }
        found
    }

    /// The longest abbreviation that a text begins with.
    fn longest(&self, text: &str) -> Option<usize> {
        let mut longest = None;
        // Those that begin like the text, byte by byte: the shortest of them comes first.
        let (mut first, mut end) = (0, self.words.len());
        for (length, byte) in text.bytes().enumerate() {
            steps::count(1);
            let all = first..end;
            let place = |is_before: &dyn Fn(u8) -> bool| {
                let part = &self.words[all.clone()];
                let before = |(word, _): &(String, String)| {
                    word.as_bytes().get(length).is_none_or(|&b| is_before(b))
                };
                all.start + part.partition_point(before)
            };
            (first, end) = (place(&|b| b < byte), place(&|b| b <= byte));
            if first == end {
                break;
            }
            // Its bytes are those of the text, so that it ends between two characters.
            let word = &self.words[first].0;
            if word.len() == length + 1 && ends_stem(word, &text[word.len()..]) {
                longest = Some(first);
            }
        }
        longest
    }
}

fn begins_word(before: &str) -> bool {
    !before.ends_with(char::is_alphanumeric)
}

/// Whether a word ends here, or goes on in the genitive.
fn ends_stem(word: &str, after: &str) -> bool {
    let ends = |text: &str| !text.starts_with(char::is_alphanumeric);
    // After s, x and z the genitive has an apostrophe alone.
    let takes_s = !word.ends_with(['s', 'x', 'z', 'S', 'X', 'Z']);
    ends(after) || (takes_s && after.strip_prefix('s').is_some_and(ends))
}

/// The nodes that take the place of a text node: its words, parted around the places.
fn part(
    document: &mut Document,
    text: NodeId,
    words: &str,
    places: &[(Range<usize>, usize)],
    known: &Abbreviations,
) -> Vec<NodeId> {
    let origin = document.get(text).origin;
    let mut parts = Vec::with_capacity(2 * places.len() + 1);
    let mut done = 0;
    for (range, term) in places {
        if range.start > done {
            let before = words[done..range.start].to_owned();
            parts.push(document.create(Data::Text(before), origin));
        }
        let full = &known.words[*term].1;
        let abbr = document.create_element("abbr", &[("title", full)]);
        let stem = document.create(Data::Text(words[range.clone()].to_owned()), origin);
        document.append(abbr, stem);
        parts.push(abbr);
        done = range.end;
    }
    if done < words.len() {
        let rest = words[done..].to_owned();
        parts.push(document.create(Data::Text(rest), origin));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};
    use crate::files::{FileId, Span};
    use crate::model::{Id, Kind, Located};

    fn term(word: &str, full: Option<&str>) -> Term {
        let span = Span::new(FileId::nth(0), 0..0);
        Term {
            id: Id::new(Kind::Term, "a"),
            span,
            term: Located::new(word.to_owned(), span),
            full: full.map(|full| Located::new(full.to_owned(), span)),
            text: Located::new("Forklaring.".to_owned(), span),
        }
    }

    /// The words that are marked, as `KS=Kommunesektorens organisasjon`.
    fn marked(html: &str) -> Vec<String> {
        let terms = [
            term("KS", Some("Kommunesektorens organisasjon")),
            term("KS-Norge", Some("Den nye")),
            term("MIPR", Some("Rådet")),
            term("region", None),
        ];
        let mut document = parse(html, Meta::default()).document;
        let before = document.text_of(Document::ROOT);
        mark(&mut document, &terms);
        assert_eq!(document.text_of(Document::ROOT), before, "no word is lost");
        let all = document.descendants(Document::ROOT);
        let abbr = all.filter(|&id| document.get(id).is("abbr"));
        abbr.map(|id| {
            let title = document.get(id).attr("title").unwrap_or_default();
            format!("{}={title}", document.text_of(id))
        })
        .collect()
    }

    fn in_chapter(html: &str) -> Vec<String> {
        marked(&format!("<section class=\"chapter\">{html}</section>"))
    }

    const KS: &str = "KS=Kommunesektorens organisasjon";
    const MIPR: &str = "MIPR=Rådet";
    const NOTHING: [&str; 0] = [];

    #[test]
    fn the_first_place_in_a_chapter_and_in_each_item_is_marked() {
        let html = "<p>KS og <em>KS</em></p><p>KS, MIPR</p>\
                    <article><p>KS sa. KS gjorde.</p></article><div class=\"card\"><p>KS</p></div>\
                    <p>KS</p>";
        assert_eq!(in_chapter(html), [KS, MIPR, KS, KS]);
    }

    #[test]
    fn genitives_and_compounds_are_marked_by_their_stem() {
        assert_eq!(in_chapter("<p>KS’ medlemmer</p>"), [KS]);
        assert_eq!(in_chapter("<p>MIPR-sekretariatet</p>"), [MIPR]);
        assert_eq!(in_chapter("<p>(MIPRs plan)</p>"), [MIPR]);
        assert_eq!(in_chapter("<p>KS-Norge</p>"), ["KS-Norge=Den nye"]);
    }

    #[test]
    fn parts_of_other_words_are_not_marked_nor_terms_that_are_no_abbreviation() {
        let html = "<p>IKS, KSs, KSO, ks, XMIPR, MIPRene, region, www.KS.no, a@KS.no</p>";
        assert_eq!(in_chapter(html), NOTHING);
    }

    #[test]
    fn what_is_no_running_text_is_left_alone() {
        for html in [
            "<h3>KS</h3>",
            "<p><a href=\"#a\">KS</a></p>",
            "<p><code>KS</code></p>",
            "<p><cite>KS</cite></p>",
            "<blockquote>KS</blockquote>",
            "<p class=\"verbatim\">KS</p>",
            "<article class=\"question\"><p>KS</p></article>",
            "<p><abbr title=\"x\"><b>x</b></abbr><dfn>KS</dfn></p>",
            "<svg><text>KS</text></svg>",
            "<dl class=\"glossary\"><dt>KS</dt><dd>KS</dd></dl>",
        ] {
            let found = in_chapter(html);
            assert!(found.iter().all(|m| m == "x=x"), "{html}: {found:?}");
        }
        assert_eq!(marked("<nav class=\"toc\">KS</nav><p>KS</p>"), NOTHING);
    }

    #[test]
    fn more_terms_and_more_paragraphs_do_not_multiply() {
        let many = |size: usize| {
            let words: Vec<String> = (0..size).map(|n| format!("KS{n}")).collect();
            let terms: Vec<_> = words.iter().map(|word| term(word, Some("Rådet"))).collect();
            let paragraphs = words.iter().map(|word| format!("<p>Om {word} og mer.</p>"));
            let html = format!("<article>{}</article>", paragraphs.collect::<String>());
            (parse(&html, Meta::default()).document, terms)
        };
        steps::assert_linear(100, many, |(mut document, terms)| {
            mark(&mut document, &terms);
            let marked = document.descendants(Document::ROOT);
            let marked = marked.filter(|&id| document.get(id).is("abbr"));
            assert_eq!(marked.count(), terms.len());
        });
    }
}
