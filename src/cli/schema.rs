//! `utkast schema`: prints or writes the JSON Schemas of the kinds of files.

use super::outputs::not_written;
use super::{ExitStatus, Failure, Streams};
use crate::archive::{FileToWrite, write_all};
use crate::changes;
use crate::diag::{did_you_mean, nearest};
use crate::load::schema::{FileKind, KINDS};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// Print or write the JSON Schemas of the kinds of files
///
/// Editors use the schemas to complete and explain keys. Without a kind and a folder, prints one
/// object with every schema under the name of its kind. `changes` is the schema of the output of
/// `utkast diff --format json`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast schema measure
  utkast schema -o schemas")]
pub(super) struct Args {
    /// Kind of file, such as strategy, chapter or measure
    kind: Option<String>,
    /// Folder to write KIND.schema.json to
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// The name of the schema of the JSON of `diff`.
const CHANGES: &str = "changes";

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    // It is not a kind of file of a strategy, so it is not in the table.
    if args.kind.as_deref() == Some(CHANGES) && args.out.is_none() {
        streams.result(&format!("{:#}\n", changes::schema()))?;
        return Ok(ExitStatus::Done);
    }
    let kinds: Vec<&FileKind> = match &args.kind {
        Some(name) => vec![find(name)?],
        None => KINDS.iter().collect(),
    };
    match (&args.out, kinds.as_slice()) {
        (Some(out), kinds) => {
            write(out, kinds)?;
            let count = kinds.len();
            let plural = if count == 1 { "" } else { "s" };
            streams.say(&format!(
                "Wrote {count} schema{plural} to {}.\n",
                out.display()
            ));
        }
        (None, [kind]) => streams.result(&format!("{:#}\n", kind.schema))?,
        (None, kinds) => {
            let named = kinds.iter().map(|k| (k.name.to_owned(), k.schema.clone()));
            let all = Value::Object(named.collect::<Map<_, _>>());
            streams.result(&format!("{all:#}\n"))?;
        }
    }
    Ok(ExitStatus::Done)
}

fn find(name: &str) -> Result<&'static FileKind, Failure> {
    FileKind::named(name).ok_or_else(|| {
        let names: Vec<_> = KINDS.iter().map(|kind| kind.name).collect();
        let failure = Failure::new(format!("there is no kind of file `{name}`"));
        match nearest(name, names.iter().copied()) {
            Some(near) => failure.hint(did_you_mean(near)),
            None => failure.hint(format!("write one of {}", names.join(", "))),
        }
    })
}

fn write(out: &Path, kinds: &[&FileKind]) -> Result<(), Failure> {
    let named = kinds.iter().map(|kind| {
        let name = format!("{}.schema.json", kind.name);
        (name, format!("{:#}\n", kind.schema))
    });
    let named: Vec<(String, String)> = named.collect();
    let files = named
        .iter()
        .map(|(name, text)| FileToWrite::new(name, text.as_bytes()));
    write_all(out, &files.collect::<Vec<_>>(), &[]).map_err(|no| not_written(out, no))
}
