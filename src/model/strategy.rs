//! The strategy and its items.

use super::words::Word;
use super::{
    Date, Gates, Id, Image, Item, Kind, Located, Process, Reference, Release, Section, Text,
    Version, Workshop, key,
};
use crate::files::Span;
use crate::language::{self, Language};
use jiff::civil;
use std::collections::BTreeMap;

/// Everything that the sources say.
#[derive(Debug, Clone)]
pub struct Strategy {
    /// Title of the document.
    pub title: Located<String>,
    /// The line below the title.
    pub subtitle: Option<Located<String>>,
    /// A sentence on what the document is.
    pub description: Option<Located<String>>,
    /// Language of the text and of the generated words.
    pub language: &'static Language,
    /// The years that the strategy is for.
    pub period: Located<Period>,
    /// Whose strategy it is.
    pub council: Council,
    /// Number, status and date of this state.
    pub version: Version,
    /// The versions that were frozen before it, the first one first.
    pub releases: Vec<Release>,
    /// The council's own gates beside the default ones, and the waivers.
    pub gates: Gates,
    /// Folder of the council's own templates, inside the sources.
    pub template: Option<Located<String>>,
    /// Words of the program that the council says otherwise: label → text.
    pub labels: Vec<(Located<String>, Located<String>)>,
    /// Bodies that take part in the process.
    pub bodies: Vec<Named>,
    /// Roles that people have in it.
    pub roles: Vec<Named>,
    /// The purpose, as the agreement states it.
    pub agreement: Option<Agreement>,
    /// The order of chapters as it was written; [`chapters`](Self::chapters) follow it.
    pub chapter_order: Vec<Located<String>>,
    /// The order of those chapters that stand behind the others.
    pub appendix_order: Vec<Located<String>>,
    /// Chapters in the order of the document, the appendices last.
    pub chapters: Vec<Chapter>,
    /// The items that have a file each, apart from chapters, each kind in its order.
    pub items: BTreeMap<Kind, Vec<Item>>,
    /// Evidence.
    pub sources: Vec<Source>,
    /// The glossary, in the order of its file.
    pub terms: Vec<Term>,
    /// The process plan.
    pub process: Option<Process>,
    /// The workshop with its questions, groups and inputs.
    pub workshop: Option<Workshop>,
    /// Pictures.
    pub images: Vec<Image>,
    /// Items whose file is there but could not be used; what refers to them is not wrong.
    pub unreadable: Vec<Id>,
    /// Kinds of items of which some are in a file that could not be used, under ids that are not known.
    pub unreadable_kinds: Vec<Kind>,
}

impl Strategy {
    /// The items of a kind that have a file each, in order.
    pub fn of(&self, kind: Kind) -> &[Item] {
        self.items.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The name of a body or a role, as it stands inside a sentence.
    pub fn name(&self, reference: &Reference) -> Option<&str> {
        let id = reference.id()?;
        let mut named = self.bodies.iter().chain(&self.roles);
        let found = named.find(|named| named.id == id)?;
        Some(found.name.value.as_str())
    }

    /// The day of the version. One that cannot be read as a day is dated to the first of its
    /// period, so that the bytes of an output never hang on a clock.
    pub fn day(&self) -> civil::Date {
        match self.version.date.value {
            Date::Day(day) => day,
            Date::Week(week) => week.monday(),
            Date::Literal { .. } => civil::date(self.period.first, 1, 1),
        }
    }
}

/// The languages of documents are a closed list, too.
impl Word for &'static Language {
    const WORDS: &'static [&'static str] = language::DOCUMENT_TAGS;

    fn from_word(word: &str) -> Option<Self> {
        let mut all = language::of_documents();
        all.find_map(|(language, _)| (language.tag == word).then_some(language))
    }
}

/// The first and the last year of the strategy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First year.
    pub first: i16,
    /// Last year.
    pub last: i16,
}

/// The council whose strategy it is.
#[derive(Debug, Clone)]
pub struct Council {
    /// The full name, as the law wants it on the cover (kommuneloven § 18-1).
    pub name: Located<String>,
    /// The abbreviation that is used after the full name.
    pub short: Option<Located<String>>,
    /// The municipalities that take part.
    pub members: Vec<Located<String>>,
    /// Where to ask.
    pub contact: Option<Located<String>>,
}

/// A body or a role: an id and a name.
#[derive(Debug, Clone)]
pub struct Named {
    /// Its id.
    pub id: Id,
    /// Its name as it stands inside a sentence.
    pub name: Located<String>,
    /// Where the id was written.
    pub span: Span,
    /// What is uncertain about the body or role, if anything.
    pub uncertain: Option<Located<String>>,
}

/// The purpose, quoted from the agreement of co-operation.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// Title of the agreement.
    pub title: Located<String>,
    /// Its date, literal where the original cannot be read.
    pub date: Option<Located<Date>>,
    /// The paragraphs, verbatim.
    pub text: Text,
    /// A word on the reading, set below the quotation.
    pub note: Option<Located<String>>,
    /// The file.
    pub span: Span,
}

/// A chapter: free text, and what it shows after it.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Id, title and text.
    pub item: Item,
    /// Whether it stands behind the others and is numbered by itself (*vedlegg*).
    pub appendix: bool,
}

impl Chapter {
    /// The section that it shows, with the span of the key.
    pub fn shows(&self) -> Option<Located<Section>> {
        let word = self.item.words(key::SHOWS)?;
        Some(Located::new(Section::from_word(word)?, word.span))
    }

    /// The section that it shows.
    pub fn section(&self) -> Option<Section> {
        self.shows().map(|shows| shows.value)
    }

    /// Whether it is front or back matter, without a number.
    pub fn unnumbered(&self) -> bool {
        self.item.says_yes(key::UNNUMBERED).is_some()
    }
}

/// Evidence: a report, an evaluation, a programme.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its id.
    pub id: Id,
    /// Where the id was written.
    pub span: Span,
    /// Title.
    pub title: Located<String>,
    /// Who wrote it.
    pub author: Option<Located<String>>,
    /// Who published it.
    pub publisher: Option<Located<String>>,
    /// Year.
    pub year: Option<i16>,
    /// Address on the web.
    pub address: Option<Located<String>>,
    /// A word on it.
    pub note: Option<Located<String>>,
    /// What is uncertain about the source, if anything.
    pub uncertain: Option<Located<String>>,
}

/// A term of the glossary.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its id.
    pub id: Id,
    /// Where the id was written.
    pub span: Span,
    /// The word, or the abbreviation.
    pub term: Located<String>,
    /// The words that an abbreviation stands for.
    pub full: Option<Located<String>>,
    /// The explanation.
    pub text: Located<String>,
}
