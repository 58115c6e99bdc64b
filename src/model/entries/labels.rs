//! The label of each field of an entry. Fields in the table of kinds have theirs there.

use crate::model::{FieldInfo, Kind};

/// Keys of fields that are not in the table of kinds, and the keys of their labels. Fields that a
/// list of changes groups stand under the first part of their key.
const LABELS: &[(&str, &str)] = &[
    ("subtitle", "field_subtitle"),
    ("description", "field_description"),
    ("council.name", "field_name"),
    ("council.short", "field_short"),
    ("council.members", "members"),
    ("council.contact", "contact"),
    ("number", "field_number"),
    ("date", "date"),
    ("note", "note"),
    ("case", "case"),
    ("decisions", "decision"),
    ("passes", "passes"),
    ("appendix", "field_appendix"),
    ("name", "field_name"),
    ("year", "field_year"),
    ("phase", "field_phase"),
    ("body", "body"),
    ("activity", "activity"),
    ("with", "field_with"),
    ("weeks", "when"),
    ("milestone", "milestone"),
    ("meeting", "meeting"),
    ("dispatch", "field_dispatch"),
    ("meeting.body", "body"),
    ("meeting.date", "date"),
    ("meeting.title", "case"),
    ("meeting.case", "case"),
    ("meeting.case_kind", "field_case_kind"),
    ("parts.letter", "field_parts"),
    ("parts.why", "field_why"),
    ("answers", "field_answers"),
    ("why", "field_why"),
    ("members", "field_participants"),
    ("group", "group"),
    ("question", "question"),
    ("part", "field_part"),
    ("author", "field_author"),
    ("publisher", "publisher"),
    ("address", "field_address"),
    ("term", "field_title"),
    ("full", "field_full"),
    ("text", "field_text"),
    ("pending", "field_pending"),
    ("alt", "field_alt"),
    ("caption", "field_caption"),
    ("credits", "photo_credits"),
    ("licence", "field_licence"),
    ("drawn", "field_drawn"),
];

/// The key of the label of a field, by the key of the field; empty if a document never names it.
pub fn field_label(key: &str) -> &'static str {
    let of_kinds = FieldInfo::all().find(|field| field.key == key);
    let of_kinds = of_kinds.map(|field| field.label);
    let others = || LABELS.iter().find(|(known, _)| *known == key);
    of_kinds
        .or_else(|| others().map(|(_, label)| *label))
        .unwrap_or_default()
}

impl FieldInfo {
    /// The fields of all kinds in the table of kinds.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        Kind::filed().flat_map(|kind| kind.info().fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Keys that neither cards nor lists of changes name: texts are compared in the document, and
    /// the rest is told as a remark or not at all.
    const UNNAMED: &[&str] = &[
        "appendices",
        "chapters",
        "demands",
        "drops",
        "file",
        "labels",
        "language",
        "lead_in",
        "parts.text",
        "period.first",
        "period.last",
        "reason",
        "round.by",
        "round.needed",
        "round.reason",
        "sent_out",
        "status",
        "template",
        "text_language",
    ];

    /// The keys that `parts.rs` gives to fields of entries.
    fn keys_of_parts() -> Vec<&'static str> {
        let calls = [
            "words(",
            "text(",
            "origin(",
            "reference(",
            "date(",
            "setting(",
            "let key = match",
        ];
        let source = include_str!("parts.rs");
        let mut keys = Vec::new();
        for call in calls {
            for (at, _) in source.match_indices(call) {
                let rest = source[at + call.len()..].trim_start();
                keys.extend(rest.strip_prefix('"').and_then(|key| key.split('"').next()));
            }
        }
        keys
    }

    #[test]
    fn every_field_of_an_entry_has_a_label() {
        let keys = keys_of_parts();
        assert!(keys.len() > 60, "{keys:?}");
        for key in keys {
            let group = key.split('.').next().unwrap_or(key);
            let label = [key, group].map(field_label).concat();
            assert_eq!(
                label.is_empty(),
                UNNAMED.contains(&key),
                "give `{key}` a label in this file"
            );
        }
    }

    #[test]
    fn a_key_has_the_same_label_in_every_kind() {
        let mut labels = BTreeMap::new();
        for field in FieldInfo::all() {
            assert_eq!(
                field.label.is_empty(),
                ["id", "order"].contains(&field.key),
                "{}",
                field.key
            );
            let label = *labels.entry(field.key).or_insert(field.label);
            assert_eq!(label, field.label, "{}", field.key);
            assert!(
                !LABELS.iter().any(|(key, _)| *key == field.key),
                "{}",
                field.key
            );
        }
    }
}
