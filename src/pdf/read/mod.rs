//! Reads a PDF through its structure tree, as screen readers do.
//!
//! [`read`] takes any tagged PDF, not only ours, so that a file can be asked what it says: what it
//! cannot read there, such as text of a font that does not say which letters its glyphs are, or
//! text in forms, becomes [`ILLEGIBLE`]. What stands on a page but in no element and no artifact
//! comes out as [`unmarked`](ReadBack::unmarked).

mod content;
mod print;
mod tree;

use super::Error;
use content::PageContent;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, decode_text_string};
use std::collections::{BTreeMap, BTreeSet};

/// Stands for text that cannot be read.
pub const ILLEGIBLE: char = char::REPLACEMENT_CHARACTER;

/// A file with a deeper structure tree is refused, a deeper outline cut off.
const MAX_DEPTH: usize = 256;
/// A file with more elements than this is refused.
const MAX_ELEMENTS: usize = 5_000_000;
/// Bytes of text that a structure tree may hold.
const MAX_TEXT: usize = 256 << 20;
/// Bytes that a stream of objects may inflate to.
pub(super) const MAX_STREAM: usize = 64 << 20;
/// How far down the file its header may stand: readers look no further.
const HEADER_WITHIN: usize = 1024;

/// A PDF as its readers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadBack {
    /// Title in the metadata of the file.
    pub title: String,
    /// Language of the document.
    pub language: String,
    /// How many pages there are.
    pub pages: usize,
    /// The root of the structure tree; its type is `StructTreeRoot`.
    pub root: StructureNode,
    /// The outline.
    pub bookmarks: Vec<Bookmark>,
    /// Names that an address can point at (`#nameddest=`), in order.
    pub destinations: Vec<String>,
    /// Content of pages that is neither in an element nor an artifact: its text, and a word in
    /// angle brackets for what is no text. Empty in a whole PDF/UA file.
    pub unmarked: String,
    /// Text in artifacts, page by page.
    pub artifacts: Vec<String>,
}

/// An element of the structure tree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StructureNode {
    /// Its type, e.g. `P`.
    pub kind: String,
    /// What it says beside its content, e.g. `Alt`, `Lang`, `Scope`, in the order of the file.
    pub attributes: Vec<(String, String)>,
    /// Index of the page that it begins on, as far as it says so.
    pub page: Option<usize>,
    /// What stands below it, in reading order.
    pub kids: Vec<Kid>,
}

/// What stands below an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kid {
    /// An element.
    Node(StructureNode),
    /// Text on a page; a line feed stands where a line or page ended before it or in it.
    Text {
        /// The text.
        text: String,
        /// Index of the page.
        page: usize,
    },
    /// An annotation: for a link, where it leads.
    Annotation {
        /// `page 3` or an address; for what is no link, its type.
        target: String,
        /// What it is called.
        words: String,
        /// Index of the page.
        page: usize,
    },
}

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// What it says.
    pub title: String,
    /// Index of the page that it leads to.
    pub page: Option<usize>,
    /// Entries below it.
    pub below: Vec<Bookmark>,
}

/// Reads a PDF.
///
/// # Errors
/// [`Error::NoPdf`], [`Error::Untagged`] and [`Error::Encrypted`] say why there is no tree to be
/// read; [`Error::TooLarge`] and [`Error::Unreadable`] that the file is too large or damaged.
pub fn read(bytes: &[u8]) -> Result<ReadBack, Error> {
    let start = &bytes[..bytes.len().min(HEADER_WITHIN)];
    if !start.windows(5).any(|word| word == b"%PDF-") {
        return Err(Error::NoPdf);
    }
    let document = load(bytes)?;
    if document.is_encrypted() {
        return Err(Error::Encrypted);
    }
    let catalog = document.catalog()?;
    let root = catalog.get_deref(b"StructTreeRoot", &document);
    let root = root
        .and_then(Object::as_dict)
        .map_err(|_| Error::Untagged)?;
    let file = Reader::new(&document)?;
    let info = document
        .trailer
        .get_deref(b"Info", &document)
        .and_then(Object::as_dict);
    let joined = |part: fn(&PageContent) -> &String| file.content.iter().map(part);
    Ok(ReadBack {
        title: info
            .map(|info| file.text_entry(info, b"Title"))
            .unwrap_or_default(),
        language: file.text_entry(catalog, b"Lang"),
        pages: file.content.len(),
        root: file.structure(root)?,
        bookmarks: file.bookmarks(catalog),
        destinations: file.destinations(catalog),
        unmarked: joined(|page| &page.unmarked).cloned().collect(),
        artifacts: joined(|page| &page.artifacts).cloned().collect(),
    })
}

