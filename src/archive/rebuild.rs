//! Builds a frozen version again, and compares.

use super::Ledger;
use crate::compile::{self, Build, Target};
use crate::diag::Diagnostic;
use crate::files::{self, ReadError, Sources};
use crate::model::Release;
use crate::version::{Stamp, State};
use std::path::Path;

/// How a version whose digests hold compares with what its sources give today.
#[derive(Debug)]
pub enum Rebuilt {
    /// The same bytes.
    Equal,
    /// It was not built again: another release of the program made it, which may set the same sources
    /// in another way.
    OtherProgram,
    /// It was not built again: the version with this number before it, which its pages list, is
    /// broken.
    BrokenPast(String),
    /// Its sources no longer build: what is said of them.
    NotBuilt(Vec<Diagnostic>),
    /// Other bytes.
    Differs {
        /// The output.
        output: &'static str,
        /// The first difference, as a person can look it up.
        difference: String,
    },
}

/// The sources of a frozen version, and the state that it was frozen in.
///
/// # Errors
/// The sources cannot be read.
pub fn frozen_sources(
    dir: &Path,
    release: &Release,
    releases: &[Release],
) -> Result<(Sources, State), ReadError> {
    let before = releases.iter().map(|other| other.number);
    let before = before.filter(|other| *other < release.number);
    let before: Vec<_> = before.map(|number| number.to_string()).collect();
    let sources = files::read_version(dir, &release.number.to_string(), &before)?;
    Ok((sources, State::Frozen(Box::new(Stamp::from(release)))))
}

/// Builds the sources of a version whose digests hold.
pub(super) fn rebuild(ledger: &Ledger, release: &Release) -> Result<Rebuilt, ReadError> {
    if let Some(past) = ledger.broken_past(release) {
        return Ok(Rebuilt::BrokenPast(past));
    }
    if release.program != env!("CARGO_PKG_VERSION") {
        return Ok(Rebuilt::OtherProgram);
    }
    let (sources, state) = frozen_sources(&ledger.dir, release, &ledger.releases)?;
    let build = Build {
        state,
        targets: Target::frozen().collect(),
        ..Build::default()
    };
    let compiled = compile::compile(&sources, &build, &mut |_| {});
    let Some(outputs) = compiled.outputs else {
        return Ok(Rebuilt::NotBuilt(compiled.diagnostics));
    };
    let differs = Target::frozen().find_map(|target| {
        let built = outputs.iter().find(|output| output.name == target.file);
        let built = built.map_or(&[][..], |output| &output.bytes);
        let frozen = ledger.output(release, target.file);
        let difference = target.writer.difference(frozen, built)?;
        let output = target.file;
        Some(Rebuilt::Differs { output, difference })
    });
    Ok(differs.unwrap_or(Rebuilt::Equal))
}
