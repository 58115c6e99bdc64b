//! The caches of layout, kept between builds.

use super::drawing::Drawings;
use super::fonts::Fonts;
use super::hyphenate::Hyphenator;
use super::shape::Shaper;

/// The faces made ready, and with them the words that were shaped and divided and the drawings that
/// were read. Of these, what the last document did not show is dropped; other faces begin anew.
#[derive(Default)]
pub struct Cache(Option<Typesetter>);

/// The caches for a set of faces.
pub(super) struct Typesetter {
    fonts: Fonts,
    pub(super) shaper: Shaper,
    pub(super) hyphenator: Hyphenator,
    pub(super) drawings: Drawings,
}

impl Cache {
    /// The typesetter for the next document, which is set in these faces.
    pub(super) fn typesetter(&mut self, fonts: &Fonts) -> &mut Typesetter {
        if let Some(typesetter) = &mut self.0 {
            typesetter.turn();
        }
        let fitting = self.0.take_if(|typesetter| typesetter.fonts.are(fonts));
        self.0
            .insert(fitting.unwrap_or_else(|| Typesetter::new(fonts)))
    }

    /// How many words and drawings are held.
    pub fn len(&self) -> usize {
        let held = self.0.as_ref();
        held.map_or(0, |t| {
            t.shaper.len() + t.hyphenator.len() + t.drawings.len()
        })
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Typesetter {
    fn new(fonts: &Fonts) -> Self {
        Self {
            shaper: Shaper::new(fonts),
            hyphenator: Hyphenator::default(),
            drawings: Drawings::new(fonts),
            fonts: fonts.clone(),
        }
    }

    fn turn(&mut self) {
        self.shaper.turn();
        self.hyphenator.turn();
        self.drawings.turn();
    }
}
