//! Who is shown what: a chapter decides it for everything that it shows.

use super::{Audience, Block, Chapter, Id, Image, Item, Kind, Section, Strategy, Text};
use std::collections::{BTreeMap, BTreeSet};

impl Section {
    /// The section in which items of a kind stand; chapters, bodies and roles stand in none, and
    /// pictures where a text puts them.
    fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Challenge => Some(Self::Challenges),
            Kind::Opportunity => Some(Self::Opportunities),
            Kind::Finding => Some(Self::Findings),
            Kind::StartingPoint => Some(Self::StartingPoints),
            Kind::FocusArea => Some(Self::FocusAreas),
            Kind::Goal => Some(Self::Goals),
            Kind::Measure => Some(Self::Measures),
            Kind::Source => Some(Self::Sources),
            Kind::Term => Some(Self::Glossary),
            Kind::Step => Some(Self::Process),
            Kind::Question | Kind::Group => Some(Self::Workshop),
            Kind::Input => Some(Self::Inputs),
            Kind::Chapter | Kind::Image | Kind::Body | Kind::Role => None,
        }
    }
}

impl Strategy {
    /// Every item that has a title or text of its own, in the order of the model.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        let questions = self.workshop.iter().flat_map(|w| &w.questions);
        let items = self.chapters.iter().map(|c| &c.item);
        items
            .chain(&self.challenges)
            .chain(&self.opportunities)
            .chain(self.findings.iter().map(|f| &f.item))
            .chain(&self.starting_points)
            .chain(&self.focus_areas)
            .chain(self.goals.iter().map(|g| &g.item))
            .chain(self.measures.iter().map(|m| &m.item))
            .chain(questions.map(|q| &q.item))
    }

    /// The ids of everything that only the council and its secretariat may read.
    pub fn internal_ids(&self) -> BTreeSet<&Id> {
        let inputs = self.workshop.iter().flat_map(|w| &w.inputs);
        let all = self.items().map(|item| (&item.id, item.audience));
        let all = all.chain(inputs.map(|input| (&input.id, input.audience)));
        let internal = all.filter(|(_, audience)| *audience == Audience::Internal);
        internal.map(|(id, _)| id).collect()
    }

    /// The first chapter that shows a section.
    pub fn showing(&self, section: Section) -> Option<&Chapter> {
        let mut chapters = self.chapters.iter();
        chapters.find(|chapter| chapter.section() == Some(section))
    }

    /// For whom a section is in the document: for the readers of the chapter that shows it. That
    /// there is such a chapter is for a check to see. Inputs without a chapter of their own stand
    /// with the questions.
    pub fn shown_to(&self, section: Section) -> Audience {
        let chapter = match section {
            Section::Inputs => self.showing(section).or(self.showing(Section::Workshop)),
            _ => self.showing(section),
        };
        chapter.map_or(Audience::Public, |chapter| chapter.item.audience)
    }

    /// The same for items of any kind, as a function of the id.
    pub fn readers(&self) -> impl Fn(&Id) -> Audience + use<> {
        let all = Section::ALL.map(|(section, _)| (section, self.shown_to(section)));
        let all = BTreeMap::from(all);
        move |id| {
            let section = Section::of(id.kind).and_then(|section| all.get(&section));
            section.copied().unwrap_or_default()
        }
    }

    /// The pictures, and for whom a text shows each; `None` if no text does.
    pub fn pictures(&self) -> impl Iterator<Item = (&Image, Option<Audience>)> {
        let mut shown: BTreeMap<Id, Audience> = BTreeMap::new();
        for (text, audience) in self.texts() {
            text.walk(&mut |block| {
                if let Block::Figure { image, .. } = block
                    && let Some(id) = image.id()
                {
                    let known = shown.entry(id).or_insert(audience);
                    *known = audience.min(*known);
                }
            });
        }
        let images = self.images.iter();
        images.map(move |image| (image, shown.get(&image.id).copied()))
    }

    /// Every running text, and for whom it is in the document.
    fn texts(&self) -> Vec<(&Text, Audience)> {
        let mut texts = Vec::new();
        let readers = self.readers();
        let of = |id: &Id, audience: Audience| audience.max(readers(id));
        let items = self.items();
        texts.extend(items.map(|item| (&item.text, of(&item.id, item.audience))));
        let agreement = self.shown_to(Section::Agreement);
        texts.extend(self.agreement.iter().map(|a| (&a.text, agreement)));
        let workshop = self.workshop.iter();
        for question in workshop.clone().flat_map(|w| &w.questions) {
            let audience = of(&question.item.id, question.item.audience);
            let parts = question.parts.iter().map(|part| &part.text);
            let all = std::iter::once(&question.lead_in).chain(parts);
            texts.extend(all.map(|text| (text, audience)));
        }
        for input in workshop.flat_map(|w| &w.inputs) {
            let all = std::iter::once(&input.text).chain(&input.reason);
            texts.extend(all.map(|text| (text, of(&input.id, input.audience))));
        }
        texts
    }
}
