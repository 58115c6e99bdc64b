//! The result of `utkast verify` as text: one fact per line.

use crate::archive::{OutputFile, OutputProof, Proof, Rebuilt, SourcesProof, StrayEntry};
use crate::cli::output_file::plain;
use crate::cli::reference::VersionReference;
use crate::diag::{Diagnostic, Severity};
use crate::files::VERSIONS;
use crate::model::{Release, short_digest};
use std::path::Path;

/// How many differences are listed.
const NAMED: usize = 10;

/// Entries that do not belong in the folder of versions.
pub(super) fn strays(strays: &[StrayEntry]) -> String {
    let strays = strays
        .iter()
        .map(|StrayEntry { name, is_link }| match is_link {
            true => format!("{VERSIONS}: `{name}` is a link to somewhere else\n"),
            false => format!("{VERSIONS}: `{name}` was added\n"),
        });
    strays.collect()
}

/// The proof of a version.
pub(super) fn proved(folder: &str, proof: &Proof<'_>) -> String {
    match proof {
        Proof::Added => format!("{VERSIONS}: `{folder}` was added\n"),
        Proof::Refused(said) => format!("{folder}: cannot be proved: {}\n", said.message),
        Proof::Faults(faults) => {
            let faults = faults.iter().map(|fault| format!("{folder}: {fault}\n"));
            faults.collect()
        }
        Proof::Holds(release, rebuilt) => format!(
            "{folder}: {} ({}, {}, {})\n",
            compared(release, rebuilt),
            release.status,
            release.date,
            short_digest(&release.digest),
        ),
    }
}

/// The result of the rebuild of a version whose digests hold.
fn compared(release: &Release, rebuilt: &Rebuilt) -> String {
    let proved = format!("{} sources, page and PDF unchanged", release.sources.len());
    let differs = |what: &str| format!("not equal: {proved}, but the rebuild {what}");
    match rebuilt {
        Rebuilt::Equal => format!("equal: {proved}, and the rebuild gives the same bytes"),
        Rebuilt::OtherProgram => format!(
            "equal by digests: {proved}; not rebuilt, because utkast {} made it and this is utkast {}, \
             which may give other bytes",
            release.program,
            env!("CARGO_PKG_VERSION")
        ),
        Rebuilt::BrokenPast(past) => {
            format!("cannot be proved: {proved}, but the earlier version {past} is broken")
        }
        Rebuilt::NotBuilt(said) => differs(&format!("has errors: {}", errors(said))),
        Rebuilt::Differs { output, difference } => {
            differs(&format!("of `{output}` differs, {difference}"))
        }
    }
}

fn errors(said: &[Diagnostic]) -> String {
    let errors = said.iter().filter(|d| d.severity() == Severity::Error);
    let errors = errors.map(|d| format!("{} {}", d.rule.code, d.message));
    errors.collect::<Vec<_>>().join("; ")
}

/// The proof of a page or PDF.
pub(super) fn output(
    dir: &Path,
    path: &Path,
    file: &OutputFile,
    proof: &OutputProof<'_>,
) -> String {
    let name = path.display();
    match proof {
        OutputProof::Equal {
            release,
            output,
            is_whole: true,
        } => format!(
            "{name}: equal to `{output}` of version {} ({}, {})\n",
            release.number, release.status, release.date
        ),
        OutputProof::Equal {
            release, output, ..
        } => format!(
            "{name}: equal to `{output}` of version {0}, which is broken; see `utkast verify {1} {0}`\n",
            release.number,
            dir.display()
        ),
        OutputProof::Differs {
            release,
            output,
            difference,
        } => format!(
            "{name}: not equal to `{output}` of version {}: {}\n",
            release.number,
            difference
                .as_deref()
                .unwrap_or("the frozen file was changed in the same way")
        ),
        OutputProof::Unknown => {
            let identity = &file.identity;
            let [version, status, date] =
                [&identity.version, &identity.status, &identity.date].map(|value| plain(value));
            format!(
                "{name}: says that it is version {version} ({status}, {date}), but no readable frozen version has its digest\n"
            )
        }
    }
}

/// The proof of sources.
pub(super) fn sources(reference: &VersionReference, proof: &SourcesProof<'_>) -> String {
    match proof {
        SourcesProof::Equal(same) => format!(
            "{reference}: equal to the sources of version {} ({}, {})\n",
            same.number, same.status, same.date
        ),
        SourcesProof::Differs { last, differences } => {
            let mut said = format!("{reference}: not the sources of a frozen version\n");
            for what in differences.iter().take(NAMED) {
                let line = format!("{reference}: since version {}, {what}\n", last.number);
                said.push_str(&line);
            }
            if differences.len() > NAMED {
                let more = differences.len() - NAMED;
                said.push_str(&format!("{reference}: and {more} more\n"));
            }
            said
        }
        SourcesProof::NothingFrozen => String::new(),
    }
}
