//! The faces of a document as subsets of the used glyphs.
//!
//! [`Faces::gather`] visits every glyph once, makes a subset of each face with `subsetter`, and collects
//! the text of each glyph; [`super::fonts`] embeds the subsets. Codes in page content are the glyph
//! numbers of the subset.

use super::{Error, cff};
use crate::cache::TwoBuildCache;
use crate::layout::{Face, FaceId, Family, FontFile, Fonts, Glyph, GlyphRun, Page, Shape};
use read_fonts::types::GlyphId;
use read_fonts::{FontRef, TableProvider};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

/// What a glyph is said to show when it only ever stands in a cluster with others; the cluster's
/// `ActualText` says the text.
const PART_OF_CLUSTER: &str = "\u{FFFD}";

/// All faces that a document shows glyphs of.
pub(super) struct Faces<'a> {
    subsets: Vec<Option<Subset<'a>>>,
    /// By [`FaceId`]: the first face with the same file, which stands for all of them. A family
    /// without all its styles has one file for several.
    firsts: Vec<usize>,
}

/// A face with only the glyphs that are shown (a font subset: ISO 32000-1, 9.6.4).
pub(super) struct Subset<'a> {
    /// Its name with the tag of a subset.
    pub(super) name: String,
    /// Its name in the resources of pages.
    pub(super) resource: String,
    /// The font file.
    pub(super) data: Vec<u8>,
    /// By code: how far the pen moves, in thousandths of the size, as the file says it.
    pub(super) widths: Vec<f64>,
    /// By code: the text that the glyph stands for; the first is for the missing-glyph sign.
    pub(super) texts: Vec<&'a str>,
    /// What the font descriptor says beyond the subset's file.
    pub(super) traits: Traits,
    codes: Vec<u16>,
}

/// What a font descriptor says of the looks of a face (ISO 32000-1, 9.8.1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Traits {
    pub(super) cap_height: f64,
    pub(super) italic_angle: f64,
    pub(super) serif: bool,
    pub(super) stem: f64,
}

/// The glyphs of a run without the hyphen of a line end, and that hyphen.
pub(super) fn split_hyphen(run: &GlyphRun) -> (&[Glyph], Option<&Glyph>) {
    match run.glyphs.split_last() {
        Some((hyphen, glyphs)) if run.ends_in_hyphen => (glyphs, Some(hyphen)),
        _ => (&run.glyphs, None),
    }
}

/// The text of a cluster.
fn text_of<'a>(run: &'a GlyphRun, glyph: &Glyph) -> &'a str {
    let range = glyph.text.start as usize..glyph.text.end as usize;
    run.text.get(range).unwrap_or_default()
}

/// Glyph by glyph number of the whole face: the text that it was first seen with.
type GlyphTexts<'a> = Vec<Option<&'a str>>;

impl<'a> Faces<'a> {
    /// Gathers the glyphs of all pages and makes the subsets of their faces.
    pub(super) fn gather(
        pages: &'a [Page],
        fonts: &Fonts,
        cache: &mut SubsetCache,
    ) -> Result<Self, Error> {
        cache.0.turn();
        let same = |a: &Face, b: &Face| std::ptr::eq(&*a.data, &*b.data);
        let first = |face| fonts.iter().position(|(_, other)| same(other, face));
        let firsts = fonts
            .iter()
            .map(|(id, face)| first(face).unwrap_or(id.0.into()));
        let firsts: Vec<_> = firsts.collect();
        let mut shown: Vec<GlyphTexts<'a>> = fonts.iter().map(|_| Vec::new()).collect();
        for (index, page) in pages.iter().enumerate() {
            for item in &page.items {
                if let Shape::Glyphs(run) = &item.shape {
                    let face = firsts.get(usize::from(run.face.0)).copied();
                    see(run, index, face.and_then(|face| shown.get_mut(face)))?;
                }
            }
        }
        let subset = fonts.iter().zip(shown).map(|((id, face), shown)| {
            let any = shown.iter().any(Option::is_some);
            any.then(|| Subset::new(id, face, &shown, cache))
                .transpose()
        });
        let subsets = subset.collect::<Result<_, _>>()?;
        Ok(Self { subsets, firsts })
    }

    /// The subset with this id, if any glyph of it is shown.
    pub(super) fn get(&self, id: FaceId) -> Option<&Subset<'a>> {
        let first = *self.firsts.get(usize::from(id.0))?;
        self.subsets.get(first)?.as_ref()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Subset<'a>> {
        self.subsets.iter().flatten()
    }
}

/// Notes the glyphs of a run and their texts.
fn see<'a>(
    run: &'a GlyphRun,
    page: usize,
    shown: Option<&mut GlyphTexts<'a>>,
) -> Result<(), Error> {
    let missing = |text: &str| Error::MissingGlyph {
        page,
        text: text.to_owned(),
    };
    let shown = shown.ok_or_else(|| missing(&run.text))?;
    let (glyphs, hyphen) = split_hyphen(run);
    for cluster in glyphs.chunk_by(|a, b| a.text == b.text) {
        let text = text_of(run, &cluster[0]);
        if cluster.iter().any(|glyph| glyph.id == 0) {
            return Err(missing(text));
        }
        let whole = if cluster.len() == 1 && !text.is_empty() {
            text
        } else {
            PART_OF_CLUSTER
        };
        for glyph in cluster {
            note(shown, glyph.id, whole);
        }
    }
    if let Some(hyphen) = hyphen {
        if hyphen.id == 0 {
            return Err(missing("-"));
        }
        note(shown, hyphen.id, "-");
    }
    Ok(())
}

