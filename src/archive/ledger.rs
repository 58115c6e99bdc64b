//! All frozen versions of a folder, and the proof that each is unchanged.

use super::OutputFile;
use super::versions_folder::{self, VersionsFolder};
use crate::compile::Target;
use crate::diag::{Diagnostic, Sink};
use crate::files::{MANIFEST, Sources, VERSIONS};
use crate::load;
use crate::model::{Number, Release};
use crate::version::{Difference, Fault, PathContent, differences, prove};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// The frozen versions of a strategy's folder.
#[derive(Debug)]
pub struct Ledger {
    /// The strategy's folder.
    pub(super) dir: PathBuf,
    /// The content of `versions/`.
    pub versions_folder: VersionsFolder,
    /// The versions whose manifest can be read, by number.
    pub releases: Vec<Release>,
    /// The sources with the manifests.
    sources: Sources,
    /// Manifests of a newer program by their paths, each with its diagnostic.
    pub(super) refused: BTreeMap<String, Diagnostic>,
    /// The faults of each folder, without a rebuild.
    pub(super) faults: BTreeMap<String, Vec<Fault>>,
}

/// The result of the rebuild of a version whose digests hold.
#[derive(Debug)]
pub enum Rebuilt {
    /// The same bytes.
    Equal,
    /// It was not built again: another release of the program made it, which may set the same sources
    /// in another way.
    OtherProgram,
    /// It was not built again: the version with this number before it, which its pages list, is
    /// broken.
    BrokenPast(String),
    /// Its sources no longer build; the diagnostics.
    NotBuilt(Vec<Diagnostic>),
    /// Other bytes.
    Differs {
        /// The output.
        output: &'static str,
        /// The first difference, as a person can look it up.
        difference: String,
    },
}

/// The proof of the folder of a version.
#[derive(Debug)]
pub enum Proof<'a> {
    /// Its digests and its link in the chain hold.
    Holds(&'a Release, Rebuilt),
    /// Its digests or its link in the chain do not hold. Not empty.
    Faults(Vec<Fault>),
    /// A newer program froze it.
    Refused(&'a Diagnostic),
    /// The folder is not a version.
    Added,
}

impl Proof<'_> {
    /// Whether the proof succeeded.
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Holds(_, Rebuilt::Equal | Rebuilt::OtherProgram))
    }
}

/// The result of comparing an output with the frozen ones.
#[derive(Debug)]
pub enum OutputProof<'a> {
    /// It is an output of a version, byte for byte.
    Equal {
        /// The version.
        release: &'a Release,
        /// The output.
        output: &'a str,
        /// Whether the rest of the version is unchanged.
        is_whole: bool,
    },
    /// It has the digest of a version, but is not one of its outputs.
    Differs {
        /// The version.
        release: &'a Release,
        /// The output that it was compared with.
        output: &'static str,
        /// The first difference; `None` if the frozen output was changed in the same way.
        difference: Option<String>,
    },
    /// No version that can be read has its digest.
    Unknown,
}

impl OutputProof<'_> {
    /// Whether it is an output of an unchanged version.
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Equal { is_whole: true, .. })
    }
}

/// The result of comparing sources with the frozen ones.
#[derive(Debug)]
pub enum SourcesProof<'a> {
    /// The sources of a version.
    Equal(&'a Release),
    /// Not the sources of a version; the differences from the last one.
    Differs {
        /// The last version.
        last: &'a Release,
        /// By path. Not empty.
        differences: Vec<Difference>,
    },
    /// No version is frozen.
    NothingFrozen,
}

impl Ledger {
    /// Reads the frozen versions of a folder whose sources are given.
    ///
    /// # Errors
    /// `versions/` cannot be read.
    pub fn read(dir: &Path, sources: Sources) -> io::Result<Self> {
        let mut sink = Sink::default();
        let releases = load::releases(&sources, &mut sink);
        let said = sink.into_sorted().into_iter();
        let newer = said.filter(|said| said.rule == load::newer_program());
        let refused = newer.filter_map(|said| Some((said.place.clone()?, said)));
        let mut ledger = Self {
            dir: dir.to_owned(),
            versions_folder: versions_folder::read(dir)?,
            releases,
            sources,
            refused: refused.collect(),
            faults: BTreeMap::new(),
        };
        let faults = ledger
            .versions_folder
            .folders
            .iter()
            .map(|(folder, files)| {
                let release = ledger.release_in(folder);
                let before = release.and_then(|release| ledger.before(release));
                (folder.clone(), prove(folder, files, release, before))
            });
        ledger.faults = faults.collect();
        Ok(ledger)
    }

    /// The folders in `versions/` in the order of their numbers; other names come last.
    pub fn folders(&self) -> Vec<&str> {
        let mut folders: Vec<_> = self
            .versions_folder
            .folders
            .keys()
            .map(String::as_str)
            .collect();
        folders.sort_by_key(|folder| {
            let number = Number::parse(folder);
            (number.is_none(), number, *folder)
        });
        folders
    }

