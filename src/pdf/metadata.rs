//! Metadata: the information dictionary and the equivalent XMP.
//!
//! XMP carries the claims of conformance (ISO 14289-1, 5; ISO 19005-2, 6.6.4), and the description
//! of the PDF/UA schema that PDF/A requires (ISO 19005-2, 6.6.2.3).

use super::file::{File, Filter};
use super::identity;
use super::marked_content::one_line;
use super::syntax::Ref;
use crate::dom::{Document, Meta};
use jiff::civil;
use jiff::tz::Offset;
use xmp_writer::pdfa::PdfUAIdDescriptionMode;
use xmp_writer::{DateTime, LangId, Timezone, XmpWriter};

/// What made the file.
const PRODUCER: &str = concat!("utkast ", env!("CARGO_PKG_VERSION"));

/// The title of a document: its own, or else its first heading.
pub(super) fn title(document: &Document) -> Option<String> {
    let own = one_line(&document.meta.title);
    if !own.is_empty() {
        return Some(own);
    }
    let mut nodes = document.descendants(Document::ROOT);
    let heading = nodes.find(|&n| matches!(document.get(n).heading_level(), Some(1 | 2)))?;
    let title = one_line(&document.title_of(heading));
    (!title.is_empty()).then_some(title)
}

/// The date of a document in UTC, if it has a legal one.
fn date(meta: &Meta) -> Option<civil::DateTime> {
    let stamp: jiff::Timestamp = meta.date.trim().parse().ok()?;
    let date = Offset::UTC.to_datetime(stamp);
    (date.year() >= 0).then_some(date)
}

/// Writes the information dictionary (ISO 32000-1, 14.3.3).
pub(super) fn write_info(title: &str, meta: &Meta, file: &mut File) -> Ref {
    file.add(|v| {
        v.dict(|d| {
            d.text("Title", title);
            for (key, text) in [("Author", &meta.author), ("Subject", &meta.description)] {
                if !text.is_empty() {
                    d.text(key, text);
                }
            }
            d.text("Creator", PRODUCER);
            d.text("Producer", PRODUCER);
            if let Some(date) = date(meta) {
                let date = date.strftime("D:%Y%m%d%H%M%SZ").to_string();
                d.text("CreationDate", &date);
                d.text("ModDate", &date);
            }
        });
    })
}

/// Writes the XMP stream, which stays readable without inflating: the seal of the file is filled in
/// later, and its length must not change then.
pub(super) fn write_xmp(title: &str, meta: &Meta, file: &mut File) -> Ref {
    let mut xmp = XmpWriter::new();
    xmp.format("application/pdf");
    xmp.title([(Some(LangId(&meta.language)), title), (None, title)]);
    xmp.language([LangId(&meta.language)]);
    if !meta.author.is_empty() {
        xmp.creator([meta.author.as_str()]);
    }
    if !meta.description.is_empty() {
        xmp.description([(None, meta.description.as_str())]);
    }
    xmp.creator_tool(PRODUCER);
    xmp.producer(PRODUCER);
    if let Some(date) = date(meta) {
        let date = stamp(date);
        xmp.create_date(date);
        xmp.modify_date(date);
        xmp.metadata_date(date);
    }
    xmp.pdfua_part(1);
    xmp.pdfa_part(2);
    xmp.pdfa_conformance("A");
    if let Some(identity) = &meta.identity {
        identity::write(identity, &mut xmp);
    }
    let mut schemas = xmp.extension_schemas();
    schemas
        .pdfua_id()
        .properties()
        .describe_all(PdfUAIdDescriptionMode::UA1);
    if let Some(identity) = &meta.identity {
        identity::describe(identity, &mut schemas);
    }
    drop(schemas);
    let data = xmp.finish(None).into_bytes();
    file.add_stream(data, Filter::AsIs, |d| {
        d.name("Type", "Metadata");
        d.name("Subtype", "XML");
    })
}

fn stamp(date: civil::DateTime) -> DateTime {
    let part = |n: i8| n.unsigned_abs();
    DateTime::new(
        date.year().unsigned_abs(),
        part(date.month()),
        part(date.day()),
        part(date.hour()),
        part(date.minute()),
        part(date.second()),
        Timezone::Utc,
    )
}
