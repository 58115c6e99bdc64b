//! Bookmarks, from the headings (ISO 32000-1, 12.3.3).

use super::file::File;
use super::links::{Links, places};
use super::marked_content;
use super::syntax::Ref;
use crate::dom::{Document, NodeId};
use crate::layout::{Destination, Pages};
use rustc_hash::FxHashMap;

/// A heading and the headings below it.
struct OutlineItem {
    title: String,
    place: Destination,
    level: u8,
    below: Vec<OutlineItem>,
}

/// Writes the bookmarks; `None` if there are no headings on the pages.
pub(super) fn write(
    document: &Document,
    pages: &Pages,
    links: &Links<'_>,
    page_refs: &[Ref],
    file: &mut File,
) -> Option<Ref> {
    let items = gather(document, pages);
    if items.is_empty() {
        return None;
    }
    let root = file.reserve();
    let (first, last) = write_level(&items, root, links, page_refs, file)?;
    file.set(root, |v| {
        v.dict(|d| {
            d.name("Type", "Outlines");
            d.reference("First", first);
            d.reference("Last", last);
            d.int("Count", items.len());
        });
    });
    Some(root)
}

/// The headings as a tree. The title of the document stands beside the chapters instead of above
/// them, so that these are seen without opening it.
fn gather(document: &Document, pages: &Pages) -> Vec<OutlineItem> {
    let mut places: FxHashMap<NodeId, Destination> =
        places(document, pages).map(|d| (d.node, d)).collect();
    let mut open: Vec<OutlineItem> = Vec::new();
    let mut top = Vec::new();
    for node in document.descendants(Document::ROOT) {
        let Some(level) = document.get(node).heading_level() else {
            continue;
        };
        let Some(place) = places.remove(&node) else {
            continue;
        };
        let level = level.max(2);
        let title = marked_content::one_line(&document.title_of(node));
        if title.is_empty() {
            continue;
        }
        close(&mut open, &mut top, level);
        open.push(OutlineItem {
            title,
            place,
            level,
            below: Vec::new(),
        });
    }
    close(&mut open, &mut top, 0);
    top
}

/// Closes the open items that a heading of this level does not stand below.
fn close(open: &mut Vec<OutlineItem>, top: &mut Vec<OutlineItem>, level: u8) {
    while let Some(item) = open.pop_if(|item| item.level >= level) {
        let above = open.last_mut().map_or(&mut *top, |above| &mut above.below);
        above.push(item);
    }
}

/// Writes the items of one level; returns the first and the last.
fn write_level(
    items: &[OutlineItem],
    parent: Ref,
    links: &Links<'_>,
    page_refs: &[Ref],
    file: &mut File,
) -> Option<(Ref, Ref)> {
    let ids: Vec<Ref> = items.iter().map(|_| file.reserve()).collect();
    for (i, item) in items.iter().enumerate() {
        // At most five deep, as there are five levels.
        let below = write_level(&item.below, ids[i], links, page_refs, file);
        file.set(ids[i], |v| {
            v.dict(|d| {
                d.text("Title", &item.title);
                d.reference("Parent", parent);
                if let Some(before) = i.checked_sub(1) {
                    d.reference("Prev", ids[before]);
                }
                if let Some(&next) = ids.get(i + 1) {
                    d.reference("Next", next);
                }
                if let Some((first, last)) = below {
                    d.reference("First", first);
                    d.reference("Last", last);
                    // Negative: closed until it is opened.
                    d.int(
                        "Count",
                        -i64::try_from(item.below.len()).unwrap_or(i64::MAX),
                    );
                }
                links.write_place(&item.place, page_refs, "Dest", d);
            });
        });
    }
    Some((*ids.first()?, *ids.last()?))
}
