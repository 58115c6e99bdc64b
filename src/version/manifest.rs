//! What makes a version, as text: the digest that the document prints, and the manifest.

use crate::files::sha256_hex;
use crate::load::seal_line;
use crate::model::{Decided, Number, Release, Round, Status};
use std::fmt::Write;
use toml::Value;

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

/// The digest of a version: SHA-256, in lower-case hexadecimal digits, of the lines that its
/// manifest begins with, up to the sources.
pub fn digest_of(head: &Head) -> String {
    let mut text = String::new();
    keys(&mut text, head);
    tables(&mut text, head);
    files(&mut text, "sources", &head.sources);
    sha256_hex(text.as_bytes())
}

/// The text of a manifest. `outputs` are the files beside it.
pub(super) fn text_of(head: &Head, outputs: &[Digest]) -> String {
    let mut text = String::from(COMMENT);
    keys(&mut text, head);
    pair(&mut text, "program", env!("CARGO_PKG_VERSION"));
    pair(&mut text, "digest", &digest_of(head));
    files(&mut text, "sources", &head.sources);
    files(&mut text, "outputs", outputs);
    tables(&mut text, head);
    format!("{}{text}", seal_line(&text))
}

fn keys(text: &mut String, head: &Head) {
    pair(text, "number", &head.number);
    pair(text, "status", head.status.as_str());
    date(text, &head.date);
    if let Some((id, name)) = &head.body {
        pair(text, "body", id);
        pair(text, "body_name", name);
    }
    for (key, value) in [("case", &head.case), ("note", &head.note)] {
        if let Some(value) = value {
            pair(text, key, value);
        }
    }
    if head.sent_out {
        text.push_str("sent_out = true\n");
    }
}

fn tables(text: &mut String, head: &Head) {
    if let Some((number, seal)) = &head.previous {
        text.push_str("\n[previous]\n");
        pair(text, "number", &number.to_string());
        pair(text, "seal", seal);
    }
    if let Some(round) = &head.round {
        writeln!(text, "\n[round]\nneeded = {}", round.needed).expect("strings take all");
        pair(text, "by", &round.by);
        pair(text, "reason", &round.reason);
    }
    for decision in &head.decisions {
        text.push_str("\n[[decisions]]\n");
        pair(text, "body", &decision.body);
        date(text, &decision.date.to_string());
        pair(text, "case", &decision.case);
        pair(text, "text", &decision.text);
        if let Some(vote) = &decision.vote {
            pair(text, "vote", vote);
        }
    }
}

fn files(text: &mut String, key: &str, files: &[Digest]) {
    writeln!(text, "{key} = [").expect("strings take all");
    for (path, sha256) in files {
        let (path, sha256) = (quoted(path), quoted(sha256));
        writeln!(text, "    {{ path = {path}, sha256 = {sha256} }},").expect("strings take all");
    }
    text.push_str("]\n");
}

fn pair(text: &mut String, key: &str, value: &str) {
    writeln!(text, "{key} = {}", quoted(value)).expect("strings take all");
}

/// A day is a date of TOML; all else that can stand for one are words.
fn date(text: &mut String, value: &str) {
    match value.parse::<jiff::civil::Date>() {
        Ok(day) => writeln!(text, "date = {day}").expect("strings take all"),
        Err(_) => pair(text, "date", value),
    }
}

fn quoted(value: &str) -> String {
    Value::from(value).to_string()
}
