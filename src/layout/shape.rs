//! Shapes words into glyphs.
//!
//! [`Shaper::word`] is the entry point: a word, a face and its features in, a [`ShapedWord`] out. Shaped
//! words are cached for each face, also between builds. Characters that the face lacks come from another
//! face ([`Shaper::cover`]). A character that no face has is shown as its number ([`number_of`]) and
//! listed in [`ShapedWord::missing`]. Advances are in thousandths of the size.

use super::{FaceId, FontFile, Fonts, Glyph};
use harfrust::{
    Direction, Feature, GlyphBuffer, ShapeOptions, ShapePlan, ShaperData, Tag, UnicodeBuffer,
    script,
};
use read_fonts::types::GlyphId;
use read_fonts::{FontRef, TableProvider};
use rustc_hash::FxHashMap;
use skrifa::MetadataProvider;
use std::ops::Range;

/// Which of its forms a face shows characters in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Forms {
    /// Those of running text; figures are as wide as they are drawn.
    Plain,
    /// Figures of one width, for columns.
    Tabular,
    /// Small letters as small capitals, if the face has them.
    SmallCaps,
}

/// A shaped word.
#[derive(Debug, Default)]
pub(super) struct ShapedWord {
    /// The glyphs; their text ranges count from the start of the word.
    pub glyphs: Vec<Glyph>,
    /// Stretches of glyphs of one face.
    pub face_runs: Vec<FaceRun>,
    /// The sum of the advances.
    pub width: f64,
    /// Characters that no face has.
    pub missing: Vec<char>,
}

/// A stretch of glyphs of one face.
#[derive(Debug)]
pub(super) struct FaceRun {
    /// The face.
    pub face: FaceId,
    /// Indices into [`ShapedWord::glyphs`].
    pub glyphs: Range<usize>,
}

/// The index of a shaped word in its [`Shaper`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WordId(u32);

/// Shapes words and remembers them.
pub(super) struct Shaper {
    faces: Vec<PreparedFace>,
    /// For each face, the faces to ask for what it lacks, nearest first.
    fallbacks: Vec<Vec<FaceId>>,
    words: WordCache,
    /// Those of the document before, of which words that stand in this one too are taken.
    before: WordCache,
    buffer: Option<UnicodeBuffer>,
}

/// The words of a document.
#[derive(Default)]
struct WordCache {
    shaped: Vec<ShapedWord>,
    /// By face and forms.
    known: Vec<[FxHashMap<Box<str>, WordId>; FEATURES.len()]>,
}

impl WordCache {
    fn new(faces: usize) -> Self {
        Self {
            shaped: Vec::new(),
            known: (0..faces).map(|_| Default::default()).collect(),
        }
    }

    fn find(&self, word: &str, face: FaceId, set: usize) -> Option<WordId> {
        self.known[usize::from(face.0)][set].get(word).copied()
    }

    fn take(&mut self, word: &str, face: FaceId, set: usize) -> Option<(Box<str>, ShapedWord)> {
        let (word, id) = self.known[usize::from(face.0)][set].remove_entry(word)?;
        Some((word, std::mem::take(&mut self.shaped[id.0 as usize])))
    }

    fn add(&mut self, word: Box<str>, face: FaceId, set: usize, shaped: ShapedWord) -> WordId {
        let id = WordId(u32::try_from(self.shaped.len()).expect("fewer than 2^32 words"));
        self.shaped.push(shaped);
        self.known[usize::from(face.0)][set].insert(word, id);
        id
    }
}

struct PreparedFace {
    file: FontFile,
    /// The shaping data of the face; `None` if the face cannot be read.
    shaping: Option<Shaping>,
    covered: Box<[u64]>,
    /// How many glyphs there are.
    count: u16,
    scale: f64,
    space: f64,
}

/// The shaping data of a face.
struct Shaping {
    data: ShaperData,
    plans: [ShapePlan; FEATURES.len()],
}

/// Characters up to this one are looked up in the bit set of a face; fonts for our scripts have
/// nothing above it.
const PLANE: u32 = 0x1_0000;

impl Shaper {
    /// A shaper for the faces of a document.
    pub(super) fn new(fonts: &Fonts) -> Self {
        let faces: Vec<_> = fonts
            .iter()
            .map(|(_, f)| PreparedFace::new(f.data.clone()))
            .collect();
        let fallbacks = fonts.iter().map(|(id, _)| fonts.fallbacks(id));
        Self {
            fallbacks: fallbacks.collect(),
            words: WordCache::new(faces.len()),
            before: WordCache::new(faces.len()),
            faces,
            buffer: Some(UnicodeBuffer::new()),
        }
    }

