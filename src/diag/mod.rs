//! Diagnostics.
//!
//! A [`Diagnostic`] is a value: the [`Rule`] that was broken, the place, and hints. The stages make
//! diagnostics with [`Rule::at`] and report them to a [`Sink`]; `render` formats them.

mod nearest;
mod render;
mod rules;

pub use nearest::{did_you_mean, nearest};
pub use render::{Format, Paths, plain, render, to_value};
pub(crate) use rules::rules;

use crate::files::Span;
use std::fmt;

/// A stable identity: a letter for the area and three digits; never reused.
///
/// `L` load, `M` model and references, `C` content, `A` accessibility, `R` rendering and templates,
/// `T` typesetting, `V` versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document can be built, but somebody should look at it.
    Warning,
    /// The document cannot be built.
    Error,
}

impl Severity {
    /// The word for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A rule that sources, templates or pages can break.
#[derive(Debug)]
pub struct Rule {
    /// Its identity.
    pub code: Code,
    /// Its name for reading, in kebab case.
    pub name: &'static str,
    /// The severity of a breach.
    pub severity: Severity,
    /// Its documentation in Markdown: what it checks, why, a wrong and a right example.
    pub docs: &'static str,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

impl Rule {
    /// A breach of the rule at a place. The message is one lower-case phrase that stands alone,
    /// with names in backticks and no full stop.
    pub fn at(&'static self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            primary: Some(span),
            ..self.nowhere(message)
        }
    }

    /// A breach of the rule where there is no text to point at.
    pub fn nowhere(&'static self, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            rule: self,
            message: message.into(),
            primary: None,
            place: None,
            related: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// The title of its documentation: the first heading, without its mark.
    pub fn title(&self) -> &'static str {
        let first = self.docs.lines().next().unwrap_or_default();
        first.trim_start_matches('#').trim()
    }

    /// Its documentation for people, without the sections whose example files in a text cannot
    /// show: those name a test instead.
    pub fn explanation(&self) -> String {
        let mut sections = self.docs.split("\n## ");
        let mut text = sections.next().unwrap_or_default().to_owned();
        for section in sections.filter(|section| !section.contains("\n<!-- shown in tests")) {
            text.push_str("\n## ");
            text.push_str(section);
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }
}

/// A breach of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule.
    pub rule: &'static Rule,
    /// One lower-case phrase that stands alone, names in backticks, no full stop.
    pub message: String,
    /// The place in the sources.
    pub primary: Option<Span>,
    /// A place that is not in a source text: a file or `template.html:12`.
    pub place: Option<String>,
    /// Related places, such as «first defined here».
    pub related: Vec<Label>,
    /// The hints, in the imperative.
    pub hints: Vec<String>,
}

/// A note on a related place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The note.
    pub message: String,
}

impl Diagnostic {
    /// Adds a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds a related place.
    #[must_use]
    pub fn also(mut self, span: Span, message: impl Into<String>) -> Self {
        let message = message.into();
        self.related.push(Label { span, message });
        self
    }

    /// Names a place outside the source texts: a file, or `template.html:12`.
    #[must_use]
    pub fn in_place(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// The severity.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }
}

/// Collects the diagnostics of a run.
#[derive(Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
}

impl Sink {
    /// Adds a diagnostic.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds diagnostics of an earlier run, in order.
    pub fn repeat(&mut self, said: &[Diagnostic]) {
        self.diagnostics.extend_from_slice(said);
    }

    /// Moves all diagnostics of another sink into this one, in order.
    pub fn append(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// How many there are so far.
    pub fn len(&self) -> usize {
        self.diagnostics.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// The diagnostics after the first `count`.
    pub fn since(&self, count: usize) -> &[Diagnostic] {
        self.diagnostics.get(count..).unwrap_or_default()
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        let mut all = self.diagnostics.iter();
        all.any(|d| d.severity() == Severity::Error)
    }

    /// The diagnostics in the order of files and places; those without a place come last.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        let mut all = self.diagnostics;
        all.sort_by_key(|d| (d.primary.is_none(), d.primary, d.rule.code));
        all.dedup();
        all
    }
}
