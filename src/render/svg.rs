//! Drawings as part of the page: an allow-list of what an SVG file may hold.
//!
//! What draws is kept; what runs, fetches or styles the page around it is left out and named.

use super::markdown_html::escape;
use crate::dom::{Data, Document, Meta, NodeId, parse};

/// A drawing that can stand in a page.
pub(super) struct Drawing {
    /// The `svg` element.
    pub(super) html: String,
    /// What was left out, each once, in the order of the drawing.
    pub(super) removed: Vec<String>,
}

const ELEMENTS: &[&str] = &[
    "circle",
    "clipPath",
    "defs",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "svg",
    "symbol",
    "text",
    "textPath",
    "tspan",
    "use",
];

/// Elements that say something of the drawing and draw nothing; they go without a word.
const SILENT: &[&str] = &["title", "desc", "metadata"];

const ATTRIBUTES: &[&str] = &[
    "clip-path",
    "clip-rule",
    "clipPathUnits",
    "color",
    "cx",
    "cy",
    "d",
    "direction",
    "dominant-baseline",
    "dx",
    "dy",
    "fill",
    "fill-opacity",
    "fill-rule",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "fx",
    "fy",
    "gradientTransform",
    "gradientUnits",
    "height",
    "href",
    "id",
    "lengthAdjust",
    "letter-spacing",
    "marker-end",
    "marker-mid",
    "marker-start",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "mask",
    "maskContentUnits",
    "maskUnits",
    "offset",
    "opacity",
    "orient",
    "paint-order",
    "pathLength",
    "patternTransform",
    "patternUnits",
    "points",
    "preserveAspectRatio",
    "r",
    "refX",
    "refY",
    "rotate",
    "rx",
    "ry",
    "spreadMethod",
    "startOffset",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "text-decoration",
    "textLength",
    "transform",
    "vector-effect",
    "viewBox",
    "visibility",
    "width",
    "word-spacing",
    "x",
    "x1",
    "x2",
    "xml:lang",
    "xml:space",
    "y",
    "y1",
    "y2",
];

/// Attributes of the file format and of drawing programs; they go without a word.
const SILENT_ATTRIBUTES: &[&str] = &[
    "aria-label",
    "aria-hidden",
    "aria-labelledby",
    "class",
    "role",
    "version",
];

/// How deep the elements of a drawing may stand in each other.
const MAX_DEPTH: usize = 64;

/// The first drawing of an SVG file. `alt` becomes its name (or it is hidden, if there is none),
/// and `anchor` keeps its ids apart from those of other drawings.
pub(super) fn inline(text: &str, alt: &str, anchor: &str) -> Drawing {
    let document = parse(text, Meta::default()).document;
    let mut cleaner = Cleaner {
        document: &document,
        anchor,
        html: String::new(),
        removed: Vec::new(),
    };
    let root = document
        .descendants(Document::ROOT)
        .find(|&id| document.get(id).is("svg"));
    if let Some(root) = root {
        cleaner.element(root, Some(alt), 0);
    }
    Drawing {
        html: cleaner.html,
        removed: cleaner.removed,
    }
}

struct Cleaner<'a> {
    document: &'a Document,
    anchor: &'a str,
    html: String,
    removed: Vec<String>,
}

impl Cleaner<'_> {
    fn element(&mut self, id: NodeId, alt: Option<&str>, depth: usize) {
        let node = self.document.get(id);
        let Data::Element { name, attrs } = &node.data else {
            return;
        };
        if !ELEMENTS.contains(&name.as_str()) || depth > MAX_DEPTH {
            if !SILENT.contains(&name.as_str()) && !name.contains(':') {
                self.remove(name);
            }
            return;
        }
        self.html.push('<');
        self.html.push_str(name);
        match alt {
            Some("") => self.html.push_str(" aria-hidden=\"true\""),
            Some(alt) => self.attribute("aria-label", alt),
            None => {}
        }
        if alt.is_some_and(|alt| !alt.is_empty()) {
            self.html.push_str(" role=\"img\"");
        }
        for (key, value) in attrs {
            self.keep(key, value);
        }
        self.html.push('>');
        for &child in &node.children {
            match self.document.get(child).text() {
                Some(text) if !text.trim().is_empty() => escape(text, &mut self.html),
                Some(_) => {}
                None => self.element(child, None, depth + 1),
            }
        }
        self.html.push_str("</");
        self.html.push_str(name);
        self.html.push('>');
    }

    fn keep(&mut self, key: &str, value: &str) {
        let known = ATTRIBUTES.contains(&key) || key == "xlink:href" || key == "style";
        let silent = SILENT_ATTRIBUTES.contains(&key)
            || key.starts_with("xmlns")
            || key.starts_with("data-")
            || (key.contains(':') && !key.starts_with("xlink") && !key.starts_with("xml:"));
        if !known {
            if !silent {
                self.remove(key);
            }
            return;
        }
        match key {
            "id" => self.attribute("id", &format!("{}-{value}", self.anchor)),
            "href" | "xlink:href" => match value.strip_prefix('#') {
                Some(name) => self.attribute("href", &format!("#{}-{name}", self.anchor)),
                None => self.remove(key),
            },
            _ if !is_harmless(value) => self.remove(key),
            _ => {
                let value = value.replace("url(#", &format!("url(#{}-", self.anchor));
                self.attribute(key, &value);
            }
        }
    }

    fn attribute(&mut self, key: &str, value: &str) {
        self.html.push(' ');
        self.html.push_str(key);
        self.html.push_str("=\"");
        escape(value, &mut self.html);
        self.html.push('"');
    }

    fn remove(&mut self, what: &str) {
        if !self.removed.iter().any(|r| r == what) {
            self.removed.push(what.to_owned());
        }
    }
}

/// Whether a value refers to nothing outside the drawing.
fn is_harmless(value: &str) -> bool {
    let lower: String = value.to_ascii_lowercase().split_whitespace().collect();
    let foreign = lower.replace("url(#", "").contains("url(");
    !foreign && !lower.contains('\\') && !lower.contains('@') && !lower.contains("expression(")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_or_fetches_is_left_out_and_named() {
        let file = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" \
            viewBox=\"0 0 9 9\" onload=\"x()\"><script>x()</script><foreignObject/>\
            <image href=\"https://example.org/a.png\"/><use href=\"https://example.org/#a\"/>\
            <rect fill=\"url(https://example.org/)\" width=\"9\"/></svg>";
        let drawing = inline(file, "En tegning", "image-a");
        let expected = "<svg aria-label=\"En tegning\" role=\"img\" viewBox=\"0 0 9 9\">\
            <use></use><rect width=\"9\"></rect></svg>";
        assert_eq!(drawing.html, expected);
        let removed = ["onload", "script", "foreignObject", "image", "href", "fill"];
        assert_eq!(drawing.removed, removed);
    }

    #[test]
    fn ids_are_kept_apart_from_those_of_other_drawings() {
        let file = "<svg><defs><linearGradient id=\"a\"/></defs><path fill=\"url(#a)\"/></svg>";
        let drawing = inline(file, "", "image-b");
        assert!(drawing.html.contains("id=\"image-b-a\""));
        assert!(drawing.html.contains("fill=\"url(#image-b-a)\""));
        assert!(drawing.html.contains("aria-hidden"));
        assert_eq!(drawing.removed, Vec::<String>::new());
    }
}
