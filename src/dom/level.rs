//! Tells block elements from inline elements.
//!
//! [`is_block`] decides by the name of an element, [`Levels`] by the content of each node of a tree: an
//! inline element that contains blocks is a block itself, for example an `ins` around paragraphs.

use super::vocabulary::{self, Display};
use super::{Document, NodeId};

/// Whether an element is a block or a part of a table by its name. One that is not in the
/// vocabulary is part of a line.
pub fn is_block(name: &str) -> bool {
    vocabulary::display(name).is_some_and(|display| display != Display::Inline)
}

/// How a node stands among its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Level {
    /// Part of a line.
    #[default]
    Inline,
    /// A picture or drawing, or an inline element that holds one. It is set as a block, but may be
    /// part of a paragraph.
    Picture,
    /// A block, or an inline element that holds one.
    Block,
}

/// The levels of all nodes of a document.
#[derive(Debug)]
pub struct Levels {
    /// By node: its own level, and the highest below it.
    nodes: Vec<(Level, Level)>,
}

impl Levels {
    /// Reads a document.
    pub fn of(document: &Document) -> Self {
        let mut nodes = vec![(Level::Inline, Level::Inline); document.len()];
        let order: Vec<NodeId> = document.descendants(Document::ROOT).collect();
        for &id in order.iter().rev() {
            let node = document.get(id);
            let (level, below) = &mut nodes[id.0 as usize];
            *level = match node.name() {
                "img" | "svg" => Level::Picture,
                name if is_block(name) => Level::Block,
                _ => *below,
            };
            let level = *level;
            if let Some(parent) = node.parent {
                let (_, below) = &mut nodes[parent.0 as usize];
                *below = level.max(*below);
            }
        }
        Self { nodes }
    }

    /// The level of a node.
    pub fn level(&self, id: NodeId) -> Level {
        self.nodes[id.0 as usize].0
    }

    /// Whether a node holds blocks, not lines and pictures alone.
    pub fn holds_blocks(&self, id: NodeId) -> bool {
        self.nodes[id.0 as usize].1 == Level::Block
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};

    #[test]
    fn an_inline_element_is_of_the_level_of_what_it_holds() {
        let html = "<ins>a</ins><del><b><p>a</p></b></del><mark><img></mark><p>a</p>\
                    <em><svg><foreignObject><p>a</p></foreignObject></svg></em><wbr>";
        let document = parse(html, Meta::default()).document;
        let levels = Levels::of(&document);
        let children = &document.get(Document::ROOT).children;
        let found: Vec<Level> = children.iter().map(|&c| levels.level(c)).collect();
        let expected = [
            Level::Inline,
            Level::Block,
            Level::Picture,
            Level::Block,
            Level::Picture,
            Level::Inline,
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn only_blocks_below_a_node_count_as_held() {
        let html = "<div>a <img></div><div><ins><ul></ul></ins></div>";
        let document = parse(html, Meta::default()).document;
        let levels = Levels::of(&document);
        let children = &document.get(Document::ROOT).children;
        let holds: Vec<bool> = children.iter().map(|&c| levels.holds_blocks(c)).collect();
        assert_eq!(holds, [false, true]);
    }
}
