//! `strategy.toml`.

use super::values::{Choice, DateField, SpannedValue, Str};
use crate::language::Language;
use crate::manifest::NUMBER;
use crate::model::{Status, YEARS};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `strategy.toml`: what the whole document is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct StrategyFile {
    /// Title of the document, for example `Strategi 2026–2029`
    pub(in crate::load) title: Str,
    /// The line below the title
    pub(in crate::load) subtitle: Option<Str>,
    /// A sentence on what the document is, for search engines and file properties
    pub(in crate::load) description: Option<Str>,
    /// Language of the document, for example `nb` for bokmål
    pub(in crate::load) language: Choice<&'static Language>,
    /// Ids of the chapters in the order of the document, without `chapter/`
    pub(in crate::load) chapters: Vec<Str>,
    /// Ids of the chapters that stand behind the others as appendices, in their order
    #[serde(default)]
    pub(in crate::load) appendices: Vec<Str>,
    /// Folder with the council's own templates, file by file over the default ones
    pub(in crate::load) template: Option<Str>,
    /// First and last year of the strategy
    pub(in crate::load) period: SpannedValue<PeriodField>,
    /// Whose strategy it is
    pub(in crate::load) council: CouncilField,
    /// Number, status and date of this version
    pub(in crate::load) version: VersionField,
    /// Bodies that take part in the process
    #[serde(default)]
    pub(in crate::load) bodies: Vec<NamedField>,
    /// Roles that people have in the process
    #[serde(default)]
    pub(in crate::load) roles: Vec<NamedField>,
    /// Words of the program that the council says otherwise, for example `focus_area = "Innsatsområde"`
    #[serde(default)]
    pub(in crate::load) labels: BTreeMap<SpannedValue<String>, Str>,
}

/// First and last year.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct PeriodField {
    /// First year
    #[schemars(range(min = *YEARS.start(), max = *YEARS.end()))]
    pub(in crate::load) first: i16,
    /// Last year
    #[schemars(range(min = *YEARS.start(), max = *YEARS.end()))]
    pub(in crate::load) last: i16,
}

/// The council whose strategy it is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct CouncilField {
    /// Full name, which must contain «interkommunalt politisk råd» for such a council
    pub(in crate::load) name: Str,
    /// Abbreviation, used after the full name
    pub(in crate::load) short: Option<Str>,
    /// The municipalities that take part
    #[serde(default)]
    pub(in crate::load) members: Vec<Str>,
    /// Where to ask
    pub(in crate::load) contact: Option<Str>,
}

/// Number, status and date.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct VersionField {
    /// Two numbers with a point, if not the next one: 0.1, 0.2 … while a draft, 1.0 when adopted
    #[schemars(regex(pattern = NUMBER))]
    pub(in crate::load) number: Option<Str>,
    /// Where the version is in its life
    #[serde(default)]
    pub(in crate::load) status: Status,
    /// The day that it is dated, for example 2025-04-11
    pub(in crate::load) date: SpannedValue<DateField>,
    /// A word on this version
    pub(in crate::load) note: Option<Str>,
    /// Meeting or case that this version belongs to, as it is written there
    pub(in crate::load) case: Option<Str>,
    /// What is uncertain about number or date, if anything
    pub(in crate::load) uncertain: Option<Str>,
    /// What was decided of an adopted version; several where several bodies decide
    #[serde(default)]
    pub(in crate::load) decisions: Vec<DecisionField>,
}

/// What a body has decided.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct DecisionField {
    /// Id of the body, for example `body/representantskapet`
    pub(in crate::load) body: Str,
    /// The day
    pub(in crate::load) date: SpannedValue<DateField>,
    /// The case, as the body names it
    pub(in crate::load) case: Str,
    /// What it decided, word for word
    pub(in crate::load) text: Str,
    /// How it voted, as the minutes say it
    pub(in crate::load) vote: Option<Str>,
}

/// A body or a role.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::load) struct NamedField {
    /// Its id, without `body/` or `role/`
    pub(in crate::load) id: Str,
    /// Its name as it stands inside a sentence, for example `regionrådet`
    pub(in crate::load) name: Str,
    /// What is uncertain about the reading, if anything
    pub(in crate::load) uncertain: Option<Str>,
}
