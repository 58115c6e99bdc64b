//! What has changed between two versions of a strategy, as plain values.
//!
//! [`of`] compares two strategies and what [`redline`](crate::redline) has merged of their documents.
//! It yields [`Changes`]: chapter by chapter, in the order of the new document, what was added, struck,
//! moved and changed. Fields are compared in the model (`fields.rs`), texts in the merged tree
//! (`texts.rs`). What a field says again elsewhere in the document (a title in a link, the table of
//! the golden thread, the contents) is marked there, but is no change of its own here.
//!
//! Both strategies are seen through the eyes of one audience (`Seen`): what it may not read is in no
//! change, no count and no name; what became internal is struck.
//!
//! `sentences.rs` words each change once, in the language of the document. Every face of the changes is
//! made of these sentences: text for a terminal, Markdown, JSON, and [`View`] for templates.

mod concerns;
mod fields;
mod folds;
mod json;
mod markdown;
mod numbers;
mod places;
mod plain;
mod seen;
mod sentences;
#[cfg(test)]
mod tests;
mod text;
mod texts;
mod view;

pub use json::schema;
pub use numbers::numbers;
pub use plain::plain;
pub use view::View;

pub(crate) use json::json;
pub(crate) use markdown::markdown;
pub(crate) use text::text;

use crate::dom::Document;
use crate::files::Sources;
use crate::model::{Audience, Date, Id, Kind, Section, Status, Strategy, Thread};
use crate::redline::Merged;
use concerns::Concerns;
use places::Places;
use seen::Seen;
use std::collections::{BTreeMap, BTreeSet};
use texts::Texts;

/// One of the two versions.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// What it says.
    pub strategy: &'a Strategy,
    /// What it was read from.
    pub sources: &'a Sources,
    /// The document that was merged.
    pub document: &'a Document,
    /// The numbers of its headings, figures and tables, by anchor ([`numbers()`]).
    pub numbers: &'a BTreeMap<String, String>,
}

/// Everything that has changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// The version before.
    pub old: VersionName,
    /// The version after.
    pub new: VersionName,
    /// Who reads of the changes.
    pub audience: Audience,
    /// What holds of the whole.
    pub remarks: Vec<Remark>,
    /// The chapters in which something has changed, in the order of the new document; those that were
    /// struck stand where they stood.
    pub chapters: Vec<Chapter>,
}

/// Which version it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionName {
    /// `0.4`.
    pub number: String,
    /// Its status.
    pub status: Status,
    /// Its date.
    pub date: Date,
    /// SHA-256 of all that makes it.
    pub digest: String,
    /// A word on it.
    pub note: Option<String>,
}

/// What holds of the whole comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// The strategies are of two councils.
    Council(String, String),
    /// They are for other years.
    Period([i16; 2], [i16; 2]),
    /// They are in other languages.
    Language(String, String),
    /// The council's own templates or style sheet are others.
    Templates,
    /// The theme is another one.
    Theme,
    /// The council's own words in place of the program's are others.
    Labels,
    /// Something was too large to be compared word by word.
    Coarse,
    /// This part of the old sources could not be read.
    UnreadOld(String),
    /// This part of the new sources could not be read.
    UnreadNew(String),
}

/// A chapter, or what stands before the chapters.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// Its id; `None` for the document as a whole.
    pub id: Option<Id>,
    /// Its title.
    pub title: String,
    /// Its number, if it has one; of a chapter that was struck, its old one.
    pub number: Option<String>,
    /// Where it stands in the merged document.
    pub anchor: Option<String>,
    /// What has changed in it.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What has changed.
    pub subject: Subject,
    /// How.
    pub what: What,
    /// Where the merged document shows it.
    pub anchor: Option<String>,
    /// The line that it is counted in, if it is not told by itself.
    pub fold: Option<Fold>,
    /// Whether words of others have changed that are reproduced as they are.
    pub is_verbatim: bool,
    /// The bodies, roles and municipalities that it concerns, by name.
    pub concerns: BTreeSet<String>,
}

