//! No character of the tree is lost, doubled or moved.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// For each text node that is shown, what its runs say.
fn check(case: &Case) -> Result<(), String> {
    let mut said: BTreeMap<NodeId, String> = BTreeMap::new();
    for item in case.laid.pages.pages.iter().flat_map(|p| &p.items) {
        let (Owner::Node(node), Shape::Glyphs(run)) = (item.owner, &item.shape) else {
            continue;
        };
        said.entry(node).or_default().push_str(&run.text);
        let mut reached = 0;
        for glyph in &run.glyphs {
            if glyph.id == 0
                || run
                    .text
                    .get(glyph.text.start as usize..glyph.text.end as usize)
                    .is_none()
            {
                return Err(format!("glyph {glyph:?} of {:?}", run.text));
            }
            if glyph.text.start < reached {
                return Err(format!("glyphs out of order in {:?}", run.text));
            }
            reached = glyph.text.start;
        }
    }
    let document = &case.document;
    for node in document.descendants(Document::ROOT) {
        let Some(text) = document.get(node).text() else {
            continue;
        };
        let hidden = document.ancestor(node, |n| n.has_class("screen-only") || n.is("svg"));
        if hidden.is_some() {
            continue;
        }
        let collapse = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (want, have) = (collapse(text), collapse(said.get(&node).map_or("", |s| s)));
        if want != have {
            return Err(format!("node {} says {have:?} instead of {want:?}", node.0));
        }
    }
    Ok(())
}

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "[a-zæøå]{1,14}",
        1 => "[A-Z]\\.",
        1 => "[0-9]{1,4}",
        1 => Just("arbeids\u{ad}markeds\u{ad}integrasjon".to_owned()),
        1 => Just("https://www.example.no/en-lang/sti/til-noe".to_owned()),
        1 => Just("日\u{200b}本".to_owned()),
        1 => Just("offisiell\u{a0}flyt".to_owned()),
        1 => Just("x".repeat(90)),
    ];
    let space = prop_oneof![6 => Just(" "), 1 => Just("\n  "), 1 => Just(""), 1 => Just("\u{a0}")];
    prop::collection::vec((word, space), 0..14)
        .prop_map(|parts| parts.into_iter().map(|(w, s)| w + s).collect())
}

fn tree() -> impl Strategy<Value = String> {
    text().prop_recursive(5, 60, 6, |inner| {
        let children = prop::collection::vec(inner, 1..5).prop_map(|c| c.concat());
        let element = prop_oneof![
            Just("p"),
            Just("em"),
            Just("strong"),
            Just("span class=\"tag\""),
            Just("a href=\"#x\""),
            Just("div"),
            Just("ul><li"),
            Just("ol start=\"-3\"><li"),
            Just("blockquote"),
            Just("h2"),
            Just("h4"),
            Just("article class=\"card\""),
            Just("section class=\"chapter page-break\""),
            Just("pre"),
            Just("dl class=\"meta\"><dt>Term<dd"),
            Just("figure><figcaption"),
            Just("sup"),
            Just("code"),
            Just("table><thead><tr><th>H<th>I<tbody><tr><td rowspan=\"2\""),
            Just("table><tr><td class=\"numeric\">1<td colspan=\"999999999\""),
            Just("nav class=\"toc\"><ol><li><a href=\"#x\""),
            Just("p class=\"screen-only\""),
            Just("aside class=\"keep\""),
            Just("header class=\"cover\""),
        ];
        (element, children).prop_map(|(element, children)| {
            let close: String = element
                .split('>')
                .rev()
                .filter_map(|tag| tag.rsplit('<').next()?.split(' ').next())
                .map(|name| format!("</{name}>"))
                .collect();
            format!("<{element}>{children}{close}")
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn every_text_node_is_shown_word_for_word(html in prop::collection::vec(tree(), 1..5)) {
        let case = set(&html.concat());
        if let Err(problem) = check(&case) {
            prop_assert!(false, "{problem}\n{}", case.document);
        }
    }
}
