//! The script of the page. Reading does not need it.
//!
//! It highlights the current section in the contents, copies links to paragraphs, and filters the answers
//! by group. It is the same on every page except for its words; templates cannot add scripts. A page that
//! shows changes has a second part, which moves from change to change.

use super::quote::quoted;
use crate::dom::Meta;
use std::fmt::Write;

/// The content of the `script` element, byte for byte as a browser reads it: the policy names the
/// digest of these bytes.
pub(super) fn text(meta: &Meta) -> String {
    let mut words = String::from("const words = {\n");
    for (name, text) in meta.page_words.iter().chain(&meta.redline_words) {
        writeln!(words, "  {name}: {},", string(text)).expect("strings take all");
    }
    let mut script = format!("{words}}};\n{}", PAGE.trim_end());
    if !meta.redline_words.is_empty() {
        script.push_str("\n\n");
        script.push_str(REDLINE.trim_end());
    }
    script
}

const PAGE: &str = include_str!("page.js");
const REDLINE: &str = include_str!("redline.js");

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
        for script in [PAGE, REDLINE] {
            assert!(!script.contains("</") && !script.contains("<!--") && !script.contains('\r'));
        }
    }

    #[test]
    fn only_a_page_that_shows_changes_has_the_script_for_them() {
        let words = vec![("next_change", "Neste endring".to_owned())];
        let with_changes = Meta {
            redline_words: words,
            ..Meta::default()
        };
        assert!(text(&with_changes).contains("next_change: \"Neste endring\""));
        assert!(text(&with_changes).ends_with(REDLINE.trim_end()));
        assert!(text(&Meta::default()).ends_with(PAGE.trim_end()));
    }

    #[test]
    fn the_scripts_use_every_word_and_no_other() {
        let name = |rest: &str| {
            let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '_'));
            rest[..end.unwrap_or(rest.len())].to_owned()
        };
        let scripts = [
            (PAGE, &crate::render::PAGE_WORDS[..]),
            (REDLINE, &crate::render::REDLINE_WORDS[..]),
        ];
        for (script, known) in scripts {
            let used = script.split("words.").skip(1);
            let mut used: Vec<_> = used.map(name).filter(|name| !name.is_empty()).collect();
            used.sort_unstable();
            used.dedup();
            let mut known = known.to_vec();
            known.sort_unstable();
            assert_eq!(used, known);
        }
    }
}
