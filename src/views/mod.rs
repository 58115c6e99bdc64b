//! Typed views of the strategy for templates.
//!
//! `ViewBuilder` knows what this build shows; each `…View::new` takes it as an argument. Strings from the
//! sources are `Line`s, bodies of text are `Body`s; both have their span. Bodies become
//! HTML in `bodies.rs`, and each of their blocks gets an anchor (`anchors.rs`). [`plan()`] gives the
//! process plan in words for calendars.

mod anchors;
mod bodies;
mod chapters;
mod date;
mod glossary;
mod items;
mod overview;
mod plan;
mod process;
mod sources;
mod targets;
mod thread;
mod versions;
mod workshop;

pub use plan::{StepText, plan};

use crate::diag::Diagnostic;
use crate::drawings::Figures;
use crate::files::Sources;
use crate::model::{Audience, Kind, Located, Reference, Strategy, Text};
use crate::templates::Fragment;
use crate::templates::Labels;
use crate::theme::Theme;
use anchors::Owner;
use bodies::fragment_of;
use serde::Serialize;
use std::cell::RefCell;
use targets::TargetIndex;

/// A string of the sources.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    /// The words, as written.
    text: String,
    /// Where they were written, as the value of `data-source`.
    source: String,
}

impl From<&Located<String>> for Line {
    fn from(value: &Located<String>) -> Self {
        Self {
            text: value.value.clone(),
            source: value.span.to_string(),
        }
    }
}

/// A string of the sources, if there is one.
fn line(value: Option<&Located<String>>) -> Option<Line> {
    value.map(Line::from)
}

/// A body of text; the filter `html` turns it into HTML.
#[derive(Debug, Serialize)]
pub(super) struct Body {
    /// Its number among the prepared texts.
    number: usize,
}

/// A link to another item.
#[derive(Debug, Serialize)]
pub(super) struct LinkView {
    /// `#challenge-okonomi`; empty for what has no place of its own.
    href: String,
    /// Its name.
    title: String,
    /// The labels of its kind, for one and for several.
    kind: String,
    kinds: String,
}

/// Links to items of one kind.
#[derive(Debug, Serialize)]
pub(super) struct LinkGroup {
    /// The label of the kind, in the plural if there are several: «Utfordringer».
    kind: String,
    links: Vec<LinkView>,
}

/// Makes views, and keeps the texts that they refer to.
pub(crate) struct ViewBuilder<'a> {
    strategy: &'a Strategy,
    labels: &'a Labels,
    theme: &'a Theme,
    audience: Audience,
    targets: TargetIndex,
    figures: Figures<'a>,
    texts: RefCell<Vec<Fragment>>,
}

impl<'a> ViewBuilder<'a> {
    pub(crate) fn new(
        strategy: &'a Strategy,
        sources: &'a Sources,
        labels: &'a Labels,
        theme: &'a Theme,
        audience: Audience,
    ) -> Self {
        let figures = Figures {
            strategy,
            sources,
            labels,
            audience,
            problems: RefCell::default(),
        };
        Self {
            strategy,
            labels,
            theme,
            audience,
            targets: TargetIndex::new(strategy, labels, audience),
            figures,
            texts: RefCell::default(),
        }
    }

    /// Everything that templates see, apart from functions and filters.
    pub(crate) fn context(&self) -> tera::Context {
        let mut context = tera::Context::new();
        context.insert("labels", self.labels.all());
        context.insert("document", &overview::DocumentView::new(self));
        context.insert("council", &overview::CouncilView::new(self));
        context.insert("version", &overview::VersionView::new(self));
        context.insert("chapters", &chapters::all(self));
        context.insert("agreement", &items::AgreementView::new(self));
        for kind in Kind::filed() {
            if let Some(section) = kind.info().section {
                let name = section.as_str().replace('-', "_");
                context.insert(name, &items::of_kind(self, kind));
            }
        }
        context.insert("item_facts", &items::facts(self));
        context.insert("provisional", items::how_provisional(self));
        context.insert("thread", &thread::ThreadView::new(self));
        context.insert("process", &process::ProcessView::new(self));
        context.insert("uncertain_names", &process::uncertain_names(self));
        context.insert("workshop", &workshop::WorkshopView::new(self));
        context.insert("sources", &sources::sources(self));
        context.insert("glossary", &glossary::terms(self));
        context.insert("versions", &versions::log(self));
        context.insert("credits", &sources::credits(self));
        context
    }

    /// The prepared texts, and what was wrong with pictures.
    pub(crate) fn into_texts(self) -> (Vec<Fragment>, Vec<Diagnostic>) {
        (self.texts.into_inner(), self.figures.problems.into_inner())
    }

    /// Whether this build shows what is meant for `audience`.
    fn shows(&self, audience: Audience) -> bool {
        audience <= self.audience
    }

    /// The text of an item, by the item's anchor.
    fn body(&self, text: &Text, item: &str) -> Body {
        self.prepared(text, Owner::Item(item))
    }

    /// A text that an item has beside its own, by an anchor of its own.
    fn part(&self, text: &Text, anchor: &str) -> Body {
        self.prepared(text, Owner::Part(anchor))
    }

    fn prepared(&self, text: &Text, owner: Owner<'_>) -> Body {
        let prepared = fragment_of(text, owner, &self.targets, &self.figures);
        let mut texts = self.texts.borrow_mut();
        texts.push(prepared);
        let number = texts.len() - 1;
        Body { number }
    }

    /// Links to what is referred to, without what this build does not show.
    fn links<'r>(&self, references: impl IntoIterator<Item = &'r Reference>) -> Vec<LinkView> {
        references
            .into_iter()
            .filter_map(|r| self.link(r))
            .collect()
    }

    /// Links by the kind of what they lead to, in the order of the first of each kind.
    fn grouped(&self, links: Vec<LinkView>) -> Vec<LinkGroup> {
        let mut groups: Vec<LinkGroup> = Vec::new();
        for link in links {
            match groups.iter_mut().find(|group| group.kind == link.kind) {
                Some(group) => group.links.push(link),
                None => groups.push(LinkGroup {
                    kind: link.kind.clone(),
                    links: vec![link],
                }),
            }
        }
        for group in &mut groups {
            if let [_, second, ..] = &group.links[..] {
                group.kind.clone_from(&second.kinds);
            }
        }
        groups
    }

    fn link(&self, reference: &Reference) -> Option<LinkView> {
        self.targets.link(&reference.id()?)
    }

    /// The name of a body or role.
    fn name(&self, reference: &Reference) -> Option<String> {
        self.link(reference).map(|link| link.title)
    }

    /// Names in a row: «leder, koordinator».
    fn names<'r>(&self, references: impl IntoIterator<Item = &'r Reference>) -> String {
        let names: Vec<_> = references
            .into_iter()
            .filter_map(|r| self.name(r))
            .collect();
        names.join(", ")
    }
}
