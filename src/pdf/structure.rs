//! The structure tree (ISO 32000-1, 14.7), from the semantic tree alone.
//!
//! [`build`] walks the tree in reading order and gives each element the marked content sequences
//! of its text, in the order of pages; elements that show nothing on any page are left out. What
//! the writer may not make is mended on the way: lines in a grouping element get a paragraph, and
//! what stands loose in a list gets an item.

use super::Error;
use super::file::{File, Ref};
use super::kinds::{Kind, holds_blocks, kind_of};
use super::links::Links;
use super::paint::Painted;
use crate::dom::{Document, NodeId};
use crate::layout::Owner;
use rustc_hash::FxHashMap;

/// The index of an element in its [`Tree`].
type ElementId = usize;

/// A structure element.
struct Element {
    kind: Kind,
    language: Option<String>,
    area: Option<[f64; 4]>,
    kids: Vec<Kid>,
}

/// What stands below an element.
#[derive(Clone, Copy)]
enum Kid {
    Element(ElementId),
    Content(Place),
    /// An area that can be pressed, by its number among [`Links`].
    Area(usize),
}

/// A marked content sequence: its page, and its number there.
#[derive(Clone, Copy)]
struct Place {
    page: usize,
    sequence: usize,
}

/// The elements of a document; the first is its root.
struct Tree {
    elements: Vec<Element>,
}

/// What stands in the file after [`write()`].
pub(super) struct Written {
    /// The root of the structure tree.
    pub(super) root: Ref,
    /// By number of the area: its element.
    pub(super) areas: Vec<Option<Ref>>,
}

/// The structure tree of painted pages, written to the file.
pub(super) fn write(
    document: &Document,
    painted: &[Painted],
    links: &Links<'_>,
    page_refs: &[Ref],
    area_refs: &[Ref],
    file: &mut File,
) -> Result<Written, Error> {
    let mut tree = build(document, painted, links)?;
    tree.separate_text();
    Ok(tree.write(painted, links, page_refs, area_refs, file))
}

/// An element whose children are being walked.
struct Open {
    element: ElementId,
    /// For an `li`, the item; `element` is its body.
    item: Option<ElementId>,
    /// Whether lines need a paragraph here.
    groups: bool,
    /// The paragraph that lines stand in, while lines follow lines.
    line: Option<ElementId>,
    /// Whether anything below is shown.
    shown: bool,
    /// The `a` that the element was made from.
    link: Option<NodeId>,
}

enum Step {
    Enter(NodeId),
    Leave,
}

struct Builder<'a> {
    document: &'a Document,
    links: &'a Links<'a>,
    content: FxHashMap<Owner, Vec<Place>>,
    areas: FxHashMap<Owner, [f64; 4]>,
    tree: Tree,
    open: Vec<Open>,
}

