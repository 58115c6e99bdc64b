//! Walks the semantic tree and makes the structure elements.

use super::element_ids::ElementIds;
use super::headers::Tables;
use super::{Element, ElementId, Kid, MarkedContentRef, StructureTree};
use crate::dom::level::Levels;
use crate::dom::{Document, NodeId};
use crate::layout::Owner;
use crate::pdf::Error;
use crate::pdf::links::Links;
use crate::pdf::marked_content;
use crate::pdf::paint::PaintedPage;
use crate::pdf::structure_types::{CellSpans, StructureType, TextDecoration, structure_type_of};
use rustc_hash::FxHashMap;

/// An element whose children are being walked.
pub(super) struct OpenElement {
    pub(super) element: ElementId,
    /// The element around it that was made from the same node: the item of a body, the reference
    /// or label of a link.
    outer: Option<ElementId>,
    /// Whether lines need a paragraph here.
    pub(super) groups: bool,
    /// Whether all that stands here is set as one line of text, blocks too.
    flat: bool,
    /// The paragraph that lines stand in, while lines follow lines.
    pub(super) line: Option<ElementId>,
    /// Whether anything below is shown.
    pub(super) shown: bool,
    node: NodeId,
    /// Whether it was made from a link, whose page number and areas follow its text.
    links: bool,
}

enum Step {
    Enter(NodeId),
    Leave,
}

/// The walk.
pub(super) struct Builder<'a> {
    document: &'a Document,
    levels: Levels,
    links: &'a Links<'a>,
    content: FxHashMap<Owner, Vec<MarkedContentRef>>,
    areas: FxHashMap<Owner, [f64; 4]>,
    pub(super) tree: StructureTree,
    open: Vec<OpenElement>,
    names: ElementIds,
    /// The tables entered so far.
    tables: Tables,
    /// Notes by the `id` of their node.
    notes: FxHashMap<&'a str, ElementId>,
    /// References, with the `id` that each leads to.
    references: Vec<(ElementId, &'a str)>,
}

/// The tree of a document whose pages have been painted.
pub(super) fn build(
    document: &Document,
    painted: &[PaintedPage],
    links: &Links<'_>,
) -> Result<StructureTree, Error> {
    let mut builder = Builder {
        document,
        levels: Levels::of(document),
        links,
        content: FxHashMap::default(),
        areas: FxHashMap::default(),
        tree: StructureTree::default(),
        open: Vec::new(),
        names: ElementIds::default(),
        tables: Tables::default(),
        notes: FxHashMap::default(),
        references: Vec::new(),
    };
    builder.gather(painted);
    let root = builder.element(StructureType::Document, Document::ROOT);
    builder.push(root, None, Document::ROOT);
    builder.walk();
    builder.tie_notes();
    let Builder { tree, content, .. } = builder;
    // What is left was painted for a node that is not in the tree.
    let stray = content
        .iter()
        .flat_map(|(owner, places)| places.iter().map(move |p| (p, owner)));
    let first = stray.min_by_key(|(place, owner)| (place.page, place.mcid, **owner));
    match first {
        Some((place, Owner::Node(node) | Owner::Label(node) | Owner::PageNumber(node))) => {
            Err(Error::Stray {
                page: place.page,
                node: *node,
            })
        }
        _ => Ok(tree),
    }
}

/// The smallest area around two.
fn around(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [
        a[0].min(b[0]),
        a[1].min(b[1]),
        a[2].max(b[2]),
        a[3].max(b[3]),
    ]
}

impl<'a> Builder<'a> {
    /// Sorts the marked content of all pages by its owner. An area lies on one page; that of an
    /// owner is on its first.
    fn gather(&mut self, painted: &[PaintedPage]) {
        for (page, painted) in painted.iter().enumerate() {
            for (mcid, found) in painted.sequences.iter().enumerate() {
                let decoration = TextDecoration::of(self.document, found.owner);
                let places = self.content.entry(found.owner).or_default();
                places.push(MarkedContentRef {
                    page,
                    mcid,
                    decoration,
                });
                let first_page = places[0].page == page;
                if let Some(area) = found.area.filter(|_| first_page) {
                    let whole = self.areas.entry(found.owner).or_insert(area);
                    *whole = around(*whole, area);
                }
            }
        }
    }

    fn walk(&mut self) {
        let document = self.document;
        let children = |node| document.get(node).children.iter().rev();
        let mut steps: Vec<Step> = children(Document::ROOT).map(|&c| Step::Enter(c)).collect();
        while let Some(step) = steps.pop() {
            let node = match step {
                Step::Leave => {
                    self.leave();
                    continue;
                }
                Step::Enter(node) => node,
            };
            let opened = self.enter(node);
            let strays = self.tables.strays.get(&node).into_iter().flatten().rev();
            steps.extend(strays.map(|&stray| Step::Enter(stray)));
            if opened {
                steps.push(Step::Leave);
            }
            match self.tables.parts.get(&node) {
                Some(parts) => steps.extend(parts.iter().rev().map(|&part| Step::Enter(part))),
                None => steps.extend(children(node).map(|&child| Step::Enter(child))),
            }
        }
    }

