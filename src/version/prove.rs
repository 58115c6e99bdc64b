//! Compares the files of a frozen version with its manifest.

use super::chain::ChainBreak;
use crate::files::{MANIFEST, SOURCES, Sources, sha256_hex};
use crate::manifest::is_sealed;
use crate::model::{Number, Release};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The content of the folder of a version, by path.
pub type Files = BTreeMap<String, PathContent>;

/// The content of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathContent {
    /// A file with these bytes.
    File(Vec<u8>),
    /// An entry that no frozen version contains.
    Other(NotAFile),
}

/// An entry that is not a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAFile {
    /// A link.
    Link,
    /// An empty folder.
    EmptyFolder,
    /// A pipe, a socket or a device.
    Special,
    /// A file that cannot be read, and why.
    Unreadable(String),
}

impl fmt::Display for NotAFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link => f.write_str("a link to somewhere else"),
            Self::EmptyFolder => f.write_str("an empty folder"),
            Self::Special => f.write_str("neither a file nor a folder"),
            Self::Unreadable(why) => write!(f, "a file that cannot be read: {why}"),
        }
    }
}

/// A change in a frozen version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The manifest has other bytes than when it was written.
    ManifestChanged,
    /// The manifest is unchanged, but cannot be read.
    ManifestUnreadable,
    /// The digest of the version differs from the one computed from its manifest.
    Digest,
    /// A file has other bytes.
    Changed(String),
    /// A text has other line ends and no other change.
    LineEnds(String),
    /// A file is missing.
    Removed(String),
    /// A file was not there when the version was frozen.
    Added(String),
    /// The entry at the path is not a file.
    NotAFile(String, NotAFile),
    /// The folder has another name than the version: that of the folder, and the number.
    Misplaced(String, Number),
    /// The version does not follow from the one before it.
    Chain(ChainBreak),
}

impl Fault {
    /// The word in JSON.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::ManifestChanged => "manifest-changed",
            Self::ManifestUnreadable => "manifest-unreadable",
            Self::Digest => "wrong-digest",
            Self::Changed(_) => "changed",
            Self::LineEnds(_) => "line-endings",
            Self::Removed(_) => "removed",
            Self::Added(_) => "added",
            Self::NotAFile(..) => "no-file",
            Self::Misplaced(..) => "renamed",
            Self::Chain(_) => "broken-chain",
        }
    }

    /// The path in the folder of the version, if the fault has one.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Changed(path)
            | Self::LineEnds(path)
            | Self::Removed(path)
            | Self::Added(path)
            | Self::NotAFile(path, _) => Some(path),
            Self::ManifestChanged | Self::ManifestUnreadable | Self::Digest => Some(MANIFEST),
            Self::Misplaced(..) | Self::Chain(_) => None,
        }
    }

    /// Whether it concerns only a source or an output, so that the manifest is still valid.
    pub fn is_of_a_file(&self) -> bool {
        matches!(
            self,
            Self::Changed(_)
                | Self::LineEnds(_)
                | Self::Removed(_)
                | Self::Added(_)
                | Self::NotAFile(..)
        )
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ManifestChanged => write!(f, "`{MANIFEST}` was changed"),
            Self::ManifestUnreadable => write!(f, "`{MANIFEST}` cannot be read"),
            Self::Digest => write!(f, "the digest in `{MANIFEST}` is not that of the version"),
            Self::Changed(path) => write!(f, "`{path}` was changed"),
            Self::LineEnds(path) => write!(
                f,
                "`{path}` has other line ends than when it was frozen; if git has changed them, write \
                 `versions/** -text` into `.gitattributes`, and check out the files again"
            ),
            Self::Removed(path) => write!(f, "`{path}` was removed"),
            Self::Added(path) => write!(f, "`{path}` was added"),
            Self::NotAFile(path, what) => write!(f, "`{path}` is {what}"),
            Self::Misplaced(folder, number) => write!(
                f,
                "the folder of version {number} was renamed to `{folder}`"
            ),
            Self::Chain(broken) => broken.fmt(f),
        }
    }
}

