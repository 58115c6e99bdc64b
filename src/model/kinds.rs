//! The table of the kinds of items and of their fields.
//!
//! A kind with a file for each item is described here completely: schema, loader, walk over the fields,
//! views of templates, links and rules are loops over this table. The other kinds are rows of files with
//! a structure of their own (`load/format.rs`); their fields are not in the table.

use super::words::words;
use std::sync::LazyLock;

words! {
    /// A section: the content that a chapter shows after its own text.
    Section {
        /// The purpose from the agreement.
        Agreement = "agreement",
        /// The challenges.
        Challenges = "challenges",
        /// The opportunities.
        Opportunities = "opportunities",
        /// The findings.
        Findings = "findings",
        /// The starting points.
        StartingPoints = "starting-points",
        /// The focus areas.
        FocusAreas = "focus-areas",
        /// The goals.
        Goals = "goals",
        /// The measures.
        Measures = "measures",
        /// The indicators.
        Indicators = "indicators",
        /// The process plan.
        Process = "process",
        /// The workshop: groups, questions, inputs.
        Workshop = "workshop",
        /// The inputs in tables, instead of below the questions.
        Inputs = "inputs",
        /// The golden thread from the purpose over challenges to measures, as a drawing and a table.
        RedThread = "red-thread",
        /// The sources.
        Sources = "sources",
        /// The glossary.
        Glossary = "glossary",
        /// The credits of the pictures.
        Credits = "credits",
        /// The versions of the document (*endringslogg*).
        Versions = "versions",
    }
}

impl Section {
    /// The key of the label that names it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Agreement => "list_agreement",
            Self::Challenges => "challenges",
            Self::Opportunities => "opportunities",
            Self::Findings => "findings",
            Self::StartingPoints => "starting_points",
            Self::FocusAreas => "focus_areas",
            Self::Goals => "goals",
            Self::Measures => "measures",
            Self::Indicators => "indicators",
            Self::Process => "process_plan",
            Self::Workshop => "workshop",
            Self::Inputs => "inputs",
            Self::RedThread => "thread_caption",
            Self::Sources => "sources",
            Self::Glossary => "glossary",
            Self::Credits => "photo_credits",
            Self::Versions => "version_log",
        }
    }
}

/// Every section with its label, for the key that chooses one.
static SECTIONS: [Choice; Section::ALL.len()] = {
    let mut choices = [choice("", ""); Section::ALL.len()];
    let mut at = 0;
    while at < choices.len() {
        let (section, word) = Section::ALL[at];
        choices[at] = choice(word, section.label());
        at += 1;
    }
    choices
};

/// The properties of a kind of items.
#[derive(Debug)]
pub struct KindInfo {
    /// The word before the slash of its ids.
    pub word: &'static str,
    /// The kind with its article, for messages: `a challenge`.
    pub article: &'static str,
    /// The keys of the labels for one of the kind, and for several.
    pub labels: [&'static str; 2],
    /// Where its files lie: one file, or a folder and an ending.
    pub place: &'static str,
    /// The section in which its items stand; of bodies and roles, their doubts. Chapters stand in
    /// none, and pictures where a text puts them.
    pub section: Option<Section>,
    /// The key of what one of the kind is called.
    pub title: &'static str,
    /// Whether others can name it under `comes_from`.
    pub is_origin: bool,
    /// Whether it stands in the document with an anchor of its own, so that texts can link to it.
    pub is_linkable: bool,
    /// Whether its words are the council's own: not those of a report, of a group, or quoted.
    pub is_own_text: bool,
    /// Whether it follows up what it builds on; a challenge that rests on another does not.
    pub follows_up: bool,
    /// What the body of a file holds, if each item has a file: `the goal`.
    pub body: &'static str,
    /// The keys of the front matter of a file, if each item has a file that needs no structure of
    /// its own; in the order in which a document shows them.
    pub fields: &'static [FieldInfo],
}

/// A key that a file of an item can have.
#[derive(Debug)]
pub struct FieldInfo {
    /// The key.
    pub key: &'static str,
    /// The type of its value.
    pub sort: FieldType,
    /// Its purpose: the description in the schema, and the hint if it is missing.
    pub about: &'static str,
    /// Whether each file must have it.
    pub required: bool,
    /// The key of the label that names it, in cards and in lists of changes; empty for `id` and
    /// `order`, which are in neither.
    pub label: &'static str,
    /// Whether cards show it below the item's text; if not, the templates of its kind show it.
    pub is_fact: bool,
}

/// A word of a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The word, as the sources write it.
    pub word: &'static str,
    /// The key of the label that a document shows for it.
    pub label: &'static str,
}

