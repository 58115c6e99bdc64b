//! The walk over the whole model: each item with its texts, references, dates and other fields.
//!
//! [`Strategy::entries`](super::Strategy::entries) is the only place that lists the parts of the model
//! (`parts.rs`). All code that needs every id, reference, text or date loops over it.

mod labels;
mod parts;

pub use labels::field_label;

use super::{
    Audience, Block, Date, Fact, FactValue, FieldType, Id, Inline, Item, Kind, Located, Reference,
    Section, Text,
};
use crate::files::Span;

/// An item, or a part of the strategy that has no id, with everything that was written of it.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// What it is.
    pub subject: Subject<'a>,
    /// Where its id was written, or the start of what holds it.
    pub span: Span,
    /// Who may read it.
    pub audience: Audience,
    /// The section that shows it; `None` if it is a chapter, or stands outside of all chapters.
    pub section: Option<Section>,
    /// The item, if it has what most kinds have in common.
    pub item: Option<&'a Item>,
    /// Its fields, in the order in which a document shows them.
    pub fields: Vec<Field<'a>>,
}

/// The subject of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// An item.
    Item(&'a Id),
    /// A part of the strategy of which there is only one, such as the agreement.
    Part(&'static str),
}

/// A value and the key that it was written under.
#[derive(Debug, Clone)]
pub struct Field<'a> {
    /// The key, with those of the tables around it: `parts.letter`. Values of a list follow each
    /// other under one key; the body of a Markdown file stands under `text`.
    pub key: &'static str,
    /// The value.
    pub value: Value<'a>,
    /// Who may read it, where that is not everybody who may read the entry.
    pub audience: Audience,
    /// Whether a document shows it where it shows the entry.
    pub shown: bool,
}

