//! Reads TOML: compares a table with the JSON Schema of its kind, and reports every difference.
//!
//! serde stops at the first error; authors need all of them, each with its place. The schemas are made
//! from the types that serde fills, so the two always agree. Only the keywords of JSON Schema that
//! `schemars` writes for these types are supported.

mod patterns;
mod types;

use super::control_characters::{control_character, is_control};
use super::file_offset::FileOffset;
use super::rules;
use super::schema::{FileKind, WORDS};
use crate::diag::{Diagnostic, Sink, did_you_mean, nearest};
use crate::language::tag;
use patterns::{PATTERNS, WORDS_OR_NOTHING};
use serde_json::Value;
use std::ops::Range;
use std::sync::LazyLock;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};
use types::{accepts, allowed_words, article, wanted};

/// Reads TOML text with `read`; reports every error of syntax, and every difference from the kind's
/// schema. `None` if what is left cannot be used.
pub(super) fn read_toml<T>(
    text: &str,
    place: FileOffset,
    kind: &FileKind,
    read: impl FnOnce(Deserializer<'_>) -> Result<T, toml::de::Error>,
    sink: &mut Sink,
) -> Option<T> {
    let (mut table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let span = place.span(error.span().unwrap_or(0..0));
        let message = format!("invalid TOML: {}", error.message().replace('\n', ", "));
        let hint = "write text in quotation marks, lists in `[ ]`, dates without quotation marks: 2025-04-11";
        sink.report(rules::TOML_SYNTAX.at(span, message).hint(hint));
    }
    let fits = fit(&mut table, text, &kind.schema, place, sink);
    if !fits || !errors.is_empty() {
        return None;
    }
    match read(Deserializer::from(table)) {
        Ok(value) => Some(value),
        Err(error) => {
            let span = place.span(error.span().unwrap_or(0..0));
            let message = error.message().replace('\n', ", ");
            let hint = format!("`utkast schema {}` describes the file", kind.name);
            sink.report(rules::WRONG_VALUE.at(span, message).hint(hint));
            None
        }
    }
}

/// Reports what in `table`, read from `text`, does not fit `schema`; takes out unknown keys, so
/// that the rest can be read. Returns whether the rest fits.
fn fit(
    table: &mut Spanned<DeTable<'_>>,
    text: &str,
    schema: &Value,
    place: FileOffset,
    sink: &mut Sink,
) -> bool {
    let mut validator = Validator {
        root: schema,
        text,
        place,
        found: Vec::new(),
        fits: true,
    };
    // A whole file has no text of its own to point at: its first byte stands for it.
    let start = table.span().start;
    validator.table(table.get_mut(), start..start, schema);
    let fits = validator.fits;
    validator.found.into_iter().for_each(|d| sink.report(d));
    fits
}

struct Validator<'a> {
    root: &'a Value,
    text: &'a str,
    place: FileOffset,
    found: Vec<Diagnostic>,
    fits: bool,
}

