//! Embeds faces.
//!
//! `printpdf` makes the font dictionaries, descriptors and `ToUnicode` maps from the subsets and one scratch
//! page that shows every glyph once. [`embed`] corrects its mistakes and copies the objects into our file,
//! without the scratch page.

use super::Error;
use super::faces::{Faces, Subset, Traits};
use super::file::{File, Filter};
use super::syntax::{Ref, Value};
use lopdf::{Document, Object, ObjectId, Stream};
use printpdf::{
    Codepoint, FontId, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfSaveOptions, Pt, TextItem,
};

/// Flags of a font descriptor (ISO 32000-1, table 123).
mod flag {
    pub(super) const SERIF: i64 = 1 << 1;
    pub(super) const SYMBOLIC: i64 = 1 << 2;
    pub(super) const ITALIC: i64 = 1 << 6;
}

/// The faces of the last document as `printpdf` made them and we mended them: they serve for a
/// document that shows the same glyphs.
#[derive(Default)]
pub(super) struct EmbeddedCache(Option<EmbeddedFonts>);

struct EmbeddedFonts {
    of: Vec<SubsetKey>,
    document: Document,
    /// By face.
    fonts: Vec<ObjectId>,
}

/// All of a subset that its embedding depends on.
#[derive(PartialEq)]
struct SubsetKey {
    name: String,
    resource: String,
    data: Vec<u8>,
    widths: Vec<f64>,
    texts: Vec<String>,
    traits: Traits,
}

impl SubsetKey {
    fn of(subset: &Subset<'_>) -> Self {
        Self {
            name: subset.name.clone(),
            resource: subset.resource.clone(),
            data: subset.data.clone(),
            widths: subset.widths.clone(),
            texts: subset.texts.iter().map(|text| (*text).to_owned()).collect(),
            traits: subset.traits,
        }
    }
}

impl EmbeddedCache {
    fn make(&mut self, faces: &Faces<'_>) -> Result<&EmbeddedFonts, Error> {
        let of: Vec<_> = faces.iter().map(SubsetKey::of).collect();
        let made = match self.0.take_if(|made| made.of == of) {
            Some(made) => made,
            None => {
                let mut document = print(faces)?;
                let fonts = mend_all(&mut document, faces);
                let fonts = fonts.map_err(|error| Error::Embedding(error.to_string()))?;
                EmbeddedFonts {
                    of,
                    document,
                    fonts,
                }
            }
        };
        Ok(self.0.insert(made))
    }
}

/// Embeds the faces; returns the name of each in the resources of pages.
pub(super) fn embed(
    faces: &Faces<'_>,
    embedded: &mut EmbeddedCache,
    file: &mut File,
) -> Result<Vec<(String, Ref)>, Error> {
    let made = embedded.make(faces)?;
    let names = faces.iter().map(|subset| subset.resource.clone());
    names
        .zip(&made.fonts)
        .map(|(name, &font)| Ok((name, carry(&made.document, font, file)?)))
        .collect::<Result<_, lopdf::Error>>()
        .map_err(|error| Error::Embedding(error.to_string()))
}

/// Finds the faces in a document and corrects them.
fn mend_all(made: &mut Document, faces: &Faces<'_>) -> Result<Vec<ObjectId>, lopdf::Error> {
    let mut fonts = Vec::new();
    for subset in faces.iter() {
        let font = find_font(made, &subset.resource)?;
        mend(made, font, subset)?;
        fonts.push(font);
    }
    Ok(fonts)
}

/// A document of `printpdf` with a scratch page that shows every glyph once.
fn print(faces: &Faces<'_>) -> Result<Document, Error> {
    let mut document = PdfDocument::new("");
    let mut ops = Vec::new();
    for subset in faces.iter() {
        // The warnings speak of the missing table of characters, which glyph numbers do not need.
        let mut font = ParsedFont::from_bytes(&subset.data, 0, &mut Vec::new())
            .ok_or_else(|| Error::Embedding(format!("tables are missing in `{}`", subset.name)))?;
        font.font_name = Some(subset.name.clone());
        let id = FontId(subset.resource.clone());
        document
            .resources
            .fonts
            .map
            .insert(id.clone(), PdfFont::new(font));
        let glyphs = (0u16..).zip(&subset.texts).skip(1);
        let glyphs = glyphs.map(|(code, text)| Codepoint::with_cid(code, 0.0, (*text).to_owned()));
        ops.push(Op::SetFont {
            font: PdfFontHandle::External(id),
            size: Pt(1.0),
        });
        ops.push(Op::ShowText {
            items: vec![TextItem::GlyphIds(glyphs.collect())],
        });
    }
    document.pages.push(PdfPage::new(Mm(1.0), Mm(1.0), ops));
    Ok(document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new()))
}

