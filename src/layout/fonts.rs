//! The faces of the text.
//!
//! [`Fonts::embedded`] has the eight faces inside the program; [`Fonts::set_family`] puts a council's own
//! before them. Shaping and the subsets of the PDF both use these faces. A [`CustomFace`] is a council's
//! font file that can be used.

mod custom;

pub use custom::{CustomFace, FaceError};

use super::FaceId;
use read_fonts::{FontRef, TableProvider};
use skrifa::MetadataProvider;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

/// The two families of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Running text.
    Serif,
    /// Headings, tables, labels and figures.
    Sans,
}

/// Which face of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Style {
    /// The family.
    pub family: Family,
    /// Semi-bold instead of regular.
    pub bold: bool,
    /// Italic instead of upright.
    pub italic: bool,
}

impl Style {
    /// The styles of the family, nearest first: italic in another weight is still stress, bold that
    /// stands upright is not.
    pub fn nearest(self) -> [Self; 4] {
        let (weight, slant) = (!self.bold, !self.italic);
        [
            self,
            Self {
                bold: weight,
                ..self
            },
            Self {
                italic: slant,
                ..self
            },
            Self {
                bold: weight,
                italic: slant,
                ..self
            },
        ]
    }

    /// The four styles of a family.
    pub fn all(family: Family) -> [Self; 4] {
        let style = |bold, italic| Self {
            family,
            bold,
            italic,
        };
        [
            style(false, false),
            style(true, false),
            style(false, true),
            style(true, true),
        ]
    }
}

/// The bytes of a font file: those of the program where they lie, or a council's, shared.
#[derive(Clone)]
pub enum FontFile {
    /// A face of the program.
    Embedded(&'static [u8]),
    /// A face of the council's own.
    Given(Arc<[u8]>),
}

/// Two are equal if they are the very same bytes in memory: a file is read once for as long as it
/// is held, and its bytes do not change.
impl PartialEq for FontFile {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(&**self, &**other)
    }
}

impl Eq for FontFile {}

impl Hash for FontFile {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::hash(&**self, state);
    }
}

impl Deref for FontFile {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        match self {
            Self::Embedded(bytes) => bytes,
            Self::Given(bytes) => bytes,
        }
    }
}

impl AsRef<[u8]> for FontFile {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl fmt::Debug for FontFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FontFile({} bytes)", self.len())
    }
}

/// One face.
#[derive(Debug, Clone)]
pub struct Face {
    /// Its PostScript name, e.g. `Literata-Regular`: letters, digits and hyphens.
    pub postscript_name: Cow<'static, str>,
    /// Its use.
    pub style: Style,
    /// The font file.
    pub data: FontFile,
}

impl Face {
    /// Those of some characters that it has.
    pub fn covers(&self, chars: &BTreeSet<char>) -> BTreeSet<char> {
        let Ok(font) = FontRef::new(&self.data) else {
            return BTreeSet::new();
        };
        let shows = shows(&font);
        chars.iter().copied().filter(|&c| shows(c)).collect()
    }
}

/// Whether a face has a glyph for a character. A damaged face names glyphs that it does not have.
fn shows(font: &FontRef<'_>) -> impl Fn(char) -> bool {
    let charmap = font.charmap();
    let glyphs = 1..font.maxp().map_or(0, |maxp| u32::from(maxp.num_glyphs()));
    move |c| {
        let glyph = charmap.map(c);
        glyph.is_some_and(|glyph| glyphs.contains(&glyph.to_u32()))
    }
}

/// All faces of a document.
#[derive(Debug, Clone)]
pub struct Fonts {
    /// The embedded ones first.
    faces: Vec<Face>,
    /// The names of the council's own families.
    names: Vec<(Family, String)>,
}

macro_rules! faces {
    ($($name:literal $family:ident $bold:literal $italic:literal;)*) => {
        vec![$(Face {
            postscript_name: Cow::Borrowed($name),
            style: Style {
                family: Family::$family,
                bold: $bold,
                italic: $italic,
            },
            data: FontFile::Embedded(include_bytes!(concat!(
                "../../templates/default/fonts/",
                $name,
                ".ttf"
            ))),
        }),*]
    };
}

