//! A cache of parsed files, so that `load` parses only files that have changed.

use super::file_offset::FileOffset;
use super::front_matter::MarkdownFile;
use super::schema::FileKind;
use super::{markdown, validate};
use crate::cache::TwoBuildCache;
use crate::diag::{Diagnostic, Sink};
use crate::files::FileId;
use crate::model::Text;
use std::any::Any;
use toml::Deserializer;

/// Bodies of Markdown and texts of TOML as they were read, with what was said of them, by the text
/// and the place where it stands. What the last build did not read is dropped.
#[derive(Default)]
pub struct Cache {
    bodies: TwoBuildCache<CacheKey, CacheEntry<Text>>,
    tables: TwoBuildCache<CacheKey, CacheEntry<Box<dyn Any + Send + Sync>>>,
}

/// A text and its place, which every span of what is read from it names.
#[derive(PartialEq, Eq, Hash)]
struct CacheKey {
    file: FileId,
    start: usize,
    /// The kind of file whose schema validates a TOML text.
    kind: &'static str,
    text: String,
}

/// The parsed content and its diagnostics.
struct CacheEntry<T> {
    value: T,
    said: Vec<Diagnostic>,
}

impl Cache {
    /// Goes on to the next build.
    pub(super) fn turn(&mut self) {
        self.bodies.turn();
        self.tables.turn();
    }

    /// How many texts are held.
    pub fn len(&self) -> usize {
        self.bodies.len() + self.tables.len()
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The body of a Markdown file.
    pub(super) fn body(&mut self, split: &MarkdownFile<'_>, file: FileId, sink: &mut Sink) -> Text {
        let key = CacheKey {
            file,
            start: split.body_start,
            kind: "",
            text: split.body.to_owned(),
        };
        if let Some(known) = self.bodies.find(&key) {
            sink.repeat(&known.said);
            return known.value.clone();
        }
        let before = sink.len();
        let value = markdown::read(split.body, file, split.body_start, sink);
        let entry = CacheEntry {
            value: value.clone(),
            said: sink.since(before).to_vec(),
        };
        self.bodies.keep(key, entry);
        value
    }

    /// A text of TOML as the value that `read` makes of it; `None` if it cannot be used.
    pub(super) fn toml<T: Clone + Send + Sync + 'static>(
        &mut self,
        text: &str,
        place: FileOffset,
        kind: &'static FileKind,
        read: impl FnOnce(Deserializer<'_>) -> Result<T, toml::de::Error>,
        sink: &mut Sink,
    ) -> Option<T> {
        let whole = place.span(0..text.len());
        let key = CacheKey {
            file: whole.file,
            start: whole.start as usize,
            kind: kind.name,
            text: text.to_owned(),
        };
        if let Some(known) = self.tables.find(&key)
            && let Some(value) = known.value.downcast_ref::<Option<T>>()
        {
            sink.repeat(&known.said);
            return value.clone();
        }
        let before = sink.len();
        let value: Option<T> = validate::read_toml(text, place, kind, read, sink);
        let entry = CacheEntry {
            value: Box::new(value.clone()) as Box<dyn Any + Send + Sync>,
            said: sink.since(before).to_vec(),
        };
        self.tables.keep(key, entry);
        value
    }
}