    /// Takes a node; whether it has opened an element.
    fn enter(&mut self, node: NodeId) -> bool {
        let document = self.document;
        if let Some(text) = document.get(node).text() {
            self.text(node, text);
            return false;
        }
        let above = self.top().element;
        let above = &self.tree.elements[above].kind;
        let leads = self.links.leads(node);
        // A link in the contents that leads nowhere still has its page number behind its text.
        let numbered = self.content.contains_key(&Owner::PageNumber(node));
        let kind = match self.tables.kinds.get(&node) {
            Some(part) => Some(part.clone()),
            None => structure_type_of(document, node, above, leads),
        };
        let kind = self
            .at_level(kind, node)
            .or(numbered.then_some(StructureType::Span));
        let outer = self.outer_kind(node, above, leads);
        let (kind, outer) = match (kind, outer) {
            // Without a link inside, it is the element itself.
            (None | Some(StructureType::Span), Some(outer)) => (outer, None),
            (Some(kind), outer) => (kind, outer),
            (None, None) => {
                self.content(Owner::Node(node));
                self.content(Owner::Label(node));
                return false;
            }
        };
        if let Some(outer) = outer {
            let outer = self.element(outer, node);
            let inner = self.tree.add(Element::new(kind));
            self.push(inner, Some(outer), node);
            self.refer(outer, node);
        } else if kind == StructureType::ListItem {
            let item = self.element(kind, node);
            self.label(item, node);
            let body = self.tree.add(Element::new(StructureType::ListBody));
            let holds_blocks = self.levels.holds_blocks(node);
            let labelled = !self.tree.elements[item].kids.is_empty();
            self.push(body, Some(item), node);
            let top = self.top();
            top.groups = holds_blocks;
            top.shown = labelled;
        } else {
            if kind == StructureType::Table {
                self.tables.read(document, node);
            }
            let groups = kind.is_grouping() || self.mixes(&kind, node);
            let element = self.element(kind, node);
            self.push(element, None, node);
            self.top().groups = groups;
            self.describe(element, node);
            if self.tree.elements[element].kind == StructureType::Note {
                self.label(element, node);
            } else {
                self.content(Owner::Label(node));
            }
        }
        self.top().links = leads || numbered;
        self.top().flat |= numbered || self.is_flat(node);
        self.content(Owner::Node(node));
        true
    }

    /// The element that stands around a link: the reference of the contents or of a note, or the
    /// label that a note begins with.
    fn outer_kind(
        &self,
        node: NodeId,
        above: &StructureType,
        leads: bool,
    ) -> Option<StructureType> {
        let document = self.document;
        let this = document.get(node);
        if !this.is("a") {
            return None;
        }
        let refers = this.has_class("noteref") && !self.levels.holds_blocks(node);
        if leads && (refers || *above == StructureType::TocItem) {
            return Some(StructureType::Reference);
        }
        let begins = || {
            let siblings = this.parent.map(|p| &document.get(p).children);
            let mut elements = siblings?
                .iter()
                .filter(|&&n| document.get(n).text().is_none());
            elements.next().copied()
        };
        let labels =
            *above == StructureType::Note && this.has_class("number") && begins() == Some(node);
        labels.then_some(StructureType::Label)
    }

    /// What a kind becomes where lines are set, and where the node holds blocks.
    fn at_level(&self, kind: Option<StructureType>, node: NodeId) -> Option<StructureType> {
        if self.open.last().is_some_and(|open| open.flat) {
            return kind.filter(StructureType::is_inline);
        }
        match self.levels.holds_blocks(node) && !self.is_flat(node) {
            true => kind.map(StructureType::around_blocks),
            false => kind,
        }
    }

    /// Whether pages set all that a node holds as one paragraph.
    fn is_flat(&self, node: NodeId) -> bool {
        let node = self.document.get(node);
        node.heading_level().is_some() || node.is("pre")
    }

    /// Gives an element its identifier and those that it names.
    fn describe(&mut self, element: ElementId, node: NodeId) {
        let document = self.document;
        match self.tree.elements[element].kind {
            StructureType::Table => {
                let mut heads: Vec<NodeId> = Vec::new();
                for node in document.descendants(node) {
                    heads.extend(self.tables.headers.get(&node).into_iter().flatten());
                }
                // In the order of the document, not of the references.
                heads.sort_unstable();
                for head in heads {
                    self.names.name(document, head, "header");
                }
            }
            StructureType::HeaderCell { .. } | StructureType::Cell(_) => {
                let names = self.tables.headers.get(&node).into_iter().flatten();
                let names = names.filter_map(|&head| self.names.given(head).cloned());
                self.tree.elements[element].headers = names.collect();
                self.tree.elements[element].id = self.names.given(node).cloned();
            }
            StructureType::Note => {
                self.tree.elements[element].id = Some(self.names.name(document, node, "note"));
                if let Some(id) = document.get(node).attr("id") {
                    self.notes.entry(id).or_insert(element);
                }
            }
            _ => {}
        }
    }

