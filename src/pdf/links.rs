//! Destinations and link annotations.

use super::file::File;
use super::marked_content;
use super::syntax::{LONGEST_STRING, Ref};
use crate::dom::anchor::is_counted;
use crate::dom::{Document, NodeId};
use crate::layout::{Destination, Pages, Rect};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The links of a document and their areas; areas are numbered in the order of pages.
pub(super) struct Links<'a> {
    document: &'a Document,
    pages: &'a Pages,
    named: BTreeMap<&'a str, Destination>,
    areas: Vec<LinkAnnotation>,
    by_link: FxHashMap<NodeId, Vec<usize>>,
}

struct LinkAnnotation {
    page: usize,
    area: Rect,
    link: NodeId,
    target: LinkTarget,
}

#[derive(Clone)]
enum LinkTarget {
    Place(Destination),
    Address(String),
}

impl<'a> Links<'a> {
    pub(super) fn gather(document: &'a Document, pages: &'a Pages) -> Self {
        let mut named = BTreeMap::new();
        for destination in places(document, pages) {
            if let Some(id) = document
                .get(destination.node)
                .attr("id")
                .filter(|id| !id.is_empty() && id.len() <= LONGEST_STRING)
            {
                named.entry(id).or_insert(destination);
            }
        }
        let mut areas = Vec::new();
        let mut by_link: FxHashMap<NodeId, Vec<usize>> = FxHashMap::default();
        for (page, content) in pages.pages.iter().enumerate() {
            for link in &content.links {
                if link.node.0 as usize >= document.len() {
                    continue;
                }
                let href = document.get(link.node).attr("href").unwrap_or_default();
                let Some(target) = target(href, &named) else {
                    continue;
                };
                by_link.entry(link.node).or_default().push(areas.len());
                areas.push(LinkAnnotation {
                    page,
                    area: link.area,
                    link: link.node,
                    target,
                });
            }
        }
        Self {
            document,
            pages,
            named,
            areas,
            by_link,
        }
    }

    /// Whether a node is a link with areas and a target; others are plain text.
    pub(super) fn leads(&self, node: NodeId) -> bool {
        self.by_link.contains_key(&node)
    }

    /// The numbers of the areas of a link.
    pub(super) fn areas_of(&self, link: NodeId) -> &[usize] {
        self.by_link.get(&link).map_or(&[], Vec::as_slice)
    }

    /// How many areas there are.
    pub(super) fn len(&self) -> usize {
        self.areas.len()
    }

    /// The index of the page of an area.
    pub(super) fn page_of(&self, area: usize) -> usize {
        self.areas[area].page
    }

    /// Writes the areas as link annotations (ISO 32000-1, 12.5.6.5). Those without an element are
    /// left out, since every annotation needs one (ISO 14289-1, 7.18.1). Returns the annotations
    /// of each page.
    pub(super) fn write(
        &self,
        page_refs: &[Ref],
        area_refs: &[Ref],
        elements: &[Option<Ref>],
        file: &mut File,
    ) -> Vec<Vec<Ref>> {
        let mut of_page = vec![Vec::new(); page_refs.len()];
        for (number, area) in self.areas.iter().enumerate() {
            if elements[number].is_none() {
                continue;
            }
            let page = &self.pages.pages[area.page];
            of_page[area.page].push(area_refs[number]);
            file.set(area_refs[number], |v| {
                v.dict(|d| {
                    d.name("Type", "Annot");
                    d.name("Subtype", "Link");
                    d.array("Rect", |a| {
                        let top = page.height - area.area.origin.y;
                        let left = area.area.origin.x;
                        a.real(left.to_pt());
                        a.real((top - area.area.height).to_pt());
                        a.real((left + area.area.width).to_pt());
                        a.real(top.to_pt());
                    });
                    // Printed, and without the frame that readers draw by default.
                    d.int("F", 4);
                    d.array("Border", |a| (0..3).for_each(|_| a.int(0)));
                    d.text("Contents", &self.words(area.link));
                    d.int("StructParent", page_refs.len() + number);
                    match &area.target {
                        LinkTarget::Place(place) => self.write_place(place, page_refs, "Dest", d),
                        LinkTarget::Address(address) => d.dict("A", |a| {
                            a.name("S", "URI");
                            a.value("URI").bytes(address.as_bytes());
                        }),
                    }
                });
            });
        }
        of_page
    }

