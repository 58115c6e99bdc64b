//! The status of a version, with its words in files.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error};
use std::borrow::Cow;
use std::fmt;

/// Where a version is in its life.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Working draft, not sent out.
    #[default]
    Working,
    /// First whole draft.
    FirstDraft,
    /// Draft before a body.
    Draft,
    /// Draft out on consultation.
    Consultation,
    /// Text put to the representative council.
    Proposed,
    /// Adopted; may not change any more.
    Adopted,
    /// Replaced by a later one.
    Superseded,
}

impl Status {
    /// Every status with its word in the sources, in the order of a life.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Working, "working"),
        (Self::FirstDraft, "first_draft"),
        (Self::Draft, "draft"),
        (Self::Consultation, "consultation"),
        (Self::Proposed, "proposed"),
        (Self::Adopted, "adopted"),
        (Self::Superseded, "superseded"),
    ];

    /// Whether the text may still change before it is adopted.
    pub const fn is_draft(self) -> bool {
        !matches!(self, Self::Adopted | Self::Superseded)
    }

    /// The word in the sources and in files for machines.
    pub fn as_str(self) -> &'static str {
        let found = Self::ALL.iter().find(|(status, _)| *status == self);
        found.expect("every status is listed").1
    }

    /// The status that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known)| *known == word);
        found.map(|(status, _)| *status)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        Self::from_word(&word).ok_or_else(|| D::Error::custom(format!("`{word}` is no status")))
    }
}

impl JsonSchema for Status {
    fn schema_name() -> Cow<'static, str> {
        "Status".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Where a version is in its life.",
            "type": "string",
            "enum": Self::ALL.map(|(_, word)| word),
        })
    }
}