    /// Goes on to the next document; words that the last one did not show are forgotten.
    pub(super) fn turn(&mut self) {
        let next = WordCache::new(self.faces.len());
        self.before = std::mem::replace(&mut self.words, next);
    }

    /// How many words are held.
    pub(super) fn len(&self) -> usize {
        self.words.shaped.len() + self.before.shaped.len()
    }

    /// The glyphs of a word that was shaped before.
    pub(super) fn get(&self, id: WordId) -> &ShapedWord {
        &self.words.shaped[id.0 as usize]
    }

    /// Shapes a word, or finds it again.
    pub(super) fn word(&mut self, word: &str, face: FaceId, forms: Forms) -> WordId {
        // Forms matter to some characters only; all other words can share one entry.
        let set = match forms {
            Forms::Tabular if word.bytes().any(|b| b.is_ascii_digit()) => 1,
            Forms::SmallCaps => 2,
            Forms::Plain | Forms::Tabular => 0,
        };
        if let Some(id) = self.words.find(word, face, set) {
            return id;
        }
        let (word, shaped) = match self.before.take(word, face, set) {
            Some(known) => known,
            None => (word.into(), self.shape(word, face, set)),
        };
        self.words.add(word, face, set, shaped)
    }

    /// The width of a kind of space in a face, in thousandths of the size.
    pub(super) fn space(&self, space: char, face: FaceId) -> f64 {
        let plain = self.faces[usize::from(face.0)].space;
        match space {
            // A narrow no-break space stands between a number and its unit; few fonts have it.
            '\u{202f}' => plain * 0.7,
            '\u{2009}' => plain * 0.7,
            '\u{2003}' => 1000.0,
            '\u{2002}' => 500.0,
            _ => plain,
        }
    }

    /// The glyph of the plain space of a face.
    pub(super) fn space_glyph(&self, face: FaceId) -> u16 {
        self.faces[usize::from(face.0)].glyph(' ').unwrap_or(0)
    }

    /// The face that shows a character in the stead of `face`, if any has it.
    fn cover(&self, c: char, face: FaceId) -> Option<FaceId> {
        let has = |id: FaceId| self.faces[usize::from(id.0)].covers(c);
        if has(face) {
            return Some(face);
        }
        let others = &self.fallbacks[usize::from(face.0)];
        others.iter().copied().find(|&id| has(id))
    }

    fn shape(&mut self, word: &str, face: FaceId, set: usize) -> ShapedWord {
        let mut shaped = ShapedWord::default();
        let mut stretch: Option<(FaceId, Range<usize>)> = None;
        for (at, c) in word.char_indices() {
            let end = at + c.len_utf8();
            if is_invisible(c) {
                self.flush(word, stretch.take(), set, &mut shaped);
                continue;
            }
            match self.cover(c, face) {
                Some(found) => match &mut stretch {
                    Some((current, range)) if *current == found => range.end = end,
                    _ => {
                        self.flush(word, stretch.take(), set, &mut shaped);
                        stretch = Some((found, at..end));
                    }
                },
                None => {
                    self.flush(word, stretch.take(), set, &mut shaped);
                    self.stand_in(c, at..end, face, &mut shaped);
                }
            }
        }
        self.flush(word, stretch, set, &mut shaped);
        shaped.width = shaped.glyphs.iter().map(|g| f64::from(g.advance)).sum();
        shaped
    }

    /// Shapes one stretch of a face and adds its glyphs.
    fn flush(
        &mut self,
        word: &str,
        stretch: Option<(FaceId, Range<usize>)>,
        set: usize,
        out: &mut ShapedWord,
    ) {
        let Some((id, range)) = stretch else { return };
        let first = out.glyphs.len();
        let face = &self.faces[usize::from(id.0)];
        let mut buffer = self.buffer.take().unwrap_or_default();
        if let (Some(font), Some(shaping)) = (face.font(), &face.shaping) {
            buffer.push_str(&word[range.clone()]);
            buffer.set_direction(Direction::LeftToRight);
            buffer.set_script(script::LATIN);
            let features = features(set);
            let options = ShapeOptions::new()
                .plan(Some(&shaping.plans[set]))
                .features(&features);
            let shaper = shaping.data.shaper(&font).build();
            let shaped = shaper.shape(buffer, options);
            collect(&shaped, face.scale, &range, &mut out.glyphs);
            buffer = shaped.clear();
        }
        // A face that is damaged may turn letters into glyphs that it does not have.
        let is_glyph = |glyph: &Glyph| (1..face.count).contains(&glyph.id);
        if !out.glyphs[first..].iter().all(is_glyph) {
            out.glyphs.truncate(first);
            face.letters(&word[range.clone()], range.start, &mut out.glyphs);
        }
        self.buffer = Some(buffer);
        if out.glyphs.len() > first {
            out.face_runs.push(FaceRun {
                face: id,
                glyphs: first..out.glyphs.len(),
            });
        }
    }

