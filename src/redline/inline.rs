//! Two lines of words as one: which elements are opened so that their words can be compared, and how
//! the elements of both lines nest.
//!
//! An element that both lines have is an item like a word. One that only one of them has is opened:
//! its words are compared with those of the other line, and the element becomes a wrapper around what
//! was kept of them. So a word that becomes emphasised is shown once, and a link whose target changes
//! keeps its words.

use super::items::{Item, What};
use super::side::{Numbers, Side, is_numbered_later};
use crate::dom::{Node, NodeId};
use crate::steps;
use rustc_hash::FxHashSet;
use std::cmp::Reverse;
use std::ops::Range;

/// The most elements that are opened inside each other.
const MOST_NESTED: usize = 8;

/// How often elements that cross each other are taken apart in a line.
const MOST_CROSSING: usize = 8;

/// An element of a line whose words are items of the line.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) node: NodeId,
    /// Its items.
    items: Range<usize>,
    /// How many opened elements it stands in.
    depth: usize,
}

/// The items of a line, with the elements that were opened, the outer ones first.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) items: Vec<Item>,
    pub(super) opened: Vec<Opened>,
}

/// An item of the merged line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    Kept(usize, usize),
    Old(usize),
    New(usize),
}

/// An element around entries of the merged line: an opened element of the old line, of the new one, or
/// one of each that are the same element.
#[derive(Debug)]
pub(super) struct Wrapper {
    pub(super) entries: Range<usize>,
    pub(super) old: Option<usize>,
    pub(super) new: Option<usize>,
    /// Whether nothing of what it holds was kept.
    pub(super) is_whole: bool,
    depth: usize,
}

/// Two lines with what they keep of each other.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) old: Line,
    pub(super) new: Line,
    pub(super) entries: Vec<Entry>,
    /// In the order in which they begin, the outer ones first.
    pub(super) wrappers: Vec<Wrapper>,
}

