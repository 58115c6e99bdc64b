//! Which block of the old document is which block of the new one.
//!
//! Three passes, each over what the ones before it left:
//!
//! 1. by id: items, chapters and what an author named;
//! 2. by content: equal blocks, first under the same parent, then everywhere, large ones first;
//! 3. by likeness: blocks that share words, first under the same parent, then everywhere.
//!
//! Work is bounded by counts, never by a clock, so that the result is the same on every machine. What
//! is beyond the bound is shown as struck and added.

use super::columns::{self, Grid};
use super::order::heaviest_increasing;
use super::side::{Numbers, Side, UnitId, lasts};
use super::tokens::{Token, tokens};
use crate::steps;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The most pairs of blocks whose words are compared in a document.
const MOST_CANDIDATES: usize = 2_000_000;

/// The most pairs of children of one parent that are compared each with each; beyond it, only those
/// that share a rare word.
const MOST_SIBLINGS: usize = 10_000;

/// From this likeness on, a block of at least [`LONG`] words under the same parent is the same block.
const ALIKE: f64 = 0.2;

/// From this likeness on, a shorter block is so.
const SHORT_ALIKE: f64 = 0.3;

/// From this likeness on, it is so where it is the only block between two that are the same.
const ALIKE_BETWEEN: f64 = 0.1;

/// From this likeness on, a block of at least [`LONG`] words is so elsewhere in the document.
const ALIKE_ELSEWHERE: f64 = 0.4;

/// From this likeness on, a shorter block is so.
const SHORT_ALIKE_ELSEWHERE: f64 = 0.6;

/// From so many words on, a block is long.
const LONG: u32 = 20;

/// Words of so few letters say little of what a block is about.
const MOST_LETTERS_OF_SMALL: usize = 3;

/// A block with fewer words than this is never found again by its words elsewhere.
const FEWEST_ALIKE: u32 = 8;

/// A block with fewer words than this is never found again elsewhere by its content.
pub(super) const FEWEST_EQUAL: u32 = 4;

/// A rare word stands in no more blocks than this.
const RARE: usize = 16;

/// The most features of a block that are looked at.
const MOST_FEATURES: usize = 256;

/// The pairs of units that are one and the same, and the tables among them.
#[derive(Debug)]
pub(super) struct Matching {
    /// By unit of the old document.
    pub(super) old: Vec<Option<UnitId>>,
    /// By unit of the new one.
    pub(super) new: Vec<Option<UnitId>>,
    /// By table of the old document.
    pub(super) grids: BTreeMap<UnitId, Grid>,
    /// Tables that are the same, but whose cells span others and lie in another grid.
    pub(super) regridded: BTreeMap<UnitId, UnitId>,
    /// Whether more blocks would have had to be compared than the bound allows.
    pub(super) is_coarse: bool,
}

impl Matching {
    /// Takes a pair apart, and all pairs of what stands in the one and in the other.
    pub(super) fn part(&mut self, old: &Side<'_>, new: &Side<'_>, u: UnitId, v: UnitId) {
        for unit in u..old.units[u].end {
            if let Some(mate) = self.old[unit]
                && new.is_in(mate, v)
            {
                self.old[unit] = None;
                self.new[mate] = None;
            }
        }
    }
}

/// Whether a block may stand elsewhere and still be the same.
pub(super) fn can_move(name: &str) -> bool {
    matches!(
        name,
        "article"
            | "aside"
            | "blockquote"
            | "div"
            | "dl"
            | "figure"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "table"
            | "tr"
            | "ul"
    )
}

/// Whether there is one of these in its parent, which is the same whatever it holds.
fn is_single(name: &str) -> bool {
    matches!(
        name,
        "caption" | "figcaption" | "header" | "main" | "nav" | "tbody" | "tfoot" | "thead"
    )
}

/// Whether an element is a row or a cell, or groups them.
fn is_of_table(name: &str) -> bool {
    matches!(name, "thead" | "tbody" | "tfoot" | "tr" | "td" | "th")
}

/// Whether a block shows something that is the same or another, but never alike.
fn is_picture(name: &str) -> bool {
    matches!(name, "img" | "hr" | "br")
}

