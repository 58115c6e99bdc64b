//! The faces that text is set in.
//!
//! [`Fonts::embedded`] holds the eight faces that travel in the program. Shaping reads them here,
//! and the PDF writer takes its subsets from them.

use super::FaceId;

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

/// One face.
#[derive(Debug, Clone)]
pub struct Face {
    /// Its PostScript name, e.g. `Literata-Regular`.
    pub postscript_name: &'static str,
    /// What it is used for.
    pub style: Style,
    /// The font file.
    pub data: &'static [u8],
}

/// All faces of a document.
#[derive(Debug, Clone)]
pub struct Fonts {
    faces: Vec<Face>,
}

macro_rules! face {
    ($name:literal, $family:ident, $bold:literal, $italic:literal) => {
        Face {
            postscript_name: $name,
            style: Style {
                family: Family::$family,
                bold: $bold,
                italic: $italic,
            },
            data: include_bytes!(concat!("../../templates/default/fonts/", $name, ".ttf")),
        }
    };
}

impl Fonts {
    /// The faces that travel in the program: Literata and Inter, each regular and semi-bold,
    /// upright and italic.
    pub fn embedded() -> Self {
        let faces = vec![
            face!("Literata-Regular", Serif, false, false),
            face!("Literata-Italic", Serif, false, true),
            face!("Literata-SemiBold", Serif, true, false),
            face!("Literata-SemiBoldItalic", Serif, true, true),
            face!("Inter-Regular", Sans, false, false),
            face!("Inter-Italic", Sans, false, true),
            face!("Inter-SemiBold", Sans, true, false),
            face!("Inter-SemiBoldItalic", Sans, true, true),
        ];
        Self { faces }
    }

    /// The face with this id.
    pub fn get(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// Every face with its id.
    pub fn iter(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        (0u8..).map(FaceId).zip(&self.faces)
    }

    /// The face for a style.
    pub fn find(&self, style: Style) -> FaceId {
        let found = self.iter().find(|(_, face)| face.style == style);
        found.expect("every style has a face").0
    }
}
