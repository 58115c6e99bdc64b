//! `utkast versions`: lists the frozen versions.

use super::sources;
use super::{ExitStatus, Failure, Streams, count, has_errors};
use crate::diag::{self, Format, Sink};
use crate::load;
use crate::manifest::FileDigest;
use crate::model::{Release, short_digest};
use crate::version;
use clap::ValueEnum;
use serde_json::{Value, json};
use std::path::PathBuf;

/// List the frozen versions
///
/// One line for each version, oldest first: number, status, date, the version that it is based on,
/// the first digits of its digest, and the body and case that it was submitted to.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast versions strategy --format json")]
pub(super) struct Args {
    /// Folder of the strategy
    #[arg(default_value = "strategy")]
    dir: PathBuf,
    /// Format of the list
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    format: ListFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ListFormat {
    /// Text
    Text,
    /// JSON, a list of objects
    Json,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let sources = sources::open_strategy(&args.dir, streams)?;
    let mut sink = Sink::default();
    let releases = load::releases(&sources, &mut sink);
    // Only the manifests and their chain are checked, not the rest of the folder.
    load::version_problems(&sources, &mut sink);
    version::check_chain(&releases, &sources, &mut sink);
    let said = sink.into_sorted();
    let report = diag::render(&said, &sources, &[], Format::Text, streams.err_colour);
    streams.say(&report);
    let list = match args.format {
        ListFormat::Text => text(&releases),
        ListFormat::Json => {
            let all: Value = releases.iter().map(object).collect();
            format!("{all:#}\n")
        }
    };
    streams.result(&list)?;
    if has_errors(&said) {
        streams.say(&format!(
            "Some versions cannot be read: {}.\n",
            count(&said)
        ));
        return Ok(ExitStatus::Errors);
    }
    if releases.is_empty() {
        streams.say("No version is frozen yet; `utkast release` freezes one.\n");
    }
    Ok(ExitStatus::Done)
}

/// A table with a header row and columns as wide as their text.
fn text(releases: &[Release]) -> String {
    if releases.is_empty() {
        return String::new();
    }
    let head = ["VERSION", "STATUS", "DATE", "BASED ON", "DIGEST", "BEFORE"];
    let rows = releases.iter().map(|release| {
        let previous = release.previous.as_ref();
        [
            release.number.to_string(),
            match release.sent_out {
                true => format!("{}, sent out", release.status),
                false => release.status.to_string(),
            },
            release.date.to_string(),
            previous.map_or("–".into(), |previous| previous.number.clone()),
            short_digest(&release.digest).to_owned(),
            before(release),
        ]
    });
    let rows: Vec<_> = [head.map(str::to_owned)].into_iter().chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; 6] = std::array::from_fn(|column| width(column).unwrap_or(0));
    let line = |row: &[String; 6]| {
        let cells = row.iter().zip(widths);
        let cells = cells.map(|(cell, width)| format!("{cell:width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

/// The bodies that decided on a version, or else the one that it was submitted to, each with its case.
fn before(release: &Release) -> String {
    let adopted = !release.status.is_draft();
    let decided = release.decisions.iter().filter(|_| adopted);
    let decided = decided.map(|decision| format!("{}, {}", decision.body_name, decision.case));
    let decided: Vec<_> = decided.collect();
    if !decided.is_empty() {
        return decided.join("; ");
    }
    let body = release.body_name.iter();
    let words: Vec<_> = body.chain(&release.case).map(String::as_str).collect();
    words.join(", ")
}

fn object(release: &Release) -> Value {
    let decisions = release.decisions.iter().map(|decision| {
        json!({
            "body": { "id": decision.body, "name": decision.body_name },
            "date": decision.date.to_string(),
            "case": decision.case,
            "text": decision.text,
            "vote": decision.vote,
        })
    });
    let round = release.round.as_ref();
    let files = |files: &[FileDigest]| -> Value {
        let files = files.iter();
        let object = |file: &FileDigest| json!({ "path": file.path, "sha256": file.sha256 });
        files.map(object).collect()
    };
    json!({
        "number": release.number.to_string(),
        "status": release.status.as_str(),
        "date": release.date.to_string(),
        "body": release.body.as_ref().map(|id| json!({ "id": id, "name": release.body_name })),
        "case": release.case,
        "note": release.note,
        "sent_out": release.sent_out,
        "round": round.map(|r| json!({ "needed": r.needed, "by": r.by, "reason": r.reason })),
        "decisions": decisions.collect::<Value>(),
        "based_on": release.previous.as_ref().map(|previous| &previous.number),
        "digest": release.digest,
        "program": release.program,
        "outputs": files(&release.outputs),
    })
}
