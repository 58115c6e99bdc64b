//! Built version → files to store.

use crate::files::{MANIFEST, SOURCES, Sources};
use crate::manifest::{FileDigest, Manifest};
use crate::model::Strategy;

/// The files of a frozen version: path in its folder, and bytes. The manifest is the last of them.
///
/// `strategy` is the settled one that the sources gave, `outputs` are names and bytes.
pub fn freeze(
    strategy: &Strategy,
    sources: &Sources,
    outputs: &[(&str, &[u8])],
) -> Vec<(String, Vec<u8>)> {
    let digests = outputs.iter();
    let manifest = Manifest {
        outputs: digests
            .map(|(name, bytes)| FileDigest::of(name, bytes))
            .collect(),
        ..strategy.version.manifest.clone()
    };
    let mut files: Vec<(String, Vec<u8>)> = sources
        .iter()
        .map(|(_, file)| file)
        .filter(|file| super::is_source(&file.path))
        .map(|file| (format!("{SOURCES}/{}", file.path), file.bytes().to_vec()))
        .collect();
    let outputs = outputs.iter();
    files.extend(outputs.map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())));
    files.push((MANIFEST.to_owned(), manifest.text().into_bytes()));
    files
}