    /// Whether a character can be seen, and no face has it.
    pub(super) fn lacks(&self, c: char) -> bool {
        let plain = is_invisible(c) || c.is_whitespace();
        !plain && !self.faces.iter().any(|face| face.covers(c))
    }

    /// Shows the number of a character that no face has; all its glyphs stand for the character.
    fn stand_in(&self, c: char, range: Range<usize>, face: FaceId, out: &mut ShapedWord) {
        out.missing.push(c);
        for sign in number_of(c).chars() {
            let Some(id) = self.cover(sign, face) else {
                continue;
            };
            let prepared = &self.faces[usize::from(id.0)];
            let Some(glyph) = prepared.glyph(sign) else {
                continue;
            };
            let at = out.glyphs.len();
            match out.face_runs.last_mut() {
                Some(part) if part.face == id && part.glyphs.end == at => part.glyphs.end += 1,
                _ => out.face_runs.push(FaceRun {
                    face: id,
                    glyphs: at..at + 1,
                }),
            }
            out.glyphs.push(Glyph {
                id: glyph,
                advance: prepared.advance(glyph) as f32,
                x_offset: 0.0,
                y_offset: 0.0,
                text: range.start as u32..range.end as u32,
            });
        }
    }
}

impl PreparedFace {
    fn new(file: FontFile) -> Self {
        let mut face = Self {
            file: file.clone(),
            shaping: None,
            covered: vec![0; PLANE as usize / 64].into_boxed_slice(),
            count: 0,
            scale: 1.0,
            space: 250.0,
        };
        let Ok(font) = FontRef::new(&file) else {
            return face;
        };
        face.count = font.maxp().map_or(0, |maxp| maxp.num_glyphs());
        for (c, glyph) in font.charmap().mappings() {
            if c < PLANE && (1..u32::from(face.count)).contains(&glyph.to_u32()) {
                face.covered[c as usize / 64] |= 1 << (c % 64);
            }
        }
        // The shaper shows a no-break hyphen as a hyphen where the face has no glyph for it.
        if face.covers('\u{2010}') {
            face.covered[0x2011 / 64] |= 1 << (0x2011 % 64);
        }
        let data = ShaperData::new(&font);
        let shaper = data.shaper(&font).build();
        let plan = |set: usize| {
            let script = Some(script::LATIN);
            ShapePlan::new(
                &shaper,
                Direction::LeftToRight,
                script,
                None,
                &features(set),
            )
        };
        let plans = [plan(0), plan(1), plan(2)];
        face.scale = 1000.0 / f64::from(shaper.units_per_em().max(1));
        face.shaping = Some(Shaping { data, plans });
        if let Some(space) = face.glyph(' ') {
            face.space = face.advance(space);
        }
        face
    }

    fn font(&self) -> Option<FontRef<'_>> {
        FontRef::new(&self.file).ok()
    }

    fn covers(&self, c: char) -> bool {
        let c = u32::from(c);
        c < PLANE && self.covered[c as usize / 64] & (1 << (c % 64)) != 0
    }

    fn glyph(&self, c: char) -> Option<u16> {
        let glyph = self.font()?.charmap().map(c)?;
        u16::try_from(glyph.to_u32())
            .ok()
            .filter(|glyph| (1..self.count).contains(glyph))
    }

    /// The glyphs of some letters, each by itself; `start` is where they stand in their word.
    fn letters(&self, text: &str, start: usize, out: &mut Vec<Glyph>) {
        for (at, c) in text.char_indices() {
            let Some(id) = self.glyph(c) else { continue };
            let at = start + at;
            out.push(Glyph {
                id,
                advance: self.advance(id) as f32,
                x_offset: 0.0,
                y_offset: 0.0,
                text: at as u32..(at + c.len_utf8()) as u32,
            });
        }
    }

    fn advance(&self, glyph: u16) -> f64 {
        let metrics = self.font().and_then(|font| font.hmtx().ok());
        let units = metrics.and_then(|hmtx| hmtx.advance(GlyphId::from(glyph)));
        f64::from(units.unwrap_or(0)) * self.scale
    }
}

