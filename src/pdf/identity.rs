//! Writes the identity of the version as properties in XMP, and reads it.

use super::marked_content::one_line;
use super::read::{MAX_STREAM, load};
use crate::dom::Identity;
use crate::version::seal;
use lopdf::Object;
use usvg::roxmltree::{self, ParsingOptions};
use xmp_writer::pdfa::PdfAExtSchemasWriter;
use xmp_writer::{CustomNamespace, Namespace, XmpWriter};

/// The name of the schema; no host that might be another's.
const NAMESPACE: &str = "urn:utkast:identity:1#";
/// Bytes of metadata that are read.
const MAX_XMP: usize = 4 << 20;
/// Nodes of metadata that are read.
const MAX_NODES: u32 = 100_000;

/// What each property is, as the description of the schema says it.
const PROPERTIES: [(&str, &str); 8] = [
    ("title", "Title of the strategy"),
    ("council", "Name of the council"),
    ("version", "Number of the version"),
    ("status", "Status of the version"),
    ("date", "Date of the version"),
    ("audience", "Whom this file is for"),
    ("digest", "SHA-256 of all that makes the version"),
    (
        "seal",
        "SHA-256 of this file with zeros in place of this value",
    ),
];

/// The same of the properties that only a redline has.
const SINCE: [(&str, &str); 3] = [
    (
        "since-version",
        "Number of the version that changes are counted from",
    ),
    (
        "since-status",
        "Status of the version that changes are counted from",
    ),
    (
        "since-digest",
        "SHA-256 of all that makes the version that changes are counted from",
    ),
];

fn namespace() -> Namespace<'static> {
    let own = CustomNamespace::new("utkast identity", "utkast", NAMESPACE);
    Namespace::Custom(Box::new(own))
}

/// Writes the properties, and room for the seal.
pub(super) fn write(identity: &Identity, xmp: &mut XmpWriter<'_>) {
    for (name, value) in identity.fields() {
        let value = one_line(value);
        xmp.element(name, namespace()).value(value.as_str());
    }
    xmp.element("seal", namespace()).value(seal::BLANK);
}

/// Describes the properties, as PDF/A demands of those that it does not know (ISO 19005-2,
/// 6.6.2.3).
pub(super) fn describe(identity: &Identity, schemas: &mut PdfAExtSchemasWriter<'_, '_>) {
    let mut schema = schemas.add_schema();
    schema.namespace(namespace());
    let mut properties = schema.properties();
    let since = SINCE.into_iter().filter(|_| identity.is_redline());
    for (name, description) in PROPERTIES.into_iter().chain(since) {
        let mut property = properties.add_property();
        property.name(name).value_type("Text").category(true);
        property.description(description);
    }
}

/// Which version a PDF is of, if it says so. It may have been saved by another program, or damaged.
pub fn identity_of(bytes: &[u8]) -> Option<Identity> {
    let document = load(bytes).ok();
    match document.as_ref().and_then(|d| Some((d, d.catalog().ok()?))) {
        Some((document, catalog)) => {
            let stream = catalog.get_deref(b"Metadata", document);
            let stream = stream.and_then(Object::as_stream).ok()?;
            read(&stream.get_plain_content_with_limit(MAX_STREAM).ok()?)
        }
        // A damaged file keeps its metadata as plain text, if that part is whole. One that can be read
        // is not searched: a file of ours may lie in it.
        None => read(packet(bytes)?),
    }
}

/// The last packet of metadata that stands in the file as plain text.
fn packet(bytes: &[u8]) -> Option<&[u8]> {
    let find = |within: &[u8], what: &[u8]| within.windows(what.len()).rposition(|w| w == what);
    let name = find(bytes, NAMESPACE.as_bytes())?;
    let start = find(&bytes[..name], b"<?xpacket begin")?;
    let end = bytes[name..]
        .windows(13)
        .position(|w| w == b"<?xpacket end")?;
    Some(&bytes[start..name + end])
}

