//! Reads and checks a council's own font file.
//!
//! [`CustomFace::read`] rejects a file that the PDF cannot embed, and one whose licence bits forbid
//! embedding. Standard: OpenType 1.9 (`OS/2`, `fsType`).

use super::{FontFile, shows};
use read_fonts::tables::name::NameId;
use read_fonts::types::{MajorMinor, Tag, Version16Dot16};
use read_fonts::{FontRef, ReadError, TableProvider, TableRecord};
use std::fmt;
use subsetter::GlyphRemapper;

/// Largest file that is taken: a face of all of Latin has half a megabyte, one of Chinese ten.
const MAX_BYTES: usize = 20 * 1024 * 1024;
/// Longest name that is taken over into the PDF (ISO 32000-1, annex C.2 has 127 bytes for all).
const LONGEST_NAME: usize = 63;

/// Bits of `fsType` in the table `OS/2`.
mod bit {
    pub(super) const RESTRICTED: u16 = 0x0002;
    pub(super) const PREVIEW_AND_PRINT: u16 = 0x0004;
    pub(super) const EDITABLE: u16 = 0x0008;
    pub(super) const NO_SUBSETTING: u16 = 0x0100;
    pub(super) const BITMAP_ONLY: u16 = 0x0200;
}

/// A face that can be used.
#[derive(Debug, Clone)]
pub struct CustomFace {
    pub(super) postscript_name: String,
    pub(super) family: String,
    pub(super) data: FontFile,
}

/// Why a file cannot be used as a face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaceError {
    /// It is larger than any face needs to be.
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
    /// It is no font at all.
    NoFont,
    /// Several faces in one file.
    Collection,
    /// WOFF or WOFF2.
    WebFont,
    /// A PostScript Type 1 font.
    Type1,
    /// One file for all weights, which a PDF cannot hold.
    Variable,
    /// Letters of dots only, without outlines.
    NoOutlines,
    /// A table that every face needs is not there.
    Incomplete(&'static str),
    /// It has no space, or none of the letters from a to z, such as a font of symbols.
    NoLetters,
    /// It cannot be read to its end.
    Damaged(String),
    /// `fsType` bit 1: no embedding without leave.
    Restricted,
    /// `fsType` bit 8: no embedding of a part of it.
    NoSubsetting,
    /// `fsType` bit 9: no embedding of outlines.
    BitmapOnly,
}

impl FaceError {
    /// Whether it is the licence that stands in the way, and not the file.
    pub fn is_licence(&self) -> bool {
        matches!(
            self,
            Self::Restricted | Self::NoSubsetting | Self::BitmapOnly
        )
    }

    /// The hint.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "take a file of this style alone, for European languages",
            Self::NoFont => "name a font file in TrueType or OpenType (`.ttf`, `.otf`)",
            Self::Collection => "save the face that you mean as a file of its own (`.ttf`, `.otf`)",
            Self::WebFont => "take the `.ttf` or `.otf` that comes with the web font",
            Self::Type1 => "ask the font's maker for it in OpenType (`.otf`)",
            Self::Variable => "take the static files of the family: one a weight and slant",
            Self::NoOutlines | Self::NoLetters => "take a font for running text",
            Self::Incomplete(_) | Self::Damaged(_) => "get the file anew from where it came from",
            Self::Restricted | Self::NoSubsetting | Self::BitmapOnly => {
                "ask the font's maker for a file that may be embedded, or take another font"
            }
        }
    }
}

impl fmt::Display for FaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let licence = "its maker does not allow it: ";
        match self {
            Self::TooLarge { bytes } => {
                let mb = |bytes: usize| bytes.div_ceil(1024 * 1024);
                let (size, most) = (mb(*bytes), mb(MAX_BYTES));
                write!(f, "it has {size} MB, and the limit is {most} MB")
            }
            Self::NoFont => write!(f, "it is not a font"),
            Self::Collection => write!(f, "it is a collection of several faces"),
            Self::WebFont => write!(
                f,
                "it is packed for the web (WOFF), which a PDF cannot hold"
            ),
            Self::Type1 => write!(f, "it is a PostScript Type 1 font"),
            Self::Variable => write!(f, "it is a variable font, which a PDF cannot hold"),
            Self::NoOutlines => write!(f, "it has pictures of letters only, and no outlines"),
            Self::Incomplete(table) => write!(f, "its table `{table}` is missing"),
            Self::NoLetters => write!(f, "it has no space, or none of the letters from a to z"),
            Self::Damaged(what) => write!(f, "it is damaged: {what}"),
            Self::Restricted => write!(
                f,
                "{licence}bit 1 of `fsType` (0x0002) is set, restricted licence: it must not be embedded"
            ),
            Self::NoSubsetting => write!(
                f,
                "{licence}bit 8 of `fsType` (0x0100) is set, no subsetting: a PDF holds only the letters that it shows"
            ),
            Self::BitmapOnly => write!(
                f,
                "{licence}bit 9 of `fsType` (0x0200) is set, bitmaps only: its outlines must not be embedded"
            ),
        }
    }
}

impl std::error::Error for FaceError {}

impl From<ReadError> for FaceError {
    fn from(error: ReadError) -> Self {
        Self::Damaged(error.to_string())
    }
}

