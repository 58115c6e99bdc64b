//! The input of the rules: the strategy, an index of its ids, and all its references and texts.

use crate::diag::nearest;
use crate::files::{Sources, Span};
use crate::model::{
    Audience, Block, Entry, Id, Inline, Item, Kind, Link, Reference, Strategy, Text, Value,
};
use std::collections::BTreeMap;

/// The strategy, with data that several rules need.
pub(super) struct Context<'a> {
    /// The strategy.
    pub(super) strategy: &'a Strategy,
    /// The files that it was read from.
    pub(super) sources: &'a Sources,
    /// All entries, in the order of the document.
    pub(super) entries: Vec<Entry<'a>>,
    /// Every id with its places; more than one place is an error.
    pub(super) ids: BTreeMap<&'a Id, Vec<Span>>,
    /// Every reference from an item to another.
    pub(super) mentions: Vec<Mention<'a>>,
    /// Every running text.
    pub(super) bodies: Vec<BodyText<'a>>,
}

/// A reference with the allowed kinds.
pub(super) struct Mention<'a> {
    /// The reference with its span.
    pub(super) reference: &'a Reference,
    /// Its key, or `None` in running text.
    pub(super) key: Option<&'static str>,
    /// The kinds of items that it may refer to.
    pub(super) wants: &'static [Kind],
}

/// A running text.
pub(super) struct BodyText<'a> {
    /// The text.
    pub(super) text: &'a Text,
    /// Who may read it.
    pub(super) audience: Audience,
}

/// The kinds that can be shown as a picture.
pub(super) const PICTURES: &[Kind] = &[Kind::Image];

impl<'a> Context<'a> {
    pub(super) fn new(strategy: &'a Strategy, sources: &'a Sources) -> Self {
        let mut context = Self {
            strategy,
            sources,
            entries: strategy.entries(),
            ids: BTreeMap::new(),
            mentions: Vec::new(),
            bodies: Vec::new(),
        };
        context.gather_entries();
        context.gather_links();
        context
    }

    /// Whether an id exists, also in a file that could not be used.
    pub(super) fn knows(&self, id: &Id) -> bool {
        self.ids.contains_key(id)
            || self.strategy.unreadable.contains(id)
            || self.strategy.unreadable_kinds.contains(&id.kind)
    }

    /// The known id that was probably meant, among those of the wanted kinds.
    pub(super) fn nearest(&self, written: &str, wants: &[Kind]) -> Option<String> {
        let wanted = || self.ids.keys().filter(|id| wants.contains(&id.kind));
        // Only names are compared: with the kind, all ids of a kind would be similar.
        let name = written.rsplit('/').next().unwrap_or(written);
        let near = nearest(name, wanted().map(|id| id.name.as_str()))?;
        // Several kinds may have the same name.
        let mut near = wanted().filter(|id| id.name == near);
        let kind = written.split_once('/').map(|(kind, _)| kind);
        let first = near.next()?;
        let of_kind = near.find(|id| Some(id.kind.as_str()) == kind);
        Some(of_kind.unwrap_or(first).to_string())
    }

    /// Every item that has a text of its own, in the order of the document.
    pub(super) fn items(&self) -> impl Iterator<Item = &'a Item> {
        self.entries.iter().filter_map(|entry| entry.item)
    }

    /// The blocks of every text that is not kept verbatim.
    pub(super) fn blocks(&self) -> Vec<(&BodyText<'a>, &'a Block)> {
        let mut out = Vec::new();
        for body in self.bodies.iter().filter(|body| !body.text.verbatim) {
            body.text.walk(&mut |block| out.push((body, block)));
        }
        out
    }

    fn gather_entries(&mut self) {
        for entry in &self.entries {
            if let Some(id) = entry.id() {
                self.ids.entry(id).or_default().push(entry.span);
            }
            for field in &entry.fields {
                match field.value {
                    Value::Text(text) => self.bodies.push(BodyText {
                        text,
                        audience: entry.audience,
                    }),
                    Value::Origin(reference, wants) | Value::Reference(reference, wants) => {
                        self.mentions.push(Mention {
                            reference,
                            key: Some(last_key(field.key)),
                            wants,
                        });
                    }
                    _ => {}
                }
            }
        }
    }

    fn gather_links(&mut self) {
        let mut found = Vec::new();
        for body in &self.bodies {
            body.text.walk(&mut |block| links(block, &mut found));
        }
        let mentions = found.into_iter().map(|(reference, wants)| Mention {
            reference,
            key: None,
            wants,
        });
        self.mentions.extend(mentions);
    }
}

/// The last part of the key: `body` of `meeting.body`.
fn last_key(key: &'static str) -> &'static str {
    key.rsplit('.').next().unwrap_or(key)
}

fn links<'a>(block: &'a Block, found: &mut Vec<(&'a Reference, &'static [Kind])>) {
    if let Block::Figure { image, .. } = block {
        found.push((image, PICTURES));
    }
    for (line, _) in block.lines() {
        each_link(line, &mut |link, _| {
            if let Link::Item { item, .. } = link {
                found.push((item, Kind::linkable()));
            }
        });
    }
}

/// Calls `visit` with every link in a line and its text.
pub(super) fn each_link<'a>(line: &'a [Inline], visit: &mut impl FnMut(&'a Link, &'a [Inline])) {
    for inline in line {
        if let Inline::Link { link, content } = inline {
            visit(link, content);
        }
        each_link(inline.inner(), visit);
    }
}
