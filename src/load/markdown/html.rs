//! Raw HTML in Markdown: comments are notes for authors and are dropped, the rest is shown as text.

use super::{BodyParser, rules};
use crate::model::{Block, Inline};
use std::ops::Range;

const OPENING: &str = "<!--";
const CLOSING: &str = "-->";

/// The HTML of a block, gathered line by line without the marks of the lists and quotations that
/// it stands in.
#[derive(Debug, Default)]
pub(super) struct Html {
    text: String,
    /// Where each piece begins: in `text`, and in the body.
    pieces: Vec<(usize, usize)>,
}

/// HTML without its comments.
#[derive(Debug)]
pub(super) struct UncommentedHtml {
    /// Its lines; blank ones are left out.
    pub(super) lines: Vec<String>,
    /// From the first to the last sign that is left, in the body.
    pub(super) range: Range<usize>,
    /// Where a comment begins that does not end, in the body.
    pub(super) unclosed: Option<usize>,
}

impl Html {
    /// Takes a piece that stands at `range` of the body.
    pub(super) fn push(&mut self, text: &str, range: &Range<usize>) {
        self.pieces.push((self.text.len(), range.start));
        self.text.push_str(text);
    }

    /// The text outside comments. A comment without an end does not count.
    pub(super) fn uncommented(&self) -> Option<UncommentedHtml> {
        let (kept, unclosed) = cut(&self.text);
        let signs = |range: &Range<usize>| {
            let text = &self.text[range.clone()];
            let start = range.start + (text.len() - text.trim_start().len());
            start..range.start + text.trim_end().len()
        };
        let (first, last) = (signs(kept.first()?), signs(kept.last()?));
        let whole: String = kept.iter().map(|range| &self.text[range.clone()]).collect();
        let lines = whole.lines().map(str::trim).filter(|line| !line.is_empty());
        Some(UncommentedHtml {
            lines: lines.map(str::to_owned).collect(),
            range: self.in_body(first.start)..self.in_body(last.end),
            unclosed: unclosed.map(|at| self.in_body(at)),
        })
    }

    /// Where a byte of the text stands in the body.
    fn in_body(&self, at: usize) -> usize {
        let next = self.pieces.partition_point(|(start, _)| *start <= at);
        let piece = self.pieces.get(next.saturating_sub(1));
        piece.map_or(at, |(start, body)| body + (at - start))
    }
}

/// The parts outside comments that hold more than spaces, and where a comment begins that does
/// not end.
fn cut(html: &str) -> (Vec<Range<usize>>, Option<usize>) {
    let mut kept = Vec::new();
    let mut unclosed = None;
    let mut at = 0;
    while let Some(found) = html[at..].find(OPENING) {
        let start = at + found;
        let Some(end) = end_of_comment(html, start) else {
            unclosed = Some(start);
            break;
        };
        kept.push(at..start);
        at = end;
    }
    kept.push(at..html.len());
    kept.retain(|range| !html[range.clone()].trim().is_empty());
    (kept, unclosed)
}

fn end_of_comment(html: &str, start: usize) -> Option<usize> {
    let inside = start + OPENING.len();
    let rest = &html[inside..];
    // `<!-->` and `<!--->` are whole comments (CommonMark 0.31, 6.6).
    if let Some(short) = [">", "->"].iter().find(|end| rest.starts_with(*end)) {
        return Some(inside + short.len());
    }
    rest.find(CLOSING).map(|at| inside + at + CLOSING.len())
}

/// Whether inline HTML is a comment.
pub(super) fn is_comment(html: &str) -> bool {
    html.starts_with(OPENING)
}

/// Where a comment begins in words of a paragraph: one that ended would not be among its words.
pub(super) fn unclosed_in(body: &str, words: &Range<usize>) -> Option<usize> {
    let signs = body[words.clone()].match_indices('<');
    let mut places = signs.map(|(at, _)| words.start + at);
    places.find(|&at| {
        let before = body[..at].bytes().rev().take_while(|b| *b == b'\\').count();
        body[at..].starts_with(OPENING) && before % 2 == 0
    })
}

impl BodyParser<'_> {
    /// Reports the tags among the words of a block.
    pub(super) fn flush_tags(&mut self) {
        if let Some((first, count)) = self.tags.take() {
            self.raw_html(&first, count);
        }
    }

    pub(super) fn raw_html(&mut self, range: &Range<usize>, tags: usize) {
        let message = match tags {
            1 => "HTML is not allowed, so it is shown as text".to_owned(),
            _ => format!("HTML is not allowed, so {tags} tags are shown as text"),
        };
        let hint = "write it in Markdown; design belongs in the templates";
        let said = rules::RAW_HTML.at(self.span(range), message);
        self.sink.report(said.hint(hint));
    }

    pub(super) fn unclosed_comment(&mut self, range: Range<usize>) {
        let message = "the comment that starts here does not end, so it is shown as text";
        let hint = "write `-->` at its end";
        let said = rules::RAW_HTML.at(self.span(&range), message);
        self.sink.report(said.hint(hint));
    }

    /// The text of a block of HTML; its comments are left out.
    pub(super) fn html_block(&mut self, html: &Html) {
        let Some(left) = html.uncommented() else {
            return;
        };
        match left.unclosed {
            Some(start) => self.unclosed_comment(start..left.range.end),
            None => self.raw_html(&left.range, 1),
        }
        let span = self.span(&left.range);
        let mut content = Vec::new();
        for line in left.lines {
            if !content.is_empty() {
                content.push(Inline::Break);
            }
            content.push(Inline::Text(line));
        }
        self.block(Block::Paragraph { content, span });
    }
}
