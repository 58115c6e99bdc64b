//! Line numbers in the margin, for discussions in meetings.
//!
//! [`add`] is the entry point. Counting starts again on each page. Lines of text, lists and tables count;
//! drawings, notes and margins do not.

use super::build::Builder;
use super::furniture::Furniture;
use super::pages::PageKind;
use super::{LayoutInput, Owner, Page, PageItem, Pages, Shape};
use crate::dom::{Document, NodeId};

/// Which lines have a number.
const EVERY: usize = 5;
/// Space between a number and the text.
const GAP: f64 = 14.0;
/// Baselines nearer than this belong to one line: those of raised and lowered signs.
const NEAR: f64 = 4.5;

/// Adds the numbers to all pages but those that one line box fills.
pub(super) fn add(
    builder: &mut Builder,
    input: &LayoutInput,
    pages: &mut Pages,
    page_kinds: &[PageKind],
) {
    let mut furniture = Furniture::new(builder, input, &input.theme.page);
    let with_margins = pages
        .pages
        .iter_mut()
        .zip(page_kinds)
        .filter(|(_, s)| !s.full);
    for (page, _) in with_margins {
        let lines = baselines(input.document, page);
        for (index, y) in lines.into_iter().enumerate() {
            let number = index + 1;
            if number % EVERY == 0 {
                let placed = furniture.before_text(&number.to_string(), GAP, y);
                page.items.extend(placed);
            }
        }
    }
}

/// The baselines of the lines of a page, from top to bottom.
fn baselines(document: &Document, page: &Page) -> Vec<f64> {
    let counts = |id: NodeId| {
        document.get(id).text().is_some()
            && document.ancestor(id, |n| n.has_class("note")).is_none()
    };
    let mut all: Vec<f64> = page
        .items
        .iter()
        .filter_map(|PageItem { owner, shape }| match (owner, shape) {
            (Owner::Node(id), Shape::Glyphs(run)) if counts(*id) => Some(run.at.y.to_pt()),
            _ => None,
        })
        .collect();
    all.sort_by(f64::total_cmp);
    let lines = all.chunk_by(|one, next| next - one < NEAR);
    lines.filter_map(|line| line.last().copied()).collect()
}
