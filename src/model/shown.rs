//! The audience of sections: a chapter decides it for all items that it shows.

use super::{Audience, Block, Chapter, Entry, Id, Image, Item, Section, Strategy};
use std::collections::{BTreeMap, BTreeSet};

impl Strategy {
    /// Every item that has a title or text of its own, in the order of the document.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        let entries = self.entries().into_iter();
        entries.filter_map(|entry| entry.item)
    }

    /// The ids of everything that only the council and its secretariat may read.
    pub fn internal_ids(&self) -> BTreeSet<&Id> {
        let entries = self.entries().into_iter();
        let internal = entries.filter(|entry| entry.audience == Audience::Internal);
        internal.filter_map(|entry| entry.id()).collect()
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

    /// For whom an entry is in the document, as a function of the entry: for those who may read it
    /// and read the chapter that shows it, too.
    pub fn readers(&self) -> impl Fn(&Entry<'_>) -> Audience + use<> {
        let all = Section::ALL.map(|(section, _)| (section, self.shown_to(section)));
        let all = BTreeMap::from(all);
        move |entry| {
            let section = entry.section.and_then(|section| all.get(&section));
            entry.audience.max(section.copied().unwrap_or_default())
        }
    }

    /// The pictures, and for whom a text shows each; `None` if no text does.
    pub fn pictures(&self) -> impl Iterator<Item = (&Image, Option<Audience>)> {
        let mut shown: BTreeMap<Id, Audience> = BTreeMap::new();
        let readers = self.readers();
        for entry in self.entries() {
            let audience = readers(&entry);
            for text in entry.texts() {
                text.walk(&mut |block| {
                    if let Block::Figure { image, .. } = block
                        && let Some(id) = image.id()
                    {
                        let known = shown.entry(id).or_insert(audience);
                        *known = audience.min(*known);
                    }
                });
            }
        }
        let images = self.images.iter();
        images.map(move |image| (image, shown.get(&image.id).copied()))
    }
}
