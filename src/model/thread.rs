//! The golden thread: how measures follow from challenges.
//!
//! [`Thread::of`] collects the links between challenges, findings, goals and measures. A link always goes
//! from an earlier stage to a later one, whichever of the two items names the other.

use super::{Entry, Id, Item, Kind, Reference, Strategy, goal_tree};
use crate::steps;
use std::collections::{BTreeMap, BTreeSet};

/// The stages between the purpose and what is done, in their order.
pub const STAGES: [Kind; 4] = [Kind::Challenge, Kind::Finding, Kind::Goal, Kind::Measure];

/// The items of the stages, each named by its place in [`nodes`](Self::nodes), and their links.
#[derive(Debug, Clone, Default)]
pub struct Thread {
    /// The items, stage by stage.
    pub nodes: Vec<Id>,
    /// Links from an earlier stage to a later one.
    pub links: BTreeSet<(usize, usize)>,
    /// Links within a stage: a goal and its sub-goal, a challenge and another that rests on it.
    within: BTreeSet<(usize, usize)>,
    /// The sub-goals, each with its main goal.
    pub sub_goals: BTreeMap<usize, usize>,
}

/// One way along the thread: a row of its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadPath {
    /// Where it starts; `None` for what follows from no challenge.
    pub challenge: Option<usize>,
    /// The findings and goals that it leads over.
    pub between: Vec<usize>,
    /// Where it ends; `None` if it leads to no measure.
    pub measure: Option<usize>,
}

impl ThreadPath {
    /// All that it leads over.
    pub fn nodes(&self) -> impl Iterator<Item = usize> {
        let ends = self.challenge.into_iter().chain(self.measure);
        ends.chain(self.between.iter().copied())
    }
}

impl Thread {
    /// The thread of those items that are `shown`. A stage in the middle that nothing is linked to
    /// is left out, since its items lie on no way.
    pub fn of(strategy: &Strategy, shown: impl Fn(&Id) -> bool) -> Self {
        let mut thread = Self::default();
        let goals = strategy.of(Kind::Goal).iter();
        let goals: Vec<&Item> = goals.filter(|goal| shown(&goal.id)).collect();
        let tree = goal_tree(&goals);
        for stage in STAGES {
            let items: Vec<&Item> = match stage {
                Kind::Goal => tree.iter().map(|branch| goals[branch.goal]).collect(),
                _ => strategy.of(stage).iter().collect(),
            };
            let ids = items.into_iter().map(|item| item.id.clone());
            thread.nodes.extend(ids.filter(&shown));
        }
        let first = thread.nodes.iter().position(|id| id.kind == Kind::Goal);
        let first = first.unwrap_or_default();
        let mut main = first;
        // The tree has each main goal right before all that is below it.
        for (node, branch) in (first..).zip(&tree) {
            if branch.goal == branch.main {
                main = node;
            } else {
                thread.sub_goals.insert(node, main);
            }
        }
        thread.link(strategy);
        for stage in [Kind::Finding, Kind::Goal] {
            let ends = thread.links.iter().flat_map(|&(a, b)| [a, b]);
            if !ends.into_iter().any(|n| thread.nodes[n].kind == stage) {
                thread.drop_stage(stage);
            }
        }
        thread
    }

    fn link(&mut self, s: &Strategy) {
        let places = self.nodes.iter().cloned().zip(0..);
        let places: BTreeMap<Id, usize> = places.collect();
        let place = |reference: &Reference| places.get(&reference.id()?).copied();
        let entries = s.entries();
        let known = entries
            .iter()
            .filter_map(|entry| Some((entry.id()?, entry)));
        let known: BTreeMap<&Id, &Entry<'_>> = known.collect();
        let mut found = Vec::new();
        for entry in &entries {
            let Some(&own) = entry.id().and_then(|id| places.get(id)) else {
                continue;
            };
            let named = entry.origins().filter_map(|(origin, _)| place(origin));
            let mut origins: Vec<_> = named.collect();
            // What names no origin of its own has that of its focus area.
            if !origins.iter().any(|&o| self.stage(o) != self.stage(own)) {
                let areas = entry
                    .origins()
                    .filter(|(_, kinds)| *kinds == [Kind::FocusArea]);
                let areas = areas.filter_map(|(area, _)| known.get(&area.id()?));
                let inherited = areas.flat_map(|area| area.origins());
                origins.extend(inherited.filter_map(|(origin, _)| place(origin)));
            }
            found.extend(origins.into_iter().map(|origin| (origin, own)));
        }
        for (origin, own) in found {
            if self.stage(origin) == self.stage(own) {
                self.within.insert((origin, own));
            } else {
                // Nodes stand stage by stage.
                self.links.insert((origin.min(own), origin.max(own)));
            }
        }
    }