fn find_font(made: &Document, resource: &str) -> Result<ObjectId, lopdf::Error> {
    let page = made
        .page_iter()
        .next()
        .ok_or(lopdf::Error::DictKey("Kids".into()))?;
    let resources = made
        .get_dictionary(page)?
        .get_deref(b"Resources", made)?
        .as_dict()?;
    let fonts = resources.get_deref(b"Font", made)?.as_dict()?;
    fonts.get(resource.as_bytes())?.as_reference()
}

/// Mends what `printpdf` cannot know from a subset, or rounds off: widths, and the looks of the
/// face in its descriptor.
fn mend(made: &mut Document, font: ObjectId, subset: &Subset<'_>) -> Result<(), lopdf::Error> {
    let dict = made.get_dictionary_mut(font)?;
    let descendants = dict.get_mut(b"DescendantFonts")?.as_array_mut()?;
    let descendant = descendants
        .first_mut()
        .ok_or(lopdf::Error::DictKey("W".into()))?;
    let descendant = descendant.as_dict_mut()?;
    let widths = subset.widths.iter().map(|&w| real(w)).collect();
    descendant.set("W", vec![Object::Integer(0), Object::Array(widths)]);
    let descriptor = descendant.get(b"FontDescriptor")?.as_reference()?;

    let descriptor = made.get_dictionary_mut(descriptor)?;
    let traits = &subset.traits;
    let mut flags = flag::SYMBOLIC;
    if traits.serif {
        flags |= flag::SERIF;
    }
    if traits.italic_angle != 0.0 {
        flags |= flag::ITALIC;
    }
    descriptor.set("Flags", flags);
    descriptor.set("CapHeight", real(traits.cap_height));
    descriptor.set("ItalicAngle", real(traits.italic_angle));
    descriptor.set("StemV", real(traits.stem));
    Ok(())
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "lopdf keeps numbers as f32"
)]
fn real(number: f64) -> Object {
    Object::Real(number as f32)
}

/// Moves an object and all that it refers to into the file.
fn carry(made: &Document, id: ObjectId, file: &mut File) -> Result<Ref, lopdf::Error> {
    let mut object = made.get_object(id)?.clone();
    renumber(made, &mut object, file)?;
    Ok(match object {
        Object::Stream(Stream { dict, content, .. }) => {
            // The file gives the filter and the length itself.
            let own = |key: &[u8]| matches!(key, b"Filter" | b"Length");
            file.add_stream(content, Filter::Flate, |d| {
                for (key, value) in dict.iter().filter(|(key, _)| !own(key)) {
                    write_object(value, d.value(&String::from_utf8_lossy(key)));
                }
            })
        }
        object => file.add(|v| write_object(&object, v)),
    })
}

/// Moves what an object refers to, and makes it refer to the moved objects.
fn renumber(made: &Document, object: &mut Object, file: &mut File) -> Result<(), lopdf::Error> {
    let mut mend = |object: &mut Object| renumber(made, object, file);
    match object {
        Object::Reference(id) => *id = (carry(made, *id, file)?.number(), 0),
        Object::Array(items) => items.iter_mut().try_for_each(mend)?,
        Object::Dictionary(dict) => dict.iter_mut().try_for_each(|(_, value)| mend(value))?,
        Object::Stream(stream) => stream
            .dict
            .iter_mut()
            .try_for_each(|(_, value)| mend(value))?,
        _ => {}
    }
    Ok(())
}

fn write_object(object: &Object, place: Value<'_>) {
    match object {
        Object::Null => place.null(),
        Object::Boolean(value) => place.bool(*value),
        Object::Integer(number) => place.int(*number),
        Object::Real(number) => place.real(f64::from(*number)),
        Object::Name(name) => place.name(&String::from_utf8_lossy(name)),
        Object::String(bytes, _) => place.bytes(bytes),
        Object::Reference((number, _)) => place.reference(Ref::of_number(*number)),
        Object::Array(items) => place.array(|a| {
            for item in items {
                write_object(item, a.value());
            }
        }),
        Object::Dictionary(dict) | Object::Stream(Stream { dict, .. }) => place.dict(|d| {
            for (key, value) in dict {
                write_object(value, d.value(&String::from_utf8_lossy(key)));
            }
        }),
    }
}
