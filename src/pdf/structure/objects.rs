//! Writes the structure elements as objects, with the parent tree from content to elements
//! (ISO 32000-1, 14.7.4.4) and the tree of identifiers (14.7.2).

use super::{Element, Kid, MarkedContentRef, StructureRefs, StructureTree};
use crate::pdf::file::File;
use crate::pdf::links::Links;
use crate::pdf::paint::PaintedPage;
use crate::pdf::syntax::{Array, Dict, Ref};
use std::collections::BTreeMap;

/// What elements refer to.
struct Refs<'a> {
    /// By element; `None` for one that is not in the tree, since nothing of it is shown.
    elements: Vec<Option<Ref>>,
    pages: &'a [Ref],
    areas: &'a [Ref],
    links: &'a Links<'a>,
}

/// Writes a tree.
pub(super) fn write(
    tree: &StructureTree,
    painted: &[PaintedPage],
    links: &Links<'_>,
    pages: &[Ref],
    areas: &[Ref],
    file: &mut File,
) -> StructureRefs {
    let root = file.reserve();
    let order = order(tree);
    let mut refs = Refs {
        elements: vec![None; tree.elements.len()],
        pages,
        areas,
        links,
    };
    for &(id, _) in &order {
        refs.elements[id] = Some(file.reserve());
    }
    let mut parents = ParentTree::new(painted, areas.len());
    let mut ids: BTreeMap<&str, Ref> = BTreeMap::new();
    for &(id, parent) in &order {
        let (Some(own), element) = (refs.elements[id], &tree.elements[id]) else {
            continue;
        };
        let parent = parent.map_or(Some(root), |above| refs.elements[above]);
        parents.note(element, own);
        if let Some(id) = &element.id {
            ids.insert(id, own);
        }
        file.set(own, |v| {
            v.dict(|d| refs.write(element, parent.unwrap_or(root), d));
        });
    }
    let next_key = parents.pages.len() + parents.areas.len();
    let areas = parents.areas.clone();
    let parents = parents.write(file);
    file.set(root, |v| {
        v.dict(|d| {
            d.name("Type", "StructTreeRoot");
            d.array("K", |a| {
                refs.elements[0].into_iter().for_each(|id| a.reference(id))
            });
            d.reference("ParentTree", parents);
            d.int("ParentTreeNextKey", next_key);
            if !ids.is_empty() {
                d.dict("IDTree", |tree| {
                    tree.array("Names", |a| {
                        for (id, element) in &ids {
                            a.bytes(id.as_bytes());
                            a.reference(*element);
                        }
                    });
                });
            }
        });
    });
    StructureRefs { root, areas }
}

/// The elements of a tree with their parents, from the root on.
fn order(tree: &StructureTree) -> Vec<(usize, Option<usize>)> {
    let mut order = Vec::with_capacity(tree.elements.len());
    let mut waiting = vec![(0, None)];
    while let Some((id, parent)) = waiting.pop() {
        order.push((id, parent));
        let kids = tree.elements[id].kids.iter();
        waiting.extend(kids.filter_map(|kid| match *kid {
            Kid::Element(child) => Some((child, Some(id))),
            Kid::Content(_) | Kid::Area(_) => None,
        }));
    }
    order
}

impl Refs<'_> {
    fn write(&self, element: &Element, parent: Ref, d: &mut Dict<'_>) {
        let page = element.kids.iter().find_map(|kid| match *kid {
            Kid::Content(place) => Some(place.page),
            Kid::Area(area) => Some(self.links.page_of(area)),
            Kid::Element(_) => None,
        });
        d.name("S", element.kind.name());
        d.reference("P", parent);
        if let Some(id) = &element.id {
            d.value("ID").bytes(id.as_bytes());
        }
        if let Some(page) = page {
            d.reference("Pg", self.pages[page]);
        }
        if let Some(language) = &element.language {
            d.text("Lang", language);
        }
        // A key of PDF 2.0 (ISO 32000-2, 14.7.2): readers of PDF 1.7 pass over it, as over any
        // that they do not know (ISO 32000-1, annex E), and find the note by its link.
        let refers = element.refers.iter().filter_map(|&id| self.elements[id]);
        if refers.clone().next().is_some() {
            d.array("Ref", |a| refers.for_each(|id| a.reference(id)));
        }
        if let Some(decoration) = element.decoration {
            decoration.write(d);
        }
        element
            .kind
            .write_attributes(element.area, &element.headers, d);
        d.array("K", |a| {
            for &kid in &element.kids {
                self.write_kid(kid, page, a);
            }
        });
    }

    /// Writes a kid of an element on a page.
    fn write_kid(&self, kid: Kid, page: Option<usize>, a: &mut Array<'_>) {
        match kid {
            Kid::Element(id) => {
                if let Some(id) = self.elements[id] {
                    a.reference(id);
                }
            }
            Kid::Content(place) if Some(place.page) == page => a.int(place.mcid),
            Kid::Content(place) => a.value().dict(|d| {
                d.name("Type", "MCR");
                d.reference("Pg", self.pages[place.page]);
                d.int("MCID", place.mcid);
            }),
            Kid::Area(area) => a.value().dict(|d| {
                d.name("Type", "OBJR");
                d.reference("Pg", self.pages[self.links.page_of(area)]);
                d.reference("Obj", self.areas[area]);
            }),
        }
    }
}

/// Which element each piece of content belongs to.
struct ParentTree {
    /// By page and number of the sequence.
    pages: Vec<Vec<Option<Ref>>>,
    areas: Vec<Option<Ref>>,
}

impl ParentTree {
    fn new(painted: &[PaintedPage], areas: usize) -> Self {
        let pages = painted.iter().map(|p| vec![None; p.sequences.len()]);
        Self {
            pages: pages.collect(),
            areas: vec![None; areas],
        }
    }

    fn note(&mut self, element: &Element, own: Ref) {
        for kid in &element.kids {
            match *kid {
                Kid::Content(MarkedContentRef { page, mcid, .. }) => {
                    self.pages[page][mcid] = Some(own)
                }
                Kid::Area(area) => self.areas[area] = Some(own),
                Kid::Element(_) => {}
            }
        }
    }

    /// Writes the parent tree: pages by their index, then areas.
    fn write(self, file: &mut File) -> Ref {
        let of_page = |elements: Vec<Option<Ref>>| {
            file.add(|v| {
                v.array(|a| {
                    for element in elements {
                        match element {
                            Some(element) => a.reference(element),
                            None => a.value().null(),
                        }
                    }
                });
            })
        };
        let pages: Vec<Ref> = self.pages.into_iter().map(of_page).collect();
        let areas = self.areas.into_iter().zip(pages.len()..);
        let areas: Vec<(usize, Ref)> = areas.filter_map(|(e, key)| Some((key, e?))).collect();
        file.add(|v| {
            v.dict(|d| {
                d.array("Nums", |a| {
                    for (key, id) in pages.into_iter().enumerate().chain(areas) {
                        a.int(key);
                        a.reference(id);
                    }
                });
            });
        })
    }
}