    fn drop_stage(&mut self, stage: Kind) {
        let kept: Vec<usize> = (0..self.nodes.len())
            .filter(|&n| self.nodes[n].kind != stage)
            .collect();
        let moved = |n: usize| kept.binary_search(&n).ok();
        let all = |links: &BTreeSet<(usize, usize)>| {
            let links = links.iter();
            let links = links.filter_map(|&(a, b)| Some((moved(a)?, moved(b)?)));
            links.collect()
        };
        (self.links, self.within) = (all(&self.links), all(&self.within));
        let goals = self.sub_goals.iter();
        let goals = goals.filter_map(|(&goal, &main)| Some((moved(goal)?, moved(main)?)));
        self.sub_goals = goals.collect();
        self.nodes.retain(|id| id.kind != stage);
    }

    /// The place of a node's stage among [`STAGES`].
    pub fn stage(&self, node: usize) -> usize {
        let kind = self.nodes[node].kind;
        let stage = STAGES.iter().position(|&stage| stage == kind);
        stage.expect("nodes are of these kinds")
    }

    /// The items that nothing follows from, be it over another of their stage; and the measures
    /// that follow from nothing.
    pub fn loose(&self) -> BTreeSet<usize> {
        let linked = self.links.iter().flat_map(|&(a, b)| {
            let end = (self.nodes[b].kind == Kind::Measure).then_some(b);
            [Some(a), end]
        });
        let leads_on = reached(linked.flatten(), &reversed(&self.within));
        (0..self.nodes.len())
            .filter(|n| !leads_on.contains(n))
            .collect()
    }

    /// The links that no longer way stands for: what leads over a goal is not linked beside it, too.
    pub fn direct_links(&self) -> Vec<(usize, usize)> {
        let mut direct = Vec::new();
        for node in 0..self.nodes.len() {
            let next: Vec<usize> = after(&self.links, node).collect();
            let over = match next.len() {
                0 | 1 => BTreeSet::new(),
                // No link leads back to an earlier stage, so that nothing is reached over itself.
                _ => reached(
                    next.iter().flat_map(|&n| after(&self.links, n)),
                    &self.links,
                ),
            };
            let next = next.into_iter().filter(|n| !over.contains(n));
            direct.extend(next.map(|next| (node, next)));
        }
        direct
    }

    /// Every way, those from each challenge together, those from none last. Every node is on one.
    pub fn ways(&self) -> Vec<ThreadPath> {
        // A main goal leads on to its sub-goals; a challenge that rests on another is met by itself.
        let within = self.within.iter().copied();
        let within = within.filter(|&(a, _)| self.nodes[a].kind != Kind::Challenge);
        let onwards: BTreeSet<_> = self.links.iter().copied().chain(within).collect();
        let back = reversed(&onwards);
        let of = |kind: Kind| {
            let all = 0..self.nodes.len();
            all.filter(move |&n| self.nodes[n].kind == kind)
        };
        let is_between = |n: &usize| matches!(self.nodes[*n].kind, Kind::Finding | Kind::Goal);
        let from_any = reached(of(Kind::Challenge), &onwards);
        let to_any = reached(of(Kind::Measure), &back);
        // What leads to each measure, in order.
        let mut before: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut ways = Vec::new();
        for challenge in of(Kind::Challenge).map(Some).chain([None]) {
            let mine: BTreeSet<usize> = match challenge {
                Some(challenge) => reached([challenge], &onwards),
                None => (0..self.nodes.len())
                    .filter(|n| !from_any.contains(n))
                    .collect(),
            };
            let count = ways.len();
            let is_measure = |n: &usize| self.nodes[*n].kind == Kind::Measure;
            for measure in mine.iter().copied().filter(is_measure) {
                let before = before.entry(measure).or_insert_with(|| {
                    let all = reached([measure], &back).into_iter();
                    all.filter(is_between).collect()
                });
                // What rests on no challenge is said wherever its measure is.
                let on_way = before
                    .iter()
                    .filter(|n| mine.contains(n) || !from_any.contains(n));
                ways.push(ThreadPath {
                    challenge,
                    between: on_way.copied().collect(),
                    measure: Some(measure),
                });
            }
            let ends = mine.iter().copied().filter(is_between);
            let ends: Vec<_> = ends.filter(|n| !to_any.contains(n)).collect();
            if !ends.is_empty() || (challenge.is_some() && ways.len() == count) {
                ways.push(ThreadPath {
                    challenge,
                    between: ends,
                    measure: None,
                });
            }
        }
        ways
    }
}

/// Where links lead to from a node.
fn after(links: &BTreeSet<(usize, usize)>, node: usize) -> impl Iterator<Item = usize> {
    links.range((node, 0)..(node + 1, 0)).map(|&(_, next)| next)
}

