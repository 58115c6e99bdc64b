//! The changes as JSON, and its schema.

use super::sentences::Wording;
use super::{
    BlockKind, Change, Changes, Edit, FieldValue, Fold, Remark, Run, RunKind, Subject, VersionName,
    What,
};
use crate::templates::Labels;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What has changed between two versions of a strategy
#[derive(Debug, Serialize, JsonSchema)]
struct ChangesJson {
    /// The version before
    old: VersionJson,
    /// The version after
    new: VersionJson,
    /// Who may read it: `public` or `internal`
    audience: &'static str,
    /// How many changes there are
    counts: CountsJson,
    /// What holds of the whole comparison
    remarks: Vec<RemarkJson>,
    /// The chapters in which something has changed, in the order of the new document
    chapters: Vec<ChapterJson>,
    /// The bodies, roles and municipalities that are concerned
    bodies: Vec<BodyJson>,
}

/// A version
#[derive(Debug, Serialize, JsonSchema)]
struct VersionJson {
    /// Number, such as `0.4`
    number: String,
    /// Status, as the sources write it
    status: &'static str,
    /// Day, week, or the words of the original
    date: String,
    /// SHA-256 of all that makes the version
    digest: String,
    /// A word on the version
    note: Option<String>,
}

/// How many changes there are; each is counted once in `told` or once in `folded`
#[derive(Debug, Serialize, JsonSchema)]
struct CountsJson {
    /// Changes that are told one by one; the sum of the next five
    told: usize,
    /// Items that were added
    added: usize,
    /// Items that were struck
    struck: usize,
    /// Changes in fields
    fields: usize,
    /// Changes in texts
    texts: usize,
    /// Items that were moved and changed
    moved: usize,
    /// Of those that are told: changes in words of others
    verbatim: usize,
    /// Changes that are counted in one line: `renumbered`, `moved`, `typography`
    folded: BTreeMap<&'static str, usize>,
}

/// What holds of the whole comparison
#[derive(Debug, Serialize, JsonSchema)]
struct RemarkJson {
    /// `council`, `period`, `language`, `templates`, `theme`, `labels`, `coarse`, `unread-old` or `unread-new`
    remark: &'static str,
    /// In the language of the document
    sentence: String,
}

/// A chapter in which something has changed
#[derive(Debug, Serialize, JsonSchema)]
struct ChapterJson {
    /// Its id; null for the document as a whole
    id: Option<String>,
    /// Its title
    title: String,
    /// Its number, if it has one
    number: Option<String>,
    /// Where it stands in the redline
    anchor: Option<String>,
    /// What has changed in it
    changes: Vec<ChangeJson>,
}

/// A change
#[derive(Debug, Serialize, JsonSchema)]
struct ChangeJson {
    /// What has changed
    subject: SubjectJson,
    /// `added`, `struck`, `moved`, `renumbered`, `field`, `order`, `picture`, `uncovered`, `covered` or `text`
    change: &'static str,
    /// For `field` and `order`: the key in the sources
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'static str>,
    /// Before: values of a field, or a number
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<Vec<ValueJson>>,
    /// After
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<Vec<ValueJson>>,
    /// For `text`: what in the text
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<TextJson>,
    /// Where the redline shows it
    anchor: Option<String>,
    /// The line that it is counted in: `renumbered`, `moved`, `typography`; null if it is told
    folded: Option<&'static str>,
    /// Whether words of others have changed
    verbatim: bool,
    /// Names of the bodies, roles and municipalities that it concerns
    concerns: Vec<String>,
    /// In the language of the document
    sentence: String,
}

/// What a change is of
#[derive(Debug, Serialize, JsonSchema)]
struct SubjectJson {
    /// Id of the item; null for a part of which there is only one, and for a place in a text
    id: Option<String>,
    /// Name of the part, such as `agreement`
    part: Option<&'static str>,
    /// What it is called
    title: Option<String>,
}

/// A value of a field
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
enum ValueJson {
    /// Words, a date, a number or a word of a closed list
    Words(String),
    /// An item, a body or a role
    Item {
        /// Its id
        id: String,
        /// What it is called
        title: String,
    },
    /// Values that belong together, such as a decision
    Record(Vec<ValueJson>),
}

/// A change in a text
#[derive(Debug, Serialize, JsonSchema)]
struct TextJson {
    /// What in the text: `paragraph`, `heading`, `list`, `item`, `table`, `row`, `column`, `cell`, `quotation`, `footnote`, `picture` or `code`
    block: &'static str,
    /// `added`, `struck`, `words`, `rewritten`, `moved`, `links` or `form`
    edit: &'static str,
    /// The words before, of what was struck or rewritten; for `moved`, the title of the item that it came from
    old: Option<String>,
    /// The words after, of what was added or rewritten
    new: Option<String>,
    /// For `words`: all words in order
    runs: Vec<RunJson>,
}

/// Words that share their fate
#[derive(Debug, Serialize, JsonSchema)]
struct RunJson {
    /// `kept`, `struck` or `added`
    kind: &'static str,
    /// The words
    text: String,
}

/// A body, role or municipality
#[derive(Debug, Serialize, JsonSchema)]
struct BodyJson {
    /// Its name
    name: String,
    /// How many of the changes that are told concern it
    changes: usize,
}

