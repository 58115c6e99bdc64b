//! Elements, classes and attributes that the writers do not understand.
//!
//! An unknown element or class is kept, with a warning. Elements that run code or fetch files are removed.

use super::place;
use super::rules;
use crate::diag::{Diagnostic, did_you_mean, nearest};
use crate::dom::vocabulary::{CHANGE_LETTER, CLASSES, ELEMENTS, display, knows_class};
use crate::dom::{Data, Document, NodeId};
use crate::templates::TemplateSet;
use std::collections::{BTreeMap, BTreeSet};

/// Elements that a page of ours never has: they run, fetch, ask or restyle.
const FORBIDDEN: &[&str] = &[
    "applet", "audio", "base", "button", "embed", "form", "frame", "iframe", "input", "link",
    "math", "meta", "noscript", "object", "script", "select", "source", "style", "template",
    "textarea", "track", "video",
];

/// Attributes that every element may have, beside `aria-…` and those of its own.
const GLOBAL: &[&str] = &["class", CHANGE_LETTER, "dir", "id", "lang", "role", "title"];

pub(super) fn check(document: &mut Document, set: &TemplateSet) -> Vec<Diagnostic> {
    let mut checker = Checker {
        set,
        said: BTreeSet::new(),
        problems: Vec::new(),
    };
    let mut cut = BTreeMap::new();
    let mut stack = vec![Document::ROOT];
    while let Some(id) = stack.pop() {
        for child in document.get(id).children.clone() {
            let name = document.get(child).name().to_owned();
            if name.is_empty() {
                continue;
            }
            if FORBIDDEN.contains(&name.as_str()) {
                checker.forbidden(
                    document,
                    child,
                    &format!("the element `{name}` was left out"),
                );
                cut.insert(child, Vec::new());
                continue;
            }
            checker.element(document, child);
            checker.attributes(document, child);
            // The parts of a drawing are not elements of the page.
            if name != "svg" {
                stack.push(child);
            }
        }
    }
    document.replace(&cut);
    checker.problems
}

struct Checker<'a> {
    set: &'a TemplateSet,
    /// The reported messages, so that a loop in a template does not repeat them.
    said: BTreeSet<(Option<String>, String)>,
    problems: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn report(&mut self, place: Option<String>, found: Diagnostic) {
        if self.said.insert((place.clone(), found.message.clone())) {
            self.problems.push(Diagnostic { place, ..found });
        }
    }

    fn forbidden(&mut self, document: &Document, id: NodeId, message: &str) {
        let found = rules::FORBIDDEN_MARKUP.nowhere(message);
        let hint = "the page must work without scripts, forms and other files";
        self.report(place(document, self.set, id), found.hint(hint));
    }

    fn element(&mut self, document: &Document, id: NodeId) {
        let node = document.get(id);
        if display(node.name()).is_none() {
            let message = format!("the element `{}` is not in the vocabulary", node.name());
            let found = rules::UNKNOWN_ELEMENT.nowhere(message);
            let known = ELEMENTS.iter().map(|(name, _, _)| *name);
            let found = with_hint(found, node.name(), known);
            self.report(place(document, self.set, id), found);
        }
        for class in node.classes().filter(|class| !knows_class(class)) {
            let message = format!("the class `{class}` is not in the vocabulary");
            let found = rules::UNKNOWN_CLASS.nowhere(message);
            let found = with_hint(found, class, CLASSES.iter().map(|(name, _)| *name));
            self.report(place(document, self.set, id), found);
        }
    }

    fn attributes(&mut self, document: &mut Document, id: NodeId) {
        let Data::Element { name, attrs } = &document.get(id).data else {
            return;
        };
        if name == "svg" {
            // Drawings of the sources have an allow-list of their own.
            let bad: Vec<_> = document
                .descendants(id)
                .filter(|&n| draws_badly(document, n))
                .collect();
            for &part in &bad {
                self.forbidden(document, part, "a part of a drawing was left out");
            }
            let cut = bad.into_iter().map(|part| (part, Vec::new()));
            document.replace(&cut.collect());
            self.styles(document, id);
            return;
        }
        let (kept, cut): (Vec<_>, Vec<_>) = attrs
            .iter()
            .cloned()
            .partition(|(key, value)| is_allowed(name, key, value));
        for (key, _) in &cut {
            let message = format!("the attribute `{key}` of `{name}` was left out");
            self.forbidden(document, id, &message);
        }
        if let Data::Element { attrs, .. } = &mut document.get_mut(id).data {
            *attrs = kept;
        }
    }

    /// Takes `style` off the parts of a drawing; the page's Content-Security-Policy lets none be.
    fn styles(&mut self, document: &mut Document, drawing: NodeId) {
        let styled = document
            .descendants(drawing)
            .filter(|&n| document.get(n).attr("style").is_some());
        let styled: Vec<_> = styled.collect();
        for part in styled {
            let name = document.get(part).name();
            let message = format!("the attribute `style` of `{name}` was left out");
            let found = rules::FORBIDDEN_MARKUP.nowhere(message);
            let found = found.hint("use attributes instead, such as `fill`");
            self.report(place(document, self.set, part), found);
            if let Data::Element { attrs, .. } = &mut document.get_mut(part).data {
                attrs.retain(|(key, _)| key != "style");
            }
        }
    }
}