/// By number of the plan, the feature that it turns on; see [`Forms`].
const FEATURES: [Option<&[u8; 4]>; 3] = [None, Some(b"tnum"), Some(b"smcp")];

/// Contextual alternates are off, since words are shaped alone.
fn features(set: usize) -> Vec<Feature> {
    let mut features = vec![Feature::new(Tag::new(b"calt"), 0, ..)];
    features.extend(FEATURES[set].map(|tag| Feature::new(Tag::new(tag), 1, ..)));
    features
}

/// What stands in the place of a character that no face has: not a box, which says nothing, but
/// its number, by which a reader can look it up.
pub(super) fn number_of(c: char) -> String {
    format!("[U+{:04X}]", u32::from(c))
}

/// Characters that guide line breaking and have no look of their own.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
        || c.is_control()
}

/// Moves shaped glyphs to ours, and turns cluster starts into ranges of text.
fn collect(buffer: &GlyphBuffer, scale: f64, range: &Range<usize>, out: &mut Vec<Glyph>) {
    let infos = buffer.glyph_infos();
    let positions = buffer.glyph_positions();
    let first = out.len();
    let base = range.start as u32;
    for (info, position) in infos.iter().zip(positions) {
        out.push(Glyph {
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            advance: (f64::from(position.x_advance) * scale) as f32,
            x_offset: (f64::from(position.x_offset) * scale) as f32,
            y_offset: (f64::from(position.y_offset) * scale) as f32,
            text: base + info.cluster..base + info.cluster,
        });
    }
    // From the end, so that each cluster learns where the next one starts.
    let mut end = range.end as u32;
    let mut start = end;
    for glyph in out[first..].iter_mut().rev() {
        if glyph.text.start != start {
            (end, start) = (start, glyph.text.start);
        }
        glyph.text.end = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(word: &str, face: u8) -> (Vec<Range<u32>>, Vec<char>, Vec<u8>) {
        let mut shaper = Shaper::new(&Fonts::embedded());
        let id = shaper.word(word, FaceId(face), Forms::Plain);
        let shaped = shaper.get(id);
        (
            shaped.glyphs.iter().map(|g| g.text.clone()).collect(),
            shaped.missing.clone(),
            shaped.face_runs.iter().map(|p| p.face.0).collect(),
        )
    }

    #[test]
    fn every_byte_of_a_word_belongs_to_a_glyph() {
        let (ranges, missing, _) = shape("råd", 0);
        assert_eq!(ranges, [0..1, 1..3, 3..4]);
        assert!(missing.is_empty());
    }

    #[test]
    fn what_a_face_lacks_comes_from_the_other_family() {
        let (_, missing, faces) = shape("a☐\u{25cf}b", 0);
        assert_eq!(faces.first(), Some(&0));
        assert!(faces.contains(&4), "{faces:?} {missing:?}");
    }

    #[test]
    fn what_no_face_has_is_named_and_shown_by_its_number() {
        let (ranges, missing, faces) = shape("a日b", 0);
        assert_eq!(missing, ['日']);
        let shown = "[U+65E5]".len();
        assert_eq!(ranges[1..=shown], vec![1u32..4; shown]);
        assert_eq!(ranges.len(), shown + 2);
        assert!(faces.iter().all(|&face| face == 0), "{faces:?}");
    }

    #[test]
    fn a_hyphen_that_must_not_break_is_that_of_its_own_face() {
        let (ranges, missing, faces) = shape("a\u{2011}b", 0);
        assert_eq!(faces, [0]);
        assert_eq!((ranges.len(), missing.len()), (3, 0));
        let mut shaper = Shaper::new(&Fonts::embedded());
        let id = shaper.word("\u{2011}", FaceId(0), Forms::Plain);
        assert_ne!(shaper.get(id).glyphs[0].id, 0);
    }

    #[test]
    fn tabular_figures_have_one_width() {
        let mut shaper = Shaper::new(&Fonts::embedded());
        let width = |s: &mut Shaper, word| {
            let id = s.word(word, FaceId(4), Forms::Tabular);
            s.get(id).width
        };
        assert!((width(&mut shaper, "111") - width(&mut shaper, "888")).abs() < 0.1);
    }
}