fn build(document: &Document, painted: &[Painted], links: &Links<'_>) -> Result<Tree, Error> {
    let mut content: FxHashMap<Owner, Vec<Place>> = FxHashMap::default();
    let mut areas = FxHashMap::default();
    for (page, painted) in painted.iter().enumerate() {
        for (sequence, found) in painted.sequences.iter().enumerate() {
            content
                .entry(found.owner)
                .or_default()
                .push(Place { page, sequence });
            if let Some(area) = found.area {
                areas.entry(found.owner).or_insert(area);
            }
        }
    }
    let mut builder = Builder {
        document,
        links,
        content,
        areas,
        tree: Tree {
            elements: Vec::new(),
        },
        open: Vec::new(),
    };
    let root = builder.element(Kind::Document, None);
    builder.push(root, None, None);
    builder.walk();
    let Builder { tree, content, .. } = builder;
    // What is left was painted for a node that is not in the tree.
    let stray = content
        .iter()
        .flat_map(|(owner, places)| places.iter().map(move |p| (p, owner)));
    let first = stray.min_by_key(|(place, owner)| (place.page, place.sequence, **owner));
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

impl Builder<'_> {
    fn walk(&mut self) {
        let mut steps = vec![];
        let children = |steps: &mut Vec<Step>, document: &Document, node| {
            steps.extend(
                document
                    .get(node)
                    .children
                    .iter()
                    .rev()
                    .map(|&c| Step::Enter(c)),
            );
        };
        children(&mut steps, self.document, Document::ROOT);
        while let Some(step) = steps.pop() {
            match step {
                Step::Leave => self.leave(),
                Step::Enter(node) => {
                    if self.enter(node) {
                        steps.push(Step::Leave);
                    }
                    children(&mut steps, self.document, node);
                }
            }
        }
    }

    /// Takes a node; whether it has opened an element.
    fn enter(&mut self, node: NodeId) -> bool {
        let document = self.document;
        if document.get(node).text().is_some() {
            self.content(Owner::Node(node));
            return false;
        }
        let above = self.open.last().map_or(0, |open| open.element);
        let above = &self.tree.elements[above].kind;
        let leads = self.links.leads(node);
        // A link in the contents that leads nowhere still has its page number behind its text.
        let numbered = self.content.contains_key(&Owner::PageNumber(node));
        let kind = kind_of(document, node, above, leads).or(numbered.then_some(Kind::Span));
        let Some(mut kind) = kind else {
            self.content(Owner::Node(node));
            self.content(Owner::Label(node));
            return false;
        };
        // A table has one head at most, and bodies below it (ISO 32000-1, 14.8.4.3.4).
        if kind == Kind::TableHead && !self.may_open_head() {
            kind = Kind::TableBody;
        }
        let link = (leads || numbered).then_some(node);
        if leads && *above == Kind::TocItem {
            let reference = self.element(Kind::Reference, None);
            let inner = self.element(kind, Some(node));
            self.push(inner, Some(reference), link);
        } else if kind == Kind::ListItem {
            let item = self.element(kind, Some(node));
            let label = self.content.remove(&Owner::Label(node));
            if let Some(places) = label {
                let label = self.element(Kind::Label, None);
                self.tree.elements[label].kids = places.into_iter().map(Kid::Content).collect();
                self.tree.elements[item].kids.push(Kid::Element(label));
            }
            let body = self.element(Kind::ListBody, None);
            self.push(body, Some(item), None);
            let labelled = !self.tree.elements[item].kids.is_empty();
            let top = self.top();
            top.groups = holds_blocks(document, node);
            top.shown = labelled;
        } else {
            let groups = kind.is_grouping() || self.mixes(&kind, node);
            let element = self.element(kind, Some(node));
            self.push(element, None, link);
            self.top().groups = groups;
            self.content(Owner::Label(node));
        }
        self.content(Owner::Node(node));
        true
    }

    /// Whether an element that may hold lines holds blocks too.
    fn mixes(&self, kind: &Kind, node: NodeId) -> bool {
        let may = matches!(
            kind,
            Kind::ListBody | Kind::Cell(_) | Kind::HeaderCell { .. } | Kind::Caption
        );
        may && holds_blocks(self.document, node)
    }

    fn may_open_head(&self) -> bool {
        let Some(table) = self.open.last() else {
            return false;
        };
        self.tree.elements[table.element]
            .kids
            .iter()
            .all(|kid| match kid {
                Kid::Element(e) => self.tree.elements[*e].kind == Kind::Caption,
                Kid::Content(_) | Kid::Area(_) => true,
            })
    }

    fn leave(&mut self) {
        if let Some(link) = self.top().link {
            self.content(Owner::PageNumber(link));
            let element = self.top().element;
            let areas = self
                .links
                .areas_of(link)
                .iter()
                .map(|&area| Kid::Area(area));
            self.tree.elements[element].kids.extend(areas);
            self.top().shown |= self.links.leads(link);
        }
        let Some(open) = self.open.pop() else { return };
        let Open {
            element,
            item,
            shown,
            ..
        } = open;
        // Empty cells and their rows hold a table in shape.
        let kind = &self.tree.elements[element].kind;
        let holds_shape = matches!(
            kind,
            Kind::Cell(_)
                | Kind::HeaderCell { .. }
                | Kind::Row
                | Kind::TableHead
                | Kind::TableBody
                | Kind::TableFoot
        );
        let empty = self.tree.elements[element].kids.is_empty();
        let is_cell = matches!(kind, Kind::Cell(_) | Kind::HeaderCell { .. });
        if !shown && !(holds_shape && (is_cell || !empty)) {
            return;
        }
        let outer = match item {
            Some(item) => {
                if !empty {
                    self.tree.elements[item].kids.push(Kid::Element(element));
                }
                item
            }
            None => element,
        };
        self.attach(Kid::Element(outer), shown);
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

    /// Puts a kid last into the element that is open.
    fn attach(&mut self, kid: Kid, shown: bool) {
        let inline = match kid {
            Kid::Element(e) => self.tree.elements[e].kind.is_inline(),
            Kid::Content(_) | Kid::Area(_) => true,
        };
        let top = self.top();
        top.shown |= shown;
        let (element, groups, line) = (top.element, top.groups, top.line);
        if matches!(self.tree.elements[element].kind, Kind::List(_)) {
            return self.attach_to_list(element, kid);
        }
        if !(inline && groups) {
            self.top().line = None;
            self.tree.elements[element].kids.push(kid);
            return;
        }
        let line = line.unwrap_or_else(|| {
            let line = self.element(Kind::Paragraph, None);
            self.tree.elements[element].kids.push(Kid::Element(line));
            line
        });
        self.top().line = Some(line);
        self.tree.elements[line].kids.push(kid);
    }

    /// Puts a kid last into a list: a term begins an item, what is said of it goes into the same.
    fn attach_to_list(&mut self, list: ElementId, kid: Kid) {
        let kind_of = |tree: &Tree, kid: Kid| match kid {
            Kid::Element(e) => Some(tree.elements[e].kind.clone()),
            Kid::Content(_) | Kid::Area(_) => None,
        };
        let kind = kind_of(&self.tree, kid);
        if matches!(kind, Some(Kind::ListItem | Kind::List(_) | Kind::Caption)) {
            self.tree.elements[list].kids.push(kid);
            return;
        }
        let last = match self.tree.elements[list].kids.last() {
            Some(&Kid::Element(e)) if self.tree.elements[e].kind == Kind::ListItem => Some(e),
            _ => None,
        };
        let last_kind = last
            .and_then(|item| self.tree.elements[item].kids.last().copied())
            .and_then(|kid| kind_of(&self.tree, kid));
        let joins = match kind {
            Some(Kind::Label) => last_kind == Some(Kind::Label),
            Some(Kind::ListBody) => last_kind.is_some(),
            _ => false,
        };
        let item = last.filter(|_| joins).unwrap_or_else(|| {
            let item = self.element(Kind::ListItem, None);
            self.tree.elements[list].kids.push(Kid::Element(item));
            item
        });
        let kid = if matches!(kind, Some(Kind::Label | Kind::ListBody)) {
            kid
        } else {
            let body = self.element(Kind::ListBody, None);
            self.tree.elements[body].kids.push(kid);
            Kid::Element(body)
        };
        self.tree.elements[item].kids.push(kid);
    }

    fn element(&mut self, kind: Kind, node: Option<NodeId>) -> ElementId {
        let language = node.and_then(|n| self.document.get(n).attr("lang"));
        let language = language.filter(|tag| !tag.is_empty()).map(str::to_owned);
        self.tree.elements.push(Element {
            kind,
            language,
            area: None,
            kids: Vec::new(),
        });
        self.tree.elements.len() - 1
    }

    fn push(&mut self, element: ElementId, item: Option<ElementId>, link: Option<NodeId>) {
        let groups = self.tree.elements[element].kind.is_grouping();
        self.open.push(Open {
            element,
            item,
            groups,
            line: None,
            shown: false,
            link,
        });
    }

    fn top(&mut self) -> &mut Open {
        self.open.last_mut().expect("the root is closed by nobody")
    }
}

impl Tree {
    /// Wraps text that stands beside elements in `Span`s: several readers take an element's own
    /// text before its children, and so out of order.
    fn separate_text(&mut self) {
        for id in 0..self.elements.len() {
            let kids = &self.elements[id].kids;
            let is = |wanted: fn(&Kid) -> bool| kids.iter().any(wanted);
            if !(is(|k| matches!(k, Kid::Element(_))) && is(|k| matches!(k, Kid::Content(_)))) {
                continue;
            }
            let kids = std::mem::take(&mut self.elements[id].kids);
            let mut separate = Vec::with_capacity(kids.len());
            let content = |kid: &Kid| matches!(kid, Kid::Content(_));
            for group in kids.chunk_by(|a, b| content(a) && content(b)) {
                if content(&group[0]) {
                    self.elements.push(Element {
                        kind: Kind::Span,
                        language: None,
                        area: None,
                        kids: group.to_vec(),
                    });
                    separate.push(Kid::Element(self.elements.len() - 1));
                } else {
                    separate.extend_from_slice(group);
                }
            }
            self.elements[id].kids = separate;
        }
    }

    fn write(
        &self,
        painted: &[Painted],
        links: &Links<'_>,
        page_refs: &[Ref],
        area_refs: &[Ref],
        file: &mut File,
    ) -> Written {
        let root = file.reserve();
        let document = file.reserve();
        let mut owners: Vec<Vec<Option<Ref>>> = painted
            .iter()
            .map(|p| vec![None; p.sequences.len()])
            .collect();
        let mut areas = vec![None; area_refs.len()];
        let mut waiting = vec![(0, document, root)];
        while let Some((id, own, parent)) = waiting.pop() {
            let element = &self.elements[id];
            let refs: Vec<Option<Ref>> = element
                .kids
                .iter()
                .map(|kid| match *kid {
                    Kid::Element(child) => {
                        let child_ref = file.reserve();
                        waiting.push((child, child_ref, own));
                        Some(child_ref)
                    }
                    Kid::Content(Place { page, sequence }) => {
                        owners[page][sequence] = Some(own);
                        None
                    }
                    Kid::Area(area) => {
                        areas[area] = Some(own);
                        None
                    }
                })
                .collect();
            let page = element.kids.iter().find_map(|kid| match *kid {
                Kid::Content(place) => Some(place.page),
                Kid::Area(area) => Some(links.page_of(area)),
                Kid::Element(_) => None,
            });
            file.set(own, |v| {
                v.dict(|d| {
                    d.name("S", element.kind.name());
                    d.reference("P", parent);
                    if let Some(page) = page {
                        d.reference("Pg", page_refs[page]);
                    }
                    if let Some(language) = &element.language {
                        d.text("Lang", language);
                    }
                    element.kind.write_attributes(element.area, d);
                    d.array("K", |a| {
                        for (kid, reference) in element.kids.iter().zip(&refs) {
                            match *kid {
                                Kid::Element(_) => a.reference(reference.expect("reserved above")),
                                Kid::Content(place) if Some(place.page) == page => {
                                    a.int(place.sequence);
                                }
                                Kid::Content(place) => a.value().dict(|d| {
                                    d.name("Type", "MCR");
                                    d.reference("Pg", page_refs[place.page]);
                                    d.int("MCID", place.sequence);
                                }),
                                Kid::Area(area) => a.value().dict(|d| {
                                    d.name("Type", "OBJR");
                                    d.reference("Pg", page_refs[links.page_of(area)]);
                                    d.reference("Obj", area_refs[area]);
                                }),
                            }
                        }
                    });
                });
            });
        }
        let parents = write_parents(&owners, &areas, file);
        file.set(root, |v| {
            v.dict(|d| {
                d.name("Type", "StructTreeRoot");
                d.array("K", |a| a.reference(document));
                d.reference("ParentTree", parents);
                d.int("ParentTreeNextKey", owners.len() + areas.len());
            });
        });
        Written { root, areas }
    }
}

/// The parent tree (ISO 32000-1, 14.7.4.4): pages by their index, then areas.
fn write_parents(owners: &[Vec<Option<Ref>>], areas: &[Option<Ref>], file: &mut File) -> Ref {
    let pages: Vec<Ref> = owners
        .iter()
        .map(|elements| {
            file.add(|v| {
                v.array(|a| {
                    for element in elements {
                        match element {
                            Some(element) => a.reference(*element),
                            None => a.value().null(),
                        }
                    }
                });
            })
        })
        .collect();
    file.add(|v| {
        v.dict(|d| {
            d.array("Nums", |a| {
                let areas = areas.iter().enumerate().filter_map(|(i, &e)| Some((i, e?)));
                let areas = areas.map(|(i, e)| (i + pages.len(), e));
                for (key, id) in pages.iter().copied().enumerate().chain(areas) {
                    a.int(key);
                    a.reference(id);
                }
            });
        });
    })
}
