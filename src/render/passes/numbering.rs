//! Decimal numbers of chapters and sections, to three levels: 1, 1.1, 1.1.1.

use super::headings::Heading;
use crate::dom::Document;

/// The deepest heading with a number.
const DEEPEST: u8 = 4;

/// Puts `<span class="number">` before the words of each heading that has a number.
pub(super) fn number(document: &mut Document, headings: &[Heading]) {
    let mut counts = [0u32; (DEEPEST - 1) as usize];
    let mut unnumbered = false;
    for heading in headings {
        if heading.level == 2 {
            unnumbered = !heading.numbered;
        }
        // What stands below a chapter without a number has none either.
        if unnumbered || !heading.numbered || heading.level > DEEPEST {
            continue;
        }
        let depth = usize::from(heading.level - 2);
        counts[depth] += 1;
        counts[depth + 1..].fill(0);
        let parts: Vec<_> = counts[..=depth].iter().map(u32::to_string).collect();
        let number = document.create_element("span", &[("class", "number")]);
        let digits = document.create_text(&parts.join("."));
        let space = document.create_text(" ");
        document.append(number, digits);
        document.insert(heading.node, 0, number);
        document.insert(heading.node, 1, space);
    }
}