/// Every fault of the version in `folder`, in the order manifest, chain, files. `release` is what
/// its manifest says, if it can be read; `before` the version before it.
pub fn prove(
    folder: &str,
    files: &Files,
    release: Option<&Release>,
    before: Option<&Release>,
) -> Vec<Fault> {
    let manifest = match files.get(MANIFEST) {
        Some(PathContent::File(bytes)) => bytes,
        Some(PathContent::Other(what)) => {
            return vec![Fault::NotAFile(MANIFEST.into(), what.clone())];
        }
        None => return vec![Fault::Removed(MANIFEST.into())],
    };
    let mut faults = Vec::new();
    let sealed = is_sealed(manifest);
    if !sealed {
        faults.push(Fault::ManifestChanged);
    }
    let Some(release) = release else {
        if sealed {
            faults.push(Fault::ManifestUnreadable);
        }
        return faults;
    };
    if folder != release.number.to_string() {
        faults.push(Fault::Misplaced(folder.to_owned(), release.number));
    }
    // A changed manifest is no proof for the other files, but they are still compared.
    if sealed && release.computed_digest() != release.digest {
        faults.push(Fault::Digest);
    }
    faults.extend(super::chain::broken(before, release).map(Fault::Chain));
    faults.extend(files_against(release, files));
    faults
}

/// The files that differ from the manifest, by path.
fn files_against(release: &Release, files: &Files) -> Vec<Fault> {
    let sources = release.sources.iter();
    let sources = sources.map(|file| (format!("{SOURCES}/{}", file.path), &file.sha256));
    let outputs = release.outputs.iter();
    let outputs = outputs.map(|file| (file.path.clone(), &file.sha256));
    let listed: BTreeMap<String, &String> = sources.chain(outputs).collect();
    let here = files.keys().filter(|path| *path != MANIFEST);
    let paths: BTreeSet<&String> = listed.keys().chain(here).collect();
    let fault = |path: &String| match (listed.get(path), files.get(path)) {
        (Some(sha256), Some(PathContent::File(bytes))) => {
            changed(bytes, sha256).map(|fault| fault(path.clone()))
        }
        (_, Some(PathContent::Other(what))) => Some(Fault::NotAFile(path.clone(), what.clone())),
        (Some(_), None) => Some(Fault::Removed(path.clone())),
        (None, _) => Some(Fault::Added(path.clone())),
    };
    paths.into_iter().filter_map(fault).collect()
}

/// The change of a file, if its digest differs.
fn changed(bytes: &[u8], sha256: &str) -> Option<fn(String) -> Fault> {
    if sha256_hex(bytes) == sha256 {
        return None;
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some(Fault::Changed);
    };
    let unix = text.replace("\r\n", "\n");
    let both = [unix.replace('\n', "\r\n"), unix];
    let same = both
        .iter()
        .any(|text| sha256_hex(text.as_bytes()) == sha256);
    Some(if same {
        Fault::LineEnds
    } else {
        Fault::Changed
    })
}

/// A source that differs from a version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Its path.
    pub path: String,
    /// The change.
    pub change: Change,
}

/// The change of a source since a version was frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It was added.
    Added,
    /// It has other bytes.
    Changed,
    /// It was removed.
    Removed,
}

impl Change {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` was {}", self.path, self.change.as_str())
    }
}

/// The sources that differ from a version, by path.
pub fn differences(sources: &Sources, release: &Release) -> Vec<Difference> {
    let here = sources.iter().map(|(_, file)| file);
    let here = here.filter(|file| super::is_source(&file.path));
    let here: BTreeMap<_, _> = here.map(|f| (f.path.as_str(), f.sha256.as_str())).collect();
    let there = release.sources.iter();
    let there: BTreeMap<_, _> = there
        .map(|f| (f.path.as_str(), f.sha256.as_str()))
        .collect();
    let paths: BTreeSet<_> = here.keys().chain(there.keys()).copied().collect();
    let change = |path: &str| match (here.get(path), there.get(path)) {
        (Some(now), Some(then)) => (now != then).then_some(Change::Changed),
        (Some(_), None) => Some(Change::Added),
        (None, _) => Some(Change::Removed),
    };
    let found = paths.into_iter().filter_map(|path| {
        let (path, change) = (path.to_owned(), change(path)?);
        Some(Difference { path, change })
    });
    found.collect()
}