    /// The manifest in a folder, if it can be read.
    pub fn release_in(&self, folder: &str) -> Option<&Release> {
        let path = manifest_in(folder);
        let mut releases = self.releases.iter();
        releases.find(|release| {
            let file = self.sources.get(release.span.file);
            file.is_some_and(|file| file.path == path)
        })
    }

    /// Compares a page or a PDF with those of the versions.
    pub fn prove_output(&self, file: &OutputFile) -> OutputProof<'_> {
        let of_output = |release: &'_ Release| {
            let mut outputs = release.manifest.outputs.iter();
            outputs.position(|output| output.sha256 == file.sha256)
        };
        let mut releases = self.releases.iter();
        if let Some((release, at)) = releases.find_map(|r| Some((r, of_output(r)?))) {
            let faults = self.faults.get(&release.number.to_string());
            return OutputProof::Equal {
                release,
                output: &release.manifest.outputs[at].path,
                is_whole: faults.is_some_and(Vec::is_empty),
            };
        }
        let mut releases = self.releases.iter();
        let Some(release) = releases.find(|release| release.digest == file.identity.digest) else {
            return OutputProof::Unknown;
        };
        let target = counterpart(Target::frozen(), file);
        let output = target.map_or("", |target| target.file);
        let frozen = self.output(release, output);
        OutputProof::Differs {
            release,
            output,
            difference: file.writer.difference(frozen, &file.bytes),
        }
    }

    /// Compares sources with those of the versions, the newest first.
    pub fn prove_sources(&self, sources: &Sources) -> SourcesProof<'_> {
        let Some(last) = self.releases.last() else {
            return SourcesProof::NothingFrozen;
        };
        let mut newest = self.releases.iter().rev();
        match newest.find(|release| differences(sources, release).is_empty()) {
            Some(same) => SourcesProof::Equal(same),
            None => SourcesProof::Differs {
                last,
                differences: differences(sources, last),
            },
        }
    }

    /// The first thing that is wrong with a source or an output of a version; what is wrong with
    /// manifests and chain stops every build, with a place.
    pub fn first_fault(&self) -> Option<(&str, &Fault)> {
        self.folders().into_iter().find_map(|folder| {
            let mut faults = self.faults.get(folder)?.iter();
            Some((folder, faults.find(|fault| fault.is_of_a_file())?))
        })
    }

    /// The bytes of a page or PDF that lies in the folder of a version; none if it is not there.
    pub(super) fn output(&self, release: &Release, name: &str) -> &[u8] {
        let files = self
            .versions_folder
            .folders
            .get(&release.number.to_string());
        match files.and_then(|files| files.get(name)) {
            Some(PathContent::File(bytes)) => bytes,
            _ => &[],
        }
    }

    /// The first version before one of which cannot be told for sure: its manifest does not hold, or
    /// the chain to it.
    pub(super) fn broken_past(&self, release: &Release) -> Option<String> {
        let broken = |folder: &str| {
            let mut faults = self.faults.get(folder).into_iter().flatten();
            self.release_in(folder).is_none() || faults.any(|fault| !fault.is_of_a_file())
        };
        let named = self.folders().into_iter().filter_map(Number::parse);
        let known = self.releases.iter().map(|known| known.number);
        let mut earlier: Vec<_> = named.chain(known).collect();
        earlier.sort_unstable();
        let mut earlier = earlier
            .into_iter()
            .filter(|number| *number < release.number);
        let first = earlier.find(|number| broken(&number.to_string()));
        first.map(|number| number.to_string())
    }

    /// The version before one in the order of numbers.
    fn before(&self, release: &Release) -> Option<&Release> {
        let mut earlier = self.releases.iter().rev();
        earlier.find(|other| other.number < release.number)
    }
}

/// The target that a file is compared with: the one with its name, or else the first one with its
/// writer, if the file was renamed.
fn counterpart<'t>(
    targets: impl Iterator<Item = &'t Target>,
    file: &OutputFile,
) -> Option<&'t Target> {
    let mut same: Vec<_> = targets
        .filter(|target| target.writer == file.writer)
        .collect();
    same.sort_by_key(|target| target.file != file.name);
    same.first().copied()
}

/// The path of the manifest in the folder of a version.
pub(super) fn manifest_in(folder: &str) -> String {
    format!("{VERSIONS}/{folder}/{MANIFEST}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::targets::{PAGE, PDF, Writer};
    use crate::dom::Identity;

    #[test]
    fn a_file_is_compared_with_the_target_of_its_name() {
        let handout = Target {
            name: "handout",
            about: "",
            file: "handout.html",
            entry: "handout.html",
            writer: Writer::Page,
            frozen: true,
        };
        let compared = |name: &str| {
            let file = OutputFile {
                name: name.to_owned(),
                writer: Writer::Page,
                identity: Identity::default(),
                seal: None,
                bytes: Vec::new(),
                sha256: String::new(),
            };
            let found = counterpart([&PDF, &PAGE, &handout].into_iter(), &file);
            found.map(|target| target.name)
        };
        assert_eq!(compared("handout.html"), Some("handout"));
        assert_eq!(compared("strategy.html"), Some("html"));
        assert_eq!(compared("mail.html"), Some("html"));
    }
}