fn note<'a>(shown: &mut GlyphTexts<'a>, glyph: u16, text: &'a str) {
    let index = usize::from(glyph);
    if shown.len() <= index {
        shown.resize(index + 1, None);
    }
    // A text of its own is better than none, whichever is seen first.
    if shown[index].is_none_or(|already| already == PART_OF_CLUSTER) {
        shown[index] = Some(text);
    }
}

impl<'a> Subset<'a> {
    fn new(
        id: FaceId,
        face: &Face,
        shown: &GlyphTexts<'a>,
        cache: &mut SubsetCache,
    ) -> Result<Self, Error> {
        let wrong = |why: String| Error::Face {
            name: face.postscript_name.to_string(),
            why,
        };
        let used = || {
            (0u16..)
                .zip(shown)
                .filter_map(|(glyph, text)| Some((glyph, (*text)?)))
        };
        let mut remapper = GlyphRemapper::new();
        let mut codes = vec![0; shown.len()];
        for (glyph, _) in used() {
            codes[usize::from(glyph)] = remapper.remap(glyph);
        }
        let glyphs = used().map(|(glyph, _)| glyph).collect();
        let data = cache.subset(face, glyphs, &remapper);
        let data = data.map_err(|e| wrong(e.to_string()))?;

        let font = FontRef::new(&face.data).map_err(|e| wrong(e.to_string()))?;
        let metrics = Metrics::read(&font).map_err(|e| wrong(e.to_string()))?;
        let glyphs = || std::iter::once(0).chain(used().map(|(glyph, _)| glyph));
        Ok(Self {
            name: format!("{}+{}", subset_tag(glyphs()), face.postscript_name),
            resource: format!("F{}", id.0),
            widths: glyphs().map(|glyph| metrics.width(glyph)).collect(),
            texts: std::iter::once(PART_OF_CLUSTER)
                .chain(used().map(|(_, text)| text))
                .collect(),
            traits: metrics.traits(face),
            data,
            codes,
        })
    }

    /// The code of a glyph that [`Faces::gather`] has seen.
    pub(super) fn code(&self, glyph: u16) -> u16 {
        self.codes
            .get(usize::from(glyph))
            .copied()
            .unwrap_or_default()
    }

    /// Whether reading the glyphs one by one gives the text of the run: a ligature does, a glyph
    /// that stands for different texts in different places does not.
    pub(super) fn spells(&self, run: &GlyphRun, glyphs: &[Glyph]) -> bool {
        let mut at = 0;
        for glyph in glyphs {
            let text = text_of(run, glyph);
            let known = self.texts[usize::from(self.code(glyph.id))];
            // Going on where the last glyph ended rules out clusters of several glyphs and
            // glyphs that are not in the order of the text.
            if text.is_empty() || text != known || glyph.text.start < at {
                return false;
            }
            at = glyph.text.end;
        }
        true
    }
}

/// The files of subsets, by the file of the face and the glyphs that are shown. Those that the last
/// document did not have are dropped.
#[derive(Default)]
pub(super) struct SubsetCache(TwoBuildCache<(FontFile, Vec<u16>), Vec<u8>>);

impl SubsetCache {
    /// How many subsets are held.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The file with these glyphs alone.
    fn subset(
        &mut self,
        face: &Face,
        glyphs: Vec<u16>,
        remapper: &GlyphRemapper,
    ) -> Result<Vec<u8>, subsetter::Error> {
        let key = (face.data.clone(), glyphs);
        if let Some(known) = self.0.find(&key) {
            return Ok(known.clone());
        }
        let mut data = subsetter::subset(&face.data, 0, remapper)?;
        cff::settle(&mut data);
        self.0.keep(key, data.clone());
        Ok(data)
    }
}

/// Six letters that name a set of glyphs (ISO 32000-1, 9.6.4).
fn subset_tag(glyphs: impl Iterator<Item = u16>) -> String {
    let bytes: Vec<u8> = glyphs.flat_map(u16::to_be_bytes).collect();
    let digest = Sha256::digest(&bytes);
    digest
        .iter()
        .take(6)
        .map(|byte| char::from(b'A' + byte % 26))
        .collect()
}

/// What is read from the whole face.
struct Metrics<'a> {
    hmtx: read_fonts::tables::hmtx::Hmtx<'a>,
    per_em: f64,
    cap_height: f64,
    weight: f64,
    italic_angle: f64,
}

impl<'a> Metrics<'a> {
    fn read(font: &FontRef<'a>) -> Result<Self, read_fonts::ReadError> {
        let os2 = font.os2()?;
        Ok(Self {
            hmtx: font.hmtx()?,
            per_em: f64::from(font.head()?.units_per_em().max(1)),
            cap_height: os2.s_cap_height().map_or(0.0, f64::from),
            weight: f64::from(os2.us_weight_class()),
            italic_angle: font.post()?.italic_angle().to_f64(),
        })
    }

    /// Thousandths of the size, to a tenth: as exact as the file says it, so that the painter
    /// knows where a reader's pen is.
    fn width(&self, glyph: u16) -> f64 {
        let advance = self.hmtx.advance(GlyphId::from(glyph)).unwrap_or_default();
        (f64::from(advance) * 10_000.0 / self.per_em).round() / 10.0
    }

    fn traits(&self, face: &Face) -> Traits {
        Traits {
            cap_height: (self.cap_height * 1000.0 / self.per_em).round(),
            italic_angle: self.italic_angle,
            serif: face.style.family == Family::Serif,
            // No table says it; this is what producers use, 88 for regular and 166 for bold.
            stem: (50.0 + (self.weight / 65.0).powi(2)).round(),
        }
    }
}
