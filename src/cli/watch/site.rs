//! What the preview serves: the outputs of the last good build, and the state of the sources now.

use crate::cli::count_of;
use crate::compile::Output;
use crate::diag::Severity;
use hyper::body::Bytes;
use serde_json::{Value, json};
use std::hash::{DefaultHasher, Hasher};

/// A file as it is served. A clone shares its bytes.
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

/// All that is served at a time.
#[derive(Debug)]
pub(super) struct Site {
    /// Those of the last good build; none before the first.
    pub(super) outputs: Vec<ServedFile>,
    /// What `utkast check --format json` would print.
    pub(super) diagnostics: Bytes,
    /// What open pages are told, as JSON on a line.
    pub(super) state: String,
}

impl Site {
    /// The output of that name: there are no other files.
    pub(super) fn file(&self, name: &str) -> Option<&ServedFile> {
        self.outputs.iter().find(|file| file.name == name)
    }
}

/// What is to be told of the sources.
#[derive(Debug, Default)]
pub(super) struct PreviewState {
    /// How many times something was shown, this time included.
    pub(super) number: u64,
    /// What it took to read and to build.
    pub(super) milliseconds: u64,
    /// The language of the document, as far as it was ever known.
    pub(super) language: String,
    /// Its version.
    pub(super) version: String,
    /// As [`super::diagnostics`] has them.
    pub(super) diagnostics: Value,
}

impl PreviewState {
    /// The state as JSON on a line. Pages load what they show anew when its digest is another.
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
