//! What the rules look at: the strategy, an index of its ids, and every reference and text in it.

use crate::diag::nearest;
use crate::files::{Sources, Span};
use crate::model::{Audience, Block, Id, Inline, Item, Kind, Link, Reference, Strategy, Text};
use std::collections::BTreeMap;

/// The strategy with what several rules need to know of it.
pub(super) struct Context<'a> {
    /// What is checked.
    pub(super) strategy: &'a Strategy,
    /// The files that it was read from.
    pub(super) sources: &'a Sources,
    /// Every id with the places where it is given; more than one place is a mistake.
    pub(super) ids: BTreeMap<&'a Id, Vec<Span>>,
    /// Every reference from an item to another.
    pub(super) mentions: Vec<Mention<'a>>,
    /// Every running text.
    pub(super) bodies: Vec<Body<'a>>,
}

/// A reference, with what it has to lead to.
pub(super) struct Mention<'a> {
    /// What was written, and where.
    pub(super) reference: &'a Reference,
    /// The key it stands under, or `None` in running text.
    pub(super) key: Option<&'static str>,
    /// The kinds that it may lead to.
    pub(super) wants: &'static [Kind],
}

/// A running text.
pub(super) struct Body<'a> {
    /// The text.
    pub(super) text: &'a Text,
    /// Who may read it.
    pub(super) audience: Audience,
}

/// What an item can build on.
const ORIGINS: &[Kind] = &[
    Kind::Challenge,
    Kind::Opportunity,
    Kind::Finding,
    Kind::StartingPoint,
    Kind::FocusArea,
    Kind::Goal,
    Kind::Measure,
    Kind::Source,
    Kind::Step,
    Kind::Question,
    Kind::Input,
];

/// What stands in the document with an anchor of its own.
const LINKABLE: &[Kind] = &[
    Kind::Chapter,
    Kind::Challenge,
    Kind::Opportunity,
    Kind::Finding,
    Kind::StartingPoint,
    Kind::FocusArea,
    Kind::Goal,
    Kind::Measure,
    Kind::Source,
    Kind::Term,
    Kind::Step,
    Kind::Question,
    Kind::Group,
    Kind::Input,
];

/// What can be shown as a picture.
pub(super) const PICTURES: &[Kind] = &[Kind::Image];

const ROLES_AND_BODIES: &[Kind] = &[Kind::Role, Kind::Body];

impl<'a> Context<'a> {
    pub(super) fn new(strategy: &'a Strategy, sources: &'a Sources) -> Self {
        let mut context = Self {
            strategy,
            sources,
            ids: BTreeMap::new(),
            mentions: Vec::new(),
            bodies: Vec::new(),
        };
        context.gather_ids();
        context.gather_bodies();
        context.gather_keys();
        context.gather_links();
        context
    }

    /// Whether an id is given anywhere, be it in a file that could not be used.
    pub(super) fn knows(&self, id: &Id) -> bool {
        self.ids.contains_key(id)
            || self.strategy.unreadable.contains(id)
            || self.strategy.unreadable_kinds.contains(&id.kind)
    }

    /// The known id that was probably meant, among those of the wanted kinds.
    pub(super) fn nearest(&self, written: &str, wants: &[Kind]) -> Option<String> {
        let wanted = self.ids.keys().filter(|id| wants.contains(&id.kind));
        let all: Vec<_> = wanted.map(ToString::to_string).collect();
        // A name alone, or under the wrong kind, is meant more often than one that looks alike.
        let name = written.rsplit('/').next().unwrap_or(written);
        let same_name = all.iter().find(|id| id.rsplit('/').next() == Some(name));
        let alike = || nearest(written, all.iter().map(String::as_str)).map(str::to_owned);
        same_name.cloned().or_else(alike)
    }

    /// Every item that has a text of its own, in the order of the model.
    pub(super) fn items(&self) -> impl Iterator<Item = &'a Item> + use<'a> {
        self.strategy.items()
    }

    /// The blocks of every text that is not kept verbatim.
    pub(super) fn blocks(&self) -> Vec<(&Body<'a>, &'a Block)> {
        let mut out = Vec::new();
        for body in self.bodies.iter().filter(|body| !body.text.verbatim) {
            body.text.walk(&mut |block| out.push((body, block)));
        }
        out
    }

    fn gather_ids(&mut self) {
        let s = self.strategy;
        let mut add = |id: &'a Id, span: Span| self.ids.entry(id).or_default().push(span);
        let named = s.bodies.iter().chain(&s.roles);
        named.for_each(|named| add(&named.id, named.span));
        s.sources
            .iter()
            .for_each(|source| add(&source.id, source.span));
        s.terms.iter().for_each(|term| add(&term.id, term.span));
        let steps = s.process.iter().flat_map(|p| &p.steps);
        steps.for_each(|step| add(&step.id, step.span));
        if let Some(workshop) = &s.workshop {
            workshop.groups.iter().for_each(|g| add(&g.id, g.span));
            workshop.inputs.iter().for_each(|i| add(&i.id, i.span));
        }
        s.images.iter().for_each(|image| add(&image.id, image.span));
        for item in self.items() {
            self.ids.entry(&item.id).or_default().push(item.span);
        }
    }

