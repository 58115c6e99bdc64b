//! The template set: templates, style sheet, theme, labels.

use super::defaults;
use super::layers::{Layer, merged, problem_in};
use crate::diag::Diagnostic;
use crate::dom::TemplateLine;
use crate::files::{FileId, SourceFile, Sources};
use crate::language;
use crate::model::Strategy;
use toml::Value;

/// The name of the theme, in the template folder and beside `strategy.toml`.
pub(super) const THEME: &str = "theme.toml";
/// The names of the style sheets: of every page, and of what a page that shows changes has beside it.
const PAGE_CSS: &str = "page.css";
const REDLINE_CSS: &str = "redline.css";

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
pub(super) struct File {
    name: String,
    /// What was written under this name, the default one first. Of templates and the style sheet
    /// the last one counts; of TOML each lies over the one before.
    pub(super) layers: Vec<Layer>,
}

impl File {
    /// The layer that counts.
    pub(super) fn top(&self) -> &Layer {
        self.layers.last().expect("a file has a text")
    }
}

impl Default for TemplateSet {
    fn default() -> Self {
        let templates = defaults::FILES
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
                    set.add(name, &file.path, file.text(), Some(id));
                }
            }
        }
        set.folder = folder;
        if let Some((id, file)) = sources.by_path(THEME) {
            set.add(THEME, THEME, file.text(), Some(id));
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
    pub(super) fn add_text(&mut self, name: &str, path: &str, text: &str) {
        self.add(name, path, text, None);
    }

    /// Lays a file over those of the same name, which is its path inside the template folder.
    fn add(&mut self, name: &str, path: &str, text: &str, id: Option<FileId>) {
        let is_label = name.starts_with("labels/") && name.ends_with(".toml");
        if !(name.ends_with(".html")
            || name == PAGE_CSS
            || name == REDLINE_CSS
            || name == THEME
            || is_label)
        {
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

    pub(super) fn file(&self, name: &str) -> Option<&File> {
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
        self.file(PAGE_CSS).map_or("", |file| &file.top().text)
    }

    /// The style sheet that a page that shows changes has behind that of every page.
    pub fn redline_css(&self) -> &str {
        self.file(REDLINE_CSS).map_or("", |file| &file.top().text)
    }

    /// The labels of a language, by key, in the order of the file.
    ///
    /// # Errors
    /// Every label that is not a text.
    pub(super) fn labels(&self, language: &str) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
        let file = self
            .file(&labels_of(language))
            .expect("the default set has every language");
        let table = merged(&file.layers, &|_, over, layer| {
            let others = over.iter().filter(|(_, value)| !value.get_ref().is_str());
            let wrong = others.map(|(key, value)| {
                let message = format!("the label `{}` is not a text", key.get_ref());
                problem_in(layer, Some(value.span().start), &message)
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

#[cfg(test)]
mod tests {
    use super::super::testing::set_with;

    #[test]
    fn a_place_says_whose_file_it_is() {
        let set = set_with(&[("maler/cover.html", "<p>a</p>")]);
        assert_eq!(set.place_in("cover.html", Some(1)), "maler/cover.html:1");
        assert_eq!(
            set.place_in("credits.html", Some(2)),
            "templates/default/credits.html:2 (in the program)"
        );
    }

    #[test]
    fn a_council_has_a_style_sheet_of_its_own_for_changes() {
        let set = set_with(&[("maler/redline.css", "ins { color: green }")]);
        assert_eq!(set.redline_css(), "ins { color: green }");
        assert!(set.css().contains("--measure"));
    }
}
