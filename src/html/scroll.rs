//! Regions in which a wide table scrolls, so that the page itself never does (WCAG 2.1, SC 1.4.10).
//!
//! A template may write such a region itself (`role="region"`, `tabindex="0"`, a name). Other tables, for
//! example those of running text, get one here. The region needs a name for keyboard and screen-reader
//! users: the caption of the table, or the heading above it. A table that becomes a list on a narrow
//! screen ([`super::stacks`]) needs no region.

use super::stacks::is_stacked;
use crate::dom::{Document, NodeId};
use std::collections::BTreeMap;

/// Names the regions of one page, in the order of its text.
#[derive(Default)]
pub(super) struct Regions {
    heading: Option<NodeId>,
    /// How often each name was given, since two landmarks should not share one.
    given: BTreeMap<String, u32>,
}

impl Regions {
    /// Hears of an element, and returns the name of the region to be opened around it, if any.
    pub(super) fn around(&mut self, document: &Document, id: NodeId) -> Option<String> {
        let node = document.get(id);
        if node.heading_level().is_some() {
            self.heading = Some(id);
        }
        if !node.is("table") || is_stacked(document, id) {
            return None;
        }
        let above = node.parent.and_then(|parent| {
            document.ancestor(parent, |n| {
                n.attr("role") == Some("region") || n.is("table")
            })
        });
        if above.is_some() {
            return None;
        }
        let mut captions = node.children.iter().copied();
        let caption = captions.find(|&c| document.get(c).is("caption"));
        let name = caption.or(self.heading)?;
        let text = document.text_of(name);
        let words: Vec<_> = text.split_whitespace().collect();
        let name = words.join(" ");
        let count = self.given.entry(name.clone()).or_default();
        *count += 1;
        match *count {
            1 => Some(name),
            n => Some(format!("{name} ({n})")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};

    fn names(html: &str) -> Vec<String> {
        let document = parse(html, Meta::default()).document;
        let mut regions = Regions::default();
        let all: Vec<_> = document.descendants(Document::ROOT).collect();
        all.into_iter()
            .filter_map(|id| regions.around(&document, id))
            .collect()
    }

    #[test]
    fn a_table_is_named_by_its_caption_or_by_the_heading_above() {
        let html = "<h2><span>1</span> Folketal</h2><table></table><table></table>\
            <table><caption>Etter \n alder</caption></table>";
        assert_eq!(names(html), ["1 Folketal", "1 Folketal (2)", "Etter alder"]);
    }

    #[test]
    fn a_table_that_has_a_region_gets_no_second_one() {
        let html = "<h2>A</h2><div role=\"region\"><table><tr><td>\
            <table></table></td></tr></table></div>";
        assert_eq!(names(html), Vec::<String>::new());
    }
}
