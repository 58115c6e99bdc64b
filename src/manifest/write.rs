//! Writes TOML with a fixed layout. The digests of frozen versions depend on the layout, and the `toml`
//! crate does not guarantee one.

use std::fmt::Write;

/// A key with a string.
pub(super) fn pair(text: &mut String, key: &str, value: &str) {
    line(text, key, &quoted(value));
}

/// A key with a value that is TOML already.
pub(super) fn line(text: &mut String, key: &str, value: &str) {
    writeln!(text, "{key} = {value}").expect("strings take all");
}

/// A key with a list of tables, one a line; each entry is the inside of an inline table.
pub(super) fn list(text: &mut String, key: &str, entries: impl Iterator<Item = String>) {
    writeln!(text, "{key} = [").expect("strings take all");
    for entry in entries {
        writeln!(text, "    {{ {entry} }},").expect("strings take all");
    }
    text.push_str("]\n");
}

/// A string of TOML on one line. The crate would write one with line breaks on several lines, which
/// an inline table cannot hold.
pub(super) fn quoted(value: &str) -> String {
    let mut text = String::from("\"");
    for character in value.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            control if control.is_control() => {
                write!(text, "\\u{:04X}", u32::from(control)).expect("strings take all");
            }
            other => text.push(other),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_is_read_back_as_it_was() {
        for text in [
            "",
            "Sak «7»",
            "a\"b\\c",
            "to\nlinjer\tog\r",
            "\u{7f}\u{85}\u{1}",
            "🏔 \u{301}",
        ] {
            let quoted = quoted(text);
            assert!(!quoted.contains('\n'));
            let table: toml::Table = format!("a = {{ b = {quoted} }}")
                .parse()
                .expect("it is TOML");
            assert_eq!(table["a"]["b"].as_str(), Some(text), "{quoted}");
        }
    }
}
