//! The served state: the outputs of the last good build, and the current diagnostics.

use crate::cli::count_of;
use crate::compile::Output;
use crate::diag::Severity;
use hyper::body::Bytes;
use serde_json::{Value, json};
use std::hash::{DefaultHasher, Hasher};

/// A served file. A clone shares its bytes.
#[derive(Debug, Clone)]
pub(super) struct ServedFile {
    pub(super) name: String,
    pub(super) media_type: &'static str,
    pub(super) bytes: Bytes,
}

impl From<Output> for ServedFile {
    fn from(output: Output) -> Self {
        Self {
            name: output.name,
            media_type: output.media_type,
            bytes: output.bytes.into(),
        }
    }
}

/// The whole served state.
#[derive(Debug)]
pub(super) struct Site {
    /// The outputs of the last good build; empty before the first.
    pub(super) outputs: Vec<ServedFile>,
    /// The JSON that `utkast check --format json` prints.
    pub(super) diagnostics: Bytes,
    /// The state that open pages receive, as one line of JSON.
    pub(super) state: String,
}

impl Site {
    /// The output of that name. No other files are served.
    pub(super) fn file(&self, name: &str) -> Option<&ServedFile> {
        self.outputs.iter().find(|file| file.name == name)
    }
}

/// The state of the sources.
#[derive(Debug, Default)]
pub(super) struct PreviewState {
    /// The number of this state, counted from 1.
    pub(super) number: u64,
    /// The time to read and build, in milliseconds.
    pub(super) milliseconds: u64,
    /// The language of the document, or the last one that was known.
    pub(super) language: String,
    /// Its version.
    pub(super) version: String,
    /// The diagnostics in the form of [`super::diagnostics`].
    pub(super) diagnostics: Value,
}

impl PreviewState {
    /// The state as one line of JSON. Pages reload an output when its digest changes.
    pub(super) fn told(self, outputs: &[ServedFile]) -> String {
        let told = |file: &ServedFile| {
            let digest = |bytes| {
                // Always the same keys: the digests of two runs of the program can be compared.
                let mut hasher = DefaultHasher::new();
                hasher.write(bytes);
                format!("{:016x}", hasher.finish())
            };
            json!({ "name": file.name, "digest": digest(&file.bytes) })
        };
        let state = json!({
            "number": self.number,
            "milliseconds": self.milliseconds,
            "language": self.language,
            "version": self.version,
            // The page is what is shown; all of them are linked to.
            "page": outputs.first().map(told),
            "outputs": outputs.iter().map(told).collect::<Value>(),
            "errors": count_in(&self.diagnostics, Severity::Error),
            "warnings": count_in(&self.diagnostics, Severity::Warning),
            "diagnostics": self.diagnostics,
        });
        state.to_string()
    }

    /// `2 errors and 1 warning`.
    pub(super) fn count(&self) -> String {
        let of = |severity| count_in(&self.diagnostics, severity);
        count_of(of(Severity::Error), of(Severity::Warning))
    }
}

fn count_in(diagnostics: &Value, severity: Severity) -> usize {
    let all = diagnostics.as_array().into_iter().flatten();
    all.filter(|d| d["severity"] == severity.as_str()).count()
}
