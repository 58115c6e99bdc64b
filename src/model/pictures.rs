//! Who may know of a picture.

use super::{Audience, Block, Id, Item, Strategy};
use std::collections::{BTreeMap, BTreeSet};

impl Strategy {
    /// Every item that has a title or text of its own, in the order of its kind.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        let chapters = self.chapters.iter().map(|chapter| &chapter.item);
        let questions = self.workshop.iter().flat_map(|w| &w.questions);
        chapters
            .chain(&self.challenges)
            .chain(&self.opportunities)
            .chain(self.findings.iter().map(|finding| &finding.item))
            .chain(&self.starting_points)
            .chain(&self.focus_areas)
            .chain(self.goals.iter().map(|goal| &goal.item))
            .chain(self.measures.iter().map(|measure| &measure.item))
            .chain(questions.map(|question| &question.item))
    }

    /// The pictures that only internal items show: their captions and credits are internal too.
    pub fn internal_pictures(&self) -> BTreeSet<Id> {
        let mut audiences: BTreeMap<Id, Audience> = BTreeMap::new();
        for item in self.items() {
            for block in &item.text.blocks {
                block.walk(&mut |block| {
                    let Block::Figure { image, .. } = block else {
                        return;
                    };
                    if let Some(id) = image.id() {
                        let audience = audiences.entry(id).or_insert(item.audience);
                        *audience = item.audience.min(*audience);
                    }
                });
            }
        }
        let internal = audiences.into_iter();
        let internal = internal.filter(|(_, audience)| *audience == Audience::Internal);
        internal.map(|(id, _)| id).collect()
    }
}
