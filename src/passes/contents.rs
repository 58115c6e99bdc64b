//! The contents: nested lists of links in each `<nav class="toc">`; and the list of figures, in
//! each that is of class `figures` as well.

use super::captions::NumberedFigure;
use super::headings::Heading;
use super::single_spaced;
use crate::dom::{Document, NodeId};

/// The deepest heading that the contents list.
const DEEPEST: u8 = 3;

/// The most figures that are found without a list of them.
const FEW: usize = 3;

/// Fills every `nav.toc` of the templates, after what already stands in it.
pub(super) fn fill(document: &mut Document, headings: &[Heading]) {
    for nav in navs(document, false) {
        fill_one(document, nav, headings);
    }
}

/// Fills every `nav.toc.figures`, or takes it out of the tree if there are no more than a [`FEW`].
pub(super) fn list_figures(document: &mut Document, figures: &[NumberedFigure]) {
    for nav in navs(document, true) {
        if figures.len() <= FEW {
            document.detach(nav);
            continue;
        }
        let list = document.create_element("ol", &[]);
        document.append(nav, list);
        for figure in figures {
            let item = document.create_element("li", &[]);
            let href = format!("#{}", figure.anchor);
            let link = document.create_element("a", &[("href", &href)]);
            let number = document.create_element("span", &[("class", "number")]);
            let digits = document.create_text(&figure.number);
            let text = document.create_text(&format!(" {}", figure.text));
            document.append(number, digits);
            document.append(link, number);
            document.append(link, text);
            document.append(item, link);
            document.append(list, item);
        }
    }
}

fn navs(document: &Document, of_figures: bool) -> Vec<NodeId> {
    let navs = document.descendants(Document::ROOT).filter(|&id| {
        let node = document.get(id);
        node.is("nav") && node.has_class("toc") && node.has_class("figures") == of_figures
    });
    navs.collect()
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
    // What is wrong with the words of an entry is wrong with those of its heading.
    document.get_mut(item).origin.source = document.source_of(heading.node);
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
    let space = if has_number { " " } else { "" };
    let text = document.create_text(&format!("{space}{}", single_spaced(&words)));
    document.append(link, text);
    item
}

#[cfg(test)]
mod tests {
    use super::super::{captions, headings, numbering};
    use super::*;
    use crate::dom::{Meta, parse};

    #[test]
    fn headings_and_appendices_are_numbered_and_listed_by_the_ids_of_their_items() {
        let html = "<nav class=\"toc\"></nav>\
            <section id=\"chapter-a\"><h2>Mål</h2><h3>Ett</h3></section>\
            <section id=\"chapter-b\" class=\"unnumbered\"><h2>Kilder</h2></section>\
            <section id=\"chapter-c\"><h2>Tiltak</h2>\
            <article id=\"measure-x\"><h3>To</h3></article></section>\
            <section id=\"chapter-d\" class=\"appendix\"><h2>Svar</h2><h3>Tre</h3></section>\
            <section id=\"chapter-e\" class=\"appendix\"><h2>Tall</h2></section>";
        let mut document = parse(html, Meta::default()).document;
        let headings = headings::find(&mut document);
        let labels = crate::templates::testing::labels("nb");
        numbering::number(&mut document, &headings, &labels);
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
            ("#chapter-d", "Vedlegg\u{a0}1 Svar"),
            ("#chapter-d.2", "Tre"),
            ("#chapter-e", "Vedlegg\u{a0}2 Tall"),
        ];
        assert_eq!(links, expected.map(|(href, text)| (href, text.to_owned())));
    }

    /// The links in a list of this many figures; `None` if there is no list.
    fn links_to(count: usize) -> Option<Vec<String>> {
        let figures = "<figure><figcaption>A</figcaption></figure>".repeat(count);
        let nav = "<nav class=\"toc figures\"><h2>Figurer</h2></nav>";
        let mut document = parse(&format!("{nav}{figures}"), Meta::default()).document;
        let labels = crate::templates::testing::labels("nb");
        let figures = captions::number(&mut document, &labels);
        fill(&mut document, &[]);
        list_figures(&mut document, &figures);
        let all = document.descendants(Document::ROOT);
        let links = all.filter(|&id| document.get(id).is("a"));
        let links = links.map(|id| document.text_of(id)).collect();
        document.to_string().contains("nav").then_some(links)
    }

    #[test]
    fn figures_are_listed_when_they_are_more_than_three() {
        assert_eq!(links_to(3), None, "the heading goes as well");
        let four = (1..=4).map(|n| format!("Figur\u{a0}{n} A")).collect();
        assert_eq!(links_to(4), Some(four));
    }
}
