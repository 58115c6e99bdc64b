//! Instruments a template before tera reads it.
//!
//! [`instrument`] adds [`TEMPLATE_ATTR`] to each opening tag, so that every element of the tree has the line
//! of its template, and calls of the guards of [`super::limits`] to loops, components and assignments, so
//! that no template runs for ever. It adds no line breaks, so line numbers do not change.
//! A small lexer tells tera's own tags, comments and raw text from HTML.

use super::limits::{ENTER, LEAVE, SIZE, STEP, TURN};
use crate::dom::TEMPLATE_ATTR;
use std::fmt::Write;

/// The template with its marks; `index` is its place in the set.
pub(super) fn instrument(source: &str, index: u32) -> String {
    let mut marker = Instrumenter {
        source,
        index,
        at: 0,
        line: 1,
        out: String::with_capacity(source.len() * 2),
        raw: false,
        sets: Vec::new(),
    };
    marker.run();
    marker.out
}

struct Instrumenter<'a> {
    source: &'a str,
    index: u32,
    at: usize,
    line: usize,
    out: String,
    /// Between `{% raw %}` and `{% endraw %}`, where tera's delimiters are text.
    raw: bool,
    /// The names of the open `{% set name %}` blocks.
    sets: Vec<String>,
}

impl<'a> Instrumenter<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    /// Copies `length` bytes of the source.
    fn copy(&mut self, length: usize) {
        let piece = &self.rest()[..length];
        self.out.push_str(piece);
        self.skip(length);
    }

    fn skip(&mut self, length: usize) {
        self.line += self.rest()[..length].matches('\n').count();
        self.at += length;
    }

    fn run(&mut self) {
        while !self.rest().is_empty() {
            if self.tera() {
                continue;
            }
            let rest = self.rest();
            if rest.starts_with("<!--") {
                self.copy(rest.find("-->").map_or(rest.len(), |end| end + 3));
            } else if is_opening_tag(rest) {
                self.tag();
            } else {
                self.copy(rest.chars().next().map_or(0, char::len_utf8));
            }
        }
    }

    /// An opening tag: its name, the mark, and its attributes as they are.
    fn tag(&mut self) {
        let end = self.at + 1 + end_of_name(&self.rest()[1..]);
        while self.at < end {
            if !self.tera() {
                self.copy(self.rest().chars().next().map_or(1, char::len_utf8));
            }
        }
        let (index, line) = (self.index, self.line);
        write!(self.out, " {TEMPLATE_ATTR}=\"{index}:{line}\"").expect("strings take all");
        let mut quote = None;
        while let Some(next) = self.rest().chars().next() {
            if self.tera() {
                continue;
            }
            self.copy(next.len_utf8());
            match (quote, next) {
                (None, '>') => return,
                (None, '"' | '\'') => quote = Some(next),
                (Some(open), _) if open == next => quote = None,
                _ => {}
            }
        }
    }

    /// Copies a tag of tera with its guards; returns false if there is no tag here.
    fn tera(&mut self) -> bool {
        let rest = self.rest();
        if self.raw && !is_tag(rest, "endraw") {
            return false;
        }
        let close = match rest.get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => return false,
        };
        if close == "#}" {
            self.copy(rest.find("#}").map_or(rest.len(), |end| end + 2));
            return true;
        }
        let Some(end) = end_of_tag(rest, close) else {
            // Tera says what is wrong with a tag that is never closed.
            self.copy(rest.len());
            return true;
        };
        let tag = &rest[..end];
        let word = first_word(tag);
        let trims_before = tag[2..].starts_with('-');
        let trims_after = tag[..tag.len() - 2].ends_with('-');
        if word == "endcomponent" {
            self.guard(LEAVE, "", trims_before, false);
        }
        self.out.push_str(&guarded_comprehensions(tag, word));
        self.skip(end);
        self.after(word, tag, trims_after);
        true
    }

    /// The guards that stand after a tag.
    fn after(&mut self, word: &str, tag: &str, trims: bool) {
        match word {
            "raw" => self.raw = true,
            "endraw" => self.raw = false,
            "for" => self.guard(STEP, "", false, trims),
            "component" => self.guard(ENTER, "", false, trims),
            "set" | "set_global" => {
                let name = tag.split_once(word).map_or("", |(_, after)| after);
                let name = name.trim_start();
                let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_'));
                let (name, after) = name.split_at(end.unwrap_or(name.len()));
                if after.trim_start().starts_with('=') {
                    self.guard(SIZE, name, false, trims);
                } else {
                    self.sets.push(name.to_owned());
                }
            }
            "endset" => {
                let name = self.sets.pop().unwrap_or_default();
                self.guard(SIZE, &name, false, trims);
            }
            _ => {}
        }
    }

    /// Calls a guard; it writes nothing, and trims spaces where the tag beside it does.
    fn guard(&mut self, function: &str, value: &str, before: bool, after: bool) {
        let (open, close) = (if before { "-" } else { "" }, if after { "-" } else { "" });
        let value = if value.is_empty() {
            String::new()
        } else {
            format!("v={value}")
        };
        write!(self.out, "{{{{{open} {function}({value}) {close}}}}}").expect("strings take all");
    }
}

fn is_opening_tag(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    bytes.next() == Some(b'<') && bytes.next().is_some_and(|b| b.is_ascii_alphabetic())
}