/// The objects of a file.
pub(super) fn load(bytes: &[u8]) -> Result<Document, Error> {
    let limits = LoadOptions::with_max_decompressed_size(MAX_STREAM);
    Ok(Document::load_mem_with_options(bytes, limits)?)
}

/// A file that is being read.
struct Reader<'a> {
    document: &'a Document,
    /// Index of each page.
    pages: BTreeMap<ObjectId, usize>,
    /// By index of the page.
    content: Vec<PageContent>,
}

impl<'a> Reader<'a> {
    fn new(document: &'a Document) -> Result<Self, Error> {
        let ids: Vec<ObjectId> = document.page_iter().collect();
        Ok(Self {
            document,
            content: content::read_pages(document, &ids)?,
            pages: ids.into_iter().zip(0..).collect(),
        })
    }

    fn text_entry(&self, dict: &Dictionary, key: &[u8]) -> String {
        let value = dict.get_deref(key, self.document);
        value.map(text_string).unwrap_or_default()
    }

    /// The page that a destination leads to, unless it is given by name.
    fn page_of(&self, destination: &Object) -> Option<usize> {
        let (_, destination) = self.document.dereference(destination).ok()?;
        let first = destination.as_array().ok()?.first()?.as_reference().ok()?;
        self.pages.get(&first).copied()
    }

    /// The destination that an entry of the outline or a link has, or its action.
    fn destination(&self, entry: &'a Dictionary) -> Option<&'a Object> {
        let action = || entry.get_deref(b"A", self.document)?.as_dict()?.get(b"D");
        entry.get(b"Dest").or_else(|_| action()).ok()
    }

    fn bookmarks(&self, catalog: &Dictionary) -> Vec<Bookmark> {
        let outline = catalog
            .get_deref(b"Outlines", self.document)
            .and_then(Object::as_dict);
        let mut seen = BTreeSet::new();
        outline
            .map(|outline| self.bookmarks_below(outline, 0, &mut seen))
            .unwrap_or_default()
    }

    /// The entries below one. Each object counts once, so that circles end.
    fn bookmarks_below(
        &self,
        above: &Dictionary,
        depth: usize,
        seen: &mut BTreeSet<ObjectId>,
    ) -> Vec<Bookmark> {
        let mut found = Vec::new();
        let mut next = above.get(b"First");
        while let Ok(id) = next.and_then(Object::as_reference) {
            let Ok(entry) = self.document.get_dictionary(id) else {
                break;
            };
            if depth > MAX_DEPTH || !seen.insert(id) {
                break;
            }
            found.push(Bookmark {
                title: self.text_entry(entry, b"Title"),
                page: self
                    .destination(entry)
                    .and_then(|place| self.page_of(place)),
                below: self.bookmarks_below(entry, depth + 1, seen),
            });
            next = entry.get(b"Next");
        }
        found
    }

    /// The names of the name tree of destinations.
    fn destinations(&self, catalog: &Dictionary) -> Vec<String> {
        let names = catalog
            .get_deref(b"Names", self.document)
            .and_then(Object::as_dict);
        let tree = names.and_then(|names| names.get_deref(b"Dests", self.document)?.as_dict());
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<&Dictionary> = tree.into_iter().collect();
        while let Some(node) = waiting.pop() {
            let array = |key| {
                node.get_deref(key, self.document)
                    .and_then(Object::as_array)
            };
            let names = array(b"Names").map_or(&[][..], Vec::as_slice);
            let names = names
                .iter()
                .step_by(2)
                .filter_map(|name| name.as_str().ok());
            found.extend(names.map(|name| String::from_utf8_lossy(name).into_owned()));
            let kids = array(b"Kids").map_or(&[][..], Vec::as_slice);
            let kids = kids.iter().rev().filter_map(|kid| kid.as_reference().ok());
            let kids = kids.filter(|&kid| seen.insert(kid));
            waiting.extend(kids.filter_map(|kid| self.document.get_dictionary(kid).ok()));
        }
        found
    }
}

/// A text string (ISO 32000-1, 7.9.2.2); empty if the object is not a string.
fn text_string(object: &Object) -> String {
    decode_text_string(object).unwrap_or_else(|_| {
        let bytes = object.as_str().unwrap_or_default();
        String::from_utf8_lossy(bytes).into_owned()
    })
}
