//! What the unit tests of this room share.

use super::labels::Labels;
use super::set::TemplateSet;
use crate::language::{self, Language};
use crate::theme::Theme;

/// A language by its tag.
pub(crate) fn language(tag: &str) -> &'static Language {
    language::of(tag).expect("it is known")
}

/// The default labels of a language.
pub(crate) fn labels(tag: &str) -> Labels {
    let labels = Labels::of(language(tag), &TemplateSet::default());
    labels.expect("the default tables can be read")
}

/// The default theme.
pub(crate) fn theme() -> Theme {
    TemplateSet::default()
        .theme()
        .expect("the default theme can be read")
}
