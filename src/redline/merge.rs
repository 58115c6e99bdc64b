//! Two documents merged into one, in which what was struck and what was added stand side by side.

use super::columns::Grid;
use super::inline::{self, Entry, Line, Pair, Wrapper};
use super::items::{Item, What};
use super::matching::{self, Matching, can_move};
use super::order::heaviest_increasing;
use super::side::{Numbers, Side, UnitId, lasts};
use super::words::{self, Compared};
use super::{Former, Mark, Merged, Move};
use crate::dom::{Data, Document, NodeId, Origin};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What stands before the ids and pictures of the old document that the new one does not have.
pub const FORMER: &str = "was-";

/// Merges two documents.
pub(super) fn merge(
    old: &Document,
    new: &Document,
    old_pictures: &BTreeMap<String, String>,
    new_pictures: &BTreeMap<String, String>,
) -> Merged {
    let mut numbers = Numbers::default();
    let old = Side::of(old, old_pictures, &mut numbers);
    let new = Side::of(new, new_pictures, &mut numbers);
    let matching = matching::matching(&old, &new, &mut numbers);
    let ids = new.document.descendants(Document::ROOT);
    let taken = ids.filter_map(|id| new.document.get(id).attr("id").map(str::to_owned));
    let mut merger = Merger {
        old: &old,
        new: &new,
        taken: taken.collect(),
        merged: Merged {
            document: Document::new(new.document.meta.clone()),
            marks: BTreeMap::new(),
            former: BTreeMap::new(),
            in_old: BTreeMap::new(),
            undressed: BTreeMap::new(),
            moves: Vec::new(),
            rewritten: Vec::new(),
            is_coarse: matching.is_coarse,
        },
        matching,
        numbers: &mut numbers,
        moving: BTreeMap::new(),
        columns: Vec::new(),
        whole: [BTreeMap::new(), BTreeMap::new()],
    };
    merger.settle();
    merger.children(0, 0, Document::ROOT);
    merger.regridded();
    merger.merged
}

/// The columns of a table: their numbers in the old and the new one.
type Columns = Vec<(Option<usize>, Option<usize>)>;

struct Merger<'a, 'd, 'n> {
    old: &'a Side<'d>,
    new: &'a Side<'d>,
    matching: Matching,
    numbers: &'n mut Numbers,
    /// Ids that something in the merged document has.
    taken: BTreeSet<String>,
    /// By unit of the old document that has moved: the number of its move.
    moving: BTreeMap<UnitId, usize>,
    /// The columns of the tables that are open; none where cells span others.
    columns: Vec<Option<Columns>>,
    /// By unit of each side that was struck or added: its first node.
    whole: [BTreeMap<UnitId, NodeId>; 2],
    merged: Merged,
}

/// Which document a node comes from, if only one has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    Old,
    New,
}

