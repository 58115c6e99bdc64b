//! The languages of documents, and of words in documents. Each language has a file.
//!
//! [`LANGUAGES`] lists them. A language that documents can be written in has a [`Document`], and its
//! tag is in [`DOCUMENT_TAGS`], too; a test compares the two lists. The other languages are only
//! known where a text marks words with `lang`.
//!
//! To add a language, write its file and list it. A language of documents also needs a table of labels,
//! `templates/default/labels/TAG.toml`, and a starter, `templates/new/TAG/`. Unit tests compare each
//! table with the others, and look for every plural form.

mod bokmal;
mod english;
mod northern_sami;
mod norwegian;
mod nynorsk;
pub mod tag;

use hypher::Lang;

/// What the program knows of a language.
#[derive(Debug)]
pub struct Language {
    /// The primary subtag of BCP 47: `nb`.
    pub tag: &'static str,
    /// Other tags that mean the same here.
    pub aliases: &'static [&'static str],
    /// Its name in English, for help.
    pub name: &'static str,
    /// The quotation marks of an outer quotation; those of an inner one are ‘…’ in all.
    pub quotes: (&'static str, &'static str),
    /// How words are divided; `None` if they are not.
    pub hyphenation: Option<&'static Hyphenation>,
    /// Words of links that do not say where the link leads, in lower case.
    pub vague_links: &'static [&'static str],
    /// Words beside numbers.
    pub numbers: &'static NumberWords,
    /// What documents in the language need; `None` if none can be written in it.
    pub document: Option<Document>,
}

/// What a document in a language needs.
#[derive(Debug)]
pub struct Document {
    /// The table of labels, as TOML.
    pub labels: &'static str,
    /// The plural forms that a label of a number has, as its key ends in them: `one`, `other`
    /// (UTS #35, plural rules).
    pub plurals: &'static [&'static str],
    /// The plural form of a number.
    pub plural: fn(u64) -> &'static str,
}

/// Words beside numbers, in lower case. They apply to text in every language: names and quotations
/// of another language are rarely marked.
#[derive(Debug)]
pub struct NumberWords {
    /// Words that stay on the line of the number after them: `side 3`.
    pub before: &'static [&'static str],
    /// Words that stay on the line of the number before them: `5 prosent`.
    pub after: &'static [&'static str],
    /// The word between two numbers that stay on one line: `3 av 24`.
    pub of: &'static [&'static str],
    /// Words after which two numbers are a range: `uke 9-11`.
    pub range_after: &'static [&'static str],
    /// Words before which two numbers are a range: `9-11 dager`.
    pub range_before: &'static [&'static str],
    /// Words after which two numbers are no range: `sak 5-25`. Endings of such words, too.
    pub no_range_after: &'static [&'static str],
    /// The months, with their abbreviations.
    pub months: &'static [&'static str],
}

/// No words beside numbers.
static NO_NUMBER_WORDS: NumberWords = NumberWords {
    before: &[],
    after: &[],
    of: &[],
    range_after: &[],
    range_before: &[],
    no_range_after: &[],
    months: &[],
};

impl NumberWords {
    /// Whether a word is in one of the lists of any language.
    pub fn any(list: fn(&Self) -> &'static [&'static str], word: &str) -> bool {
        Self::all(list).any(|known| known == word)
    }

    /// The words of a list in all languages. A word can occur twice.
    pub fn all(list: fn(&Self) -> &'static [&'static str]) -> impl Iterator<Item = &'static str> {
        let lists = LANGUAGES.iter().map(move |language| list(language.numbers));
        lists.flatten().copied()
    }
}

/// How the words of a language are divided. Languages may share one.
#[derive(Debug)]
pub struct Hyphenation {
    /// The patterns.
    pub patterns: Lang,
    /// Compounds whose joints the patterns miss, with a hyphen at each joint. Forms with further
    /// letters at the end are divided in the same way. The first one that fits counts, so longer ones
    /// stand first. A hyphen at the end is a place to divide at, too.
    pub exceptions: &'static [&'static str],
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.tag == other.tag
    }
}

impl Eq for Language {}

impl PartialEq for Hyphenation {
    fn eq(&self, other: &Self) -> bool {
        self.patterns == other.patterns
    }
}

impl Eq for Hyphenation {}

/// Every language that is known.
pub static LANGUAGES: [Language; 4] = [
    bokmal::LANGUAGE,
    nynorsk::LANGUAGE,
    english::LANGUAGE,
    northern_sami::LANGUAGE,
];

/// The tags of the languages that documents can be written in.
pub const DOCUMENT_TAGS: &[&str] = &[
    bokmal::LANGUAGE.tag,
    nynorsk::LANGUAGE.tag,
    english::LANGUAGE.tag,
];

/// The languages that documents can be written in, each with what that needs.
pub fn of_documents() -> impl Iterator<Item = (&'static Language, &'static Document)> {
    LANGUAGES
        .iter()
        .filter_map(|language| Some((language, language.document.as_ref()?)))
}

/// The language of a tag of BCP 47, by its primary subtag; `None` if it is not known here.
pub fn of(tag: &str) -> Option<&'static Language> {
    let primary = tag.split('-').next().unwrap_or_default();
    LANGUAGES.iter().find(|language| {
        let mut tags = std::iter::once(&language.tag).chain(language.aliases);
        tags.any(|tag| tag.eq_ignore_ascii_case(primary))
    })
}

/// How words of a tag of BCP 47 are divided; `None` if they are not.
pub fn hyphenation(tag: &str) -> Option<&'static Hyphenation> {
    of(tag)?.hyphenation
}

/// The plural forms of languages that tell one from all others.
const ONE_AND_OTHER: &[&str] = &["one", "other"];

/// Their plural rule.
const fn one_or_other(n: u64) -> &'static str {
    if n == 1 { "one" } else { "other" }
}

/// The text with a capital letter first.
pub(crate) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The same word inside a sentence: its first letter small, unless it is an abbreviation.
pub(crate) fn uncapitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    let first = first.into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_tags_of_documents_are_those_of_the_list() {
        let found: Vec<_> = of_documents().map(|(language, _)| language.tag).collect();
        assert_eq!(found, DOCUMENT_TAGS);
    }

    #[test]
    fn a_plural_rule_gives_the_forms_that_its_language_lists() {
        for (language, document) in of_documents() {
            let given: BTreeSet<_> = (0..1000).map(document.plural).collect();
            let listed: BTreeSet<_> = document.plurals.iter().copied().collect();
            assert_eq!(given, listed, "{}", language.tag);
        }
    }

    #[test]
    fn a_language_is_found_by_its_tag_with_what_follows_it() {
        let tag = |written| of(written).map(|language| language.tag);
        for (written, expected) in [
            ("nb", Some("nb")),
            ("NN-NO", Some("nn")),
            ("no", Some("nb")),
            ("en-GB", Some("en")),
            ("se", Some("se")),
            ("fi", None),
            ("", None),
        ] {
            assert_eq!(tag(written), expected, "{written}");
        }
    }
}
