//! English.

use super::{Document, Hyphenation, Language, NumberWords, ONE_AND_OTHER, one_or_other};
use hypher::Lang;

pub(super) const LANGUAGE: Language = Language {
    tag: "en",
    aliases: &[],
    name: "English",
    quotes: ("“", "”"),
    hyphenation: Some(&HYPHENATION),
    vague_links: &["here", "click here", "this link", "read more", "more"],
    numbers: &NUMBERS,
    document: Some(Document {
        labels: include_str!("../../templates/default/labels/en.toml"),
        plurals: ONE_AND_OTHER,
        plural: one_or_other,
    }),
};

static HYPHENATION: Hyphenation = Hyphenation {
    patterns: Lang::English,
    exceptions: &[],
};

static NUMBERS: NumberWords = NumberWords {
    before: &[
        "week", "page", "no.", "figure", "table", "group", "question",
    ],
    after: &[],
    of: &["of"],
    range_after: &["week", "weeks", "page", "pages", "pp.", "day", "days"],
    range_before: &["weeks", "pages", "days", "years"],
    no_range_after: &["no.", "ref.", "case"],
    months: &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan.",
        "feb.",
        "mar.",
        "aug.",
        "sep.",
        "sept.",
        "oct.",
        "nov.",
        "dec.",
    ],
};
