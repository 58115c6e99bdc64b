//! Fills in what depends on all pages: page numbers in the contents, running header and footer with the
//! draft mark, and the colour of the paper.
//!
//! [`fill_in`] is the entry point. [`Furniture`] also prints line numbers
//! ([`line_numbers`](super::line_numbers)).

use super::build::Builder;
use super::flow::{decoration, rectangle, rounded};
use super::pages::PageKind;
use super::paragraph::{Hyphens, Line, Paragraph, Spaces};
use super::shape::Forms;
use super::style::{Context, Styles};
use super::{Artifact, Family, LayoutInput, Owner, Page, PageItem, Pages, Shape, Style};
use crate::dom::{Document, NodeId};
use crate::theme::{Colour, Length, PageSize};
use std::collections::BTreeMap;

/// Distance of the header's baseline from the upper edge of the text.
const HEADER_RISE: f64 = 32.0;
/// Distance of the rule below the header from its baseline.
const RULE_DROP: f64 = 7.0;
/// Distance of the footer's baseline from the lower edge of the text.
const FOOTER_DROP: f64 = 38.0;
/// Least space between the two halves of the header.
const GAP: f64 = 18.0;
/// Size of the status of a draft, as a part of the header's.
const MARK_SIZE: f64 = 0.94;

/// Adds page numbers, headers and footers, none of the latter where a page is full; and the colour of
/// the paper, if it is not white.
pub(super) fn fill_in(
    builder: &mut Builder,
    input: &LayoutInput,
    pages: &mut Pages,
    page_kinds: &[PageKind],
) {
    number_entries(builder, input, pages);
    let count = pages.pages.len();
    let across = input.theme.page.across();
    for (paper, lies) in [(&input.theme.page, false), (&across, true)] {
        let mut furniture = Furniture::new(builder, input, paper);
        let header = furniture.header();
        for (index, page) in pages.pages.iter_mut().enumerate() {
            if !page_kinds[index].full && page_kinds[index].across == lies {
                page.items.extend(header.iter().cloned());
                furniture.footer(page, index + 1, count);
            }
        }
    }
    let colour = input.theme.colours.paper;
    for page in pages.pages.iter_mut().filter(|_| colour != Colour::WHITE) {
        page.items.insert(0, paper(page, colour));
    }
}

/// The colour of the paper, below all else.
fn paper(page: &Page, colour: Colour) -> PageItem {
    let whole = rectangle(0.0, 0.0, page.width.to_pt(), page.height.to_pt());
    decoration(whole, Some(colour))
}

/// Fills the page numbers of the contents in.
fn number_entries(builder: &mut Builder, input: &LayoutInput, pages: &mut Pages) {
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for destination in &pages.destinations {
        if let Some(id) = input.document.get(destination.node).attr("id") {
            by_id.entry(id).or_insert(destination.page);
        }
    }
    let target = |node: NodeId| -> Option<usize> {
        let id = input.document.get(node).attr("href")?.strip_prefix('#')?;
        by_id.get(id).copied()
    };
    for page in &mut pages.pages {
        for item in &mut page.items {
            let Owner::PageNumber(node) = item.owner else {
                continue;
            };
            let Shape::Glyphs(run) = &mut item.shape else {
                continue;
            };
            let text = target(node).map_or_else(|| "–".to_owned(), |page| (page + 1).to_string());
            let id = builder.shaper.word(&text, run.face, Forms::Tabular);
            let shaped = builder.shaper.get(id);
            run.at.x -= Length::pt(shaped.width * run.size.to_pt() / 1000.0);
            run.glyphs = shaped.glyphs.clone();
            run.text = text;
        }
    }
}

/// Sets headers, footers and numbers of lines.
pub(super) struct Furniture<'b, 'a> {
    builder: &'b mut Builder<'a>,
    input: &'b LayoutInput<'b>,
    paper: &'b PageSize,
    context: Context,
}

impl<'b, 'a> Furniture<'b, 'a> {
    pub(super) fn new(
        builder: &'b mut Builder<'a>,
        input: &'b LayoutInput<'b>,
        paper: &'b PageSize,
    ) -> Self {
        let styles = Styles {
            theme: input.theme,
            fonts: input.fonts,
        };
        let mut context = styles.root(&input.document.meta.language);
        context.font.family = Family::Sans;
        context.text.face = styles.face(context.font);
        context.text.size = input.theme.sizes.caption.to_pt();
        context.text.colour = input.theme.colours.quiet;
        context.text.hyphens = Hyphens::Forced;
        context.text.forms = Forms::Tabular;
        (context.x, context.width) = (paper.left.to_pt(), paper.text_width().to_pt().max(1.0));
        Self {
            builder,
            input,
            paper,
            context,
        }
    }

    fn right(&self) -> f64 {
        self.context.x + self.context.width
    }