/// Matches two documents.
pub(super) fn matching(old: &Side<'_>, new: &Side<'_>, numbers: &mut Numbers) -> Matching {
    let mut matcher = Matcher {
        old,
        new,
        numbers,
        found: Matching {
            old: vec![None; old.units.len()],
            new: vec![None; new.units.len()],
            grids: BTreeMap::new(),
            regridded: BTreeMap::new(),
            is_coarse: false,
        },
        candidates: MOST_CANDIDATES,
        open: VecDeque::new(),
        features: [FxHashMap::default(), FxHashMap::default()],
    };
    matcher.pair(0, 0);
    matcher.by_id();
    matcher.equal_under_parents();
    matcher.equal_elsewhere();
    matcher.equal_under_parents();
    matcher.alike_under_parents();
    matcher.alike_elsewhere();
    matcher.found
}

struct Matcher<'a, 'd, 'n> {
    old: &'a Side<'d>,
    new: &'a Side<'d>,
    numbers: &'n mut Numbers,
    found: Matching,
    /// How many pairs may still be compared.
    candidates: usize,
    /// Pairs whose children were not yet compared.
    open: VecDeque<(UnitId, UnitId)>,
    /// By unit of each side: the numbers of its words and of each two words that follow each other.
    features: [FxHashMap<UnitId, Vec<u32>>; 2],
}

