//! Reads SVG files for the page, by an allow-list.
//!
//! Elements that draw are kept. Elements that run code, fetch files or style the page are removed and
//! reported.

mod vocabulary;
mod weight;

use crate::dom::{Data, Document, Meta, NodeId, escape, parse};
use vocabulary::{
    ATTRIBUTES, DEFAULTS, ELEMENTS, PROPERTIES, SILENT, SILENT_ATTRIBUTES, SILENT_PROPERTIES,
};
use weight::DrawCount;

/// A drawing that can stand in a page.
pub(super) struct CleanDrawing {
    /// The `svg` element.
    pub(super) html: String,
    /// The removed parts, each once, in the order of the drawing.
    pub(super) removed: Vec<String>,
}

/// How deep the elements of a drawing may stand in each other.
const MAX_DEPTH: usize = 64;
/// The first drawing of an SVG file. `alt` becomes its name (or it is hidden, if there is none),
/// and `anchor` keeps its ids apart from those of other drawings.
///
/// # Errors
/// Says in a phrase why there is no drawing, or none that can be drawn.
pub(super) fn inline(text: &str, alt: &str, anchor: &str) -> Result<CleanDrawing, String> {
    let document = parse(text, Meta::default()).document;
    let root = document
        .descendants(Document::ROOT)
        .find(|&id| document.get(id).is("svg"));
    let root = root.ok_or("it has no element `svg`")?;
    DrawCount::new(&document).weigh(root)?;
    let mut sanitizer = Sanitizer {
        document: &document,
        anchor,
        html: String::new(),
        removed: Vec::new(),
    };
    sanitizer.element(root, Some(alt), 0);
    Ok(CleanDrawing {
        html: sanitizer.html,
        removed: sanitizer.removed,
    })
}

/// The drawing of an SVG file as it will stand in the tree, its `svg` element the first node.
///
/// # Errors
/// Says in a phrase why it cannot be used.
pub fn parse_drawing(text: &str) -> Result<Document, String> {
    let drawing = inline(text, "", "drawing")?;
    Ok(parse(&drawing.html, Meta::default()).document)
}

struct Sanitizer<'a> {
    document: &'a Document,
    anchor: &'a str,
    html: String,
    removed: Vec<String>,
}