    /// The header, the same on every page: the title at the left, the status at the right.
    fn header(&mut self) -> Vec<PageItem> {
        let meta = &self.input.document.meta;
        let y = self.paper.top.to_pt() - HEADER_RISE;
        let mark = self.draft_mark(&meta.draft_mark, self.right(), y);
        let mut right = mark
            .as_ref()
            .map_or(self.right(), |mark| mark.left - GAP / 2.0);
        let status = self.line(&meta.running_status);
        let status = status.map(|status| {
            let x = right - status.width;
            right = x - GAP;
            placed(status, x, y, Artifact::Header)
        });
        let mut items = Vec::new();
        if let Some(title) = self.shortened(&meta.running_title, right - self.context.x) {
            items.extend(placed(title, self.context.x, y, Artifact::Header));
        }
        items.extend(status.into_iter().flatten());
        items.extend(mark.into_iter().flat_map(|mark| mark.items));
        if !items.is_empty() {
            let rule = rectangle(self.context.x, y + RULE_DROP, self.context.width, 0.5);
            let mut rule = decoration(rule, Some(self.input.theme.colours.rule));
            rule.owner = Owner::Artifact(Artifact::Header);
            items.push(rule);
        }
        items
    }

    /// What says on every page that the text is not adopted: a pill that ends at `right`.
    fn draft_mark(&mut self, text: &str, right: f64, y: f64) -> Option<DraftMark> {
        let plain = self.context;
        let colours = &self.input.theme.colours;
        let font = Style {
            bold: true,
            ..self.context.font
        };
        self.context.text.face = self.builder.face(font);
        self.context.text.size *= MARK_SIZE;
        self.context.text.colour = colours.accent;
        let line = self.line(text);
        let size = self.context.text.size;
        self.context = plain;
        let line = line?;
        let (pad, height) = (size * 0.7, size * 1.7);
        let left = right - line.width - 2.0 * pad;
        let background = rounded(left, y - size * 1.2, right - left, height, height / 2.0);
        let mut items = vec![decoration(background, Some(colours.pill()))];
        items.extend(placed(line, left + pad, y, Artifact::Watermark));
        for item in &mut items {
            item.owner = Owner::Artifact(Artifact::Watermark);
        }
        Some(DraftMark { items, left })
    }

    /// Adds the version at the left and the number of the page at the right.
    fn footer(&mut self, page: &mut Page, number: usize, count: usize) {
        let (number, count) = (number.to_string(), count.to_string());
        let text = &self.input.document.meta.page_x_of_y;
        let text = text.replace("{x}", &number).replace("{y}", &count);
        let y = (self.paper.height - self.paper.bottom).to_pt() + FOOTER_DROP;
        let mut right = self.right();
        let number = self.line(&text).map(|line| {
            let x = right - line.width;
            right = x - GAP;
            placed(line, x, y, Artifact::Footer)
        });
        if let Some(version) = self.version(right - self.context.x) {
            let version = placed(version, self.context.x, y, Artifact::Footer);
            page.items.extend(version);
        }
        page.items.extend(number.into_iter().flatten());
    }

    /// What the version is, in as many of its parts as there is room for. The digest goes last but
    /// for the number: it says by itself which version a page is of, and half of it says nothing.
    fn version(&mut self, room: f64) -> Option<Line> {
        let mut parts = self.input.document.meta.running_version.clone();
        loop {
            let line = self.line(&parts.join(" · "))?;
            if line.width <= room {
                return Some(line);
            }
            match parts.len() {
                0 | 1 => return None,
                2 => parts.truncate(1),
                count => drop(parts.remove(count - 2)),
            }
        }
    }

    /// The number of a line, ending `gap` before the text.
    pub(super) fn before_text(&mut self, number: &str, gap: f64, y: f64) -> Vec<PageItem> {
        let Some(line) = self.line(number) else {
            return Vec::new();
        };
        let x = (self.context.x - gap - line.width).max(0.0);
        placed(line, x, y, Artifact::LineNumber).collect()
    }

    /// A text on one line, without the words at its end that there is no room for.
    fn shortened(&mut self, text: &str, room: f64) -> Option<Line> {
        let line = self.line(text)?;
        if line.width <= room {
            return Some(line);
        }
        let mut cut = |end: &usize| self.line(&format!("{} …", &text[..*end]));
        let ends = word_ends(text);
        // More words take more room, so that the last that fits is found without trying each.
        let fitting = ends.partition_point(|end| cut(end).is_some_and(|l| l.width <= room));
        cut(ends[..fitting].last()?)
    }

    fn line(&mut self, text: &str) -> Option<Line> {
        let mut paragraph = Paragraph::default();
        paragraph.push(text, Document::ROOT, self.context.text, Spaces::Collapse);
        if paragraph.is_empty() {
            return None;
        }
        Some(self.builder.one_line(paragraph, 0.0))
    }
}

/// Where each word of a text ends but the last.
fn word_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut in_word = false;
    for (at, c) in text.trim_end().char_indices() {
        if c.is_whitespace() && in_word {
            ends.push(at);
        }
        in_word = !c.is_whitespace();
    }
    ends
}

/// The status of a draft, and where it begins.
struct DraftMark {
    items: Vec<PageItem>,
    left: f64,
}

/// The glyphs of a line with its left end and its baseline at a place.
fn placed(line: Line, x: f64, y: f64, artifact: Artifact) -> impl Iterator<Item = PageItem> {
    line.items.into_iter().map(move |mut item| {
        item.owner = Owner::Artifact(artifact);
        if let Shape::Glyphs(run) = &mut item.shape {
            run.at.x += Length::pt(x);
            run.at.y = Length::pt(y);
        }
        item
    })
}
