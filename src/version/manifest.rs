//! What makes a version, as text: the manifest, and the digest that the document prints.

use crate::files::sha256_hex;
use crate::model::{Number, Round};
use std::fmt::Write;

/// All that makes a version apart from its outputs, which print the digest of this.
#[derive(Debug, Clone)]
pub struct Head {
    /// The number.
    pub number: String,
    /// The word of the status.
    pub status: &'static str,
    /// The day, the week, or the words of the original.
    pub date: String,
    /// The body: id without `body/`, and name.
    pub body: Option<(String, String)>,
    /// The case.
    pub case: Option<String>,
    /// A word on the version.
    pub note: Option<String>,
    /// Whether it was sent out for others to speak on.
    pub sent_out: bool,
    /// Whether a new round is needed.
    pub round: Option<Round>,
    /// The version before it, and the seal of its manifest.
    pub previous: Option<(Number, String)>,
    /// Paths of the sources with the SHA-256 of their bytes, by path.
    pub sources: Vec<(String, String)>,
}

/// The digest of a version: SHA-256, in lower-case hexadecimal digits, of the lines below, each of
/// which is a key and a TOML value. What was decided stands in the sources.
pub fn digest_of(head: &Head) -> String {
    let mut text = String::new();
    let mut line = |key: &str, value: &str| {
        let value = toml::Value::from(value);
        writeln!(text, "{key} = {value}").expect("strings take all");
    };
    line("number", &head.number);
    line("status", head.status);
    line("date", &head.date);
    if let Some((id, name)) = &head.body {
        line("body", id);
        line("body_name", name);
    }
    for (key, value) in [("case", &head.case), ("note", &head.note)] {
        if let Some(value) = value {
            line(key, value);
        }
    }
    if head.sent_out {
        line("sent_out", "true");
    }
    if let Some(round) = &head.round {
        line("round", if round.needed { "needed" } else { "not needed" });
        line("by", &round.by);
        line("reason", &round.reason);
    }
    if let Some((number, seal)) = &head.previous {
        line("previous", &number.to_string());
        line("seal", seal);
    }
    for (path, sha256) in &head.sources {
        line("source", path);
        line("sha256", sha256);
    }
    sha256_hex(text.as_bytes())
}
