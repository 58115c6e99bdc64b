//! Sources of evidence, and the credits of the pictures.

use super::{Line, LinkView, ViewBuilder, line};
use crate::model::{Block, Id, Image, ImageFile, Item};
use serde::Serialize;
use std::collections::BTreeSet;

/// A source.
#[derive(Debug, Serialize)]
pub(super) struct SourceView {
    anchor: String,
    title: Line,
    author: Option<Line>,
    publisher: Option<Line>,
    year: Option<i16>,
    address: Option<Line>,
    note: Option<Line>,
    uncertain: Option<Line>,
    /// The goals, focus areas and measures that rest on it.
    followed_by: Vec<LinkView>,
    /// The rest of what rests on it.
    basis_for: Vec<LinkView>,
}

pub(super) fn sources(maker: &ViewBuilder<'_>) -> Vec<SourceView> {
    let views = maker.strategy.sources.iter().map(|source| {
        let (followed_by, basis_for) = maker.targets.followers(&source.id, &BTreeSet::new());
        SourceView {
            anchor: source.id.anchor(),
            title: Line::from(&source.title),
            author: line(source.author.as_ref()),
            publisher: line(source.publisher.as_ref()),
            year: source.year,
            address: line(source.address.as_ref()),
            note: line(source.note.as_ref()),
            uncertain: line(source.uncertain.as_ref()),
            followed_by,
            basis_for,
        }
    });
    views.collect()
}

/// A row of the picture credits.
#[derive(Debug, Serialize)]
pub(super) struct PictureView {
    /// `image/funn`.
    id: String,
    source: String,
    /// The chapter, question or other item that shows it, if this build has one.
    place: Option<LinkView>,
    /// The name of a picture that no text shows: «Bilde 3».
    name: String,
    caption: Option<Line>,
    alt: Option<Line>,
    /// «Foto: Shifter (øverst), Moss i Sentrum (nederst)»; empty if nobody is named.
    credit: String,
    credits: Vec<CreditView>,
    licence: Option<Line>,
    /// Why the picture is not here yet, if it is not.
    pending: Option<Line>,
    /// The text inside the picture.
    text: Vec<Line>,
    /// The language of that text, as a BCP 47 tag.
    text_language: Option<Line>,
    uncertain: Option<Line>,
}

/// A credit.
#[derive(Debug, Serialize)]
pub(super) struct CreditView {
    name: Line,
    is_address: bool,
    position: Option<Line>,
}

pub(super) fn credits(maker: &ViewBuilder<'_>) -> Vec<PictureView> {
    let pictures = maker.strategy.pictures();
    let shown = pictures.filter(|(_, shown_to)| maker.shows(shown_to.unwrap_or_default()));
    let views = (1..).zip(shown);
    let views = views.map(|(number, (image, _))| picture(maker, number, image));
    views.collect()
}

fn picture(maker: &ViewBuilder<'_>, number: usize, image: &Image) -> PictureView {
    let credits = image.credits.iter().map(|credit| CreditView {
        name: Line::from(&credit.name),
        is_address: credit.is_address,
        position: line(credit.position.as_ref()),
    });
    let pending = match &image.file {
        ImageFile::Path(_) => None,
        ImageFile::Pending(why) => Some(Line::from(why)),
    };
    PictureView {
        id: image.id.to_string(),
        source: image.span.to_string(),
        place: place(maker, &image.id),
        name: format!("{} {number}", maker.labels.get("picture")),
        caption: line(image.caption.as_ref()),
        alt: line(image.alt.as_ref()),
        credit: maker.labels.credits(image),
        credits: credits.collect(),
        licence: line(image.licence.as_ref()),
        pending,
        text: image.text.iter().map(Line::from).collect(),
        text_language: line(image.text_language.as_ref()),
        uncertain: line(image.uncertain.as_ref()),
    }
}

/// The first item of this build whose text shows the picture.
fn place(maker: &ViewBuilder<'_>, image: &Id) -> Option<LinkView> {
    let shows = |item: &&Item| {
        let mut found = false;
        item.text.walk(&mut |block| {
            if let Block::Figure { image: shown, .. } = block {
                found |= shown.id().as_ref() == Some(image);
            }
        });
        found
    };
    let items = maker.strategy.items().filter(shows);
    items
        .filter(|item| maker.shows(item.audience))
        .find_map(|item| maker.targets.link(&item.id))
}
