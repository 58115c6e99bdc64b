//! `build.json`: lists the sources and outputs of a build, without paths or times of the machine.
//!
//! The record of a public build may be published with the outputs, so it must not reveal internal text.
//! A file with only internal content is listed by its digest alone, and a diagnostic about internal
//! content by its code alone.

use super::write::FileToWrite;
use crate::changes::{Changes, VersionName};
use crate::compile::Compiled;
use crate::diag::{Diagnostic, Paths, to_value};
use crate::files::{FileId, Sources, Span, sha256_hex};
use crate::model::{Audience, Strategy, TextFragment, text_fragments};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// The record of a build.
pub(super) fn record(
    compiled: &Compiled,
    outputs: &[FileToWrite<'_>],
    sources: &Sources,
    audience: Audience,
) -> String {
    let strategy = compiled.strategy.as_ref();
    let hidden = match audience {
        Audience::Public => strategy.map(InternalContent::of).unwrap_or_default(),
        Audience::Internal => InternalContent::default(),
    };
    let files = sources.iter().map(|(id, file)| match hidden.file(id) {
        true => json!({ "audience": "internal", "sha256": file.sha256 }),
        false => json!({ "path": file.path, "sha256": file.sha256 }),
    });
    let said = compiled.diagnostics.iter();
    let said = said.map(|diagnostic| match hidden.is_told_by(diagnostic, sources) {
        true => withheld(diagnostic),
        false => to_value(std::slice::from_ref(diagnostic), sources, Paths::Inside)[0].take(),
    });
    let version = strategy.map(|strategy| &strategy.version);
    let record = json!({
        "program": { "name": "utkast", "version": env!("CARGO_PKG_VERSION") },
        "version": version.map(|v| v.number.value.as_str()),
        "status": version.map(|v| v.status.as_str()),
        "date": version.map(|v| v.date.for_machines()),
        "digest": version.map(|v| v.manifest.digest.as_str()),
        "audience": audience.as_str(),
        "sources": files.collect::<Value>(),
        "outputs": files_of(outputs),
        "diagnostics": said.collect::<Value>(),
    });
    format!("{record:#}\n")
}

/// The record of what shows the changes between two versions. What each was made from follows from its
/// digest.
pub(super) fn record_of_redline(changes: &Changes, outputs: &[FileToWrite<'_>]) -> String {
    let version = |version: &VersionName| {
        json!({
            "version": version.number,
            "status": version.status.as_str(),
            "date": version.date.for_machines(),
            "digest": version.digest,
        })
    };
    let record = json!({
        "program": { "name": "utkast", "version": env!("CARGO_PKG_VERSION") },
        "kind": "changes",
        "old": version(&changes.old),
        "new": version(&changes.new),
        "audience": changes.audience.as_str(),
        "outputs": files_of(outputs),
    });
    format!("{record:#}\n")
}

/// Files by name, with their digests.
fn files_of(outputs: &[FileToWrite<'_>]) -> Value {
    let files = outputs.iter().map(|output| {
        let sha256 = sha256_hex(output.bytes);
        json!({ "path": output.name, "sha256": sha256, "bytes": output.bytes.len() })
    });
    files.collect()
}

/// The outputs of the build before, as far as they lie in the folder as it left them: files of
/// other hands are never among them.
pub(super) fn outputs_before(folder: &Path, record: &str) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join(record)).unwrap_or_default();
    let record: Value = serde_json::from_str(&text).unwrap_or_default();
    let outputs = record["outputs"].as_array().into_iter().flatten();
    let ours = outputs.filter_map(|output| {
        let (name, sha256) = (output["path"].as_str()?, output["sha256"].as_str()?);
        let is_name = Path::new(name).file_name().is_some_and(|file| file == name);
        let bytes = is_name.then(|| std::fs::read(folder.join(name)).ok())??;
        (sha256_hex(&bytes) == sha256).then(|| name.to_owned())
    });
    ours.collect()
}

/// The public part of a diagnostic about internal content.
fn withheld(diagnostic: &Diagnostic) -> Value {
    json!({
        "code": diagnostic.rule.code.0,
        "name": diagnostic.rule.name,
        "severity": diagnostic.severity().as_str(),
        "message": "left out, since it speaks of something internal",
    })
}

/// The content that a public record must not reveal.
#[derive(Default)]
struct InternalContent {
    /// Files with only internal content.
    files: BTreeSet<FileId>,
    /// Places of internal text in other files.
    spans: Vec<Span>,
    /// Names of internal items, and internal text.
    words: Vec<String>,
}

impl InternalContent {
    fn of(strategy: &Strategy) -> Self {
        let fragments = text_fragments(strategy);
        let of = |audience| {
            let fragments = fragments.iter();
            fragments.filter(move |fragment: &&TextFragment| fragment.audience == audience)
        };
        let public: BTreeSet<_> = of(Audience::Public).map(|p| p.span.file).collect();
        let files = of(Audience::Internal).map(|p| p.span.file);
        let ids = strategy.internal_ids().into_iter();
        let names = ids.flat_map(|id| [id.to_string(), id.anchor(), format!("`{}`", id.name)]);
        let texts = of(Audience::Internal).map(|p| p.text.trim().to_owned());
        Self {
            files: files.filter(|file| !public.contains(file)).collect(),
            spans: of(Audience::Internal).map(|p| p.span).collect(),
            words: names.chain(texts).collect(),
        }
    }

    fn file(&self, file: FileId) -> bool {
        self.files.contains(&file)
    }

    /// Whether a diagnostic is about internal content, by its place or its message.
    fn is_told_by(&self, diagnostic: &Diagnostic, sources: &Sources) -> bool {
        let related = diagnostic.related.iter();
        let mut spans = diagnostic
            .primary
            .iter()
            .chain(related.clone().map(|r| &r.span));
        let files = self.files.iter().filter_map(|file| sources.get(*file));
        let mut paths = files.map(|file| file.path.as_str());
        let place = diagnostic.place.as_deref().unwrap_or_default();
        let said = related.map(|r| &r.message).chain(&diagnostic.hints);
        let mut said = said.chain([&diagnostic.message]);
        spans.any(|span| self.covers(*span))
            || paths.any(|path| place.starts_with(path))
            || said.any(|text| self.words.iter().any(|word| text.contains(word.as_str())))
    }

    fn covers(&self, span: Span) -> bool {
        let meets = |other: &Span| {
            other.file == span.file && other.start <= span.end && span.start <= other.end
        };
        self.file(span.file) || self.spans.iter().any(meets)
    }
}
