//! Items that have a file each, and the agreement.

use super::date::DateView;
use super::{Body, Line, LinkGroup, LinkView, ViewBuilder, line};
use crate::model::{
    Audience, Branch, FactValue, FieldInfo, FieldType, Id, Item, Kind, goal_tree, key,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The values that items of every kind have.
#[derive(Debug, Serialize)]
pub(super) struct ItemView {
    /// `challenge/okonomi`.
    id: String,
    /// `challenge-okonomi`.
    anchor: String,
    title: Option<Line>,
    text: Body,
    /// Whether only internal builds show it.
    internal: bool,
    /// Its origins without sources.
    comes_from: Vec<LinkGroup>,
    /// The sources that it rests on.
    sources: Vec<LinkView>,
    /// The goals, focus areas and measures that build on it.
    followed_by: Vec<LinkGroup>,
    /// The rest of what builds on it: challenges, findings …
    basis_for: Vec<LinkGroup>,
    /// What is uncertain about the reading.
    uncertain: Option<Line>,
    /// The other values of its kind, by key; a missing key is null, false or empty.
    #[serde(flatten)]
    values: BTreeMap<&'static str, FactView>,
    /// Whether it is a goal under a main goal, with a heading of the next level.
    under: bool,
}

/// The value of a key.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum FactView {
    Line(Option<Line>),
    Choice(Option<ChoiceView>),
    Lines(Vec<Line>),
    Date(Option<DateView>),
    Link(Option<LinkView>),
    /// Names in a row: «regionrådet, koordinator»; empty if nobody is named.
    Names(String),
    Links(Vec<LinkView>),
    Reading(Option<ReadingView>),
    Flag(bool),
}

/// A number and its year.
#[derive(Debug, Serialize)]
struct ReadingView {
    year: i16,
    /// The number as the language of the document writes it: «48,2».
    value: String,
}

/// A word of a closed list.
#[derive(Debug, Serialize)]
struct ChoiceView {
    /// The word, as the sources write it.
    #[serde(flatten)]
    word: Line,
    /// The same in the language of the document.
    label: String,
}

/// A fact that items can have below their text.
#[derive(Debug, Serialize)]
pub(super) struct FactRow {
    key: &'static str,
    label: String,
    /// The type of its value: `line`, `lines`, `choice`, `date`, `link`, `links`, `names` or `reading`.
    sort: &'static str,
}

/// The facts that items of any kind can have below their text, in an order that is that of each kind.
pub(super) fn facts(maker: &ViewBuilder<'_>) -> Vec<FactRow> {
    let mut all: Vec<&FieldInfo> = Vec::new();
    for kind in Kind::filed() {
        let mut at = all.len();
        let fields = kind.info().fields.iter().rev();
        for field in fields.filter(|field| field.is_fact) {
            match all.iter().position(|known| known.key == field.key) {
                Some(place) => at = place,
                None => all.insert(at, field),
            }
        }
    }
    let rows = all.into_iter().map(|field| FactRow {
        key: field.key,
        label: maker.labels.get(field.label).to_owned(),
        sort: match field.sort {
            FieldType::WordsList => "lines",
            FieldType::Choice(_) => "choice",
            FieldType::Date => "date",
            FieldType::Origin(_) => "link",
            FieldType::OriginsOf(_) => "links",
            FieldType::Reading => "reading",
            FieldType::Names(_) => "names",
            _ => "line",
        },
    });
    rows.collect()
}

impl FactView {
    fn new(maker: &ViewBuilder<'_>, item: &Item, field: &FieldInfo) -> Option<Self> {
        let facts = item.facts.iter().filter(|fact| fact.field.key == field.key);
        let mut values = facts.map(|fact| &fact.value);
        let words = |value: &FactValue| match value {
            FactValue::Words(words) => Some(Line::from(words)),
            _ => None,
        };
        Some(match field.sort {
            FieldType::Words if field.key != "title" => Self::Line(values.next().and_then(words)),
            FieldType::Choice(_) => Self::Choice(values.next().and_then(words).map(|word| {
                let label = field.choice(&word.text).unwrap_or_default();
                let label = maker.labels.get(label).to_owned();
                ChoiceView { word, label }
            })),
            FieldType::WordsList => Self::Lines(values.filter_map(words).collect()),
            FieldType::Flag => Self::Flag(item.says_yes(field.key).is_some()),
            FieldType::Date => Self::Date(values.find_map(|value| match value {
                FactValue::Date(date) => Some(DateView::new(maker, &date.value)),
                _ => None,
            })),
            FieldType::Origin(_) => {
                Self::Link(item.reference(field.key).and_then(|r| maker.link(r)))
            }
            // Sources are named with those that the item comes from.
            FieldType::OriginsOf(&[Kind::Source]) => return None,
            FieldType::OriginsOf(_) => Self::Links(maker.links(item.references(field.key))),
            FieldType::Reading => Self::Reading(values.find_map(|value| match value {
                FactValue::Reading(reading) => Some(ReadingView {
                    year: reading.year,
                    value: maker.labels.number(reading.value.value),
                }),
                _ => None,
            })),
            FieldType::Names(_) => Self::Names(maker.names(item.references(field.key))),
            _ => return None,
        })
    }
}

