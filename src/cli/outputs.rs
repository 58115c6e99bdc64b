//! Failures of writing outputs.

use super::Failure;
use crate::archive::{WriteError, is_inside};
use std::path::Path;

/// Fails if the folder for outputs is inside the folder of the sources.
pub(super) fn outside(out: &Path, dir: &Path) -> Result<(), Failure> {
    match is_inside(out, dir) {
        true => Err(Failure::new(format!(
            "`{}` is inside the folder of the strategy",
            out.display()
        ))
        .hint("choose a folder outside it with `--out`")),
        false => Ok(()),
    }
}

/// Why files were not written into `folder`.
pub(super) fn not_written(folder: &Path, no: WriteError) -> Failure {
    match no {
        WriteError::Folder(target) => Failure::new(format!(
            "`{}` is a folder, so the file cannot be written",
            target.display()
        ))
        .hint("move it away, or choose another folder with `--out`"),
        WriteError::Io(error) => {
            let message = format!("cannot write to `{}`: {error}", folder.display());
            Failure::new(message).hint("choose another folder with `--out`; nothing was changed")
        }
    }
}