fn with_hint<'a>(
    found: Diagnostic,
    word: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    match nearest(word, known) {
        Some(near) => found.hint(did_you_mean(near)),
        None => found
            .hint("`templates/README.md` lists the elements and classes that templates can write"),
    }
}

fn is_allowed(element: &str, key: &str, value: &str) -> bool {
    let own: &[&str] = match element {
        "a" => &["href"],
        "img" => &["src", "alt", "width", "height"],
        "ol" => &["start"],
        "li" => &["value"],
        // A wide table stands in a region that the keyboard can scroll.
        "div" => &["tabindex"],
        "td" => &["colspan", "rowspan", "headers"],
        "th" => &["colspan", "rowspan", "headers", "scope", "abbr"],
        "time" | "ins" | "del" => &["datetime"],
        _ => &[],
    };
    let known = GLOBAL.contains(&key) || key.starts_with("aria-") || own.contains(&key);
    match key {
        "href" => known && is_address(value),
        "tabindex" => known && value == "0",
        "value" => known && value.parse::<i32>().is_ok(),
        CHANGE_LETTER => value.chars().count() == 1,
        "src" => known && !value.contains(':') && !value.starts_with('/'),
        _ => known,
    }
}

/// Whether a link leads inside the document or to a place that a reader may go to.
fn is_address(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    ["#", "https://", "http://", "mailto:", "tel:"]
        .iter()
        .any(|start| lower.starts_with(start))
}

/// Whether a part of a drawing runs, fetches or styles the page around it.
fn draws_badly(document: &Document, id: NodeId) -> bool {
    let Data::Element { name, attrs } = &document.get(id).data else {
        return false;
    };
    let element = matches!(
        name.as_str(),
        "script" | "style" | "foreignObject" | "image" | "a"
    );
    element
        || attrs.iter().any(|(key, value)| {
            let fetches = key.ends_with("href") && !value.starts_with('#');
            key.starts_with("on") || fetches || value.contains("javascript:")
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};
    use crate::steps;

    fn checked(html: &str) -> (String, Vec<String>) {
        let mut document = parse(html, Meta::default()).document;
        let problems = check(&mut document, &TemplateSet::default());
        let said = problems.into_iter().map(|p| p.message);
        (document.to_string(), said.collect())
    }

    #[test]
    fn text_cannot_be_hidden_on_the_page_alone() {
        let (tree, said) = checked("<p hidden>a</p>");
        assert_eq!(said, ["the attribute `hidden` of `p` was left out"]);
        assert_eq!(tree, "p\n  \"a\"\n");
    }

    #[test]
    fn a_numbered_list_counts_from_its_start_in_whole_numbers() {
        let list = "<ol start=\"3\" type=\"a\"><li value=\"9\">b</li><li value=\"x\">c</li></ol>";
        let (tree, said) = checked(list);
        let left_out = [
            "the attribute `type` of `ol` was left out",
            "the attribute `value` of `li` was left out",
        ];
        assert_eq!(said, left_out);
        let expected = "ol start=\"3\"\n  li value=\"9\"\n    \"b\"\n  li\n    \"c\"\n";
        assert_eq!(tree, expected);
    }

    #[test]
    fn a_change_is_told_by_one_letter() {
        let (tree, said) =
            checked("<p class=\"change\" data-change=\"L\">a</p><p data-change=\"ny\"></p>");
        assert_eq!(said, ["the attribute `data-change` of `p` was left out"]);
        assert_eq!(tree, "p class=\"change\" data-change=\"L\"\n  \"a\"\np\n");
    }

    #[test]
    fn a_style_in_a_drawing_of_a_template_is_left_out_with_a_word() {
        let (tree, said) = checked("<svg><rect style=\"fill:red\" width=\"9\"/></svg>");
        assert_eq!(said, ["the attribute `style` of `rect` was left out"]);
        assert_eq!(tree, "svg\n  rect width=\"9\"\n");
    }

    #[test]
    fn many_forbidden_elements_take_as_many_steps() {
        for (start, part) in [("", "<script></script>"), ("<svg>", "<script></script>")] {
            let document = |size| {
                let html = format!("{start}{}", part.repeat(size));
                parse(&html, Meta::default()).document
            };
            steps::assert_linear(100, document, |mut document| {
                check(&mut document, &TemplateSet::default())
            });
        }
    }
}
