//! The text of each marked content sequence of a page.

use super::{ILLEGIBLE, MAX_DEPTH, MAX_TEXT, text_string};
use crate::pdf::Error;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};
use std::collections::BTreeMap;

/// Bytes that the content of a page may inflate to.
const MAX_CONTENT: usize = 16 << 20;
/// Bytes that the content of all pages may inflate to.
const MAX_ALL_CONTENT: usize = 512 << 20;
/// Bytes of a text whose codes are looked up at once; a code may stand for a long text.
const PIECE: usize = 256;
/// A step down by this part of the size of type begins a new line; less is a raised letter.
const NEW_LINE: f32 = 0.6;

/// What stands on a page.
#[derive(Debug, Default)]
pub(super) struct PageContent {
    /// By number of the sequence.
    pub(super) sequences: BTreeMap<i64, String>,
    pub(super) artifacts: String,
    pub(super) unmarked: String,
}

/// What a stretch of marked content is.
enum MarkedContentKind {
    Sequence(i64),
    Artifact,
    /// Read as something else than its glyphs; what its glyphs say is dropped.
    ReadAs,
    Plain,
}

struct Interpreter<'a> {
    document: &'a Document,
    /// Those whose glyphs can be read.
    fonts: BTreeMap<Vec<u8>, Encoding<'a>>,
    /// Properties of marked content, by the name that it gives.
    properties: Option<&'a Dictionary>,
    font: Vec<u8>,
    size: f32,
    /// Where the line begins, and how deep the last text stood.
    at: (f32, f32),
    last: Option<(f32, f32)>,
    marks: Vec<MarkedContentKind>,
    /// Bytes of text that may still be taken from pages.
    left: usize,
    page: PageContent,
}

/// The content of pages.
pub(super) fn read_pages(
    document: &Document,
    pages: &[ObjectId],
) -> Result<Vec<PageContent>, Error> {
    let mut left = (MAX_ALL_CONTENT, MAX_TEXT);
    let read = pages
        .iter()
        .map(|&page| read_page(document, page, &mut left));
    read.collect()
}

/// Reads a page; `left` are the bytes of content and of text that pages may still have.
fn read_page(
    document: &Document,
    page: ObjectId,
    left: &mut (usize, usize),
) -> Result<PageContent, Error> {
    let resources = resources(document, page);
    let entry = |key: &[u8]| -> Option<&Dictionary> {
        resources?.get_deref(key, document).ok()?.as_dict().ok()
    };
    let fonts = entry(b"Font").into_iter().flatten();
    let fonts = fonts.filter_map(|(name, font)| {
        let (_, font) = document.dereference(font).ok()?;
        let encoding = font.as_dict().ok()?.get_font_encoding(document).ok()?;
        Some((name.clone(), encoding))
    });
    let mut interpreter = Interpreter {
        document,
        fonts: fonts.collect(),
        properties: entry(b"Properties"),
        font: Vec::new(),
        size: 1.0,
        at: (0.0, 0.0),
        last: None,
        marks: Vec::new(),
        left: left.1,
        page: PageContent::default(),
    };
    let bytes = document.get_page_content_with_limit(page, MAX_CONTENT.min(left.0))?;
    left.0 -= bytes.len().min(left.0);
    for operation in Content::decode(&bytes)?.operations {
        interpreter.step(&operation);
        if interpreter.left == 0 {
            return Err(Error::TooLarge);
        }
    }
    left.1 = interpreter.left;
    Ok(interpreter.page)
}

/// The resources of a page: its own, or those of the nearest node above it.
fn resources(document: &Document, page: ObjectId) -> Option<&Dictionary> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..MAX_DEPTH {
        if let Ok(found) = node.get_deref(b"Resources", document) {
            return found.as_dict().ok();
        }
        let above = node.get(b"Parent").and_then(Object::as_reference).ok()?;
        node = document.get_dictionary(above).ok()?;
    }
    None
}

