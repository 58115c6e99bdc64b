//! What can be referred to: its anchor, its name, and what refers to it.

use super::super::labels::Labels;
use super::super::markdown_html::Targets;
use super::LinkView;
use crate::model::{Audience, Block, Id, Inline, Item, Kind, Named, Reference, Strategy};
use std::collections::BTreeMap;

/// How much of an item's first words stands in for a title that it has not.
const WORDS: usize = 8;

/// What this build can refer to.
pub(super) struct TargetIndex {
    targets: BTreeMap<Id, Target>,
    followers: BTreeMap<Id, Vec<Id>>,
}

struct Target {
    title: String,
    /// What one of its kind is called, and several.
    kind: [String; 2],
    /// Whether the document has a place for it.
    has_anchor: bool,
}

impl TargetIndex {
    pub(super) fn new(strategy: &Strategy, labels: &Labels, audience: Audience) -> Self {
        let mut index = Self {
            targets: BTreeMap::new(),
            followers: BTreeMap::new(),
        };
        let readers = strategy.readers();
        let shown = |id: &Id, who: Audience| who.max(readers(id)) <= audience;
        let is_shown = |item: &Item| shown(&item.id, item.audience);
        for item in strategy.items().filter(|item| is_shown(item)) {
            index.add(&item.id, title_of(item), labels, true);
            index.follow(&item.id, &item.comes_from);
        }
        for goal in strategy.goals.iter().filter(|g| is_shown(&g.item)) {
            index.follow(&goal.item.id, goal.parent.iter().chain(&goal.focus_area));
        }
        for measure in strategy.measures.iter().filter(|m| is_shown(&m.item)) {
            index.follow(
                &measure.item.id,
                measure.goal.iter().chain(&measure.focus_area),
            );
        }
        let public = Audience::Public;
        for source in strategy.sources.iter().filter(|s| shown(&s.id, public)) {
            index.add(&source.id, source.title.value.clone(), labels, true);
        }
        for term in strategy.terms.iter().filter(|t| shown(&t.id, public)) {
            index.add(&term.id, term.term.value.clone(), labels, true);
        }
        let steps = strategy.process.iter().flat_map(|p| &p.steps);
        for step in steps.filter(|s| shown(&s.id, public)) {
            index.add(&step.id, step.activity.value.clone(), labels, true);
        }
        if let Some(workshop) = &strategy.workshop {
            for group in workshop.groups.iter().filter(|g| shown(&g.id, public)) {
                let title = labels.fill("group_n", &[("n", &group.number.to_string())]);
                index.add(&group.id, title, labels, true);
            }
            for input in workshop.inputs.iter().filter(|i| shown(&i.id, i.audience)) {
                let title = first_words(&input.text.blocks);
                index.add(&input.id, title, labels, true);
            }
        }
        index.named(&strategy.bodies, labels);
        index.named(&strategy.roles, labels);
        index
    }

    fn named(&mut self, all: &[Named], labels: &Labels) {
        for named in all {
            self.add(&named.id, named.name.value.clone(), labels, false);
        }
    }

    fn add(&mut self, id: &Id, title: String, labels: &Labels, has_anchor: bool) {
        let kind = labels_of(id.kind).map(|key| labels.get(key).to_owned());
        let target = Target {
            title,
            kind,
            has_anchor,
        };
        self.targets.insert(id.clone(), target);
    }

    fn follow<'r>(&mut self, follower: &Id, of: impl IntoIterator<Item = &'r Reference>) {
        for id in of.into_iter().filter_map(Reference::id) {
            let followers = self.followers.entry(id).or_default();
            if !followers.contains(follower) {
                followers.push(follower.clone());
            }
        }
    }

    /// A link to an item, if this build shows it.
    pub(super) fn link(&self, id: &Id) -> Option<LinkView> {
        let target = self.targets.get(id)?;
        let href = if target.has_anchor {
            format!("#{}", id.anchor())
        } else {
            String::new()
        };
        Some(LinkView {
            href,
            title: target.title.clone(),
            kind: target.kind[0].clone(),
            kinds: target.kind[1].clone(),
        })
    }

    /// Links to what builds on an item: what follows it up, and all the rest; `without` some.
    pub(super) fn followers(&self, id: &Id, without: &[&Id]) -> (Vec<LinkView>, Vec<LinkView>) {
        let ids = self.followers.get(id).into_iter().flatten();
        let ids = ids.filter(|id| !without.contains(id));
        let (follow_ups, rest): (Vec<&Id>, Vec<&Id>) = ids.partition(|id| follows_up(id.kind));
        let links = |ids: Vec<&Id>| ids.into_iter().filter_map(|id| self.link(id)).collect();
        (links(follow_ups), links(rest))
    }
}

impl Targets for TargetIndex {
    fn anchor(&self, reference: &Reference) -> Option<String> {
        let id = reference.id()?;
        self.targets
            .get(&id)
            .filter(|t| t.has_anchor)
            .map(|_| id.anchor())
    }
}

/// Whether what is of this kind follows something up; a challenge that rests on another does not.
fn follows_up(kind: Kind) -> bool {
    matches!(kind, Kind::Goal | Kind::FocusArea | Kind::Measure)
}

/// The keys of the labels for one item of a kind, and for several. Links to chapters, terms, groups,
/// pictures, bodies and roles are never grouped by kind, since no item comes from one.
fn labels_of(kind: Kind) -> [&'static str; 2] {
    match kind {
        Kind::Chapter => ["chapter", "chapter"],
        Kind::Challenge => ["challenge", "challenges"],
        Kind::Opportunity => ["opportunity", "opportunities"],
        Kind::Finding => ["finding", "findings"],
        Kind::StartingPoint => ["starting_point", "starting_points"],
        Kind::FocusArea => ["focus_area", "focus_areas"],
        Kind::Goal => ["goal", "goals"],
        Kind::Measure => ["measure", "measures"],
        Kind::Source => ["source", "sources"],
        Kind::Term => ["glossary", "glossary"],
        Kind::Step => ["step", "steps"],
        Kind::Question => ["question", "questions"],
        Kind::Group => ["group", "group"],
        Kind::Input => ["input", "inputs"],
        Kind::Image => ["image", "image"],
        Kind::Body => ["body", "body"],
        Kind::Role => ["role", "role"],
    }
}

fn title_of(item: &Item) -> String {
    match &item.title {
        Some(title) => title.value.clone(),
        None => first_words(&item.text.blocks),
    }
}

/// The first words of a text, cut with an ellipsis after a space, as words are left out.
fn first_words(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        block.walk(&mut |block| {
            if text.is_empty()
                && let Some((line, _)) = block.lines().first()
            {
                text = Inline::plain(line);
            }
        });
    }
    let mut words = text.split_whitespace();
    let first: Vec<_> = words.by_ref().take(WORDS).collect();
    let cut = words.next().is_some();
    let first = first.join(" ");
    if cut {
        format!("{} …", first.trim_end_matches([',', '.', ':', ';']))
    } else {
        first.strip_suffix('.').unwrap_or(&first).to_owned()
    }
}
