//! Words that were added or taken out.

use super::layout::written;
use super::{read, read_back};
use crate::pdf::{Kid, StructureNode};

const EDITS: &str = "<h1>Strategi</h1><h2>Mål <del>gammelt</del> <ins>nytt</ins></h2>\
    <p><ins>nytt <em>nytt</em> <a href='https://e.no'>nytt</a> <q>nytt</q> <code>nytt</code></ins> likt</p>\
    <p><ins>nytt</ins></p><p><a href='https://e.no'>likt <del>gammelt</del></a></p>\
    <ins><p>nytt</p><ul><li>nytt</li></ul></ins>\
    <ol><li value='4'><del>gammelt</del></li></ol>\
    <p><ins><span class='change-word'>likt</span> nytt <del>gammelt</del></ins></p>\
    <table><tr><th><del>gammelt</del></th><td><ins>nytt</ins></td></tr></table>";

/// Looks at each element that holds text itself: the words say which decoration it has.
fn check(node: &StructureNode, seen: &mut usize) {
    assert!(node.attribute("ActualText").is_none() && node.attribute("Alt").is_none());
    for kid in &node.kids {
        match kid {
            Kid::Node(node) => check(node, seen),
            Kid::Text { text, .. } => {
                let wanted = match text {
                    text if text.contains("nytt") => Some("Underline"),
                    text if text.contains("gammelt") => Some("LineThrough"),
                    text if text.trim().is_empty() => continue,
                    _ => None,
                };
                assert_eq!(node.attribute("TextDecorationType"), wanted, "{text}");
                *seen += usize::from(wanted.is_some());
            }
            Kid::Annotation { .. } => {}
        }
    }
}

#[test]
fn each_innermost_element_of_edited_words_has_their_decoration() {
    let (_, laid) = written(EDITS);
    for read in [read_back(EDITS), read(&laid).expect("our own")] {
        let mut seen = 0;
        check(&read.root, &mut seen);
        assert!(seen >= 14, "{read}");
    }
}

#[test]
fn the_label_of_an_item_is_the_number_that_it_says() {
    let (_, laid) = written(EDITS);
    let read = read(&laid).expect("our own");
    let labels = read.elements().filter(|e| e.kind == "Lbl");
    let labels: Vec<String> = labels.map(StructureNode::text).collect();
    assert_eq!(labels, ["•", "4."]);
}
