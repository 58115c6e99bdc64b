//! What layout keeps from one document for the next.

use super::drawing::Drawings;
use super::fonts::Fonts;
use super::hyphenate::Hyphenator;
use super::shape::Shaper;

/// The faces made ready, and with them the words that were shaped and divided and the drawings that
/// were read. Of these, what the last document did not show is dropped; other faces begin anew.
#[derive(Default)]
pub struct Cache(Option<Tools>);

/// What sets documents in certain faces.
pub(super) struct Tools {
    fonts: Fonts,
    pub(super) shaper: Shaper,
    pub(super) hyphenator: Hyphenator,
    pub(super) drawings: Drawings,
}

impl Cache {
    /// The tools for the next document, which is set in these faces.
    pub(super) fn tools(&mut self, fonts: &Fonts) -> &mut Tools {
        if let Some(tools) = &mut self.0 {
            tools.turn();
        }
        let fitting = self.0.take_if(|tools| tools.fonts.are(fonts));
        self.0.insert(fitting.unwrap_or_else(|| Tools::new(fonts)))
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

impl Tools {
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