/// The type of a value.
#[derive(Debug, Clone, Copy)]
pub enum FieldType {
    /// The id of the item, by default the name of its file.
    Id,
    /// The place among the items of its kind.
    Order,
    /// Who may read the item.
    Audience,
    /// What is uncertain about the item.
    Doubt,
    /// Words on one line.
    Words,
    /// A list of them.
    WordsList,
    /// A word of a closed list.
    Choice(&'static [Choice]),
    /// Yes or no.
    Flag,
    /// A number and the year that it is of: `{ year = 2025, value = 48.2 }`.
    Reading,
    /// A day, a week, or words with the reason why they are uncertain.
    Date,
    /// Ids of what the item builds on: of all kinds that can be an origin.
    Origins,
    /// The id of one item that this one belongs to or serves.
    Origin(&'static [Kind]),
    /// Ids of several such items. Sources stand among the sources of the item.
    OriginsOf(&'static [Kind]),
    /// Ids of bodies and roles, which the document calls by their names.
    Names(&'static [Kind]),
}

const fn field(
    key: &'static str,
    label: &'static str,
    sort: FieldType,
    about: &'static str,
) -> FieldInfo {
    FieldInfo {
        key,
        sort,
        about,
        required: false,
        label,
        is_fact: false,
    }
}

const fn choice(word: &'static str, label: &'static str) -> Choice {
    Choice { word, label }
}

impl FieldInfo {
    const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    /// The field as a fact below the item's text.
    const fn fact(self) -> Self {
        Self {
            is_fact: true,
            ..self
        }
    }

    /// The label of a word, if the field is a closed list that has it.
    pub fn choice(&self, word: &str) -> Option<&'static str> {
        let FieldType::Choice(choices) = self.sort else {
            return None;
        };
        let found = choices.iter().find(|choice| choice.word == word)?;
        Some(found.label)
    }
}

/// Keys that the loader and the rules name.
pub mod key {
    /// The parent of a goal.
    pub const PARENT: &str = "parent";
    /// The bodies and roles that are responsible for a measure.
    pub const RESPONSIBLE: &str = "responsible";
    /// Whether a finding may still change.
    pub const PROVISIONAL: &str = "provisional";
    /// What a chapter shows.
    pub const SHOWS: &str = "shows";
    /// Whether a chapter has no number.
    pub const UNNUMBERED: &str = "unnumbered";
}

const ID: FieldInfo = field(
    "id",
    "",
    FieldType::Id,
    "The id, by default the name of the file",
);
const TITLE: FieldInfo = field("title", "field_title", FieldType::Words, "A short title");
const ORDER: FieldInfo = field(
    "order",
    "",
    FieldType::Order,
    "Place among its kind; items without one follow in the order of their files",
);
const COMES_FROM: FieldInfo = field(
    "comes_from",
    "comes_from",
    FieldType::Origins,
    "Ids of what it builds on, for example `[\"finding/tillit\"]`",
);
const AUDIENCE: FieldInfo = field("audience", "access", FieldType::Audience, "Who may read it");
const UNCERTAIN: FieldInfo = field(
    "uncertain",
    "uncertain",
    FieldType::Doubt,
    "What is uncertain about the reading, if anything",
);
const FOCUS_AREA: FieldInfo = field(
    "focus_area",
    "focus_area",
    FieldType::Origin(&[Kind::FocusArea]),
    "The focus area that it belongs to",
)
.fact();

/// The fields of kinds without fields of their own.
const PLAIN: &[FieldInfo] = &[ID, TITLE, ORDER, COMES_FROM, AUDIENCE, UNCERTAIN];

/// The defaults of a row.
const DEFAULT: KindInfo = KindInfo {
    word: "",
    article: "",
    labels: ["", ""],
    place: "",
    section: None,
    title: "title",
    is_origin: false,
    is_linkable: true,
    is_own_text: false,
    follows_up: false,
    body: "",
    fields: &[],
};

/// The same for kinds whose items have a file each, with words of the council.
const FILED: KindInfo = KindInfo {
    is_origin: true,
    is_own_text: true,
    body: "the text",
    fields: PLAIN,
    ..DEFAULT
};

macro_rules! kinds {
    ($(
        $(#[doc = $doc:literal])+
        $kind:ident = $word:literal, $base:ident { $($key:ident: $value:expr,)+ }
    )+) => {
        /// The kinds of items that have an id, in the order of the chain from purpose to measure.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[doc = $doc])+ $kind,)+
        }

        impl Kind {
            /// Every kind, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$kind,)+];

            /// The properties of the kind.
            pub fn info(self) -> &'static KindInfo {
                match self {
                    $(Self::$kind => {
                        static INFO: KindInfo = KindInfo {
                            word: $word,
                            $($key: $value,)+
                            ..$base
                        };
                        &INFO
                    })+
                }
            }

            /// The kind that a word before the slash stands for.
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$kind),)+
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    /// A chapter of the document.
    Chapter = "chapter", FILED {
        article: "a chapter",
        labels: ["chapter", "chapter"],
        place: "chapters/*.md",
        is_origin: false,
        body: "free text",
        fields: &[
            ID,
            field("title", "field_title", FieldType::Words, "Heading of the chapter").required(),
            field(key::SHOWS, "field_shows", FieldType::Choice(&SECTIONS), "What the chapter shows after its own text"),
            field(key::UNNUMBERED, "field_unnumbered", FieldType::Flag, "Front or back matter: the heading has no number"),
            AUDIENCE,
            UNCERTAIN,
        ],
    }
    /// A challenge (*utfordring*).
    Challenge = "challenge", FILED {
        article: "a challenge",
        labels: ["challenge", "challenges"],
        place: "challenges/*.md",
        section: Some(Section::Challenges),
    }
    /// An opportunity (*mulighet*).
    Opportunity = "opportunity", FILED {
        article: "an opportunity",
        labels: ["opportunity", "opportunities"],
        place: "opportunities/*.md",
        section: Some(Section::Opportunities),
    }
    /// A finding (*funn*).
    Finding = "finding", FILED {
        article: "a finding",
        labels: ["finding", "findings"],
        place: "findings/*.md",
        section: Some(Section::Findings),
        body: "the finding",
        fields: &[
            ID,
            TITLE,
            ORDER,
            field("comes_from", "comes_from", FieldType::Origins, "Ids of what it rests on: sources, inputs, challenges"),
            field(key::PROVISIONAL, "provisional", FieldType::Flag, "Whether the finding may still change"),
            AUDIENCE,
            UNCERTAIN,
        ],
    }
    /// A starting point of the work.
    StartingPoint = "starting-point", FILED {
        article: "a starting point",
        labels: ["starting_point", "starting_points"],
        place: "starting-points/*.md",
        section: Some(Section::StartingPoints),
    }
    /// A focus area (*satsingsområde*).
    FocusArea = "focus-area", FILED {
        article: "a focus area",
        labels: ["focus_area", "focus_areas"],
        place: "focus-areas/*.md",
        section: Some(Section::FocusAreas),
        follows_up: true,
    }
    /// A goal (*mål*).
    Goal = "goal", FILED {
        article: "a goal",
        labels: ["goal", "goals"],
        place: "goals/*.md",
        section: Some(Section::Goals),
        follows_up: true,
        body: "the goal",
        fields: &[
            ID,
            TITLE,
            ORDER,
            COMES_FROM,
            field(
                key::PARENT,
                "main_goal",
                FieldType::Origin(&[Kind::Goal]),
                "The goal above it, for example `goal/attraktiv-region`",
            )
            .fact(),
            FOCUS_AREA,
            AUDIENCE,
            UNCERTAIN,
        ],
    }
    /// A measure (*tiltak*).
    Measure = "measure", FILED {
        article: "a measure",
        labels: ["measure", "measures"],
        place: "measures/*.md",
        section: Some(Section::Measures),
        follows_up: true,
        body: "what is to be done",
        fields: &[
            ID,
            TITLE,
            ORDER,
            field("comes_from", "comes_from", FieldType::Origins, "Ids of the findings, inputs and challenges behind it"),
            field("goal", "goal", FieldType::Origin(&[Kind::Goal]), "The goal that it serves").fact(),
            FOCUS_AREA,
            field(
                key::RESPONSIBLE,
                "responsible",
                FieldType::Names(&[Kind::Role, Kind::Body]),
                "Ids of the roles and bodies that answer for it",
            )
            .fact(),
            field("partners", "partners", FieldType::WordsList, "Who else takes part").fact(),
            field("deadline", "deadline", FieldType::Date, "When it is to be done").fact(),
            field("indicator", "indicator", FieldType::Words, "How one sees that it works").fact(),
            field("cost", "cost", FieldType::Words, "What it costs").fact(),
            AUDIENCE,
            UNCERTAIN,
        ],
    }
    /// An indicator (*indikator*): a number that shows how far a goal is reached.
    Indicator = "indicator", FILED {
        article: "an indicator",
        labels: ["indicator", "indicators"],
        place: "indicators/*.md",
        section: Some(Section::Indicators),
        follows_up: true,
        body: "what it measures",
        fields: &[
            ID,
            field("title", "field_title", FieldType::Words, "What is measured").required(),
            ORDER,
            field("unit", "field_unit", FieldType::Words, "The unit of its numbers, for example `prosent`"),
            field("baseline", "baseline", FieldType::Reading, "Where it stands now, and in which year"),
            field("target", "target", FieldType::Reading, "Where it is to stand, and in which year"),
            field("direction", "field_direction", FieldType::Choice(&[choice("up", "direction_up"), choice("down", "direction_down")]), "Which way it is to go"),
            field("goals", "goals", FieldType::OriginsOf(&[Kind::Goal]), "Ids of the goals that it measures"),
            field("sources", "sources", FieldType::OriginsOf(&[Kind::Source]), "Ids of the sources of its numbers"),
            AUDIENCE,
            UNCERTAIN,
        ],
    }
    /// A source of evidence (*kilde*).
    Source = "source", DEFAULT {
        article: "a source",
        labels: ["source", "sources"],
        place: "sources.toml",
        section: Some(Section::Sources),
        is_origin: true,
    }
    /// A term of the glossary (*ord*).
    Term = "term", DEFAULT {
        article: "a term",
        labels: ["glossary", "glossary"],
        place: "glossary.toml",
        section: Some(Section::Glossary),
        title: "term",
    }
    /// A step of the process plan.
    Step = "step", DEFAULT {
        article: "a step",
        labels: ["step", "steps"],
        place: "process.toml",
        section: Some(Section::Process),
        title: "activity",
        is_origin: true,
        is_own_text: true,
    }
    /// A question of the workshop.
    Question = "question", DEFAULT {
        article: "a question",
        labels: ["question", "questions"],
        place: "workshop/questions/*.md",
        section: Some(Section::Workshop),
        is_origin: true,
    }
    /// A group of the workshop.
    Group = "group", DEFAULT {
        article: "a group",
        labels: ["group", "group"],
        place: "workshop/participants.toml",
        section: Some(Section::Workshop),
    }
    /// An answer of a group.
    Input = "input", DEFAULT {
        article: "an input",
        labels: ["input", "inputs"],
        place: "workshop/inputs/*.toml",
        section: Some(Section::Inputs),
        is_origin: true,
    }
    /// A picture.
    Image = "image", DEFAULT {
        article: "a picture",
        labels: ["image", "image"],
        place: "images.toml",
        is_linkable: false,
    }
    /// A body (*organ*).
    Body = "body", DEFAULT {
        article: "a body",
        labels: ["body", "body"],
        place: "strategy.toml",
        section: Some(Section::Process),
        title: "name",
        is_linkable: false,
    }
    /// A role (*rolle*).
    Role = "role", DEFAULT {
        article: "a role",
        labels: ["role", "role"],
        place: "strategy.toml",
        section: Some(Section::Process),
        title: "name",
        is_linkable: false,
    }
}

impl Kind {
    /// The word before the slash.
    pub fn as_str(self) -> &'static str {
        self.info().word
    }

    /// The kinds whose items have a file each, which this table describes in full.
    pub fn filed() -> impl Iterator<Item = Self> {
        let all = Self::ALL.iter().copied();
        all.filter(|kind| !kind.info().fields.is_empty())
    }

    /// The kinds that an item can build on.
    pub fn origins() -> &'static [Self] {
        static ORIGINS: LazyLock<Vec<Kind>> = LazyLock::new(|| those(|info| info.is_origin));
        &ORIGINS
    }

    /// The kinds that a text can link to.
    pub fn linkable() -> &'static [Self] {
        static LINKABLE: LazyLock<Vec<Kind>> = LazyLock::new(|| those(|info| info.is_linkable));
        &LINKABLE
    }
}

fn those(is: impl Fn(&KindInfo) -> bool) -> Vec<Kind> {
    let all = Kind::ALL.iter().copied();
    all.filter(|kind| is(kind.info())).collect()
}