/// Properties of our own: elements, or attributes where another program wrote them anew, with
/// whatever prefix.
fn read(xmp: &[u8]) -> Option<Identity> {
    let xmp = xmp.get(..xmp.len().min(MAX_XMP))?;
    let text = String::from_utf8_lossy(xmp);
    let text = text
        .trim_start_matches('\u{feff}')
        .trim_end_matches(['\0', ' ']);
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document = roxmltree::Document::parse_with_options(text, options).ok()?;
    let mut identity = Identity::default();
    let mut found = false;
    let mut keep = |name: &str, value: &str| {
        if let Some(field) = identity.field(name).filter(|field| field.is_empty()) {
            value.clone_into(field);
            found = true;
        }
    };
    for node in document.descendants() {
        if node.tag_name().namespace() == Some(NAMESPACE) {
            keep(node.tag_name().name(), node.text().unwrap_or_default());
        }
        for attribute in node.attributes() {
            if attribute.namespace() == Some(NAMESPACE) {
                keep(attribute.name(), attribute.value());
            }
        }
    }
    found.then_some(identity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::Since;

    fn identity() -> Identity {
        Identity {
            title: "Strategi «2026» & <mer>".into(),
            council: "Fjordregionen IPR".into(),
            version: "0.4".into(),
            status: "consultation".into(),
            date: "2027-05-03".into(),
            audience: "public".into(),
            digest: "3f".repeat(32),
            since: Since::default(),
        }
    }

    fn xmp() -> String {
        let mut xmp = XmpWriter::new();
        write(&identity(), &mut xmp);
        describe(&identity(), &mut xmp.extension_schemas());
        xmp.finish(None)
    }

    #[test]
    fn metadata_give_back_what_they_were_given() {
        assert_eq!(read(xmp().as_bytes()), Some(identity()));
        let file = format!("%PDF-1.7 \u{1} {} … cut off", xmp());
        assert_eq!(identity_of(file.as_bytes()), Some(identity()));
    }

    #[test]
    fn metadata_that_another_program_wrote_anew_still_say_what_it_is() {
        let anew = format!(
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><r:RDF xmlns:r=\"rdf\"><r:Description \
             xmlns:n1=\"{NAMESPACE}\" n1:version=\"0.4\" n1:title=\"A &amp; B\"/></r:RDF></x:xmpmeta>"
        );
        let found = read(anew.as_bytes()).expect("it says so");
        assert_eq!(
            (found.version.as_str(), found.title.as_str()),
            ("0.4", "A & B")
        );
    }

    #[test]
    fn every_field_is_described() {
        let described = PROPERTIES.map(|(name, _)| name);
        let written = identity();
        let written = written.fields().into_iter().map(|(name, _)| name);
        assert!(written.chain(["seal"]).eq(described));
    }

    #[test]
    fn a_redline_says_which_version_it_starts_from() {
        let since = Since {
            version: "0.3".into(),
            status: "first_draft".into(),
            digest: "1a".repeat(32),
        };
        let identity = Identity {
            since,
            ..identity()
        };
        let mut xmp = XmpWriter::new();
        write(&identity, &mut xmp);
        describe(&identity, &mut xmp.extension_schemas());
        let xmp = xmp.finish(None);
        assert_eq!(read(xmp.as_bytes()), Some(identity));
        assert_eq!(
            xmp.matches("since-digest").count(),
            3,
            "two tags and a description"
        );
    }

    #[test]
    fn what_is_no_pdf_of_ours_says_nothing() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"b\">]><a>&b;</a>".to_owned();
        let deep = "<a>".repeat(99_999);
        for text in ["", "%PDF-1.7", NAMESPACE, &bomb, &deep] {
            assert_eq!(identity_of(text.as_bytes()), None);
            assert_eq!(read(text.as_bytes()), None);
        }
    }
}
