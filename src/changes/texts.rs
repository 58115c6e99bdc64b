//! What has changed inside the texts of entries, found in the merged document.
//!
//! A node belongs to a text if it was made of a place in it, in the old sources or in the new ones. So
//! what templates write around the texts, and what they say of fields, is passed over.

use super::places::Pair;
use super::seen::{Seen, key_of};
use super::{BlockKind, Change, Edit, Run, RunKind, Side, Subject, What};
use crate::dom::level::{Level, Levels};
use crate::dom::{Document, NodeId};
use crate::files::{FileId, Span};
use crate::model::Id;
use crate::redline::{Mark, Merged};
use std::collections::{BTreeMap, BTreeSet};

/// The changes in texts, by the key of their entry.
pub(super) struct Texts {
    found: BTreeMap<String, Vec<Found>>,
}

struct Found {
    block: BlockKind,
    edit: Edit,
    anchor: Option<String>,
    is_verbatim: bool,
}

/// The text that a place of the sources belongs to.
#[derive(Debug, Clone)]
struct Owner {
    entry: String,
    end: u32,
    is_verbatim: bool,
}

/// The texts of a version by the places where their blocks start.
struct Owners(BTreeMap<(FileId, u32), Owner>);

impl Owners {
    fn of(seen: &Seen<'_>) -> Self {
        let mut owners = BTreeMap::new();
        for entry in &seen.entries {
            for text in entry.texts() {
                let mut add = |span: Span| {
                    let owner = Owner {
                        entry: key_of(entry),
                        end: span.end,
                        is_verbatim: text.verbatim,
                    };
                    owners.insert((span.file, span.start), owner);
                };
                text.blocks.iter().for_each(|block| add(block.span()));
                text.notes.iter().for_each(|note| add(note.span));
            }
        }
        Self(owners)
    }

    fn get(&self, span: Span) -> Option<&Owner> {
        let mut before = self.0.range(..=(span.file, span.start));
        let ((file, _), owner) = before.next_back()?;
        (*file == span.file && span.start < owner.end).then_some(owner)
    }
}

impl Texts {
    pub(super) fn of(old: &Side<'_>, merged: &Merged, before: &Seen<'_>, after: &Seen<'_>) -> Self {
        let mut walker = Walker {
            old: old.document,
            merged,
            levels: Levels::of(&merged.document),
            owners: [Owners::of(before), Owners::of(after)],
            before,
            anchors: before.titles.keys().map(Id::anchor).collect(),
            rewritten: merged.rewritten.iter().copied().collect(),
            done: BTreeSet::new(),
            told: BTreeSet::new(),
            found: BTreeMap::new(),
        };
        walker.children(Document::ROOT, None, false);
        Self {
            found: walker.found,
        }
    }

    /// Takes out the changes in the texts of an entry.
    pub(super) fn take(&mut self, entry: &Pair<'_>, subject: &Subject) -> Vec<Change> {
        let key = entry.new.map(key_of).unwrap_or_default();
        let found = self.found.remove(&key).unwrap_or_default().into_iter();
        let changes = found.map(|found| {
            let what = What::Text {
                block: found.block,
                edit: found.edit,
            };
            Change::new(subject.clone(), what, found.anchor, found.is_verbatim)
        });
        changes.collect()
    }
}

struct Walker<'a> {
    old: &'a Document,
    merged: &'a Merged,
    levels: Levels,
    /// The texts of the old version, and of the new one.
    owners: [Owners; 2],
    before: &'a Seen<'a>,
    /// The anchors of items.
    anchors: BTreeSet<String>,
    rewritten: BTreeMap<NodeId, NodeId>,
    /// Blocks that are told already: what stands in the place of something else.
    done: BTreeSet<NodeId>,
    /// What is told already of a place of the sources; a template may show a text twice.
    told: BTreeSet<(Span, &'static str, bool)>,
    found: BTreeMap<String, Vec<Found>>,
}