impl<'a> Validator<'a> {
    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let Some(Value::String(path)) = schema.get("$ref") else {
            return schema;
        };
        let target = self.root.pointer(path.trim_start_matches('#'));
        target.expect("schemars defines what it refers to")
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    fn table(&mut self, table: &mut DeTable<'_>, around: Range<usize>, schema: &'a Value) {
        let schema = self.resolve(schema);
        static NONE: LazyLock<serde_json::Map<String, Value>> = LazyLock::new(Default::default);
        let known = schema.get("properties").and_then(Value::as_object);
        let known = known.unwrap_or(&NONE);
        let others = schema.get("additionalProperties").filter(|s| s.is_object());
        let mut unknown = Vec::new();
        for (key, value) in table.iter_mut() {
            let name: &str = key.get_ref();
            if let Some(schema) = known.get(name).or(others) {
                self.value(value, schema, name);
            } else if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
                self.unknown_key(name, key.span(), known);
                unknown.push(name.to_owned());
            }
        }
        for name in unknown {
            table.remove(name.as_str());
        }
        let required = schema.get("required").and_then(Value::as_array);
        for key in required.into_iter().flatten().filter_map(Value::as_str) {
            if table.get(key).is_none() {
                self.missing_key(key, around.clone(), known);
            }
        }
    }

    fn unknown_key(
        &mut self,
        name: &str,
        span: Range<usize>,
        known: &serde_json::Map<String, Value>,
    ) {
        let message = format!("unknown key `{name}`");
        let diagnostic = rules::UNKNOWN_KEY.at(self.place.span(span), message);
        let hint = match nearest(name, known.keys().map(String::as_str)) {
            Some(meant) => did_you_mean(meant),
            None => {
                let keys: Vec<_> = known.keys().map(|k| format!("`{k}`")).collect();
                format!("remove it, or use one of {}", keys.join(", "))
            }
        };
        self.report(diagnostic.hint(hint));
    }

    fn missing_key(
        &mut self,
        key: &str,
        around: Range<usize>,
        known: &serde_json::Map<String, Value>,
    ) {
        self.fits = false;
        let message = format!("the key `{key}` is missing");
        let description = known.get(key).map(|s| self.resolve_description(s));
        let hint = match description.filter(|d| !d.is_empty()) {
            Some(what) => format!("add `{key} = …`: {}", inside_a_sentence(&what)),
            None => format!("add `{key} = …`"),
        };
        let span = self.place.span(around);
        self.report(rules::MISSING_KEY.at(span, message).hint(hint));
    }

    fn resolve_description(&self, schema: &'a Value) -> String {
        let own = schema.get("description");
        let description = own.or_else(|| self.resolve(schema).get("description"));
        let text = description.and_then(Value::as_str).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn value(&mut self, value: &mut Spanned<DeValue<'_>>, schema: &'a Value, key: &str) {
        let schema = self.resolve(schema);
        if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
            let validator = any.iter().find(|s| accepts(s, value.get_ref()));
            match validator {
                Some(schema) => self.value(value, schema, key),
                None => self.wrong(value, schema, key),
            }
            return;
        }
        if let Some(allowed) = allowed_words(schema) {
            self.word(value, &allowed, key);
            return;
        }
        if !accepts(schema, value.get_ref()) {
            self.wrong(value, schema, key);
            return;
        }
        let span = value.span();
        match value.get_mut() {
            DeValue::Table(table) => self.table(table, span, schema),
            DeValue::Array(values) => {
                if let Some(items) = schema.get("items") {
                    for value in values.iter_mut() {
                        self.value(value, items, key);
                    }
                }
            }
            DeValue::Integer(number) => {
                let number = i64::from_str_radix(number.as_str(), number.radix()).ok();
                self.number(number.map(|n| n as f64), span, schema, key);
            }
            DeValue::Float(number) => {
                let number = number.as_str().replace('_', "").parse().ok();
                self.number(number, span, schema, key);
            }
            DeValue::String(text) => self.string(text, span, schema, key),
            _ => {}
        }
    }

    fn number(&mut self, number: Option<f64>, span: Range<usize>, schema: &Value, key: &str) {
        let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
        let (min, max) = (limit("minimum"), limit("maximum"));
        let holds = |n: &f64| {
            n.is_finite() && min.is_none_or(|min| *n >= min) && max.is_none_or(|max| *n <= max)
        };
        if number.filter(holds).is_none() {
            self.out_of_range(span, key, min, max);
        }
    }

    fn string(&mut self, text: &str, span: Range<usize>, schema: &'a Value, key: &str) {
        // Those that stand in the file as they are have been reported with it.
        let written = self.text.get(span.clone()).unwrap_or_default();
        let escaped = |c: &char| is_control(*c) && !written.contains(*c);
        if let Some(sign) = text.chars().find(escaped) {
            self.fits = false;
            let span = self.place.span(span.clone());
            self.report(control_character(span, sign));
        }
        let Some(pattern) = schema.get("pattern").and_then(Value::as_str) else {
            return;
        };
        let known = PATTERNS.iter().find(|(known, _)| *known == pattern);
        let (_, holds) = known.expect("every pattern of the schemas is understood");
        if !holds(text) {
            self.fits = false;
            let (message, hint) = match pattern {
                WORDS => (
                    format!("`{key}` is empty"),
                    "write a text, or remove the key".to_owned(),
                ),
                WORDS_OR_NOTHING => (
                    format!("`{key}` contains only spaces"),
                    format!("write a text, or `{key} = \"\"` for none"),
                ),
                tag::TAG => (
                    format!("`{text}` is not a language tag"),
                    "write its code of BCP 47, such as `en` or `se`".to_owned(),
                ),
                _ => {
                    let what = inside_a_sentence(&self.resolve_description(schema));
                    (
                        format!("`{text}` does not fit `{key}`"),
                        format!("write it as described: {what}"),
                    )
                }
            };
            let span = self.place.span(span);
            self.report(rules::WRONG_VALUE.at(span, message).hint(hint));
        }
    }

    fn out_of_range(&mut self, span: Range<usize>, key: &str, min: Option<f64>, max: Option<f64>) {
        self.fits = false;
        let message = format!("the number for `{key}` is out of range");
        let hint = match (min, max) {
            (Some(min), Some(max)) => format!("write a number from {min} to {max}"),
            (Some(min), None) => format!("write a number from {min} upwards"),
            _ => "write a smaller number".to_owned(),
        };
        let span = self.place.span(span);
        self.report(rules::WRONG_VALUE.at(span, message).hint(hint));
    }

    fn word(&mut self, value: &Spanned<DeValue<'_>>, allowed: &[&str], key: &str) {
        let word = value.get_ref().as_str();
        if word.is_some_and(|word| allowed.contains(&word)) {
            return;
        }
        self.fits = false;
        let message = match word {
            Some(word) => format!("`{word}` is not a value of `{key}`"),
            None => format!("`{key}` must be a word"),
        };
        let all: Vec<_> = allowed.iter().map(|w| format!("`{w}`")).collect();
        let hint = format!("write one of {}", all.join(", "));
        let span = self.place.span(value.span());
        let wrong = rules::WRONG_VALUE.at(span, message);
        let meant = word.and_then(|w| nearest(w, allowed.iter().copied()));
        let wrong = match meant {
            Some(meant) => wrong.hint(did_you_mean(meant)),
            None => wrong,
        };
        self.report(wrong.hint(hint));
    }

    fn wrong(&mut self, value: &Spanned<DeValue<'_>>, schema: &'a Value, key: &str) {
        self.fits = false;
        let message = format!("`{key}` cannot be {}", article(value.get_ref().type_str()));
        let wanted: Vec<_> = match schema.get("anyOf").and_then(Value::as_array) {
            Some(any) => any.iter().filter_map(wanted).collect(),
            None => wanted(schema).into_iter().collect(),
        };
        let hint = format!("give {}", wanted.join(" or "));
        let span = self.place.span(value.span());
        let wrong = rules::WRONG_VALUE.at(span, message).hint(hint);
        let described = self.described(wrong, key, schema);
        self.report(described);
    }

    /// Adds what the key is for.
    fn described(&self, wrong: Diagnostic, key: &str, schema: &'a Value) -> Diagnostic {
        match self.resolve_description(schema) {
            what if what.is_empty() => wrong,
            what => wrong.hint(format!("`{key}` is for: {}", inside_a_sentence(&what))),
        }
    }
}

