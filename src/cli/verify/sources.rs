//! Sources of any kind, held against those of the frozen versions.

use super::{Ledger, ended};
use crate::cli::reference::{self, Reference};
use crate::cli::{ExitStatus, Failure, Streams};
use crate::version::differences;

/// How many differences are named.
const NAMED: usize = 10;

/// Says of which frozen version the sources are, or how they differ from the last one.
pub(super) fn verify(
    ledger: &Ledger<'_>,
    reference: &Reference,
    streams: &mut Streams<'_>,
) -> Result<ExitStatus, Failure> {
    let sources = reference::sources(ledger.dir, reference)?;
    let releases = &ledger.releases;
    let Some(last) = releases.last() else {
        let message = format!("no version of `{}` is frozen yet", ledger.dir.display());
        return Err(Failure::new(message).hint("freeze one with `utkast release`"));
    };
    let mut newest = releases.iter().rev();
    if let Some(same) = newest.find(|release| differences(&sources, release).is_empty()) {
        streams.result(&format!(
            "{reference}: equal to the sources of version {} ({}, {})\n",
            same.number, same.status, same.date
        ))?;
        return Ok(ended(true));
    }
    let differences = differences(&sources, last);
    let mut said = format!("{reference}: not the sources of a frozen version\n");
    for what in differences.iter().take(NAMED) {
        said.push_str(&format!(
            "{reference}: since version {}, {what}\n",
            last.number
        ));
    }
    if differences.len() > NAMED {
        let more = differences.len() - NAMED;
        said.push_str(&format!("{reference}: and {more} more\n"));
    }
    streams.result(&said)?;
    Ok(ended(false))
}