impl Walker<'_> {
    /// Looks at what stands in a node. `only` says which version alone has it; `column_told`, whether
    /// the heads of the table have told which columns came and went.
    fn children(&mut self, id: NodeId, only: Option<RunKind>, columns_told: bool) {
        let merged = self.merged;
        for &child in &merged.document.get(id).children {
            if self.levels.level(child) != Level::Inline {
                self.node(child, only, columns_told);
            }
        }
    }

    fn node(&mut self, id: NodeId, only: Option<RunKind>, mut columns_told: bool) {
        let merged = self.merged;
        let node = merged.document.get(id);
        let mark = merged.marks.get(&id);
        let here = match mark {
            Some(Mark::Struck) => Some(RunKind::Struck),
            Some(Mark::Added) => Some(RunKind::Added),
            Some(Mark::Moved(_)) => None,
            Some(Mark::Trace(_) | Mark::Generated) => return,
            Some(Mark::Around | Mark::Wrapped | Mark::Unwrapped) | None => only,
        };
        if self.done.contains(&id) {
            return;
        }
        let is_cell = matches!(node.name(), "td" | "th");
        if is_cell && here != only && columns_told {
            return;
        }
        let own = self.owner(id, here);
        if let (Some(kind), Some((owner, span))) = (here, &own) {
            self.whole(id, kind, owner, *span);
            self.moved_inside(id);
            return;
        }
        if here.is_none()
            && let Some((owner, span)) = &own
        {
            if let Some(Mark::Moved(number)) = mark
                && !self.is_entry(id)
            {
                let from = self.former_place(*number, owner);
                self.push(id, owner, *span, Edit::Moved(from));
            }
            if self.has_other_form(id) {
                self.push(id, owner, *span, Edit::Form);
            }
            self.line(id, owner, *span);
            if node.is("table") {
                columns_told = self.columns(id, owner, *span);
            }
        }
        self.children(id, here, columns_told);
    }

    /// A block that one version alone has.
    fn whole(&mut self, id: NodeId, kind: RunKind, owner: &Owner, span: Span) {
        if let Some(&now) = self.rewritten.get(&id) {
            self.done.insert(now);
            let edit = Edit::Rewritten(self.words(id), self.words(now));
            self.push(now, owner, span, edit);
            return;
        }
        let is_figure = self.merged.document.get(id).is("figure");
        let words = match is_figure {
            true => self.caption(id),
            false => self.words(id),
        };
        if !words.is_empty() || is_figure {
            let edit = match kind {
                RunKind::Struck => Edit::Struck(words),
                RunKind::Added | RunKind::Kept => Edit::Added(words),
            };
            self.push(id, owner, span, edit);
        }
    }

    /// Looks at what has moved into a block that is new.
    fn moved_inside(&mut self, id: NodeId) {
        let merged = self.merged;
        let below = merged.document.descendants(id).skip(1);
        let moved: Vec<NodeId> = below
            .filter(|id| matches!(merged.marks.get(id), Some(Mark::Moved(_))))
            .collect();
        for id in moved {
            self.node(id, None, false);
            self.done.insert(id);
        }
    }

    /// Tells of the words of a line that both versions have.
    fn line(&mut self, id: NodeId, owner: &Owner, span: Span) {
        let mut line = Line::default();
        self.runs(id, None, &mut line);
        if let Some(edit) = line.edit() {
            self.push(id, owner, span, edit);
        }
    }

    /// Gathers the words of the inline nodes below a node.
    fn runs(&self, id: NodeId, only: Option<RunKind>, line: &mut Line) {
        let document = &self.merged.document;
        for &child in &document.get(id).children {
            if self.levels.level(child) == Level::Block {
                continue;
            }
            let kind = match self.merged.marks.get(&child) {
                Some(Mark::Struck) => Some(RunKind::Struck),
                Some(Mark::Added) => Some(RunKind::Added),
                Some(Mark::Generated) => continue,
                _ => only,
            };
            let node = document.get(child);
            let own = kind.unwrap_or(RunKind::Kept);
            if let Some(text) = node.text() {
                line.push(own, text);
                continue;
            }
            let former = self.merged.in_old.get(&child);
            let href = match former {
                Some(&old) if own == RunKind::Struck => self.old.get(old).attr("href"),
                _ => node.attr("href"),
            };
            match node.name() {
                "br" => line.push(own, " "),
                // Their bytes and alternative texts are fields of the picture.
                "img" | "svg" => {}
                "a" if node.has_class("noteref") => {
                    let name = href.and_then(|href| href.rsplit_once(".note-"));
                    line.push(own, &format!("[^{}]", name.map_or("", |(_, name)| name)));
                }
                "span" if node.has_class("number") => {}
                _ => {
                    let was = self
                        .merged
                        .former
                        .get(&child)
                        .filter(|_| own == RunKind::Kept);
                    let was = was.and_then(|was| was.attr("href"));
                    // The element may have changed without its words.
                    let (before, now) = match self.merged.marks.get(&child) {
                        Some(Mark::Wrapped) => (None, Some(RunKind::Added)),
                        Some(Mark::Unwrapped) => (Some(RunKind::Struck), None),
                        _ if was.is_some() && was != href => {
                            (Some(RunKind::Struck), Some(RunKind::Added))
                        }
                        _ => (None, Some(own)),
                    };
                    let both = [before.zip(was), now.zip(href)].into_iter().flatten();
                    line.links.extend(
                        both.map(|(own, href)| (own, href.trim_start_matches('#').to_owned())),
                    );
                    line.has_form |= own != RunKind::Kept
                        || matches!(
                            self.merged.marks.get(&child),
                            Some(Mark::Wrapped | Mark::Unwrapped)
                        )
                        || self.has_other_form(child);
                    self.runs(child, kind, line);
                }
            }
        }
    }

    /// Tells of columns that came or went, by their heads.
    fn columns(&mut self, table: NodeId, owner: &Owner, span: Span) -> bool {
        let merged = self.merged;
        let document = &merged.document;
        let mut rows = document.descendants(table);
        let Some(first) = rows.find(|&id| document.get(id).is("tr")) else {
            return false;
        };
        if merged.marks.contains_key(&first) {
            return false;
        }
        let mut any = false;
        for &cell in &document.get(first).children {
            let words = self.words(cell);
            let edit = match merged.marks.get(&cell) {
                Some(Mark::Struck) => Edit::Struck(words),
                Some(Mark::Added) => Edit::Added(words),
                _ => continue,
            };
            any = true;
            let place = self.place(cell, &edit).map_or(span, |(_, span)| span);
            self.push_as(BlockKind::Column, cell, owner, place, edit);
        }
        any
    }

    fn place(&self, id: NodeId, edit: &Edit) -> Option<(Owner, Span)> {
        let only = match edit {
            Edit::Struck(_) => Some(RunKind::Struck),
            _ => None,
        };
        self.owner(id, only)
    }

    /// The text that a node was made of, and the place.
    fn owner(&self, id: NodeId, only: Option<RunKind>) -> Option<(Owner, Span)> {
        let document = &self.merged.document;
        let source = |id: NodeId| match only {
            Some(RunKind::Struck) => {
                let old = self.merged.in_old.get(&id)?;
                self.old.get(*old).origin.source
            }
            _ => document.get(id).origin.source,
        };
        // Rows and loose items of lists are made of their cells and paragraphs.
        let span = match source(id) {
            Some(span) => span,
            None if matches!(document.get(id).name(), "tr" | "li") => {
                document.descendants(id).find_map(source)?
            }
            None => return None,
        };
        let owners = &self.owners[usize::from(only != Some(RunKind::Struck))];
        Some((owners.get(span)?.clone(), span))
    }

    fn is_entry(&self, id: NodeId) -> bool {
        let anchor = self.merged.document.get(id).attr("id");
        anchor.is_some_and(|anchor| self.anchors.contains(anchor))
    }

    /// What a block that has moved stood in, if that was another item.
    fn former_place(&self, number: usize, owner: &Owner) -> Option<String> {
        let old = self.merged.moves.get(number)?.old;
        let was = self.owners[0].get(self.old.get(old).origin.source?)?;
        let title = self.before.title(&was.entry)?;
        (was.entry != owner.entry).then(|| title.to_owned())
    }

    /// Whether an element has another name or other looks than before.
    fn has_other_form(&self, id: NodeId) -> bool {
        let Some(former) = self.merged.former.get(&id) else {
            return false;
        };
        let node = self.merged.document.get(id);
        let keys = ["class", "lang", "start"];
        former.name != node.name() || keys.iter().any(|key| former.attr(key) != node.attr(key))
    }

    /// The words of a block, without those of what has moved into it.
    fn words(&self, id: NodeId) -> String {
        let mut words = String::new();
        self.push_words(id, &mut words);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The caption of a figure, without its number.
    fn caption(&self, figure: NodeId) -> String {
        let document = &self.merged.document;
        let caption = document.descendants(figure).find(|&id| {
            let node = document.get(id);
            node.has_class("caption") && !node.has_class("generated")
        });
        let words = caption.map_or_else(String::new, |caption| self.words(caption));
        words.trim_start_matches(". ").to_owned()
    }

    fn push_words(&self, id: NodeId, words: &mut String) {
        let document = &self.merged.document;
        let node = document.get(id);
        if let Some(text) = node.text() {
            words.push_str(text);
            return;
        }
        if node.has_class("number") || node.is("svg") {
            return;
        }
        let apart = self.levels.level(id) == Level::Block || node.is("br");
        words.push_str(if apart { " " } else { "" });
        for &child in &node.children {
            match self.merged.marks.get(&child) {
                Some(Mark::Moved(_) | Mark::Trace(_) | Mark::Generated) => {}
                _ => self.push_words(child, words),
            }
        }
        words.push_str(if apart { " " } else { "" });
    }

    fn push(&mut self, id: NodeId, owner: &Owner, span: Span, edit: Edit) {
        self.push_as(self.kind(id), id, owner, span, edit);
    }

    fn push_as(&mut self, block: BlockKind, id: NodeId, owner: &Owner, span: Span, edit: Edit) {
        let document = &self.merged.document;
        let sort = match edit {
            Edit::Added(_) => "added",
            Edit::Struck(_) => "struck",
            Edit::Moved(_) => "moved",
            Edit::Form => "form",
            Edit::Words(_) | Edit::Rewritten(..) | Edit::Links => "edited",
        };
        let is_column = block == BlockKind::Column;
        if !self.told.insert((span, sort, is_column)) {
            return;
        }
        let quoted = document.ancestor(id, |node| {
            node.is("blockquote") || node.has_class("verbatim")
        });
        // A quotation that is new quotes nobody anew.
        let is_quoted = quoted.is_some_and(|quote| quote != id || !matches!(edit, Edit::Added(_)));
        let is_words = !matches!(edit, Edit::Moved(_) | Edit::Form);
        let around = document.ancestor(id, |node| node.attr("id").is_some());
        let anchor = around.and_then(|id| document.get(id).attr("id"));
        let found = Found {
            block,
            edit,
            anchor: anchor.map(str::to_owned),
            is_verbatim: is_words && (owner.is_verbatim || is_quoted),
        };
        self.found
            .entry(owner.entry.clone())
            .or_default()
            .push(found);
    }

    fn kind(&self, id: NodeId) -> BlockKind {
        let document = &self.merged.document;
        let node = document.get(id);
        match node.name() {
            "ul" | "ol" | "dl" => BlockKind::List,
            "li" => BlockKind::Item,
            "table" => BlockKind::Table,
            "tr" => BlockKind::Row,
            "td" | "th" => BlockKind::Cell,
            "aside" => BlockKind::Note,
            "blockquote" => BlockKind::Quotation,
            "figure" | "img" | "svg" => BlockKind::Picture,
            "pre" => BlockKind::Code,
            _ if node.heading_level().is_some() => BlockKind::Heading,
            _ => {
                let around = document.ancestor(id, |node| {
                    node.is("li") || (node.is("aside") && node.has_class("note"))
                });
                match around.map(|around| document.get(around).name()) {
                    Some("li") => BlockKind::Item,
                    Some(_) => BlockKind::Note,
                    None => BlockKind::Paragraph,
                }
            }
        }
    }
}

