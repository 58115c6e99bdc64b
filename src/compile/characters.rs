//! Finds the places of characters that no font has in the sources.

use super::tree::Tree;
use crate::diag::Diagnostic;
use crate::files::{FileId, Sources, Span};
use crate::layout::MissingCharacter;
use crate::model::ImageFile;

/// Points at the character itself: in the text that a diagnostic points at, or in a drawing that is
/// shown. One that was written in another way, such as `\u00e5` or `&#229;`, stays where its text
/// is.
pub(super) fn pinpoint(
    diagnostic: &mut Diagnostic,
    missing: MissingCharacter,
    sources: &Sources,
    drawings: &[FileId],
) {
    let character = missing.character;
    let in_text = |span: Span| {
        let at = sources.slice(span).find(character)?;
        Some((span.file, span.start as usize + at))
    };
    let in_file = |&file: &FileId| Some((file, sources.get(file)?.text().find(character)?));
    let found = match missing.drawn {
        true => drawings.iter().find_map(in_file),
        // The running header and lines of a template have no place; the text comes from this file.
        false => match diagnostic.primary {
            Some(span) => in_text(span),
            None => sources
                .by_path("strategy.toml")
                .and_then(|(file, _)| in_file(&file)),
        },
    };
    if let Some((file, at)) = found {
        diagnostic.primary = Some(Span::new(file, at..at + character.len_utf8()));
    }
}

/// The drawings that a document can show: the registered ones, and the logo.
pub(super) fn drawings(tree: &Tree<'_>) -> Vec<FileId> {
    let sources = tree.edition.sources;
    let images = tree.edition.strategy().map(|strategy| &strategy.images);
    let images = images.into_iter().flatten();
    let images = images.filter_map(|image| match &image.file {
        ImageFile::Path(path) => sources.by_path(path),
        ImageFile::Pending(_) => None,
    });
    let logo = tree.theme.logo.as_ref();
    let logo = logo.and_then(|logo| tree.templates.find(sources, logo.file.trim()));
    images.chain(logo).map(|(id, _)| id).collect()
}
