//! The content of one page: what text each marked content sequence shows.

use super::text_string;
use crate::pdf::Error;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};
use std::collections::BTreeMap;

/// Bytes that the content of a page may inflate to.
const MAX_CONTENT: usize = 64 << 20;
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
enum Mark {
    Sequence(i64),
    Artifact,
    /// Read as something else than its glyphs; what its glyphs say is dropped.
    ReadAs,
    Plain,
}

struct Interpreter<'a> {
    fonts: BTreeMap<Vec<u8>, Encoding<'a>>,
    font: Vec<u8>,
    size: f32,
    /// Where the line begins, and how deep the last text stood.
    at: (f32, f32),
    last: Option<(f32, f32)>,
    marks: Vec<Mark>,
    page: PageContent,
}

pub(super) fn read_page(document: &Document, page: ObjectId) -> Result<PageContent, Error> {
    let fonts = document.get_page_fonts(page)?;
    let fonts = fonts
        .into_iter()
        .map(|(name, dict): (_, &Dictionary)| Ok((name, dict.get_font_encoding(document)?)));
    let mut interpreter = Interpreter {
        fonts: fonts.collect::<Result<_, lopdf::Error>>()?,
        font: Vec::new(),
        size: 1.0,
        at: (0.0, 0.0),
        last: None,
        marks: Vec::new(),
        page: PageContent::default(),
    };
    let bytes = document.get_page_content_with_limit(page, MAX_CONTENT)?;
    for operation in Content::decode(&bytes)?.operations {
        interpreter.step(&operation)?;
    }
    Ok(interpreter.page)
}

impl Interpreter<'_> {
    fn step(&mut self, operation: &Operation) -> Result<(), Error> {
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
                let text = self.decode(operands)?;
                self.take(&text);
            }
            "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "sh" => self.paint("path"),
            // Pictures only: our files have no forms, so there is nothing to go into.
            "Do" => self.paint("picture"),
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, operands: &[Object]) {
        let is_artifact = matches!(operands.first(), Some(Object::Name(n)) if n == b"Artifact");
        let properties = operands.get(1).and_then(|p| p.as_dict().ok());
        let number = properties.and_then(|p| p.get(b"MCID").and_then(Object::as_i64).ok());
        let read_as = properties.and_then(|p| p.get(b"ActualText").and_then(Object::as_str).ok());
        if let Some(number) = number {
            self.page.sequences.entry(number).or_default();
            self.marks.push(Mark::Sequence(number));
        } else if is_artifact {
            self.marks.push(Mark::Artifact);
        } else if let Some(text) = read_as {
            self.take(&text_string(text));
            self.marks.push(Mark::ReadAs);
        } else {
            self.marks.push(Mark::Plain);
        }
    }

    fn decode(&self, operands: &[Object]) -> Result<String, Error> {
        let Some(encoding) = self.fonts.get(&self.font) else {
            return Err(Error::Unreadable("text is shown without a font".into()));
        };
        let mut text = String::new();
        for operand in operands {
            let pieces = match operand {
                Object::Array(pieces) => pieces.as_slice(),
                one => std::slice::from_ref(one),
            };
            for bytes in pieces.iter().filter_map(|piece| piece.as_str().ok()) {
                text.push_str(&Document::decode_text(encoding, bytes)?);
            }
        }
        Ok(text)
    }

    /// Takes text that is shown here, with a line feed before it if a line has ended.
    fn take(&mut self, text: &str) {
        if self.marks.iter().any(|mark| matches!(mark, Mark::ReadAs)) {
            return;
        }
        let (x, y) = self.at;
        let artifact = self.marks.iter().any(|mark| matches!(mark, Mark::Artifact));
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
        if self.marks.iter().all(|mark| matches!(mark, Mark::Plain)) {
            self.page.unmarked.push_str(&format!("<{what}>"));
        }
    }

    /// Where text goes: the innermost sequence, or else the artifact.
    fn place(&mut self) -> &mut String {
        let sequence = self.marks.iter().rev().find_map(|mark| match mark {
            Mark::Sequence(number) => Some(*number),
            _ => None,
        });
        if let Some(number) = sequence {
            return self.page.sequences.entry(number).or_default();
        }
        match self.marks.iter().any(|mark| matches!(mark, Mark::Artifact)) {
            true => &mut self.page.artifacts,
            false => &mut self.page.unmarked,
        }
    }
}
