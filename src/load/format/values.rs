//! Values with their spans: words, dates, weeks, words of a closed list.

use crate::model::{Word, YEARS};
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use toml::Spanned;

/// A value that remembers where it was written.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(transparent)]
pub(in crate::load) struct SpannedValue<T>(pub(in crate::load) Spanned<T>);

impl<T: JsonSchema> JsonSchema for SpannedValue<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}

/// A word of a closed list.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::load) struct Choice<T>(pub(in crate::load) T);

impl<'de, T: Word> Deserialize<'de> for Choice<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let known = T::from_word(&word).map(Self);
        known.ok_or_else(|| D::Error::custom(format!("`{word}` is not on the list")))
    }
}

impl<T: Word> JsonSchema for Choice<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Word".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "enum": T::WORDS })
    }
}

/// Text with its place.
pub(in crate::load) type Str = SpannedValue<String>;

/// A date: a day (`2025-04-11`), an ISO week (`"2025-W15"`), or literal text with the reason why
/// it is uncertain (`{ text = "00.02.21", uncertain = "…" }`).
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub(in crate::load) struct DateField(pub(in crate::load) toml::Value);

impl JsonSchema for DateField {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A day (2025-04-11), an ISO week (\"2025-W15\"), or literal text with the reason why it is uncertain",
            "anyOf": [
                { "type": "string" },
                {
                    "type": "object",
                    "properties": {
                        "text": { "type": "string", "description": "The words of the original" },
                        "uncertain": { "type": "string", "description": "Why they cannot be read as a date" }
                    },
                    "required": ["text", "uncertain"],
                    "additionalProperties": false
                }
            ]
        })
    }
}

/// A number and the year that it is of.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct ReadingField {
    /// Year
    #[schemars(range(min = *YEARS.start(), max = *YEARS.end()))]
    pub(in crate::load) year: i16,
    /// The number, in the unit that the item names
    pub(in crate::load) value: f64,
}

/// A day (`2025-04-11`), where neither a week nor words would do.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub(in crate::load) struct DayField(pub(in crate::load) toml::Value);

impl JsonSchema for DayField {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}

/// Weeks: one (`9`) or a span (`{ from = 25, to = 35 }`), in the year of the plan unless `year`
/// and `to_year` say otherwise.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub(in crate::load) struct WeeksField(pub(in crate::load) toml::Value);

impl JsonSchema for WeeksField {
    fn schema_name() -> Cow<'static, str> {
        "Weeks".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let (first, last) = (YEARS.start(), YEARS.end());
        schemars::json_schema!({
            "description": "A week of ISO 8601 (9) or a span of weeks ({ from = 25, to = 35 })",
            "anyOf": [
                { "type": "integer" },
                {
                    "type": "object",
                    "properties": {
                        "from": { "type": "integer", "description": "First week" },
                        "to": { "type": "integer", "description": "Last week" },
                        "year": { "type": "integer", "minimum": first, "maximum": last, "description": "Year of the first week, if not that of the plan" },
                        "to_year": { "type": "integer", "minimum": first, "maximum": last, "description": "Year of the last week, for a span over New Year" }
                    },
                    "required": ["from", "to"],
                    "additionalProperties": false
                }
            ]
        })
    }
}