impl<'a, 'd> Merger<'a, 'd, '_> {
    /// Decides of each pair whether it stays or has moved; takes apart what cannot move.
    fn settle(&mut self) {
        let (old, new) = (self.old, self.new);
        let mut moved = BTreeSet::new();
        for u in 0..old.units.len() {
            let Some(v) = self.matching.old[u] else {
                continue;
            };
            // Of the children that stay in their parent, those that kept their order stay in place.
            let children = &old.units[u].children;
            let staying: Vec<(UnitId, UnitId)> = children
                .iter()
                .filter_map(|&child| Some((child, self.matching.old[child]?)))
                .filter(|&(_, mate)| new.units[mate].parent == Some(v))
                .collect();
            let values: Vec<usize> = staying.iter().map(|&(_, mate)| mate).collect();
            let weights: Vec<u64> = staying
                .iter()
                .map(|&(child, _)| u64::from(old.units[child].words) + 1)
                .collect();
            let in_order: BTreeSet<usize> =
                heaviest_increasing(&values, &weights).into_iter().collect();
            let others = staying.iter().enumerate();
            moved.extend(
                others
                    .filter(|(at, _)| !in_order.contains(at))
                    .map(|(_, pair)| *pair),
            );
        }
        for u in 0..old.units.len() {
            if let Some(v) = self.matching.old[u] {
                let parent = old.units[u].parent.and_then(|p| self.matching.old[p]);
                if u > 0 && (parent.is_none() || parent != new.units[v].parent) {
                    moved.insert((u, v));
                }
            }
        }
        for (u, v) in moved {
            if self.matching.old[u] != Some(v) {
                continue;
            }
            let is_cell_of_column =
                !old.units[u].is_line() && matches!(old.node(u).name(), "td" | "th");
            if is_cell_of_column {
                continue;
            }
            if old.units[u].is_line()
                || !can_move(old.node(u).name())
                || !self.is_worth_moving(u, v)
            {
                self.matching.part(old, new, u, v);
            } else {
                self.moving.insert(u, 0);
            }
        }
        // In the order of the new document.
        let mut moves: Vec<(UnitId, UnitId)> = self
            .moving
            .keys()
            .filter_map(|&u| Some((self.matching.old[u]?, u)))
            .collect();
        moves.sort_unstable();
        self.moving = moves
            .iter()
            .enumerate()
            .map(|(n, &(_, u))| (u, n))
            .collect();
        self.merged.moves = moves
            .iter()
            .map(|&(v, u)| Move {
                old: old.units[u].node,
                new: new.units[v].node,
                ..Move::default()
            })
            .collect();
    }

    /// Whether a block is large enough to be shown as moved: items are, by their ids.
    fn is_worth_moving(&self, u: UnitId, v: UnitId) -> bool {
        let has_id = |side: &Side<'_>, unit| side.node(unit).attr("id").is_some_and(lasts);
        let node = self.old.node(u);
        node.is("tr")
            || node.heading_level().is_some()
            || self.old.units[u].words >= matching::FEWEST_EQUAL
            || has_id(self.old, u) && has_id(self.new, v)
    }

    /// The move of a unit of the old document, if it has moved.
    fn move_of(&self, u: UnitId) -> Option<usize> {
        self.matching.old[u]?;
        self.moving.get(&u).copied()
    }

    /// Merges what stands in two units that are one.
    fn children(&mut self, u: UnitId, v: UnitId, into: NodeId) {
        let a = self.old.units[u].children.clone();
        let b = self.new.units[v].children.clone();
        let mut i = 0;
        let mut waiting = Vec::new();
        for child in b {
            let mate = self.matching.new[child];
            let stays = mate.filter(|&mate| {
                self.move_of(mate).is_none() && self.old.units[mate].parent == Some(u)
            });
            match stays {
                Some(mate) => {
                    while i < a.len() && a[i] != mate {
                        self.only_old(a[i], into);
                        i += 1;
                    }
                    i += 1;
                    for added in waiting.drain(..) {
                        self.only_new(added, into);
                    }
                    self.kept(mate, child, into, None);
                }
                None => waiting.push(child),
            }
        }
        for &rest in &a[i.min(a.len())..] {
            self.only_old(rest, into);
        }
        for added in waiting {
            self.only_new(added, into);
        }
    }

    /// A unit that stood in the old parent and does not stand in the new one.
    fn only_old(&mut self, u: UnitId, into: NodeId) {
        match self.move_of(u) {
            Some(number) => self.trace(number, into),
            None => {
                let nodes = self.struck(u, into);
                self.mark(&nodes, Mark::Struck);
                self.whole[0].extend(nodes.first().map(|&node| (u, node)));
            }
        }
    }

    /// A unit that stands in the new parent and did not stand in the old one.
    fn only_new(&mut self, v: UnitId, into: NodeId) {
        let mate = self.matching.new[v];
        match mate.and_then(|u| Some((u, self.move_of(u)?))) {
            Some((u, number)) => self.kept(u, v, into, Some(number)),
            None => {
                let nodes = self.added(v, into);
                self.mark(&nodes, Mark::Added);
                self.whole[1].extend(nodes.first().map(|&node| (v, node)));
            }
        }
    }

    /// Tables in another grid are shown before and after.
    fn regridded(&mut self) {
        for (u, v) in &self.matching.regridded {
            let [before, after] = [(0, u), (1, v)].map(|(side, unit)| self.whole[side].get(unit));
            self.merged
                .rewritten
                .extend(before.copied().zip(after.copied()));
        }
    }

    fn mark(&mut self, nodes: &[NodeId], mark: Mark) {
        self.merged
            .marks
            .extend(nodes.iter().map(|&node| (node, mark)));
    }

    /// The place where something stood that has moved.
    fn trace(&mut self, number: usize, into: NodeId) {
        let document = &mut self.merged.document;
        let name = match document.get(into).name() {
            "ul" | "ol" => "li",
            "table" | "thead" | "tbody" | "tfoot" => "tr",
            "dl" => "dd",
            _ => "p",
        };
        let mut place = document.create_element(name, &[]);
        document.append(into, place);
        self.merged.marks.insert(place, Mark::Trace(number));
        if name == "tr" {
            let columns = self
                .columns
                .last()
                .and_then(Option::as_ref)
                .map_or(1, Vec::len);
            let columns = columns.to_string();
            let cell = document.create_element("td", &[("colspan", &columns)]);
            document.append(place, cell);
            place = cell;
        }
        self.merged.moves[number].trace = place;
    }

    /// A unit that both documents have.
    fn kept(&mut self, u: UnitId, v: UnitId, into: NodeId, moved: Option<usize>) {
        let new = self.new;
        if new.units[v].is_line() {
            self.line(u, v, into);
            return;
        }
        let lines = self.only_lines(u, v);
        let compared = lines.map(|(a, b)| self.compare(a, b));
        let name = new.node(v).name();
        let can_be_twice = matches!(name, "p" | "li" | "pre") && moved.is_none();
        if let Some(None) = &compared
            && can_be_twice
        {
            let before = self.struck(u, into);
            self.mark(&before, Mark::Struck);
            let after = self.added(v, into);
            self.mark(&after, Mark::Added);
            self.merged.rewritten.extend(before.into_iter().zip(after));
            return;
        }
        let node = self.element(From::New, new.units[v].node, into);
        let before = self.old.units[u].node;
        self.merged.in_old.insert(node, before);
        self.remember(before, new.units[v].node, node);
        if let Some(number) = moved {
            self.merged.marks.insert(node, Mark::Moved(number));
            self.merged.moves[number].stands = node;
        }
        if name == "svg" {
            self.copy_children(From::New, new.units[v].node, node);
            return;
        }
        if let (Some((a, b)), Some(pair)) = (lines, compared) {
            self.words(a, b, pair, node);
            return;
        }
        match name {
            "table" => {
                let columns = match self.matching.grids.get(&u) {
                    Some(Grid::Columns(columns)) => Some(columns.clone()),
                    _ => None,
                };
                self.columns.push(columns);
                self.children(u, v, node);
                self.columns.pop();
            }
            "tr" => self.row(u, v, node),
            _ => self.children(u, v, node),
        }
    }

    /// The only lines of two blocks, if they hold nothing else.
    fn only_lines(&self, u: UnitId, v: UnitId) -> Option<(UnitId, UnitId)> {
        match (
            &self.old.units[u].children[..],
            &self.new.units[v].children[..],
        ) {
            ([a], [b]) if self.matching.old[*a] == Some(*b) && self.new.units[*b].is_line() => {
                Some((*a, *b))
            }
            _ => None,
        }
    }

    /// Keeps what an element was called, and its attributes, if they are others now.
    fn remember(&mut self, before: NodeId, after: NodeId, node: NodeId) {
        let (old, new) = (self.old.document.get(before), self.new.document.get(after));
        let is_same =
            old.name() == new.name() && self.old.compared(before) == self.new.compared(after);
        if !is_same {
            self.remember_as(before, node);
        }
    }

    fn remember_as(&mut self, old: NodeId, node: NodeId) {
        if let Data::Element { name, attrs } = &self.old.document.get(old).data {
            let former = Former {
                name: name.clone(),
                attrs: attrs.clone(),
            };
            self.merged.former.insert(node, former);
        }
    }

    /// The cells of a row that both tables have.
    fn row(&mut self, u: UnitId, v: UnitId, into: NodeId) {
        let Some(Some(columns)) = self.columns.last().cloned() else {
            self.children(u, v, into);
            return;
        };
        let a = self.old.units[u].children.clone();
        let b = self.new.units[v].children.clone();
        for (i, j) in columns {
            match (i.and_then(|i| a.get(i)), j.and_then(|j| b.get(j))) {
                (Some(&i), Some(&j)) if self.matching.old[i] == Some(j) => {
                    self.kept(i, j, into, None)
                }
                (Some(&i), _) => {
                    let cells = self.struck(i, into);
                    self.mark(&cells, Mark::Struck);
                }
                (None, Some(&j)) => {
                    let cells = self.added(j, into);
                    self.mark(&cells, Mark::Added);
                }
                (None, None) => {}
            }
        }
    }

    /// A unit of the old document as it was: its nodes.
    fn struck(&mut self, u: UnitId, into: NodeId) -> Vec<NodeId> {
        self.only(From::Old, u, into)
    }

    /// A unit of the new document that is not in the old one: its nodes.
    fn added(&mut self, v: UnitId, into: NodeId) -> Vec<NodeId> {
        self.only(From::New, v, into)
    }

    fn only(&mut self, from: From, unit: UnitId, into: NodeId) -> Vec<NodeId> {
        let side = self.side(from);
        if side.units[unit].is_line() {
            let nodes = side.line(unit);
            return nodes
                .iter()
                .map(|&node| self.copy(from, node, into))
                .collect();
        }
        let source = side.units[unit].node;
        let name = side.document.get(source).name();
        let node = self.element(from, source, into);
        if name == "svg" {
            self.copy_children(from, source, node);
            return vec![node];
        }
        if name == "table" {
            self.columns.push(None);
        }
        let children = side.units[unit].children.clone();
        match self
            .columns
            .last()
            .cloned()
            .flatten()
            .filter(|_| name == "tr")
        {
            Some(columns) => {
                for (i, j) in columns {
                    let own = match from {
                        From::Old => i,
                        From::New => j,
                    };
                    match own.and_then(|own| children.get(own)) {
                        Some(&cell) => {
                            self.only(from, cell, node);
                        }
                        None => self.fill(node),
                    }
                }
            }
            None => {
                for child in children {
                    self.inner(from, child, node);
                }
            }
        }
        if name == "table" {
            self.columns.pop();
        }
        vec![node]
    }

    /// What stands in a block that only one document has.
    fn inner(&mut self, from: From, unit: UnitId, into: NodeId) {
        match from {
            From::Old => match self.move_of(unit) {
                Some(number) => self.trace(number, into),
                None => {
                    self.only(from, unit, into);
                }
            },
            From::New => {
                let mate = self.matching.new[unit];
                match mate.and_then(|u| Some((u, self.move_of(u)?))) {
                    Some((u, number)) => self.kept(u, unit, into, Some(number)),
                    None => {
                        self.only(from, unit, into);
                    }
                }
            }
        }
    }

    /// An empty cell, where a row has none in a column of the other table.
    fn fill(&mut self, row: NodeId) {
        let cell = self.merged.document.create_element("td", &[]);
        self.merged.document.append(row, cell);
        self.merged.marks.insert(cell, Mark::Generated);
    }

    fn side(&self, from: From) -> &'a Side<'d> {
        match from {
            From::Old => self.old,
            From::New => self.new,
        }
    }

    /// An element without what it holds.
    fn element(&mut self, from: From, source: NodeId, into: NodeId) -> NodeId {
        let side = self.side(from);
        let this = side.document.get(source);
        let Data::Element { name, attrs } = &this.data else {
            return self.copy(from, source, into);
        };
        let mut own = attrs.clone();
        let origin = match from {
            From::Old => {
                self.rename(&mut own);
                // The place is in sources that diagnostics do not see.
                Origin::default()
            }
            From::New => this.origin,
        };
        let changed = own != *attrs;
        let data = Data::Element {
            name: name.clone(),
            attrs: own,
        };
        let node = self.merged.document.create(data, origin);
        self.merged.document.append(into, node);
        if from == From::Old {
            self.merged.in_old.insert(node, source);
        }
        if changed {
            self.remember_as(source, node);
        }
        node
    }

    /// Gives the ids, links and pictures of an element of the old document other names where the new
    /// document means another thing by them.
    fn rename(&mut self, attrs: &mut [(String, String)]) {
        for (key, value) in attrs {
            match key.as_str() {
                "id" => {
                    let mut name = format!("{FORMER}{value}");
                    while !self.taken.insert(name.clone()) {
                        name.insert_str(0, FORMER);
                    }
                    *value = name;
                }
                "src" => value.insert_str(0, FORMER),
                "href" => {
                    if let Some(id) = value.strip_prefix('#') {
                        *value = format!("#{}", self.place_of(id));
                    }
                }
                _ => {}
            }
        }
    }

    /// The id in the merged document of what has an id in the old one.
    fn place_of(&self, id: &str) -> String {
        let unit = self.old.by_id.get(id);
        let mate = unit.and_then(|&u| self.matching.old[u]);
        let mate = mate.and_then(|v| self.new.node(v).attr("id"));
        mate.map_or_else(|| format!("{FORMER}{id}"), str::to_owned)
    }

    /// A node with all that it holds.
    fn copy(&mut self, from: From, source: NodeId, into: NodeId) -> NodeId {
        let this = self.side(from).document.get(source);
        if let Data::Text(text) = &this.data {
            let (text, origin) = (text.clone(), this.origin);
            let origin = match from {
                From::Old => Origin::default(),
                From::New => origin,
            };
            let node = self.merged.document.create(Data::Text(text), origin);
            self.merged.document.append(into, node);
            return node;
        }
        let node = self.element(from, source, into);
        self.copy_children(from, source, node);
        node
    }

    fn copy_children(&mut self, from: From, source: NodeId, into: NodeId) {
        let children = self.side(from).document.get(source).children.clone();
        for child in children {
            self.copy(from, child, into);
        }
    }

    /// A line that both documents have.
    fn line(&mut self, u: UnitId, v: UnitId, into: NodeId) {
        let pair = self.compare(u, v);
        self.words(u, v, pair, into);
    }

    /// Two lines with what they keep; `None` if too little.
    fn compare(&mut self, u: UnitId, v: UnitId) -> Option<Pair> {
        let (old, new) = (self.old, self.new);
        if old.units[u].content == new.units[v].content {
            let lines = self.closed(u, v);
            let pairs = words::common(&lines[0].items, &lines[1].items)?;
            return inline::pair(lines, pairs, |_, _| true);
        }
        if old.is_verbatim(u) || new.is_verbatim(v) {
            return None;
        }
        let keeps_spaces = new.keeps_spaces(new.units[v].node);
        let nodes = (old.line(u), new.line(v));
        let lines = inline::opened((old, nodes.0), (new, nodes.1), keeps_spaces, self.numbers);
        let pairs = self.pairs(&lines)?;
        let are_same = |before: NodeId, after: NodeId| {
            old.document.get(before).name() == new.document.get(after).name()
                && old.compared(before) == new.compared(after)
        };
        inline::pair(lines, pairs, are_same).or_else(|| {
            let lines = self.closed(u, v);
            let pairs = self.pairs(&lines)?;
            inline::pair(lines, pairs, are_same)
        })
    }

    fn pairs(&mut self, lines: &[Line; 2]) -> Option<Vec<(usize, usize)>> {
        let [a, b] = [&lines[0].items[..], &lines[1].items];
        let wholes = [wholes(self.old, a), wholes(self.new, b)];
        match words::compare(a, b, [&wholes[0], &wholes[1]]) {
            Compared::Marked(pairs) => Some(pairs),
            Compared::Rewritten => None,
            Compared::TooLong => {
                self.merged.is_coarse = true;
                None
            }
        }
    }

    /// The items of two lines, with their elements closed.
    fn closed(&mut self, u: UnitId, v: UnitId) -> [Line; 2] {
        let (old, new) = (self.old, self.new);
        let keeps_spaces = new.keeps_spaces(new.units[v].node);
        let [a, b] = [(old, old.line(u)), (new, new.line(v))]
            .map(|(side, nodes)| side.items(nodes, keeps_spaces, self.numbers));
        [a, b].map(|items| Line {
            items,
            ..Line::default()
        })
    }

    /// The words of two lines: those that are kept, and between them what was struck before what was
    /// added.
    fn words(&mut self, u: UnitId, v: UnitId, pair: Option<Pair>, into: NodeId) {
        let pair = pair.or_else(|| {
            let lines = self.closed(u, v);
            let pairs = words::kept_numbers(&lines[0].items, &lines[1].items);
            inline::pair(lines, pairs, |_, _| true)
        });
        if let Some(pair) = pair {
            let all = 0..pair.entries.len();
            self.entries(&pair, &mut 0, all, into);
        }
    }

    /// Entries of a merged line, with the wrappers from `next` on.
    fn entries(&mut self, pair: &Pair, next: &mut usize, range: Range<usize>, into: NodeId) {
        let mut run = Run::default();
        let mut at = range.start;
        while at < range.end {
            let wrapper = pair.wrappers.get(*next);
            if let Some(wrapper) = wrapper.filter(|wrapper| wrapper.entries.start == at) {
                *next += 1;
                at = wrapper.entries.end;
                self.flush(&mut run, into);
                if let Some(node) = self.wrapper(pair, wrapper, into) {
                    self.entries(pair, next, wrapper.entries.clone(), node);
                }
                continue;
            }
            let (from, item, mark) = match pair.entries[at] {
                Entry::Kept(_, j) => (From::New, &pair.new.items[j], None),
                Entry::Old(i) => (From::Old, &pair.old.items[i], Some(Mark::Struck)),
                Entry::New(j) => (From::New, &pair.new.items[j], Some(Mark::Added)),
            };
            self.item(from, item, mark, &mut run, into);
            at += 1;
        }
        self.flush(&mut run, into);
    }

    /// The element of a wrapper; `None` if it has its content already.
    fn wrapper(&mut self, pair: &Pair, wrapper: &Wrapper, into: NodeId) -> Option<NodeId> {
        let before = wrapper.old.map(|index| pair.old.opened[index].node);
        let after = wrapper.new.map(|index| pair.new.opened[index].node);
        match (before, after) {
            (Some(before), None) if wrapper.is_whole => {
                let node = self.copy(From::Old, before, into);
                self.merged.marks.insert(node, Mark::Struck);
                None
            }
            (None, Some(after)) if wrapper.is_whole => {
                let node = self.copy(From::New, after, into);
                self.merged.marks.insert(node, Mark::Added);
                None
            }
            (Some(before), None) => {
                let node = self.merged.document.create_element("span", &[]);
                self.merged.document.append(into, node);
                self.merged.in_old.insert(node, before);
                self.merged.marks.insert(node, Mark::Unwrapped);
                self.remember_as(before, node);
                Some(node)
            }
            (None, Some(after)) => {
                let node = self.element(From::New, after, into);
                self.merged.marks.insert(node, Mark::Wrapped);
                Some(node)
            }
            (Some(before), Some(after)) => {
                let node = self.element(From::New, after, into);
                self.merged.in_old.insert(node, before);
                self.remember(before, after, node);
                Some(node)
            }
            (None, None) => None,
        }
    }

    fn item(&mut self, from: From, item: &Item, mark: Option<Mark>, run: &mut Run, into: NodeId) {
        match &item.what {
            What::Token { node, range, .. } => {
                let this = self.side(from).document.get(*node);
                let text = this.text().unwrap_or_default()[range.clone()].to_owned();
                let origin = match from {
                    From::Old => Origin::default(),
                    From::New => this.origin,
                };
                if run.mark != mark || run.origin != origin {
                    self.flush(run, into);
                    (run.mark, run.origin) = (mark, origin);
                }
                run.text.push_str(&text);
            }
            What::Element(node) => {
                self.flush(run, into);
                let copy = self.copy(from, *node, into);
                self.merged.marks.extend(mark.map(|mark| (copy, mark)));
            }
        }
    }

    fn flush(&mut self, run: &mut Run, into: NodeId) {
        let Run { text, mark, origin } = std::mem::take(run);
        if !text.is_empty() {
            let node = self.merged.document.create(Data::Text(text), origin);
            self.merged.document.append(into, node);
            self.merged.marks.extend(mark.map(|mark| (node, mark)));
        }
    }
}

