//! The files that decide content and looks: templates, style sheet, theme, labels.

use super::rules;
use crate::diag::{Diagnostic, Rule, did_you_mean, nearest};
use crate::dom::TemplateLine;
use crate::files::{FileId, SourceFile, Sources, Span};
use crate::language;
use crate::model::Strategy;
use crate::theme::Theme;
use std::ops::Range;
use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

/// The name of the theme, in the template folder and beside `strategy.toml`.
const THEME: &str = "theme.toml";

macro_rules! defaults {
    ($($name:literal)*) => {
        /// The default set, as it travels in the program.
        const DEFAULT: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../templates/default/", $name)))),*
        ];
    };
}

defaults! {
    "agreement.html"
    "answered.html"
    "answers-table.html"
    "answers.html"
    "chapter.html"
    "contents.html"
    "cover.html"
    "credits.html"
    "date.html"
    "document.html"
    "facts.html"
    "glossary.html"
    "imprint.html"
    "indicators.html"
    "inputs.html"
    "items.html"
    "links.html"
    "page.css"
    "process.html"
    "sources.html"
    "starting-points.html"
    "theme.toml"
    "thread.html"
    "uncertain.html"
    "versions.html"
    "workshop.html"
}

/// The templates of a council over the default ones.
///
/// A template or the style sheet takes the place of the default file of the same name;
/// `labels/*.toml` and `theme.toml` are read key by key over the default ones, and the
/// `theme.toml` beside `strategy.toml` over that of the template folder.
#[derive(Debug, Clone)]
pub struct TemplateSet {
    /// The council's own folder, with a slash at its end.
    folder: Option<String>,
    files: Vec<File>,
}

/// A file of the set.
#[derive(Debug, Clone)]
struct File {
    name: String,
    /// What was written under this name, the default one first. Of templates and the style sheet
    /// the last one counts; of TOML each lies over the one before.
    layers: Vec<Layer>,
}

/// One text of a file.
#[derive(Debug, Clone)]
struct Layer {
    /// Its path among the sources, for messages; that in the repository, if it is a default one.
    path: String,
    text: String,
    /// The file among the sources; none for what travels in the program.
    file: Option<FileId>,
    /// Whether it travels in the program.
    default: bool,
}

impl File {
    /// The layer that counts.
    fn top(&self) -> &Layer {
        self.layers.last().expect("a file has a text")
    }
}

impl Layer {
    /// `templates/measures.html:12`, for messages.
    fn place(&self, line: Option<usize>) -> String {
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        let whose = if self.default {
            " (in the program)"
        } else {
            ""
        };
        format!("{}{line}{whose}", self.path)
    }
}

impl Default for TemplateSet {
    fn default() -> Self {
        let templates = DEFAULT
            .iter()
            .map(|(name, text)| ((*name).to_owned(), *text));
        let labels = language::of_documents()
            .map(|(language, document)| (labels_of(language.tag), document.labels));
        let files = templates.chain(labels).map(|(name, text)| File {
            layers: vec![Layer {
                path: format!("templates/default/{name}"),
                text: text.to_owned(),
                file: None,
                default: true,
            }],
            name,
        });
        let mut files: Vec<_> = files.collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Self {
            folder: None,
            files,
        }
    }
}

impl TemplateSet {
    /// The set of a strategy: the default one, the council's own folder over it, and over both the
    /// theme beside `strategy.toml`. Files that a set has no use for are passed over.
    #[must_use]
    pub fn of(strategy: &Strategy, sources: &Sources) -> Self {
        let mut set = Self::default();
        let folder = strategy.template.as_ref();
        let folder = folder.map(|folder| format!("{}/", folder.trim_end_matches('/')));
        if let Some(folder) = &folder {
            for (id, file) in sources.iter() {
                if let Some(name) = file.path.strip_prefix(folder) {
                    set.lay(name, &file.path, file.text(), Some(id));
                }
            }
        }
        set.folder = folder;
        if let Some((id, file)) = sources.by_path(THEME) {
            set.lay(THEME, THEME, file.text(), Some(id));
        }
        set
    }

