//! The pictures that the strategy and its theme use, read once for both outputs.

use crate::cache::TwoBuildCache;
use crate::diag::{Code, Rule, Severity, Sink};
use crate::drawings;
use crate::files::{Content, SourceFile, Sources};
use crate::html::Asset;
use crate::layout::{self, Picture, PictureError};
use crate::load;
use crate::model::{ImageFile, Strategy};
use crate::templates::TemplateSet;
use crate::theme::Theme;
use std::collections::BTreeMap;
use std::sync::Arc;
use usvg::roxmltree::{self, ParsingOptions};

/// A picture file that cannot be used.
pub(super) static UNUSABLE: Rule = Rule {
    code: Code("C101"),
    name: "unusable-picture",
    severity: Severity::Error,
    docs: include_str!("unusable_picture.md"),
};

/// Pictures by the path that `src` names.
#[derive(Debug, Clone, Default)]
pub(super) struct Pictures {
    /// For the page: the files without camera metadata.
    pub(super) assets: BTreeMap<String, Asset>,
    /// For the PDF.
    pub(super) decoded: BTreeMap<String, Arc<Picture>>,
}

/// The pictures that were read, by the digest and the path of their files. Those that the last build did not use
/// are dropped.
#[derive(Default)]
pub(super) struct Cache(TwoBuildCache<(String, String), CachedPicture>);

/// The result of reading a file.
#[derive(Clone)]
enum CachedPicture {
    Picture(Asset, Arc<Picture>),
    Drawing,
}

impl Cache {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Reads every PNG and JPEG that is registered; reports those that cannot be used. Drawings in SVG
/// become a part of the tree, and are read by `render`; here they are only seen to be whole and to
/// be drawable, since HTML would take half of one for a whole.
pub(super) fn read(
    strategy: &Strategy,
    sources: &Sources,
    cache: &mut Cache,
    sink: &mut Sink,
) -> Pictures {
    cache.0.turn();
    let mut pictures = Pictures::default();
    for image in &strategy.images {
        let ImageFile::Path(path) = &image.file else {
            continue;
        };
        if let Some((_, file)) = sources.by_path(path)
            && load::is_picture(path)
            && let Err((message, hint)) = pictures.add(file, cache)
        {
            sink.report(UNUSABLE.at(path.span, message).hint(hint));
        }
    }
    pictures
}

/// Why a picture cannot be used, with a hint.
type Unusable = (String, &'static str);

impl Pictures {
    /// Reads the logo of the theme like other pictures.
    pub(super) fn logo(
        &mut self,
        theme: &Theme,
        templates: &TemplateSet,
        sources: &Sources,
        cache: &mut Cache,
        sink: &mut Sink,
    ) {
        let logo = theme.logo.as_ref();
        let file = logo.and_then(|logo| templates.find(sources, logo.file.trim()));
        if let Some((_, file)) = file
            && let Err((message, hint)) = self.add(file, cache)
        {
            let at = templates.in_theme(&["logo", "file"], &UNUSABLE, message.as_str());
            let said = at.unwrap_or_else(|| UNUSABLE.nowhere(message));
            sink.report(said.hint(hint));
        }
    }

    fn add(&mut self, file: &SourceFile, cache: &mut Cache) -> Result<(), Unusable> {
        let key = (file.sha256.clone(), file.path.clone());
        let seen = match cache.0.find(&key) {
            Some(known) => known.clone(),
            None => {
                let Some(seen) = see(file)? else {
                    return Ok(());
                };
                cache.0.keep(key, seen.clone());
                seen
            }
        };
        if let CachedPicture::Picture(asset, picture) = seen {
            self.assets.insert(file.path.clone(), asset);
            self.decoded.insert(file.path.clone(), picture);
        }
        Ok(())
    }
}

/// Reads a file; `None` if it was rejected before.
fn see(file: &SourceFile) -> Result<Option<CachedPicture>, Unusable> {
    let path = &file.path;
    let bytes = match &file.content {
        Content::Binary(bytes) => bytes,
        Content::Text(text) => {
            let whole = is_drawing(text).map_err(|why| {
                let message = format!("the drawing `{path}` cannot be used: {why}");
                let hint = "save it again as SVG from the program that made it";
                (message, hint)
            });
            return whole.map(|()| Some(CachedPicture::Drawing));
        }
        Content::Refused => return Ok(None),
    };
    let picture = Picture::decode(bytes).map_err(|error| {
        let mut message = format!("the picture `{path}` cannot be used: {error}");
        if let (PictureError::UnknownFormat, Some(format)) = (&error, format_of(bytes)) {
            message.push_str(&format!(", but {format}"));
        }
        (message, hint(&error))
    })?;
    let asset = Asset {
        media_type: media_type(bytes),
        bytes: picture.without_metadata(bytes).into(),
    };
    Ok(Some(CachedPicture::Picture(asset, Arc::new(picture))))
}

/// Checks that a text is a complete SVG file that both writers can show.
fn is_drawing(text: &str) -> Result<(), String> {
    let options = ParsingOptions {
        // Drawing programs write one.
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    let parsed = roxmltree::Document::parse_with_options(text, options);
    let document = parsed.map_err(|error| error.to_string())?;
    match document.root_element().tag_name().name() {
        "svg" => {}
        other => return Err(format!("it begins with `{other}` instead of `svg`")),
    }
    layout::see_drawing(&drawings::parse_drawing(text)?)
}

/// The format of a file by its first bytes, among those of cameras and drawing programs.
fn format_of(bytes: &[u8]) -> Option<&'static str> {
    const FORMATS: [(usize, &[u8], &str); 7] = [
        (0, b"GIF8", "GIF"),
        (8, b"WEBP", "WebP"),
        (4, b"ftyp", "HEIC or AVIF"),
        (0, b"II*\0", "TIFF"),
        (0, b"MM\0*", "TIFF"),
        (0, b"BM", "BMP"),
        (0, b"%PDF", "PDF"),
    ];
    let is = |at: usize, sign: &[u8]| bytes.get(at..).is_some_and(|b| b.starts_with(sign));
    let found = FORMATS.iter().find(|(at, sign, _)| is(*at, sign));
    found.map(|(_, _, name)| *name)
}

fn media_type(bytes: &[u8]) -> &'static str {
    match bytes.starts_with(b"\x89PNG") {
        true => "image/png",
        false => "image/jpeg",
    }
}

fn hint(error: &PictureError) -> &'static str {
    match error {
        PictureError::TooLarge { .. } => "make it smaller: 3,000 pixels are enough for a full page",
        PictureError::Cmyk => "save it in RGB: CMYK colours look wrong on a screen",
        PictureError::Turned => "rotate it in an image editor, and save it",
        _ => "save it again as PNG or JPEG, or draw it as SVG",
    }
}
