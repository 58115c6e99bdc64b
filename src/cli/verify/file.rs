//! A page or a PDF, held against those of the frozen versions.

use super::{Ledger, ended};
use crate::cli::given::{self, plain};
use crate::cli::{ExitStatus, Failure, Streams};
use crate::compile::Target;
use crate::model::Release;
use std::path::Path;

/// Says of which frozen version a file is, or how it differs from the one that it says it is.
pub(super) fn verify(
    ledger: &Ledger<'_>,
    path: &Path,
    streams: &mut Streams<'_>,
) -> Result<ExitStatus, Failure> {
    let given = given::read(path)?;
    let name = path.display();
    let of_output = |release: &Release| {
        let mut outputs = release.outputs.iter();
        let found = outputs.find(|output| output.sha256 == given.sha256);
        found.map(|output| output.path.clone())
    };
    let mut releases = ledger.releases.iter();
    if let Some((release, output)) = releases.find_map(|r| Some((r, of_output(r)?))) {
        let folder = release.number.to_string();
        let whole = ledger.is_whole(&folder);
        let said = match whole {
            true => format!(
                "{name}: equal to `{output}` of version {folder} ({}, {})\n",
                release.status, release.date
            ),
            false => format!(
                "{name}: equal to `{output}` of version {folder}, which is not whole; see `utkast verify {} {folder}`\n",
                ledger.dir.display()
            ),
        };
        streams.result(&said)?;
        return Ok(ended(whole));
    }
    let identity = &given.identity;
    let mut releases = ledger.releases.iter();
    let claimed = releases.find(|release| release.digest == identity.digest);
    let said = match claimed {
        None => {
            let [version, status, date] =
                [&identity.version, &identity.status, &identity.date].map(|value| plain(value));
            format!(
                "{name}: says that it is version {version} ({status}, {date}), and no frozen version that can be read has its digest\n"
            )
        }
        Some(release) => {
            let mut targets = Target::frozen();
            let target = targets.find(|target| target.writer == given.writer);
            let output = target.map_or("", |target| target.file);
            let frozen = ledger.output(release, output);
            let what = given.writer.difference(frozen, &given.bytes);
            format!(
                "{name}: not equal to `{output}` of version {}: {}\n",
                release.number,
                what.unwrap_or_else(|| "the frozen file was changed in the same way".into())
            )
        }
    };
    streams.result(&said)?;
    Ok(ended(false))
}
