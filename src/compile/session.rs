//! A series of builds with shared caches.

use super::{Build, Compiled, Stage, pictures, run, typefaces};
use crate::files::Sources;
use crate::{html, layout, load, pdf, templates};

/// Builds the same strategy again and again, and keeps between builds what did not change: texts
/// that were parsed, templates, faces and pictures that were read, faces that were packed for the
/// page, words that were shaped, parts of the PDF.
///
/// A build gives what it would give alone, whatever was built before it. Each stage keeps what the
/// last two builds that reached it have used, or less, so that a session can last for days.
#[derive(Default)]
pub struct Session {
    pub(super) load: load::Cache,
    pub(super) pictures: pictures::Cache,
    pub(super) templates: templates::Cache,
    pub(super) typefaces: typefaces::Cache,
    pub(super) faces: html::FaceCache,
    pub(super) layout: layout::Cache,
    pub(super) pdf: pdf::Cache,
}

impl Session {
    /// Runs the pipeline; calls `progress` at the start of each stage.
    pub fn compile(
        &mut self,
        sources: &Sources,
        build: &Build,
        progress: &mut dyn FnMut(Stage),
    ) -> Compiled {
        run(self, sources, build, progress)
    }

    /// The number of cached entries, for tests of growth.
    pub fn held(&self) -> usize {
        let files = self.load.len() + self.pictures.len() + self.typefaces.len();
        files + self.faces.len() + self.layout.len() + self.pdf.len()
    }
}
