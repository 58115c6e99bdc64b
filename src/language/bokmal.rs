//! Norwegian bokmål.

use super::{Document, Language, ONE_AND_OTHER, norwegian, one_or_other};

pub(super) const LANGUAGE: Language = Language {
    tag: "nb",
    aliases: &["no"],
    name: "Norwegian bokmål",
    quotes: norwegian::QUOTES,
    hyphenation: Some(&norwegian::HYPHENATION),
    vague_links: &[
        "her",
        "her.",
        "denne",
        "denne lenken",
        "klikk her",
        "trykk her",
        "les mer",
        "les mer her",
        "mer",
        "lenke",
        "klikk",
    ],
    numbers: &norwegian::NUMBERS,
    document: Some(Document {
        labels: include_str!("../../templates/default/labels/nb.toml"),
        plurals: ONE_AND_OTHER,
        plural: one_or_other,
    }),
};
