//! The files that decide content and looks: templates, style sheet, theme, labels.

use super::rules;
use crate::diag::Diagnostic;
use crate::dom::TemplateLine;
use crate::files::Sources;
use crate::model::Strategy;
use crate::theme::Theme;
use toml::{Table, Value};

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
    "answers.html"
    "chapter.html"
    "components.html"
    "contents.html"
    "cover.html"
    "credits.html"
    "document.html"
    "facts.html"
    "imprint.html"
    "items.html"
    "labels/en.toml"
    "labels/nb.toml"
    "labels/nn.toml"
    "page.css"
    "process.html"
    "sources.html"
    "starting-points.html"
    "theme.toml"
    "workshop.html"
}

/// The templates of a council over the default ones.
///
/// A template or the style sheet takes the place of the default file of the same name; `theme.toml`
/// and `labels/*.toml` are read key by key over the default ones.
#[derive(Debug, Clone)]
pub struct TemplateSet {
    files: Vec<File>,
}

/// A file of the set.
#[derive(Debug, Clone)]
struct File {
    name: String,
    /// The text that counts; for TOML, what is read over the default.
    text: String,
    /// The default below it, if both are read.
    below: Option<&'static str>,
}

impl Default for TemplateSet {
    fn default() -> Self {
        let files = DEFAULT.iter().map(|(name, text)| File {
            name: (*name).to_owned(),
            text: (*text).to_owned(),
            below: None,
        });
        let mut files: Vec<_> = files.collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Self { files }
    }
}

impl TemplateSet {
    /// The default set with a council's own files over it. Names are paths inside the folder of
    /// templates, with `/`; files that a set has no use for are passed over.
    #[must_use]
    pub fn with_overrides(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut set = Self::default();
        for (name, text) in files {
            set.put(name, text);
        }
        set
    }

    /// The set of a strategy: the default one, and the council's own folder over it.
    #[must_use]
    pub fn of(strategy: &Strategy, sources: &Sources) -> Self {
        let folder = strategy
            .template
            .as_ref()
            .map(|folder| format!("{}/", folder.trim_end_matches('/')));
        let files = sources.iter().filter_map(|(_, file)| {
            let own = folder
                .as_ref()
                .and_then(|folder| file.path.strip_prefix(folder.as_str()));
            let theme = (file.path == "theme.toml").then_some("theme.toml");
            let name = own.or(theme)?;
            Some((name.to_owned(), file.text().to_owned()))
        });
        Self::with_overrides(files)
    }

    fn put(&mut self, name: String, text: String) {
        let is_label = name.starts_with("labels/") && name.ends_with(".toml");
        if !(name.ends_with(".html") || name == "page.css" || name == "theme.toml" || is_label) {
            return;
        }
        match self.files.binary_search_by(|f| f.name.cmp(&name)) {
            Ok(at) if name.ends_with(".toml") => {
                let default = DEFAULT.iter().find(|(n, _)| *n == name);
                self.files[at].below = default.map(|(_, text)| *text);
                self.files[at].text = text;
            }
            Ok(at) => self.files[at].text = text,
            Err(at) => {
                let below = None;
                self.files.insert(at, File { name, text, below });
            }
        }
    }

    /// `measures.html:12`, for messages.
    pub fn place(&self, line: TemplateLine) -> String {
        let name = self.files.get(line.template as usize);
        let name = name.map_or("?", |file| file.name.as_str());
        format!("{name}:{}", line.line)
    }

    /// The templates with their index in the set.
    pub(super) fn templates(&self) -> impl Iterator<Item = (u32, &str, &str)> {
        let all = (0u32..).zip(&self.files);
        all.filter(|(_, f)| f.name.ends_with(".html"))
            .map(|(index, f)| (index, f.name.as_str(), f.text.as_str()))
    }

    fn file(&self, name: &str) -> Option<&File> {
        let at = self.files.binary_search_by(|f| f.name.as_str().cmp(name));
        at.ok().map(|at| &self.files[at])
    }

    /// The line of a template, as the council wrote it.
    pub(super) fn line(&self, name: &str, line: usize) -> Option<&str> {
        self.file(name)?.text.lines().nth(line.checked_sub(1)?)
    }

    /// The style sheet of the page.
    pub fn css(&self) -> &str {
        self.file("page.css").map_or("", |file| &file.text)
    }

