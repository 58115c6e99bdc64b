//! Lays out a paragraph: text with styles in, lines of placed glyphs out.
//!
//! A [`Paragraph`] is gathered run by run ([`Paragraph::push`]); white space is collapsed on
//! the way as in HTML. [`ShapedParagraph::new`] shapes it and finds the places where lines may end,
//! [`ShapedParagraph::choose`] takes the best of them for a line width, and [`ShapedParagraph::line`]
//! places the glyphs of one line. This module does not depend on blocks and pages.

mod breaks;
mod choose;
mod finder;
mod place;

pub(super) use breaks::ShapedParagraph;
pub(super) use choose::LineWidths;
pub(super) use place::{Line, LineStretch};

use super::FaceId;
use super::shape::Forms;
use crate::dom::NodeId;
use crate::language::Hyphenation;
use crate::theme::Colour;

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TextStyle {
    /// The face.
    pub face: FaceId,
    /// Size of type in points.
    pub size: f64,
    /// Colour.
    pub colour: Colour,
    /// Which forms characters are set with.
    pub forms: Forms,
    /// How far the baseline is raised, in points.
    pub rise: f64,
    /// How words are divided; `None` if they are not.
    pub hyphenation: Option<&'static Hyphenation>,
    /// Whether words may be divided.
    pub hyphens: Hyphens,
    /// Whether no line may end inside.
    pub keep_on_line: bool,
    /// The decorations of the text.
    pub decoration: Option<TextDecoration>,
    /// The line of an `ins` around the text, which other decorations leave as it is.
    pub inserted: Option<TextDecoration>,
    /// The line of a `del` or `s` around the text, which other decorations leave as it is.
    pub deleted: Option<TextDecoration>,
    /// The `a` that the text stands in.
    pub link: Option<NodeId>,
}

/// Whether words are divided with a hyphen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hyphens {
    /// Where it makes the lines more even.
    Free,
    /// Only a word that is too long for a line.
    Forced,
    /// Never: a hyphen would be read as part of the text.
    Never,
}

/// What is drawn below, through or behind text. The node keeps neighbours apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TextDecoration {
    /// Its style.
    pub kind: DecorationKind,
    /// Its colour.
    pub colour: Colour,
    /// The colour behind the text, if it has one beside the decoration.
    pub background: Option<Colour>,
    /// The element that asked for it.
    pub node: NodeId,
}

/// The looks of a [`TextDecoration`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DecorationKind {
    /// A thin line below.
    Underline,
    /// A dotted line below.
    Dotted,
    /// A line through.
    Strike,
    /// A background that covers the line.
    Background,
    /// A background with round ends.
    Pill,
}

/// Text of one node in one style.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextRun {
    /// First byte in the paragraph's text.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The text node.
    pub node: NodeId,
    /// Index of the style.
    pub style: usize,
    /// Space before the first glyph, in points.
    pub pad_before: f64,
    /// Space after the last glyph, in points.
    pub pad_after: f64,
}

/// Text with its styles, white space collapsed.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) text_runs: Vec<TextRun>,
    pub(super) styles: Vec<TextStyle>,
}

/// How many styles are looked through for one that is there already.
const RECENT_STYLES: usize = 8;

/// The treatment of white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spaces {
    /// Runs of it become one space.
    Collapse,
    /// It is kept, and line ends are obeyed.
    Keep,
}

impl Paragraph {
    /// Whether there is nothing to see.
    pub(super) fn is_empty(&self) -> bool {
        self.text_runs.is_empty()
    }

    /// Adds text of a node.
    pub(super) fn push(&mut self, text: &str, node: NodeId, style: TextStyle, spaces: Spaces) {
        // A paragraph of many links has as many styles: only the last ones are looked at.
        let recent = self.styles.len().saturating_sub(RECENT_STYLES);
        let index = match self.styles[recent..].iter().rposition(|s| *s == style) {
            Some(index) => recent + index,
            None => {
                self.styles.push(style);
                self.styles.len() - 1
            }
        };
        let mut start = self.text.len();
        if spaces == Spaces::Keep {
            for line in text.split_inclusive('\n') {
                let from = self.text.len();
                let body = line.strip_suffix('\n').unwrap_or(line);
                self.text
                    .extend(body.chars().map(|c| if c == '\t' { ' ' } else { c }));
                let broken = line.ends_with('\n');
                if broken {
                    self.text.push(' ');
                }
                self.text_run(from, node, index);
                if broken {
                    self.line_end();
                }
            }
            return;
        }
        let mut after_space = self.text.is_empty() || self.text.ends_with([' ', '\n']);
        let mut rest = text;
        // By stretches without white space: most of the text is copied, not looked at again.
        while !rest.is_empty() {
            let word = rest.find(is_html_space).unwrap_or(rest.len());
            if word > 0 {
                self.text.push_str(&rest[..word]);
                after_space = false;
            }
            let space = rest[word..]
                .find(|c| !is_html_space(c))
                .unwrap_or(rest.len() - word);
            if space > 0 && !after_space {
                self.text.push(' ');
                after_space = true;
            }
            rest = &rest[word + space..];
        }
        start = start.min(self.text.len());
        self.text_run(start, node, index);
    }

    fn text_run(&mut self, start: usize, node: NodeId, style: usize) {
        let end = self.text.len();
        if end > start {
            self.text_runs.push(TextRun {
                start,
                end,
                node,
                style,
                pad_before: 0.0,
                pad_after: 0.0,
            });
        }
    }

    /// Ends the line here.
    pub(super) fn line_end(&mut self) {
        self.text.push('\n');
    }

    /// How many text runs there are so far; see [`Self::pad`].
    pub(super) fn run_count(&self) -> usize {
        self.text_runs.len()
    }

    /// Puts space around the text runs that were added since `from`.
    pub(super) fn pad(&mut self, from: usize, before: f64, after: f64) {
        if let Some(text_runs) = self.text_runs.get_mut(from..)
            && let [first, ..] = text_runs
        {
            first.pad_before += before;
            if let Some(last) = text_runs.last_mut() {
                last.pad_after += after;
            }
        }
    }
}

/// White space as HTML collapses it; a no-break space is a character like others.
fn is_html_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}
