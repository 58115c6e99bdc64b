//! Definitions of references, `[kilde]: https://…`: they are shown only where a link uses them.

use super::{BodyParser, rules};
use pulldown_cmark::{Event, LinkType, OffsetIter, Tag};
use std::collections::BTreeSet;
use std::ops::Range;

/// Watches which definitions are used, and which lines of the body are read as something else.
#[derive(Debug, Default)]
pub(super) struct DefinitionTracker {
    /// Where each definition that is used begins.
    used: BTreeSet<usize>,
    /// The ranges that the parser used, in order: all except lists, items and quotations.
    read: Vec<Range<usize>>,
}

/// A definition that is not shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnshownDefinition {
    /// Where it stands in the body.
    pub(super) range: Range<usize>,
    /// Whether an earlier one has its name.
    pub(super) twice: bool,
}

impl DefinitionTracker {
    /// Notes an event.
    pub(super) fn event(&mut self, event: &Event<'_>, range: &Range<usize>, all: &OffsetIter<'_>) {
        match event {
            Event::Start(Tag::List(_) | Tag::Item | Tag::BlockQuote(_)) | Event::End(_) => return,
            // What stands in a footnote is looked at by itself.
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.read.push(range.start..range.start + name.len());
                return;
            }
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. })
                if is_reference(*link_type) =>
            {
                let definition = all.reference_definitions().get(id);
                self.used.extend(definition.map(|d| d.span.start));
            }
            _ => {}
        }
        self.read.push(range.clone());
    }

    /// The parts of the body that are not shown, in order.
    pub(super) fn unshown(&self, body: &str, all: &OffsetIter<'_>) -> Vec<UnshownDefinition> {
        let definitions = all.reference_definitions().iter();
        let mut spans: Vec<_> = definitions.map(|(_, d)| d.span.clone()).collect();
        spans.sort_by_key(|span| span.start);
        let unused = spans.iter().filter(|s| !self.used.contains(&s.start));
        let mut out: Vec<_> = unused
            .map(|range| UnshownDefinition {
                range: range.clone(),
                twice: false,
            })
            .collect();
        out.extend(self.again(body, &spans));
        out.sort_by_key(|unshown| unshown.range.start);
        out
    }

    /// Definitions whose name is taken. The parser drops them without a word, so they are known by
    /// what they leave behind: a line with a bracket that nothing was made of.
    fn again(&self, body: &str, definitions: &[Range<usize>]) -> Vec<UnshownDefinition> {
        let mut out = Vec::new();
        let (mut line_start, mut next, mut read_to) = (0, 0, 0);
        for line in body.split_inclusive('\n') {
            let start = line_start + line.find('[').unwrap_or(0);
            let end = line_start + line.trim_end().len();
            line_start += line.len();
            while let Some(range) = self.read.get(next).filter(|range| range.start <= start) {
                read_to = read_to.max(range.end);
                next += 1;
            }
            let is_definition = line.contains("]:") && begins_with_bracket(line);
            let before = definitions.partition_point(|range| range.start <= start);
            let known = definitions[..before].last().is_some_and(|d| start < d.end);
            if is_definition && read_to <= start && !known {
                out.push(UnshownDefinition {
                    range: start..end,
                    twice: true,
                });
            }
        }
        out
    }
}

fn is_reference(link: LinkType) -> bool {
    matches!(
        link,
        LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
    )
}

/// Whether nothing but marks of lists and quotations stands before the first bracket of a line.
fn begins_with_bracket(line: &str) -> bool {
    let is_mark =
        |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')');
    line.trim_start_matches(is_mark).starts_with('[')
}

impl BodyParser<'_> {
    pub(super) fn unshown_definition(&mut self, range: &Range<usize>, twice: bool) {
        let (message, hint) = match twice {
            false => (
                "no link uses this definition, so it is not shown",
                "write `[words][name]` where it belongs, or remove it",
            ),
            true => (
                "an earlier definition has the same name, so this one is not read",
                "give it another name, or remove it",
            ),
        };
        let said = rules::UNSHOWN_WORDS.at(self.span(range), message);
        self.sink.report(said.hint(hint));
    }
}
