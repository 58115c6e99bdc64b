//! The manifest of a frozen version: content, writer, reader and seal.
//!
//! [`Manifest`] is the stored form, in TOML. [`Manifest::text`] writes it; its `Deserialize` and
//! `JsonSchema` read it and describe it. The layout of the text is fixed, because two SHA-256 values
//! are computed from it:
//!
//! - the *digest* covers the lines from `number` to the end of `sources`: everything that makes the
//!   version apart from its outputs, which print the digest;
//! - the *seal*, the first line, covers every line below it.
//!
//! [`version`](crate::version) verifies manifests and their chain; [`load`](crate::load) reports errors
//! in their text.

mod status;
mod write;

pub use status::Status;

use crate::files::sha256_hex;
use jiff::civil;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error};
use write::{line, list, pair, quoted};

/// The version of the stored form. A manifest that names none with the key `format` has the first;
/// a later form names itself, and this program then refuses it ([`newer_program`]).
const FORMAT: i64 = 1;

/// The number of a version, as a pattern.
pub const NUMBER: &str = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$";
/// A SHA-256 in hexadecimal digits, as a pattern.
pub const SHA256: &str = r"^[0-9a-f]{64}$";

/// `versions/*/manifest.toml`: what a frozen version is. Only `utkast release` writes it.
///
/// Of a version that is not frozen, `seal`, `digest`, `program` and `outputs` are empty, and its
/// date may be a week or words.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// SHA-256 of all lines below this one
    #[schemars(regex(pattern = SHA256))]
    pub seal: String,
    /// Number of the version
    #[schemars(regex(pattern = NUMBER))]
    pub number: String,
    /// Its status
    pub status: Status,
    /// The day that it is dated
    #[serde(deserialize_with = "date_as_text")]
    #[schemars(schema_with = "day_schema")]
    pub date: String,
    /// The body that it was put before: its id, without `body/`
    pub body: Option<String>,
    /// The name of the body at that time
    pub body_name: Option<String>,
    /// The case
    pub case: Option<String>,
    /// A word on the version; the reason, where the status went backwards
    pub note: Option<String>,
    /// Whether it was sent out for others to speak on
    #[serde(default)]
    pub sent_out: bool,
    /// Version of the program that froze it
    pub program: String,
    /// SHA-256 of all that makes the version; its pages print the beginning of it
    #[schemars(regex(pattern = SHA256))]
    pub digest: String,
    /// The version before it
    pub previous: Option<Previous>,
    /// Whether a new round of consultation was needed
    pub round: Option<Round>,
    /// What was decided of it
    #[serde(default)]
    pub decisions: Vec<Decided>,
    /// The sources that it was made of
    pub sources: Vec<FileDigest>,
    /// The page and the PDF
    pub outputs: Vec<FileDigest>,
}

/// The version before another.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Previous {
    /// Its number
    #[schemars(regex(pattern = NUMBER))]
    pub number: String,
    /// The seal of its manifest
    #[schemars(regex(pattern = SHA256))]
    pub seal: String,
}

/// Whether those who were asked must be asked again.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// Whether a new round is needed
    pub needed: bool,
    /// Who says so
    pub by: String,
    /// Why
    pub reason: String,
}

/// What a body has decided, with the name that it had.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// Id of the body, without `body/`
    pub body: String,
    /// Its name at that time
    pub body_name: String,
    /// The day
    #[serde(deserialize_with = "day")]
    #[schemars(schema_with = "day_schema")]
    pub date: civil::Date,
    /// The case
    pub case: String,
    /// What it decided
    pub text: String,
    /// How it voted
    pub vote: Option<String>,
}

/// A file and its digest.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileDigest {
    /// Its path
    pub path: String,
    /// SHA-256 of its bytes
    #[schemars(regex(pattern = SHA256))]
    pub sha256: String,
}

impl FileDigest {
    /// A file with these bytes.
    pub fn of(path: &str, bytes: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            sha256: sha256_hex(bytes),
        }
    }
}

/// The second line of every manifest, for a person who opens the file.
const COMMENT: &str = "# Frozen by utkast. The first line is the SHA-256 of all below it; \
                       `utkast verify` proves it.\n";

impl Manifest {
    /// The digest of the version, computed from the fields that it covers: SHA-256 in lower-case
    /// hexadecimal digits.
    pub fn computed_digest(&self) -> String {
        sha256_hex(self.head().as_bytes())
    }

