//! Attaches children to structure elements, and repairs nesting that PDF does not allow.
//!
//! Lines in a grouping element get a paragraph, and content directly in a list gets a list item
//! (ISO 32000-1, 14.8.4).

use super::build::Builder;
use super::{Element, ElementId, Kid, StructureType};

impl Builder<'_> {
    /// Puts a kid last into the element that is open; `shown` says whether anything of it is.
    pub(super) fn attach(&mut self, kid: Kid, shown: bool) {
        let kind = self.kind_of_kid(kid);
        let inline = kind.is_none_or(StructureType::is_inline);
        let is_reference = matches!(kind, Some(StructureType::Reference));
        let top = self.top();
        top.shown |= shown;
        let (element, groups, line) = (top.element, top.groups, top.line);
        let above = &self.tree.elements[element].kind;
        if matches!(above, StructureType::List(_)) {
            return self.attach_to_list(element, kid);
        }
        // An entry of the contents holds its reference itself.
        let is_entry = is_reference && *above == StructureType::TocItem;
        if !(inline && groups) || is_entry {
            self.top().line = None;
            self.tree.elements[element].kids.push(kid);
            return;
        }
        let line = line.unwrap_or_else(|| {
            let line = self.tree.add(Element::new(StructureType::Paragraph));
            self.tree.elements[element].kids.push(Kid::Element(line));
            line
        });
        self.top().line = Some(line);
        self.tree.elements[line].kids.push(kid);
    }

    /// Puts a kid last into a list: a term begins an item, what is said of it goes into the same.
    fn attach_to_list(&mut self, list: ElementId, kid: Kid) {
        let kind = self.kind_of_kid(kid).cloned();
        if matches!(
            kind,
            Some(StructureType::ListItem | StructureType::List(_) | StructureType::Caption)
        ) {
            self.tree.elements[list].kids.push(kid);
            return;
        }
        let last = self.last_of_kind(list, &StructureType::ListItem);
        let last_kind = last
            .and_then(|item| self.tree.elements[item].kids.last().copied())
            .and_then(|kid| self.kind_of_kid(kid));
        let joins = match kind {
            Some(StructureType::Label) => last_kind == Some(&StructureType::Label),
            Some(StructureType::ListBody) => last_kind.is_some(),
            _ => false,
        };
        let item = last.filter(|_| joins).unwrap_or_else(|| {
            let item = self.tree.add(Element::new(StructureType::ListItem));
            self.tree.elements[list].kids.push(Kid::Element(item));
            item
        });
        let kid = if matches!(kind, Some(StructureType::Label | StructureType::ListBody)) {
            kid
        } else {
            let body = self.tree.add(Element::new(StructureType::ListBody));
            self.tree.elements[body].kids.push(kid);
            Kid::Element(body)
        };
        self.tree.elements[item].kids.push(kid);
    }

    /// The last kid of an element, if it is an element of this kind.
    pub(super) fn last_of_kind(
        &self,
        element: ElementId,
        kind: &StructureType,
    ) -> Option<ElementId> {
        match self.tree.elements[element].kids.last() {
            Some(&Kid::Element(last)) if self.tree.elements[last].kind == *kind => Some(last),
            _ => None,
        }
    }

    fn kind_of_kid(&self, kid: Kid) -> Option<&StructureType> {
        match kid {
            Kid::Element(element) => Some(&self.tree.elements[element].kind),
            Kid::Content(_) | Kid::Area(_) => None,
        }
    }
}
