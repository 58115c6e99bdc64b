//! Links: `[words](target)`, to an item, to a place in it, or to an address.

use super::{BodyParser, languages, rules};
use crate::files::Span;
use crate::model::{Inline, Link, Located, Reference};
use pulldown_cmark::{CowStr, LinkType};
use std::ops::Range;

/// Schemes of addresses that a link may have; all else is read as an id.
const SCHEMES: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];

/// The target of a link.
pub(super) fn target(link_type: LinkType, target: &str, span: Span) -> Link {
    if link_type == LinkType::Email {
        return Link::Address(format!("mailto:{target}"));
    }
    let lower = target.to_ascii_lowercase();
    if SCHEMES.iter().any(|scheme| lower.starts_with(scheme)) {
        return Link::Address(target.to_owned());
    }
    let (id, place) = match target.split_once('#') {
        Some((id, place)) if !id.is_empty() => (id, Some(place)),
        _ => (target, None),
    };
    // One that was written in another way than it is read is pointed at as a whole.
    let is_as_written = span.range().len() == target.len();
    let part = |from: usize, to: usize| match is_as_written {
        true => Span::new(
            span.file,
            span.range().start + from..span.range().start + to,
        ),
        false => span,
    };
    Link::Item {
        item: Reference {
            target: id.to_owned(),
            span: part(0, id.len()),
        },
        place: place.map(|name| Located {
            value: name.to_owned(),
            span: part(id.len() + 1, target.len()),
        }),
    }
}

impl BodyParser<'_> {
    /// A link, or words of another language. A link without words shows its target, so that no
    /// link is empty and none is lost.
    pub(super) fn link(&mut self, link: Link, range: &Range<usize>) {
        let mut content = self.inlines.pop().unwrap_or_default();
        let is_empty = Inline::plain(&content).trim().is_empty();
        if is_empty && self.holds_picture(range) {
            // That it cannot has been said.
            return;
        }
        if let Some(language) = languages::tag(&link) {
            let foreign = self.foreign(language, content);
            return self.inline(foreign, range);
        }
        if is_empty {
            content = vec![Inline::Text(link.target().to_owned())];
        }
        self.inline(Inline::Link { link, content }, range);
    }

    /// Reports a title, `[words](target "title")`, which neither output shows.
    pub(super) fn title(&mut self, title: &CowStr<'_>, range: &Range<usize>, hint: &str) {
        if title.is_empty() {
            return;
        }
        let message = format!("the title `{title}` is not shown");
        let said = rules::UNSHOWN_WORDS.at(self.target_span(range, title), message);
        self.sink.report(said.hint(hint));
    }

    /// Where the target stands in `[words](target)`; the whole link if it is written otherwise.
    pub(super) fn target_span(&self, range: &Range<usize>, target: &str) -> Span {
        let text = &self.body[range.clone()];
        match text.rfind(target).filter(|_| !target.is_empty()) {
            Some(at) => {
                let start = range.start + at + self.start;
                Span::new(self.file, start..start + target.len())
            }
            None => self.span(range),
        }
    }
}
