//! The rules about templates, labels and theme colours.

use crate::diag::rules;

rules! {
    FAINT_TEXT "A101" Warning "faint-text";
    VANISHING_TEXT "A102" Error "vanishing-text";
    TEMPLATE_SYNTAX "R001" Error "template-syntax";
    TEMPLATE_FAILED "R002" Error "template-failed";
    TEMPLATE_LIMIT "R003" Error "template-limit";
    TEMPLATE_FILE "R004" Error "template-file";
    UNKNOWN_LABEL "R005" Error "unknown-label";
    BROKEN_HTML "R008" Warning "broken-html";
}
