//! Builds a frozen version again and compares the bytes.

use super::ledger::{Ledger, Proof, Rebuilt, manifest_in};
use crate::compile::{self, Build, Target};
use crate::files::{self, ReadError, Sources};
use crate::model::{Number, Release};
use crate::version::{BuildState, Fault, ReleaseDetails};
use std::path::Path;

/// The sources of a frozen version, and the state that it was frozen in.
///
/// # Errors
/// The sources cannot be read.
pub fn frozen_sources(
    dir: &Path,
    release: &Release,
    releases: &[Release],
) -> Result<(Sources, BuildState), ReadError> {
    let before = releases.iter().map(|other| other.number);
    let before = before.filter(|other| *other < release.number);
    let before: Vec<_> = before.map(|number| number.to_string()).collect();
    let sources = files::read_version(dir, &release.number.to_string(), &before)?;
    Ok((
        sources,
        BuildState::Frozen(Box::new(ReleaseDetails::from(release))),
    ))
}

impl Ledger {
    /// Proves the version in a folder, and builds it again if its digests hold.
    ///
    /// # Errors
    /// Its sources cannot be read.
    pub fn prove(&self, folder: &str) -> Result<Proof<'_>, ReadError> {
        if let Some(refused) = self.refused.get(&manifest_in(folder)) {
            return Ok(Proof::Refused(refused));
        }
        let release = self.release_in(folder);
        if Number::parse(folder).is_none() && release.is_none() {
            return Ok(Proof::Added);
        }
        match (self.faults.get(folder), release) {
            (Some(faults), _) if !faults.is_empty() => Ok(Proof::Faults(faults.clone())),
            (_, Some(release)) => Ok(Proof::Holds(release, rebuild(self, release)?)),
            (_, None) => Ok(Proof::Faults(vec![Fault::ManifestUnreadable])),
        }
    }
}

/// Builds the sources of a version whose digests hold.
fn rebuild(ledger: &Ledger, release: &Release) -> Result<Rebuilt, ReadError> {
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