/// A description as it stands after a colon.
fn inside_a_sentence(description: &str) -> String {
    let mut letters = description.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::schema::KINDS;

    /// Words that say nothing of what a file may hold.
    const SILENT: [&str; 6] = [
        "$schema",
        "$defs",
        "title",
        "description",
        "default",
        "format",
    ];
    /// Words that [`Validator`] acts on.
    const UNDERSTOOD: [&str; 12] = [
        "$ref",
        "additionalProperties",
        "anyOf",
        "const",
        "enum",
        "items",
        "maximum",
        "minimum",
        "oneOf",
        "pattern",
        "properties",
        "required",
    ];

    fn every_word(schema: &Value, visit: &mut impl FnMut(&str, &Value)) {
        let Value::Object(map) = schema else { return };
        for (word, value) in map {
            visit(word, value);
            match (word.as_str(), value) {
                ("properties" | "$defs", Value::Object(named)) => {
                    named.values().for_each(|schema| every_word(schema, visit));
                }
                (_, Value::Array(all)) => all.iter().for_each(|schema| every_word(schema, visit)),
                _ => every_word(value, visit),
            }
        }
    }

    #[test]
    fn every_word_of_the_schemas_is_acted_on() {
        for kind in KINDS.iter() {
            every_word(&kind.schema, &mut |word, value| {
                let known = SILENT.contains(&word) || UNDERSTOOD.contains(&word) || word == "type";
                assert!(known, "{}: teach `Validator` the word `{word}`", kind.name);
                if let ("pattern", Some(pattern)) = (word, value.as_str()) {
                    let known = PATTERNS.iter().any(|(known, _)| *known == pattern);
                    assert!(known, "{}: add `{pattern}` to PATTERNS", kind.name);
                }
            });
        }
    }
}
