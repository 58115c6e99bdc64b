//! The structure tree (ISO 32000-1, 14.7.2).

use super::{
    ILLEGIBLE, Kid, MAX_DEPTH, MAX_ELEMENTS, MAX_TEXT, Reader, StructureNode, text_string,
};
use crate::pdf::Error;
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeSet;

/// Entries of an element that place it in the tree or are told in another way.
const PLACE: [&[u8]; 6] = [b"Type", b"S", b"P", b"Pg", b"K", b"A"];

/// Bytes of a value of many items that are shown.
const LONGEST_VALUE: usize = 64 << 10;

/// What has been read so far, and how much more may be.
struct ReadState {
    /// Elements that stand in the tree already: one stands in one place, and a circle has an end.
    seen: BTreeSet<ObjectId>,
    elements: usize,
    text: usize,
}

impl ReadState {
    fn count(&mut self, depth: usize) -> Result<(), Error> {
        let left = self.elements.checked_sub(1).filter(|_| depth < MAX_DEPTH);
        self.elements = left.ok_or(Error::TooLarge)?;
        Ok(())
    }

    fn take(&mut self, text: String) -> Result<String, Error> {
        self.text = self.text.checked_sub(text.len()).ok_or(Error::TooLarge)?;
        Ok(text)
    }
}