    /// The text to store. Digest, program and seal are computed, whatever the fields hold.
    pub fn text(&self) -> String {
        let mut text = format!("{COMMENT}{}", self.head());
        pair(&mut text, "digest", &self.computed_digest());
        pair(&mut text, "program", env!("CARGO_PKG_VERSION"));
        list(&mut text, "outputs", self.outputs.iter().map(file));
        format!("{}{text}", seal_line(&text))
    }

    /// The lines that the digest covers.
    fn head(&self) -> String {
        let mut text = String::new();
        pair(&mut text, "number", &self.number);
        pair(&mut text, "status", self.status.as_str());
        line(&mut text, "date", &date(&self.date));
        let words = [
            ("body", &self.body),
            ("body_name", &self.body_name),
            ("case", &self.case),
            ("note", &self.note),
        ];
        for (key, value) in words {
            if let Some(value) = value {
                pair(&mut text, key, value);
            }
        }
        if self.sent_out {
            line(&mut text, "sent_out", "true");
        }
        if let Some(Previous { number, seal }) = &self.previous {
            let (number, seal) = (quoted(number), quoted(seal));
            let previous = format!("{{ number = {number}, seal = {seal} }}");
            line(&mut text, "previous", &previous);
        }
        if let Some(round) = &self.round {
            let (needed, by, reason) = (round.needed, quoted(&round.by), quoted(&round.reason));
            let round = format!("{{ needed = {needed}, by = {by}, reason = {reason} }}");
            line(&mut text, "round", &round);
        }
        if !self.decisions.is_empty() {
            list(&mut text, "decisions", self.decisions.iter().map(decision));
        }
        list(&mut text, "sources", self.sources.iter().map(file));
        text
    }
}

fn decision(decision: &Decided) -> String {
    let mut text = format!(
        "body = {}, body_name = {}, date = {}, case = {}, text = {}",
        quoted(&decision.body),
        quoted(&decision.body_name),
        decision.date,
        quoted(&decision.case),
        quoted(&decision.text)
    );
    if let Some(vote) = &decision.vote {
        text.push_str(&format!(", vote = {}", quoted(vote)));
    }
    text
}

fn file(file: &FileDigest) -> String {
    let (path, sha256) = (quoted(&file.path), quoted(&file.sha256));
    format!("path = {path}, sha256 = {sha256}")
}

/// A day is a date of TOML; a week and words are a string.
fn date(value: &str) -> String {
    match value.parse::<civil::Date>() {
        Ok(day) => day.to_string(),
        Err(_) => quoted(value),
    }
}

/// A date of TOML or a string, as it is written.
fn date_as_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => text,
        other => other.to_string(),
    })
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<civil::Date, D::Error> {
    let text = date_as_text(deserializer)?;
    let day = text.parse::<civil::Date>().ok();
    // `parse` accepts a time of day too, and drops it.
    let day = day.filter(|day| day.to_string() == text);
    day.ok_or_else(|| D::Error::custom(format!("`{text}` is not a day")))
}

fn day_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "date" })
}

/// The first line of a manifest: the SHA-256 of the text below it.
pub fn seal_line(text: &str) -> String {
    format!("seal = \"{}\"\n", sha256_hex(text.as_bytes()))
}

/// Whether the bytes of a manifest are as they were written.
pub fn is_sealed(manifest: &[u8]) -> bool {
    let Ok(manifest) = std::str::from_utf8(manifest) else {
        return false;
    };
    let text = manifest.find('\n').map(|end| &manifest[end + 1..]);
    text.is_some_and(|text| manifest.starts_with(&seal_line(text)))
}

