//! From a version that was built to the files that are kept of it.

use super::manifest::{Digest, manifest_of};
use super::settle::head;
use crate::files::{MANIFEST, SOURCES, Sources, sha256_hex};
use crate::model::Strategy;

/// The page and the PDF of a version.
pub const PAGE: &str = "strategy.html";
/// The PDF of a version.
pub const PDF: &str = "strategy.pdf";

/// The files of a frozen version: path in its folder, and bytes. The manifest is the last of them.
///
/// `strategy` is the settled one that the sources gave, `outputs` are names and bytes.
pub fn freeze(
    strategy: &Strategy,
    sources: &Sources,
    outputs: &[(&str, &[u8])],
) -> Vec<(String, Vec<u8>)> {
    let head = head(strategy, sources);
    let mut files: Vec<(String, Vec<u8>)> = sources
        .iter()
        .map(|(_, file)| file)
        .filter(|file| super::is_source(&file.path))
        .map(|file| (format!("{SOURCES}/{}", file.path), file.bytes().to_vec()))
        .collect();
    let digests = outputs.iter();
    let digests = digests.map(|(name, bytes)| ((*name).to_owned(), sha256_hex(bytes)));
    let digests: Vec<Digest> = digests.collect();
    let outputs = outputs.iter();
    files.extend(outputs.map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())));
    let manifest = manifest_of(&head, &digests);
    files.push((MANIFEST.to_owned(), manifest.into_bytes()));
    files
}
