//! Escapes text by the serialisation of the HTML standard (section 13.3).

/// Text with the signs that would begin a tag or a reference written as references.
pub(super) fn escape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(text, &mut out);
    out
}

/// Adds text as [`escape_text`] writes it.
pub(super) fn push_escaped(text: &str, out: &mut String) {
    push(text, |_| None, out);
}

/// Text for an attribute in double quotation marks.
pub(super) fn escape_attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push(text, |c| (c == '"').then_some("&quot;"), &mut out);
    out
}

fn push(text: &str, more: impl Fn(char) -> Option<&'static str>, out: &mut String) {
    for c in text.chars() {
        let reference = match c {
            '&' => Some("&amp;"),
            '<' => Some("&lt;"),
            '>' => Some("&gt;"),
            '\u{a0}' => Some("&nbsp;"),
            // A bare one would come back as a line feed.
            '\r' => Some("&#13;"),
            _ => more(c),
        };
        match reference {
            Some(reference) => out.push_str(reference),
            None => out.push(c),
        }
    }
}
