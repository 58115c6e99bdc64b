//! The contents: nested lists of links in each `<nav class="toc">`.

use super::headings::Heading;
use crate::dom::{Document, NodeId};

/// The deepest heading that the contents list.
const DEEPEST: u8 = 3;

/// Fills every `nav.toc` of the templates, after what already stands in it.
pub(super) fn fill(document: &mut Document, headings: &[Heading]) {
    let navs = document.descendants(Document::ROOT).filter(|&id| {
        let node = document.get(id);
        node.is("nav") && node.has_class("toc")
    });
    for nav in navs.collect::<Vec<_>>() {
        fill_one(document, nav, headings);
    }
}

fn fill_one(document: &mut Document, nav: NodeId, headings: &[Heading]) {
    // The open lists: the level of their headings, the list, and its last item.
    let mut open: Vec<(u8, NodeId, NodeId)> = Vec::new();
    for heading in headings.iter().filter(|h| h.level <= DEEPEST) {
        while open
            .last()
            .is_some_and(|(level, ..)| *level > heading.level)
        {
            open.pop();
        }
        let item = entry(document, heading);
        match open.last_mut() {
            Some((level, list, last)) if *level == heading.level => {
                document.append(*list, item);
                *last = item;
            }
            above => {
                let parent = above.map_or(nav, |(_, _, last)| *last);
                let list = document.create_element("ol", &[]);
                document.append(parent, list);
                document.append(list, item);
                open.push((heading.level, list, item));
            }
        }
    }
}

fn entry(document: &mut Document, heading: &Heading) -> NodeId {
    let item = document.create_element("li", &[]);
    let href = format!("#{}", heading.anchor);
    let link = document.create_element("a", &[("href", &href)]);
    document.append(item, link);
    let mut words = String::new();
    for child in document.get(heading.node).children.clone() {
        let text = document.title_of(child);
        if document.get(child).has_class("number") {
            let number = document.create_element("span", &[("class", "number")]);
            let digits = document.create_text(text.trim());
            document.append(number, digits);
            document.append(link, number);
            words.push(' ');
        } else {
            words.push_str(&text);
        }
    }
    let has_number = words.starts_with(' ') && !document.get(link).children.is_empty();
    let words: Vec<_> = words
        .split([' ', '\n', '\t'])
        .filter(|w| !w.is_empty())
        .collect();
    let space = if has_number { " " } else { "" };
    let text = document.create_text(&format!("{space}{}", words.join(" ")));
    document.append(link, text);
    item
}

#[cfg(test)]
mod tests {
    use super::super::{headings, numbering};
    use super::*;
    use crate::dom::{Meta, parse};

    #[test]
    fn headings_are_numbered_and_listed_by_the_ids_of_their_items() {
        let html = "<nav class=\"toc\"></nav>\
            <section id=\"chapter-a\"><h2>Mål</h2><h3>Ett</h3></section>\
            <section id=\"chapter-b\" class=\"unnumbered\"><h2>Kilder</h2></section>\
            <section id=\"chapter-c\"><h2>Tiltak</h2>\
            <article id=\"measure-x\"><h3>To</h3></article></section>";
        let mut document = parse(html, Meta::default()).document;
        let headings = headings::find(&mut document);
        numbering::number(&mut document, &headings);
        fill(&mut document, &headings);
        let nav = document.get(Document::ROOT).children[0];
        let links: Vec<_> = document
            .descendants(nav)
            .filter_map(|id| Some((document.get(id).attr("href")?, document.text_of(id))))
            .collect();
        let expected = [
            ("#chapter-a", "1 Mål"),
            ("#chapter-a.2", "1.1 Ett"),
            ("#chapter-b", "Kilder"),
            ("#chapter-c", "2 Tiltak"),
            ("#measure-x", "2.1 To"),
        ];
        assert_eq!(links, expected.map(|(href, text)| (href, text.to_owned())));
    }
}
