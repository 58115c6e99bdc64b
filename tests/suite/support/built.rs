//! Pages and PDFs made through the library, and what readers take out of them.

use super::{judges, repository};
use lopdf::{Object, decode_text_string};
use std::path::Path;
use std::sync::OnceLock;
use utkast::compile::targets::PAGE;
use utkast::compile::{self, Build, Compiled, Output, Session, Target, compile, edition};
use utkast::diag::{Severity, Sink};
use utkast::dom::{self, Document, Meta, NodeId};
pub(crate) use utkast::files::Sources;
use utkast::files::read_folder;
pub(crate) use utkast::model::Audience;
use utkast::pdf::{Kid, ReadBack, StructureNode};
use utkast::templates::ENTRY;

/// Builds that follow one another in one session.
#[derive(Default)]
pub(crate) struct Rebuilds {
    session: Session,
}

impl Rebuilds {
    /// Builds in the session.
    pub(crate) fn build(&mut self, sources: &Sources, audience: Audience) -> Compiled {
        self.session.compile(sources, &both(audience), &mut |_| {})
    }

    /// Builds in the session and alone, and sees that all is the same; says whether there are
    /// outputs.
    #[track_caller]
    pub(crate) fn agree(&mut self, sources: &Sources, audience: Audience) -> bool {
        let again = self.build(sources, audience);
        let alone = compile(sources, &both(audience), &mut |_| {});
        assert_eq!(again.diagnostics, alone.diagnostics);
        // With every span, of which a stale one would show only in what is said one day.
        let model = |compiled: &Compiled| format!("{:?}", compiled.strategy);
        assert!(model(&again) == model(&alone), "the models differ");
        // Not `assert_eq!`, which would print both.
        assert!(again.outputs == alone.outputs, "the outputs differ");
        alone.outputs.is_some()
    }

    /// How many things the session holds.
    pub(crate) fn held(&self) -> usize {
        self.session.held()
    }
}

fn both(audience: Audience) -> Build {
    Build {
        audience,
        targets: Target::frozen().collect(),
        ..Build::default()
    }
}

/// A page and a PDF of the same strategy.
pub(crate) struct Built {
    pub(crate) html: String,
    pub(crate) pdf: Vec<u8>,
}

/// The page alone, for tests that need no PDF.
pub(crate) fn page(sources: &Sources, audience: Audience) -> Result<String, String> {
    let mut outputs = outputs(sources, audience, vec![&PAGE])?.into_iter();
    Ok(html(outputs.next()))
}

