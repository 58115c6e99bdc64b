//! The rules of typesetting.

use crate::diag::{Code, Rule, Severity};

macro_rules! rules {
    ($($(#[$doc:meta])* $ident:ident = $code:literal $name:literal $file:literal, $hint:literal;)*) => {
        $(
            $(#[$doc])*
            pub static $ident: Rule = Rule {
                code: Code($code),
                name: $name,
                severity: Severity::Warning,
                docs: include_str!(concat!("rules/", $file, ".md")),
            };
        )*

        /// Every rule of typesetting, by code.
        pub const RULES: &[&Rule] = &[$(&$ident),*];

        /// What to do about a breach of a rule.
        pub(super) fn hint(rule: &Rule) -> &'static str {
            match rule.code.0 {
                $($code => $hint,)*
                _ => "look at the page",
            }
        }
    };
}

rules! {
    /// A character that no font has.
    MISSING_GLYPH = "T001" "missing-glyph" "missing_glyph",
        "write it with other letters; the PDF shows a stand-in for it";
    /// A word or table that is too wide.
    TOO_WIDE = "T002" "too-wide" "too_wide",
        "shorten it, put soft hyphens into long words, or give the table fewer columns";
    /// A part of a drawing that is not drawn.
    UNDRAWN_FEATURE = "T003" "undrawn-feature" "undrawn_feature",
        "draw it with plain fills and lines";
    /// A picture that is not there.
    MISSING_PICTURE = "T004" "missing-picture" "missing_picture",
        "put the file where the source says, or correct its name";
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
