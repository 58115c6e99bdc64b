//! What is said of outputs that cannot be written.

use super::Failure;
use crate::archive::{WriteError, is_inside};
use std::path::Path;

/// Sees that outputs do not go among the sources.
pub(super) fn outside(out: &Path, dir: &Path) -> Result<(), Failure> {
    match is_inside(out, dir) {
        true => Err(Failure::new(format!(
            "`{}` lies inside the strategy's folder",
            out.display()
        ))
        .hint("choose a folder beside it with `--out`")),
        false => Ok(()),
    }
}

/// Why files were not written into `folder`.
pub(super) fn not_written(folder: &Path, no: WriteError) -> Failure {
    match no {
        WriteError::Folder(target) => Failure::new(format!(
            "`{}` is a folder, and a file is to be written there",
            target.display()
        ))
        .hint("move it away, or choose another folder with `--out`"),
        WriteError::Io(error) => {
            let message = format!("cannot write to `{}`: {error}", folder.display());
            Failure::new(message)
                .hint("choose another folder with `--out`; what was there is as it was")
        }
    }
}
