//! The file kinds that have a structure of their own, as authors write them: the single source of the
//! loader and of the JSON Schemas. The others stand in the table of kinds (`model/kinds.rs`).
//!
//! Each struct is one kind of file, or a table in one. Doc comments become the descriptions that
//! editors show. [`super::shape`] reports what does not fit, by the schemas made from here.

use crate::language::Language;
use crate::language::tag::TAG;
use crate::manifest::NUMBER;
use crate::model::{Audience, Status, Word, YEARS};
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use toml::Spanned;

/// A value that remembers where it was written.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(transparent)]
pub(super) struct Mark<T>(pub(super) Spanned<T>);

impl<T: JsonSchema> JsonSchema for Mark<T> {
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
pub(super) struct Choice<T>(pub(super) T);

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
pub(super) type Str = Mark<String>;

/// `strategy.toml`: what the whole document is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StrategyFile {
    /// Title of the document, for example `Strategi 2026–2029`
    pub(super) title: Str,
    /// The line below the title
    pub(super) subtitle: Option<Str>,
    /// A sentence on what the document is, for search engines and file properties
    pub(super) description: Option<Str>,
    /// Language of the document: `nb` (bokmål), `nn` (nynorsk) or `en` (English)
    pub(super) language: Choice<&'static Language>,
    /// Ids of the chapters in the order of the document, without `chapter/`
    pub(super) chapters: Vec<Str>,
    /// Ids of the chapters that stand behind the others as appendices, in their order
    #[serde(default)]
    pub(super) appendices: Vec<Str>,
    /// Folder with the council's own templates, file by file over the default ones
    pub(super) template: Option<Str>,
    /// First and last year of the strategy
    pub(super) period: Mark<PeriodField>,
    /// Whose strategy it is
    pub(super) council: CouncilField,
    /// Number, status and date of this version
    pub(super) version: VersionField,
    /// Bodies that take part in the process
    #[serde(default)]
    pub(super) bodies: Vec<NamedField>,
    /// Roles that people have in the process
    #[serde(default)]
    pub(super) roles: Vec<NamedField>,
    /// Words of the program that the council says otherwise, for example `focus_area = "Innsatsområde"`
    #[serde(default)]
    pub(super) labels: BTreeMap<Mark<String>, Str>,
}

/// First and last year.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PeriodField {
    /// First year
    #[schemars(range(min = *YEARS.start(), max = *YEARS.end()))]
    pub(super) first: i16,
    /// Last year
    #[schemars(range(min = *YEARS.start(), max = *YEARS.end()))]
    pub(super) last: i16,
}

/// The council whose strategy it is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CouncilField {
    /// Full name, which must contain «interkommunalt politisk råd» for such a council
    pub(super) name: Str,
    /// Abbreviation, used after the full name
    pub(super) short: Option<Str>,
    /// The municipalities that take part
    #[serde(default)]
    pub(super) members: Vec<Str>,
    /// Where to ask
    pub(super) contact: Option<Str>,
}

/// Number, status and date.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VersionField {
    /// Two numbers with a point, if not the next one: 0.1, 0.2 … while a draft, 1.0 when adopted
    #[schemars(regex(pattern = NUMBER))]
    pub(super) number: Option<Str>,
    /// Where the version is in its life
    #[serde(default)]
    pub(super) status: Status,
    /// The day that it is dated, for example 2025-04-11
    pub(super) date: Mark<DateField>,
    /// A word on this version
    pub(super) note: Option<Str>,
    /// Meeting or case that this version belongs to, as it is written there
    pub(super) case: Option<Str>,
    /// What is uncertain about number or date, if anything
    pub(super) uncertain: Option<Str>,
    /// What was decided of an adopted version; several where several bodies decide
    #[serde(default)]
    pub(super) decisions: Vec<DecisionField>,
}

/// What a body has decided.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionField {
    /// Id of the body, for example `body/representantskapet`
    pub(super) body: Str,
    /// The day
    pub(super) date: Mark<DateField>,
    /// The case, as the body names it
    pub(super) case: Str,
    /// What it decided, word for word
    pub(super) text: Str,
    /// How it voted, as the minutes say it
    pub(super) vote: Option<Str>,
}

/// A body or a role.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedField {
    /// Its id, without `body/` or `role/`
    pub(super) id: Str,
    /// Its name as it stands inside a sentence, for example `regionrådet`
    pub(super) name: Str,
    /// What is uncertain about the reading, if anything
    pub(super) uncertain: Option<Str>,
}

/// A date: a day (`2025-04-11`), an ISO week (`"2025-W15"`), or literal text with the reason why
/// it is uncertain (`{ text = "00.02.21", uncertain = "…" }`).
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub(super) struct DateField(pub(super) toml::Value);

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
pub(super) struct ReadingField {
    /// Year
    #[schemars(range(min = *YEARS.start(), max = *YEARS.end()))]
    pub(super) year: i16,
    /// The number, in the unit that the item names
    pub(super) value: f64,
}

