//! JSON Schemas of the file kinds (draft 2020-12), made from the types that load them, and from the
//! table of kinds.

use super::{format, item_fields};
use crate::manifest::Manifest;
use crate::model::Kind;
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;
use std::sync::LazyLock;

/// A kind of file.
#[derive(Debug)]
pub struct FileKind {
    /// Its name, as in `utkast schema measure`.
    pub name: &'static str,
    /// Where such files lie: a path, or a folder and an ending.
    pub place: &'static str,
    /// The schema of the file, or of its front matter.
    pub schema: Value,
}

/// Every kind of file with its schema, in the order of the strategy folder.
pub static KINDS: LazyLock<Vec<FileKind>> = LazyLock::new(|| {
    let mut all = vec![
        kind::<format::StrategyFile>("strategy", "strategy.toml"),
        kind::<format::AgreementFile>("agreement", "agreement.md"),
    ];
    all.extend(Kind::filed().map(|kind| {
        let info = kind.info();
        of_schema(info.word, info.place, item_fields::schema(info))
    }));
    all.extend([
        kind::<format::SourcesFile>("sources", Kind::Source.info().place),
        kind::<format::GlossaryFile>("glossary", Kind::Term.info().place),
        kind::<format::ProcessFile>("process", Kind::Step.info().place),
        kind::<format::WorkshopFile>("workshop", "workshop/workshop.toml"),
        kind::<format::QuestionFile>("question", Kind::Question.info().place),
        kind::<format::InputsFile>("inputs", Kind::Input.info().place),
        kind::<format::ParticipantsFile>("participants", Kind::Group.info().place),
        kind::<format::ImagesFile>("images", Kind::Image.info().place),
        partial::<crate::theme::Theme>("theme", "theme.toml"),
        kind::<format::GatesFile>("gates", "gates.toml"),
        kind::<Manifest>("manifest", "versions/*/manifest.toml"),
    ]);
    all
});

impl FileKind {
    /// The kind with this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// The kinds of the items that a file of facts holds, if they have ids.
    pub(super) fn holds(&self) -> impl Iterator<Item = Kind> {
        let all = Kind::ALL.iter().copied();
        // A file that holds one item is missed by itself.
        let is_list = self.place.ends_with(".toml") && self.name != "strategy";
        all.filter(move |kind| is_list && kind.info().place == self.place)
    }

    /// The kind of the file at `path`, if it is a part of the format.
    pub(super) fn of(path: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| match kind.place.split_once('*') {
            None => path == kind.place,
            Some((folder, ending)) => path
                .strip_prefix(folder)
                .and_then(|rest| rest.strip_suffix(ending))
                .is_some_and(|stem| !stem.is_empty() && !stem.contains('/')),
        })
    }
}

fn kind<T: JsonSchema>(name: &'static str, place: &'static str) -> FileKind {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let schema = generator.into_root_schema_for::<T>().to_value();
    of_schema(name, place, schema)
}

fn of_schema(name: &'static str, place: &'static str, mut schema: Value) -> FileKind {
    drop_null(&mut schema);
    want_words(&mut schema);
    FileKind {
        name,
        place,
        schema,
    }
}

/// A kind whose files may leave out any key, because they are laid over a whole one.
fn partial<T: JsonSchema>(name: &'static str, place: &'static str) -> FileKind {
    let mut kind = kind::<T>(name, place);
    leave_open(&mut kind.schema);
    kind
}

fn leave_open(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            map.remove("required");
            // What is left out is as in the file below.
            map.remove("default");
            map.values_mut().for_each(leave_open);
        }
        Value::Array(all) => all.iter_mut().for_each(leave_open),
        _ => {}
    }
}

/// TOML has no null: a key that may be left out is simply not there.
fn drop_null(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            map.values_mut().for_each(drop_null);
            if let Some(Value::Array(types)) = map.get_mut("type") {
                types.retain(|t| t != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    map.insert("type".into(), only);
                }
            }
            if let Some(Value::Array(words)) = map.get_mut("enum") {
                words.retain(|word| !word.is_null());
            }
            if map.get("default") == Some(&Value::Null) {
                map.remove("default");
            }
            if let Some(Value::Array(any)) = map.get_mut("anyOf") {
                any.retain(|s| s.get("type").is_none_or(|t| t != "null"));
                if let [Value::Object(only)] = any.as_slice() {
                    let only = only.clone();
                    map.remove("anyOf");
                    for (key, value) in only {
                        map.entry(key).or_insert(value);
                    }
                }
            }
        }
        Value::Array(all) => all.iter_mut().for_each(drop_null),
        _ => {}
    }
}

/// The pattern of every text, unless its field has another one: at least one visible character.
pub(super) const WORDS: &str = r"\S";

/// A text without a word is a mistake wherever it stands: the document would have a gap there.
fn want_words(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            map.values_mut().for_each(want_words);
            let text = map.get("type").is_some_and(|t| t == "string");
            let settled = ["const", "enum", "pattern"];
            if text && !settled.iter().any(|word| map.contains_key(*word)) {
                map.insert("pattern".into(), WORDS.into());
            }
        }
        Value::Array(all) => all.iter_mut().for_each(want_words),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_recognised_by_its_place() {
        let name = |path| FileKind::of(path).map(|kind| kind.name);
        assert_eq!(name("strategy.toml"), Some("strategy"));
        assert_eq!(name("measures/kontor.md"), Some("measure"));
        assert_eq!(name("workshop/inputs/1.toml"), Some("inputs"));
        assert_eq!(name("measures/a/b.md"), None);
        assert_eq!(name("measure/kontor.md"), None);
    }

    #[test]
    fn schemas_describe_their_keys_and_know_no_null() {
        for kind in KINDS.iter() {
            let text = kind.schema.to_string();
            assert!(!text.contains("null"), "{}: {text}", kind.name);
            assert!(text.contains("description"), "{}", kind.name);
        }
    }
}
