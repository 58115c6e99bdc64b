//! Makes ids unique: the first element keeps a repeated id, the others get a number.

use super::place;
use super::rules;
use crate::diag::Diagnostic;
use crate::dom::FreeNames;
use crate::dom::{Document, NodeId};
use crate::templates::TemplateSet;
use std::collections::{BTreeMap, BTreeSet};

/// Gives every element an id of its own, and reports the ids that templates give more than once. Ids
/// of a text that a template shows twice are not reported: links lead to the first, as they should.
pub(super) fn make_unique(document: &mut Document, set: &TemplateSet) -> Vec<Diagnostic> {
    let mut all: BTreeMap<String, Vec<NodeId>> = BTreeMap::new();
    for node in document.descendants(Document::ROOT) {
        if let Some(id) = document.get(node).attr("id") {
            all.entry(id.to_owned()).or_default().push(node);
        }
    }
    let mut names = FreeNames::without(all.keys().cloned());
    let mut problems = Vec::new();
    for (id, nodes) in &all {
        let mut said = BTreeSet::new();
        for &node in &nodes[1..] {
            let name = names.take_numbered(&format!("{id}-"), 2);
            document.set_attr(node, "id", &name);
            if document.get(node).origin.template.is_none() {
                continue;
            }
            let place = place(document, set, node);
            if said.insert(place.clone()) {
                let message = format!("the id `{id}` is given to more than one element");
                let found = rules::REPEATED_ID.nowhere(message);
                let hint = "write an id of its own for each; links lead to the first element";
                problems.push(Diagnostic { place, ..found }.hint(hint));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};
    use crate::steps;

    /// The tree, and the places and messages of what is reported.
    fn unique(html: &str) -> (String, Vec<String>) {
        let mut document = parse(html, Meta::default()).document;
        let problems = make_unique(&mut document, &TemplateSet::default());
        let said = problems.into_iter().map(|p| p.message);
        (document.to_string(), said.collect())
    }

    #[test]
    fn the_first_of_two_ids_keeps_its_name() {
        let (tree, said) = unique("<p id=\"a\"></p><p id=\"a-2\"></p><p id=\"a\"></p>");
        assert_eq!(tree, "p id=\"a\"\np id=\"a-2\"\np id=\"a-3\"\n");
        assert!(said.is_empty(), "no template has written them: {said:?}");
    }

    #[test]
    fn an_id_that_a_line_of_a_template_repeats_is_reported_once() {
        let repeated = |line: u32| format!("<p id=\"a\" data-template=\"0:{line}\"></p>");
        let (_, said) = unique(&[repeated(1), repeated(2), repeated(2)].concat());
        assert_eq!(said, ["the id `a` is given to more than one element"]);
        let (_, said) = unique(&repeated(1));
        assert!(said.is_empty(), "{said:?}");
    }

    #[test]
    fn the_same_id_many_times_takes_as_many_steps() {
        let document = |size| parse(&"<p id=\"a\">b</p>".repeat(size), Meta::default()).document;
        steps::assert_linear(100, document, |mut document| {
            make_unique(&mut document, &TemplateSet::default())
        });
    }
}
