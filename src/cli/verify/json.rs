//! The result of `utkast verify` as JSON. The keys are documented in `docs/json.md` and are stable.

use crate::archive::{OutputFile, OutputProof, Proof, Rebuilt, SourcesProof, StrayEntry};
use crate::cli::format::{identity, version};
use crate::cli::reference::VersionReference;
use crate::diag::Diagnostic;
use crate::model::Release;
use crate::version::{Difference, Fault};
use serde_json::{Value, json};
use std::path::Path;

/// All versions, and other entries of their folder.
pub(super) fn versions(is_whole: bool, strays: &[StrayEntry], versions: Vec<Value>) -> Value {
    let strays = strays.iter().map(|stray| {
        let kind = if stray.is_link { "link" } else { "other" };
        json!({ "name": stray.name, "kind": kind })
    });
    json!({
        "whole": is_whole,
        "versions": versions,
        "strays": strays.collect::<Value>(),
    })
}

/// The proof of a version. `release` is its manifest, if that can be read.
pub(super) fn proved(folder: &str, release: Option<&Release>, proof: &Proof<'_>) -> Value {
    let mut object = json!({
        "folder": folder,
        "result": word(proof),
        "whole": proof.is_whole(),
        "version": release.map(version),
        "program": release.map(|release| &release.program),
        "faults": [],
        "difference": null,
        "broken_past": null,
        "diagnostics": [],
    });
    match proof {
        Proof::Faults(faults) => object["faults"] = faults.iter().map(fault).collect(),
        Proof::Refused(said) => object["diagnostics"] = json!([diagnostic(said)]),
        Proof::Holds(_, Rebuilt::Differs { output, difference }) => {
            object["difference"] = json!({ "output": output, "message": difference });
        }
        Proof::Holds(_, Rebuilt::BrokenPast(number)) => object["broken_past"] = json!(number),
        Proof::Holds(_, Rebuilt::NotBuilt(said)) => {
            object["diagnostics"] = said.iter().map(diagnostic).collect();
        }
        Proof::Added | Proof::Holds(_, Rebuilt::Equal | Rebuilt::OtherProgram) => {}
    }
    object
}

fn word(proof: &Proof<'_>) -> &'static str {
    match proof {
        Proof::Holds(_, Rebuilt::Equal) => "equal",
        Proof::Holds(_, Rebuilt::OtherProgram) => "equal-by-digests",
        Proof::Holds(_, Rebuilt::BrokenPast(_)) => "broken-past",
        Proof::Holds(_, Rebuilt::NotBuilt(_)) => "not-built",
        Proof::Holds(_, Rebuilt::Differs { .. }) => "differs",
        Proof::Faults(_) => "faults",
        Proof::Refused(_) => "newer-program",
        Proof::Added => "added",
    }
}

fn fault(fault: &Fault) -> Value {
    json!({ "fault": fault.as_str(), "path": fault.path(), "message": fault.to_string() })
}

/// A diagnostic without its place, which is in the frozen sources.
fn diagnostic(diagnostic: &Diagnostic) -> Value {
    json!({
        "code": diagnostic.rule.code.0,
        "name": diagnostic.rule.name,
        "severity": diagnostic.severity().as_str(),
        "message": diagnostic.message,
    })
}

/// The proof of a page or PDF.
pub(super) fn output(path: &Path, file: &OutputFile, proof: &OutputProof<'_>) -> Value {
    let (word, release, output, difference) = match proof {
        OutputProof::Equal {
            release, output, ..
        } => ("equal", Some(*release), Some(*output), None),
        OutputProof::Differs {
            release,
            output,
            difference,
        } => (
            "differs",
            Some(*release),
            Some(*output),
            difference.as_deref(),
        ),
        OutputProof::Unknown => ("unknown", None, None, None),
    };
    json!({
        "file": path.display().to_string(),
        "result": word,
        "whole": proof.is_whole(),
        "version": release.map(version),
        "output": output,
        "difference": difference,
        "identity": identity(&file.identity),
    })
}

/// The proof of sources.
pub(super) fn sources(reference: &VersionReference, proof: &SourcesProof<'_>) -> Value {
    let (word, release, differences): (_, _, &[Difference]) = match proof {
        SourcesProof::Equal(release) => ("equal", Some(*release), &[]),
        SourcesProof::Differs { last, differences } => ("differs", Some(*last), differences),
        SourcesProof::NothingFrozen => ("differs", None, &[]),
    };
    let differences = differences
        .iter()
        .map(|found| json!({ "path": found.path, "change": found.change.as_str() }));
    json!({
        "sources": reference.to_string(),
        "result": word,
        "whole": word == "equal",
        "version": release.map(version),
        "differences": differences.collect::<Value>(),
    })
}
