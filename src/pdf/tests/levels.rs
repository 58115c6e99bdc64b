//! Blocks and lines in the structure tree.

use super::layout::written;
use super::{read, tags};
use crate::dom::vocabulary::{Display, ELEMENTS};
use crate::pdf::{Kid, StructureNode};

/// What may stand around an inline element.
const AROUND: [(&str, &str); 8] = [
    ("", ""),
    ("<ul><li>", "</li></ul>"),
    ("<table><tr><th>", "</th></tr></table>"),
    ("<table><caption>", "</caption><tr><td>d</td></tr></table>"),
    ("<dl><dt>", "</dt></dl>"),
    ("<dl><dd>", "</dd></dl>"),
    ("<figure><figcaption>", "</figcaption></figure>"),
    ("<blockquote>", "</blockquote>"),
];

/// Blocks that may stand in it.
const BLOCKS: [&str; 9] = [
    "<p>b</p>",
    "<div>b</div>",
    "<h2>b</h2>",
    "<pre>b</pre>",
    "<ul><li>b</li></ul>",
    "<dl><dt>b</dt><dd>b</dd></dl>",
    "<table><caption>b</caption><tr><td>b</td></tr></table>",
    "<section><h3>b</h3></section>",
    "<blockquote>b</blockquote>",
];

/// Whether an element of this type is part of a line or holds lines alone.
fn is_line(kind: &str) -> bool {
    matches!(kind, "P" | "Span" | "Quote" | "Code" | "Reference")
        || kind
            .strip_prefix('H')
            .is_some_and(|level| !level.is_empty())
}

/// The first block that stands in a line, with the type of what it stands in.
fn block_in_line(node: &StructureNode, line: Option<&str>) -> Option<String> {
    let kind = node.kind.as_str();
    let is_inline = matches!(
        kind,
        "Span" | "Quote" | "Code" | "Reference" | "Link" | "Figure"
    );
    if let Some(line) = line.filter(|_| !is_inline) {
        return Some(format!("{kind} in {line}"));
    }
    let line = is_line(kind).then_some(kind).or(line);
    node.kids.iter().find_map(|kid| match kid {
        Kid::Node(node) => block_in_line(node, line),
        Kid::Text { .. } | Kid::Annotation { .. } => None,
    })
}

#[test]
fn no_block_stands_in_a_line_whatever_is_around_it() {
    let inline = ELEMENTS.iter().filter(|e| e.1 == Display::Inline);
    for (name, ..) in inline.filter(|e| e.0 != "br") {
        let attributes = match *name {
            "a" => "href='https://example.org'",
            "abbr" => "title='c'",
            _ => "lang='en'",
        };
        let mut html = String::from("<h1>a</h1>");
        for (open, close) in AROUND {
            for block in BLOCKS {
                html += &format!("{open}<{name} {attributes}>a {block} c</{name}>{close}");
            }
        }
        let read = read(&written(&html).1).expect("our own");
        assert_eq!(block_in_line(&read.root, None), None, "{name}");
    }
}

#[test]
fn a_link_around_blocks_stands_beside_paragraphs() {
    assert_eq!(
        tags("<a href='https://example.org'><p>a</p><p>b</p></a>"),
        "  Link\n    P\n      \"a\"\n    P\n      \"b\"\n    -> https://example.org \"ab\"\n    -> https://example.org \"ab\""
    );
}

#[test]
fn a_quotation_around_blocks_stays_a_quotation() {
    let tags = tags("<q><p>a</p></q>");
    assert_eq!(tags, "  BlockQuote\n    P\n      \"a\"");
}

#[test]
fn blocks_in_a_heading_are_its_words() {
    let tags = tags("<h1><div>a <em lang=en>b</em></div></h1>");
    assert_eq!(
        tags,
        "  H1\n    Span\n      \"a \"\n    Span Lang=\"en\"\n      \"b\""
    );
}

#[test]
fn a_picture_in_a_link_leads_where_the_link_does() {
    let html = "<h1>a</h1><a href='https://example.org'><img src='x.png' alt='Kart'></a>";
    let read = read(&written(html).1).expect("our own");
    let link = read.elements().find(|e| e.kind == "Link");
    let [Kid::Node(figure), Kid::Annotation { target, words, .. }] =
        &link.expect("it is there").kids[..]
    else {
        panic!("a picture and its area: {link:?}");
    };
    assert_eq!(
        (figure.kind.as_str(), target.as_str(), words.as_str()),
        ("Figure", "https://example.org", "Kart")
    );
}
