//! Image XObjects (ISO 32000-1, 8.9.5). JPEG files are embedded unchanged.

use super::file::{File, Filter};
use super::syntax::Ref;
use crate::layout::{Page, Picture, Pixels, Shape};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The pictures of a document, each once, in the order of their first showing.
#[derive(Default)]
pub(super) struct Pictures<'a> {
    list: Vec<&'a Picture>,
    numbers: FxHashMap<usize, usize>,
}

impl<'a> Pictures<'a> {
    pub(super) fn gather(pages: &'a [Page]) -> Self {
        let mut pictures = Self::default();
        for item in pages.iter().flat_map(|page| &page.items) {
            if let Shape::Picture { picture, .. } = &item.shape {
                let next = pictures.list.len();
                let number = *pictures.numbers.entry(address(picture)).or_insert(next);
                if number == next {
                    pictures.list.push(picture);
                }
            }
        }
        pictures
    }

    /// The numbers of pictures by their [`address`].
    pub(super) fn numbers(&self) -> &FxHashMap<usize, usize> {
        &self.numbers
    }

    /// Writes the pictures, in the order of their numbers.
    pub(super) fn write(&self, file: &mut File) -> Vec<Ref> {
        self.list
            .iter()
            .map(|picture| write(picture, file))
            .collect()
    }
}

/// What tells pictures apart.
pub(super) fn address(picture: &Arc<Picture>) -> usize {
    Arc::as_ptr(picture).addr()
}

fn write(picture: &Picture, file: &mut File) -> Ref {
    let (channels, data, mask, filter) = match &picture.pixels {
        Pixels::Jpeg { components, data } => (*components, data, None, Filter::AsIs),
        Pixels::Raw {
            channels,
            data,
            alpha,
        } => {
            let mask = alpha
                .as_ref()
                .map(|alpha| image(picture, 1, alpha, None, Filter::Flate, file));
            (*channels, data, mask, Filter::Flate)
        }
    };
    image(picture, channels, data, mask, filter, file)
}

fn image(
    picture: &Picture,
    channels: u8,
    data: &[u8],
    mask: Option<Ref>,
    filter: Filter,
    file: &mut File,
) -> Ref {
    file.add_stream(data.to_vec(), filter, |d| {
        d.name("Type", "XObject");
        d.name("Subtype", "Image");
        d.int("Width", picture.width);
        d.int("Height", picture.height);
        d.int("BitsPerComponent", 8);
        d.name(
            "ColorSpace",
            if channels == 1 {
                "DeviceGray"
            } else {
                "DeviceRGB"
            },
        );
        if filter == Filter::AsIs {
            d.name("Filter", "DCTDecode");
        }
        if let Some(mask) = mask {
            d.reference("SMask", mask);
        }
    })
}
