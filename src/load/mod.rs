//! Files → [`Strategy`], with a span on every item.
//!
//! [`load`] reads all files that it can and reports the others, so one broken file does not hide problems
//! in the rest. The kinds of files are described once, in `format` and in the table of kinds. Their JSON
//! Schemas ([`schema`]) document the files and are used to validate them.

mod cache;
mod control_characters;
mod dates;
mod file_offset;
mod files;
mod format;
mod front_matter;
mod ids;
mod images;
mod item_fields;
mod items;
mod markdown;
mod overview;
mod rules;
pub mod schema;
mod validate;
mod versions;
mod workshop;

pub use cache::Cache;
pub use control_characters::turns;
pub use files::version_problems;
pub use images::is_picture;
pub use rules::RULES;
pub use versions::{newer_program, releases};

use crate::diag::Sink;
use crate::files::{Content, FileId, SourceFile, Sources};
use crate::model::{Id, Kind, Strategy};
use schema::FileKind;
use serde::de::DeserializeOwned;
use toml::Deserializer;

/// Reads the strategy; `None` if `strategy.toml` is missing or cannot be used.
pub fn load(sources: &Sources, sink: &mut Sink) -> Option<Strategy> {
    load_again(sources, &mut Cache::default(), sink)
}

/// The same with what is known from the builds before: only texts that have changed are parsed.
pub fn load_again(sources: &Sources, cache: &mut Cache, sink: &mut Sink) -> Option<Strategy> {
    files::report_files(sources, sink);
    cache.turn();
    let mut loader = Loader::new(sources, cache, sink);
    let mut strategy = loader.overview();
    loader.items(strategy.as_mut());
    loader.workshop(strategy.as_mut());
    loader.theme();
    loader.bad_ids();
    if let Some(strategy) = &mut strategy {
        strategy.unreadable = loader.unreadable;
        strategy.unreadable_kinds = loader.unreadable_kinds;
    }
    strategy
}

/// The shared state of the parts of `load`.
struct Loader<'a> {
    sources: &'a Sources,
    sink: &'a mut Sink,
    cache: &'a mut Cache,
    /// Ids of items whose file is there but could not be used.
    unreadable: Vec<Id>,
    /// Kinds of items of which some are in a file that could not be used.
    unreadable_kinds: Vec<Kind>,
    /// Every id so far.
    ids: Vec<ids::IdDefinition>,
}

impl<'a> Loader<'a> {
    fn new(sources: &'a Sources, cache: &'a mut Cache, sink: &'a mut Sink) -> Self {
        Self {
            sources,
            sink,
            cache,
            unreadable: Vec::new(),
            unreadable_kinds: Vec::new(),
            ids: Vec::new(),
        }
    }

    /// A TOML file, if it is there and can be used.
    fn toml<T: DeserializeOwned + Clone + Send + Sync + 'static>(
        &mut self,
        path: &str,
    ) -> Option<(T, file_offset::FileOffset)> {
        let (id, file) = self.sources.by_path(path)?;
        let kind = FileKind::of(path)?;
        let place = file_offset::whole(id);
        let value = match file.content {
            Content::Refused => None,
            _ => {
                let read = |deserializer: Deserializer<'_>| T::deserialize(deserializer);
                self.cache.toml(file.text(), place, kind, read, self.sink)
            }
        };
        if value.is_none() {
            self.unreadable_kinds.extend(kind.holds());
        }
        Some((value?, place))
    }

    /// The front matter of a Markdown file, if it can be used, and the file's parts.
    fn markdown<T: Clone + Send + Sync + 'static>(
        &mut self,
        id: FileId,
        file: &'a SourceFile,
        read: impl Fn(Deserializer<'_>) -> Result<T, toml::de::Error>,
    ) -> Option<(T, front_matter::MarkdownFile<'a>)> {
        let kind = FileKind::of(&file.path)?;
        if file.content == Content::Refused {
            return None;
        }
        let split = front_matter::split(id, file, self.sink)?;
        let place = split.front_start;
        let front = self.cache.toml(split.front, place, kind, read, self.sink)?;
        Some((front, split))
    }

    /// The files that items of a kind lie in, in the order of their names.
    fn files_of(&self, kind: Kind) -> Vec<(FileId, &'a SourceFile)> {
        let place = kind.info().place;
        let files = self.sources.iter();
        let those = files.filter(|(_, file)| {
            FileKind::of(&file.path).is_some_and(|of_file| of_file.place == place)
        });
        those.collect()
    }

    /// Holds the council's theme against its schema; `render` lays it over the default one.
    fn theme(&mut self) {
        let _: Option<(toml::Table, _)> = self.toml("theme.toml");
    }
}

#[cfg(test)]
mod tests;
