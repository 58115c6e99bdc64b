//! Labels: the texts that the program writes into documents. Each language has a table; a council can replace
//! single labels.

use super::rules;
use super::set::TemplateSet;
use crate::diag::{Diagnostic, did_you_mean, nearest};
use crate::language::{Language, capitalized};
use crate::model::{Audience, Status, Strategy};
use std::collections::BTreeMap;

/// Labels by key, in a language.
#[derive(Debug, Clone)]
pub(crate) struct Labels {
    table: BTreeMap<String, String>,
    /// The plural form of a number.
    plural: fn(u64) -> &'static str,
}

impl Labels {
    /// The labels of the strategy's language, with those of the template set and of
    /// `strategy.toml` over them; and what was wrong with the latter.
    pub(crate) fn read(
        strategy: &Strategy,
        set: &TemplateSet,
    ) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let mut own = Self::of(strategy.language, set)?;
        let labels = &mut own.table;
        let mut problems = Vec::new();
        for (key, text) in &strategy.labels {
            if let Some(label) = labels.get_mut(&key.value) {
                label.clone_from(&text.value);
                continue;
            }
            let message = format!("there is no label `{}`", key.value);
            let problem = rules::UNKNOWN_LABEL.at(key.span, message);
            let near = nearest(&key.value, labels.keys().map(String::as_str));
            problems.push(problem.hint(match near {
                Some(near) => did_you_mean(near),
                None => "remove it; `templates/default/labels` has every label".to_owned(),
            }));
        }
        Ok((own, problems))
    }

    /// The labels of a language, as a template set has them.
    pub(crate) fn of(language: &Language, set: &TemplateSet) -> Result<Self, Vec<Diagnostic>> {
        let document = language.document.as_ref();
        Ok(Self {
            table: set.labels(language.tag)?.into_iter().collect(),
            plural: document.map_or(|_| "other", |document| document.plural),
        })
    }

    /// No labels.
    pub(crate) fn none() -> Self {
        Self {
            table: BTreeMap::new(),
            plural: |_| "other",
        }
    }

    /// The table itself, for templates.
    pub(crate) fn all(&self) -> &BTreeMap<String, String> {
        &self.table
    }

    /// A label. The key is one of the default table, so that it is always there.
    pub(crate) fn get(&self, key: &str) -> &str {
        self.table.get(key).map_or("", String::as_str)
    }

    /// A label, if there is one.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        self.table.get(key).map(String::as_str)
    }

    /// A label with `{name}` replaced by values.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// «48,2», «−3», «12 000»: a number with the marks of the language. Numbers of four digits are
    /// whole, as in running text.
    pub(crate) fn number(&self, value: f64) -> String {
        let text = value.to_string();
        let (minus, text) = match text.strip_prefix('-') {
            Some(text) => ("−", text),
            None => ("", text.as_str()),
        };
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let mut out = minus.to_owned();
        for (at, digit) in whole.chars().enumerate() {
            let left = whole.len() - at;
            if at > 0 && left % 3 == 0 && whole.len() > 4 {
                out.push_str(self.get("thousands_mark"));
            }
            out.push(digit);
        }
        if !part.is_empty() {
            out.push_str(self.get("decimal_mark"));
            out.push_str(part);
        }
        out
    }

    /// «1 medlem», «4 medlemmer»: the label `key_FORM` with the plural form of the number, and `{n}`
    /// in figures.
    pub(crate) fn count(&self, key: &str, n: u64) -> String {
        self.fill(&self.plural(key, n), &[("n", &n.to_string())])
    }

    /// The same with small numbers as words: «Spørsmålet ber om tre svar.»
    pub(crate) fn count_in_words(&self, key: &str, n: u64) -> String {
        let word = self.find(&format!("number_{n}"));
        let figure = n.to_string();
        let filled = self.fill(&self.plural(key, n), &[("n", word.unwrap_or(&figure))]);
        capitalized(&filled)
    }

    /// The plural form of a number, as keys of labels end in it: `one`, `other`.
    pub(crate) fn form(&self, n: u64) -> &'static str {
        (self.plural)(n)
    }

    /// The key of a label in the plural form of a number.
    pub(crate) fn plural(&self, key: &str, n: u64) -> String {
        format!("{key}_{}", self.form(n))
    }
}

/// The key of a status among the labels.
pub(crate) fn label_of(status: Status) -> &'static str {
    match status {
        Status::Working => "working_draft",
        Status::FirstDraft => "first_draft",
        Status::Draft => "draft",
        Status::Consultation => "consultation_draft",
        Status::Proposed => "proposal",
        Status::Adopted => "adopted",
        Status::Superseded => "superseded",
    }
}

/// The key of an audience among the labels.
pub(crate) fn access_of(audience: Audience) -> &'static str {
    match audience {
        Audience::Public => "public",
        Audience::Internal => "internal",
    }
}

