//! The changes as templates see them (`changes.html`).

use super::sentences::{Part, Word, Wording, href};
use super::{Change, Changes, Edit, Fold, What};
use crate::templates::Labels;
use serde::Serialize;

/// The list of changes.
#[derive(Debug, Serialize)]
pub struct View {
    /// «Endringer fra versjon 0.3 til 0.4».
    title: String,
    /// The version before, and the one after: «Versjon 0.3, utkast, 3. mai 2027».
    old: String,
    new: String,
    /// That nothing has changed; empty otherwise.
    nothing: String,
    /// «12 endringer: 2 lagt til …».
    counts: String,
    /// What holds of the whole, a sentence each.
    remarks: Vec<String>,
    /// Changes in words of others, below a heading of their own.
    verbatim_title: String,
    verbatim: Vec<ChangeView>,
    chapters_title: String,
    chapters: Vec<ChapterView>,
    bodies_title: String,
    bodies: Vec<BodyView>,
    folded_title: String,
    /// The folded lines, a sentence each.
    folded: Vec<String>,
    /// «Før», «Nå».
    before: String,
    now: String,
}

/// A chapter with its changes.
#[derive(Debug, Serialize)]
struct ChapterView {
    title: String,
    /// Where it stands; empty if it has no place.
    href: String,
    changes: Vec<ChangeView>,
}

/// A change.
#[derive(Debug, Serialize)]
struct ChangeView {
    /// The sentence.
    parts: Vec<PartView>,
    /// Of words of others that were rewritten: all of them before and now; empty otherwise.
    before: String,
    now: String,
}

/// A piece of a sentence.
#[derive(Debug, Serialize)]
struct PartView {
    /// `words`, `name`, `old` or `new`.
    kind: &'static str,
    text: String,
    /// Of a name: where the change is shown; empty if it has no place.
    href: String,
}

/// A body, role or municipality with what of it has changed.
#[derive(Debug, Serialize)]
struct BodyView {
    name: String,
    /// «3 endringer».
    count: String,
    links: Vec<PartView>,
}

impl View {
    /// The view of changes, in the language of these labels.
    pub(crate) fn new(changes: &Changes, labels: &Labels) -> Self {
        let wording = Wording::new(labels);
        let view = |change: &Change| ChangeView::new(change, wording);
        let chapters = changes.chapters.iter().map(|chapter| {
            let told = chapter.changes.iter();
            let told = told.filter(|change| change.fold.is_none() && !change.is_verbatim);
            ChapterView {
                title: wording.chapter(chapter),
                href: href(chapter.anchor.as_deref()).unwrap_or_default(),
                changes: told.map(view).collect(),
            }
        });
        let bodies = changes.by_body().into_iter().map(|(name, of_it)| BodyView {
            name: name.to_owned(),
            count: wording.number_of_changes(of_it.len()),
            links: links(wording.names(&of_it)),
        });
        let counts = changes.counts();
        let folded = Fold::ALL.into_iter().filter_map(|(fold, _)| {
            let n = counts.folded.get(&fold)?;
            Some(wording.folded(fold, *n))
        });
        let word = |word| wording.word(word).to_owned();
        Self {
            title: wording.title(changes),
            old: wording.version(&changes.old),
            new: wording.version(&changes.new),
            nothing: match changes.is_empty() {
                true => wording.nothing(changes),
                false => String::new(),
            },
            counts: wording.counts(changes),
            remarks: changes.remarks.iter().map(|r| wording.remark(r)).collect(),
            verbatim_title: word(Word::Verbatim),
            verbatim: changes.told().filter(|c| c.is_verbatim).map(view).collect(),
            chapters_title: word(Word::ByChapter),
            chapters: chapters
                .filter(|chapter| !chapter.changes.is_empty())
                .collect(),
            bodies_title: word(Word::ByBody),
            bodies: bodies.collect(),
            folded_title: word(Word::Folded),
            folded: folded.collect(),
            before: word(Word::Before),
            now: word(Word::Now),
        }
    }
}

impl ChangeView {
    fn new(change: &Change, wording: Wording<'_>) -> Self {
        let parts = wording.sentence(change).into_iter();
        let (before, now) = match &change.what {
            What::Text {
                edit: Edit::Rewritten(before, now),
                ..
            } if change.is_verbatim => (before.clone(), now.clone()),
            _ => Default::default(),
        };
        Self {
            parts: parts.map(|part| PartView::new(part, change)).collect(),
            before,
            now,
        }
    }
}

impl PartView {
    fn new(part: Part, change: &Change) -> Self {
        let kind = match part {
            Part::Words(_) => "words",
            Part::Name(_) => "name",
            Part::Old(_) => "old",
            Part::New(_) => "new",
        };
        let is_name = kind == "name";
        let place = href(change.anchor.as_deref()).filter(|_| is_name);
        Self {
            kind,
            text: part.text().to_owned(),
            href: place.unwrap_or_default(),
        }
    }
}

fn links(names: Vec<(String, Option<&str>)>) -> Vec<PartView> {
    let links = names.into_iter().map(|(text, anchor)| PartView {
        kind: "name",
        text,
        href: href(anchor).unwrap_or_default(),
    });
    links.collect()
}