impl Interpreter<'_> {
    fn step(&mut self, operation: &Operation) {
        let operands = &operation.operands;
        let number = |i: usize| {
            operands
                .get(i)
                .and_then(|n| n.as_float().ok())
                .unwrap_or(0.0)
        };
        match operation.operator.as_str() {
            "BDC" | "BMC" => self.begin(operands),
            "EMC" => {
                self.marks.pop();
            }
            "BT" => self.at = (0.0, 0.0),
            "Td" | "TD" => self.at = (self.at.0 + number(0), self.at.1 + number(1)),
            "Tm" => self.at = (number(4), number(5)),
            "Tf" => {
                if let Some(Object::Name(name)) = operands.first() {
                    self.font.clone_from(name);
                }
                self.size = number(1);
            }
            "Tj" | "TJ" | "'" | "\"" => {
                let text = self.decode(operands);
                self.take(&text);
            }
            "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "sh" => self.paint("path"),
            // Forms are not gone into; our files have none.
            "Do" => self.paint("picture"),
            _ => {}
        }
    }

    fn begin(&mut self, operands: &[Object]) {
        let is_artifact = matches!(operands.first(), Some(Object::Name(n)) if n == b"Artifact");
        let properties = match operands.get(1) {
            Some(Object::Dictionary(properties)) => Some(properties),
            Some(Object::Name(name)) => self.properties.and_then(|all| {
                let properties = all.get_deref(name, self.document);
                properties.and_then(Object::as_dict).ok()
            }),
            _ => None,
        };
        let number = properties.and_then(|p| p.get(b"MCID").and_then(Object::as_i64).ok());
        let read_as = properties.and_then(|p| p.get(b"ActualText").ok());
        if let Some(number) = number {
            self.page.sequences.entry(number).or_default();
            self.marks.push(MarkedContentKind::Sequence(number));
        } else if is_artifact {
            self.marks.push(MarkedContentKind::Artifact);
        } else if let Some(text) = read_as {
            self.take(&text_string(text));
            self.marks.push(MarkedContentKind::ReadAs);
        } else {
            self.marks.push(MarkedContentKind::Plain);
        }
    }

    fn decode(&self, operands: &[Object]) -> String {
        let encoding = self.fonts.get(&self.font);
        let mut text = String::new();
        for operand in operands {
            let pieces = match operand {
                Object::Array(pieces) => pieces.as_slice(),
                one => std::slice::from_ref(one),
            };
            let texts = pieces.iter().filter_map(|piece| piece.as_str().ok());
            for bytes in texts.flat_map(|text| text.chunks(PIECE)) {
                if text.len() > self.left {
                    return text;
                }
                let decoded = encoding.and_then(|e| Document::decode_text(e, bytes).ok());
                match decoded {
                    Some(decoded) => text.push_str(&decoded),
                    None => text.push(ILLEGIBLE),
                }
            }
        }
        text
    }

    /// Takes text that is shown here, with a line feed before it if a line has ended.
    fn take(&mut self, text: &str) {
        if self
            .marks
            .iter()
            .any(|mark| matches!(mark, MarkedContentKind::ReadAs))
        {
            return;
        }
        self.left = self.left.saturating_sub(text.len());
        if self.left == 0 {
            return;
        }
        let (x, y) = self.at;
        let artifact = self
            .marks
            .iter()
            .any(|mark| matches!(mark, MarkedContentKind::Artifact));
        let new_line = self.last.is_none_or(|(last_x, last_y)| {
            let lower = (last_y - y).abs() > NEW_LINE * self.size.abs();
            lower && (x <= last_x || y > last_y)
        });
        if !artifact {
            self.last = Some(self.at);
        }
        let into = self.place();
        if new_line {
            into.push('\n');
        }
        into.push_str(text);
    }

    fn paint(&mut self, what: &str) {
        if self
            .marks
            .iter()
            .all(|mark| matches!(mark, MarkedContentKind::Plain))
        {
            self.page.unmarked.push_str(&format!("<{what}>"));
        }
    }

    /// Where text goes: the innermost sequence, or else the artifact.
    fn place(&mut self) -> &mut String {
        let sequence = self.marks.iter().rev().find_map(|mark| match mark {
            MarkedContentKind::Sequence(number) => Some(*number),
            _ => None,
        });
        if let Some(number) = sequence {
            return self.page.sequences.entry(number).or_default();
        }
        match self
            .marks
            .iter()
            .any(|mark| matches!(mark, MarkedContentKind::Artifact))
        {
            true => &mut self.page.artifacts,
            false => &mut self.page.unmarked,
        }
    }
}
