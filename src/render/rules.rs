//! The rules of rendering: templates, labels, and what must be found in the tree.

use crate::diag::rules;

rules! {
    TEMPLATE_SYNTAX "R001" Error "template-syntax";
    TEMPLATE_FAILED "R002" Error "template-failed";
    TEMPLATE_LIMIT "R003" Error "template-limit";
    TEMPLATE_FILE "R004" Error "template-file";
    UNKNOWN_LABEL "R005" Error "unknown-label";
    UNKNOWN_ELEMENT "R006" Warning "unknown-element";
    UNKNOWN_CLASS "R007" Warning "unknown-class";
    BROKEN_HTML "R008" Warning "broken-html";
    BROKEN_LINK "R009" Warning "broken-link";
    FORBIDDEN_MARKUP "R010" Warning "forbidden-markup";
    SVG_CUT "R011" Warning "svg-cut";
    TEXT_LOST "R012" Error "text-lost";
    TEXT_LEAKED "R013" Error "text-leaked";
    OUTPUT_DIFFERS "R014" Error "output-differs";
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn every_rule_is_documented_with_the_same_sections() {
        for rule in RULES {
            let headings: Vec<_> = rule.docs.lines().filter(|l| l.starts_with('#')).collect();
            assert!(headings[0].starts_with("# "), "{} has no title", rule.code);
            let sections = ["## What it checks", "## Why", "## Example", "## Instead"];
            assert_eq!(
                headings[1..],
                sections,
                "in the documentation of {}",
                rule.code
            );
        }
    }

    #[test]
    fn codes_stand_in_order() {
        assert!(RULES.is_sorted_by_key(|rule| rule.code));
    }
}