/// Where the name of an element ends. Tera's tags may be a part of it, as in `h{{ level }}` or
/// `h{% if deep %}3{% else %}2{% endif %}`; what stands inside `{% if %}` and is no name is not.
fn end_of_name(rest: &str) -> usize {
    let (mut at, mut end) = (0, 0);
    let mut open = 0usize;
    loop {
        let next = &rest[at..];
        let length = match next.get(..2) {
            Some("{{") => end_of_tag(next, "}}"),
            Some("{#") => next.find("#}").map(|end| end + 2),
            Some("{%") => {
                end_of_tag(next, "%}").inspect(|&length| match first_word(&next[..length]) {
                    "if" | "for" => open += 1,
                    "endif" | "endfor" => open = open.saturating_sub(1),
                    _ => {}
                })
            }
            _ => {
                let first = next.bytes().next();
                first
                    .filter(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':'))
                    .map(|_| 1)
            }
        };
        let Some(length) = length else {
            return end;
        };
        at += length;
        if open == 0 {
            end = at;
        }
    }
}

fn is_tag(rest: &str, word: &str) -> bool {
    rest.starts_with("{%") && first_word(rest) == word
}

/// The first word inside a tag.
fn first_word(tag: &str) -> &str {
    let inside = tag[2..].trim_start_matches('-').trim_start();
    let end = inside.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    &inside[..end.unwrap_or(inside.len())]
}

/// Where a tag ends: after the closing delimiter that stands outside strings.
fn end_of_tag(rest: &str, close: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in rest.char_indices().skip(2) {
        match quote {
            None if rest[at..].starts_with(close) => return Some(at + 2),
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            Some(open) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// An expression whose list comprehensions call the step guard for every element: their
/// condition becomes `turn() and (condition)`, or is added.
fn guarded_comprehensions(tag: &str, word: &str) -> String {
    let mut out = String::with_capacity(tag.len());
    let mut quote = None;
    let mut first = true;
    // For each open bracket: whether a comprehension and its condition have begun in it.
    let mut brackets: Vec<(bool, bool)> = Vec::new();
    let mut at = 0;
    while let Some(c) = tag[at..].chars().next() {
        let start = at;
        at += c.len_utf8();
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '[' | '(' | '{') => brackets.push((false, false)),
            (None, ']' | ')' | '}') => match brackets.pop() {
                Some((true, true)) => out.push(')'),
                Some((true, false)) => {
                    write!(out, " if {TURN}()").expect("strings take all");
                }
                _ => {}
            },
            (None, _) if c.is_alphabetic() || c == '_' => {
                let end = tag[at..].find(|c: char| !(c.is_alphanumeric() || c == '_'));
                at += end.unwrap_or(tag.len() - at);
                let is_statement = first && &tag[start..at] == word;
                first = false;
                out.push_str(&tag[start..at]);
                match (&tag[start..at], brackets.last_mut()) {
                    ("for", Some(open)) if !is_statement => open.0 = true,
                    ("if", Some(open)) if open.0 && !open.1 => {
                        open.1 = true;
                        write!(out, " {TURN}() and (").expect("strings take all");
                    }
                    _ => {}
                }
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The template with marks written short: `@2` for a line, `†` for a guard.
    fn marked(source: &str) -> String {
        let marked = instrument(source, 7).replace(" data-template=\"7:", "@");
        [STEP, TURN, ENTER, LEAVE, SIZE]
            .iter()
            .fold(marked, |text, guard| text.replace(guard, "†"))
    }

    #[test]
    fn each_opening_tag_gets_its_line() {
        let source = "<p>\n<a href=\"{{ x > \"<b>\" }}\">a</a>{# <i> #}<br>\n";
        let expected = "<p@1\">\n<a@2\" href=\"{{ x > \"<b>\" }}\">a</a>{# <i> #}<br@2\">\n";
        assert_eq!(marked(source), expected);
    }

    #[test]
    fn a_name_may_be_made_by_tera_and_its_mark_stands_behind_it() {
        assert_eq!(
            marked("<h{{ level + 1 }} class=\"a\">x</h{{ level + 1 }}>"),
            "<h{{ level + 1 }}@1\" class=\"a\">x</h{{ level + 1 }}>"
        );
        assert_eq!(
            marked("<h{% if a %}3{% else %}2{% endif %}>"),
            "<h{% if a %}3{% else %}2{% endif %}@1\">"
        );
        assert_eq!(
            marked("<p{% if a %} class=\"b\"{% endif %}>"),
            "<p@1\"{% if a %} class=\"b\"{% endif %}>"
        );
    }

    #[test]
    fn a_sign_inside_an_attribute_or_comment_is_no_tag() {
        let source = "<p title=\"a <b> c\"><!-- <i> --></p>";
        assert_eq!(marked(source), "<p@1\" title=\"a <b> c\"><!-- <i> --></p>");
    }

    #[test]
    fn loops_components_and_assignments_are_guarded() {
        assert_eq!(
            marked("{% for a in b -%} x"),
            "{% for a in b -%}{{ †() -}} x"
        );
        assert_eq!(marked("{% set a = b %}"), "{% set a = b %}{{ †(v=a) }}");
        assert_eq!(
            marked("{% set a %}x{% endset %}"),
            "{% set a %}x{% endset %}{{ †(v=a) }}"
        );
        assert_eq!(
            marked("{% component c() %}x{%- endcomponent %}"),
            "{% component c() %}{{ †() }}x{{- †() }}{%- endcomponent %}"
        );
    }

    #[test]
    fn comprehensions_are_guarded_in_their_condition() {
        assert_eq!(
            marked("{{ [x for x in y] }}"),
            "{{ [x for x in y if †()] }}"
        );
        assert_eq!(
            marked("{{ [x for x in y if a or b] }}"),
            "{{ [x for x in y if †() and ( a or b)] }}"
        );
    }

    #[test]
    fn raw_text_keeps_its_delimiters_and_its_tags_their_marks() {
        let source = "{% raw %}{{ <p>{% for %}{% endraw %}";
        assert_eq!(marked(source), "{% raw %}{{ <p@1\">{% for %}{% endraw %}");
    }
}
