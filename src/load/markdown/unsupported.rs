//! Reports Markdown syntax that utkast does not support. It is shown as it is typed.

use super::{BodyParser, OPTIONS, rules, times};
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::BTreeMap;
use std::ops::Range;

/// A kind of unsupported syntax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum UnsupportedSyntax {
    Box,
    Definition,
}

impl UnsupportedSyntax {
    /// Its name, with an example.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Box => "boxes in lists (`- [ ]`)",
            Self::Definition => "lists of definitions (`: mening`)",
        }
    }

    /// The hint.
    pub(super) fn instead(self) -> &'static str {
        match self {
            Self::Box => "write in words what is done and what is not",
            Self::Definition => "write a list, `- **term**: meaning`, or a table",
        }
    }
}

/// The kinds of unsupported syntax in a body, each with the place of the first and their number.
pub(super) fn unsupported(body: &str) -> BTreeMap<UnsupportedSyntax, (Range<usize>, usize)> {
    let mut found: BTreeMap<UnsupportedSyntax, (Range<usize>, usize)> = BTreeMap::new();
    // The body is read once more, as those programs would, only if there is a sign of such syntax.
    let signs = ["[ ]", "[x]", "[X]", "\n:", "\n :", "\n  :"];
    if !signs.iter().any(|sign| body.contains(sign)) {
        return found;
    }
    let options = OPTIONS | Options::ENABLE_TASKLISTS | Options::ENABLE_DEFINITION_LIST;
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        let syntax = match event {
            Event::TaskListMarker(_) => UnsupportedSyntax::Box,
            Event::Start(Tag::DefinitionListDefinition) => UnsupportedSyntax::Definition,
            _ => continue,
        };
        found.entry(syntax).or_insert((range, 0)).1 += 1;
    }
    found
}

impl BodyParser<'_> {
    pub(super) fn unsupported_syntax(&mut self) {
        for (syntax, (range, count)) in unsupported(self.body) {
            let name = syntax.name();
            let times = times(count);
            let message =
                format!("{name} are not supported, so they are shown as they are typed{times}");
            let said = rules::UNREAD_MARKS.at(self.span(&range), message);
            self.sink.report(said.hint(syntax.instead()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str) -> Vec<(UnsupportedSyntax, &str, usize)> {
        let found = unsupported(body).into_iter();
        found
            .map(|(syntax, (range, count))| (syntax, body[range].trim_end(), count))
            .collect()
    }

    #[test]
    fn each_kind_is_found_once_with_its_number() {
        let body = "- [ ] a\n- [x] b\n\nEn[^1].\n\n[^1]:\n    - [ ] c\n";
        assert_eq!(found(body), [(UnsupportedSyntax::Box, "[ ]", 3)]);
        let place = found("Råd\n: Et organ.\n")[0];
        assert_eq!((place.0, place.2), (UnsupportedSyntax::Definition, 1));
        assert!(place.1.contains("Et organ."), "{place:?}");
    }

    #[test]
    fn what_looks_alike_and_is_none_is_left_alone() {
        for body in [
            "ca. ~20 til ~30 [ ]",
            "Ord: mening\n",
            "    Ord\n    : kode\n",
        ] {
            assert_eq!(found(body), [], "{body}");
        }
    }
}
