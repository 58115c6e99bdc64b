//! Verbatim bodies → paragraphs, with the text unchanged.

use crate::files::{FileId, Span};
use crate::model::{Block, Inline, Text};
use std::ops::Range;

/// Reads words that are kept as they are: every word, sign and line end is, and blank lines part
/// paragraphs. Indentations, runs of spaces and the number of blank lines are typing, not words: a
/// quotation is set as any other text.
pub(in crate::load) fn read_verbatim(body: &str, file: FileId, start: usize) -> Text {
    let mut blocks = Vec::new();
    let mut paragraph: Option<(Vec<Inline>, Range<usize>)> = None;
    let mut at = start;
    let finish = |paragraph: &mut Option<(Vec<Inline>, Range<usize>)>, blocks: &mut Vec<Block>| {
        if let Some((content, range)) = paragraph.take() {
            let span = Span::new(file, range);
            blocks.push(Block::Paragraph { content, span });
        }
    };
    for line in body.split_inclusive('\n') {
        let words = line.trim();
        if words.is_empty() {
            finish(&mut paragraph, &mut blocks);
        } else {
            let end = at + line.trim_end().len();
            let text = Inline::Text(words.to_owned());
            match &mut paragraph {
                Some((content, range)) => {
                    content.extend([Inline::Break, text]);
                    range.end = end;
                }
                None => paragraph = Some((vec![text], at..end)),
            }
        }
        at += line.len();
    }
    finish(&mut paragraph, &mut blocks);
    Text {
        blocks,
        verbatim: true,
        ..Text::default()
    }
}