impl Matcher<'_, '_, '_> {
    fn are_free(&self, u: UnitId, v: UnitId) -> bool {
        self.found.old[u].is_none() && self.found.new[v].is_none()
    }

    /// Whether two units could be one and the same, by what they are.
    fn are_of_a_kind(&self, u: UnitId, v: UnitId) -> bool {
        let (a, b) = (&self.old.units[u], &self.new.units[v]);
        let name = self.new.node(v).name();
        a.kind == b.kind && (a.is_line() || !is_picture(name) || self.show_the_same(u, v))
            // Drawings of the sources are the same or not.
            && (name != "svg" || a.content == b.content || a.is_line())
    }

    /// Whether two pictures are the same file, though other words may be said of it.
    fn show_the_same(&self, u: UnitId, v: UnitId) -> bool {
        let shown = |side: &Side<'_>, unit: UnitId| {
            let mut all = side.compared(side.units[unit].node).into_iter();
            all.find_map(|(key, value)| (key == "src").then_some(value))
        };
        self.are_equal(u, v)
            || shown(self.old, u).is_some_and(|old| shown(self.new, v) == Some(old))
    }

    /// Pairs two units, if both are free and of a kind.
    fn pair(&mut self, u: UnitId, v: UnitId) -> bool {
        if !self.are_free(u, v) || !self.are_of_a_kind(u, v) {
            return false;
        }
        let (old, new) = (self.old, self.new);
        let is_table = !old.units[u].is_line() && old.node(u).is("table");
        if is_table {
            match columns::relate(old, new, u, v) {
                Some(grid) => {
                    self.found.grids.insert(u, grid);
                }
                None => {
                    let mut others = self.found.regridded.values();
                    if !others.any(|&other| other == v) {
                        self.found.regridded.entry(u).or_insert(v);
                    }
                    return false;
                }
            }
        }
        self.found.old[u] = Some(v);
        self.found.new[v] = Some(u);
        self.open.push_back((u, v));
        if is_table && matches!(self.found.grids.get(&u), Some(Grid::Same)) {
            self.pair_cells_in_order(u, v);
        }
        if !old.units[u].is_line() && old.node(u).is("tr") {
            self.pair_cells(u, v);
        }
        true
    }

    /// The table that a unit stands in.
    fn table_of(side: &Side<'_>, unit: UnitId) -> Option<UnitId> {
        let mut at = Some(unit);
        while let Some(unit) = at {
            if !side.units[unit].is_line() && side.node(unit).is("table") {
                return Some(unit);
            }
            at = side.units[unit].parent;
        }
        None
    }

    /// Pairs rows and cells of two tables of the same grid one by one.
    fn pair_cells_in_order(&mut self, u: UnitId, v: UnitId) {
        let parts = |side: &Side<'_>, table: UnitId| -> Vec<UnitId> {
            let below = table + 1..side.units[table].end;
            let own = below.filter(|&unit| {
                let is_part = !side.units[unit].is_line() && is_of_table(side.node(unit).name());
                is_part
                    && side.units[unit]
                        .parent
                        .and_then(|p| Self::table_of(side, p))
                        == Some(table)
            });
            own.collect()
        };
        let (a, b) = (parts(self.old, u), parts(self.new, v));
        if a.len() == b.len() {
            a.into_iter().zip(b).for_each(|(u, v)| {
                self.pair(u, v);
            });
        }
    }

    /// Pairs the cells of two rows by their columns.
    fn pair_cells(&mut self, u: UnitId, v: UnitId) {
        let (Some(table), Some(other)) = (Self::table_of(self.old, u), Self::table_of(self.new, v))
        else {
            return;
        };
        if self.found.old[table] != Some(other) {
            return;
        }
        let Some(Grid::Columns(columns)) = self.found.grids.get(&table) else {
            return;
        };
        let cells = |side: &Side<'_>, row: UnitId| side.units[row].children.clone();
        let (a, b) = (cells(self.old, u), cells(self.new, v));
        let pairs: Vec<_> = columns
            .iter()
            .filter_map(|&(i, j)| Some((*a.get(i?)?, *b.get(j?)?)))
            .collect();
        for (u, v) in pairs {
            self.pair(u, v);
        }
    }

    /// Pairs two units of equal content with all that stands in them.
    fn pair_whole(&mut self, u: UnitId, v: UnitId) {
        let (a, b) = (u..self.old.units[u].end, v..self.new.units[v].end);
        if a.len() == b.len() {
            steps::count(a.len());
            a.zip(b).for_each(|(u, v)| {
                self.pair(u, v);
            });
        }
    }

    fn by_id(&mut self) {
        let (old, new) = (self.old, self.new);
        let both = old
            .by_id
            .iter()
            .filter_map(|(id, &u)| Some((u, *new.by_id.get(id)?)));
        // Rows belong to their table, which comes first.
        let mut pairs: Vec<_> = both
            .filter(|&(u, _)| !is_of_table(old.node(u).name()))
            .collect();
        pairs.sort_unstable();
        for (u, v) in pairs {
            self.pair(u, v);
        }
    }

    /// Children of two units that are free, apart from cells, which belong to columns.
    fn free_children(&self, u: UnitId, v: UnitId) -> (Vec<UnitId>, Vec<UnitId>) {
        let is_row = !self.old.units[u].is_line() && self.old.node(u).is("tr");
        if is_row {
            return (Vec::new(), Vec::new());
        }
        let free = |side: &Side<'_>, of: UnitId, mates: &[Option<UnitId>]| -> Vec<UnitId> {
            let children = side.units[of].children.iter().copied();
            children.filter(|&child| mates[child].is_none()).collect()
        };
        (
            free(self.old, u, &self.found.old),
            free(self.new, v, &self.found.new),
        )
    }

    /// Pairs equal children of all open pairs, in their order, and opens what comes of it.
    fn equal_under_parents(&mut self) {
        // The pairs stay open for the pass by likeness.
        let mut all = Vec::new();
        while let Some((u, v)) = self.open.pop_front() {
            all.push((u, v));
            self.equal_children(u, v);
        }
        self.open = all.into();
    }

    /// Pairs equal children: those of which there is one on each side, where they kept their order, and
    /// between them the others.
    fn equal_children(&mut self, u: UnitId, v: UnitId) {
        let (a, b) = self.free_children(u, v);
        if a.is_empty() || b.is_empty() {
            return;
        }
        let mut places: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (at, &child) in b.iter().enumerate() {
            let content = self.new.units[child].content;
            places.entry(content).or_default().push(at);
        }
        let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
        for &child in &a {
            *counts.entry(self.old.units[child].content).or_default() += 1;
        }
        let single = a.iter().enumerate().filter_map(|(at, &child)| {
            let content = self.old.units[child].content;
            match (counts[&content], places.get(&content).map(Vec::as_slice)) {
                (1, Some(&[to])) => Some((at, to)),
                _ => None,
            }
        });
        let anchors = self.in_order(&a, single.collect());
        let mut from = (0, 0);
        for (at, to) in anchors.into_iter().chain([(a.len(), b.len())]) {
            self.equal_in_order(&a[from.0..at], &b[from.1..to]);
            if at < a.len() {
                self.pair_whole(a[at], b[to]);
            }
            from = (at + 1, to + 1);
        }
    }

    /// Pairs equal units, the first of several with the first, where they kept their order.
    fn equal_in_order(&mut self, a: &[UnitId], b: &[UnitId]) {
        let both = a.iter().zip(b);
        let start = both.take_while(|&(&u, &v)| self.are_equal(u, v)).count();
        let rest = a[start..].iter().rev().zip(b[start..].iter().rev());
        let end = rest.take_while(|&(&u, &v)| self.are_equal(u, v)).count();
        let mut places: FxHashMap<u32, VecDeque<usize>> = FxHashMap::default();
        for (at, &child) in b.iter().enumerate().take(b.len() - end).skip(start) {
            let content = self.new.units[child].content;
            places.entry(content).or_default().push_back(at);
        }
        let mut pairs = Vec::new();
        for (at, &child) in a.iter().enumerate() {
            let to = if at < start {
                Some(at)
            } else if at >= a.len() - end {
                Some(at + b.len() - a.len())
            } else {
                let content = self.old.units[child].content;
                places.get_mut(&content).and_then(VecDeque::pop_front)
            };
            pairs.extend(to.map(|to| (at, to)));
        }
        for (at, to) in self.in_order(a, pairs) {
            self.pair_whole(a[at], b[to]);
        }
    }

    /// Of pairs of places, those that kept their order and hold most words.
    fn in_order(&self, a: &[UnitId], pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
        let values: Vec<usize> = pairs.iter().map(|&(_, to)| to).collect();
        let words = |&(at, _): &(usize, usize)| u64::from(self.old.units[a[at]].words) + 1;
        let weights: Vec<u64> = pairs.iter().map(words).collect();
        let kept = heaviest_increasing(&values, &weights);
        kept.into_iter().map(|index| pairs[index]).collect()
    }

    fn are_equal(&self, u: UnitId, v: UnitId) -> bool {
        self.old.units[u].content == self.new.units[v].content
    }

    /// Whether a unit may be found elsewhere by what it holds.
    fn can_be_found(side: &Side<'_>, unit: UnitId, fewest: u32) -> bool {
        let found = &side.units[unit];
        // Headings are short, and seldom the same.
        let is_heading = !found.is_line() && side.node(unit).heading_level().is_some();
        let fewest = if is_heading { 1 } else { fewest };
        !found.is_line()
            && found.words >= fewest
            && can_move(side.node(unit).name())
            && !side.node(unit).is("tr")
    }

    /// Pairs equal blocks wherever they stand: those under one parent, then those of which there is
    /// one on each side, then the others in their order.
    fn equal_elsewhere(&mut self) {
        let (old, new) = (self.old, self.new);
        let mut by_content: FxHashMap<u32, BTreeSet<UnitId>> = FxHashMap::default();
        for u in 0..old.units.len() {
            if self.found.old[u].is_none() && Self::can_be_found(old, u, FEWEST_EQUAL) {
                let content = old.units[u].content;
                by_content.entry(content).or_default().insert(u);
            }
        }
        let mut others: FxHashMap<u32, usize> = FxHashMap::default();
        for v in 0..new.units.len() {
            let content = new.units[v].content;
            if self.found.new[v].is_none()
                && Self::can_be_found(new, v, FEWEST_EQUAL)
                && by_content.contains_key(&content)
            {
                *others.entry(content).or_default() += 1;
            }
        }
        for v in 0..new.units.len() {
            let content = new.units[v].content;
            let Some(of_content) = by_content.get_mut(&content) else {
                continue;
            };
            if self.found.new[v].is_some() || !others.contains_key(&content) {
                continue;
            }
            let mut free = Vec::new();
            let mut taken = Vec::new();
            for &u in of_content.iter() {
                steps::count(1);
                match self.found.old[u] {
                    None => free.push(u),
                    Some(_) => taken.push(u),
                }
                if free.len() == RARE {
                    break;
                }
            }
            for u in taken {
                of_content.remove(&u);
            }
            let parent = |u: &&UnitId| {
                old.units[**u].parent.and_then(|p| self.found.old[p]) == new.units[v].parent
            };
            let near = free.iter().find(parent);
            let is_short = new.units[v].words < FEWEST_ALIKE;
            let is_one_of_many = free.len() > 1 || others[&content] > 1;
            let mate = match near {
                Some(&u) => Some(u),
                None if is_short && is_one_of_many => None,
                None => free.first().copied(),
            };
            if let Some(u) = mate {
                self.pair_whole(u, v);
            }
        }
    }

    /// Pairs children of all open pairs that are alike, and what stands in them.
    fn alike_under_parents(&mut self) {
        while let Some((u, v)) = self.open.pop_front() {
            self.equal_children(u, v);
            let (a, b) = self.free_children(u, v);
            if a.is_empty() || b.is_empty() {
                continue;
            }
            self.single_children(&a, &b);
            self.rows_of_one_key(&a, &b);
            self.answers_to_one_term(u, v);
            let (a, b) = self.free_children(u, v);
            let least = |words| match words {
                LONG.. => ALIKE,
                _ => SHORT_ALIKE,
            };
            let pairs = self.likest(&a, &b, least);
            for (u, v) in pairs {
                self.pair(u, v);
            }
            self.titles(u, v);
            self.between(u, v);
        }
    }

    /// Pairs blocks that are alone between two that are the same.
    fn between(&mut self, u: UnitId, v: UnitId) {
        let (old, new) = (self.old, self.new);
        if !old.units[u].is_line() && old.node(u).is("tr") {
            return;
        }
        let (a, b) = (&old.units[u].children, &new.units[v].children);
        steps::count(a.len() + b.len());
        let places: FxHashMap<UnitId, usize> = b
            .iter()
            .enumerate()
            .map(|(at, &child)| (child, at))
            .collect();
        let anchors = a.iter().enumerate().filter_map(|(i, &child)| {
            let mate = self.found.old[child]?;
            Some((i, *places.get(&mate)?))
        });
        let anchors: Vec<_> = anchors.chain([(a.len(), b.len())]).collect();
        let mut from = (0, 0);
        for (i, j) in anchors {
            if j < from.1 {
                // This one has moved.
                continue;
            }
            let alone = |children: &[UnitId], mates: &[Option<UnitId>]| {
                let mut free = children
                    .iter()
                    .copied()
                    .filter(|&child| mates[child].is_none());
                free.next().filter(|_| free.next().is_none())
            };
            let gap = (&a[from.0..i], &b[from.1..j]);
            if let (Some(u), Some(v)) =
                (alone(gap.0, &self.found.old), alone(gap.1, &self.found.new))
                && self.are_of_a_kind(u, v)
                && self.likeness(u, v) >= ALIKE_BETWEEN
            {
                self.pair(u, v);
            }
            from = (i + 1, j + 1);
        }
    }

    /// Pairs the headings that two blocks begin with.
    fn titles(&mut self, u: UnitId, v: UnitId) {
        let title = |side: &Side<'_>, unit: UnitId| {
            let first = side.units[unit].children.first().copied()?;
            let is_heading = side.node(first).heading_level().is_some();
            (is_heading && !side.units[first].is_line()).then_some(first)
        };
        if let (Some(u), Some(v)) = (title(self.old, u), title(self.new, v)) {
            self.pair(u, v);
        }
    }

    /// Pairs what there is one of on each side.
    fn single_children(&mut self, a: &[UnitId], b: &[UnitId]) {
        let single = |side: &Side<'_>, all: &[UnitId]| -> BTreeMap<u32, Vec<UnitId>> {
            let mut kinds: BTreeMap<u32, Vec<UnitId>> = BTreeMap::new();
            for &unit in all {
                let found = &side.units[unit];
                let name = side.node(unit).name();
                if found.is_line() || is_single(name) || matches!(name, "img" | "svg") {
                    kinds.entry(found.kind).or_default().push(unit);
                }
            }
            kinds
        };
        let others = single(self.new, b);
        for (kind, units) in single(self.old, a) {
            let found = others.get(&kind);
            if let ([u], Some([v])) = (&units[..], found.map(Vec::as_slice)) {
                self.pair(*u, *v);
            }
        }
    }

    /// Pairs rows of the same id, and those whose first cell is the same, if no other row has it.
    fn rows_of_one_key(&mut self, a: &[UnitId], b: &[UnitId]) {
        let (old, new) = (self.old, self.new);
        let named = |side: &Side<'_>, row: UnitId| -> Option<String> {
            let found = &side.units[row];
            let id = side.node(row).attr("id").filter(|_| !found.is_line());
            id.filter(|id| lasts(id)).map(str::to_owned)
        };
        let ids: FxHashMap<String, UnitId> = b
            .iter()
            .filter_map(|&v| Some((named(new, v)?, v)))
            .collect();
        for &u in a {
            if let Some(&v) = named(old, u).and_then(|id| ids.get(&id)) {
                self.pair(u, v);
            }
        }
        let keys = |side: &Side<'_>, rows: &[UnitId]| -> BTreeMap<u32, Vec<UnitId>> {
            let mut keys: BTreeMap<u32, Vec<UnitId>> = BTreeMap::new();
            for &row in rows {
                let found = &side.units[row];
                let is_row = !found.is_line() && side.node(row).is("tr");
                let first = found.children.first().filter(|_| is_row);
                if let Some(&first) = first.filter(|&&cell| side.units[cell].words > 0) {
                    keys.entry(side.units[first].content).or_default().push(row);
                }
            }
            keys
        };
        let others = keys(self.new, b);
        for (key, rows) in keys(self.old, a) {
            if let ([u], Some([v])) = (&rows[..], others.get(&key).map(Vec::as_slice)) {
                self.pair(*u, *v);
            }
        }
    }

    /// Pairs what is said of a term, where the term is the same.
    fn answers_to_one_term(&mut self, u: UnitId, v: UnitId) {
        if self.old.units[u].is_line() || !self.old.node(u).is("dl") {
            return;
        }
        let (a, b) = (&self.old.units[u].children, &self.new.units[v].children);
        let follows: FxHashMap<UnitId, UnitId> =
            b.windows(2).map(|pair| (pair[0], pair[1])).collect();
        for pair in a.windows(2) {
            if let Some(mate) = self.found.old[pair[0]]
                && let Some(&next) = follows.get(&mate)
            {
                self.pair(pair[1], next);
            }
        }
    }

    /// Pairs of blocks that are alike enough, the likest first, each block once. `least` says by the
    /// words of the shorter one how much that is.
    fn likest(
        &mut self,
        a: &[UnitId],
        b: &[UnitId],
        least: impl Fn(u32) -> f64,
    ) -> Vec<(UnitId, UnitId)> {
        let candidates = match a.len().saturating_mul(b.len()) <= MOST_SIBLINGS {
            true => {
                let all = a.iter().enumerate();
                let all = all.flat_map(|(i, _)| (0..b.len()).map(move |j| (i, j)));
                all.collect()
            }
            false => self.sharing(a, b),
        };
        let mut found: Vec<(f64, usize, usize, usize)> = Vec::new();
        for (i, j) in candidates {
            if !self.are_free(a[i], b[j]) || !self.are_of_a_kind(a[i], b[j]) {
                continue;
            }
            if self.candidates == 0 {
                self.found.is_coarse = true;
                break;
            }
            self.candidates -= 1;
            let alike = self.likeness(a[i], b[j]);
            let words = self.old.units[a[i]].words.min(self.new.units[b[j]].words);
            if alike >= least(words) {
                found.push((alike, i.abs_diff(j), i, j));
            }
        }
        found.sort_by(|x, y| {
            let likest = y.0.total_cmp(&x.0);
            likest.then_with(|| (x.1, x.2, x.3).cmp(&(y.1, y.2, y.3)))
        });
        let (mut used_a, mut used_b) = (vec![false; a.len()], vec![false; b.len()]);
        let mut pairs = Vec::new();
        for (_, _, i, j) in found {
            if !used_a[i] && !used_b[j] {
                (used_a[i], used_b[j]) = (true, true);
                pairs.push((a[i], b[j]));
            }
        }
        pairs.sort_unstable();
        pairs
    }

    /// Pairs of indices of units that share rare words.
    fn sharing(&mut self, a: &[UnitId], b: &[UnitId]) -> Vec<(usize, usize)> {
        let mut holders: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (j, &v) in b.iter().enumerate() {
            for &feature in self.features(1, v) {
                let known = holders.entry(feature).or_default();
                if known.len() <= RARE {
                    known.push(j);
                }
            }
        }
        let mut pairs = Vec::new();
        for (i, &u) in a.iter().enumerate() {
            let mut shared: BTreeMap<usize, u32> = BTreeMap::new();
            for feature in self.features(0, u).to_vec() {
                let holders = holders.get(&feature);
                for &j in holders
                    .filter(|all| all.len() <= RARE)
                    .into_iter()
                    .flatten()
                {
                    *shared.entry(j).or_default() += 1;
                }
            }
            let mut best: Vec<(u32, usize)> = shared.into_iter().map(|(j, n)| (n, j)).collect();
            best.sort_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(&y.1)));
            pairs.extend(best.into_iter().take(RARE).map(|(_, j)| (i, j)));
        }
        pairs
    }

    /// Pairs blocks that are alike wherever they stand.
    fn alike_elsewhere(&mut self) {
        let (old, new) = (self.old, self.new);
        let left = |side: &Side<'_>, mates: &[Option<UnitId>]| -> Vec<UnitId> {
            let all = 0..side.units.len();
            let free = all.filter(|&unit| mates[unit].is_none());
            free.filter(|&unit| Self::can_be_found(side, unit, FEWEST_ALIKE))
                .collect()
        };
        let (a, b) = (left(old, &self.found.old), left(new, &self.found.new));
        let least = |words| match words {
            LONG.. => ALIKE_ELSEWHERE,
            _ => SHORT_ALIKE_ELSEWHERE,
        };
        for (u, v) in self.likest(&a, &b, least) {
            self.pair(u, v);
            self.alike_under_parents();
        }
    }

    /// How alike two units are, from 0 to 1: the share of words that are not small, and of pairs of
    /// words that follow each other, that both have
    /// (Dice, "Measures of the Amount of Ecologic Association Between Species", 1945).
    fn likeness(&mut self, u: UnitId, v: UnitId) -> f64 {
        let a = self.features(0, u).to_vec();
        let b = self.features(1, v);
        steps::count(a.len() + b.len());
        let (mut i, mut j, mut shared) = (0, 0, 0usize);
        while i < a.len() && j < b.len() {
            match a[i].cmp(&b[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    (i, j, shared) = (i + 1, j + 1, shared + 1);
                }
            }
        }
        match a.len() + b.len() {
            0 => 0.0,
            all => 2.0 * shared as f64 / all as f64,
        }
    }

    /// The features of a unit, sorted: of a long one, a part that is chosen alike on both sides.
    fn features(&mut self, which: usize, unit: UnitId) -> &[u32] {
        let side = match which {
            0 => self.old,
            _ => self.new,
        };
        if !self.features[which].contains_key(&unit) {
            let features = features(side, unit, self.numbers);
            self.features[which].insert(unit, features);
        }
        &self.features[which][&unit]
    }
}