/// Writes changes as JSON.
pub(crate) fn json(changes: &Changes, labels: &Labels) -> Value {
    let wording = Wording::new(labels);
    let counts = changes.counts();
    let chapters = changes.chapters.iter().map(|chapter| ChapterJson {
        id: chapter.id.as_ref().map(ToString::to_string),
        title: wording.title_of(chapter),
        number: chapter.number.clone(),
        anchor: chapter.anchor.clone(),
        changes: chapter.changes.iter().map(|c| change(c, wording)).collect(),
    });
    let by_body = changes.by_body().into_iter();
    let all = ChangesJson {
        old: version(&changes.old),
        new: version(&changes.new),
        audience: changes.audience.as_str(),
        counts: CountsJson {
            told: counts.told,
            added: counts.added,
            struck: counts.struck,
            fields: counts.fields,
            texts: counts.texts,
            moved: counts.moved,
            verbatim: counts.verbatim,
            folded: Fold::ALL
                .into_iter()
                .map(|(fold, word)| (word, counts.folded.get(&fold).copied().unwrap_or_default()))
                .collect(),
        },
        remarks: changes.remarks.iter().map(|r| remark(r, wording)).collect(),
        chapters: chapters.collect(),
        bodies: by_body
            .map(|(name, changes)| BodyJson {
                name: name.to_owned(),
                changes: changes.len(),
            })
            .collect(),
    };
    serde_json::to_value(all).unwrap_or_default()
}

/// The JSON Schema (draft 2020-12) of what `json` writes.
pub fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    generator.into_root_schema_for::<ChangesJson>().to_value()
}

fn version(version: &VersionName) -> VersionJson {
    VersionJson {
        number: version.number.clone(),
        status: version.status.as_str(),
        date: version.date.for_machines(),
        digest: version.digest.clone(),
        note: version.note.clone(),
    }
}

fn remark(remark: &Remark, wording: Wording<'_>) -> RemarkJson {
    RemarkJson {
        remark: match remark {
            Remark::Council(..) => "council",
            Remark::Period(..) => "period",
            Remark::Language(..) => "language",
            Remark::Templates => "templates",
            Remark::Theme => "theme",
            Remark::Labels => "labels",
            Remark::Coarse => "coarse",
            Remark::UnreadOld(_) => "unread-old",
            Remark::UnreadNew(_) => "unread-new",
        },
        sentence: wording.remark(remark),
    }
}

fn change(change: &Change, wording: Wording<'_>) -> ChangeJson {
    let mut key = None;
    let number = |number: &Option<String>| {
        let number = number.iter().cloned();
        Some(number.map(ValueJson::Words).collect())
    };
    let (mut old, mut new, mut text) = (None, None, None);
    let word = match &change.what {
        What::Added => "added",
        What::Struck => "struck",
        What::Moved(before, after) => {
            (old, new) = (number(before), number(after));
            "moved"
        }
        What::Renumbered(before, after) => {
            old = number(&Some(before.clone()));
            new = number(&Some(after.clone()));
            "renumbered"
        }
        What::Field {
            key: own,
            old: before,
            new: after,
        } => {
            key = Some(*own);
            old = Some(before.iter().map(value).collect());
            new = Some(after.iter().map(value).collect());
            "field"
        }
        What::Order(own) => {
            key = Some(*own);
            "order"
        }
        What::Picture(_) => "picture",
        What::Uncovered => "uncovered",
        What::Covered => "covered",
        What::Text { block, edit } => {
            text = Some(text_of(*block, edit));
            "text"
        }
    };
    ChangeJson {
        subject: subject(&change.subject),
        change: word,
        key,
        old,
        new,
        text,
        anchor: change.anchor.clone(),
        folded: change.fold.map(|fold| named(&Fold::ALL, fold)),
        verbatim: change.is_verbatim,
        concerns: change.concerns.iter().cloned().collect(),
        sentence: wording.plain(change),
    }
}

/// The word for machines of a value of a closed list.
fn named<T: Copy + PartialEq>(all: &[(T, &'static str)], value: T) -> &'static str {
    let mut all = all.iter();
    all.find(|(known, _)| *known == value)
        .map_or("", |(_, word)| word)
}

fn subject(subject: &Subject) -> SubjectJson {
    let (id, part, title) = match subject {
        Subject::Item { id, title } => (Some(id.to_string()), None, Some(title.clone())),
        Subject::Part(part) => (None, Some(*part), None),
        Subject::Place(words) => (None, None, Some(words.clone())),
    };
    SubjectJson { id, part, title }
}

fn value(value: &FieldValue) -> ValueJson {
    match value {
        FieldValue::Words(words) => ValueJson::Words(words.clone()),
        FieldValue::Item { id, title } => ValueJson::Item {
            id: id.to_string(),
            title: title.clone(),
        },
        FieldValue::Date(date) => ValueJson::Words(date.for_machines()),
        FieldValue::Setting(setting) => ValueJson::Words(setting.clone()),
        FieldValue::Record(values) => ValueJson::Record(values.iter().map(self::value).collect()),
    }
}

fn text_of(block: BlockKind, edit: &Edit) -> TextJson {
    let (mut old, mut new, mut runs) = (None, None, Vec::new());
    let word = match edit {
        Edit::Added(words) => {
            new = Some(words.clone());
            "added"
        }
        Edit::Struck(words) => {
            old = Some(words.clone());
            "struck"
        }
        Edit::Words(all) => {
            runs = all.iter().map(run).collect();
            "words"
        }
        Edit::Rewritten(before, now) => {
            (old, new) = (Some(before.clone()), Some(now.clone()));
            "rewritten"
        }
        Edit::Moved(from) => {
            old.clone_from(from);
            "moved"
        }
        Edit::Links => "links",
        Edit::Form => "form",
    };
    TextJson {
        block: named(&BlockKind::ALL, block),
        edit: word,
        old,
        new,
        runs,
    }
}

fn run(run: &Run) -> RunJson {
    RunJson {
        kind: match run.kind {
            RunKind::Kept => "kept",
            RunKind::Struck => "struck",
            RunKind::Added => "added",
        },
        text: run.text.clone(),
    }
}
