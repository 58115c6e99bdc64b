//! The files that a build leaves in its folder: where they may lie, and how they get there.

use super::Failure;
use super::record::{outputs_before, record};
use super::write::{Output, write_all};
use crate::compile::{Compiled, file_name};
use crate::files::Sources;
use crate::model::Audience;
use std::path::{Path, PathBuf};

/// What the record of a build is called.
pub(super) fn record_name(audience: Audience) -> String {
    file_name("build.json", audience)
}

/// Writes what a build made, and its record, and removes the outputs of the build before that were
/// not made again: their names are returned.
pub(super) fn store(
    folder: &Path,
    made: &[Output<'_>],
    compiled: &Compiled,
    sources: &Sources,
    audience: Audience,
) -> Result<Vec<String>, Failure> {
    let name = record_name(audience);
    let record = record(compiled, made, sources, audience);
    let mut former = outputs_before(folder, &name);
    former.retain(|name| made.iter().all(|file| file.name != name));
    let mut files = made.to_vec();
    files.push(Output::new(&name, record.as_bytes()));
    write_all(folder, &files, &former)?;
    Ok(former)
}

/// Outputs among the sources would be sources of the next build.
pub(super) fn outside(out: &Path, dir: &Path) -> Result<(), Failure> {
    let inside = match (existing(out), dir.canonicalize()) {
        (Some(out), Ok(dir)) => out.starts_with(dir),
        _ => false,
    };
    match inside {
        true => Err(Failure::new(format!(
            "`{}` lies inside the strategy's folder",
            out.display()
        ))
        .hint("choose a folder beside it with `--out`")),
        false => Ok(()),
    }
}

/// The nearest folder above a path, or the path itself, that is there.
fn existing(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    absolute
        .ancestors()
        .find_map(|path| path.canonicalize().ok())
}
