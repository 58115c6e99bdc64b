//! The rules about the output of templates.

use crate::diag::rules;

rules! {
    UNKNOWN_ELEMENT "R006" Warning "unknown-element";
    UNKNOWN_CLASS "R007" Warning "unknown-class";
    BROKEN_LINK "R009" Warning "broken-link";
    FORBIDDEN_MARKUP "R010" Warning "forbidden-markup";
    REPEATED_ID "R015" Warning "repeated-id";
}