/// The outputs of these targets.
#[track_caller]
pub(crate) fn made(
    sources: &Sources,
    audience: Audience,
    targets: &[&'static Target],
) -> Vec<Output> {
    outputs(sources, audience, targets.to_vec()).unwrap_or_else(|said| panic!("{said}"))
}

/// The text of a page.
fn html(page: Option<Output>) -> String {
    let bytes = page.expect("a page was asked for").bytes;
    String::from_utf8(bytes).expect("a page is UTF-8")
}

/// What a build gives, or which errors are in the way.
fn outputs(
    sources: &Sources,
    audience: Audience,
    targets: Vec<&'static Target>,
) -> Result<Vec<Output>, String> {
    let build = Build {
        targets,
        ..both(audience)
    };
    let compiled = compile(sources, &build, &mut |_| {});
    compiled.outputs.ok_or_else(|| {
        let said = compiled.diagnostics.iter();
        let errors = said.filter(|d| d.severity() == Severity::Error);
        let errors = errors.map(|d| format!("{} {}", d.rule.code.0, d.message));
        errors.collect::<Vec<_>>().join("\n")
    })
}

impl Built {
    /// Builds a folder, in which there must be no error.
    pub(crate) fn of(folder: &Path, audience: Audience) -> Self {
        let sources = read_folder(folder).expect("the folder can be read");
        Self::of_sources(&sources, audience).unwrap_or_else(|said| panic!("{said}"))
    }

    /// Builds sources, or says which errors are in the way.
    pub(crate) fn of_sources(sources: &Sources, audience: Audience) -> Result<Self, String> {
        let mut outputs = outputs(sources, audience, Target::frozen().collect())?.into_iter();
        Ok(Self {
            html: html(outputs.next()),
            pdf: outputs.next().expect("a PDF was asked for").bytes,
        })
    }

    /// What a reader of the page reads.
    pub(crate) fn page_text(&self) -> String {
        utkast::html::text_of(&self.html)
    }

    /// A text of these outputs without the digest of their sources, to be compared with that of
    /// others.
    pub(crate) fn without_digest(&self, text: &str) -> String {
        let identity = utkast::html::identity_of(self.html.as_bytes());
        let digest = identity.expect("the page says what it is").digest;
        let short = utkast::model::short_digest(&digest);
        text.replace(&digest, "").replace(short, "")
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

    /// The text of the page without its contents, folded.
    pub(crate) fn page_body(&self) -> String {
        let (_, body) = self
            .html
            .split_once("</head>\n<body>")
            .expect("a page has a body");
        body_text(&dom::parse(body, Meta::default()).document)
    }

    /// The text of the PDF without its contents and the marks of lists, folded.
    pub(crate) fn pdf_body(&self) -> String {
        let mut text = String::new();
        element_text(&self.read_pdf().root, &mut text);
        fold(&text)
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
        let output = judges::run("pdftotext", &[file.as_os_str(), "-".as_ref()])?;
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "pdftotext: {err}");
        Some(String::from_utf8(output.stdout).expect("the judge writes UTF-8"))
    }
}

/// The text of the tree that both outputs are made of, without its contents, folded.
pub(crate) fn tree_body(sources: &Sources) -> String {
    body_text(&tree(sources, Audience::Public))
}

/// The tree that both outputs are made of.
pub(crate) fn tree(sources: &Sources, audience: Audience) -> Document {
    let mut session = Session::default();
    let mut sink = Sink::default();
    let build = both(audience);
    let edition = edition(sources, &build, &mut session, &mut sink, &mut |_| {});
    let tree = compile::tree(
        &edition,
        ENTRY,
        &build,
        &mut session,
        &mut sink,
        &mut |_| {},
    );
    tree.expect("there is no error").document
}

/// The words of the trees of two versions that stand beside each other, made in one session. Sees
/// that each is written as it would be alone.
#[track_caller]
pub(crate) fn side_by_side(one: &Sources, other: &Sources) -> [String; 2] {
    let build = both(Audience::Public);
    let session = &mut Session::default();
    let sources = [one, other];
    let mut said = [Sink::default(), Sink::default()];
    let [first, second] = &mut said;
    let editions = [
        edition(one, &build, session, first, &mut |_| {}),
        edition(other, &build, session, second, &mut |_| {}),
    ];
    let [first, second] = &mut said;
    let trees = [
        compile::tree(&editions[0], ENTRY, &build, session, first, &mut |_| {}),
        compile::tree(&editions[1], ENTRY, &build, session, second, &mut |_| {}),
    ];
    let trees = trees.map(|tree| tree.expect("there is no error"));
    for (at, tree) in trees.iter().enumerate().rev() {
        let outputs = compile::write(tree, &build, session, &mut said[at], &mut |_| {});
        let alone = compile(sources[at], &build, &mut |_| {});
        // Not `assert_eq!`, which would print both.
        assert!(outputs == alone.outputs, "the outputs of {at} differ");
        assert!(outputs.is_some());
    }
    trees.map(|tree| body_text(&tree.document))
}

/// The text of a tree without its contents, whose page numbers are in the PDF only.
pub(crate) fn body_text(document: &Document) -> String {
    let mut text = String::new();
    let mut stack = vec![Document::ROOT];
    while let Some(id) = stack.pop() {
        let node = document.get(id);
        text.push_str(node.text().unwrap_or_default());
        let is_list = |id: &NodeId| matches!(document.get(*id).name(), "ol" | "ul");
        let of_contents = node.has_class("toc") || node.is("details");
        let shown = node
            .children
            .iter()
            .rev()
            .filter(|id| !(of_contents && is_list(id)));
        if !node.has_class("skip") {
            stack.extend(shown);
        }
    }
    fold(&text)
}

/// Whether an element is a bullet or number, and not the term of a description.
fn is_list_mark(element: &StructureNode) -> bool {
    element.kind == "Lbl" && !element.text().contains(char::is_alphabetic)
}

pub(crate) fn element_text(element: &StructureNode, out: &mut String) {
    if let Some(text) = element.attribute("ActualText") {
        out.push_str(text);
        return;
    }
    for kid in &element.kids {
        match kid {
            Kid::Node(node) if node.kind == "TOC" || is_list_mark(node) => {}
            Kid::Node(node) => element_text(node, out),
            Kid::Text { text, .. } => out.push_str(text),
            Kid::Annotation { .. } => {}
        }
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
/// a PDF may lose or add what cannot be seen there.
pub(crate) fn fold(text: &str) -> String {
    let unseen = |c: char| {
        matches!(
            c,
            '\u{ad}' | '\u{200b}' | '\u{200d}' | '\u{2060}' | '\u{feff}'
        )
    };
    let seen = text.chars().filter(|&c| !c.is_whitespace() && !unseen(c));
    seen.collect()
}

/// The digest of some words, for words that a test must not name.
pub(crate) fn sha256(text: &str) -> String {
    utkast::files::sha256_hex(text.as_bytes())
}