    fn gather_bodies(&mut self) {
        let s = self.strategy;
        let mut bodies = Vec::new();
        let mut add = |text, audience| bodies.push(Body { text, audience });
        if let Some(agreement) = &s.agreement {
            add(&agreement.text, Audience::Public);
        }
        for item in self.items() {
            add(&item.text, item.audience);
        }
        if let Some(workshop) = &s.workshop {
            for question in &workshop.questions {
                let audience = question.item.audience;
                add(&question.lead_in, audience);
                let parts = question.parts.iter();
                parts.for_each(|part| add(&part.text, audience));
            }
            for input in &workshop.inputs {
                add(&input.text, input.audience);
                let reason = input.reason.iter();
                reason.for_each(|reason| add(reason, input.audience));
            }
        }
        self.bodies = bodies;
    }

    fn gather_keys(&mut self) {
        let s = self.strategy;
        let mut mentions = Vec::new();
        let mut add = |key, wants, reference| {
            mentions.push(Mention {
                reference,
                key: Some(key),
                wants,
            });
        };
        for decision in &s.version.decisions {
            add("body", &[Kind::Body], &decision.body);
        }
        for item in self.items() {
            let origins = item.comes_from.iter();
            origins.for_each(|reference| add("comes_from", ORIGINS, reference));
        }
        for goal in &s.goals {
            let parent = goal.parent.iter();
            parent.for_each(|r| add("parent", &[Kind::Goal], r));
            let area = goal.focus_area.iter();
            area.for_each(|r| add("focus_area", &[Kind::FocusArea], r));
        }
        for measure in &s.measures {
            let area = measure.focus_area.iter();
            area.for_each(|r| add("focus_area", &[Kind::FocusArea], r));
            measure
                .goal
                .iter()
                .for_each(|r| add("goal", &[Kind::Goal], r));
            let responsible = measure.responsible.iter();
            responsible.for_each(|r| add("responsible", ROLES_AND_BODIES, r));
        }
        for step in s.process.iter().flat_map(|p| &p.steps) {
            step.body.iter().for_each(|r| add("body", &[Kind::Body], r));
            let responsible = step.responsible.iter();
            responsible.for_each(|r| add("responsible", ROLES_AND_BODIES, r));
            step.with
                .iter()
                .for_each(|r| add("with", ROLES_AND_BODIES, r));
        }
        if let Some(workshop) = &s.workshop {
            let body = workshop.meeting.body.iter();
            body.for_each(|r| add("body", &[Kind::Body], r));
            for input in &workshop.inputs {
                add("group", &[Kind::Group], &input.group);
                add("question", &[Kind::Question], &input.question);
            }
        }
        self.mentions.extend(mentions);
    }

    fn gather_links(&mut self) {
        let mut found = Vec::new();
        for body in &self.bodies {
            body.text.walk(&mut |block| links(block, &mut found));
        }
        let mentions = found.into_iter().map(|(reference, wants)| Mention {
            reference,
            key: None,
            wants,
        });
        self.mentions.extend(mentions);
    }
}

fn links<'a>(block: &'a Block, found: &mut Vec<(&'a Reference, &'static [Kind])>) {
    if let Block::Figure { image, .. } = block {
        found.push((image, PICTURES));
    }
    for (line, _) in block.lines() {
        each_link(line, &mut |link, _| {
            if let Link::Item { item, .. } = link {
                found.push((item, LINKABLE));
            }
        });
    }
}

/// Calls `visit` with every link in a line and the words that are read for it.
pub(super) fn each_link<'a>(line: &'a [Inline], visit: &mut impl FnMut(&'a Link, &'a [Inline])) {
    for inline in line {
        if let Inline::Link { link, content } = inline {
            visit(link, content);
        }
        each_link(inline.inner(), visit);
    }
}

/// A kind with its article, for messages: `a challenge`.
pub(super) fn a_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Chapter => "a chapter",
        Kind::Challenge => "a challenge",
        Kind::Opportunity => "an opportunity",
        Kind::Finding => "a finding",
        Kind::StartingPoint => "a starting point",
        Kind::FocusArea => "a focus area",
        Kind::Goal => "a goal",
        Kind::Measure => "a measure",
        Kind::Source => "a source",
        Kind::Term => "a term",
        Kind::Step => "a step",
        Kind::Question => "a question",
        Kind::Group => "a group",
        Kind::Input => "an input",
        Kind::Image => "a picture",
        Kind::Body => "a body",
        Kind::Role => "a role",
    }
}
