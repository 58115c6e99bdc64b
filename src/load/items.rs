//! Items that have a file of their own: chapters, challenges, findings, goals, measures …

use super::format::*;
use super::ids::{id_of_file, without_kind, written_id};
use super::reading::Split;
use super::{Loading, rules};
use crate::diag::{did_you_mean, nearest};
use crate::files::{Content, SourceFile};
use crate::model::{
    Audience, Chapter, Finding, Goal, Id, Item, Kind, Located, Measure, Section, Strategy, Text,
};
use serde::de::DeserializeOwned;

/// A folder with one item a file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Folder {
    Chapters,
    Challenges,
    Opportunities,
    Findings,
    StartingPoints,
    FocusAreas,
    Goals,
    Measures,
    Questions,
    Inputs,
}

impl Folder {
    /// What the paths of its files begin with.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Chapters => "chapters/",
            Self::Challenges => "challenges/",
            Self::Opportunities => "opportunities/",
            Self::Findings => "findings/",
            Self::StartingPoints => "starting-points/",
            Self::FocusAreas => "focus-areas/",
            Self::Goals => "goals/",
            Self::Measures => "measures/",
            Self::Questions => "workshop/questions/",
            Self::Inputs => "workshop/inputs/",
        }
    }
}

/// Place among its kind, where the author gave one; the rest follow in the order of files.
type Order = Option<i64>;

impl Loading<'_> {
    /// Reads every item; without a strategy only to report what is wrong with them.
    pub(super) fn items(&mut self, strategy: Option<&mut Strategy>) {
        let plain = |front: ItemFile, item: Draft| {
            let item = item.finish(
                front.title,
                front.comes_from,
                front.audience,
                front.uncertain,
            );
            (front.order, item)
        };
        let id = |front: &ItemFile| front.id.clone();
        let challenges = self.kind(Folder::Challenges, Kind::Challenge, id, plain);
        let opportunities = self.kind(Folder::Opportunities, Kind::Opportunity, id, plain);
        let starting_points = self.kind(Folder::StartingPoints, Kind::StartingPoint, id, plain);
        let focus_areas = self.kind(Folder::FocusAreas, Kind::FocusArea, id, plain);
        let findings = self.findings();
        let goals = self.goals();
        let measures = self.measures();
        let chapters = self.chapters();
        let Some(strategy) = strategy else { return };
        strategy.challenges = challenges;
        strategy.opportunities = opportunities;
        strategy.starting_points = starting_points;
        strategy.focus_areas = focus_areas;
        strategy.findings = findings;
        strategy.goals = goals;
        strategy.measures = measures;
        self.order_chapters(strategy, chapters);
    }

    /// Reads the files of a folder; `make` turns front matter and body into the item.
    pub(super) fn kind<F: DeserializeOwned + Clone + Send + Sync + 'static, T>(
        &mut self,
        folder: Folder,
        kind: Kind,
        id: impl Fn(&F) -> Option<Str>,
        mut make: impl FnMut(F, Draft<'_, '_>) -> (Order, T),
    ) -> Vec<T> {
        let mut found = Vec::new();
        for (file_id, file) in self.folder(folder) {
            let Some((front, split)) = self.markdown::<F>(file_id, file) else {
                self.unreadable_item(kind, file);
                continue;
            };
            let (id, span) = match id(&front) {
                Some(word) => self.id(kind, word, split.front_place),
                None => self.id_by_file(kind, &file.path, file_id),
            };
            let text = self.cache.body(&split, file_id, self.sink);
            let draft = Draft {
                id,
                span,
                text,
                split: &split,
                sink: self.sink,
            };
            found.push(make(front, draft));
        }
        // Stable: items without an order keep that of their files, after those with one.
        found.sort_by_key(|(order, _)| (order.is_none(), *order));
        found.into_iter().map(|(_, item)| item).collect()
    }

    /// Notes the item of a file that cannot be used: links to it are not wrong.
    fn unreadable_item(&mut self, kind: Kind, file: &SourceFile) {
        match file.content {
            // Nobody can tell which id stands in it.
            Content::Refused => self.unreadable_kinds.push(kind),
            _ => {
                let own = written_id(kind, file.text());
                let id = own.unwrap_or_else(|| id_of_file(kind, &file.path));
                self.unreadable.push(id);
            }
        }
    }

    fn findings(&mut self) -> Vec<Finding> {
        let id = |front: &FindingFile| front.id.clone();
        self.kind(Folder::Findings, Kind::Finding, id, |front, draft| {
            let provisional = draft.split.front_place.locate_some(front.provisional);
            let item = draft.finish(
                front.title,
                front.comes_from,
                front.audience,
                front.uncertain,
            );
            let provisional = provisional.unwrap_or(Located::new(false, item.span));
            (front.order, Finding { item, provisional })
        })
    }

    fn goals(&mut self) -> Vec<Goal> {
        let id = |front: &GoalFile| front.id.clone();
        self.kind(Folder::Goals, Kind::Goal, id, |front, draft| {
            let place = draft.split.front_place;
            let goal = Goal {
                parent: front.parent.map(|r| place.reference(r)),
                focus_area: front.focus_area.map(|r| place.reference(r)),
                item: draft.finish(
                    front.title,
                    front.comes_from,
                    front.audience,
                    front.uncertain,
                ),
            };
            (front.order, goal)
        })
    }

    fn measures(&mut self) -> Vec<Measure> {
        let id = |front: &MeasureFile| front.id.clone();
        self.kind(Folder::Measures, Kind::Measure, id, |front, draft| {
            let place = draft.split.front_place;
            let measure = Measure {
                focus_area: front.focus_area.map(|r| place.reference(r)),
                goal: front.goal.map(|r| place.reference(r)),
                responsible: place.references(front.responsible),
                partners: place.locate_all(front.partners),
                deadline: front.deadline.map(|date| place.date(date, draft.sink)),
                indicator: place.locate_some(front.indicator),
                cost: place.locate_some(front.cost),
                item: draft.finish(
                    front.title,
                    front.comes_from,
                    front.audience,
                    front.uncertain,
                ),
            };
            (front.order, measure)
        })
    }

    fn chapters(&mut self) -> Vec<Chapter> {
        let id = |front: &ChapterFile| front.id.clone();
        self.kind(Folder::Chapters, Kind::Chapter, id, |front, draft| {
            let place = draft.split.front_place;
            let chapter = Chapter {
                item: draft.finish(
                    Some(front.title),
                    Vec::new(),
                    front.audience,
                    front.uncertain,
                ),
                shows: (front.shows).map(|shows| {
                    let Located { value, span } = place.locate(shows);
                    Located::new(section(value), span)
                }),
                unnumbered: front.unnumbered,
                appendix: false,
            };
            (None, chapter)
        })
    }

    /// Puts chapters in the order of `strategy.toml`, and the appendices behind them; one that is
    /// not named there, or named without a file, is an error: nothing may be left out in silence.
    fn order_chapters(&mut self, strategy: &mut Strategy, mut chapters: Vec<Chapter>) {
        let appendices = strategy.chapter_order.len();
        let order = strategy.chapter_order.iter();
        let order: Vec<_> = order.chain(&strategy.appendix_order).collect();
        for (at, name) in order.iter().enumerate() {
            let is_appendix = at >= appendices;
            let named = without_kind(Kind::Chapter, name);
            let found = chapters.iter().position(|c| c.item.id.name == named);
            if let Some(at) = found {
                let mut chapter = chapters.remove(at);
                chapter.appendix = is_appendix;
                strategy.chapters.push(chapter);
                continue;
            }
            let is_named = |id: &Id| id.kind == Kind::Chapter && id.name == named;
            let may_be_there = self.unreadable_kinds.contains(&Kind::Chapter);
            if may_be_there || self.unreadable.iter().any(is_named) {
                continue;
            }
            let first = order
                .iter()
                .find(|n| without_kind(Kind::Chapter, n) == named);
            if let Some(first) = first.filter(|first| first.span != name.span) {
                let message = format!("chapter `{named}` is named twice");
                let twice = rules::UNLISTED_CHAPTER.at(name.span, message);
                let twice = twice.also(first.span, "first named here");
                self.sink.report(twice.hint("take one of them out"));
                continue;
            }
            let message = format!("there is no chapter `{named}`");
            let names = chapters.iter().map(|c| c.item.id.name.as_str());
            let hint = match nearest(named, names) {
                Some(meant) => did_you_mean(meant),
                None => format!("take it out, or write `chapters/{named}.md`"),
            };
            self.sink
                .report(rules::UNLISTED_CHAPTER.at(name.span, message).hint(hint));
        }
        for chapter in chapters {
            let name = &chapter.item.id.name;
            let message = format!("chapter `{name}` is not in the order of chapters");
            let hint = format!("add `\"{name}\"` to `chapters` or `appendices` in strategy.toml");
            let unlisted = rules::UNLISTED_CHAPTER.at(chapter.item.span, message);
            self.sink.report(unlisted.hint(hint));
        }
    }
}