/// Replaces each `{name}` of a text by its value; unknown names stay as they are.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        out.push_str(before);
        let close = after.find('}');
        let value = close.and_then(|c| values.iter().find(|(k, _)| *k == &after[1..c]));
        match (close, value) {
            (Some(close), Some((_, value))) => {
                out.push_str(value);
                rest = &after[close + 1..];
            }
            _ => {
                out.push('{');
                rest = &after[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The point that a sentence of these words still lacks, if it lacks one.
pub(crate) fn point_after(text: &str) -> &'static str {
    let bare = text.trim_end().trim_end_matches(['»', '”', '’', ')']);
    if bare.ends_with(['.', '?', '!', '…']) {
        ""
    } else {
        "."
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use crate::language::of_documents;
    use std::collections::BTreeSet;
    use std::path::Path;

    /// The default labels of a language. Labels of numbers stand under `stem_*`, once for each
    /// plural form of the language.
    fn table(language: &Language, plurals: &[&str]) -> Vec<(String, String)> {
        let labels = TemplateSet::default().labels(language.tag);
        let labels = labels.expect("the table can be read");
        let stems: Vec<String> = labels
            .iter()
            .filter_map(|(key, _)| Some(key.strip_suffix("_other")?.to_owned()))
            .collect();
        let keyed = labels.into_iter().map(|(key, text)| {
            let stem = stems.iter().find(|stem| {
                let form = key
                    .strip_prefix(*stem)
                    .and_then(|end| end.strip_prefix('_'));
                form.is_some_and(|form| plurals.contains(&form))
            });
            (stem.map_or(key, |stem| format!("{stem}_*")), text)
        });
        let mut keyed: Vec<_> = keyed.collect();
        keyed.sort();
        keyed
    }

    /// How many labels there are under each key.
    fn counts(table: &[(String, String)]) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for (key, _) in table {
            *counts.entry(key.as_str()).or_default() += 1;
        }
        counts
    }

    #[test]
    fn every_language_has_the_same_labels_in_each_of_its_plural_forms() {
        let tables = of_documents().map(|(language, document)| {
            let table = table(language, document.plurals);
            for (key, count) in counts(&table) {
                let forms = if key.ends_with("_*") {
                    document.plurals.len()
                } else {
                    1
                };
                assert_eq!(count, forms, "`{key}` in {}.toml", language.tag);
            }
            (language.tag, table)
        });
        let tables: Vec<_> = tables.collect();
        let keys = |at: usize| -> Vec<_> { counts(&tables[at].1).into_keys().collect() };
        for (at, (tag, _)) in tables.iter().enumerate() {
            assert_eq!(keys(at), keys(0), "{tag}");
        }
    }

    #[test]
    fn the_placeholders_of_a_label_are_the_same_in_every_language() {
        let placeholders = |text: &str| {
            let names = text.split('{').skip(1).filter_map(|s| s.split('}').next());
            let mut names: Vec<_> = names.map(str::to_owned).collect();
            names.sort();
            names
        };
        let mut known = BTreeMap::new();
        for (language, document) in of_documents() {
            for (key, text) in table(language, document.plurals) {
                let found = placeholders(&text);
                let first = known.entry(key.clone()).or_insert_with(|| found.clone());
                assert_eq!(*first, found, "`{key}` in {}.toml", language.tag);
            }
        }
    }

    /// Every file of a folder with this ending, in one text.
    fn text_of(folder: &Path, ending: &str, out: &mut String) {
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                text_of(&path, ending, out);
            } else if path.extension().is_some_and(|e| e == ending) {
                out.push_str(&std::fs::read_to_string(&path).expect("it is text"));
            }
        }
    }

    /// How a label may be named: by itself, or by what several labels begin with.
    fn names(key: &str) -> Vec<String> {
        let mut names = vec![format!("labels.{key}"), format!("\"{key}\"")];
        if let Some(stem) = key.strip_suffix("_*") {
            names.push(format!("\"{stem}\""));
        }
        let stem = key.trim_end_matches(|c: char| c.is_ascii_digit());
        if stem != key {
            names.push(format!("\"{stem}{{"));
        }
        // Written in two parts, or this test would find itself.
        let status = "status_text_";
        names.extend(key.starts_with(status).then(|| format!("\"{status}{{")));
        names
    }

    #[test]
    fn every_label_is_used_by_a_template_or_by_the_program() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut text = String::new();
        text_of(&root.join("templates/default"), "html", &mut text);
        // The table of kinds, in `model`, names labels too.
        for room in [
            "templates",
            "views",
            "drawings",
            "passes",
            "render",
            "model",
            "changes",
        ] {
            text_of(&root.join("src").join(room), "rs", &mut text);
        }
        let is_used = |name: &String| {
            // A name is whole: what follows it is no letter.
            text.match_indices(name.as_str()).any(|(at, _)| {
                let next = text[at + name.len()..].chars().next();
                name.ends_with(['"', '{']) || !next.is_some_and(|c| c.is_alphanumeric() || c == '_')
            })
        };
        let keys: BTreeSet<String> = of_documents()
            .flat_map(|(language, document)| table(language, document.plurals))
            .map(|(key, _)| key)
            .collect();
        let unused: Vec<_> = keys
            .iter()
            .filter(|key| !names(key).iter().any(is_used))
            .collect();
        assert!(
            unused.is_empty(),
            "take these labels out of the tables: {unused:?}"
        );
    }

    #[test]
    fn a_sentence_that_has_its_mark_gets_no_point() {
        let points = ["Hvem flytter hvor?", "Å starte …", "«Ja!»", "Foto: KS"].map(point_after);
        assert_eq!(points, ["", "", "", "."]);
    }

    #[test]
    fn numbers_have_the_marks_of_the_language() {
        let number = |language, value| testing::labels(language).number(value);
        assert_eq!(number("nb", 48.2), "48,2");
        assert_eq!(number("nn", -12_000.0), "−12\u{a0}000");
        assert_eq!(number("en", 1_234_567.5), "1,234,567.5");
        assert_eq!(number("nb", 1234.0), "1234");
    }

    #[test]
    fn a_text_is_filled_and_keeps_braces_that_name_nothing() {
        assert_eq!(fill("Side {x} av {y}", &[("x", "3")]), "Side 3 av {y}");
        assert_eq!(fill("{", &[]), "{");
    }
}
