//! Pages and PDFs made through the library, and what readers take out of them.

use super::{judges, repository};
use lopdf::{Object, decode_text_string};
use std::path::Path;
use std::sync::OnceLock;
use utkast::compile::{Build, compile};
use utkast::dom::{self, Document, Meta};
use utkast::files::{Sources, read_folder};
pub(crate) use utkast::model::Audience;
use utkast::pdf::{Kid, ReadBack, StructureNode};

/// A page and a PDF of the same strategy.
pub(crate) struct Built {
    pub(crate) html: String,
    pub(crate) pdf: Vec<u8>,
}

impl Built {
    /// Builds a folder, in which there must be no error.
    pub(crate) fn of(folder: &Path, audience: Audience) -> Self {
        let sources = read_folder(folder).expect("the folder can be read");
        Self::of_sources(&sources, audience).unwrap_or_else(|said| panic!("{said}"))
    }

    /// Builds sources, or says which errors are in the way.
    pub(crate) fn of_sources(sources: &Sources, audience: Audience) -> Result<Self, String> {
        let build = Build {
            audience,
            html: true,
            pdf: true,
            date: None,
        };
        let compiled = compile(sources, build, &mut |_| {});
        let outputs = compiled
            .outputs
            .ok_or_else(|| format!("{:#?}", compiled.diagnostics))?;
        Ok(Self {
            html: outputs.html.expect("a page was asked for"),
            pdf: outputs.pdf.expect("a PDF was asked for"),
        })
    }

    /// What a reader of the page reads.
    pub(crate) fn page_text(&self) -> String {
        utkast::html::text_of(&self.html)
    }

    /// For each element of the page with this name, the folded texts of its child elements.
    pub(crate) fn page_elements(&self, name: &str) -> Vec<Vec<String>> {
        let body = self
            .html
            .split_once("</head>\n<body>")
            .map_or("", |(_, body)| body);
        let document = dom::parse(body, Meta::default()).document;
        let found = document.descendants(Document::ROOT);
        let found = found.filter(|&id| document.get(id).is(name));
        let below = found.map(|id| {
            let children = document.get(id).children.iter();
            let elements = children.filter(|&&child| document.get(child).text().is_none());
            elements
                .map(|&child| fold(&document.text_of(child)))
                .collect()
        });
        below.collect()
    }

    /// For each element of the PDF of this type, the folded texts of the elements below it.
    pub(crate) fn pdf_elements(&self, kind: &str) -> Vec<Vec<String>> {
        let read = self.read_pdf();
        let found = read.elements().filter(|element| element.kind == kind);
        let below = found.map(|element| {
            let nodes = element.kids.iter().filter_map(node);
            nodes.map(|node| fold(&node.text())).collect()
        });
        below.collect()
    }

    /// Everything in the PDF that is text, shown or not: strings and names of its objects, and its
    /// streams after they are unpacked.
    pub(crate) fn pdf_strings(&self) -> Vec<String> {
        let file = lopdf::Document::load_mem(&self.pdf).expect("the PDF can be read back");
        let mut found = Vec::new();
        let trailer = Object::Dictionary(file.trailer.clone());
        for object in file.objects.values().chain([&trailer]) {
            strings(object, &mut found);
        }
        found
    }

    /// The PDF as its structure tree has it.
    pub(crate) fn read_pdf(&self) -> ReadBack {
        utkast::pdf::read(&self.pdf).expect("the PDF can be read back")
    }

    /// The text of the PDF as poppler takes it out; `None` if it is not installed and need not be.
    pub(crate) fn pdftotext(&self) -> Option<String> {
        let folder = tempfile::tempdir().expect("there is room for a file");
        let file = folder.path().join("strategy.pdf");
        std::fs::write(&file, &self.pdf).expect("there is room for a file");
        judges::ask("pdftotext", &[file.as_os_str(), "-".as_ref()])
    }
}

fn node(kid: &Kid) -> Option<&StructureNode> {
    match kid {
        Kid::Node(node) => Some(node),
        Kid::Text { .. } | Kid::Annotation { .. } => None,
    }
}

fn strings(object: &Object, found: &mut Vec<String>) {
    let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match object {
        Object::String(bytes, _) => {
            found.push(decode_text_string(object).unwrap_or_else(|_| lossy(bytes)));
        }
        Object::Name(bytes) => found.push(lossy(bytes)),
        Object::Array(values) => values.iter().for_each(|value| strings(value, found)),
        Object::Dictionary(values) => values.iter().for_each(|(key, value)| {
            found.push(lossy(key));
            strings(value, found);
        }),
        Object::Stream(stream) => {
            strings(&Object::Dictionary(stream.dict.clone()), found);
            let content = stream.decompressed_content();
            found.push(lossy(content.as_ref().unwrap_or(&stream.content)));
        }
        _ => {}
    }
}

/// The strategy of the repository's own council, built once for each audience.
pub(crate) fn real(audience: Audience) -> &'static Built {
    static PUBLIC: OnceLock<Built> = OnceLock::new();
    static INTERNAL: OnceLock<Built> = OnceLock::new();
    let built = match audience {
        Audience::Public => &PUBLIC,
        Audience::Internal => &INTERNAL,
    };
    built.get_or_init(|| Built::of(&repository("strategy"), audience))
}

/// A text without white space, soft hyphens and joiners: lines end where they will, and a reader of
/// a PDF may lose or add the spaces there.
pub(crate) fn fold(text: &str) -> String {
    let counts = |c: &char| {
        !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
    };
    text.chars().filter(counts).collect()
}

/// The digest of some words, for words that a test must not name.
pub(crate) fn sha256(text: &str) -> String {
    utkast::files::sha256_hex(text.as_bytes())
}
