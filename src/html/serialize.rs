//! Nodes to HTML text, by the serialisation of the HTML standard (section 13.3).

use super::base64::base64;
use super::escape::{escape_attribute, push_escaped};
use super::scroll::Regions;
use super::stacks::CellLabels;
use super::{Asset, disclosure, landscape, no_break};
use crate::dom::{Data, Document, Node, NodeId};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Elements that have no content and no end tag (HTML standard, 13.1.2).
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements whose text is left without elements of our own: it is drawn, or kept to the letter.
const AS_IT_IS: [&str; 4] = ["code", "kbd", "pre", "svg"];

/// How the text below an element is written.
#[derive(Clone, Copy)]
enum TextMode {
    /// With what must stay on one line kept together.
    NoBreaks,
    /// As it is.
    Verbatim,
}

/// Writes the children of a node.
pub(super) fn children(
    document: &Document,
    id: NodeId,
    assets: &BTreeMap<String, Asset>,
    out: &mut String,
) {
    // An own stack, so that no depth of nesting can exhaust that of the program.
    enum Step {
        Node(NodeId, TextMode),
        End(NodeId),
        Write(&'static str),
    }
    let under = |id: NodeId, mode: TextMode| {
        let children = document.get(id).children.iter().rev();
        children.map(move |&c| Step::Node(c, mode))
    };
    let mut regions = Regions::default();
    let mut labels = CellLabels::default();
    let mut stack: Vec<Step> = under(id, TextMode::NoBreaks).collect();
    while let Some(step) = stack.pop() {
        let (id, mode) = match step {
            Step::End(id) => {
                write!(out, "</{}>", document.get(id).name()).expect("strings take all");
                continue;
            }
            Step::Write(tag) => {
                out.push_str(tag);
                continue;
            }
            Step::Node(id, mode) => (id, mode),
        };
        let node = document.get(id);
        match (&node.data, mode) {
            (Data::Text(text), TextMode::NoBreaks) => no_break::push_text(text, out),
            (Data::Text(text), TextMode::Verbatim) => push_escaped(text, out),
            (Data::Element { name, attrs }, _) => {
                if let Some(label) = regions.around(document, id) {
                    let label = escape_attribute(&label);
                    write!(
                        out,
                        "<div role=\"region\" tabindex=\"0\" aria-label=\"{label}\">"
                    )
                    .expect("strings take all");
                    stack.push(Step::Write("</div>"));
                }
                let extra = disclosure::extra_markup(document, id);
                out.push_str(extra.before);
                start_tag(name, attrs, labels.of(document, id), assets, out);
                if VOID.contains(&name.as_str()) {
                    continue;
                }
                out.push_str(extra.first);
                let ends = [
                    Step::Write(extra.after),
                    Step::End(id),
                    Step::Write(extra.last),
                ];
                stack.extend(ends);
                begin(document, node, out);
                let as_it_is = AS_IT_IS.contains(&name.as_str()) || node.has_class("nowrap");
                let mode = if as_it_is { TextMode::Verbatim } else { mode };
                stack.extend(under(id, mode));
            }
        }
    }
}

fn start_tag(
    name: &str,
    attrs: &[(String, String)],
    label: Option<&str>,
    assets: &BTreeMap<String, Asset>,
    out: &mut String,
) {
    write!(out, "<{name}").expect("strings take all");
    if let Some(label) = label {
        write!(out, " data-label=\"{}\"", escape_attribute(label)).expect("strings take all");
    }
    for (key, value) in attrs {
        let asset = assets.get(value).filter(|_| name == "img" && key == "src");
        match asset {
            Some(asset) => {
                let bytes = base64(&asset.bytes);
                write!(out, " src=\"data:{};base64,{bytes}\"", asset.media_type)
            }
            None => write!(out, " {key}=\"{}\"", escape_attribute(value)),
        }
        .expect("strings take all");
    }
    out.push('>');
}

/// The text between a start tag and the first child.
fn begin(document: &Document, node: &Node, out: &mut String) {
    if node.is("header") && node.has_class("cover") {
        landscape::draw(out);
    }
    // A parser takes the first line end after `<pre>` away (HTML standard, 13.2.6.4.7).
    let first = node.children.first().map(|&c| document.get(c));
    let text = first.and_then(Node::text).unwrap_or_default();
    if node.is("pre") && text.starts_with('\n') {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};

    /// A picture of three bytes, named as a hostile file might be.
    fn written(html: &str) -> String {
        let parsed = parse(html, Meta::default());
        let asset = Asset {
            media_type: "image/png",
            bytes: b"foo".as_slice().into(),
        };
        let assets = BTreeMap::from([("images/a&b.png".to_owned(), asset)]);
        let mut out = String::new();
        children(&parsed.document, Document::ROOT, &assets, &mut out);
        out
    }

    fn comes_back(html: &str) {
        let before = parse(html, Meta::default()).document.to_string();
        let after = parse(&written(html), Meta::default()).document.to_string();
        assert_eq!(after, before, "{}", written(html));
    }

    #[test]
    fn what_was_written_reads_as_the_tree_it_was_made_from() {
        comes_back("<p title='\"&amp;lt;<>\u{a0}'>1 &lt; 2 &amp;amp; &amp;lt;b&gt;&nbsp;x</p>");
        comes_back("<p>a<br>b<wbr>c</p><hr><area>d<p>e</p>");
        comes_back("<table><colgroup><col></colgroup><tr><td>a</td></tr></table>");
        comes_back("<pre>\n\n to linjer</pre><pre>\ren</pre><pre>uke 9</pre>");
        comes_back("<p>a&#13;b</p>");
        comes_back(
            "<svg viewBox=\"0 0 1 1\" role=\"img\"><text>uke 9 &lt;</text><path d=\"M0 0\"/></svg>",
        );
    }

    #[test]
    fn a_table_stands_in_a_region_that_scrolls() {
        let table = "<table><tbody><tr><td>1</td></tr></tbody></table>";
        let region = "<div role=\"region\" tabindex=\"0\" aria-label=\"&lt;A&gt;\">";
        assert_eq!(
            written(&format!("<h2>&lt;A&gt;</h2>{table}<p>b</p>")),
            format!("<h2>&lt;A&gt;</h2>{region}{table}</div><p>b</p>")
        );
    }

    #[test]
    fn a_known_picture_is_inlined_and_only_as_a_picture() {
        let src = "images/a&amp;b.png";
        assert_eq!(
            written(&format!("<img src=\"{src}\" alt=\"\">")),
            "<img src=\"data:image/png;base64,Zm9v\" alt=\"\">"
        );
        let link = format!("<a href=\"{src}\">a</a>");
        assert_eq!(written(&link), link);
    }

    #[test]
    fn what_belongs_together_is_marked_but_not_in_drawings_and_code() {
        assert_eq!(
            written("<p>uke 9</p>"),
            "<p><span class=\"nowrap\">uke 9</span></p>"
        );
        for kept in [
            "<pre>uke 9</pre>",
            "<p><code>a/b</code></p>",
            "<p><span class=\"nowrap\">uke 9</span></p>",
            "<svg><text>uke 9</text></svg>",
        ] {
            assert_eq!(written(kept), kept);
        }
    }

    #[test]
    fn only_the_cover_gets_the_landscape() {
        assert!(
            written("<header class=\"cover\"><h1>A</h1></header>")
                .contains("<svg class=\"landscape\"")
        );
        assert!(!written("<header><h1>A</h1></header><p class=\"cover\">b</p>").contains("<svg"));
    }
}