impl CustomFace {
    /// Reads a face from the bytes of its file; `name` is what it is called if the file does not
    /// say it.
    ///
    /// # Errors
    /// The first thing that stands in the way of setting and embedding it.
    pub fn read(bytes: &[u8], name: &str) -> Result<Self, FaceError> {
        if bytes.len() > MAX_BYTES {
            return Err(FaceError::TooLarge { bytes: bytes.len() });
        }
        kind(bytes)?;
        let font = FontRef::new(bytes)?;
        tables(&font)?;
        licence(font.os2()?.fs_type())?;
        let shows = shows(&font);
        if !shows(' ') || !('a'..='z').any(&shows) {
            return Err(FaceError::NoLetters);
        }
        can_be_cut(&font, bytes)?;
        Ok(Self {
            postscript_name: postscript_name(&font, name),
            family: family(&font, name),
            data: FontFile::Given(bytes.into()),
        })
    }
}

/// Sees by its first bytes that the file is a single face.
fn kind(bytes: &[u8]) -> Result<(), FaceError> {
    match bytes.get(..4).unwrap_or_default() {
        b"\0\x01\0\0" | b"true" | b"OTTO" => Ok(()),
        b"ttcf" => Err(FaceError::Collection),
        b"wOFF" | b"wOF2" => Err(FaceError::WebFont),
        b"typ1" | b"%!PS" | b"%!Fo" | [0x80, 0x01, ..] => Err(FaceError::Type1),
        _ => Err(FaceError::NoFont),
    }
}

/// Sees that the tables are there which text and PDF need, and can be read.
fn tables(font: &FontRef<'_>) -> Result<(), FaceError> {
    let has = |tag: &[u8; 4]| font.table_data(Tag::new(tag)).is_some();
    let length = font.data().len();
    let ends = |record: &TableRecord| (record.offset() as usize) + (record.length() as usize);
    if font
        .table_directory()
        .table_records()
        .iter()
        .any(|record| ends(record) > length)
    {
        return Err(FaceError::Damaged("it ends too early".into()));
    }
    if has(b"fvar") || has(b"CFF2") {
        return Err(FaceError::Variable);
    }
    let truetype = has(b"glyf") && has(b"loca");
    if !truetype && !has(b"CFF ") {
        return Err(FaceError::NoOutlines);
    }
    let needed = ["head", "hhea", "hmtx", "maxp", "cmap", "OS/2", "post"];
    for name in needed {
        let tag: &[u8; 4] = name.as_bytes().try_into().expect("a tag has four letters");
        if !has(tag) {
            return Err(FaceError::Incomplete(name));
        }
    }
    // A table that is read from a wrong place shows by what all of its kind begin with.
    let begins = [
        font.head()?.magic_number() == 0x5f0f_3cf5,
        font.hhea()?.version() == MajorMinor::VERSION_1_0,
        [Version16Dot16::VERSION_0_5, Version16Dot16::VERSION_1_0]
            .contains(&font.maxp()?.version()),
    ];
    if begins.contains(&false) {
        return Err(FaceError::Damaged("its tables are out of place".into()));
    }
    font.hmtx()?;
    font.cmap()?;
    font.os2()?;
    font.post()?;
    Ok(())
}

/// Sees what the maker allows (OpenType, `OS/2`, `fsType`). Of several usage permissions the least
/// restrictive holds; that one may only be shown and printed is no obstacle to a PDF.
fn licence(bits: u16) -> Result<(), FaceError> {
    let set = |bit: u16| bits & bit != 0;
    match () {
        () if set(bit::RESTRICTED) && !set(bit::PREVIEW_AND_PRINT) && !set(bit::EDITABLE) => {
            Err(FaceError::Restricted)
        }
        () if set(bit::NO_SUBSETTING) => Err(FaceError::NoSubsetting),
        () if set(bit::BITMAP_ONLY) => Err(FaceError::BitmapOnly),
        () => Ok(()),
    }
}

/// Makes a subset of the face as the PDF will, with all that it has, so that no damage shows only
/// there.
fn can_be_cut(font: &FontRef<'_>, bytes: &[u8]) -> Result<(), FaceError> {
    let mut all = GlyphRemapper::new();
    for glyph in 0..font.maxp()?.num_glyphs() {
        all.remap(glyph);
    }
    let subset = subsetter::subset(bytes, 0, &all);
    subset
        .map(drop)
        .map_err(|e| FaceError::Damaged(e.to_string()))
}

/// The name of the face in the PDF: letters, digits and hyphens.
fn postscript_name(font: &FontRef<'_>, name: &str) -> String {
    let own = string(font, &[NameId::POSTSCRIPT_NAME]);
    let own = own.unwrap_or_else(|| name.to_owned());
    let plain = own
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-');
    let plain: String = plain.take(LONGEST_NAME).collect();
    match plain.is_empty() {
        true => "Font".to_owned(),
        false => plain,
    }
}

/// The name of its family on a computer that has it.
fn family(font: &FontRef<'_>, name: &str) -> String {
    let own = string(
        font,
        &[NameId::TYPOGRAPHIC_FAMILY_NAME, NameId::FAMILY_NAME],
    );
    own.unwrap_or_else(|| name.to_owned())
}

/// The first of some names that the face has, in English if it can be.
fn string(font: &FontRef<'_>, ids: &[NameId]) -> Option<String> {
    let table = font.name().ok()?;
    let english = |record: &&read_fonts::tables::name::NameRecord| record.language_id() == 0x409;
    ids.iter().find_map(|id| {
        let records = || table.name_record().iter();
        let of_id = || records().filter(|r| r.name_id() == *id && r.is_unicode());
        let record = of_id().find(english).or_else(|| of_id().next())?;
        let text = record.string(table.string_data()).ok()?.to_string();
        let text = text.trim().to_owned();
        (!text.is_empty()).then_some(text)
    })
}