fn features(side: &Side<'_>, unit: UnitId, numbers: &mut Numbers) -> Vec<u32> {
    let mut features = Vec::new();
    for at in unit..side.units[unit].end {
        if !side.units[at].is_line() {
            continue;
        }
        let mut text = String::new();
        for &node in side.line(at) {
            text.push_str(&side.document.text_of(node));
        }
        let mut before: Option<String> = None;
        for token in tokens(&text).filter(Token::is_word) {
            let word = token.text.to_lowercase();
            let is_small = word.chars().count() <= MOST_LETTERS_OF_SMALL
                && word.chars().all(char::is_alphabetic)
                && side.units[unit].words >= FEWEST_EQUAL;
            if !is_small {
                features.push(scattered(numbers.of(&word)));
            }
            if let Some(before) = before {
                features.push(scattered(numbers.of(&format!("{before} {word}"))));
            }
            before = Some(word);
        }
    }
    features.sort_unstable();
    features.dedup();
    features.truncate(MOST_FEATURES);
    features
}

/// Another number for each number, so that the smallest ones are no particular words (Broder, "On the
/// Resemblance and Containment of Documents", 1997).
fn scattered(number: u32) -> u32 {
    let mut x = number.wrapping_mul(0x9E37_79B1);
    x ^= x >> 15;
    x.wrapping_mul(0x85EB_CA77)
}
