//! The chain of versions: each manifest names the one before it, with its seal.

use super::rules;
use crate::diag::{Diagnostic, Sink};
use crate::files::Sources;
use crate::manifest::{Previous, is_sealed};
use crate::model::Release;

/// Reports where the chain is broken. `releases` are all of a folder, by number, as `sources` have
/// them.
pub fn check(releases: &[Release], sources: &Sources, sink: &mut Sink) {
    let mut before: Option<&Release> = None;
    for release in releases {
        let Some(manifest) = sources.get(release.span.file) else {
            continue;
        };
        let path = &manifest.path;
        if let Some(said) = out_of_place(path, release) {
            sink.report(said);
        } else if let Some(what) = broken(before, release) {
            let message = format!("the chain of versions is broken: {what}");
            let said = rules::BROKEN_CHAIN.nowhere(message).in_place(path);
            sink.report(said.hint("get the folder `versions` back from a copy"));
        } else if is_sealed(manifest.bytes()) && release.computed_digest() != release.digest {
            let message = "the manifest names another digest than that of the version";
            let said = rules::BROKEN_CHAIN.nowhere(message).in_place(path);
            sink.report(said.hint("get the folder `versions` back from a copy"));
        }
        before = Some(release);
    }
}

/// A version whose folder has another number.
fn out_of_place(path: &str, release: &Release) -> Option<Diagnostic> {
    let folder = path.split('/').nth(1)?;
    (folder != release.number.to_string()).then(|| {
        let message = format!(
            "this is version {} in the folder `{folder}`",
            release.number
        );
        let said = rules::BROKEN_CHAIN.nowhere(message).in_place(path);
        said.hint("give the folder back the name that it was frozen under")
    })
}

/// What is wrong between a version and the one before it, in words.
pub(super) fn broken(before: Option<&Release>, release: &Release) -> Option<String> {
    let number = release.manifest.number.as_str();
    let is = |number: &str| format!("version {number}");
    match (before, &release.previous) {
        (None, None) => None,
        (None, Some(previous)) => Some(format!(
            "{} follows {}, which is not there or cannot be read",
            is(number),
            is(&previous.number)
        )),
        (Some(before), None) => Some(format!(
            "{} was frozen as the first, but {} stands before it",
            is(number),
            is(&before.manifest.number)
        )),
        (Some(before), Some(previous)) if before.manifest.number != previous.number => {
            Some(format!(
                "{} follows {}, but {} stands before it",
                is(number),
                is(&previous.number),
                is(&before.manifest.number)
            ))
        }
        (Some(before), Some(Previous { seal, .. })) => (before.seal != *seal).then(|| {
            format!(
                "{} follows another {} than the one that is there",
                is(number),
                is(&before.manifest.number)
            )
        }),
    }
}
