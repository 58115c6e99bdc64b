//! The tree as indented text, for tests and bug reports.

use super::{Data, Document, NodeId};
use std::fmt;

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for &child in &self.get(Self::ROOT).children {
            print(self, child, 0, f)?;
        }
        Ok(())
    }
}

fn print(document: &Document, id: NodeId, depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let node = document.get(id);
    let indent = depth * 2;
    match &node.data {
        Data::Text(text) if text.trim().is_empty() => Ok(()),
        Data::Text(text) => writeln!(f, "{:indent$}{text:?}", ""),
        Data::Element { name, attrs } => {
            write!(f, "{:indent$}{name}", "")?;
            for (key, value) in attrs {
                write!(f, " {key}={value:?}")?;
            }
            writeln!(f)?;
            node.children
                .iter()
                .try_for_each(|&child| print(document, child, depth + 1, f))
        }
    }
}
