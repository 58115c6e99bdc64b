//! Merges TOML files key by key: the theme and the label tables.

use super::rules;
use crate::diag::{Diagnostic, did_you_mean, nearest};
use crate::files::FileId;
use std::ops::Range;
use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

/// One text of a file.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    /// Its path among the sources, for messages; that in the repository, if it is a default one.
    pub(super) path: String,
    pub(super) text: String,
    /// The file among the sources; none for what travels in the program.
    pub(super) file: Option<FileId>,
    /// Whether it travels in the program.
    pub(super) default: bool,
}

impl Layer {
    /// `templates/measures.html:12`, for messages.
    pub(super) fn place(&self, line: Option<usize>) -> String {
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        let whose = if self.default {
            " (in the program)"
        } else {
            ""
        };
        format!("{}{line}{whose}", self.path)
    }
}

/// The problems of a layer, compared with the default one below it.
type CheckLayer<'a> = &'a dyn Fn(&Table, &DeTable<'_>, &Layer) -> Vec<Diagnostic>;

/// The tables of a TOML file, each over the one before.
pub(super) fn merged(layers: &[Layer], check: CheckLayer<'_>) -> Result<Table, Vec<Diagnostic>> {
    let mut tables: Vec<Table> = Vec::new();
    let mut problems = Vec::new();
    for layer in layers {
        match layer.text.parse::<Table>() {
            Ok(table) => tables.push(table),
            Err(error) => {
                let at = error.span().map(|span| span.start);
                problems.push(problem_in(layer, at, error.message()));
                continue;
            }
        }
        let spanned = DeTable::parse(&layer.text);
        if let (Some(default), Ok(spanned), false) = (tables.first(), spanned, layer.default) {
            problems.extend(check(default, spanned.get_ref(), layer));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut merged = Table::new();
    for table in tables {
        merge_over(&mut merged, table);
    }
    Ok(merged)
}

/// Every key and value of a layer, read as `over`, that has no place in the default table. The
/// default table has every key that there is; `fits` says whether a whole table can be used.
pub(super) fn misfits(
    layer: &Layer,
    over: &DeTable<'_>,
    default: &Table,
    fits: &dyn Fn(Table) -> Result<(), toml::de::Error>,
) -> Vec<Diagnostic> {
    let mut misfits = Misfits {
        layer,
        default,
        fits,
        found: Vec::new(),
    };
    misfits.table(&mut Vec::new(), over, default);
    misfits.found
}

/// Looks for what does not fit in a layer.
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
        let found = problem_in(self.layer, Some(at), &format!("unknown key `{name}`"));
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
        merge_over(&mut all, over);
        if let Err(error) = (self.fits)(all) {
            let message = format!("`{name}`: {}", error.message());
            self.found
                .push(problem_in(self.layer, Some(span.start), &message));
        }
    }
}

/// Where the value at a path of keys stands in a TOML text, if it does.
pub(super) fn value_in(text: &str, path: &[&str]) -> Option<Range<usize>> {
    let (key, tables) = path.split_last()?;
    let whole = DeTable::parse(text).ok()?;
    let mut table = whole.get_ref();
    for name in tables {
        table = table.get(*name)?.get_ref().as_table()?;
    }
    table.get(*key).map(|value| value.span())
}

pub(super) fn merge_over(below: &mut Table, over: Table) {
    for (key, value) in over {
        match (below.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(over)) => merge_over(below, over),
            (_, value) => {
                below.insert(key, value);
            }
        }
    }
}

/// A problem of a layer, with the byte if known.
pub(super) fn problem_in(layer: &Layer, at: Option<usize>, message: &str) -> Diagnostic {
    let line = at.and_then(|at| layer.text.get(..at));
    let line = line.map(|before| before.matches('\n').count() + 1);
    let message = message.trim_end_matches('.').replace('\n', ", ");
    rules::TEMPLATE_FILE
        .nowhere(format!("`{}` cannot be read: {message}", layer.path))
        .in_place(layer.place(line))
        .hint("compare it with the file of the same name in `templates/default`")
}
