//! The script of the page: comfort for those who have it, and nothing that reading needs.
//!
//! It marks the section that is being read in the contents, copies links to paragraphs, and shows
//! the answers of one group by themselves. It is the program's own and the same on every page but
//! for its words; templates have no way to add another.

use super::quote::quoted;
use crate::dom::Meta;
use std::fmt::Write;

/// The content of the `script` element, byte for byte as a browser reads it: the policy names the
/// digest of these bytes.
pub(super) fn text(meta: &Meta) -> String {
    let mut words = String::from("const words = {\n");
    for (name, text) in &meta.page_words {
        writeln!(words, "  {name}: {},", string(text)).expect("strings take all");
    }
    format!("{words}}};\n{}", include_str!("page.js").trim_end())
}

/// A text as a string of JavaScript (ECMA-262, 12.9.4) that can end neither itself nor the `script`
/// element around it (HTML standard, 4.12.1.3).
fn string(text: &str) -> String {
    quoted(text, |c| {
        let ends = matches!(c, '"' | '\\' | '<' | '\u{2028}' | '\u{2029}');
        ends.then(|| format!("\\u{:04x}", u32::from(c)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_can_end_its_string_or_the_script() {
        assert_eq!(
            string("a\"\\\n</script>"),
            "\"a\\u0022\\u005c \\u003c/script>\""
        );
        let script = include_str!("page.js");
        assert!(!script.contains("</") && !script.contains("<!--") && !script.contains('\r'));
    }

    #[test]
    fn the_script_uses_every_word_and_no_other() {
        let script = include_str!("page.js");
        let used = script.split("words.").skip(1);
        let name = |rest: &str| {
            let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '_'));
            rest[..end.unwrap_or(rest.len())].to_owned()
        };
        let mut used: Vec<_> = used.map(name).filter(|name| !name.is_empty()).collect();
        used.sort_unstable();
        used.dedup();
        let mut known = crate::render::PAGE_WORDS.to_vec();
        known.sort_unstable();
        assert_eq!(used, known);
    }
}
