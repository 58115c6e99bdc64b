//! The rules of typesetting.

use crate::diag::{Rule, rules};

rules! {
    MISSING_GLYPH "T001" Warning "missing-glyph";
    TOO_WIDE "T002" Warning "too-wide";
    UNDRAWN_FEATURE "T003" Warning "undrawn-feature";
    MISSING_PICTURE "T004" Warning "missing-picture";
}

/// What to do about a breach of a rule.
pub(super) fn hint(rule: &Rule) -> &'static str {
    match rule.code.0 {
        "T001" => "write it with other letters; the PDF shows a stand-in for it",
        "T002" => "shorten it, put soft hyphens into long words, or give the table fewer columns",
        "T003" => "draw it with plain fills and lines",
        "T004" => "put the file where the source says, or correct its name",
        _ => "look at the page",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_says_what_why_and_what_instead() {
        for rule in RULES {
            for section in [
                "# ",
                "## What it checks",
                "## Why",
                "## Example",
                "## Instead",
            ] {
                assert!(
                    rule.docs.contains(section),
                    "{} lacks {section:?}",
                    rule.name
                );
            }
        }
        assert!(RULES.is_sorted_by_key(|r| r.code));
    }
}
