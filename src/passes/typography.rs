//! Norwegian and English typography for the council's own text.
//!
//! [`set`] processes the text paragraph by paragraph, so that a pair of quotation marks can enclose other
//! elements. Straight quotation marks become typographic ones ([`quotes`]), hyphens used as dashes become
//! dashes, three full stops become an ellipsis ([`dashes`]), and spaces where a line must not end
//! ([`nobreak`]) become no-break spaces. Correct characters, letters and digits do not change.
//!
//! Verbatim text, code and drawings are never changed: see [`is_kept`]. Changed text keeps its original
//! for the comparison of the model with the tree.

mod dashes;
mod quotes;

use crate::conservation::OriginalTexts;
use crate::dom::level::is_block;
use crate::dom::{Data, Document, Node, NodeId, nobreak};
use crate::language;
use crate::steps;
use std::collections::BTreeSet;
use std::ops::Range;

/// Stands for a drawing or the number of a note: something that is no word.
const OBJECT: char = '\u{fffc}';

/// Stands for a line break that means something.
const BREAK: char = '\u{2028}';

/// Sets the text of the document, and what the document says of itself.
pub(super) fn set(document: &mut Document) -> OriginalTexts {
    let language = document.meta.language.clone();
    let meta = &mut document.meta;
    for text in [
        &mut meta.title,
        &mut meta.description,
        &mut meta.running_title,
        &mut meta.running_status,
    ] {
        *text = set_line(text, &language);
    }
    let mut written = OriginalTexts::new();
    for mut paragraph in paragraphs(document) {
        paragraph.set();
        for part in paragraph.parts {
            let Some(id) = part.node else { continue };
            if let Data::Text(text) = &mut document.get_mut(id).data
                && *text != part.text
            {
                written.insert(id, std::mem::replace(text, part.text));
            }
        }
    }
    written
}

/// A text that stands alone and is for machines too: its spaces stay.
fn set_line(text: &str, language: &str) -> String {
    let mut paragraph = Paragraph {
        parts: vec![TextRun {
            node: None,
            text: text.to_owned(),
            marks: marks_of(language),
        }],
    };
    paragraph.signs();
    paragraph.parts.into_iter().map(|part| part.text).collect()
}

/// The marks that a language quotes with, before and after.
type QuotationMarks = (&'static str, &'static str);

/// The marks of a language by its BCP 47 tag. Languages whose rules are not known are left as they are.
fn marks_of(tag: &str) -> Option<QuotationMarks> {
    language::of(tag).map(|language| language.quotes)
}

/// A piece of text inside a paragraph.
#[derive(Debug)]
struct TextRun {
    /// The text node, if it may be changed.
    node: Option<NodeId>,
    text: String,
    /// The marks of its language; `None` where nothing may be changed.
    marks: Option<QuotationMarks>,
}

/// Text that is read as one.
#[derive(Debug, Default)]
struct Paragraph {
    parts: Vec<TextRun>,
}

/// A place in the text of a paragraph, and what shall stand there.
#[derive(Debug, PartialEq, Eq)]
struct Edit {
    at: Range<usize>,
    with: &'static str,
}

impl Paragraph {
    fn set(&mut self) {
        self.signs();
        self.change(|text, _| kept_spaces(text));
    }

    fn signs(&mut self) {
        self.change(|text, _| dashes::ellipses(text));
        self.change(|text, _| dashes::ranges(text));
        self.change(|text, _| dashes::pauses(text));
        self.change(quotes::double);
        self.change(quotes::single);
    }

    /// Makes the edits that a rule finds, each of which must lie inside a part that may be changed.
    fn change(
        &mut self,
        rule: impl Fn(&str, &dyn Fn(usize) -> Option<QuotationMarks>) -> Vec<Edit>,
    ) {
        let text: String = self.parts.iter().map(|part| part.text.as_str()).collect();
        let addresses = addresses(&text);
        let mut starts = Vec::with_capacity(self.parts.len());
        let mut end = 0;
        for part in &self.parts {
            starts.push(end);
            end += part.text.len();
        }
        let part_at = |at: usize| starts.partition_point(|&start| start <= at) - 1;
        let marks_at = |at: usize| {
            let marks = self.parts[part_at(at)].marks;
            marks.filter(|_| !is_inside(&addresses, at))
        };
        let edits = rule(&text, &marks_at);
        steps::count(edits.len() + self.parts.len());
        if edits.is_empty() {
            return;
        }
        let mut done: Vec<String> = vec![String::new(); self.parts.len()];
        // How far each part has been written.
        let mut at: Vec<usize> = starts.clone();
        for Edit { at: range, with } in edits {
            let part = part_at(range.start);
            if part == part_at(range.end - 1) && marks_at(range.start).is_some() {
                done[part].push_str(&text[at[part]..range.start]);
                done[part].push_str(with);
                at[part] = range.end;
            }
        }
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        for (((part, mut now), at), end) in self.parts.iter_mut().zip(done).zip(at).zip(ends) {
            now.push_str(&text[at..end]);
            part.text = now;
        }
    }
}

