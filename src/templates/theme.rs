//! Reads the theme of a template set: the default one, with keys of the council's own.

use super::layers::{Layer, merge_over, merged, misfits, problem_in, value_in};
use super::set::{THEME, TemplateSet};
use crate::diag::{Diagnostic, Rule};
use crate::files::Span;
use crate::theme::Theme;
use std::ops::Range;
use toml::Table;

impl TemplateSet {
    /// The theme: the default's, key by key under the council's.
    ///
    /// # Errors
    /// Every key and value that a theme has no use for.
    pub fn theme(&self) -> Result<Theme, Vec<Diagnostic>> {
        let file = self.file(THEME).expect("the default set has a theme");
        let fits = |table: Table| table.try_into::<Theme>().map(drop);
        let table = merged(&file.layers, &|default, over, layer| {
            misfits(layer, over, &with_optional(default), &fits)
        })?;
        let theme = table.try_into::<Theme>();
        let theme = theme.map_err(|e| vec![problem_in(file.top(), None, e.message())])?;
        let problems = theme.problems().into_iter().map(|problem| {
            let (table, key) = problem.key;
            match self.theme_value(&[table, key]) {
                Some((layer, range)) => problem_in(layer, Some(range.start), &problem.message),
                None => problem_in(file.top(), None, &problem.message),
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
    merge_over(&mut all, default.clone());
    all
}

#[cfg(test)]
mod tests {
    use super::super::testing::set_with;
    use super::*;

    fn said(files: &[(&str, &str)]) -> Vec<String> {
        let problems = set_with(files).theme().expect_err("the theme is broken");
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
        let set = set_with(&[("theme.toml", "[colours]\naccent = \"#7a1f2b\"\n")]);
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
        let set = set_with(&[("maler/theme.toml", folder), ("theme.toml", root)]);
        let colours = set.theme().expect("both are right").colours;
        assert_eq!(colours.accent.to_string(), "#333333");
        assert_eq!(colours.second.to_string(), "#222222");
        assert_eq!(colours.paper.to_string(), "#ffffff");
    }

    #[test]
    fn a_theme_that_no_page_can_be_made_of_is_named_with_its_line() {
        let own = "[page]\nleft = 500\n\n[sizes]\nbody = nan\n";
        let set = set_with(&[("theme.toml", own)]);
        let problem = set.theme().expect_err("the size is no number").remove(0);
        assert_eq!(problem.place.as_deref(), Some("theme.toml:5"));
        assert!(problem.message.contains("`body` is NaN"), "{problem:?}");
        let own = "[page]\nleft = 500\n";
        let set = set_with(&[("theme.toml", own)]);
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
}
