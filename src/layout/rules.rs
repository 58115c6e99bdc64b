//! The rules about typesetting.

use crate::diag::rules;

rules! {
    MISSING_GLYPH "T001" Warning "missing-glyph";
    TOO_WIDE "T002" Warning "too-wide";
    UNDRAWN_FEATURE "T003" Warning "undrawn-feature";
    MISSING_PICTURE "T004" Warning "missing-picture";
}

/// The hint for a word or table that is too wide.
pub(super) const SHORTEN: &str = "shorten it, put soft hyphens into long words, or give the table fewer columns, or a page across \
     with `landscape_tables` in theme.toml";
/// The hint for a feature that is not drawn.
pub(super) const DRAW_PLAINLY: &str = "draw it with plain fills and lines";