    /// What a link is called: its label, its text, the words of its picture, or its address.
    fn words(&self, link: NodeId) -> String {
        let document = self.document;
        let label = document
            .get(link)
            .attr("aria-label")
            .map(marked_content::one_line);
        if let Some(label) = label.filter(|label| !label.is_empty()) {
            return label;
        }
        let text = marked_content::one_line(&document.text_of(link));
        if !text.is_empty() {
            return text;
        }
        let figure = document.descendants(link).find_map(|n| {
            let picture = matches!(document.get(n).name(), "img" | "svg");
            picture
                .then(|| marked_content::alternative(document, n))
                .flatten()
        });
        figure.unwrap_or_else(|| {
            document
                .get(link)
                .attr("href")
                .unwrap_or_default()
                .to_owned()
        })
    }

    /// Writes a destination (ISO 32000-1, 12.3.2.2) as an entry.
    pub(super) fn write_place(
        &self,
        place: &Destination,
        page_refs: &[Ref],
        key: &str,
        d: &mut super::syntax::Dict<'_>,
    ) {
        d.array(key, |a| self.fill_place(place, page_refs, a));
    }

    fn fill_place(&self, place: &Destination, page_refs: &[Ref], a: &mut super::syntax::Array<'_>) {
        a.reference(page_refs[place.page]);
        a.name("XYZ");
        a.int(0);
        a.real((self.pages.pages[place.page].height - place.y).to_pt());
        a.value().null();
    }

    /// Writes the name tree of all places with an `id`, so that an address can end in
    /// `#nameddest=id`; `None` if there are none. Blocks that nobody named are left out: there are as
    /// many as paragraphs, and each would take room in every file.
    pub(super) fn write_names(&self, page_refs: &[Ref], file: &mut File) -> Option<Ref> {
        let named = || self.named.iter().filter(|(name, _)| !is_counted(name));
        let (first, last) = (named().next()?, named().next_back()?);
        let leaf = file.add(|v| {
            v.dict(|d| {
                d.array("Limits", |a| {
                    a.bytes(first.0.as_bytes());
                    a.bytes(last.0.as_bytes());
                });
                d.array("Names", |a| {
                    for (name, place) in named() {
                        a.bytes(name.as_bytes());
                        a.value().array(|a| self.fill_place(place, page_refs, a));
                    }
                });
            });
        });
        Some(file.add(|v| v.dict(|d| d.array("Kids", |a| a.reference(leaf)))))
    }
}

/// The destinations that stand on a page of the document.
pub(super) fn places<'a>(
    document: &'a Document,
    pages: &'a Pages,
) -> impl Iterator<Item = Destination> + 'a {
    let known =
        |d: &&Destination| d.page < pages.pages.len() && (d.node.0 as usize) < document.len();
    pages.destinations.iter().filter(known).copied()
}

fn target(href: &str, named: &BTreeMap<&str, Destination>) -> Option<LinkTarget> {
    let href = href.trim();
    match href.strip_prefix('#') {
        Some(id) => named.get(id).copied().map(LinkTarget::Place),
        None if href.is_empty() => None,
        // A part of an address leads elsewhere or nowhere, so it cannot be shortened.
        None => Some(percent_encode(href))
            .filter(|address| address.len() <= LONGEST_STRING)
            .map(LinkTarget::Address),
    }
}

/// An address in the ASCII that PDF demands (ISO 32000-1, 12.6.4.7); what is encoded already
/// stays.
fn percent_encode(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_ascii_and_keep_what_is_encoded() {
        let address = "https://example.no/næring og by?q=100%25#å";
        let expected = "https://example.no/n%C3%A6ring%20og%20by?q=100%25#%C3%A5";
        assert_eq!(percent_encode(address), expected);
    }
}