/// The words of a line, and where its links lead.
#[derive(Debug, Default)]
struct Line {
    runs: Vec<Run>,
    links: Vec<(RunKind, String)>,
    /// Whether an element was struck or added.
    has_form: bool,
}

impl Line {
    fn push(&mut self, kind: RunKind, text: &str) {
        match self.runs.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(text),
            _ => self.runs.push(Run {
                kind,
                text: text.to_owned(),
            }),
        }
    }

    /// What has changed in the line, if anything has.
    fn edit(mut self) -> Option<Edit> {
        let has_changed = self.runs.iter().any(|run| run.kind != RunKind::Kept);
        let has_other_links = self.links.iter().any(|(kind, _)| *kind != RunKind::Kept);
        if !(has_changed || has_other_links || self.has_form) {
            return None;
        }
        let pairs = pairs(&self.runs);
        if pairs.iter().all(|(old, new)| bare(old) == bare(new)) {
            let links = |kind: RunKind| -> Vec<&str> {
                let links = self.links.iter().filter(|(own, _)| *own == kind);
                links.map(|(_, href)| href.as_str()).collect()
            };
            let (struck, added) = (links(RunKind::Struck), links(RunKind::Added));
            let has_led_elsewhere = struck != added && !(struck.is_empty() || added.is_empty());
            let is_other = self.has_form || pairs.iter().any(|(old, new)| old != new);
            return match (has_led_elsewhere, is_other) {
                (true, _) => Some(Edit::Links),
                (false, true) => Some(Edit::Form),
                (false, false) => None,
            };
        }
        for run in &mut self.runs {
            run.text = run.text.replace(['\n', '\t'], " ");
        }
        Some(Edit::Words(self.runs))
    }
}

/// What was struck and what was added in its place, in order.
pub(super) fn pairs(runs: &[Run]) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut is_open = false;
    for run in runs {
        if run.kind == RunKind::Kept {
            is_open &= run.text.is_empty();
            continue;
        }
        if !is_open {
            pairs.push(Default::default());
            is_open = true;
        }
        if let Some((old, new)) = pairs.last_mut() {
            match run.kind {
                RunKind::Struck => old.push_str(&run.text),
                RunKind::Added | RunKind::Kept => new.push_str(&run.text),
            }
        }
    }
    pairs
}

/// Words as they are whatever typography has made of their quotation marks, dashes and spaces.
fn bare(words: &str) -> String {
    let plain = words
        .chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{2060}'));
    let plain: String = plain
        .map(|c| match c {
            '«' | '»' | '“' | '”' | '„' => '"',
            '‘' | '’' => '\'',
            '–' | '—' | '‑' | '−' => '-',
            c => c,
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
