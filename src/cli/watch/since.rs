//! The redline of the preview: a page with what has changed since another version.

use super::site::ServedFile;
use crate::cli::Failure;
use crate::cli::reference::{self, VersionReference};
use crate::compile::targets::Writer;
use crate::compile::{self, Build, Session, file_name};
use crate::diag::Sink;
use crate::files::Sources;
use crate::version::BuildState;
use std::path::Path;

/// The version that changes are counted from. It is read once.
pub(super) struct Since {
    sources: Sources,
    state: BuildState,
    /// Each of the two versions has caches of its own, since a cache keeps two builds.
    sessions: [Session; 2],
}

impl Since {
    pub(super) fn read(dir: &Path, version: &VersionReference) -> Result<Self, Failure> {
        let (sources, state) = reference::edition(dir, version)?;
        Ok(Self {
            sources,
            state,
            sessions: [Session::default(), Session::default()],
        })
    }

    /// The page with the changes; `None` if one of the versions has errors. Those of the work are
    /// reported by its own build.
    pub(super) fn page(&mut self, sources: &Sources, build: &Build) -> Option<ServedFile> {
        let of_old = Build {
            state: self.state.clone(),
            ..build.clone()
        };
        let [first, second] = &mut self.sessions;
        let (mut old_said, mut new_said) = (Sink::default(), Sink::default());
        let quiet = &mut |_| {};
        let before = compile::edition(&self.sources, &of_old, first, &mut old_said, quiet);
        let after = compile::edition(sources, build, second, &mut new_said, quiet);
        let redline =
            compile::redline(&before, &after, build, false, second, &mut new_said, quiet)?;
        let page = [Writer::Page];
        let made = compile::write_as(&redline.tree, &page, build, second, &mut new_said, quiet)?;
        let (writer, bytes) = made.into_iter().next()?;
        Some(ServedFile {
            name: file_name("changes.html", build.audience),
            media_type: writer.media_type(),
            bytes: bytes.into(),
        })
    }
}