impl ItemView {
    pub(super) fn new(maker: &ViewBuilder<'_>, item: &Item) -> Self {
        Self::without(maker, item, &BTreeSet::new(), &[])
    }

    /// The same without links to those that build on it and stand right below it, and without the
    /// values of some keys.
    fn without(maker: &ViewBuilder<'_>, item: &Item, below: &BTreeSet<&Id>, keys: &[&str]) -> Self {
        let is_source = |id: Option<Id>| id.is_some_and(|i| i.kind == Kind::Source);
        let (mut sources, others): (Vec<_>, Vec<_>) =
            item.comes_from.iter().partition(|r| is_source(r.id()));
        let fields = item.id.kind.info().fields;
        for field in fields {
            if let FieldType::OriginsOf(&[Kind::Source]) = field.sort {
                sources.extend(item.references(field.key));
            }
        }
        let (followed_by, basis_for) = maker.targets.followers(&item.id, below);
        let kept = fields.iter().filter(|field| !keys.contains(&field.key));
        let values = kept.filter_map(|field| Some((field.key, FactView::new(maker, item, field)?)));
        Self {
            id: item.id.to_string(),
            anchor: item.id.anchor(),
            title: line(item.title.as_ref()),
            text: maker.body(&item.text, &item.id.anchor()),
            internal: item.audience == Audience::Internal,
            comes_from: maker.grouped(maker.links(others)),
            sources: maker.links(sources),
            followed_by: maker.grouped(followed_by),
            basis_for: maker.grouped(basis_for),
            uncertain: line(item.uncertain.as_ref()),
            values: values.collect(),
            under: false,
        }
    }
}

/// The items of a kind that this build shows.
pub(super) fn of_kind(maker: &ViewBuilder<'_>, kind: Kind) -> Vec<ItemView> {
    let items = maker.strategy.of(kind).iter();
    let shown: Vec<&Item> = items.filter(|item| maker.shows(item.audience)).collect();
    match kind {
        Kind::Goal => goals(maker, &shown),
        _ => (shown.iter())
            .map(|item| ItemView::new(maker, item))
            .collect(),
    }
}

/// The goals as a tree of two levels: under each main goal, all that lead up to it.
fn goals(maker: &ViewBuilder<'_>, shown: &[&Item]) -> Vec<ItemView> {
    let tree = goal_tree(shown);
    let mut below: BTreeMap<usize, BTreeSet<&Id>> = BTreeMap::new();
    for branch in &tree {
        if let Some(main) = branch.parent.filter(|&parent| parent == branch.main) {
            let goals = below.entry(main).or_default();
            goals.insert(&shown[branch.goal].id);
        }
    }
    let views = tree.iter().map(
        |&Branch {
             goal: at,
             parent,
             main,
         }| {
            let under = main != at;
            // What stands right below it needs no link, and neither does what it stands right under.
            let below = below.remove(&at).unwrap_or_default();
            let keys: &[&str] = match parent == Some(main) {
                true => &[key::PARENT],
                false => &[],
            };
            ItemView {
                under,
                ..ItemView::without(maker, shown[at], &below, keys)
            }
        },
    );
    views.collect()
}

/// Which findings may still change: «all», «some» or «none». What holds for all of them is said
/// once, and not of each.
pub(super) fn how_provisional(maker: &ViewBuilder<'_>) -> &'static str {
    let findings = maker.strategy.of(Kind::Finding).iter();
    let shown = findings.filter(|finding| maker.shows(finding.audience));
    let provisional: Vec<bool> = shown
        .map(|finding| finding.says_yes(key::PROVISIONAL).is_some())
        .collect();
    match provisional.iter().filter(|&&is| is).count() {
        0 => "none",
        all if all == provisional.len() => "all",
        _ => "some",
    }
}

/// The purpose from the agreement.
#[derive(Debug, Serialize)]
pub(super) struct AgreementView {
    title: Line,
    date: Option<DateView>,
    text: Body,
    note: Option<Line>,
}

impl AgreementView {
    pub(super) fn new(maker: &ViewBuilder<'_>) -> Option<Self> {
        let agreement = maker.strategy.agreement.as_ref()?;
        Some(Self {
            title: Line::from(&agreement.title),
            date: agreement
                .date
                .as_ref()
                .map(|d| DateView::new(maker, &d.value)),
            text: maker.body(&agreement.text, "agreement"),
            note: line(agreement.note.as_ref()),
        })
    }
}
