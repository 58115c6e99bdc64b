//! The rules about lost and leaked text.

use crate::diag::rules;

rules! {
    TEXT_LOST "R012" Error "text-lost";
    TEXT_LEAKED "R013" Error "text-leaked";
    OUTPUT_DIFFERS "R014" Error "output-differs";
}
