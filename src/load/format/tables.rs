//! The other files of the top folder: agreement, sources, glossary, process, images, gates.

use super::values::{DateField, DayField, SpannedValue, Str, WeeksField};
use crate::language::tag::TAG;
use crate::model::{Status, YEARS};
use schemars::JsonSchema;
use serde::Deserialize;

/// Front matter of `agreement.md`; the body is the purpose, quoted word for word.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct AgreementFile {
    /// Title of the agreement
    pub(in crate::load) title: Str,
    /// Its date
    pub(in crate::load) date: Option<SpannedValue<DateField>>,
    /// Language of the purpose, if it is not that of the document, for example `en`
    #[schemars(regex(pattern = TAG))]
    pub(in crate::load) language: Option<Str>,
    /// A word on the reading, set below the quotation
    pub(in crate::load) note: Option<Str>,
}

/// `sources.toml`: the evidence.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct SourcesFile {
    /// Reports, evaluations, programmes
    #[serde(default)]
    pub(in crate::load) sources: Vec<SourceField>,
}

/// A report, an evaluation, a programme.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct SourceField {
    /// The id, without `source/`
    pub(in crate::load) id: Str,
    /// Title
    pub(in crate::load) title: Str,
    /// Who wrote it
    pub(in crate::load) author: Option<Str>,
    /// Who published it
    pub(in crate::load) publisher: Option<Str>,
    /// Year
    #[schemars(range(min = *YEARS.start(), max = *YEARS.end()))]
    pub(in crate::load) year: Option<i16>,
    /// Address on the web
    pub(in crate::load) address: Option<Str>,
    /// A word on it
    pub(in crate::load) note: Option<Str>,
    /// What is uncertain about the reading, if anything
    pub(in crate::load) uncertain: Option<Str>,
}

/// `glossary.toml`: what words mean, and what abbreviations stand for.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct GlossaryFile {
    /// Words and abbreviations, in the order in which they are printed
    #[serde(default)]
    pub(in crate::load) terms: Vec<TermField>,
}

/// A word or an abbreviation.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct TermField {
    /// The id, without `term/`
    pub(in crate::load) id: Str,
    /// The word, or the abbreviation
    pub(in crate::load) term: Str,
    /// The words that an abbreviation stands for; the text of the document then marks it
    pub(in crate::load) full: Option<Str>,
    /// What it means, in one paragraph
    pub(in crate::load) text: Str,
}

/// `process.toml`: the plan of the process.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct ProcessFile {
    /// The year that bare weeks belong to
    #[schemars(range(min = *YEARS.start(), max = *YEARS.end()))]
    pub(in crate::load) year: i16,
    /// Why the year is uncertain, if it is
    pub(in crate::load) uncertain: Option<Str>,
    /// The steps, in their order
    #[serde(default)]
    pub(in crate::load) steps: Vec<StepField>,
}

/// A step of the process.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct StepField {
    /// The id, without `step/`
    pub(in crate::load) id: Str,
    /// Id of the body, for example `body/regionradet`; a step has a body or a phase
    pub(in crate::load) body: Option<Str>,
    /// The phase
    pub(in crate::load) phase: Option<Str>,
    /// What happens
    pub(in crate::load) activity: Str,
    /// Why the reading is uncertain, if it is
    pub(in crate::load) uncertain: Option<Str>,
    /// Week or weeks of the step; left out while they are not settled
    pub(in crate::load) weeks: Option<SpannedValue<WeeksField>>,
    /// The status that the strategy has when the step is done, for example `first_draft`
    pub(in crate::load) milestone: Option<SpannedValue<Status>>,
    /// The day on which the body meets, for example 2025-10-15
    pub(in crate::load) meeting: Option<SpannedValue<DayField>>,
    /// The day on which the papers for the meeting are sent out, for example 2025-10-08
    pub(in crate::load) dispatch: Option<SpannedValue<DayField>>,
    /// Ids of the roles that answer for it
    #[serde(default)]
    pub(in crate::load) responsible: Vec<Str>,
    /// Ids of the roles that help, shown in brackets
    #[serde(default)]
    pub(in crate::load) with: Vec<Str>,
}

/// `images.toml`: pictures with their credits.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct ImagesFile {
    /// The pictures
    #[serde(default)]
    pub(in crate::load) images: Vec<ImageField>,
}

/// A picture.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct ImageField {
    /// The id, without `image/`
    pub(in crate::load) id: Str,
    /// Path of the file from the strategy's folder: PNG, JPEG or SVG
    pub(in crate::load) file: Option<Str>,
    /// Why there is no file yet
    pub(in crate::load) pending: Option<Str>,
    /// What the picture shows, for those who do not see it; empty for an ornament
    #[schemars(regex(pattern = r"^$|\S"))]
    pub(in crate::load) alt: Option<Str>,
    /// The line below the picture
    pub(in crate::load) caption: Option<Str>,
    /// Who made it
    #[serde(default)]
    pub(in crate::load) credits: Vec<CreditField>,
    /// On which terms it is used
    pub(in crate::load) licence: Option<Str>,
    /// Text inside the picture, repeated as text for those who do not see it
    #[serde(default)]
    pub(in crate::load) text: Vec<Str>,
    /// Language of the text inside the picture, for example `en`
    #[schemars(regex(pattern = TAG))]
    pub(in crate::load) text_language: Option<Str>,
    /// Whether it was drawn: the credit then says «Illustrasjon», not «Foto»
    #[serde(default)]
    pub(in crate::load) drawn: bool,
    /// What is uncertain about the picture or the text inside it, if anything
    pub(in crate::load) uncertain: Option<Str>,
}

/// Who made a picture, or one of several.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct CreditField {
    /// Name
    pub(in crate::load) name: Option<Str>,
    /// Address on the web; it stands after the name, or alone if that is all that is known
    pub(in crate::load) address: Option<Str>,
    /// Which of several pictures, for example `øverst`
    pub(in crate::load) position: Option<Str>,
}

/// `gates.toml`: what must be right before the strategy gets a status.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct GatesFile {
    /// Rules that are demanded beside the default ones, each from a status on
    #[serde(default)]
    pub(in crate::load) demands: Vec<DemandField>,
    /// Rules that are demanded no more, each from a status on; a demand of a later status holds again
    #[serde(default)]
    pub(in crate::load) drops: Vec<DemandField>,
    /// Gates that a person has passed, each at one status
    #[serde(default)]
    pub(in crate::load) passes: Vec<PassField>,
}

/// Rules that are demanded, or no more, from a status on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct DemandField {
    /// The first status that it holds for
    pub(in crate::load) status: Status,
    /// Names of rules, for example `image-pending` (`utkast explain` lists them)
    pub(in crate::load) rules: Vec<Str>,
}

/// A gate that a person has passed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct PassField {
    /// Name of the rule that is broken
    pub(in crate::load) rule: Str,
    /// The status that the version gets all the same; the next one has a gate of its own
    pub(in crate::load) status: Status,
    /// Who has passed it; printed in the document
    pub(in crate::load) by: Str,
    /// Why; printed in the document
    pub(in crate::load) reason: Str,
}
