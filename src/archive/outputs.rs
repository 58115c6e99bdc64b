//! Writes the outputs of a build to their folder, which must be outside the sources.

use super::record::{outputs_before, record, record_of_redline};
use super::write::{FileToWrite, WriteError, write_all};
use crate::changes::Changes;
use crate::compile::targets::Writer;
use crate::compile::{Compiled, file_name};
use crate::files::Sources;
use crate::model::Audience;
use std::path::{Path, PathBuf};

/// The file name of the record of a build.
pub fn record_name(audience: Audience) -> String {
    file_name("build.json", audience)
}

/// Writes what a build made, and its record, and removes the outputs of the build before that were
/// not made again: their names are returned.
///
/// # Errors
/// [`WriteError`]; the folder is then as it was.
pub fn store(
    folder: &Path,
    made: &[FileToWrite<'_>],
    compiled: &Compiled,
    sources: &Sources,
    audience: Audience,
) -> Result<Vec<String>, WriteError> {
    let name = record_name(audience);
    let record = record(compiled, made, sources, audience);
    let mut files = made.to_vec();
    files.push(FileToWrite::new(&name, record.as_bytes()));
    replace_outputs(folder, &files, &name)
}

/// Writes files, of which `record` is one, and removes the outputs that the record named before and
/// that are not among them: their names are returned.
fn replace_outputs(
    folder: &Path,
    files: &[FileToWrite<'_>],
    record: &str,
) -> Result<Vec<String>, WriteError> {
    let mut former = outputs_before(folder, record);
    former.retain(|name| files.iter().all(|file| file.name != name));
    write_all(folder, files, &former)?;
    Ok(former)
}

/// Writes a page and a PDF that show what has changed between two versions, and their record; returns the
/// names of all. They are called by both versions, and by whom they are for.
///
/// # Errors
/// [`WriteError`]; the folder is then as it was.
pub fn store_redline(
    folder: &Path,
    made: &[(Writer, Vec<u8>)],
    changes: &Changes,
) -> Result<Vec<String>, WriteError> {
    let (old, new) = (&changes.old.number, &changes.new.number);
    let name = |ending: &str| file_name(&format!("changes-{old}-{new}.{ending}"), changes.audience);
    let named = made.iter().map(|(writer, bytes)| {
        let ending = match writer {
            Writer::Page => "html",
            Writer::Pdf => "pdf",
        };
        (name(ending), bytes.as_slice())
    });
    let named: Vec<(String, &[u8])> = named.collect();
    let files = named.iter();
    let mut files: Vec<_> = files
        .map(|(name, bytes)| FileToWrite::new(name, bytes))
        .collect();
    let record = record_of_redline(changes, &files);
    let record_name = name("json");
    files.push(FileToWrite::new(&record_name, record.as_bytes()));
    replace_outputs(folder, &files, &record_name)?;
    Ok(files.iter().map(|file| file.name.to_owned()).collect())
}

/// Whether a folder for outputs lies inside the strategy's folder: what is written there would be a
/// source of the next build.
pub fn is_inside(out: &Path, dir: &Path) -> bool {
    match (existing(out), dir.canonicalize()) {
        (Some(out), Ok(dir)) => out.starts_with(dir),
        _ => false,
    }
}

/// The nearest folder above a path, or the path itself, that is there.
fn existing(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    absolute
        .ancestors()
        .find_map(|path| path.canonicalize().ok())
}
