//! The rules about pictures inside the page.

use crate::diag::rules;

rules! {
    UNUSABLE_LOGO "C102" Error "unusable-logo";
    SVG_CUT "R011" Warning "svg-cut";
}
