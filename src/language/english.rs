//! English.

use super::{Document, Hyphenation, Language, one_or_other};
use hypher::Lang;

pub(super) const LANGUAGE: Language = Language {
    tag: "en",
    aliases: &[],
    name: "English",
    quotes: ("“", "”"),
    hyphenation: Some(&HYPHENATION),
    vague_links: &["here", "click here", "this link", "read more", "more"],
    document: Some(Document {
        labels: include_str!("../../templates/default/labels/en.toml"),
        plural: one_or_other,
    }),
};

static HYPHENATION: Hyphenation = Hyphenation {
    patterns: Lang::English,
    exceptions: &[],
};