/// An item whose id and text are read, and whose front matter is at hand.
pub(super) struct Draft<'a, 'b> {
    pub(super) id: Id,
    pub(super) span: crate::files::Span,
    pub(super) text: Text,
    pub(super) split: &'a Split<'b>,
    pub(super) sink: &'a mut crate::diag::Sink,
}

impl Draft<'_, '_> {
    /// The item, with what all kinds have in common.
    pub(super) fn finish(
        self,
        title: Option<Str>,
        comes_from: Vec<Str>,
        who: AudienceField,
        uncertain: Option<Str>,
    ) -> Item {
        let place = self.split.front_place;
        Item {
            id: self.id,
            span: self.span,
            title: place.locate_some(title),
            audience: audience(who),
            comes_from: place.references(comes_from),
            text: self.text,
            uncertain: place.locate_some(uncertain),
        }
    }
}

pub(super) fn audience(field: AudienceField) -> Audience {
    match field {
        AudienceField::Public => Audience::Public,
        AudienceField::Internal => Audience::Internal,
    }
}

fn section(field: SectionField) -> Section {
    match field {
        SectionField::Agreement => Section::Agreement,
        SectionField::Challenges => Section::Challenges,
        SectionField::Opportunities => Section::Opportunities,
        SectionField::Findings => Section::Findings,
        SectionField::StartingPoints => Section::StartingPoints,
        SectionField::FocusAreas => Section::FocusAreas,
        SectionField::Goals => Section::Goals,
        SectionField::Measures => Section::Measures,
        SectionField::Process => Section::Process,
        SectionField::Workshop => Section::Workshop,
        SectionField::Inputs => Section::Inputs,
        SectionField::RedThread => Section::RedThread,
        SectionField::Sources => Section::Sources,
        SectionField::Glossary => Section::Glossary,
        SectionField::Credits => Section::Credits,
        SectionField::Versions => Section::Versions,
    }
}
