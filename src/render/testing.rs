//! What the unit tests of this room share.

use super::labels::Labels;
use super::set::TemplateSet;
use crate::theme::Theme;

/// The default labels of a language.
pub(super) fn labels(language: &str) -> Labels {
    let labels = TemplateSet::default().labels(language);
    Labels::of(labels.expect("the default tables can be read"))
}

/// The default theme.
pub(super) fn theme() -> Theme {
    TemplateSet::default()
        .theme()
        .expect("the default theme can be read")
}
