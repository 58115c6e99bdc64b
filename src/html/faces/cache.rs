//! Packed faces, kept from one page to the next.

use super::forms::Feature;
use super::wanted::Cut;
use crate::layout::FontFile;
use std::sync::Arc;

/// How many are kept: those of two pages in families of the council's own, each with letters from
/// the embedded ones.
const MOST: usize = 32;

/// Packed faces by what they were made from: the font file, the characters, and the
/// features.
///
/// Packing is the greater part of writing a page, and from one save to the next neither changes.
#[derive(Debug, Clone, Default)]
pub struct FaceCache {
    /// Those that were asked for last come last.
    kept: Vec<Kept>,
}

#[derive(Debug, Clone)]
struct Kept {
    file: FontFile,
    chars: String,
    features: Vec<Feature>,
    /// WOFF2 in Base64.
    packed: Arc<str>,
}

impl FaceCache {
    /// The packed face, if it is kept.
    pub(super) fn find(&mut self, cut: &Cut<'_>) -> Option<Arc<str>> {
        // The files themselves and not their digests are compared: that is as fast as reading them.
        let at = self.kept.iter().position(|kept| {
            kept.chars == cut.chars
                && kept.features == cut.features
                && kept.file[..] == cut.file[..]
        })?;
        let kept = self.kept.remove(at);
        let packed = kept.packed.clone();
        self.kept.push(kept);
        Some(packed)
    }

    /// Keeps a packed face, and lets go of the one that was not asked for the longest.
    pub(super) fn keep(&mut self, cut: &Cut<'_>, packed: &Arc<str>) {
        if self.kept.len() == MOST {
            self.kept.remove(0);
        }
        self.kept.push(Kept {
            file: cut.file.clone(),
            chars: cut.chars.clone(),
            features: cut.features.to_vec(),
            packed: packed.clone(),
        });
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }
}
