//! The structure tree (ISO 32000-1, 14.7), from the semantic tree alone.
//!
//! [`write()`] walks the semantic tree in reading order ([`build`]), gives each element the marked
//! content sequences of its text in the order of pages, and puts the elements into the file
//! ([`objects`]). A note keeps its place in the tree, independent of the page that shows it. Scopes and
//! header cells of tables are computed first ([`headers`]).

mod attach;
mod build;
mod element_ids;
mod headers;
mod objects;

use super::Error;
use super::file::File;
use super::links::Links;
use super::paint::PaintedPage;
use super::structure_types::{StructureType, TextDecoration};
use super::syntax::Ref;
use crate::dom::Document;
use std::mem::take;

/// The index of an element in its [`StructureTree`].
type ElementId = usize;

/// A structure element.
struct Element {
    kind: StructureType,
    /// Its identifier, if others refer to it or it needs one.
    id: Option<String>,
    language: Option<String>,
    area: Option<[f64; 4]>,
    /// The line that is drawn with its own text.
    decoration: Option<TextDecoration>,
    /// Identifiers of the header cells of a cell.
    headers: Vec<String>,
    /// The elements that it refers to: a note for its reference, and the other way round.
    refers: Vec<ElementId>,
    kids: Vec<Kid>,
}

impl Element {
    fn new(kind: StructureType) -> Self {
        Self {
            kind,
            id: None,
            language: None,
            area: None,
            decoration: None,
            headers: Vec::new(),
            refers: Vec::new(),
            kids: Vec::new(),
        }
    }
}

/// What stands below an element.
#[derive(Clone, Copy)]
enum Kid {
    Element(ElementId),
    Content(MarkedContentRef),
    /// An area that can be pressed, by its number among [`Links`].
    Area(usize),
}

/// A reference to a marked-content sequence (ISO 32000-1, 14.7.4.2): its page, and its number
/// there.
#[derive(Clone, Copy)]
struct MarkedContentRef {
    page: usize,
    mcid: usize,
    /// The line that is drawn with its text.
    decoration: Option<TextDecoration>,
}

impl Kid {
    fn content(&self) -> Option<&MarkedContentRef> {
        match self {
            Self::Content(content) => Some(content),
            Self::Element(_) | Self::Area(_) => None,
        }
    }
}

/// The elements of a document; the first is its root.
#[derive(Default)]
struct StructureTree {
    elements: Vec<Element>,
}

/// What stands in the file after [`write()`].
pub(super) struct StructureRefs {
    /// The root of the structure tree.
    pub(super) root: Ref,
    /// By number of the area: its element.
    pub(super) areas: Vec<Option<Ref>>,
}

/// The structure tree of painted pages, written to the file.
pub(super) fn write(
    document: &Document,
    painted: &[PaintedPage],
    links: &Links<'_>,
    page_refs: &[Ref],
    area_refs: &[Ref],
    file: &mut File,
) -> Result<StructureRefs, Error> {
    let mut tree = build::build(document, painted, links)?;
    tree.separate_text();
    tree.decorate_text();
    tree.level_headings();
    Ok(objects::write(
        &tree, painted, links, page_refs, area_refs, file,
    ))
}

impl StructureTree {
    fn add(&mut self, element: Element) -> ElementId {
        self.elements.push(element);
        self.elements.len() - 1
    }

    /// Gives each heading the level below the one that it stands under: the first is at the top,
    /// and none is left out (ISO 14289-1, 7.4.2), whatever a template writes.
    fn level_headings(&mut self) {
        let mut above: Vec<u8> = Vec::new();
        let mut waiting = vec![0];
        while let Some(id) = waiting.pop() {
            let element = &mut self.elements[id];
            if let StructureType::Heading(level) = &mut element.kind {
                above.retain(|higher| *higher < *level);
                above.push(*level);
                *level = u8::try_from(above.len()).unwrap_or(u8::MAX);
            }
            let below = element.kids.iter().rev().filter_map(|kid| match kid {
                Kid::Element(kid) => Some(*kid),
                Kid::Content(_) | Kid::Area(_) => None,
            });
            waiting.extend(below);
        }
    }

    /// Wraps text that stands beside elements in `Span`s: several readers take an element's own
    /// text before its children, and so out of order. So is text that has another decoration than
    /// its neighbours, or stands in an element that cannot have one.
    fn separate_text(&mut self) {
        for id in 0..self.elements.len() {
            let Element { kind, kids, .. } = &self.elements[id];
            let has_elements = kids.iter().any(|kid| matches!(kid, Kid::Element(_)));
            let mut own = kids
                .iter()
                .filter_map(Kid::content)
                .map(|content| content.decoration);
            let Some(first) = own.next() else { continue };
            let is_plain = first.is_none() || kind.is_inline();
            if !has_elements && is_plain && own.all(|other| other == first) {
                continue;
            }
            let kids = take(&mut self.elements[id].kids);
            let mut separate = Vec::with_capacity(kids.len());
            let decoration = |kid: &Kid| kid.content().map(|content| content.decoration);
            let alike =
                |a: &Kid, b: &Kid| decoration(a).is_some() && decoration(a) == decoration(b);
            for group in kids.chunk_by(alike) {
                if group[0].content().is_some() {
                    let span = self.add(Element::new(StructureType::Span));
                    self.elements[span].kids = group.to_vec();
                    separate.push(Kid::Element(span));
                } else {
                    separate.extend_from_slice(group);
                }
            }
            self.elements[id].kids = separate;
        }
    }

    /// Gives each element that holds decorated text itself the decoration.
    fn decorate_text(&mut self) {
        for element in &mut self.elements {
            let mut own = element.kids.iter().filter_map(Kid::content);
            element.decoration = own.find_map(|content| content.decoration);
        }
    }
}