/// What a change is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// An item.
    Item {
        /// Its id.
        id: Id,
        /// What it is called: in the new version, if it is there.
        title: String,
    },
    /// A part of the strategy of which there is only one, such as `agreement`.
    Part(&'static str),
    /// A heading, figure or table in a text, by its words.
    Place(String),
}

/// How something has changed.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The whole item is new.
    Added,
    /// The whole item was struck.
    Struck,
    /// It stands elsewhere: its number before and after, as far as it has them.
    Moved(Option<String>, Option<String>),
    /// It has another number.
    Renumbered(String, String),
    /// A field holds other values; one that was or is empty has none.
    Field {
        /// The key of the sources.
        key: &'static str,
        /// Before.
        old: Vec<FieldValue>,
        /// After.
        new: Vec<FieldValue>,
    },
    /// The values of a field stand in another order.
    Order(&'static str),
    /// The file of a picture has other bytes, or is there in one version only.
    Picture(FileChange),
    /// No measure follows from the challenge any more.
    Uncovered,
    /// A measure follows from it now.
    Covered,
    /// Something in its text has changed.
    Text {
        /// What in the text.
        block: BlockKind,
        /// How.
        edit: Edit,
    },
}

/// How the file of a picture has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileChange {
    /// There was none.
    Added,
    /// There is none any more.
    Struck,
    /// It has other bytes.
    Replaced,
}

/// A value of a field. Values are equal if they mean the same, whatever it is called.
#[derive(Debug, Clone)]
pub enum FieldValue {
    /// Words of the sources.
    Words(String),
    /// Another item, a body or a role.
    Item {
        /// Its id.
        id: Id,
        /// What it is called.
        title: String,
    },
    /// A day, a week, or words.
    Date(Date),
    /// A number, a word of a closed list, or yes or no, in the form for machines.
    Setting(String),
    /// Values that belong together, such as a decision.
    Record(Vec<FieldValue>),
}

/// What in a text has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A column of a table.
    Column,
    /// A cell of a table.
    Cell,
    /// A quotation.
    Quotation,
    /// A footnote.
    Note,
    /// A picture.
    Picture,
    /// Text whose spaces are kept.
    Code,
}

impl BlockKind {
    /// Every kind with its word for machines.
    pub const ALL: [(Self, &'static str); 12] = [
        (Self::Paragraph, "paragraph"),
        (Self::Heading, "heading"),
        (Self::List, "list"),
        (Self::Item, "item"),
        (Self::Table, "table"),
        (Self::Row, "row"),
        (Self::Column, "column"),
        (Self::Cell, "cell"),
        (Self::Quotation, "quotation"),
        (Self::Note, "footnote"),
        (Self::Picture, "picture"),
        (Self::Code, "code"),
    ];
}

/// How a part of a text has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// It is new; its words.
    Added(String),
    /// It was struck; its words.
    Struck(String),
    /// Some of its words have changed: all its words in order.
    Words(Vec<Run>),
    /// It keeps little of itself: its words before and now.
    Rewritten(String, String),
    /// It stands elsewhere in the text, or came from another one: what that is called.
    Moved(Option<String>),
    /// Its links lead elsewhere.
    Links,
    /// Its words are the same in another form, or with other quotation marks, dashes and spaces.
    Form,
}

/// Words that share their fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Whether they were kept.
    pub kind: RunKind,
    /// The words.
    pub text: String,
}

/// Whether words were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunKind {
    /// They are in both versions.
    Kept,
    /// They were struck.
    Struck,
    /// They were added.
    Added,
}

/// The lines into which changes are folded that change nothing of what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fold {
    /// Headings, figures and tables with other numbers.
    Renumbered,
    /// What has moved and is otherwise the same.
    Moved,
    /// Formatting, quotation marks, dashes and spaces.
    Typography,
}

impl Fold {
    /// Every line with its word for machines.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Renumbered, "renumbered"),
        (Self::Moved, "moved"),
        (Self::Typography, "typography"),
    ];
}

