//! The words, signs and elements of a line, as they are compared.

use crate::dom::NodeId;
use std::ops::Range;

/// A word, a sign, a space, or an inline element.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Equal for items that are equal.
    pub(super) number: u32,
    /// How many words it holds.
    pub(super) words: u32,
    /// Whether it is the number of a heading or footnote, which is kept whatever happens around it.
    pub(super) is_number: bool,
    pub(super) what: What,
}

/// What an item is.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// A piece of a text node.
    Token {
        node: NodeId,
        range: Range<usize>,
        is_space: bool,
        ends_sentence: bool,
    },
    /// An element.
    Element(NodeId),
}

impl Item {
    pub(super) fn is_space(&self) -> bool {
        matches!(self.what, What::Token { is_space: true, .. })
    }
}

/// How many words there are.
pub(super) fn count(items: &[Item]) -> u32 {
    items.iter().map(|item| item.words).sum()
}

/// The items without the spaces at both ends.
pub(super) fn trimmed(items: &[Item]) -> &[Item] {
    let start = items.iter().take_while(|item| item.is_space()).count();
    let items = &items[start..];
    let end = items
        .iter()
        .rev()
        .take_while(|item| item.is_space())
        .count();
    &items[..items.len() - end]
}
