//! Makes a subset of a face with some characters, and packs it as WOFF2.
//!
//! [`pack`] depends only on its arguments. `skera` makes the subset and keeps kerning, ligatures, marks
//! and the requested features. It does not support CFF outlines; `subsetter` makes their subset, as for
//! the PDF.
//! Standards: OpenType 1.9; WOFF File Format 2.0.

use super::features::Feature;
use read_fonts::collections::IntSet;
use read_fonts::types::{GlyphId, NameId, Tag};
use read_fonts::{FontRef, TableProvider};
use skera::{Plan, SubsetFlags, subset_font};
use std::borrow::Cow;
use subsetter::GlyphRemapper;
use ttf2woff2::{EncodeOptions, encode_with_options};
use write_fonts::FontBuilder;

const CFF: Tag = Tag::new(b"CFF ");
/// It ends in the number of widths in `hmtx` (OpenType 1.9).
const HHEA: Tag = Tag::new(b"hhea");

/// Tables that a browser does not need to set a page, or that say what no longer holds of a face
/// that gets a subset.
const DROPPED: [[u8; 4]; 10] = [
    *b"BASE", *b"DSIG", *b"STAT", *b"VORG", *b"gasp", *b"hdmx", *b"kern", *b"meta", *b"vhea",
    *b"vmtx",
];

/// Names that stay: copyright, family, cut, full name, PostScript name, licence and its address.
/// Licences such as the SIL Open Font License want theirs in every copy.
const NAMES: [u16; 7] = [0, 1, 2, 4, 6, 13, 14];
/// English (United States), the language of names that every font has.
const ENGLISH: u16 = 0x409;

/// Effort of Brotli, of 11. Higher ones save 2 % at ten times the time and more, and a page is
/// packed on every build.
const QUALITY: u8 = 5;

/// Largest file whose outlines are transformed for packing: beyond it, offsets in `loca` need not
/// fit into what the encoder writes.
const SHORT_LOCA: usize = 0x1_0000;

/// The face with what the characters need, as WOFF2; whole if it has no subset, and `None` if it
/// cannot be packed either.
pub(super) fn pack(file: &[u8], chars: &str, features: &[Feature]) -> Option<Vec<u8>> {
    let subset = subset(file, chars, features).map_or(Cow::Borrowed(file), Cow::Owned);
    let options = EncodeOptions {
        quality: QUALITY.into(),
        transform_glyf_loca: subset.len() < SHORT_LOCA,
        threads: None,
    };
    encode_with_options(&subset, options).ok()
}

/// The face with what the characters need.
fn subset(file: &[u8], chars: &str, features: &[Feature]) -> Option<Vec<u8>> {
    let font = FontRef::new(file).ok()?;
    let plan = plan(&font, chars, features);
    let subset = subset_font(&font, &plan).ok()?;
    match font.table_data(CFF) {
        Some(_) => with_cff(&subset, file, &plan),
        None => Some(subset),
    }
}

fn plan(font: &FontRef<'_>, chars: &str, features: &[Feature]) -> Plan {
    let mut all_scripts = IntSet::empty();
    all_scripts.invert();
    Plan::new(
        &IntSet::<GlyphId>::empty(),
        &chars.chars().map(u32::from).collect(),
        font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING
            | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE
            | SubsetFlags::SUBSET_FLAGS_NO_BIDI_CLOSURE,
        &DROPPED.iter().map(Tag::new).collect(),
        &all_scripts,
        &features.iter().map(Tag::new).collect(),
        &NAMES.into_iter().map(NameId::new).collect(),
        &[ENGLISH].into_iter().collect(),
    )
}

/// The subset with the outlines of the same glyphs, in the same order.
fn with_cff(subset: &[u8], file: &[u8], plan: &Plan) -> Option<Vec<u8>> {
    let mut remapper = GlyphRemapper::new();
    for (new, old) in kept_glyphs(&FontRef::new(file).ok()?, plan)?.enumerate() {
        if usize::from(remapper.remap(old)) != new {
            return None;
        }
    }
    let outlines = subsetter::subset(file, 0, &remapper).ok()?;
    let outlines = FontRef::new(&outlines).ok()?.table_data(CFF)?;
    let mut font = FontBuilder::new();
    font.copy_missing_tables(FontRef::new(subset).ok()?);
    font.add_raw(CFF, outlines.as_bytes());
    Some(font.build())
}

/// The glyphs that a plan keeps, by their numbers in the whole face. A plan does not tell them, so a
/// subset is made of a face in which each glyph is as wide as its number.
fn kept_glyphs(font: &FontRef<'_>, plan: &Plan) -> Option<impl Iterator<Item = u16> + use<>> {
    let count = font.maxp().ok()?.num_glyphs();
    let mut hhea = font.table_data(HHEA)?.as_bytes().to_vec();
    *hhea.last_chunk_mut()? = count.to_be_bytes();
    let mut hmtx = Vec::with_capacity(usize::from(count) * 4);
    for glyph in 0..count {
        hmtx.extend_from_slice(&glyph.to_be_bytes());
        hmtx.extend_from_slice(&[0, 0]);
    }
    let mut numbered = FontBuilder::new();
    for tag in [Tag::new(b"head"), Tag::new(b"maxp")] {
        numbered.add_raw(tag, font.table_data(tag)?.as_bytes());
    }
    numbered.add_raw(HHEA, hhea);
    numbered.add_raw(Tag::new(b"hmtx"), hmtx);
    let subset = subset_font(&FontRef::new(&numbered.build()).ok()?, plan).ok()?;
    let widths = FontRef::new(&subset).ok()?.hmtx().ok()?;
    let widths: Vec<_> = widths.h_metrics().iter().map(|m| m.advance()).collect();
    Some(widths.into_iter())
}
