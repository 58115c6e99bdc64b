//! Builds a frozen version again, and compares.

use super::Ledger;
use crate::cli::Failure;
use crate::compile::difference::{between_pages, between_pdfs};
use crate::compile::{self, Build, Outputs};
use crate::diag::Severity;
use crate::files;
use crate::model::Release;
use crate::version::{Files, Kept, PAGE, PDF, Stamp, State};

/// How a version compares with what its sources give today.
pub(super) enum Rebuilt {
    /// The same bytes.
    Equal,
    /// Another program made it: page and PDF may differ, and prove nothing.
    OtherProgram(String),
    /// A version before it, of which its pages tell, is not whole.
    NoPast,
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
            Self::NoPast => format!(
                "equal by digests: {proved}; not built again, since the versions before it are not whole"
            ),
            Self::Differs(what) => format!("not equal: {proved}, but built again {what}"),
        }
    }
}

/// Builds the sources of a version whose digests hold.
pub(super) fn rebuild(
    ledger: &Ledger<'_>,
    release: &Release,
    files: &Files,
) -> Result<Rebuilt, Failure> {
    if !ledger.past_is_whole(release) {
        return Ok(Rebuilt::NoPast);
    }
    if release.program != env!("CARGO_PKG_VERSION") {
        return Ok(Rebuilt::OtherProgram(release.program.clone()));
    }
    let outputs = match outputs(ledger, release)? {
        Ok(outputs) => outputs,
        Err(errors) => return Ok(Rebuilt::Differs(format!("it has errors: {errors}"))),
    };
    let frozen = |name: &str| match files.get(name) {
        Some(Kept::File(bytes)) => bytes.as_slice(),
        _ => &[],
    };
    let page = outputs.html.unwrap_or_default();
    let page = between_pages(frozen(PAGE), page.as_bytes());
    let page = page.map(|what| format!("`{PAGE}` differs, {what}"));
    let pdf = || between_pdfs(frozen(PDF), &outputs.pdf.unwrap_or_default());
    let differs = page.or_else(|| pdf().map(|what| format!("`{PDF}` differs, {what}")));
    Ok(differs.map_or(Rebuilt::Equal, Rebuilt::Differs))
}

/// The outputs of a frozen version, or which errors are in the way.
fn outputs(ledger: &Ledger<'_>, release: &Release) -> Result<Result<Outputs, String>, Failure> {
    let number = release.number.to_string();
    let before = ledger.releases.iter().map(|other| other.number);
    let before = before.filter(|other| *other < release.number);
    let before: Vec<_> = before.map(|number| number.to_string()).collect();
    let sources = files::read_version(ledger.dir, &number, &before);
    let sources = sources.map_err(|error| Failure::new(error.to_string()))?;
    let build = Build {
        state: State::Frozen(Box::new(Stamp::from(release))),
        html: true,
        pdf: true,
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