/// A day (`2025-04-11`), where neither a week nor words would do.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub(super) struct DayField(pub(super) toml::Value);

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
pub(super) struct WeeksField(pub(super) toml::Value);

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

/// Front matter of `agreement.md`; the body is the purpose, quoted word for word.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AgreementFile {
    /// Title of the agreement
    pub(super) title: Str,
    /// Its date
    pub(super) date: Option<Mark<DateField>>,
    /// Language of the purpose, if it is not that of the document, for example `en`
    #[schemars(regex(pattern = TAG))]
    pub(super) language: Option<Str>,
    /// A word on the reading, set below the quotation
    pub(super) note: Option<Str>,
}

/// `sources.toml`: the evidence.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SourcesFile {
    /// Reports, evaluations, programmes
    #[serde(default)]
    pub(super) sources: Vec<SourceField>,
}

/// A report, an evaluation, a programme.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceField {
    /// The id, without `source/`
    pub(super) id: Str,
    /// Title
    pub(super) title: Str,
    /// Who wrote it
    pub(super) author: Option<Str>,
    /// Who published it
    pub(super) publisher: Option<Str>,
    /// Year
    #[schemars(range(min = *YEARS.start(), max = *YEARS.end()))]
    pub(super) year: Option<i16>,
    /// Address on the web
    pub(super) address: Option<Str>,
    /// A word on it
    pub(super) note: Option<Str>,
    /// What is uncertain about the reading, if anything
    pub(super) uncertain: Option<Str>,
}

/// `glossary.toml`: what words mean, and what abbreviations stand for.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GlossaryFile {
    /// Words and abbreviations, in the order in which they are printed
    #[serde(default)]
    pub(super) terms: Vec<TermField>,
}

/// A word or an abbreviation.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TermField {
    /// The id, without `term/`
    pub(super) id: Str,
    /// The word, or the abbreviation
    pub(super) term: Str,
    /// The words that an abbreviation stands for; the text of the document then marks it
    pub(super) full: Option<Str>,
    /// What it means, in one paragraph
    pub(super) text: Str,
}

/// `process.toml`: the plan of the process.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProcessFile {
    /// The year that bare weeks belong to
    #[schemars(range(min = *YEARS.start(), max = *YEARS.end()))]
    pub(super) year: i16,
    /// Why the year is uncertain, if it is
    pub(super) uncertain: Option<Str>,
    /// The steps, in their order
    #[serde(default)]
    pub(super) steps: Vec<StepField>,
}

/// A step of the process.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StepField {
    /// The id, without `step/`
    pub(super) id: Str,
    /// Id of the body, for example `body/regionradet`; a step has a body or a phase
    pub(super) body: Option<Str>,
    /// The phase
    pub(super) phase: Option<Str>,
    /// What happens
    pub(super) activity: Str,
    /// Why the reading is uncertain, if it is
    pub(super) uncertain: Option<Str>,
    /// Week or weeks of the step; left out while they are not settled
    pub(super) weeks: Option<Mark<WeeksField>>,
    /// The status that the strategy has when the step is done, for example `first_draft`
    pub(super) milestone: Option<Mark<Status>>,
    /// The day on which the body meets, for example 2025-10-15
    pub(super) meeting: Option<Mark<DayField>>,
    /// The day on which the papers for the meeting are sent out, for example 2025-10-08
    pub(super) dispatch: Option<Mark<DayField>>,
    /// Ids of the roles that answer for it
    #[serde(default)]
    pub(super) responsible: Vec<Str>,
    /// Ids of the roles that help, shown in brackets
    #[serde(default)]
    pub(super) with: Vec<Str>,
}

/// `workshop/workshop.toml`: the workshop and the meeting that it was part of.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WorkshopFile {
    /// Title of the workshop
    pub(super) title: Option<Str>,
    /// The meeting that it was part of
    #[serde(default)]
    pub(super) meeting: MeetingField,
}

/// A meeting.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MeetingField {
    /// Id of the body that met
    pub(super) body: Option<Str>,
    /// The day
    pub(super) date: Option<Mark<DateField>>,
    /// What is uncertain about the day
    pub(super) uncertain: Option<Str>,
    /// Number on the agenda or in the case file, as it is written there
    pub(super) case: Option<Str>,
    /// Title of the case
    pub(super) title: Option<Str>,
    /// Kind of case, for example `orienteringssak`
    pub(super) case_kind: Option<Str>,
}

