//! Quotes text as strings in CSS and JavaScript.

/// A text between quotation marks. `escape` has another way to write the signs that mean something
/// in the language; a control character becomes a space.
pub(super) fn quoted(text: &str, escape: impl Fn(char) -> Option<String>) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match escape(c) {
            Some(escaped) => out.push_str(&escaped),
            None if c.is_control() => out.push(' '),
            None => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text as a string of CSS (CSS Syntax, Level 3, 4.3.5): nothing in it can end the string, the
/// rule, or the `style` element around it.
pub(super) fn string(text: &str) -> String {
    quoted(text, |c| {
        matches!(c, '"' | '\\' | '<').then(|| format!("\\{:x} ", u32::from(c)))
    })
}
