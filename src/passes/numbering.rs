//! Numbers chapters and sections to three levels (1, 1.1, 1.1.1), and appendices («Vedlegg 1»). Sections
//! of appendices have no numbers, as is usual in Norwegian public documents.

use super::headings::Heading;
use crate::dom::Document;
use crate::templates::Labels;

/// The deepest heading with a number.
const DEEPEST: u8 = 4;

/// Puts `<span class="number">` before the words of each heading that has a number.
pub(super) fn number(document: &mut Document, headings: &[Heading], labels: &Labels) {
    let mut counts = [0u32; (DEEPEST - 1) as usize];
    let mut appendices = 0u32;
    let mut unnumbered = false;
    for heading in headings {
        if heading.level == 2 {
            unnumbered = !heading.numbered;
        }
        // What stands below a chapter without a number has none either.
        if unnumbered || !heading.numbered || heading.level > DEEPEST {
            continue;
        }
        let appendix = document.ancestor(heading.node, |n| n.has_class("appendix"));
        if appendix.is_some() {
            if heading.level == 2 {
                appendices += 1;
                let number = appendices.to_string();
                put(
                    document,
                    heading,
                    &labels.fill("appendix_n", &[("n", &number)]),
                );
            }
            continue;
        }
        let depth = usize::from(heading.level - 2);
        counts[depth] += 1;
        counts[depth + 1..].fill(0);
        let parts: Vec<_> = counts[..=depth].iter().map(u32::to_string).collect();
        put(document, heading, &parts.join("."));
    }
}

fn put(document: &mut Document, heading: &Heading, words: &str) {
    let number = document.create_element("span", &[("class", "number")]);
    let words = document.create_text(words);
    let space = document.create_text(" ");
    document.append(number, words);
    document.insert(heading.node, 0, number);
    document.insert(heading.node, 1, space);
}
