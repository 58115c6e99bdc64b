//! Norwegian nynorsk.

use super::{Document, Language, ONE_AND_OTHER, norwegian, one_or_other};

pub(super) const LANGUAGE: Language = Language {
    tag: "nn",
    aliases: &[],
    name: "Norwegian nynorsk",
    quotes: norwegian::QUOTES,
    hyphenation: Some(&norwegian::HYPHENATION),
    vague_links: &["lenkje", "les meir", "les meir her"],
    numbers: &norwegian::NUMBERS,
    document: Some(Document {
        labels: include_str!("../../templates/default/labels/nn.toml"),
        plurals: ONE_AND_OTHER,
        plural: one_or_other,
    }),
};
