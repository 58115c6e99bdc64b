//! The fonts that the page embeds, so that it looks the same on every machine.
//!
//! [`rules`] is the entry point: it finds the faces that the page uses ([`usage`]), makes a subset of each
//! with the characters that the page can show, packs it as WOFF2 ([`pack`]), and writes an `@font-face`
//! rule (CSS Fonts, Level 4, 4.1). A [`FaceCache`] keeps packed faces, so that a rebuild packs only faces
//! that have changed.
//!
//! If a theme chooses the fonts of the reader's system, there are no rules.

mod cache;
mod features;
mod pack;
mod usage;

pub use cache::FaceCache;

use super::base64::base64;
use super::quote::string;
use crate::dom::Document;
use crate::layout::Fonts;
use crate::theme::{PageFonts, Theme};
use std::fmt::Write;
use std::sync::Arc;
use std::thread;
use usage::{FontFace, FontUsage};

/// The rules for the faces of a page; nothing if it carries none.
pub(super) fn rules(
    document: &Document,
    theme: &Theme,
    fonts: &Fonts,
    css: &str,
    cache: &mut FaceCache,
) -> String {
    if theme.fonts.page == PageFonts::System {
        return String::new();
    }
    let usage = FontUsage::of(document, css);
    let faces = usage::font_faces(&usage, fonts);
    let packed = packed(&faces, cache);
    let mut out = String::new();
    for (face, packed) in faces.iter().zip(packed) {
        // A face that cannot be packed is named still, for readers who have it.
        if let Some(packed) = packed {
            push_rule(face, &packed, &mut out);
        }
    }
    out
}

fn push_rule(face: &FontFace<'_>, packed: &str, out: &mut String) {
    let family = string(face.family);
    let weight = face.weight;
    let style = if face.italic { "italic" } else { "normal" };
    writeln!(
        out,
        "@font-face{{font-family:{family};font-weight:{weight};font-style:{style};\
         src:url(data:font/woff2;base64,{packed}) format(\"woff2\")}}"
    )
    .expect("strings take all");
}

/// The faces as the page carries them: from the cache, or packed now, each in a thread of its own.
fn packed(faces: &[FontFace<'_>], cache: &mut FaceCache) -> Vec<Option<Arc<str>>> {
    cache.turn();
    let known: Vec<_> = faces.iter().map(|face| cache.find(face)).collect();
    let found: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = faces
            .iter()
            .zip(&known)
            .map(|(face, known)| known.is_none().then(|| scope.spawn(move || coded(face))))
            .collect();
        // A font so damaged that cutting it panics is one that the page does without.
        let join = |thread: thread::ScopedJoinHandle<'_, _>| thread.join().unwrap_or_default();
        threads.into_iter().map(|t| t.and_then(join)).collect()
    });
    let all = faces.iter().zip(known.into_iter().zip(found));
    all.map(|(face, (known, found))| {
        if let Some(found) = &found {
            cache.keep(face, found);
        }
        known.or(found)
    })
    .collect()
}

fn coded(face: &FontFace<'_>) -> Option<Arc<str>> {
    let packed = pack::pack(face.file, &face.chars, face.features)?;
    Some(base64(&packed).into())
}

#[cfg(test)]
mod tests;