/// The items of two runs of inline nodes. Elements that only one of them has are opened.
pub(super) fn opened(
    old: (&Side<'_>, &[NodeId]),
    new: (&Side<'_>, &[NodeId]),
    keeps_spaces: bool,
    numbers: &mut Numbers,
) -> [Line; 2] {
    let mut known = [FxHashSet::default(), FxHashSet::default()];
    for ((side, nodes), known) in [old, new].into_iter().zip(&mut known) {
        elements(side, nodes, keeps_spaces, MOST_NESTED, numbers, known);
    }
    let [of_old, of_new] = &known;
    [(old, of_new), (new, of_old)].map(|((side, nodes), others)| {
        let mut line = Line::default();
        open(side, nodes, keeps_spaces, 0, numbers, others, &mut line);
        line
    })
}

/// The numbers of all elements that could be opened.
fn elements(
    side: &Side<'_>,
    nodes: &[NodeId],
    keeps_spaces: bool,
    levels: usize,
    numbers: &mut Numbers,
    known: &mut FxHashSet<u32>,
) {
    for &node in nodes {
        let this = side.document.get(node);
        if levels > 0 && this.text().is_none() {
            steps::count(1);
            known.insert(side.inline_content(node, keeps_spaces, numbers));
            elements(
                side,
                &this.children,
                keeps_spaces,
                levels - 1,
                numbers,
                known,
            );
        }
    }
}

fn open(
    side: &Side<'_>,
    nodes: &[NodeId],
    keeps_spaces: bool,
    depth: usize,
    numbers: &mut Numbers,
    others: &FxHashSet<u32>,
    line: &mut Line,
) {
    for item in side.items(nodes, keeps_spaces, numbers) {
        let What::Element(node) = item.what else {
            line.items.push(item);
            continue;
        };
        let this = side.document.get(node);
        let is_opened =
            depth < MOST_NESTED && can_be_opened(this) && !others.contains(&item.number);
        if !is_opened {
            line.items.push(item);
            continue;
        }
        let (at, start) = (line.opened.len(), line.items.len());
        line.opened.push(Opened {
            node,
            items: start..start,
            depth,
        });
        let children = &this.children;
        open(
            side,
            children,
            keeps_spaces,
            depth + 1,
            numbers,
            others,
            line,
        );
        if line.items.len() == start {
            line.opened.truncate(at);
            line.items.push(item);
        } else {
            line.opened[at].items.end = line.items.len();
        }
    }
}

/// Whether an element says something of the words in it, and nothing without them.
fn can_be_opened(node: &Node) -> bool {
    const NAMES: &[&str] = &[
        "a", "abbr", "b", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "s", "samp",
        "small", "span", "strong", "sub", "sup", "time", "u", "var",
    ];
    NAMES.contains(&node.name()) && !is_numbered_later(node)
}

/// Puts two lines together that keep these pairs of items. Where an element of one line begins or
/// ends inside one of the other, no tree can hold both: what the old one keeps is given up. `None` if
/// that is not enough.
pub(super) fn pair(
    [old, new]: [Line; 2],
    mut pairs: Vec<(usize, usize)>,
    are_same: impl Fn(NodeId, NodeId) -> bool,
) -> Option<Pair> {
    for _ in 0..MOST_CROSSING {
        let entries = entries(&old, &new, &pairs);
        let wrappers = wrappers(&old, &new, &entries, &are_same);
        match crossing(&wrappers) {
            None => {
                return Some(Pair {
                    old,
                    new,
                    entries,
                    wrappers,
                });
            }
            Some(index) => {
                let items = &old.opened.get(index?)?.items;
                pairs.retain(|(i, _)| !items.contains(i));
            }
        }
    }
    None
}

/// The merged line: what was struck stands before what was added.
fn entries(old: &Line, new: &Line, pairs: &[(usize, usize)]) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(old.items.len().max(new.items.len()));
    let mut next = (0, 0);
    for end in pairs.iter().copied().map(Some).chain([None]) {
        let (i, j) = end.unwrap_or((old.items.len(), new.items.len()));
        entries.extend((next.0..i).map(Entry::Old));
        entries.extend((next.1..j).map(Entry::New));
        entries.extend(end.map(|(i, j)| Entry::Kept(i, j)));
        next = (i + 1, j + 1);
    }
    entries
}

/// By item of one line: its entry, and whether it is kept.
struct Places {
    at: Vec<(usize, bool)>,
    /// By entry: how many items of the line are in the entries before it.
    before: Vec<usize>,
}

impl Places {
    fn of(entries: &[Entry], item: impl Fn(Entry) -> Option<usize>) -> Self {
        let (mut at, mut before) = (Vec::new(), vec![0]);
        for (place, &entry) in entries.iter().enumerate() {
            if item(entry).is_some() {
                at.push((place, matches!(entry, Entry::Kept(..))));
            }
            before.push(at.len());
        }
        Self { at, before }
    }

    fn entries(&self, items: &Range<usize>) -> Range<usize> {
        self.at[items.start].0..self.at[items.end - 1].0 + 1
    }

    fn has_kept(&self, items: &Range<usize>) -> bool {
        self.at[items.clone()].iter().any(|&(_, is_kept)| is_kept)
    }

    /// Whether the entries hold these items of the line, and no others.
    fn hold_only(&self, entries: &Range<usize>, items: &Range<usize>) -> bool {
        self.before[entries.start] == items.start && self.before[entries.end] == items.end
    }
}

fn wrappers(
    old: &Line,
    new: &Line,
    entries: &[Entry],
    are_same: impl Fn(NodeId, NodeId) -> bool,
) -> Vec<Wrapper> {
    steps::count(entries.len());
    let of_old = Places::of(entries, |entry| match entry {
        Entry::Kept(i, _) | Entry::Old(i) => Some(i),
        Entry::New(_) => None,
    });
    let of_new = Places::of(entries, |entry| match entry {
        Entry::Kept(_, j) | Entry::New(j) => Some(j),
        Entry::Old(_) => None,
    });
    let mut wrappers = Vec::new();
    let left = [(old, &of_old, true), (new, &of_new, false)].map(|(line, places, is_old)| {
        let mut left = Vec::new();
        let mut behind = 0;
        for (index, opened) in line.opened.iter().enumerate() {
            if places.has_kept(&opened.items) {
                left.push(index);
            } else if opened.items.start >= behind {
                behind = opened.items.end;
                wrappers.push(Wrapper {
                    entries: places.entries(&opened.items),
                    old: Some(index).filter(|_| is_old),
                    new: Some(index).filter(|_| !is_old),
                    is_whole: true,
                    depth: opened.depth,
                });
            }
        }
        left
    });
    // By item of the old line: the elements around it that are left.
    let mut around: Vec<Vec<usize>> = vec![Vec::new(); old.items.len()];
    for &index in &left[0] {
        for item in old.opened[index].items.clone() {
            steps::count(1);
            around[item].push(index);
        }
    }
    let mut is_used = vec![false; old.opened.len()];
    for index in &left[1] {
        let opened = &new.opened[*index];
        let own = of_new.entries(&opened.items);
        let first = entries[own.clone()].iter().find_map(|entry| match entry {
            Entry::Kept(i, _) => Some(*i),
            Entry::Old(_) | Entry::New(_) => None,
        });
        let union = |other: usize| {
            let other = of_old.entries(&old.opened[other].items);
            own.start.min(other.start)..own.end.max(other.end)
        };
        let candidates = first.map_or(&[][..], |item| &around[item]);
        let fitting = candidates.iter().copied().filter(|&other| {
            let both = union(other);
            !is_used[other]
                && of_old.hold_only(&both, &old.opened[other].items)
                && of_new.hold_only(&both, &opened.items)
        });
        let mate = fitting.min_by_key(|&other| {
            let other = &old.opened[other];
            (!are_same(other.node, opened.node), other.depth)
        });
        if let Some(mate) = mate {
            is_used[mate] = true;
        }
        wrappers.push(Wrapper {
            entries: mate.map_or(own.clone(), union),
            old: mate,
            new: Some(*index),
            is_whole: false,
            depth: opened
                .depth
                .max(mate.map_or(0, |mate| old.opened[mate].depth)),
        });
    }
    for &index in left[0].iter().filter(|&&index| !is_used[index]) {
        wrappers.push(Wrapper {
            entries: of_old.entries(&old.opened[index].items),
            old: Some(index),
            new: None,
            is_whole: false,
            depth: old.opened[index].depth,
        });
    }
    wrappers.sort_by_key(|w| (w.entries.start, Reverse(w.entries.end), w.depth));
    wrappers
}

/// Elements that cannot be in one tree: the one of the old line, if it is known. `None` if all lie
/// beside each other or in each other, and those of each line in their order.
fn crossing(wrappers: &[Wrapper]) -> Option<Option<usize>> {
    let mut around: Vec<&Wrapper> = Vec::new();
    let mut last = (None, None);
    for wrapper in wrappers {
        while around
            .last()
            .is_some_and(|outer| outer.entries.end <= wrapper.entries.start)
        {
            around.pop();
        }
        if let Some(outer) = around.last()
            && outer.entries.end < wrapper.entries.end
        {
            return Some(wrapper.old.or(outer.old));
        }
        let is_behind = |index: Option<usize>, last| index.is_none() || index > last;
        if !is_behind(wrapper.old, last.0) || !is_behind(wrapper.new, last.1) {
            return Some(None);
        }
        last = (wrapper.old.or(last.0), wrapper.new.or(last.1));
        around.push(wrapper);
    }
    None
}
