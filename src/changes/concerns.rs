//! Which bodies, roles and municipalities a change concerns.

use super::places::Pair;
use super::seen::Seen;
use super::{Change, Edit, FieldValue, What};
use crate::model::{Entry, Kind, Value};
use std::collections::BTreeSet;

/// The names that can be concerned.
pub(super) struct Concerns<'a> {
    before: &'a Seen<'a>,
    after: &'a Seen<'a>,
    /// The municipalities of both versions.
    members: BTreeSet<&'a str>,
}

impl<'a> Concerns<'a> {
    pub(super) fn new(before: &'a Seen<'a>, after: &'a Seen<'a>) -> Self {
        let both = [before, after].into_iter();
        let members = both.flat_map(|seen| &seen.strategy.council.members);
        Self {
            before,
            after,
            members: members.map(|member| member.value.as_str()).collect(),
        }
    }

    /// Adds to the changes of an entry whom they concern: the bodies and roles that the entry names in
    /// either version, and the municipalities that take part in it or that the changed words name.
    pub(super) fn add(&self, entry: &Pair<'_>, changes: &mut [Change]) {
        if changes.is_empty() {
            return;
        }
        let mut all = BTreeSet::new();
        // That a municipality takes part is no concern of its own in each change of the front.
        let is_item = entry.id.is_some();
        for (seen, entry) in [(self.before, entry.old), (self.after, entry.new)] {
            let Some(entry) = entry.filter(|_| is_item) else {
                continue;
            };
            all.extend(named(seen, entry));
            for field in &entry.fields {
                if let Value::Words(words) = field.value
                    && field.key == "partners"
                {
                    all.extend(self.members_in(&words.value));
                }
            }
        }
        for change in changes {
            change.concerns.extend(all.iter().cloned());
            let words = words_of(&change.what);
            let found = words.iter().flat_map(|words| self.members_in(words));
            change.concerns.extend(found);
        }
    }

    fn members_in<'w>(&'w self, words: &'w str) -> impl Iterator<Item = String> + 'w {
        let members = self.members.iter();
        let found = members.filter(|member| names(words, member));
        found.map(|member| (*member).to_owned())
    }
}

/// The names of the bodies and roles that an entry refers to.
fn named(seen: &Seen<'_>, entry: &Entry<'_>) -> Vec<String> {
    let references = entry.fields.iter().filter_map(|field| match field.value {
        Value::Reference(reference, _) => reference.id(),
        _ => None,
    });
    let named = references.filter(|id| matches!(id.kind, Kind::Body | Kind::Role));
    named
        .filter_map(|id| seen.titles.get(&id).cloned())
        .collect()
}

/// The words of a change.
fn words_of(what: &What) -> Vec<&str> {
    fn of_value<'v>(value: &'v FieldValue, words: &mut Vec<&'v str>) {
        match value {
            FieldValue::Words(own) => words.push(own),
            FieldValue::Record(values) => values.iter().for_each(|v| of_value(v, words)),
            FieldValue::Item { .. } | FieldValue::Date(_) | FieldValue::Setting(_) => {}
        }
    }
    let mut words = Vec::new();
    match what {
        What::Field { old, new, .. } => {
            let both = old.iter().chain(new);
            both.for_each(|value| of_value(value, &mut words));
        }
        What::Text { edit, .. } => match edit {
            Edit::Added(text) | Edit::Struck(text) => words.push(text),
            Edit::Rewritten(before, now) => words.extend([before.as_str(), now]),
            Edit::Words(runs) => words.extend(runs.iter().map(|run| run.text.as_str())),
            Edit::Moved(_) | Edit::Links | Edit::Form => {}
        },
        _ => {}
    }
    words
}

/// Whether words name a municipality: as it is called, with or without «kommune», and in the genitive.
fn names(words: &str, member: &str) -> bool {
    let stem = member.strip_suffix(" kommune").unwrap_or(member);
    if stem.is_empty() {
        return false;
    }
    words.match_indices(stem).any(|(at, _)| {
        let before = words[..at].chars().next_back();
        let behind = &words[at + stem.len()..];
        let behind = behind.strip_prefix('s').unwrap_or(behind);
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !is_letter(before) && !is_letter(behind.chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_municipality_is_named_by_whole_words_only() {
        for words in ["Moss og Råde", "av Moss kommune", "Moss’ havn", "for Moss."] {
            assert!(names(words, "Moss kommune"), "{words}");
        }
        assert!(names("Elveruds veier", "Elverud"));
        for words in ["Mosseregionen", "moss", "Elverudveien"] {
            assert!(!names(words, "Moss") && !names(words, "Elverud"), "{words}");
        }
    }
}
