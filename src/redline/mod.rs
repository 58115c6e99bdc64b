//! What has changed between two documents, as one document.
//!
//! [`merge()`] puts an old and a new tree together: blocks that are one and the same are found
//! (`matching.rs`), then their words are compared (`words.rs`). The law of it: [`Merged::accepted`] is
//! exactly the new tree, and [`Merged::rejected`] exactly the old one ([`canonical`] says what of a
//! tree counts). So the merged tree is neither more nor less than the two.

mod columns;
mod dress;
mod graft;
mod inline;
mod items;
mod law;
mod matching;
mod merge;
mod order;
mod prune;
mod side;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

pub use dress::{Words, dress};
pub use graft::{graft, without_covers};
pub use law::canonical;
pub use merge::FORMER;
pub use prune::only_changes;

use crate::dom::{Document, NodeId};
use std::collections::BTreeMap;

/// Why a node of the merged document is not simply in both of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The node, with all in it that is not marked otherwise, is in the old document only.
    Struck,
    /// It is in the new one only.
    Added,
    /// It stood elsewhere: the move of this number.
    Moved(usize),
    /// Here stood what has moved.
    Trace(usize),
    /// It is in neither of them, with all that it holds.
    Generated,
    /// It is in neither of them, but what it holds is.
    Around,
    /// The element is in the new document only, but not what it holds: words that became emphasised,
    /// or a link.
    Wrapped,
    /// The element is in the old one only, but not what it holds; [`Merged::former`] says what it was.
    /// It is a `span` here.
    Unwrapped,
}

/// What an element was in the old document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// Its name.
    pub name: String,
    /// Its attributes.
    pub attrs: Vec<(String, String)>,
}

impl Former {
    /// The value of an attribute.
    pub fn attr(&self, key: &str) -> Option<&str> {
        let mut attrs = self.attrs.iter();
        attrs.find_map(|(known, value)| (known == key).then_some(value.as_str()))
    }
}

/// Something that stands elsewhere now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The block in the old document.
    pub old: NodeId,
    /// The block in the new one.
    pub new: NodeId,
    /// The block in the merged one.
    pub stands: NodeId,
    /// What is in the place where it stood.
    pub trace: NodeId,
}

impl Default for Move {
    fn default() -> Self {
        let nowhere = Document::ROOT;
        Self {
            old: nowhere,
            new: nowhere,
            stands: nowhere,
            trace: nowhere,
        }
    }
}

/// Two documents in one.
#[derive(Debug, Clone)]
pub struct Merged {
    /// All that is in either of them.
    pub document: Document,
    /// The nodes that are not simply in both.
    pub marks: BTreeMap<NodeId, Mark>,
    /// Elements in both that had another name or other attributes in the old one, and elements of the
    /// old one that have other ids here.
    pub former: BTreeMap<NodeId, Former>,
    /// By element that the old document has: its node there.
    pub in_old: BTreeMap<NodeId, NodeId>,
    /// Elements that [`dress()`] has given other attributes: those that they had.
    pub undressed: BTreeMap<NodeId, Vec<(String, String)>>,
    /// What has moved, in the order of the new document.
    pub moves: Vec<Move>,
    /// Blocks that keep little of themselves: as they were and as they are.
    pub rewritten: Vec<(NodeId, NodeId)>,
    /// Whether something was too large to be compared word by word or block by block.
    pub is_coarse: bool,
}

/// Merges two documents. Pictures are compared by their digests, which are given by `src`; those of
/// the old document are named `was-` in the merged one.
pub fn merge(
    old: &Document,
    new: &Document,
    old_pictures: &BTreeMap<String, String>,
    new_pictures: &BTreeMap<String, String>,
) -> Merged {
    merge::merge(old, new, old_pictures, new_pictures)
}