/// How many faces travel in the program; the council's own have the ids from here.
const EMBEDDED: usize = 8;

impl Fonts {
    /// The faces that travel in the program: Literata and Inter, each regular and semi-bold,
    /// upright and italic.
    pub fn embedded() -> Self {
        let faces = faces! {
            "Literata-Regular" Serif false false;
            "Literata-Italic" Serif false true;
            "Literata-SemiBold" Serif true false;
            "Literata-SemiBoldItalic" Serif true true;
            "Inter-Regular" Sans false false;
            "Inter-Italic" Sans false true;
            "Inter-SemiBold" Sans true false;
            "Inter-SemiBoldItalic" Sans true true;
        };
        debug_assert_eq!(faces.len(), EMBEDDED);
        Self {
            faces,
            names: Vec::new(),
        }
    }

    /// Sets a family in faces of the council's own. A style that none is given for takes the
    /// nearest; with no face at all, the family stays as it is.
    pub fn set_family(&mut self, family: Family, given: &[(Style, CustomFace)]) {
        let Some((_, first)) = given.first() else {
            return;
        };
        self.names.push((family, first.family.clone()));
        for style in Style::all(family) {
            let nearest = style.nearest().into_iter();
            let mut found = nearest.filter_map(|near| given.iter().find(|(s, _)| *s == near));
            let (_, face) = found.next().expect("the nearest styles are all there are");
            self.faces.push(Face {
                postscript_name: Cow::Owned(face.postscript_name.clone()),
                style,
                data: face.data.clone(),
            });
        }
    }

    /// Whether these are the very same files in the same use.
    pub(super) fn are(&self, other: &Self) -> bool {
        let same = |(a, b): (&Face, &Face)| a.style == b.style && a.data == b.data;
        self.faces.len() == other.faces.len()
            && self.faces.iter().zip(&other.faces).all(same)
            && self.names == other.names
    }

    /// The face with this id.
    pub fn get(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// Every face with its id.
    pub fn iter(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        (0u8..).map(FaceId).zip(&self.faces)
    }

    /// The face for a style: the council's, if it has given one for the family.
    pub fn find(&self, style: Style) -> FaceId {
        let found = self.iter().filter(|(_, face)| face.style == style);
        found.last().expect("every style has a face").0
    }

    /// The faces to ask for what one lacks, in that order: the council's own before the embedded
    /// ones, those that are most like it first.
    pub fn fallbacks(&self, id: FaceId) -> Vec<FaceId> {
        let style = self.get(id).style;
        let others = self.iter().filter(|(other, _)| *other != id);
        let mut others: Vec<_> = others
            .map(|(other, face)| {
                let likeness = (
                    self.is_embedded(other),
                    face.style.italic != style.italic,
                    face.style.bold != style.bold,
                    face.style.family != style.family,
                );
                (likeness, other)
            })
            .collect();
        others.sort();
        others.into_iter().map(|(_, other)| other).collect()
    }

    /// Whether a face travels in the program.
    pub fn is_embedded(&self, id: FaceId) -> bool {
        usize::from(id.0) < EMBEDDED
    }

    /// The faces of a style with the names of their families, the council's before the embedded
    /// one.
    pub fn named(&self, style: Style) -> impl Iterator<Item = (&str, &Face)> {
        let own = self.get(self.find(style));
        let embedded = self.faces[..EMBEDDED].iter().find(|f| f.style == style);
        let names = self.names(style.family).zip([Some(own), embedded]);
        // Without faces of the council's, the embedded one is the first and only.
        names.filter_map(|(name, face)| Some((name, face?)))
    }

    /// The names of a family for a style sheet: the council's, if it has given one, and that of
    /// the embedded one.
    pub fn names(&self, family: Family) -> impl Iterator<Item = &str> {
        let own = self.names.iter().filter(move |(of, _)| *of == family);
        let embedded = match family {
            Family::Serif => "Literata",
            Family::Sans => "Inter",
        };
        own.map(|(_, name)| name.as_str()).chain([embedded])
    }
}

#[cfg(test)]
mod tests;