    /// Notes that a reference to a note leads there.
    fn refer(&mut self, element: ElementId, node: NodeId) {
        let this = self.document.get(node);
        let target = this.attr("href").and_then(|href| href.strip_prefix('#'));
        if let Some(target) = target.filter(|_| this.has_class("noteref")) {
            let id = self.names.name(self.document, node, "noteref");
            self.tree.elements[element].id = Some(id);
            self.references.push((element, target));
        }
    }

    /// Ties notes and their references to each other.
    fn tie_notes(&mut self) {
        for (reference, target) in std::mem::take(&mut self.references) {
            if let Some(&note) = self.notes.get(target) {
                self.tree.elements[reference].refers.push(note);
                self.tree.elements[note].refers.push(reference);
            }
        }
    }

    /// Gives an item or a note the label that layout has set for it.
    fn label(&mut self, element: ElementId, node: NodeId) {
        if let Some(places) = self.content.remove(&Owner::Label(node)) {
            let label = self.tree.add(Element::new(StructureType::Label));
            self.tree.elements[label].kids = places.into_iter().map(Kid::Content).collect();
            self.tree.elements[element].kids.push(Kid::Element(label));
        }
    }

    /// Whether an element that may hold lines holds blocks too.
    fn mixes(&self, kind: &StructureType, node: NodeId) -> bool {
        let may = matches!(
            kind,
            StructureType::Label
                | StructureType::ListBody
                | StructureType::Cell(_)
                | StructureType::HeaderCell { .. }
                | StructureType::Caption
        );
        may && self.levels.holds_blocks(node)
    }

    fn leave(&mut self) {
        let (node, element) = (self.top().node, self.top().element);
        if self.top().links {
            self.content(Owner::PageNumber(node));
            let areas = self.links.areas_of(node).iter();
            let areas = areas.map(|&area| Kid::Area(area));
            self.tree.elements[element].kids.extend(areas);
            self.top().shown |= self.links.leads(node);
        }
        if self.tree.elements[element].kind == StructureType::Row {
            self.fill_row(element, node);
        }
        let Some(OpenElement { outer, shown, .. }) = self.open.pop() else {
            return;
        };
        // Empty cells and their rows hold a table in shape.
        let holds_shape = match self.tree.elements[element].kind {
            StructureType::Cell(_) | StructureType::HeaderCell { .. } | StructureType::Row => true,
            StructureType::TableHead | StructureType::TableBody | StructureType::TableFoot => {
                !self.tree.elements[element].kids.is_empty()
            }
            _ => false,
        };
        if !shown && !holds_shape {
            return;
        }
        let whole = outer.unwrap_or(element);
        let empty = self.tree.elements[element].kids.is_empty();
        if whole != element && !empty {
            self.tree.elements[whole].kids.push(Kid::Element(element));
        }
        self.attach(Kid::Element(whole), shown);
    }

    /// Gives a row the cells that it lacks: all rows are of one width (ISO 14289-1, 7.2).
    fn fill_row(&mut self, row: ElementId, node: NodeId) {
        for _ in 0..self.tables.lacks.get(&node).copied().unwrap_or_default() {
            let cell = self
                .tree
                .add(Element::new(StructureType::Cell(CellSpans::SINGLE)));
            self.tree.elements[row].kids.push(Kid::Element(cell));
        }
    }

    /// Takes the content of a text node.
    fn text(&mut self, node: NodeId, text: &str) {
        // The space behind the label of a note is part of it, and no paragraph.
        let element = self.top().element;
        let label = self.last_of_kind(element, &StructureType::Label);
        match label.filter(|_| text.trim().is_empty()) {
            Some(label) if self.tree.elements[element].kind == StructureType::Note => {
                let places = self.content.remove(&Owner::Node(node)).unwrap_or_default();
                let places = places.into_iter().map(Kid::Content);
                self.tree.elements[label].kids.extend(places);
            }
            _ => self.content(Owner::Node(node)),
        }
    }

    /// Takes the content of an owner into the element that is open.
    fn content(&mut self, owner: Owner) {
        for place in self.content.remove(&owner).unwrap_or_default() {
            self.attach(Kid::Content(place), true);
        }
        if let Some(area) = self.areas.get(&owner).copied() {
            let element = self.top().element;
            self.tree.elements[element].area.get_or_insert(area);
        }
    }

    /// An element made from a node.
    fn element(&mut self, kind: StructureType, node: NodeId) -> ElementId {
        let language = marked_content::language(self.document.get(node));
        self.tree.add(Element {
            language: language.map(str::to_owned),
            ..Element::new(kind)
        })
    }

    fn push(&mut self, element: ElementId, outer: Option<ElementId>, node: NodeId) {
        let groups = self.tree.elements[element].kind.is_grouping();
        let flat = self.open.last().is_some_and(|open| open.flat);
        self.open.push(OpenElement {
            element,
            outer,
            groups,
            flat,
            line: None,
            shown: false,
            node,
            links: false,
        });
    }

    pub(super) fn top(&mut self) -> &mut OpenElement {
        self.open.last_mut().expect("the root is closed by nobody")
    }
}
