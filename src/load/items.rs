//! Items that have a file of their own: chapters, challenges, findings, goals, measures …
//!
//! The table of kinds describes their fields; `item_fields` reads them.

use super::format::Str;
use super::front_matter::MarkdownFile;
use super::ids::{id_of_file, without_kind, written_id};
use super::{Loader, rules};
use crate::diag::{did_you_mean, nearest};
use crate::files::{Content, SourceFile};
use crate::model::{Audience, Chapter, Id, Item, Kind, Strategy, Text};
use std::collections::BTreeMap;
use toml::Deserializer;

/// Place among its kind, where the author gave one; the rest follow in the order of files.
type Order = Option<i64>;

impl Loader<'_> {
    /// Reads every item; without a strategy only to report what is wrong with them.
    pub(super) fn items(&mut self, strategy: Option<&mut Strategy>) {
        let kinds = Kind::filed().map(|kind| (kind, self.filed(kind)));
        let mut items: BTreeMap<Kind, Vec<Item>> = kinds.collect();
        let chapters = items.remove(&Kind::Chapter).unwrap_or_default();
        let Some(strategy) = strategy else { return };
        strategy.items = items;
        self.order_chapters(strategy, chapters);
    }

    /// Reads the files of a kind: `read` reads the front matter, `make` turns it and the body into
    /// the item.
    pub(super) fn kind<F: Clone + Send + Sync + 'static, T>(
        &mut self,
        kind: Kind,
        read: impl Fn(Deserializer<'_>) -> Result<F, toml::de::Error>,
        id: impl Fn(&F) -> Option<Str>,
        mut make: impl FnMut(F, PartialItem<'_, '_>) -> (Order, T),
    ) -> Vec<T> {
        let mut found = Vec::new();
        for (file_id, file) in self.files_of(kind) {
            let Some((front, split)) = self.markdown(file_id, file, &read) else {
                self.unreadable_item(kind, file);
                continue;
            };
            let (id, span) = match id(&front) {
                Some(word) => self.id(kind, word, split.front_start),
                None => self.id_by_file(kind, &file.path, file_id),
            };
            let text = self.cache.body(&split, file_id, self.sink);
            let partial = PartialItem {
                id,
                span,
                text,
                split: &split,
                sink: self.sink,
            };
            found.push(make(front, partial));
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

    /// Puts chapters in the order of `strategy.toml`, and the appendices behind them; one that is
    /// not named there, or named without a file, is an error: nothing may be left out in silence.
    fn order_chapters(&mut self, strategy: &mut Strategy, mut chapters: Vec<Item>) {
        let appendices = strategy.chapter_order.len();
        let order = strategy.chapter_order.iter();
        let order: Vec<_> = order.chain(&strategy.appendix_order).collect();
        for (at, name) in order.iter().enumerate() {
            let is_appendix = at >= appendices;
            let named = without_kind(Kind::Chapter, name);
            let found = chapters.iter().position(|c| c.id.name == named);
            if let Some(at) = found {
                strategy.chapters.push(Chapter {
                    item: chapters.remove(at),
                    appendix: is_appendix,
                });
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
                let message = format!("chapter `{named}` is listed twice");
                let twice = rules::UNLISTED_CHAPTER.at(name.span, message);
                let twice = twice.also(first.span, "first listed here");
                self.sink.report(twice.hint("remove one of them"));
                continue;
            }
            let message = format!("there is no chapter `{named}`");
            let names = chapters.iter().map(|c| c.id.name.as_str());
            let hint = match nearest(named, names) {
                Some(meant) => did_you_mean(meant),
                None => format!("remove it, or write `chapters/{named}.md`"),
            };
            self.sink
                .report(rules::UNLISTED_CHAPTER.at(name.span, message).hint(hint));
        }
        for chapter in chapters {
            let name = &chapter.id.name;
            let message = format!("chapter `{name}` is in no list of chapters");
            let hint = format!("add `\"{name}\"` to `chapters` or `appendices` in strategy.toml");
            let unlisted = rules::UNLISTED_CHAPTER.at(chapter.span, message);
            self.sink.report(unlisted.hint(hint));
        }
    }
}

/// An item whose id and text are read, and whose front matter is at hand.
pub(super) struct PartialItem<'a, 'b> {
    pub(super) id: Id,
    pub(super) span: crate::files::Span,
    pub(super) text: Text,
    pub(super) split: &'a MarkdownFile<'b>,
    pub(super) sink: &'a mut crate::diag::Sink,
}

impl PartialItem<'_, '_> {
    /// The item, with no more than a title and a doubt beside its text.
    pub(super) fn finish(self, title: Str, uncertain: Option<Str>) -> Item {
        let place = self.split.front_start;
        Item {
            id: self.id,
            span: self.span,
            title: Some(place.locate(title)),
            audience: Audience::Public,
            comes_from: Vec::new(),
            text: self.text,
            uncertain: place.locate_some(uncertain),
            facts: Vec::new(),
        }
    }
}
