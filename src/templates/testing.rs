//! Helpers for unit tests of this room and of higher ones.

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

/// The default set with files over it, of which a council keeps its templates in `maler/`.
pub(super) fn set_with(files: &[(&str, &str)]) -> TemplateSet {
    let mut set = TemplateSet::default();
    for (path, text) in files {
        let name = path.strip_prefix("maler/").unwrap_or(path);
        set.add_text(name, path, text);
    }
    set
}