/// The value of a field.
#[derive(Debug, Clone)]
pub enum Value<'a> {
    /// Words on one line.
    Words(&'a Located<String>),
    /// Running text.
    Text(&'a Text),
    /// What is uncertain about the entry.
    Doubt(&'a Located<String>),
    /// An origin of the item, and the kinds that are allowed.
    Origin(&'a Reference, &'static [Kind]),
    /// Another item, and the kinds that it may be of.
    Reference(&'a Reference, &'static [Kind]),
    /// A day, a week, or words.
    Date(&'a Located<Date>),
    /// A number, a day of the plan, a word of a closed list, or yes or no, in the form for machines.
    Setting(String),
}

/// How much of an item's first words stands in for a title that it has not.
const WORDS: usize = 8;

/// The first words of a text, cut with an ellipsis after a space, as words are left out.
fn first_words(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        block.walk(&mut |block| {
            if text.is_empty()
                && let Some((line, _)) = block.lines().first()
            {
                text = Inline::plain(line);
            }
        });
    }
    let mut words = text.split_whitespace();
    let first: Vec<_> = words.by_ref().take(WORDS).collect();
    let cut = words.next().is_some();
    let first = first.join(" ");
    if cut {
        format!("{} …", first.trim_end_matches([',', '.', ':', ';']))
    } else {
        first.strip_suffix('.').unwrap_or(&first).to_owned()
    }
}

impl<'a> Entry<'a> {
    /// Its id, if it is an item.
    pub fn id(&self) -> Option<&'a Id> {
        match self.subject {
            Subject::Item(id) => Some(id),
            Subject::Part(_) => None,
        }
    }

    /// The title of an item, or else the first words of its text.
    pub fn title(&self) -> Option<String> {
        let key = self.id()?.kind.info().title;
        let title = self.fields.iter().find_map(|field| match field.value {
            Value::Words(words) if field.key == key => Some(words.value.clone()),
            _ => None,
        });
        title.or_else(|| self.texts().next().map(|text| first_words(&text.blocks)))
    }

    /// Its running texts.
    pub fn texts(&self) -> impl Iterator<Item = &'a Text> {
        self.fields.iter().filter_map(|field| match field.value {
            Value::Text(text) => Some(text),
            _ => None,
        })
    }

    /// The origins, each with the allowed kinds.
    pub fn origins(&self) -> impl Iterator<Item = (&'a Reference, &'static [Kind])> {
        self.fields.iter().filter_map(|field| match field.value {
            Value::Origin(reference, kinds) => Some((reference, kinds)),
            _ => None,
        })
    }

    /// Whether its author has said what is uncertain about it.
    pub fn is_uncertain(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| matches!(field.value, Value::Doubt(_)))
    }

    fn part(name: &'static str, span: Span, section: Option<Section>) -> Self {
        Self {
            subject: Subject::Part(name),
            span,
            audience: Audience::Public,
            section,
            item: None,
            fields: Vec::new(),
        }
    }

    fn of(id: &'a Id, span: Span, audience: Audience) -> Self {
        Self {
            subject: Subject::Item(id),
            span,
            audience,
            section: id.kind.info().section,
            item: None,
            fields: Vec::new(),
        }
    }

    /// An entry with the fields that most kinds have in common.
    fn of_item(item: &'a Item) -> Self {
        let Item {
            id,
            span,
            title,
            audience,
            comes_from,
            text,
            uncertain,
            facts,
        } = item;
        let mut entry = Self::of(id, *span, *audience);
        entry.item = Some(item);
        entry.words("title", title);
        entry.text("text", [text]);
        entry.doubt(uncertain);
        entry.origin("comes_from", Kind::origins(), comes_from);
        entry.setting("audience", Some(audience.as_str()));
        facts.iter().for_each(|fact| entry.fact(fact));
        entry
    }

    fn fact(&mut self, fact: &'a Fact) {
        let (key, sort) = (fact.field.key, fact.field.sort);
        match (&fact.value, sort) {
            (FactValue::Words(words), FieldType::Choice(_)) => self.setting(key, [&words.value]),
            (FactValue::Words(words), _) => self.words(key, [words]),
            (FactValue::Reference(name), FieldType::Names(kinds)) => {
                self.reference(key, kinds, [name])
            }
            (
                FactValue::Reference(item),
                FieldType::Origin(kinds) | FieldType::OriginsOf(kinds),
            ) => {
                self.origin(key, kinds, [item]);
            }
            (FactValue::Reference(item), _) => self.origin(key, Kind::origins(), [item]),
            (FactValue::Date(date), _) => self.date(key, [date]),
            (FactValue::Flag(flag), _) => self.setting(key, [flag.value]),
            (FactValue::Reading(reading), _) => {
                self.setting(key, [format!("{} ({})", reading.value.value, reading.year)]);
            }
        }
    }

    fn add(&mut self, key: &'static str, values: impl IntoIterator<Item = Value<'a>>) {
        let audience = self.audience;
        let fields = values.into_iter().map(|value| Field {
            key,
            value,
            audience,
            shown: true,
        });
        self.fields.extend(fields);
    }

    /// Adds fields that a document shows elsewhere or not at all.
    fn aside(&mut self, add: impl FnOnce(&mut Self)) {
        let before = self.fields.len();
        add(self);
        let added = self.fields[before..].iter_mut();
        added.for_each(|field| field.shown = false);
    }

    fn words(&mut self, key: &'static str, all: impl IntoIterator<Item = &'a Located<String>>) {
        self.add(key, all.into_iter().map(Value::Words));
    }

    fn text(&mut self, key: &'static str, all: impl IntoIterator<Item = &'a Text>) {
        self.add(key, all.into_iter().map(Value::Text));
    }

    fn doubt(&mut self, doubt: &'a Option<Located<String>>) {
        self.add("uncertain", doubt.iter().map(Value::Doubt));
    }

    fn origin(
        &mut self,
        key: &'static str,
        kinds: &'static [Kind],
        all: impl IntoIterator<Item = &'a Reference>,
    ) {
        self.add(key, all.into_iter().map(|r| Value::Origin(r, kinds)));
    }

    fn reference(
        &mut self,
        key: &'static str,
        kinds: &'static [Kind],
        all: impl IntoIterator<Item = &'a Reference>,
    ) {
        self.add(key, all.into_iter().map(|r| Value::Reference(r, kinds)));
    }

    fn date(&mut self, key: &'static str, all: impl IntoIterator<Item = &'a Located<Date>>) {
        self.add(key, all.into_iter().map(Value::Date));
    }

    fn setting(&mut self, key: &'static str, all: impl IntoIterator<Item = impl ToString>) {
        let all = all.into_iter();
        self.add(key, all.map(|value| Value::Setting(value.to_string())));
    }
}