/// Text that is being gathered.
#[derive(Debug, Default)]
struct Run {
    text: String,
    mark: Option<Mark>,
    origin: Origin,
}

/// The ranges of items that are shown as one: dates («17. mai 2026») and names («Kari Nordmann»).
fn wholes(side: &Side<'_>, items: &[Item]) -> Vec<Range<usize>> {
    const MOST: usize = 4;
    let text = |at: usize| -> &str {
        match items.get(at).map(|item| &item.what) {
            Some(What::Token { node, range, .. }) => {
                let text = side.document.get(*node).text().unwrap_or_default();
                &text[range.clone()]
            }
            _ => "",
        }
    };
    let is_space = |at: usize| items.get(at).is_some_and(Item::is_space);
    let is_word =
        |at: usize| items.get(at).is_some_and(|item| item.words > 0) && !text(at).is_empty();
    let is_name = |at: usize| is_word(at) && text(at).starts_with(char::is_uppercase);
    let is_year = |at: usize| text(at).len() == 4 && text(at).bytes().all(|b| b.is_ascii_digit());
    let mut wholes = Vec::new();
    let mut at = 0;
    while at < items.len() {
        let mut end = at + 1;
        if text(at).ends_with('.') && text(at).len() > 1 && is_space(at + 1) && is_word(at + 2) {
            end = at + 3;
            if is_space(end) && is_year(end + 1) {
                end += 2;
            }
        } else if is_name(at) {
            let mut words = 1;
            while is_space(end) && is_name(end + 1) && words < MOST {
                end += 2;
                words += 1;
            }
        }
        if end > at + 1 {
            wholes.push(at..end);
        }
        at = end;
    }
    wholes
}
