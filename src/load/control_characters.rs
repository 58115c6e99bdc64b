//! Reports control characters, which would break the page and the PDF.

use super::rules;
use crate::diag::{Diagnostic, Sink};
use crate::files::{FileId, SourceFile, Span};
use std::collections::BTreeMap;

/// The first of some numbers of lines, as they stand in a message.
pub(super) fn first_few(lines: &[usize]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<_> = lines.iter().take(SHOWN).map(ToString::to_string).collect();
    let more = if lines.len() > SHOWN { " …" } else { "" };
    shown.join(", ") + more
}

/// Whether a sign is in no alphabet; such signs would break the page and the PDF, or turn the
/// direction of words that stand beside them.
pub(super) fn is_control(sign: char) -> bool {
    let code = u32::from(sign);
    // Unicode promises never to make characters of these (23.7).
    let never = code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code);
    (sign.is_control() && !matches!(sign, '\n' | '\t')) || never || turns(sign)
}

/// Whether a sign turns the direction of what follows until another ends it (UAX #9, 2.1 to 2.5).
/// One that is not ended, as in a title, would turn the words of its surroundings.
pub fn turns(sign: char) -> bool {
    matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A sign that is in no alphabet, wherever it comes from.
pub(super) fn control_character(span: Span, sign: char) -> Diagnostic {
    let message = format!("control character U+{:04X}", u32::from(sign));
    let hint = match turns(sign) {
        true => "remove it; it is invisible and changes the direction of the following text",
        false => "remove it; it often comes with text copied from a PDF",
    };
    rules::CONTROL_CHARACTER.at(span, message).hint(hint)
}

/// Where a control character stands in a file.
struct Occurrences {
    first: usize,
    count: usize,
    lines: Vec<usize>,
}

/// Reports control characters that stand in a file as they are: each kind once, at its first place.
pub(super) fn report_control_characters(id: FileId, file: &SourceFile, sink: &mut Sink) {
    let mut found: BTreeMap<char, Occurrences> = BTreeMap::new();
    let mut line = 1;
    for (at, sign) in file.text().char_indices() {
        line += usize::from(sign == '\n');
        if !is_control(sign) {
            continue;
        }
        let places = found.entry(sign).or_insert(Occurrences {
            first: at,
            count: 0,
            lines: Vec::new(),
        });
        places.count += 1;
        if places.lines.last() != Some(&line) {
            places.lines.push(line);
        }
    }
    for (sign, places) in found {
        let span = Span::new(id, places.first..places.first + sign.len_utf8());
        let mut said = control_character(span, sign);
        if places.count > 1 {
            let (count, lines) = (places.count, first_few(&places.lines));
            let more = format!(", {count} times in the file (lines {lines})");
            said.message.push_str(&more);
        }
        sink.report(said);
    }
}
