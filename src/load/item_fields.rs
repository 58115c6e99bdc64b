//! Schema and values of the front matter of the kinds whose fields are in the table of kinds.

use super::Loader;
use super::file_offset::FileOffset;
use super::format::{DateField, ReadingField, SpannedValue, Str};
use super::items::PartialItem;
use crate::model::{
    Audience, Fact, FactValue, FieldInfo, FieldType, Item, Kind, KindInfo, Located, Reading, Word,
};
use schemars::{JsonSchema, SchemaGenerator};
use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value, json};
use std::fmt;

/// Values by their keys, as a file has them.
pub(super) type ItemFields = Vec<(&'static FieldInfo, FieldValue)>;

/// A value as it was written.
#[derive(Debug, Clone)]
pub(super) enum FieldValue {
    Words(Str),
    List(Vec<Str>),
    Date(SpannedValue<DateField>),
    Flag(SpannedValue<bool>),
    Reading(SpannedValue<ReadingField>),
    Whole(i64),
}

/// Reads the table of a file, or one in it, by the fields that it can have.
#[derive(Clone, Copy)]
pub(super) struct Fields(pub(super) &'static [FieldInfo]);

impl<'de> DeserializeSeed<'de> for Fields {
    type Value = ItemFields;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<ItemFields, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields {
    type Value = ItemFields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the keys of an item")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<ItemFields, A::Error> {
        let mut front = ItemFields::new();
        while let Some(key) = table.next_key::<String>()? {
            // Keys that the kind does not have were taken out when the file was held against its
            // schema.
            let Some(field) = self.0.iter().find(|field| field.key == key) else {
                let _: IgnoredAny = table.next_value()?;
                continue;
            };
            front.push((field, field.sort.read(&mut table)?));
        }
        // In the order of the table of kinds, so that nothing hangs on the order in a file.
        let place = |info: &FieldInfo| self.0.iter().position(|field| field.key == info.key);
        front.sort_by_key(|(field, _)| place(field));
        Ok(front)
    }
}

impl FieldType {
    /// The next value of a table.
    fn read<'de, A: MapAccess<'de>>(self, table: &mut A) -> Result<FieldValue, A::Error> {
        Ok(match self {
            Self::Id
            | Self::Doubt
            | Self::Words
            | Self::Choice(_)
            | Self::Origin(_)
            | Self::Audience => FieldValue::Words(table.next_value()?),
            Self::WordsList | Self::Origins | Self::OriginsOf(_) | Self::Names(_) => {
                FieldValue::List(table.next_value()?)
            }
            Self::Date => FieldValue::Date(table.next_value()?),
            Self::Reading => FieldValue::Reading(table.next_value()?),
            Self::Flag => FieldValue::Flag(table.next_value()?),
            Self::Order => FieldValue::Whole(table.next_value()?),
        })
    }

    /// The JSON Schema of a value.
    fn schema(self) -> Value {
        match self {
            Self::Id | Self::Doubt | Self::Words | Self::Origin(_) => json!({ "type": "string" }),
            Self::WordsList | Self::Origins | Self::OriginsOf(_) | Self::Names(_) => {
                json!({ "type": "array", "items": { "type": "string" } })
            }
            Self::Audience => {
                json!({ "type": "string", "enum": Audience::WORDS })
            }
            Self::Choice(choices) => {
                let words: Vec<_> = choices.iter().map(|choice| choice.word).collect();
                json!({ "type": "string", "enum": words })
            }
            Self::Flag => json!({ "type": "boolean", "default": false }),
            Self::Order => json!({ "type": "integer", "format": "int64" }),
            Self::Date => DateField::json_schema(&mut SchemaGenerator::default()).to_value(),
            Self::Reading => ReadingField::json_schema(&mut SchemaGenerator::default()).to_value(),
        }
    }
}

/// The schema of the front matter of a kind.
pub(super) fn schema(info: &KindInfo) -> Value {
    let about = format!(
        "Front matter of `{}`; the body is {}.",
        info.place, info.body
    );
    let properties = info.fields.iter().map(|field| {
        let mut schema = field.sort.schema();
        schema["description"] = field.about.into();
        (field.key.to_owned(), schema)
    });
    let properties: Map<String, Value> = properties.collect();
    let required = info.fields.iter().filter(|field| field.required);
    let required: Vec<_> = required.map(|field| field.key).collect();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": info.word,
        "description": about,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema
}

impl Loader<'_> {
    /// Reads the items of a kind that the table describes in full.
    pub(super) fn filed(&mut self, kind: Kind) -> Vec<Item> {
        let fields = Fields(kind.info().fields);
        let read = |deserializer: toml::Deserializer<'_>| fields.deserialize(deserializer);
        let id = |front: &ItemFields| {
            front
                .iter()
                .find_map(|(field, value)| match (field.sort, value) {
                    (FieldType::Id, FieldValue::Words(id)) => Some(id.clone()),
                    _ => None,
                })
        };
        self.kind(kind, read, id, item)
    }
}

/// The place of an item among its kind, and the item.
fn item(front: ItemFields, partial: PartialItem<'_, '_>) -> (Option<i64>, Item) {
    let place = partial.split.front_start;
    let mut order = None;
    let mut item = Item {
        id: partial.id,
        span: partial.span,
        title: None,
        audience: Audience::Public,
        comes_from: Vec::new(),
        text: partial.text,
        uncertain: None,
        facts: Vec::new(),
    };
    for (field, value) in front {
        match (field.sort, value) {
            (FieldType::Id, _) => {}
            (FieldType::Order, FieldValue::Whole(number)) => order = Some(number),
            (FieldType::Audience, FieldValue::Words(word)) => {
                item.audience = Audience::from_word(word.0.get_ref()).unwrap_or_default();
            }
            (FieldType::Doubt, FieldValue::Words(words)) => {
                item.uncertain = Some(place.locate(words))
            }
            (FieldType::Words, FieldValue::Words(words)) if field.key == "title" => {
                item.title = Some(place.locate(words));
            }
            (FieldType::Origins, FieldValue::List(ids)) => item.comes_from = place.references(ids),
            (_, value) => {
                let values = facts(field.sort, value, place, partial.sink);
                item.facts
                    .extend(values.into_iter().map(|value| Fact { field, value }));
            }
        }
    }
    (order, item)
}

/// The facts that a value is: one, or one for each of a list.
fn facts(
    sort: FieldType,
    value: FieldValue,
    place: FileOffset,
    sink: &mut crate::diag::Sink,
) -> Vec<FactValue> {
    let is_reference = matches!(
        sort,
        FieldType::Origin(_) | FieldType::OriginsOf(_) | FieldType::Names(_)
    );
    let one = |words: Str| match is_reference {
        true => FactValue::Reference(place.reference(words)),
        false => FactValue::Words(place.locate(words)),
    };
    match value {
        FieldValue::Words(words) => vec![one(words)],
        FieldValue::List(all) => all.into_iter().map(one).collect(),
        FieldValue::Date(date) => vec![FactValue::Date(place.date(date, sink))],
        FieldValue::Flag(flag) => vec![FactValue::Flag(place.locate(flag))],
        FieldValue::Reading(reading) => {
            let Located { value, span } = place.locate(reading);
            let (year, value) = (value.year, value.value);
            vec![FactValue::Reading(Located::new(
                Reading { year, value },
                span,
            ))]
        }
        FieldValue::Whole(_) => Vec::new(),
    }
}
