//! `images.toml`: the registered pictures, and whether their files are there.

use super::file_offset::FileOffset;
use super::format::*;
use super::{Loader, rules};
use crate::diag::{did_you_mean, nearest};
use crate::files::Span;
use crate::model::{Credit, Image, ImageFile, Kind, Located};

impl Loader<'_> {
    pub(super) fn images(&mut self) -> Vec<Image> {
        let Some((file, place)) = self.toml::<ImagesFile>("images.toml") else {
            return Vec::new();
        };
        let images = file
            .images
            .into_iter()
            .map(|field| self.image(field, place));
        images.collect()
    }

    fn image(&mut self, field: ImageField, place: FileOffset) -> Image {
        let (id, span) = self.id(Kind::Image, field.id, place);
        let file = match (field.file, field.pending) {
            (Some(path), None) => {
                let path = place.locate(path);
                self.picture_is_there(&path.value, path.span);
                ImageFile::Path(path)
            }
            (None, Some(why)) => ImageFile::Pending(place.locate(why)),
            (path, pending) => {
                let message = match (&path, &pending) {
                    (None, None) => format!("image `{}` has neither `file` nor `pending`", id.name),
                    _ => format!("image `{}` has both `file` and `pending`", id.name),
                };
                let hint =
                    "write `file = \"images/…\"`, or `pending = \"why\"` while there is no file";
                self.sink
                    .report(rules::IMAGE_MISSING.at(span, message).hint(hint));
                let missing = Located::new(String::new(), span);
                ImageFile::Pending(place.locate_some(pending).unwrap_or(missing))
            }
        };
        let credits = field.credits.into_iter().filter_map(|credit| {
            let is_address = credit.name.is_none();
            let name = place.locate_some(credit.name);
            let address = place.locate_some(credit.address);
            let name = match (name, address) {
                (Some(name), Some(address)) => {
                    let both = format!("{} / {}", name.value, address.value);
                    Located::new(both, name.span)
                }
                (Some(only), None) | (None, Some(only)) => only,
                (None, None) => {
                    let message = "the credit has no name";
                    let hint = "add `name = \"…\"`, or `address = \"…\"` if no name is known";
                    self.sink
                        .report(rules::MISSING_KEY.at(span, message).hint(hint));
                    return None;
                }
            };
            Some(Credit {
                name,
                is_address,
                position: place.locate_some(credit.position),
            })
        });
        Image {
            id,
            span,
            credits: credits.collect(),
            file,
            alt: place.locate_some(field.alt),
            caption: place.locate_some(field.caption),
            licence: place.locate_some(field.licence),
            text: place.locate_all(field.text),
            text_language: place.locate_some(field.text_language),
            drawn: field.drawn,
            uncertain: place.locate_some(field.uncertain),
        }
    }

    /// Reports a picture that is outside the folder, behind a link, not there, or none.
    fn picture_is_there(&mut self, path: &str, span: Span) {
        let outside = path.starts_with(['/', '\\'])
            || path.contains(':')
            || path.split(['/', '\\']).any(|part| part == "..");
        if outside {
            let message = format!("`{path}` is outside the folder of the strategy");
            let hint = "copy the picture into `images/`, and write its path inside the folder";
            self.sink
                .report(rules::IMAGE_OUTSIDE.at(span, message).hint(hint));
            return;
        }
        // A file behind a link is known as refused; so is everything below a linked folder, which
        // shows as the folder itself.
        if self.sources.by_path(path).is_some() {
            if !is_picture(path) {
                let message = format!("`{path}` is {}, not a picture", what_it_is(path));
                let hint = "use a file in PNG, JPEG or SVG (`.png`, `.jpg`, `.jpeg`, `.svg`)";
                self.sink
                    .report(rules::WRONG_VALUE.at(span, message).hint(hint));
            }
            return;
        }
        let message = format!("there is no picture `{path}`");
        let paths = self.sources.iter().map(|(_, file)| file.path.as_str());
        let pictures = paths.filter(|p| p.starts_with("images/"));
        let hint = match nearest(path, pictures) {
            Some(meant) => did_you_mean(meant),
            None => "add the file, or write `pending = \"why\"` instead of `file`".to_owned(),
        };
        self.sink
            .report(rules::IMAGE_MISSING.at(span, message).hint(hint));
    }
}

/// Endings of pictures.
const PICTURES: [&str; 4] = ["png", "jpg", "jpeg", "svg"];

/// Whether the ending of a path is that of a picture; what its bytes are shows when it is read.
pub fn is_picture(path: &str) -> bool {
    let ending = ending(path);
    PICTURES
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The type of a file by its extension, with an article.
fn what_it_is(path: &str) -> String {
    match ending(path).to_ascii_lowercase().as_str() {
        "md" => "a text in Markdown".to_owned(),
        "toml" => "a file of facts in TOML".to_owned(),
        "html" | "css" => "a template".to_owned(),
        "pdf" => "a PDF".to_owned(),
        "" => "a file without an extension".to_owned(),
        other => format!("a file with the extension `.{other}`"),
    }
}
