//! The strategy and its items.

use super::words::Word;
use super::{
    Audience, Date, Gates, Id, Item, Kind, Located, Reference, Release, Section, Status, Text,
    Version, Weeks, key,
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
    /// What the council's gates demand beside the default ones, and who has passed them.
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
    /// What it shows, and where it says so.
    pub fn shows(&self) -> Option<Located<Section>> {
        let word = self.item.words(key::SHOWS)?;
        Some(Located::new(Section::from_word(word)?, word.span))
    }

    /// What it shows.
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
    /// What it means.
    pub text: Located<String>,
}

/// The process plan.
#[derive(Debug, Clone)]
pub struct Process {
    /// The year that the plan counts its weeks in; the weeks of other years are named with theirs.
    pub year: i16,
    /// Why the year is uncertain, if it is.
    pub uncertain: Option<Located<String>>,
    /// Steps in the order given, which need not be that of their weeks.
    pub steps: Vec<Step>,
}

/// A step of the process: who meets or what goes on, when, and who answers for it.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its id.
    pub id: Id,
    /// Where the step was written.
    pub span: Span,
    /// The body; a step has a body or a phase.
    pub body: Option<Reference>,
    /// The phase.
    pub phase: Option<Located<String>>,
    /// What happens.
    pub activity: Located<String>,
    /// Why the reading is uncertain, if it is.
    pub uncertain: Option<Located<String>>,
    /// When, if the weeks could be read.
    pub weeks: Option<Located<Weeks>>,
    /// The status that the strategy has when the step is done, if the step makes a version.
    pub milestone: Option<Located<Status>>,
    /// The day on which the body meets (*møte*).
    pub meeting: Option<Located<civil::Date>>,
    /// The day on which the papers for the meeting are sent out (*saksutsending*).
    pub dispatch: Option<Located<civil::Date>>,
    /// Who answers for it: roles.
    pub responsible: Vec<Reference>,
    /// Who helps: roles, shown in brackets.
    pub with: Vec<Reference>,
}

/// The meeting that a workshop was part of.
#[derive(Debug, Clone, Default)]
pub struct Meeting {
    /// The body that met.
    pub body: Option<Reference>,
    /// The day.
    pub date: Option<Located<Date>>,
    /// What is uncertain about the day.
    pub uncertain: Option<Located<String>>,
    /// Number on the agenda or in the case file: free text, never read as a number.
    pub case: Option<Located<String>>,
    /// Title of the case.
    pub title: Option<Located<String>>,
    /// Kind of case, e.g. `orienteringssak`.
    pub case_kind: Option<Located<String>>,
}

/// The workshop.
#[derive(Debug, Clone)]
pub struct Workshop {
    /// Its title.
    pub title: Option<Located<String>>,
    /// The meeting that it was part of.
    pub meeting: Meeting,
    /// Questions by number.
    pub questions: Vec<Question>,
    /// Groups by number.
    pub groups: Vec<Group>,
    /// Inputs by the numbers of their groups, then in the order of files and answers.
    pub inputs: Vec<Input>,
}

/// A question that the groups were asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// Id, title, and the question itself as text.
    pub item: Item,
    /// Its number.
    pub number: Located<u32>,
    /// What was said before the question.
    pub lead_in: Text,
    /// Parts, such as A and B.
    pub parts: Vec<Part>,
    /// How many answers were asked for.
    pub answers: Option<u32>,
    /// Whether «and why» was asked.
    pub why: bool,
}

/// A part of a question.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its letter.
    pub letter: Located<String>,
    /// What was asked.
    pub text: Text,
    /// Whether «and why» was asked.
    pub why: bool,
}

/// A group of the workshop. Its members are personal data.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id.
    pub id: Id,
    /// Where it was written.
    pub span: Span,
    /// Its number.
    pub number: u32,
    /// Names; internal.
    pub members: Vec<Located<String>>,
    /// What is uncertain about the names; internal, as it repeats them.
    pub uncertain: Option<Located<String>>,
}

/// An answer of a group, in its own words.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its id.
    pub id: Id,
    /// Where the id was written.
    pub span: Span,
    /// Who may read it.
    pub audience: Audience,
    /// The group.
    pub group: Reference,
    /// The question.
    pub question: Reference,
    /// The part of the question.
    pub part: Option<Located<String>>,
    /// The answer, verbatim.
    pub text: Text,
    /// Why, verbatim.
    pub reason: Option<Text>,
}

/// A picture.
#[derive(Debug, Clone)]
pub struct Image {
    /// Its id.
    pub id: Id,
    /// Where the id was written.
    pub span: Span,
    /// The file, or why there is none yet.
    pub file: ImageFile,
    /// What it shows, for those who do not see it; empty if it is an ornament.
    pub alt: Option<Located<String>>,
    /// The line below it.
    pub caption: Option<Located<String>>,
    /// Who made it.
    pub credits: Vec<Credit>,
    /// On which terms it is used.
    pub licence: Option<Located<String>>,
    /// Text inside the picture, repeated as text (WCAG 2.1, SC 1.4.5).
    pub text: Vec<Located<String>>,
    /// Language of the text inside the picture, as a BCP 47 tag.
    pub text_language: Option<Located<String>>,
    /// Whether it was drawn, and not photographed.
    pub drawn: bool,
    /// What is uncertain about the picture or the text inside it, if anything.
    pub uncertain: Option<Located<String>>,
}

/// Where the picture is.
#[derive(Debug, Clone)]
pub enum ImageFile {
    /// A file inside the sources: its path from the strategy's folder.
    Path(Located<String>),
    /// Not here yet, and why.
    Pending(Located<String>),
}

/// Who made a picture, or a part of it.
#[derive(Debug, Clone)]
pub struct Credit {
    /// Name or address, as it is to be printed.
    pub name: Located<String>,
    /// Whether it is an address on the web.
    pub is_address: bool,
    /// Which of several pictures, e.g. `øverst`.
    pub position: Option<Located<String>>,
}
