//! Limits the number of elements that a drawing draws.

use super::MAX_DEPTH;
use crate::dom::{Data, Document, NodeId};
use std::collections::HashMap;

/// How deep the elements of a drawing may stand in each other, with the references between them
/// followed.
const MAX_REACH: usize = 4 * MAX_DEPTH;
/// Elements of a drawing, counted as often as they are drawn.
const MAX_DRAWN: u64 = 50_000;

/// Counts what is drawn when `use`, gradients and patterns are followed: a few hundred bytes can
/// ask a reader's browser for a thousand million shapes.
pub(super) struct DrawCount<'a> {
    document: &'a Document,
    ids: HashMap<&'a str, NodeId>,
    known: HashMap<NodeId, u64>,
}

impl<'a> DrawCount<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let mut ids = HashMap::new();
        for node in document.descendants(Document::ROOT) {
            if let Some(id) = document.get(node).attr("id") {
                ids.entry(id).or_insert(node);
            }
        }
        Self {
            document,
            ids,
            known: HashMap::new(),
        }
    }

    pub(super) fn weigh(mut self, root: NodeId) -> Result<(), String> {
        if self.weight(root, 0)? > MAX_DRAWN {
            return Err(format!("it draws more than {MAX_DRAWN} elements"));
        }
        Ok(())
    }

    fn weight(&mut self, id: NodeId, reach: usize) -> Result<u64, String> {
        if let Some(&known) = self.known.get(&id) {
            return Ok(known);
        }
        if reach > MAX_REACH {
            return Err("its elements are nested too deep or refer to themselves".into());
        }
        let node = self.document.get(id);
        let mut weight = 1u64;
        if let Data::Element { attrs, .. } = &node.data {
            let targets = attrs.iter().flat_map(|(key, value)| targets(key, value));
            let targets: Vec<_> = targets.filter_map(|t| self.ids.get(t).copied()).collect();
            for next in targets.into_iter().chain(node.children.iter().copied()) {
                weight = weight.saturating_add(self.weight(next, reach + 1)?);
            }
        }
        self.known.insert(id, weight);
        Ok(weight)
    }
}

/// The ids that an attribute refers to.
fn targets<'v>(key: &str, value: &'v str) -> impl Iterator<Item = &'v str> {
    let link = matches!(key, "href" | "xlink:href");
    let link = value.trim().strip_prefix('#').filter(|_| link);
    let paint = value.split("url(").skip(1).filter_map(|rest| {
        let inside = rest.split(')').next()?.trim_matches([' ', '"', '\'']);
        inside.strip_prefix('#')
    });
    link.into_iter().chain(paint)
}
