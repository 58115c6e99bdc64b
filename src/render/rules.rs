//! The rules of rendering: templates, labels, and what must be found in the tree.

use crate::diag::rules;

rules! {
    FAINT_TEXT "A101" Warning "faint-text";
    VANISHING_TEXT "A102" Error "vanishing-text";
    UNUSABLE_LOGO "C102" Error "unusable-logo";
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
    REPEATED_ID "R015" Warning "repeated-id";
}
