//! What makes a version, as text: the digest that the document prints, and the manifest.

use crate::files::sha256_hex;
use crate::load::seal_line;
use crate::model::{Decided, Number, Release, Round, Status};
use std::fmt::Write;

/// Path and SHA-256 of a file.
pub type Digest = (String, String);

/// All that makes a version apart from its outputs, which print the digest of this.
#[derive(Debug, Clone)]
pub struct Head {
    /// The number.
    pub number: String,
    /// The status.
    pub status: Status,
    /// The day, the week, or the words of the original.
    pub date: String,
    /// The body: id without `body/`, and name.
    pub body: Option<(String, String)>,
    /// The case.
    pub case: Option<String>,
    /// A word on the version.
    pub note: Option<String>,
    /// What was decided of it.
    pub decisions: Vec<Decided>,
    /// Whether it was sent out for others to speak on.
    pub sent_out: bool,
    /// Whether a new round is needed.
    pub round: Option<Round>,
    /// The version before it, and the seal of its manifest.
    pub previous: Option<(Number, String)>,
    /// The sources, by path.
    pub sources: Vec<Digest>,
}

impl From<&Release> for Head {
    fn from(release: &Release) -> Self {
        Self {
            number: release.number.to_string(),
            status: release.status,
            date: release.date.to_string(),
            body: release.body.clone(),
            case: release.case.clone(),
            note: release.note.clone(),
            decisions: release.decisions.clone(),
            sent_out: release.sent_out,
            round: release.round.clone(),
            previous: release.previous.clone(),
            sources: release.sources.clone(),
        }
    }
}

/// What stands in the second line of a manifest, for a person who opens it.
const COMMENT: &str = "# Frozen by utkast. The first line is the SHA-256 of all below it; \
                       `utkast verify` proves it.\n";

/// The digest of a version: SHA-256, in lower-case hexadecimal digits, of the lines of its manifest from
/// `number` to the end of `sources`.
pub fn digest_of(head: &Head) -> String {
    sha256_hex(head_lines(head).as_bytes())
}

/// The text of a manifest. `outputs` are the files beside it.
pub fn manifest_of(head: &Head, outputs: &[Digest]) -> String {
    let mut text = format!("{COMMENT}{}", head_lines(head));
    pair(&mut text, "digest", &digest_of(head));
    pair(&mut text, "program", env!("CARGO_PKG_VERSION"));
    files(&mut text, "outputs", outputs);
    format!("{}{text}", seal_line(&text))
}

/// What the digest is of, as the manifest has it.
fn head_lines(head: &Head) -> String {
    let mut text = String::new();
    pair(&mut text, "number", &head.number);
    pair(&mut text, "status", head.status.as_str());
    line(&mut text, "date", &date(&head.date));
    if let Some((id, name)) = &head.body {
        pair(&mut text, "body", id);
        pair(&mut text, "body_name", name);
    }
    for (key, value) in [("case", &head.case), ("note", &head.note)] {
        if let Some(value) = value {
            pair(&mut text, key, value);
        }
    }
    if head.sent_out {
        line(&mut text, "sent_out", "true");
    }
    if let Some((number, seal)) = &head.previous {
        let number = quoted(&number.to_string());
        let seal = quoted(seal);
        line(
            &mut text,
            "previous",
            &format!("{{ number = {number}, seal = {seal} }}"),
        );
    }
    if let Some(round) = &head.round {
        let (needed, by, reason) = (round.needed, quoted(&round.by), quoted(&round.reason));
        let round = format!("{{ needed = {needed}, by = {by}, reason = {reason} }}");
        line(&mut text, "round", &round);
    }
    if !head.decisions.is_empty() {
        list(&mut text, "decisions", head.decisions.iter().map(decision));
    }
    files(&mut text, "sources", &head.sources);
    text
}

fn decision(decision: &Decided) -> String {
    let (id, name) = &decision.body;
    let mut text = format!(
        "body = {}, body_name = {}, date = {}, case = {}, text = {}",
        quoted(id),
        quoted(name),
        decision.date,
        quoted(&decision.case),
        quoted(&decision.text)
    );
    if let Some(vote) = &decision.vote {
        write!(text, ", vote = {}", quoted(vote)).expect("strings take all");
    }
    text
}

fn files(text: &mut String, key: &str, files: &[Digest]) {
    let file = |(path, sha256): &Digest| {
        let (path, sha256) = (quoted(path), quoted(sha256));
        format!("path = {path}, sha256 = {sha256}")
    };
    list(text, key, files.iter().map(file));
}

fn list(text: &mut String, key: &str, entries: impl Iterator<Item = String>) {
    writeln!(text, "{key} = [").expect("strings take all");
    for entry in entries {
        writeln!(text, "    {{ {entry} }},").expect("strings take all");
    }
    text.push_str("]\n");
}

fn pair(text: &mut String, key: &str, value: &str) {
    line(text, key, &quoted(value));
}

fn line(text: &mut String, key: &str, value: &str) {
    writeln!(text, "{key} = {value}").expect("strings take all");
}

/// A day is a date of TOML; all else that can stand for one are words.
fn date(value: &str) -> String {
    match value.parse::<jiff::civil::Date>() {
        Ok(day) => day.to_string(),
        Err(_) => quoted(value),
    }
}

/// A string of TOML on one line. The crate would write one with line ends on several, which an inline
/// table cannot hold.
fn quoted(value: &str) -> String {
    let mut text = String::from("\"");
    for sign in value.chars() {
        match sign {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            sign if sign.is_control() => {
                write!(text, "\\u{:04X}", u32::from(sign)).expect("strings take all");
            }
            sign => text.push(sign),
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
