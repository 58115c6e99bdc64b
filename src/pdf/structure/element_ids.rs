//! Unique identifiers of structure elements (ISO 32000-1, 14.7.2).

use crate::dom::{Document, NodeId};
use crate::pdf::syntax::LONGEST_STRING;
use rustc_hash::{FxHashMap, FxHashSet};

/// Identifiers given so far.
#[derive(Default)]
pub(super) struct ElementIds {
    of: FxHashMap<NodeId, String>,
    taken: FxHashSet<String>,
    /// Numbers given to elements whose nodes have no `id` of their own.
    count: usize,
}

impl ElementIds {
    /// The identifier of a node's element: its `id`, unless it has none, or one that is taken or
    /// longer than a string may be; then a word with a number.
    pub(super) fn name(&mut self, document: &Document, node: NodeId, word: &str) -> String {
        if let Some(name) = self.of.get(&node) {
            return name.clone();
        }
        let own = document.get(node).attr("id").unwrap_or_default();
        let usable = !own.is_empty() && own.len() <= LONGEST_STRING && !self.taken.contains(own);
        let name = if usable {
            own.to_owned()
        } else {
            self.numbered(word)
        };
        self.taken.insert(name.clone());
        self.of.insert(node, name.clone());
        name
    }

    fn numbered(&mut self, word: &str) -> String {
        loop {
            self.count += 1;
            let name = format!("{word}-{}", self.count);
            if !self.taken.contains(&name) {
                return name;
            }
        }
    }

    /// The identifier that a node's element has been given.
    pub(super) fn given(&self, node: NodeId) -> Option<&String> {
        self.of.get(&node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};

    #[test]
    fn no_name_is_given_twice() {
        let html = "<p id=note-1></p><p id=a></p><p id=a></p><p></p>";
        let document = parse(html, Meta::default()).document;
        let mut names = ElementIds::default();
        let paragraphs = document.get(Document::ROOT).children.iter();
        let given: Vec<String> = paragraphs
            .map(|&p| names.name(&document, p, "note"))
            .collect();
        assert_eq!(given, ["note-1", "a", "note-2", "note-3"]);
    }
}
