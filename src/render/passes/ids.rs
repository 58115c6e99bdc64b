//! Each id once: the first one keeps its name, the others get a number.

use crate::dom::{Data, Document};
use std::collections::BTreeSet;

pub(super) fn make_unique(document: &mut Document) {
    let all: Vec<_> = document.descendants(Document::ROOT).collect();
    let ids = all
        .iter()
        .filter_map(|&id| document.get(id).attr("id").map(str::to_owned));
    let taken: BTreeSet<String> = ids.collect();
    let mut seen = BTreeSet::new();
    for id in all {
        let Data::Element { attrs, .. } = &mut document.get_mut(id).data else {
            continue;
        };
        let Some((_, value)) = attrs.iter_mut().find(|(key, _)| key == "id") else {
            continue;
        };
        if seen.insert(value.clone()) {
            continue;
        }
        let names = (2u32..).map(|n| format!("{value}-{n}"));
        let free = names
            .into_iter()
            .find(|name| !taken.contains(name) && !seen.contains(name));
        *value = free.expect("numbers do not run out");
        seen.insert(value.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};

    #[test]
    fn the_first_of_two_ids_keeps_its_name() {
        let html = "<p id=\"a\"></p><p id=\"a-2\"></p><p id=\"a\"></p>";
        let mut document = parse(html, Meta::default()).document;
        make_unique(&mut document);
        assert_eq!(
            document.to_string(),
            "p id=\"a\"\np id=\"a-2\"\np id=\"a-3\"\n"
        );
    }
}
