//! Northern Sámi, for words in documents of other languages. There are no hyphenation patterns for it.

use super::{Language, norwegian};

pub(super) const LANGUAGE: Language = Language {
    tag: "se",
    aliases: &[],
    name: "Northern Sámi",
    quotes: norwegian::QUOTES,
    hyphenation: None,
    vague_links: &[],
    numbers: &super::NO_NUMBER_WORDS,
    document: None,
};