    /// A file that the theme names: by its path in the strategy's folder, or in the template folder.
    pub fn find<'a>(&self, sources: &'a Sources, path: &str) -> Option<(FileId, &'a SourceFile)> {
        let in_folder = || sources.by_path(&format!("{}{path}", self.folder.as_ref()?));
        sources.by_path(path).or_else(in_folder)
    }

    /// Puts a text over those of the same name.
    #[cfg(test)]
    pub(super) fn put(&mut self, name: &str, path: &str, text: &str) {
        self.lay(name, path, text, None);
    }

    /// Lays a file over those of the same name, which is its path inside the template folder.
    fn lay(&mut self, name: &str, path: &str, text: &str, id: Option<FileId>) {
        let is_label = name.starts_with("labels/") && name.ends_with(".toml");
        if !(name.ends_with(".html") || name == "page.css" || name == THEME || is_label) {
            return;
        }
        let layer = Layer {
            path: path.to_owned(),
            text: text.to_owned(),
            file: id,
            default: false,
        };
        match self.files.binary_search_by(|f| f.name.as_str().cmp(name)) {
            Ok(at) => self.files[at].layers.push(layer),
            Err(at) => {
                let file = File {
                    name: name.to_owned(),
                    layers: vec![layer],
                };
                self.files.insert(at, file);
            }
        }
    }

    /// `templates/measures.html:12`, for messages.
    pub fn place(&self, line: TemplateLine) -> String {
        match self.files.get(line.template as usize) {
            Some(file) => file.top().place(Some(line.line as usize)),
            None => "?".to_owned(),
        }
    }

    /// The same for a file by its name, with the line if it is known.
    pub(super) fn place_in(&self, name: &str, line: Option<usize>) -> String {
        match self.file(name) {
            Some(file) => file.top().place(line),
            None => name.to_owned(),
        }
    }

    /// The first line of a file that holds a tag with this word.
    pub(super) fn line_with(&self, name: &str, word: &str) -> Option<usize> {
        let text = &self.file(name)?.top().text;
        let at = text
            .lines()
            .position(|line| line.contains("{%") && line.contains(word));
        at.map(|at| at + 1)
    }

    /// The templates with their index in the set.
    pub(super) fn templates(&self) -> impl Iterator<Item = (u32, &str, &str)> {
        let all = (0u32..).zip(&self.files);
        all.filter(|(_, f)| f.name.ends_with(".html"))
            .map(|(index, f)| (index, f.name.as_str(), f.top().text.as_str()))
    }

    fn file(&self, name: &str) -> Option<&File> {
        let at = self.files.binary_search_by(|f| f.name.as_str().cmp(name));
        at.ok().map(|at| &self.files[at])
    }

    /// The line of a template, as the council wrote it.
    pub(super) fn line(&self, name: &str, line: usize) -> Option<&str> {
        let text = &self.file(name)?.top().text;
        text.lines().nth(line.checked_sub(1)?)
    }

    /// The style sheet of the page.
    pub fn css(&self) -> &str {
        self.file("page.css").map_or("", |file| &file.top().text)
    }

    /// The theme: the default's, key by key under the council's.
    ///
    /// # Errors
    /// Every key and value that a theme has no use for.
    pub fn theme(&self) -> Result<Theme, Vec<Diagnostic>> {
        let file = self.file(THEME).expect("the default set has a theme");
        let fits = |table: Table| table.try_into::<Theme>().map(drop);
        let table = merged(file, &|default, over, layer| {
            let default = &with_optional(default);
            let mut misfits = Misfits {
                layer,
                default,
                fits: &fits,
                found: Vec::new(),
            };
            misfits.table(&mut Vec::new(), over, default);
            misfits.found
        })?;
        let theme = table.try_into::<Theme>();
        let theme = theme.map_err(|e| vec![wrong(file.top(), None, e.message())])?;
        let problems = theme.problems().into_iter().map(|problem| {
            let (table, key) = problem.key;
            match self.theme_value(&[table, key]) {
                Some((layer, range)) => wrong(layer, Some(range.start), &problem.message),
                None => wrong(file.top(), None, &problem.message),
            }
        });
        let problems: Vec<_> = problems.collect();
        match problems.is_empty() {
            true => Ok(theme),
            false => Err(problems),
        }
    }

    /// A breach of a rule at a value of the council's theme, which stands at a path of keys; `None`
    /// if the council left it to the default one.
    pub fn in_theme(
        &self,
        path: &[&str],
        rule: &'static Rule,
        message: impl Into<String>,
    ) -> Option<Diagnostic> {
        let span = self.theme_span(path)?;
        Some(rule.at(span, message))
    }

    /// The place of such a value.
    pub(crate) fn theme_span(&self, path: &[&str]) -> Option<Span> {
        let (layer, range) = self.theme_value(path)?;
        Some(Span::new(layer.file?, range))
    }

    /// Where a value of the theme stands, in the council's layer that has the last word on it.
    fn theme_value(&self, path: &[&str]) -> Option<(&Layer, Range<usize>)> {
        let layers = self.file(THEME)?.layers.iter().rev();
        let mut own = layers.filter(|layer| !layer.default);
        own.find_map(|layer| Some((layer, value_in(&layer.text, path)?)))
    }

    /// The labels of a language, by key, in the order of the file.
    ///
    /// # Errors
    /// Every label that is not a text.
    pub(super) fn labels(&self, language: &str) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
        let file = self
            .file(&labels_of(language))
            .expect("the default set has every language");
        let table = merged(file, &|_, over, layer| {
            let others = over.iter().filter(|(_, value)| !value.get_ref().is_str());
            let wrong = others.map(|(key, value)| {
                let message = format!("the label `{}` is not a text", key.get_ref());
                wrong(layer, Some(value.span().start), &message)
            });
            wrong.collect()
        })?;
        let labels = table.into_iter().filter_map(|(key, value)| match value {
            Value::String(text) => Some((key, text)),
            _ => None,
        });
        Ok(labels.collect())
    }
}

