//! The structure tree (ISO 32000-1, 14.7.2).

use super::{Kid, MAX_DEPTH, MAX_ELEMENTS, Reader, StructureNode, text_string};
use crate::pdf::Error;
use lopdf::{Dictionary, Object};

/// Entries of an element that place it in the tree or are told in another way.
const PLACE: [&[u8]; 7] = [b"Type", b"S", b"P", b"Pg", b"K", b"A", b"ID"];

impl Reader<'_> {
    pub(super) fn structure(&self, root: &Dictionary) -> Result<StructureNode, Error> {
        let mut left = MAX_ELEMENTS;
        let mut node = StructureNode {
            kind: "StructTreeRoot".into(),
            ..StructureNode::default()
        };
        self.kids(root, &mut node, 0, &mut left)?;
        Ok(node)
    }

    fn element(
        &self,
        dict: &Dictionary,
        above: Option<usize>,
        depth: usize,
        left: &mut usize,
    ) -> Result<StructureNode, Error> {
        let kind = dict.get(b"S").and_then(Object::as_name);
        let own = dict.get(b"Pg").and_then(Object::as_reference).ok();
        let mut node = StructureNode {
            kind: kind
                .map(|k| String::from_utf8_lossy(k).into_owned())
                .unwrap_or_default(),
            attributes: self.attributes(dict),
            page: own.and_then(|id| self.pages.get(&id).copied()).or(above),
            kids: Vec::new(),
        };
        self.kids(dict, &mut node, depth, left)?;
        Ok(node)
    }

    fn kids(
        &self,
        dict: &Dictionary,
        node: &mut StructureNode,
        depth: usize,
        left: &mut usize,
    ) -> Result<(), Error> {
        let Ok(kids) = dict.get_deref(b"K", self.document) else {
            return Ok(());
        };
        let kids = match kids {
            Object::Array(kids) => kids.as_slice(),
            one => std::slice::from_ref(one),
        };
        for kid in kids {
            *left = left
                .checked_sub(1)
                .filter(|_| depth < MAX_DEPTH)
                .ok_or_else(|| {
                    Error::Unreadable("its structure tree is too deep or too large".into())
                })?;
            let (_, kid) = self.document.dereference(kid)?;
            let kid = match kid {
                Object::Integer(number) => self.sequence(*number, node.page)?,
                Object::Dictionary(kid) => self.dictionary(kid, node.page, depth, left)?,
                _ => return Err(Error::Unreadable("an element has a kid of no kind".into())),
            };
            node.kids.push(kid);
        }
        Ok(())
    }

    fn dictionary(
        &self,
        kid: &Dictionary,
        above: Option<usize>,
        depth: usize,
        left: &mut usize,
    ) -> Result<Kid, Error> {
        let own = kid.get(b"Pg").and_then(Object::as_reference).ok();
        let page = own.and_then(|id| self.pages.get(&id).copied()).or(above);
        match kid.get_type() {
            Ok(b"MCR") => self.sequence(kid.get(b"MCID")?.as_i64()?, page),
            Ok(b"OBJR") => Ok(Kid::Annotation {
                target: self.target(kid),
                page: page.unwrap_or_default(),
            }),
            _ => self.element(kid, above, depth + 1, left).map(Kid::Node),
        }
    }

    fn sequence(&self, number: i64, page: Option<usize>) -> Result<Kid, Error> {
        let lost = || Error::Unreadable(format!("marked content {number} is on no page"));
        let page = page.ok_or_else(lost)?;
        let text = self.content[page].sequences.get(&number).ok_or_else(lost)?;
        Ok(Kid::Text {
            text: text.clone(),
            page,
        })
    }

    fn target(&self, reference: &Dictionary) -> String {
        let annotation = reference
            .get_deref(b"Obj", self.document)
            .and_then(Object::as_dict);
        let Ok(annotation) = annotation else {
            return String::new();
        };
        if let Ok(place) = annotation.get(b"Dest") {
            return self
                .page_of(place)
                .map_or_else(String::new, |p| format!("page {}", p + 1));
        }
        let action = annotation
            .get_deref(b"A", self.document)
            .and_then(Object::as_dict);
        action
            .map(|action| self.text_entry(action, b"URI"))
            .unwrap_or_default()
    }

    /// The entries of an element, and those of its attribute objects.
    fn attributes(&self, dict: &Dictionary) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut take = |dict: &Dictionary, skip: &[&[u8]]| {
            for (key, value) in dict
                .iter()
                .filter(|(key, _)| !skip.contains(&key.as_slice()))
            {
                found.push((String::from_utf8_lossy(key).into_owned(), self.words(value)));
            }
        };
        take(dict, &PLACE);
        let attributes = dict.get_deref(b"A", self.document);
        let attributes = match attributes {
            Ok(Object::Array(all)) => all.as_slice(),
            Ok(one) => std::slice::from_ref(one),
            Err(_) => &[],
        };
        for attribute in attributes {
            if let Ok((_, Object::Dictionary(attribute))) = self.document.dereference(attribute) {
                take(attribute, &[b"O"]);
            }
        }
        found
    }

    /// A value in words.
    fn words(&self, value: &Object) -> String {
        match value {
            Object::String(bytes, _) => text_string(bytes),
            Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
            Object::Integer(number) => number.to_string(),
            Object::Real(number) => number.to_string(),
            Object::Array(items) => items
                .iter()
                .map(|item| self.words(item))
                .collect::<Vec<_>>()
                .join(" "),
            _ => "…".into(),
        }
    }
}