/// How many changes there are. Each is counted once, in `told` or in one of the folded lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that are told one by one.
    pub told: usize,
    /// Of them: whole items that were added.
    pub added: usize,
    /// Of them: whole items that were struck.
    pub struck: usize,
    /// Of them: changes in fields.
    pub fields: usize,
    /// Of them: changes in texts.
    pub texts: usize,
    /// Of them: items that were moved and changed, too.
    pub moved: usize,
    /// Of them: changes in verbatim words.
    pub verbatim: usize,
    /// By folded line.
    pub folded: BTreeMap<Fold, usize>,
}

impl Changes {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.remarks.is_empty() && self.all().next().is_none()
    }

    /// Every change, in the order of the document.
    pub fn all(&self) -> impl Iterator<Item = &Change> {
        self.chapters.iter().flat_map(|chapter| &chapter.changes)
    }

    /// Those that are told one by one.
    pub fn told(&self) -> impl Iterator<Item = &Change> {
        self.all().filter(|change| change.fold.is_none())
    }

    /// How many there are.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for change in self.all() {
            if let Some(fold) = change.fold {
                *counts.folded.entry(fold).or_default() += 1;
                continue;
            }
            counts.told += 1;
            counts.verbatim += usize::from(change.is_verbatim);
            *match change.what {
                What::Added => &mut counts.added,
                What::Struck => &mut counts.struck,
                What::Text { .. } => &mut counts.texts,
                What::Moved(..) | What::Renumbered(..) => &mut counts.moved,
                What::Field { .. }
                | What::Order(_)
                | What::Picture(_)
                | What::Uncovered
                | What::Covered => &mut counts.fields,
            } += 1;
        }
        counts
    }

    /// The bodies, roles and municipalities that are concerned, each with its changes.
    pub fn by_body(&self) -> BTreeMap<&str, Vec<&Change>> {
        let mut bodies: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
        for change in self.told() {
            for name in &change.concerns {
                bodies.entry(name).or_default().push(change);
            }
        }
        bodies
    }
}

impl Change {
    fn new(subject: Subject, what: What, anchor: Option<String>, is_verbatim: bool) -> Self {
        Self {
            subject,
            what,
            anchor,
            fold: None,
            is_verbatim,
            concerns: BTreeSet::new(),
        }
    }
}

/// Compares two versions as an audience sees them; `merged` is what has come of their documents.
pub fn of(old: &Side<'_>, new: &Side<'_>, merged: &Merged, audience: Audience) -> Changes {
    let before = Seen::new(old.strategy, audience);
    let after = Seen::new(new.strategy, audience);
    let places = Places::new([&before, &after], [old, new], merged);
    let mut texts = Texts::of(old, merged, &before, &after);
    let concerns = Concerns::new(&before, &after);
    let covered = [covered(&before), covered(&after)];
    let mut by_chapter = vec![Vec::new(); places.chapters.len()];
    for pair in &places.pairs {
        let mut found: Vec<Change> = places.of_entry(pair).into_iter().collect();
        if let (Some(a), Some(b)) = (pair.old, pair.new) {
            let (subject, anchor) = (places.subject(pair), places.anchor(pair));
            let change =
                |what, is_verbatim| Change::new(subject.clone(), what, anchor.clone(), is_verbatim);
            let fields = fields::compare(&before, a, &after, b).into_iter();
            found.extend(fields.map(|(what, is_verbatim)| change(what, is_verbatim)));
            let is_picture = |id: &&Id| id.kind == Kind::Image;
            let sources = [old.sources, new.sources];
            let picture = pair.id.filter(is_picture);
            let file = picture.and_then(|id| fields::file([&before, &after], sources, id));
            found.extend(file.map(|file| change(What::Picture(file), false)));
            let [was, is] = covered
                .each_ref()
                .map(|all| pair.id.and_then(|id| all.get(id)));
            found.extend(match (was, is) {
                (Some(true), Some(false)) => Some(change(What::Uncovered, false)),
                (Some(false), Some(true)) => Some(change(What::Covered, false)),
                _ => None,
            });
            found.extend(texts.take(pair, &subject));
        }
        concerns.add(pair, &mut found);
        by_chapter[pair.chapter].extend(found);
    }
    for (chapter, change) in places.renumbered() {
        by_chapter[chapter].push(change);
    }
    let mut chapters = Vec::new();
    for (chapter, mut changes) in places.chapters.iter().zip(by_chapter) {
        folds::fold(&mut changes);
        if !changes.is_empty() {
            chapters.push(Chapter {
                changes,
                ..chapter.clone()
            });
        }
    }
    Changes {
        old: version_name(old.strategy),
        new: version_name(new.strategy),
        audience,
        remarks: remarks(old, new, merged.is_coarse),
        chapters,
    }
}

