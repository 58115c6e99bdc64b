//! Sources of evidence, and the credits of the pictures.

use super::{Line, Maker, line};
use crate::model::{Audience, ImageFile};
use serde::Serialize;
use std::collections::BTreeSet;

/// A source.
#[derive(Debug, Serialize)]
pub(super) struct SourceView {
    id: String,
    anchor: String,
    source: String,
    title: Line,
    author: Option<Line>,
    publisher: Option<Line>,
    year: Option<i16>,
    address: Option<Line>,
    note: Option<Line>,
    /// What rests on it.
    followed_by: Vec<super::LinkView>,
}

pub(super) fn sources(maker: &Maker<'_>) -> Vec<SourceView> {
    let views = maker.strategy.sources.iter().map(|source| SourceView {
        id: source.id.to_string(),
        anchor: source.id.anchor(),
        source: maker.source(source.span),
        title: Line::from(&source.title),
        author: line(source.author.as_ref()),
        publisher: line(source.publisher.as_ref()),
        year: source.year,
        address: line(source.address.as_ref()),
        note: line(source.note.as_ref()),
        followed_by: maker.targets.followers(&source.id),
    });
    views.collect()
}

/// A row of the picture credits.
#[derive(Debug, Serialize)]
pub(super) struct PictureView {
    /// `image/funn`.
    id: String,
    source: String,
    caption: Option<Line>,
    alt: Option<Line>,
    /// What the program calls a picture without a caption: «Bilde 3».
    name: String,
    credits: Vec<CreditView>,
    licence: Option<Line>,
    /// Whether the picture is not there yet.
    pending: bool,
}

/// A credit.
#[derive(Debug, Serialize)]
pub(super) struct CreditView {
    name: Line,
    is_address: bool,
    position: Option<Line>,
}

pub(super) fn credits(maker: &Maker<'_>) -> Vec<PictureView> {
    let label = maker.labels.get("picture");
    let internal = match maker.shows(Audience::Internal) {
        true => BTreeSet::new(),
        false => maker.strategy.internal_pictures(),
    };
    let views = (1..)
        .zip(&maker.strategy.images)
        .filter(|(_, image)| !internal.contains(&image.id))
        .map(|(number, image)| PictureView {
            id: image.id.to_string(),
            source: maker.source(image.span),
            caption: line(image.caption.as_ref()),
            alt: line(image.alt.as_ref()),
            name: format!("{label} {number}"),
            credits: image
                .credits
                .iter()
                .map(|credit| CreditView {
                    name: Line::from(&credit.name),
                    is_address: credit.is_address,
                    position: line(credit.position.as_ref()),
                })
                .collect(),
            licence: line(image.licence.as_ref()),
            pending: matches!(image.file, ImageFile::Pending(_)),
        });
    views.collect()
}