    /// The theme: the default's, key by key under the council's.
    pub fn theme(&self) -> Result<Theme, Vec<Diagnostic>> {
        let file = self
            .file("theme.toml")
            .expect("the default set has a theme");
        let table = merged(file)?;
        let theme = Theme::deserialize_from(table);
        let theme = theme.map_err(|message| vec![wrong(file, None, &message)])?;
        let problems = theme.problems().into_iter();
        let problems: Vec<_> = problems
            .map(|problem| wrong(file, key_in(&file.text, problem.key), &problem.message))
            .collect();
        match problems.is_empty() {
            true => Ok(theme),
            false => Err(problems),
        }
    }

    /// The labels of a language, by key, in the order of the file.
    pub(super) fn labels(&self, language: &str) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
        let name = format!("labels/{language}.toml");
        let file = self
            .file(&name)
            .expect("the default set has every language");
        let mut out = Vec::new();
        for (key, value) in merged(file)? {
            let Value::String(text) = value else {
                let message = format!("the label `{key}` is not a text");
                return Err(vec![wrong(file, None, &message)]);
            };
            out.push((key, text));
        }
        Ok(out)
    }
}

impl Theme {
    /// The theme that a table holds.
    fn deserialize_from(table: Table) -> Result<Self, String> {
        let theme = table.try_into::<Self>();
        theme.map_err(|e| e.message().to_owned())
    }
}

/// Where a key of a table stands in a TOML text, if it does.
fn key_in(text: &str, (table, key): (&str, &str)) -> Option<usize> {
    let whole = toml::de::DeTable::parse(text).ok()?;
    let table = whole.get_ref().get(table)?.get_ref().as_table()?;
    table.get_key_value(key).map(|(key, _)| key.span().start)
}

/// The table of a TOML file, over that of the default.
fn merged(file: &File) -> Result<Table, Vec<Diagnostic>> {
    let read = |text: &str| -> Result<Table, Vec<Diagnostic>> {
        text.parse().map_err(|e: toml::de::Error| {
            let at = e.span().map(|span| span.start);
            vec![wrong(file, at, e.message())]
        })
    };
    let over = read(&file.text)?;
    let Some(below) = file.below else {
        return Ok(over);
    };
    let mut table = read(below)?;
    lay_over(&mut table, over);
    Ok(table)
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

fn wrong(file: &File, at: Option<usize>, message: &str) -> Diagnostic {
    let line = at.and_then(|at| file.text.get(..at));
    let line = line.map(|before| before.matches('\n').count() + 1);
    let place = match line {
        Some(line) => format!("{}:{line}", file.name),
        None => file.name.clone(),
    };
    let message = message.trim_end_matches('.').replace('\n', ", ");
    rules::TEMPLATE_FILE
        .nowhere(format!("`{}` cannot be read: {message}", file.name))
        .in_place(place)
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

    #[test]
    fn a_theme_need_only_name_what_it_changes() {
        let own = "[colours]\naccent = \"#7a1f2b\"\n".to_owned();
        let set = TemplateSet::with_overrides([("theme.toml".to_owned(), own)]);
        let theme = set.theme().expect("the theme is right");
        let default = TemplateSet::default()
            .theme()
            .expect("the default is right");
        assert_eq!(theme.colours.accent.to_string(), "#7a1f2b");
        assert_eq!(theme.colours.text, default.colours.text);
    }

    #[test]
    fn a_theme_that_no_page_can_be_made_of_is_named_with_its_line() {
        let own = "[page]\nleft = 500\n\n[sizes]\nbody = nan\n".to_owned();
        let set = TemplateSet::with_overrides([("theme.toml".to_owned(), own)]);
        let problem = set.theme().expect_err("the size is no number").remove(0);
        assert_eq!(problem.place.as_deref(), Some("theme.toml:5"));
        assert!(problem.message.contains("`body` is NaN"), "{problem:?}");
        let own = "[page]\nleft = 500\n".to_owned();
        let set = TemplateSet::with_overrides([("theme.toml".to_owned(), own)]);
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
        let own = "[colours]\naccent = \n".to_owned();
        let set = TemplateSet::with_overrides([("theme.toml".to_owned(), own)]);
        let problem = set.theme().expect_err("the theme is broken").remove(0);
        assert_eq!(problem.place.as_deref(), Some("theme.toml:2"));
    }
}
