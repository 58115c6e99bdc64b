//! The files of `workshop/`.

use super::values::{Choice, DateField, SpannedValue, Str};
use crate::language::tag::TAG;
use crate::model::Audience;
use schemars::JsonSchema;
use serde::Deserialize;

/// `workshop/workshop.toml`: the workshop and the meeting that it was part of.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct WorkshopFile {
    /// Title of the workshop
    pub(in crate::load) title: Option<Str>,
    /// The meeting that it was part of
    #[serde(default)]
    pub(in crate::load) meeting: MeetingField,
}

/// A meeting.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct MeetingField {
    /// Id of the body that met
    pub(in crate::load) body: Option<Str>,
    /// The day
    pub(in crate::load) date: Option<SpannedValue<DateField>>,
    /// What is uncertain about the day
    pub(in crate::load) uncertain: Option<Str>,
    /// Number on the agenda or in the case file, as it is written there
    pub(in crate::load) case: Option<Str>,
    /// Title of the case
    pub(in crate::load) title: Option<Str>,
    /// Kind of case, for example `orienteringssak`
    pub(in crate::load) case_kind: Option<Str>,
}

/// Front matter of `workshop/questions/*.md`; the body is the question.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct QuestionFile {
    /// The id, by default the name of the file
    pub(in crate::load) id: Option<Str>,
    /// Its number
    pub(in crate::load) number: SpannedValue<u32>,
    /// Its title
    pub(in crate::load) title: Str,
    /// What was said before the question; a blank line starts a new paragraph
    pub(in crate::load) lead_in: Option<Str>,
    /// How many answers were asked for
    pub(in crate::load) answers: Option<u32>,
    /// Whether «and why» was asked
    #[serde(default)]
    pub(in crate::load) why: bool,
    /// Parts, such as A and B
    #[serde(default)]
    pub(in crate::load) parts: Vec<PartField>,
    /// What is uncertain about the reading, if anything
    pub(in crate::load) uncertain: Option<Str>,
}

/// A part of a question.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct PartField {
    /// Its letter
    pub(in crate::load) letter: Str,
    /// What was asked
    pub(in crate::load) text: Str,
    /// Whether «and why» was asked
    #[serde(default)]
    pub(in crate::load) why: bool,
}

/// `workshop/participants.toml`: the groups. Names are personal data and stay internal.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct ParticipantsFile {
    /// The groups
    #[serde(default)]
    pub(in crate::load) groups: Vec<GroupField>,
}

/// A group of the workshop.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct GroupField {
    /// The id, without `group/`
    pub(in crate::load) id: Str,
    /// Its number
    pub(in crate::load) number: u32,
    /// Names of the members
    #[serde(default)]
    pub(in crate::load) members: Vec<Str>,
    /// What is uncertain about the names; shown where they are, in internal builds only
    pub(in crate::load) uncertain: Option<Str>,
}

/// `workshop/inputs/*.toml`: the answers of one group, word for word.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct InputsFile {
    /// Id of the group, for example `group/1`
    pub(in crate::load) group: Str,
    /// Its answers
    #[serde(default)]
    pub(in crate::load) answers: Vec<AnswerField>,
}

/// An answer of a group.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct AnswerField {
    /// The id, without `input/`
    pub(in crate::load) id: Str,
    /// Id of the question, for example `question/1`
    pub(in crate::load) question: Str,
    /// Letter of the part
    pub(in crate::load) part: Option<Str>,
    /// The answer, word for word
    pub(in crate::load) text: Str,
    /// Why, word for word
    pub(in crate::load) reason: Option<Str>,
    /// Language of the answer, if it is not that of the document, for example `en`
    #[schemars(regex(pattern = TAG))]
    pub(in crate::load) language: Option<Str>,
    /// Who may read it
    #[serde(default)]
    pub(in crate::load) audience: Choice<Audience>,
}