/// The name of the table of labels of a language.
fn labels_of(tag: &str) -> String {
    format!("labels/{tag}.toml")
}

/// Keys that a theme may have and the default one has not.
const OPTIONAL: &str = r#"
fonts.serif = { regular = "", bold = "", italic = "", bold_italic = "" }
fonts.sans = { regular = "", bold = "", italic = "", bold_italic = "" }
fonts.page = "embedded"
logo = { file = "", alt = "", height = 40 }
"#;

/// The default theme with every key that there is.
fn with_optional(default: &Table) -> Table {
    let mut all: Table = OPTIONAL.parse().expect("our own TOML");
    lay_over(&mut all, default.clone());
    all
}

/// What is wrong with a layer, held against the default one below it.
type Look<'a> = &'a dyn Fn(&Table, &DeTable<'_>, &Layer) -> Vec<Diagnostic>;

/// The tables of a TOML file, each over the one before.
fn merged(file: &File, look: Look<'_>) -> Result<Table, Vec<Diagnostic>> {
    let mut tables: Vec<Table> = Vec::new();
    let mut problems = Vec::new();
    for layer in &file.layers {
        match layer.text.parse::<Table>() {
            Ok(table) => tables.push(table),
            Err(error) => {
                let at = error.span().map(|span| span.start);
                problems.push(wrong(layer, at, error.message()));
                continue;
            }
        }
        let spanned = DeTable::parse(&layer.text);
        if let (Some(default), Ok(spanned), false) = (tables.first(), spanned, layer.default) {
            problems.extend(look(default, spanned.get_ref(), layer));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut merged = Table::new();
    for table in tables {
        lay_over(&mut merged, table);
    }
    Ok(merged)
}

/// Looks for what does not fit in a layer; the default table has every key that there is.
struct Misfits<'a> {
    layer: &'a Layer,
    default: &'a Table,
    /// Whether a whole table can be used.
    fits: &'a dyn Fn(Table) -> Result<(), toml::de::Error>,
    found: Vec<Diagnostic>,
}

impl Misfits<'_> {
    /// Looks at a table that stands at `path`; `known` is the default one there.
    fn table(&mut self, path: &mut Vec<String>, over: &DeTable<'_>, known: &Table) {
        for (key, value) in over {
            let name: &str = key.get_ref();
            match (known.get(name), value.get_ref()) {
                (None, _) => self.unknown(name, key.span().start, known),
                (Some(Value::Table(known)), DeValue::Table(over)) => {
                    path.push(name.to_owned());
                    self.table(path, over, known);
                    path.pop();
                }
                (Some(_), _) => self.value(path, name, value.span()),
            }
        }
    }

    fn unknown(&mut self, name: &str, at: usize, known: &Table) {
        let found = wrong(self.layer, Some(at), &format!("unknown key `{name}`"));
        let near = nearest(name, known.keys().map(String::as_str));
        self.found.push(match near {
            Some(near) => found.hint(did_you_mean(near)),
            None => found,
        });
    }

    /// Lays one value alone over the default ones, and sees whether they still fit.
    fn value(&mut self, path: &[String], name: &str, span: std::ops::Range<usize>) {
        let text = self.layer.text.get(span.clone()).unwrap_or_default();
        let Ok(one) = format!("v = {text}").parse::<Table>() else {
            return;
        };
        let mut over = Table::new();
        over.extend(one.into_iter().map(|(_, value)| (name.to_owned(), value)));
        for name in path.iter().rev() {
            over = Table::from_iter([(name.clone(), Value::Table(over))]);
        }
        let mut all = self.default.clone();
        lay_over(&mut all, over);
        if let Err(error) = (self.fits)(all) {
            let message = format!("`{name}`: {}", error.message());
            self.found
                .push(wrong(self.layer, Some(span.start), &message));
        }
    }
}

/// Where the value at a path of keys stands in a TOML text, if it does.
fn value_in(text: &str, path: &[&str]) -> Option<Range<usize>> {
    let (key, tables) = path.split_last()?;
    let whole = DeTable::parse(text).ok()?;
    let mut table = whole.get_ref();
    for name in tables {
        table = table.get(*name)?.get_ref().as_table()?;
    }
    table.get(*key).map(|value| value.span())
}

fn lay_over(below: &mut Table, over: Table) {
    for (key, value) in over {
        match (below.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(over)) => lay_over(below, over),
            (_, value) => {
                below.insert(key, value);
            }
        }
    }
}