/// The links the other way round.
fn reversed(links: &BTreeSet<(usize, usize)>) -> BTreeSet<(usize, usize)> {
    links.iter().map(|&(a, b)| (b, a)).collect()
}

/// All that links lead to from some nodes, and these themselves.
fn reached(
    from: impl IntoIterator<Item = usize>,
    links: &BTreeSet<(usize, usize)>,
) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open: Vec<usize> = from.into_iter().collect();
    while let Some(node) = open.pop() {
        steps::count(1);
        if found.insert(node) {
            open.extend(after(links, node));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A thread of nodes such as `challenge/a`, with links by their names.
    fn thread(nodes: &[&str], links: &[(&str, &str)], within: &[(&str, &str)]) -> Thread {
        let place = |name: &str| nodes.iter().position(|node| node.ends_with(name));
        let place = |name: &str| place(name).expect("a node");
        let all =
            |links: &[(&str, &str)]| links.iter().map(|(a, b)| (place(a), place(b))).collect();
        let id = |node: &&str| Id::parse(node).expect("an id");
        Thread {
            nodes: nodes.iter().map(id).collect(),
            links: all(links),
            within: all(within),
            sub_goals: BTreeMap::new(),
        }
    }

    fn said(thread: &Thread) -> Vec<String> {
        let name = |node: usize| thread.nodes[node].name.clone();
        let ways = thread.ways().into_iter().map(|way| {
            let between: Vec<_> = way.between.iter().map(|&n| name(n)).collect();
            let end = |node: Option<usize>| node.map_or("–".to_owned(), name);
            format!("{} {between:?} {}", end(way.challenge), end(way.measure))
        });
        ways.collect()
    }

    const NODES: [&str; 7] = [
        "challenge/u1",
        "challenge/u2",
        "finding/f1",
        "goal/m1",
        "goal/m2",
        "measure/t1",
        "measure/t2",
    ];

    #[test]
    fn each_way_leads_from_a_challenge_over_what_lies_between_to_a_measure() {
        let links = [("u1", "f1"), ("f1", "t1"), ("u1", "t2"), ("m1", "t2")];
        let thread = thread(&NODES, &links, &[("m1", "m2")]);
        let ways = [
            "u1 [\"f1\"] t1",
            "u1 [\"m1\"] t2",
            "u2 [] –",
            "– [\"m2\"] –",
        ];
        assert_eq!(
            said(&thread),
            ways,
            "what rests on no challenge is named with its measure"
        );
    }

    #[test]
    fn a_measure_that_follows_from_nothing_is_on_a_way_of_its_own() {
        let thread = thread(&NODES[..2], &[], &[("u1", "u2")]);
        assert_eq!(said(&thread), ["u1 [] –", "u2 [] –"]);
        let thread = super::tests::thread(&["challenge/u", "measure/t"], &[], &[]);
        assert_eq!(said(&thread), ["u [] –", "– [] t"]);
    }

    #[test]
    fn a_link_that_a_way_over_a_goal_stands_for_is_not_direct() {
        let links = [("u1", "m1"), ("m1", "t1"), ("u1", "t1"), ("u1", "t2")];
        let thread = thread(&NODES, &links, &[]);
        let direct = thread.direct_links();
        assert_eq!(direct, [(0, 3), (0, 6), (3, 5)]);
    }

    #[test]
    fn a_main_goal_leads_on_to_its_sub_goals() {
        let thread = thread(&NODES, &[("u1", "m1"), ("m2", "t1")], &[("m1", "m2")]);
        assert_eq!(said(&thread)[0], "u1 [\"m1\", \"m2\"] t1");
        let loose = BTreeSet::from([1, 2, 6]);
        assert_eq!(thread.loose(), loose, "u2, f1 and t2 lead nowhere");
    }

    #[test]
    fn a_long_chain_takes_as_many_steps_as_it_has_links() {
        let chain = |size: usize| {
            let findings = (0..size).map(|n| Id::new(Kind::Finding, format!("f{n}")));
            let mut nodes = vec![Id::new(Kind::Challenge, "u")];
            nodes.extend(findings);
            nodes.push(Id::new(Kind::Measure, "t"));
            Thread {
                nodes,
                links: BTreeSet::from([(0, 1), (size, size + 1)]),
                within: (1..size).map(|n| (n, n + 1)).collect(),
                sub_goals: BTreeMap::new(),
            }
        };
        steps::assert_linear(100, chain, |thread| {
            assert!(thread.loose().is_empty());
            assert_eq!(thread.direct_links().len(), 2);
            assert_eq!(thread.ways().len(), 1);
        });
    }
}