impl Sanitizer<'_> {
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
        for (key, value) in self.flattened(attrs) {
            self.keep(&key, &value);
        }
        self.html.push('>');
        // Between the shapes of a drawing, spaces are nothing; between its words, they are.
        let is_text = matches!(name.as_str(), "text" | "tspan" | "textPath");
        for &child in &node.children {
            match self.document.get(child).text() {
                Some(text) if is_text => escape(text, &mut self.html),
                Some(_) => {}
                None => self.element(child, None, depth + 1),
            }
        }
        self.html.push_str("</");
        self.html.push_str(name);
        self.html.push('>');
    }

    /// The attributes, with a `style` as attributes of their own: the page's
    /// Content-Security-Policy lets no `style` be. What a `style` says wins, as in CSS.
    fn flattened(&mut self, attrs: &[(String, String)]) -> Vec<(String, String)> {
        let others = attrs.iter().filter(|(key, _)| key != "style");
        let mut out: Vec<(String, String)> = others.cloned().collect();
        let styles = attrs.iter().filter(|(key, _)| key == "style");
        for declaration in styles.flat_map(|(_, style)| declarations(style)) {
            let Some((property, value)) = declaration.split_once(':') else {
                continue;
            };
            let property = property.trim().to_ascii_lowercase();
            let value = value.trim();
            let value = value.strip_suffix("!important").unwrap_or(value).trim_end();
            if PROPERTIES.contains(&property.as_str()) {
                out.retain(|(key, _)| *key != property);
                out.push((property, value.to_owned()));
            } else if !property.starts_with('-')
                && !SILENT_PROPERTIES.contains(&property.as_str())
                && !DEFAULTS.contains(&value)
            {
                self.remove(&format!("style: {property}"));
            }
        }
        out
    }

    fn keep(&mut self, key: &str, value: &str) {
        let known = PROPERTIES.contains(&key) || ATTRIBUTES.contains(&key) || key == "xlink:href";
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

/// The declarations of a `style`; a semicolon inside quotation marks or brackets ends none.
fn declarations(style: &str) -> Vec<&str> {
    let (mut quote, mut depth, mut start) = (None, 0u32, 0);
    let mut out = Vec::new();
    for (at, c) in style.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ';') if depth == 0 => {
                out.push(&style[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&style[start..]);
    out
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
        let drawing = inline(file, "En tegning", "image-a").expect("it can be drawn");
        let expected = "<svg aria-label=\"En tegning\" role=\"img\" viewBox=\"0 0 9 9\">\
            <use></use><rect width=\"9\"></rect></svg>";
        assert_eq!(drawing.html, expected);
        let removed = ["onload", "script", "foreignObject", "image", "href", "fill"];
        assert_eq!(drawing.removed, removed);
    }

    #[test]
    fn ids_are_kept_apart_from_those_of_other_drawings() {
        let file = "<svg><defs><linearGradient id=\"a\"/></defs><path fill=\"url(#a)\"/></svg>";
        let drawing = inline(file, "", "image-b").expect("it can be drawn");
        assert!(drawing.html.contains("id=\"image-b-a\""));
        assert!(drawing.html.contains("fill=\"url(#image-b-a)\""));
        assert!(drawing.html.contains("aria-hidden"));
        assert_eq!(drawing.removed, Vec::<String>::new());
    }

    fn html(inside: &str) -> String {
        let file = format!("<svg>{inside}</svg>");
        let drawing = inline(&file, "", "a").expect("it can be drawn");
        assert_eq!(drawing.removed, Vec::<String>::new());
        drawing.html
    }

    #[test]
    fn spaces_between_words_stay_and_those_between_shapes_go() {
        let file = "\n <g>\n <rect/>\n </g>\n\
            <text><tspan>Ett</tspan> <tspan>To</tspan></text>";
        let expected = "<svg aria-hidden=\"true\"><g><rect></rect></g>\
            <text><tspan>Ett</tspan> <tspan>To</tspan></text></svg>";
        assert_eq!(html(file), expected);
    }

    #[test]
    fn a_style_becomes_attributes_and_wins_over_them() {
        let file = "<rect fill=\"#fff\" width=\"9\" style=\"fill:#0b3c5d;stroke : none;\
            font-family:'A;B', sans-serif; -inkscape-stroke:none;line-height:1.2;\
            mix-blend-mode:normal; opacity: .5 !important\"/>";
        let expected = "<rect width=\"9\" fill=\"#0b3c5d\" stroke=\"none\" \
            font-family=\"'A;B', sans-serif\" opacity=\".5\"></rect>";
        assert!(html(file).contains(expected), "{}", html(file));
        let file = "<svg><rect style=\"filter:url(#a);fill:url(https://example.org/)\"/></svg>";
        let drawing = inline(file, "", "a").expect("it can be drawn");
        assert_eq!(drawing.removed, ["style: filter", "fill"]);
        assert!(!drawing.html.contains("style") && !drawing.html.contains("example"));
    }

    fn why(file: &str) -> String {
        inline(file, "", "a").err().unwrap_or_default()
    }

    #[test]
    fn what_is_no_drawing_is_an_error() {
        for file in [
            "",
            "Havn",
            "<html><p>a</p></html>",
            "<x:svg xmlns:x=\"a\"/>",
        ] {
            assert_eq!(why(file), "it has no element `svg`", "{file}");
        }
    }

    #[test]
    fn a_drawing_that_multiplies_or_holds_itself_is_an_error() {
        for (name, each) in [
            ("g", "<use href=\"#aN\"/>"),
            ("pattern", "<rect fill=\"url(#aN)\"/>"),
        ] {
            let mut file = "<svg><g id=\"a0\"><rect/></g>".to_owned();
            for n in 1..10 {
                let inside = each.replace('N', &(n - 1).to_string()).repeat(10);
                file.push_str(&format!("<{name} id=\"a{n}\">{inside}</{name}>"));
            }
            assert_eq!(why(&(file + "</svg>")), "it draws more than 50000 elements");
        }
        let circle = "<svg><g id=\"a\"><use href=\"#a\"/></g></svg>";
        assert!(why(circle).ends_with("refer to themselves"));
        let twice = "<svg><g id=\"a\"><rect/></g><use href=\"#a\"/><use href=\"#a\"/></svg>";
        assert_eq!(why(twice), "");
    }
}
