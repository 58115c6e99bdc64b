//! What has changed in the fields of an entry that both versions have.

use super::seen::Seen;
use super::{FieldValue, FileChange, What};
use crate::files::Sources;
use crate::model::{Entry, Field, Id, ImageFile, Reference, Value};
use std::collections::BTreeMap;

/// Fields whose values follow each other in groups: what their keys begin with, and the keys that
/// begin a group.
const GROUPED: &[(&str, &[&str])] = &[
    ("credits", &["credits.name", "credits.address"]),
    ("decisions", &["decisions.body"]),
    ("passes", &["passes.by"]),
    ("weeks", &["weeks"]),
];

/// Fields of which each value is told by itself when it comes or goes.
const SETS: &[&str] = &[
    "comes_from",
    "council.members",
    "credits",
    "goals",
    "members",
    "partners",
    "passes",
    "sources",
];

/// What has changed between the fields of two entries that are one, and whether words of others have.
pub(super) fn compare(
    before: &Seen<'_>,
    old: &Entry<'_>,
    after: &Seen<'_>,
    new: &Entry<'_>,
) -> Vec<(What, bool)> {
    let mut old = values(before, old);
    let mut found = Vec::new();
    let mut add = |key: &'static str, old: Vec<FieldValue>, new: Vec<FieldValue>| {
        if old == new {
            return;
        }
        if key == "decisions" {
            found.extend(decisions(old, new));
            return;
        }
        let whats = match SETS.contains(&key) {
            true => set(key, old, new),
            false => vec![What::Field { key, old, new }],
        };
        found.extend(whats.into_iter().map(|what| (what, false)));
    };
    for (key, new) in values(after, new) {
        let place = old.iter().position(|(known, _)| *known == key);
        let old = place.map(|at| old.remove(at).1);
        add(key, old.unwrap_or_default(), new);
    }
    for (key, old) in old {
        add(key, old, Vec::new());
    }
    found
}

/// Decisions that are new, and those of the same body, day and case with other words, which are words of
/// others. A version bears its own decisions alone, so that none is struck from the one before.
fn decisions(old: Vec<FieldValue>, new: Vec<FieldValue>) -> Vec<(What, bool)> {
    /// Body, date and case come first.
    const HEAD: usize = 3;
    let head = |value: &FieldValue| match value {
        FieldValue::Record(values) => name(&FieldValue::Record(
            values.iter().take(HEAD).cloned().collect(),
        )),
        value => name(value),
    };
    let mut found = Vec::new();
    for decision in new {
        let was = old.iter().find(|was| head(was) == head(&decision));
        if was == Some(&decision) {
            continue;
        }
        let is_verbatim = was.is_some();
        let what = What::Field {
            key: "decisions",
            old: was.cloned().into_iter().collect(),
            new: vec![decision],
        };
        found.push((what, is_verbatim));
    }
    found
}

/// What has come and gone of a set of values; one that took the place of another is a change of it,
/// unless the values are other items.
fn set(key: &'static str, old: Vec<FieldValue>, new: Vec<FieldValue>) -> Vec<What> {
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for value in &old {
        *counts.entry(name(value)).or_default() += 1;
    }
    let is_new = |value: &FieldValue| {
        let count = counts.entry(name(value)).or_default();
        *count -= 1;
        *count < 0
    };
    let gained: Vec<FieldValue> = new.into_iter().filter(is_new).collect();
    let is_gone = |value: &FieldValue| {
        let count = counts.entry(name(value)).or_default();
        *count -= 1;
        *count >= 0
    };
    let lost: Vec<FieldValue> = old.into_iter().rev().filter(is_gone).collect();
    let are_items = gained
        .iter()
        .any(|value| matches!(value, FieldValue::Item { .. }));
    match (&lost[..], &gained[..]) {
        ([], []) => vec![What::Order(key)],
        ([old], [new]) if !are_items => vec![What::Field {
            key,
            old: vec![old.clone()],
            new: vec![new.clone()],
        }],
        _ => {
            let lost = lost
                .into_iter()
                .rev()
                .map(|value| (vec![value], Vec::new()));
            let gained = gained.into_iter().map(|value| (Vec::new(), vec![value]));
            let all = lost.chain(gained);
            all.map(|(old, new)| What::Field { key, old, new })
                .collect()
        }
    }
}

/// What a value is compared by: an item is the same whatever it is called.
fn name(value: &FieldValue) -> String {
    match value {
        FieldValue::Item { id, .. } => id.to_string(),
        FieldValue::Words(words) => words.clone(),
        FieldValue::Date(date) => date.for_machines(),
        FieldValue::Setting(setting) => setting.clone(),
        FieldValue::Record(values) => values.iter().map(name).collect::<Vec<_>>().join("\u{1f}"),
    }
}

impl PartialEq for FieldValue {
    fn eq(&self, other: &Self) -> bool {
        name(self) == name(other)
    }
}

/// The values of an entry by key, in the order of its fields. Texts are compared in the tree.
pub(super) fn values(seen: &Seen<'_>, entry: &Entry<'_>) -> Vec<(&'static str, Vec<FieldValue>)> {
    let mut all: Vec<(&'static str, Vec<FieldValue>)> = Vec::new();
    for field in &entry.fields {
        let Some(value) = value(seen, field) else {
            continue;
        };
        let group = GROUPED.iter().find(|(prefix, _)| {
            let rest = field.key.strip_prefix(prefix);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        });
        let key = group.map_or(field.key, |(prefix, _)| prefix);
        let at = all.iter().position(|(known, _)| *known == key);
        let at = at.unwrap_or_else(|| {
            all.push((key, Vec::new()));
            all.len() - 1
        });
        let values = &mut all[at].1;
        match (group, values.last_mut()) {
            (None, _) => values.push(value),
            (Some((prefix, starts)), Some(FieldValue::Record(record)))
                if *prefix == "weeks" || !starts.contains(&field.key) =>
            {
                record.push(value);
            }
            (Some(_), _) => values.push(FieldValue::Record(vec![value])),
        }
    }
    all
}

fn value(seen: &Seen<'_>, field: &Field<'_>) -> Option<FieldValue> {
    let item = |reference: &Reference| -> Option<FieldValue> {
        let id: Id = reference.id()?;
        let title = seen.titles.get(&id).cloned();
        let title = title.unwrap_or_else(|| id.to_string());
        Some(FieldValue::Item { id, title })
    };
    match &field.value {
        Value::Words(words) | Value::Doubt(words) => Some(FieldValue::Words(words.value.clone())),
        Value::Text(_) => None,
        Value::Origin(reference, _) | Value::Reference(reference, _) => item(reference),
        Value::Date(date) => Some(FieldValue::Date(date.value.clone())),
        Value::Setting(setting) => Some(FieldValue::Setting(setting.clone())),
    }
}

/// How the file of a picture that both versions have has changed, if it has.
pub(super) fn file(
    [before, after]: [&Seen<'_>; 2],
    [old_sources, new_sources]: [&Sources; 2],
    id: &Id,
) -> Option<FileChange> {
    let digest = |seen: &Seen<'_>, sources: &Sources| -> Option<String> {
        let image = seen.strategy.images.iter().find(|image| image.id == *id)?;
        match &image.file {
            ImageFile::Path(path) => Some(sources.by_path(&path.value)?.1.sha256.clone()),
            ImageFile::Pending(_) => None,
        }
    };
    match (digest(before, old_sources), digest(after, new_sources)) {
        (None, Some(_)) => Some(FileChange::Added),
        (Some(_), None) => Some(FileChange::Struck),
        (old, new) => (old != new).then_some(FileChange::Replaced),
    }
}