/// The paragraphs of the document, in order, with the text nodes that may be changed.
fn paragraphs(document: &Document) -> Vec<Paragraph> {
    enum Step {
        Enter(NodeId, Option<QuotationMarks>, bool),
        Leave,
    }
    let kept_ids = kept_ids(document);
    let mut done = Vec::new();
    let mut now = Paragraph::default();
    let marks = marks_of(&document.meta.language);
    let mut stack = vec![Step::Enter(Document::ROOT, marks, false)];
    while let Some(step) = stack.pop() {
        let Step::Enter(id, marks, kept) = step else {
            done.push(std::mem::take(&mut now));
            continue;
        };
        let node = document.get(id);
        if let Data::Text(text) = &node.data {
            let marks = marks.filter(|_| !kept);
            now.parts.push(TextRun {
                node: marks.map(|_| id),
                text: text.clone(),
                marks,
            });
            continue;
        }
        if let Some(sign) = stands_for(node) {
            now.parts.push(TextRun {
                node: None,
                text: sign.to_string(),
                marks: None,
            });
            continue;
        }
        if is_block(node.name()) {
            done.push(std::mem::take(&mut now));
            stack.push(Step::Leave);
        }
        let target = node.attr("href").and_then(|href| href.strip_prefix('#'));
        let kept = kept || is_kept(node) || target.is_some_and(|id| kept_ids.contains(id));
        let marks = node.attr("lang").map_or(marks, marks_of);
        let children = node.children.iter().rev();
        stack.extend(children.map(|&child| Step::Enter(child, marks, kept)));
    }
    done.push(now);
    done.retain(|paragraph| paragraph.parts.iter().any(|part| part.node.is_some()));
    done
}

/// The character that stands for an element without text of the paragraph.
fn stands_for(node: &Node) -> Option<char> {
    match node.name() {
        "br" => Some(BREAK),
        "svg" => Some(OBJECT),
        "a" if node.has_class("noteref") => Some(OBJECT),
        _ => None,
    }
}

/// Whether the words of an element are those of others, or for machines.
pub(super) fn is_kept(node: &Node) -> bool {
    matches!(
        node.name(),
        "blockquote" | "q" | "pre" | "code" | "kbd" | "svg"
    ) || node.has_class("verbatim")
        || node.has_class("question")
}

/// The ids of what is kept. The words of a link to it are often its own.
fn kept_ids(document: &Document) -> BTreeSet<&str> {
    let all = document.descendants(Document::ROOT);
    let kept = all.filter(|&id| is_kept(document.get(id)));
    kept.flat_map(|id| document.descendants(id))
        .filter_map(|id| document.get(id).attr("id"))
        .collect()
}

/// Whether a word is for machines.
fn is_address(word: &str) -> bool {
    nobreak::is_address(word) || word.contains('@')
}

/// Whether a place lies in one of the ranges, which follow each other.
pub(super) fn is_inside(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.end <= at);
    ranges.get(next).is_some_and(|range| range.start <= at)
}

/// The places of addresses, without the marks around them.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    if !text.contains("://") && !text.contains("www.") && !text.contains('@') {
        return Vec::new();
    }
    let words = text.split_whitespace().filter(|word| is_address(word));
    let words = words.map(|word| {
        let around = |c: char| !c.is_alphanumeric() && !matches!(c, '/' | '@' | '#' | '-' | '_');
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let bare = word.trim_end_matches(around);
        let end = start + bare.len();
        end - bare.trim_start_matches(around).len()..end
    });
    words.collect()
}

/// Spaces at which no line may end. What would get longer than a phone is wide stays apart there;
/// on paper the rule itself keeps it together.
fn kept_spaces(text: &str) -> Vec<Edit> {
    let is_space = |c: char| matches!(c, ' ' | '\n' | '\t');
    let flat = text.replace(is_space, " ");
    let mut edits = Vec::new();
    let mut group = 0;
    let mut at = 0;
    while let Some(space) = flat[at..].find(' ').map(|found| at + found) {
        let next = space + flat[space..].len() - flat[space..].trim_start_matches(' ').len();
        let end = flat[next..]
            .find(' ')
            .map_or(flat.len(), |found| next + found);
        let letters = flat[group..space].chars().count() + 1 + flat[next..end].chars().count();
        steps::count(end - group);
        let inside = space > group && next < flat.len();
        if inside && letters <= nobreak::LONGEST_KEPT && nobreak::forbids(&flat, next) {
            edits.push(Edit {
                at: space..next,
                with: "\u{a0}",
            });
        } else {
            group = next;
        }
        at = next;
    }
    edits
}

#[cfg(test)]
mod tests;
