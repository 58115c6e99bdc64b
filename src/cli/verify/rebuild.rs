//! Builds a frozen version again, and compares.

use super::Ledger;
use crate::cli::{Failure, reference};
use crate::compile::{self, Build, Output, Target};
use crate::diag::Severity;
use crate::model::Release;

/// How a version compares with what its sources give today.
pub(super) enum Rebuilt {
    /// The same bytes.
    Equal,
    /// Another program made it: page and PDF may differ, and prove nothing.
    OtherProgram(String),
    /// A version before it, of which its pages tell, is not whole: its number.
    NoPast(String),
    /// The first difference, in words.
    Differs(String),
}

impl Rebuilt {
    /// The result in words, of a version with so many sources whose digests hold.
    pub(super) fn words(&self, sources: usize) -> String {
        let proved = format!("{sources} sources, page and PDF as they were frozen");
        match self {
            Self::Equal => format!("equal: {proved}, and built again to the same bytes"),
            Self::OtherProgram(program) => format!(
                "equal by digests: {proved}; not built again, since utkast {program} made it and this is {}, \
                 which may set the same sources in another way",
                env!("CARGO_PKG_VERSION")
            ),
            Self::NoPast(past) => {
                format!("cannot be proved: {proved}, but version {past} before it is not whole")
            }
            Self::Differs(what) => format!("not equal: {proved}, but built again {what}"),
        }
    }
}

/// Builds the sources of a version whose digests hold.
pub(super) fn rebuild(ledger: &Ledger<'_>, release: &Release) -> Result<Rebuilt, Failure> {
    if let Some(past) = ledger.broken_past(release) {
        return Ok(Rebuilt::NoPast(past));
    }
    if release.program != env!("CARGO_PKG_VERSION") {
        return Ok(Rebuilt::OtherProgram(release.program.clone()));
    }
    let outputs = match outputs(ledger, release)? {
        Ok(outputs) => outputs,
        Err(errors) => return Ok(Rebuilt::Differs(format!("it has errors: {errors}"))),
    };
    let differs = Target::frozen().find_map(|target| {
        let built = outputs.iter().find(|output| output.name == target.file);
        let built = built.map_or(&[][..], |output| &output.bytes);
        let frozen = ledger.output(release, target.file);
        let what = target.writer.difference(frozen, built)?;
        Some(format!("`{}` differs, {what}", target.file))
    });
    Ok(differs.map_or(Rebuilt::Equal, Rebuilt::Differs))
}

/// The outputs of a frozen version, or which errors are in the way.
fn outputs(ledger: &Ledger<'_>, release: &Release) -> Result<Result<Vec<Output>, String>, Failure> {
    let (sources, state) = reference::frozen(ledger.dir, release, &ledger.releases)?;
    let build = Build {
        state,
        targets: Target::frozen().collect(),
        ..Build::default()
    };
    let compiled = compile::compile(&sources, &build, &mut |_| {});
    Ok(compiled.outputs.ok_or_else(|| {
        let said = compiled.diagnostics.iter();
        let errors = said.filter(|d| d.severity() == Severity::Error);
        let errors = errors.map(|d| format!("{} {}", d.rule.code, d.message));
        errors.collect::<Vec<_>>().join("; ")
    }))
}