fn version_name(strategy: &Strategy) -> VersionName {
    let version = &strategy.version;
    VersionName {
        number: version.number.value.clone(),
        status: version.status,
        date: version.date.value.clone(),
        digest: version.manifest.digest.clone(),
        note: version.note.as_ref().map(|note| note.value.clone()),
    }
}

/// The challenges, and whether a measure follows from each.
fn covered(seen: &Seen<'_>) -> BTreeMap<Id, bool> {
    let thread = Thread::of(seen.strategy, |id| seen.titles.contains_key(id));
    let mut covered = BTreeMap::new();
    for way in thread.ways() {
        if let Some(challenge) = way.challenge {
            let known = covered.entry(thread.nodes[challenge].clone());
            *known.or_insert(false) |= way.measure.is_some();
        }
    }
    covered
}

fn remarks(old: &Side<'_>, new: &Side<'_>, is_coarse: bool) -> Vec<Remark> {
    let (a, b) = (old.strategy, new.strategy);
    let mut remarks = Vec::new();
    if a.council.name.value != b.council.name.value {
        remarks.push(Remark::Council(
            a.council.name.value.clone(),
            b.council.name.value.clone(),
        ));
    }
    let years = |s: &Strategy| [s.period.first, s.period.last];
    if years(a) != years(b) {
        remarks.push(Remark::Period(years(a), years(b)));
    }
    if a.language != b.language {
        remarks.push(Remark::Language(
            a.language.tag.to_owned(),
            b.language.tag.to_owned(),
        ));
    }
    // The theme stands beside the strategy or among the templates.
    const THEME: &str = "theme.toml";
    let templates = |side: &Side<'_>, theme: bool| -> BTreeMap<String, String> {
        let folder = side.strategy.template.as_ref();
        let folder = folder.map(|folder| format!("{}/", folder.trim_end_matches('/')));
        let files = side.sources.iter().filter_map(|(_, file)| {
            let inside = folder.as_ref().and_then(|f| file.path.strip_prefix(f));
            let name = inside.or((file.path == THEME).then_some(THEME))?;
            ((name == THEME) == theme).then(|| (name.to_owned(), file.sha256.clone()))
        });
        files.collect()
    };
    if templates(old, false) != templates(new, false) {
        remarks.push(Remark::Templates);
    }
    if templates(old, true) != templates(new, true) {
        remarks.push(Remark::Theme);
    }
    let labels = |s: &Strategy| -> Vec<(String, String)> {
        let pairs = s.labels.iter();
        pairs
            .map(|(key, text)| (key.value.clone(), text.value.clone()))
            .collect()
    };
    if labels(a) != labels(b) {
        remarks.push(Remark::Labels);
    }
    remarks.extend(is_coarse.then_some(Remark::Coarse));
    remarks
}

/// The chapter that shows a section; inputs without a chapter of their own stand with the questions.
fn chapter_of(strategy: &Strategy, section: Section) -> Option<&Id> {
    let chapter = match section {
        Section::Inputs => strategy
            .showing(section)
            .or(strategy.showing(Section::Workshop)),
        _ => strategy.showing(section),
    };
    chapter.map(|chapter| &chapter.item.id)
}
