//! The result of `utkast identify` as JSON. The keys are documented in `docs/json.md` and are stable.

use super::Comparison;
use crate::archive::{OutputFile, OutputMatch};
use crate::cli::format::{identity, version};
use crate::compile::targets::Writer;
use crate::model::Status;
use serde_json::{Value, json};
use std::path::Path;

/// The identity of the file, and what a folder knows of it.
pub(super) fn render(path: &Path, file: &OutputFile, compared: Option<&Comparison<'_>>) -> Value {
    json!({
        "file": path.display().to_string(),
        "kind": match file.writer {
            Writer::Page => "page",
            Writer::Pdf => "pdf",
        },
        "sha256": file.sha256,
        "seal": match file.seal {
            Some(true) => "whole",
            Some(false) => "altered",
            None => "missing",
        },
        "identity": identity(&file.identity),
        "folder": compared.map(folder),
    })
}

/// What the folder knows of the file.
fn folder(compared: &Comparison<'_>) -> Value {
    let judgement = &compared.judgement;
    let (word, release, output, status) = match &judgement.known {
        OutputMatch::Frozen { release, output } => ("frozen", Some(*release), Some(*output), None),
        OutputMatch::Other(release) => ("other-output", Some(*release), None, None),
        OutputMatch::Build(status) => ("build", None, None, *status),
        OutputMatch::OtherStrategy => ("other-strategy", None, None, None),
        OutputMatch::OtherDigest(release) => ("other-digest", Some(*release), None, None),
        OutputMatch::Unknown => ("unknown", None, None, None),
    };
    let newer = judgement.newer.as_ref();
    let newer = newer.map(|newer| newer.iter().map(|release| version(release)));
    json!({
        "path": compared.name,
        "errors": compared.folder.has_errors,
        "result": word,
        "version": release.map(version),
        "output": output,
        "status": status.map(Status::as_str),
        "newer": newer.map(Iterator::collect::<Value>),
    })
}
