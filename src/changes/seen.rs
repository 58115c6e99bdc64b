//! A strategy as an audience sees it.

use crate::model::{Audience, Entry, Field, Id, Kind, Reference, Strategy, Subject, Value};
use std::collections::BTreeMap;

/// The entries, fields and names that an audience may read, and no others.
pub(super) struct Seen<'a> {
    pub(super) strategy: &'a Strategy,
    /// In the order of the document, each with the fields that are compared.
    pub(super) entries: Vec<Entry<'a>>,
    /// What each item is called.
    pub(super) titles: BTreeMap<Id, String>,
}

/// What tells entries of two versions to be one: the id, or the name of the part.
pub(super) fn key_of(entry: &Entry<'_>) -> String {
    match entry.subject {
        Subject::Item(id) => id.to_string(),
        Subject::Part(name) => name.to_owned(),
    }
}

impl<'a> Seen<'a> {
    pub(super) fn new(strategy: &'a Strategy, audience: Audience) -> Self {
        let readers = strategy.readers();
        let pictures: BTreeMap<&Id, Option<Audience>> = strategy
            .pictures()
            .map(|(image, shown_to)| (&image.id, shown_to))
            .collect();
        let may_see = |entry: &Entry<'_>| {
            let of_picture = entry.id().and_then(|id| pictures.get(id));
            let picture = of_picture.copied().flatten().unwrap_or_default();
            readers(entry).max(picture) <= audience
        };
        let mut entries: Vec<Entry<'a>> = strategy.entries().into_iter().filter(may_see).collect();
        let titles = entries.iter().filter_map(|entry| {
            let title = match entry.id()?.kind {
                Kind::Group => number_of(entry),
                Kind::Image => Some(name_of(entry)),
                _ => entry.title(),
            };
            Some((entry.id()?.clone(), title?))
        });
        let mut titles: BTreeMap<Id, String> = titles.collect();
        // Everybody may read the names of bodies and roles, wherever their doubts stand.
        for named in strategy.bodies.iter().chain(&strategy.roles) {
            titles.insert(named.id.clone(), named.name.value.clone());
        }
        // What cannot be read is not gone.
        let is_seen = |reference: &Reference| {
            let id = reference.id();
            id.is_some_and(|id| titles.contains_key(&id) || strategy.unreadable.contains(&id))
        };
        for entry in &mut entries {
            let subject = entry.subject;
            let is_picture = entry.id().is_some_and(|id| id.kind == Kind::Image);
            entry.fields.retain(|field| {
                field.audience <= audience
                    && is_compared(subject, field)
                    && (audience > Audience::Public || !(is_picture && field.key == "pending"))
                    && match field.value {
                        Value::Reference(reference, _) | Value::Origin(reference, _) => {
                            is_seen(reference)
                        }
                        _ => true,
                    }
            });
        }
        Self {
            strategy,
            entries,
            titles,
        }
    }

    /// Whether an item may be there, in a file that cannot be read.
    pub(super) fn may_hold(&self, id: &Id) -> bool {
        let strategy = self.strategy;
        strategy.unreadable.contains(id) || strategy.unreadable_kinds.contains(&id.kind)
    }

    /// What an entry is called, if it is an item.
    pub(super) fn title(&self, key: &str) -> Option<&str> {
        let id = Id::parse(key)?;
        self.titles.get(&id).map(String::as_str)
    }
}

/// Whether a field is compared by itself. Left out is what each version says of itself alone, as its
/// number, its date and the case that it belongs to; the order of chapters, which their moves tell; names of files; and
/// what steers the program.
fn is_compared(subject: Subject<'_>, field: &Field<'_>) -> bool {
    const STEERING: &[&str] = &[
        "appendices",
        "chapters",
        "demands",
        "drops",
        "file",
        "labels",
        "language",
        "passes.rule",
        "passes.status",
        "period.first",
        "period.last",
        "template",
        "text_language",
    ];
    match field.key {
        "passes.by" | "passes.reason" => field.shown,
        key if subject == Subject::Part("version") => {
            key == "uncertain" || key.starts_with("decisions.")
        }
        key => !STEERING.contains(&key),
    }
}

/// What a picture is called: its caption, or else what it shows.
fn name_of(entry: &Entry<'_>) -> String {
    let words = |key: &str| {
        entry.fields.iter().find_map(|field| match field.value {
            Value::Words(words) if field.key == key => Some(words.value.clone()),
            _ => None,
        })
    };
    let name = words("caption").or_else(|| words("alt"));
    let name = name.filter(|name| !name.is_empty());
    name.or(entry.id().map(|id| id.name.clone()))
        .unwrap_or_default()
}

fn number_of(entry: &Entry<'_>) -> Option<String> {
    entry.fields.iter().find_map(|field| match &field.value {
        Value::Setting(number) if field.key == "number" => Some(number.clone()),
        _ => None,
    })
}