/// The version of the program that wrote a manifest, if that is newer than this one or wrote a
/// later form. Ask this before reading the manifest: it may hold what this program does not know.
pub fn newer_program(manifest: &str) -> Option<String> {
    let table: toml::Table = manifest.parse().ok()?;
    let program = table.get("program")?.as_str()?;
    let format = table.get("format").and_then(toml::Value::as_integer);
    let numbers = |version: &str| -> Option<Vec<u32>> {
        let core = version.split(['-', '+']).next()?;
        core.split('.').map(|part| part.parse().ok()).collect()
    };
    let is_newer = numbers(program)? > numbers(env!("CARGO_PKG_VERSION"))?
        || format.is_some_and(|format| format > FORMAT);
    is_newer.then(|| program.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Manifest {
        let zeros = "0".repeat(64);
        Manifest {
            number: "1.1".to_owned(),
            status: Status::Adopted,
            date: "2027-12-14".to_owned(),
            body: Some("radet".to_owned()),
            body_name: Some("representantskapet".to_owned()),
            case: Some("21/27".to_owned()),
            note: Some("Etter «høring»\n".to_owned()),
            sent_out: true,
            previous: Some(Previous {
                number: "1.0".to_owned(),
                seal: zeros,
            }),
            round: Some(Round {
                needed: false,
                by: "Kari Nordmann".to_owned(),
                reason: "Bare ord".to_owned(),
            }),
            decisions: vec![Decided {
                body: "radet".to_owned(),
                body_name: "representantskapet".to_owned(),
                date: civil::date(2027, 12, 14),
                case: "21/27".to_owned(),
                text: "Vedtas.".to_owned(),
                vote: Some("Enstemmig".to_owned()),
            }],
            sources: vec![FileDigest::of("strategy.toml", b"a")],
            outputs: vec![FileDigest::of("strategy.pdf", b"b")],
            ..Manifest::default()
        }
    }

    #[test]
    fn what_is_written_is_read_back_and_written_the_same_way() {
        let text = full().text();
        assert!(is_sealed(text.as_bytes()));
        let read: Manifest = toml::from_str(&text).expect("it is a manifest");
        assert_eq!(read.text(), text);
        assert_eq!(read.computed_digest(), read.digest);
        assert!(text.starts_with(&format!("seal = \"{}\"\n", read.seal)));
        assert_eq!(read.program, env!("CARGO_PKG_VERSION"));
        assert_eq!(read.outputs, full().outputs);
    }

    #[test]
    fn the_digest_covers_every_field_that_makes_the_version_and_no_other() {
        let digest = full().computed_digest();
        type Change = fn(&mut Manifest);
        let covered: [Change; 12] = [
            |m| m.number.push('1'),
            |m| m.status = Status::Draft,
            |m| m.date.push('1'),
            |m| m.body = None,
            |m| m.body_name = None,
            |m| m.case = None,
            |m| m.note = None,
            |m| m.sent_out = false,
            |m| m.previous = None,
            |m| m.round = None,
            |m| m.decisions.clear(),
            |m| m.sources.clear(),
        ];
        for (at, change) in covered.iter().enumerate() {
            let mut changed = full();
            change(&mut changed);
            assert_ne!(changed.computed_digest(), digest, "change {at}");
        }
        let others: [Change; 4] = [
            |m| m.seal.push('1'),
            |m| m.digest.push('1'),
            |m| m.program.push('1'),
            |m| m.outputs.clear(),
        ];
        for (at, change) in others.iter().enumerate() {
            let mut changed = full();
            change(&mut changed);
            assert_eq!(changed.computed_digest(), digest, "change {at}");
        }
    }

    #[test]
    fn a_seal_holds_for_the_bytes_that_it_was_made_of() {
        let text = full().text();
        let changed = text.replace("Vedtas.", "Vedtas!");
        let crlf = text.replace('\n', "\r\n");
        for other in [changed.as_str(), crlf.as_str(), "", "seal = \"\"\n"] {
            assert!(!is_sealed(other.as_bytes()));
        }
        assert!(!is_sealed(b"\xff\n"));
    }

    #[test]
    fn a_decision_is_dated_by_a_day() {
        let text = full().text();
        for other in ["\"2027-W50\"", "2027-12-14T10:00:00", "\"snart\""] {
            let other = text.replace("date = 2027-12-14, case", &format!("date = {other}, case"));
            assert!(toml::from_str::<Manifest>(&other).is_err(), "{other}");
        }
    }

    #[test]
    fn a_newer_program_and_a_later_form_are_recognised() {
        let of =
            |program: &str, more: &str| newer_program(&format!("program = \"{program}\"\n{more}"));
        let this = env!("CARGO_PKG_VERSION");
        assert_eq!(of(this, ""), None);
        assert_eq!(of(this, "format = 1"), None);
        assert_eq!(of(this, "format = 2").as_deref(), Some(this));
        assert_eq!(of("0.0.1", ""), None);
        assert_eq!(of("999.0.0-rc.1", "").as_deref(), Some("999.0.0-rc.1"));
        assert_eq!(of("banana", ""), None);
        assert_eq!(newer_program("= ="), None);
    }
}
