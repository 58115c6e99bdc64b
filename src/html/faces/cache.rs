//! A cache of packed faces.

use super::features::Feature;
use super::usage::FontFace;
use crate::cache::TwoBuildCache;
use crate::layout::FontFile;
use std::sync::Arc;

/// Packed faces, WOFF2 in Base64, by what they were made from. Those that the last page did not carry
/// are dropped.
///
/// Packing is the greater part of writing a page, and from one save to the next little changes.
#[derive(Debug, Default)]
pub struct FaceCache(TwoBuildCache<PackedFaceKey, Arc<str>>);

/// All that a packed face depends on.
#[derive(Debug, PartialEq, Eq, Hash)]
struct PackedFaceKey {
    file: FontFile,
    chars: String,
    features: Vec<Feature>,
}

impl PackedFaceKey {
    fn of(face: &FontFace<'_>) -> Self {
        Self {
            file: face.file.clone(),
            chars: face.chars.clone(),
            features: face.features.to_vec(),
        }
    }
}

impl FaceCache {
    /// Goes on to the next page.
    pub(super) fn turn(&mut self) {
        self.0.turn();
    }

    /// The packed face, if it is kept.
    pub(super) fn find(&mut self, face: &FontFace<'_>) -> Option<Arc<str>> {
        self.0.find(&PackedFaceKey::of(face)).cloned()
    }

    /// Keeps a packed face.
    pub(super) fn keep(&mut self, face: &FontFace<'_>, packed: &Arc<str>) {
        self.0.keep(PackedFaceKey::of(face), packed.clone());
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