/// What is wrong with a layer, at a byte of it if that is known.
fn wrong(layer: &Layer, at: Option<usize>, message: &str) -> Diagnostic {
    let line = at.and_then(|at| layer.text.get(..at));
    let line = line.map(|before| before.matches('\n').count() + 1);
    let message = message.trim_end_matches('.').replace('\n', ", ");
    rules::TEMPLATE_FILE
        .nowhere(format!("`{}` cannot be read: {message}", layer.path))
        .in_place(layer.place(line))
        .hint("compare it with the file of the same name in `templates/default`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_file_of_the_default_folder_travels_in_the_program() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/default");
        let set = TemplateSet::default();
        for folder in [root.clone(), root.join("labels")] {
            for entry in std::fs::read_dir(&folder).expect("the folder is there") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    continue;
                }
                let name = path.strip_prefix(&root).expect("inside").to_string_lossy();
                let name = name.replace('\\', "/");
                assert!(
                    set.file(&name).is_some(),
                    "add `{name}` to the list in set.rs"
                );
            }
        }
    }

    /// The default set with one more file over it.
    fn with(files: &[(&str, &str)]) -> TemplateSet {
        let mut set = TemplateSet::default();
        for (path, text) in files {
            let name = path.strip_prefix("maler/").unwrap_or(path);
            set.put(name, path, text);
        }
        set
    }

    fn said(files: &[(&str, &str)]) -> Vec<String> {
        let problems = with(files).theme().expect_err("the theme is broken");
        let said = problems.iter().map(|problem| {
            let place = problem.place.as_deref().unwrap_or_default();
            format!(
                "{place}: {} ({})",
                problem.message,
                problem.hints.join("; ")
            )
        });
        said.collect()
    }

    #[test]
    fn a_theme_need_only_name_what_it_changes() {
        let set = with(&[("theme.toml", "[colours]\naccent = \"#7a1f2b\"\n")]);
        let theme = set.theme().expect("the theme is right");
        let default = TemplateSet::default()
            .theme()
            .expect("the default is right");
        assert_eq!(theme.colours.accent.to_string(), "#7a1f2b");
        assert_eq!(theme.colours.text, default.colours.text);
    }

    #[test]
    fn the_theme_beside_the_strategy_lies_over_that_of_the_template_folder() {
        let folder = "[colours]\naccent = \"#111111\"\nsecond = \"#222222\"\n";
        let root = "[colours]\naccent = \"#333333\"\n";
        let set = with(&[("maler/theme.toml", folder), ("theme.toml", root)]);
        let colours = set.theme().expect("both are right").colours;
        assert_eq!(colours.accent.to_string(), "#333333");
        assert_eq!(colours.second.to_string(), "#222222");
        assert_eq!(colours.paper.to_string(), "#ffffff");
    }

    #[test]
    fn a_theme_that_no_page_can_be_made_of_is_named_with_its_line() {
        let own = "[page]\nleft = 500\n\n[sizes]\nbody = nan\n";
        let set = with(&[("theme.toml", own)]);
        let problem = set.theme().expect_err("the size is no number").remove(0);
        assert_eq!(problem.place.as_deref(), Some("theme.toml:5"));
        assert!(problem.message.contains("`body` is NaN"), "{problem:?}");
        let own = "[page]\nleft = 500\n";
        let set = with(&[("theme.toml", own)]);
        let problem = set.theme().expect_err("there is no room").remove(0);
        // The width is that of the default: there is no line to point at.
        assert_eq!(problem.place.as_deref(), Some("theme.toml"));
        assert!(
            problem.message.contains("leave less than 144"),
            "{problem:?}"
        );
    }

    #[test]
    fn a_broken_theme_is_named_with_its_line() {
        let said = said(&[("maler/theme.toml", "[colours]\naccent = \n")]);
        assert!(said[0].starts_with("maler/theme.toml:2: "), "{said:?}");
    }

    #[test]
    fn every_misfit_of_a_theme_is_named_with_its_line_and_what_was_meant() {
        let own = "[colours]\nacent = \"#111111\"\ntext = \"red\"\n\n[sizes]\nbody = \"x\"\n";
        let said = said(&[("maler/theme.toml", own)]);
        assert_eq!(said.len(), 3, "{said:#?}");
        assert!(said[0].starts_with(
            "maler/theme.toml:2: `maler/theme.toml` cannot be read: unknown key `acent`"
        ));
        assert!(said[0].contains("did you mean `accent`?"), "{said:#?}");
        assert!(said[1].starts_with("maler/theme.toml:3: "), "{said:#?}");
        assert!(said[2].starts_with("maler/theme.toml:6: "), "{said:#?}");
    }

    #[test]
    fn a_place_says_whose_file_it_is() {
        let set = with(&[("maler/cover.html", "<p>a</p>")]);
        assert_eq!(set.place_in("cover.html", Some(1)), "maler/cover.html:1");
        assert_eq!(
            set.place_in("credits.html", Some(2)),
            "templates/default/credits.html:2 (in the program)"
        );
    }
}