impl Reader<'_> {
    pub(super) fn structure(&self, root: &Dictionary) -> Result<StructureNode, Error> {
        let mut progress = ReadState {
            seen: BTreeSet::new(),
            elements: MAX_ELEMENTS,
            text: MAX_TEXT,
        };
        let mut node = StructureNode {
            kind: "StructTreeRoot".into(),
            ..StructureNode::default()
        };
        let roles = root.get_deref(b"RoleMap", self.document);
        let roles = roles.and_then(Object::as_dict).ok();
        self.kids(root, &mut node, 0, roles, &mut progress)?;
        Ok(node)
    }

    fn element(
        &self,
        dict: &Dictionary,
        page: Option<usize>,
        depth: usize,
        roles: Option<&Dictionary>,
        progress: &mut ReadState,
    ) -> Result<StructureNode, Error> {
        let kind = dict
            .get_deref(b"S", self.document)
            .and_then(Object::as_name);
        let kind = kind.unwrap_or_default();
        let mut node = StructureNode {
            kind: progress.take(String::from_utf8_lossy(kind).into_owned())?,
            attributes: Vec::new(),
            page,
            kids: Vec::new(),
        };
        // What a type of another program stands for.
        if let Some(role) = roles.and_then(|roles| roles.get(kind).ok()) {
            node.attributes
                .push(("RoleMap".into(), progress.take(self.words(role))?));
        }
        self.attributes(dict, &mut node, progress)?;
        self.kids(dict, &mut node, depth, roles, progress)?;
        Ok(node)
    }

    fn kids(
        &self,
        dict: &Dictionary,
        node: &mut StructureNode,
        depth: usize,
        roles: Option<&Dictionary>,
        progress: &mut ReadState,
    ) -> Result<(), Error> {
        let Ok(kids) = dict.get(b"K") else {
            return Ok(());
        };
        let one = std::slice::from_ref(kids);
        let kids = match self.document.dereference(kids) {
            Ok((_, Object::Array(kids))) => kids.as_slice(),
            _ => one,
        };
        for kid in kids {
            progress.count(depth)?;
            match self.document.dereference(kid) {
                Ok((_, Object::Integer(number))) => {
                    node.kids.push(self.sequence(*number, node.page, progress)?);
                }
                Ok((id, Object::Dictionary(kid))) => {
                    if id.is_some_and(|id| !progress.seen.insert(id)) {
                        continue;
                    }
                    let page = self.own_page(kid).or(node.page);
                    node.kids.push(match kid.get_type() {
                        Ok(b"MCR") => {
                            let number = kid.get(b"MCID").and_then(Object::as_i64);
                            self.sequence(number.unwrap_or(-1), page, progress)?
                        }
                        Ok(b"OBJR") => self.annotation(kid, page, progress)?,
                        _ => Kid::Node(self.element(kid, page, depth + 1, roles, progress)?),
                    });
                }
                // Nothing, or no kid: other programs leave such behind.
                _ => {}
            }
        }
        Ok(())
    }

    fn own_page(&self, dict: &Dictionary) -> Option<usize> {
        let page = dict.get(b"Pg").and_then(Object::as_reference).ok()?;
        self.pages.get(&page).copied()
    }

    fn sequence(
        &self,
        number: i64,
        page: Option<usize>,
        progress: &mut ReadState,
    ) -> Result<Kid, Error> {
        let text = page.and_then(|page| self.content[page].sequences.get(&number));
        let text = text.cloned().unwrap_or_else(|| ILLEGIBLE.into());
        Ok(Kid::Text {
            text: progress.take(text)?,
            page: page.unwrap_or_default(),
        })
    }

    fn annotation(
        &self,
        reference: &Dictionary,
        page: Option<usize>,
        progress: &mut ReadState,
    ) -> Result<Kid, Error> {
        let annotation = reference.get_deref(b"Obj", self.document);
        let annotation = annotation.and_then(Object::as_dict).ok();
        let words = annotation.map(|a| self.text_entry(a, b"Contents"));
        let target = annotation.map(|a| self.target(a));
        Ok(Kid::Annotation {
            target: progress.take(target.unwrap_or_default())?,
            words: progress.take(words.unwrap_or_default())?,
            page: page.unwrap_or_default(),
        })
    }

    /// Where an annotation leads, or else what it is.
    fn target(&self, annotation: &Dictionary) -> String {
        if let Some(place) = self.destination(annotation) {
            let place = self.document.dereference(place).map_or(place, |(_, p)| p);
            return match place {
                Object::Name(name) => format!("#{}", String::from_utf8_lossy(name)),
                Object::String(..) => format!("#{}", text_string(place)),
                _ => self
                    .page_of(place)
                    .map_or_else(String::new, |p| format!("page {}", p + 1)),
            };
        }
        let action = annotation.get_deref(b"A", self.document);
        let address = action
            .and_then(Object::as_dict)
            .map(|action| self.text_entry(action, b"URI"));
        address.unwrap_or_else(|_| self.words(annotation.get(b"Subtype").unwrap_or(&Object::Null)))
    }

    /// Takes the entries of an element, and those of its attribute objects.
    fn attributes(
        &self,
        dict: &Dictionary,
        node: &mut StructureNode,
        progress: &mut ReadState,
    ) -> Result<(), Error> {
        let mut take = |dict: &Dictionary, skip: &[&[u8]]| -> Result<(), Error> {
            for (key, value) in dict
                .iter()
                .filter(|(key, _)| !skip.contains(&key.as_slice()))
            {
                let key = progress.take(String::from_utf8_lossy(key).into_owned())?;
                node.attributes
                    .push((key, progress.take(self.words(value))?));
            }
            Ok(())
        };
        take(dict, &PLACE)?;
        let attributes = match dict.get_deref(b"A", self.document) {
            Ok(Object::Array(all)) => all.as_slice(),
            Ok(one) => std::slice::from_ref(one),
            Err(_) => &[],
        };
        for attribute in attributes {
            if let Ok((_, Object::Dictionary(attribute))) = self.document.dereference(attribute) {
                take(attribute, &[b"O"])?;
            }
        }
        Ok(())
    }

    /// A value in words; another element is named by its identifier.
    fn words(&self, value: &Object) -> String {
        match value {
            Object::String(..) => text_string(value),
            Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
            Object::Integer(number) => number.to_string(),
            Object::Real(number) => number.to_string(),
            Object::Boolean(whether) => whether.to_string(),
            Object::Array(items) => {
                let mut words = String::new();
                for item in items {
                    // Many items may name the same long text.
                    if words.len() > LONGEST_VALUE {
                        return words + " …";
                    }
                    if !words.is_empty() {
                        words.push(' ');
                    }
                    words.push_str(&self.words(item));
                }
                words
            }
            Object::Reference(_) => match self.document.dereference(value) {
                Ok((_, Object::Dictionary(element))) if element.has(b"ID") => {
                    self.text_entry(element, b"ID")
                }
                Ok((_, value @ (Object::String(..) | Object::Name(_)))) => self.words(value),
                _ => "…".into(),
            },
            _ => "…".into(),
        }
    }
}
