//! Sources of any kind, held against those of the frozen versions.

use super::{Ledger, ended};
use crate::cli::reference::{self, Reference};
use crate::cli::{ExitStatus, Failure, Streams};
use crate::files::Sources;
use crate::model::Release;
use std::collections::BTreeMap;

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

/// The files that are not those of a version, in words, by path.
fn differences(sources: &Sources, release: &Release) -> Vec<String> {
    let here = sources.iter().map(|(_, file)| file);
    let here = here.filter(|file| !file.path.starts_with("versions/"));
    let here: BTreeMap<_, _> = here.map(|f| (f.path.as_str(), f.sha256.as_str())).collect();
    let there = release.sources.iter();
    let there: BTreeMap<_, _> = there.map(|(p, sha)| (p.as_str(), sha.as_str())).collect();
    let mut found: Vec<(&str, &str)> = Vec::new();
    for (path, sha256) in &there {
        match here.get(path) {
            None => found.push((path, "was removed")),
            Some(now) if now != sha256 => found.push((path, "was changed")),
            Some(_) => {}
        }
    }
    let added = here.keys().filter(|path| !there.contains_key(**path));
    found.extend(added.map(|path| (*path, "was added")));
    found.sort_unstable();
    let words = found.iter().map(|(path, what)| format!("`{path}` {what}"));
    words.collect()
}
