//! The front matter of Markdown files: TOML between two `+++` lines.

use super::file_offset::FileOffset;
use super::rules;
use crate::diag::Sink;
use crate::files::{FileId, SourceFile, Span};

/// The line that opens and closes front matter.
const FENCE: &str = "+++";

/// A Markdown file, split into its front matter and its body.
pub(super) struct MarkdownFile<'a> {
    pub(super) front: &'a str,
    pub(super) front_start: FileOffset,
    pub(super) body: &'a str,
    pub(super) body_start: usize,
}

/// Splits a Markdown file at its `+++` lines; reports front matter that is missing or not closed.
pub(super) fn split<'a>(
    id: FileId,
    file: &'a SourceFile,
    sink: &mut Sink,
) -> Option<MarkdownFile<'a>> {
    let text = file.text();
    let first_line = text.split('\n').next().unwrap_or_default();
    let opening = Span::new(id, 0..first_line.len());
    if first_line.trim_end() != FENCE {
        let mut broken =
            rules::FRONT_MATTER.at(opening, "the file does not start with front matter");
        if first_line.trim_end() == "---" {
            broken = broken
                .hint("front matter is TOML: write `+++` instead of `---` above and below it");
        } else {
            broken =
                broken.hint("start the file with a line `+++`, the keys, and another line `+++`");
        }
        sink.report(broken);
        return None;
    }
    let start = (first_line.len() + 1).min(text.len());
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == FENCE {
            let body_start = at + line.len();
            return Some(MarkdownFile {
                front: &text[start..at],
                front_start: FileOffset {
                    file: id,
                    offset: start,
                },
                body: &text[body_start..],
                body_start,
            });
        }
        at += line.len();
    }
    let unclosed =
        rules::FRONT_MATTER.at(opening, "the front matter that starts here is not closed");
    sink.report(unclosed.hint("write a line `+++` below the last key"));
    None
}