/// Front matter of `workshop/questions/*.md`; the body is the question.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct QuestionFile {
    /// The id, by default the name of the file
    pub(super) id: Option<Str>,
    /// Its number
    pub(super) number: Mark<u32>,
    /// Its title
    pub(super) title: Str,
    /// What was said before the question; a blank line starts a new paragraph
    pub(super) lead_in: Option<Str>,
    /// How many answers were asked for
    pub(super) answers: Option<u32>,
    /// Whether «and why» was asked
    #[serde(default)]
    pub(super) why: bool,
    /// Parts, such as A and B
    #[serde(default)]
    pub(super) parts: Vec<PartField>,
    /// What is uncertain about the reading, if anything
    pub(super) uncertain: Option<Str>,
}

/// A part of a question.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PartField {
    /// Its letter
    pub(super) letter: Str,
    /// What was asked
    pub(super) text: Str,
    /// Whether «and why» was asked
    #[serde(default)]
    pub(super) why: bool,
}

/// `workshop/participants.toml`: the groups. Names are personal data and stay internal.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ParticipantsFile {
    /// The groups
    #[serde(default)]
    pub(super) groups: Vec<GroupField>,
}

/// A group of the workshop.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupField {
    /// The id, without `group/`
    pub(super) id: Str,
    /// Its number
    pub(super) number: u32,
    /// Names of the members
    #[serde(default)]
    pub(super) members: Vec<Str>,
    /// What is uncertain about the names; shown where they are, in internal builds only
    pub(super) uncertain: Option<Str>,
}

/// `workshop/inputs/*.toml`: the answers of one group, word for word.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InputsFile {
    /// Id of the group, for example `group/1`
    pub(super) group: Str,
    /// Its answers
    #[serde(default)]
    pub(super) answers: Vec<AnswerField>,
}

/// An answer of a group.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerField {
    /// The id, without `input/`
    pub(super) id: Str,
    /// Id of the question, for example `question/1`
    pub(super) question: Str,
    /// Letter of the part
    pub(super) part: Option<Str>,
    /// The answer, word for word
    pub(super) text: Str,
    /// Why, word for word
    pub(super) reason: Option<Str>,
    /// Language of the answer, if it is not that of the document, for example `en`
    #[schemars(regex(pattern = TAG))]
    pub(super) language: Option<Str>,
    /// Who may read it
    #[serde(default)]
    pub(super) audience: Choice<Audience>,
}

/// `images.toml`: pictures with their credits.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ImagesFile {
    /// The pictures
    #[serde(default)]
    pub(super) images: Vec<ImageField>,
}

/// A picture.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ImageField {
    /// The id, without `image/`
    pub(super) id: Str,
    /// Path of the file from the strategy's folder: PNG, JPEG or SVG
    pub(super) file: Option<Str>,
    /// Why there is no file yet
    pub(super) pending: Option<Str>,
    /// What the picture shows, for those who do not see it; empty for an ornament
    #[schemars(regex(pattern = r"^$|\S"))]
    pub(super) alt: Option<Str>,
    /// The line below the picture
    pub(super) caption: Option<Str>,
    /// Who made it
    #[serde(default)]
    pub(super) credits: Vec<CreditField>,
    /// On which terms it is used
    pub(super) licence: Option<Str>,
    /// Text inside the picture, repeated as text for those who do not see it
    #[serde(default)]
    pub(super) text: Vec<Str>,
    /// Language of the text inside the picture, for example `en`
    #[schemars(regex(pattern = TAG))]
    pub(super) text_language: Option<Str>,
    /// Whether it was drawn: the credit then says «Illustrasjon», not «Foto»
    #[serde(default)]
    pub(super) drawn: bool,
    /// What is uncertain about the picture or the text inside it, if anything
    pub(super) uncertain: Option<Str>,
}

/// Who made a picture, or one of several.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CreditField {
    /// Name
    pub(super) name: Option<Str>,
    /// Address on the web; it stands after the name, or alone if that is all that is known
    pub(super) address: Option<Str>,
    /// Which of several pictures, for example `øverst`
    pub(super) position: Option<Str>,
}

/// `gates.toml`: what must be right before the strategy gets a status.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GatesFile {
    /// Rules that are demanded beside the default ones, each from a status on
    #[serde(default)]
    pub(super) demands: Vec<DemandField>,
    /// Rules that are demanded no more, each from a status on; a demand of a later status holds again
    #[serde(default)]
    pub(super) drops: Vec<DemandField>,
    /// Gates that a person has passed, each at one status
    #[serde(default)]
    pub(super) passes: Vec<PassField>,
}

/// Rules that are demanded, or no more, from a status on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DemandField {
    /// The first status that it holds for
    pub(super) status: Status,
    /// Names of rules, for example `image-pending` (`utkast explain` lists them)
    pub(super) rules: Vec<Str>,
}

/// A gate that a person has passed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PassField {
    /// Name of the rule that is broken
    pub(super) rule: Str,
    /// The status that the version gets all the same; the next one has a gate of its own
    pub(super) status: Status,
    /// Who has passed it; printed in the document
    pub(super) by: Str,
    /// Why; printed in the document
    pub(super) reason: Str,
}
