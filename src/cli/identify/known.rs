//! What the folder of a strategy knows of a file: frozen versions, and the sources as they stand.

use crate::cli::given::{Given, plain};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::files::read_folder;
use crate::load;
use crate::model::{Number, Release, Status, Strategy, short_digest};
use crate::version::{State, settle};
use std::path::Path;

/// A folder that a file is compared with.
pub(super) struct Folder {
    /// As the user named it.
    name: String,
    strategy: Strategy,
    /// The digest of the sources as they stand, and as they would be with another status.
    builds: Vec<(Option<Status>, String)>,
}

/// What a folder has to say.
pub(super) struct Judged {
    /// Sentences.
    pub(super) lines: Vec<String>,
    /// Whether the file is one that the folder knows.
    pub(super) is_known: bool,
}

impl Folder {
    /// Reads a folder, and says what is wrong with it; the rest is used.
    pub(super) fn read(dir: &Path) -> Result<(Self, String), String> {
        let name = dir.display().to_string();
        let sources = read_folder(dir).map_err(|error| error.to_string())?;
        let mut sink = Sink::default();
        let strategy = load::load(&sources, &mut sink);
        let mut strategy =
            strategy.ok_or_else(|| format!("`strategy.toml` of `{name}` cannot be used"))?;
        let mut builds = Vec::new();
        settle(&mut strategy, &sources, &State::Written, &mut sink);
        builds.push((None, strategy.version.manifest.digest.clone()));
        let said = sink.into_sorted();
        let errors = said.iter().filter(|d| d.severity() == Severity::Error);
        let wrong: Vec<_> = errors.collect();
        // A manifest that is not as it was proves nothing, and one out of the chain neither.
        strategy.releases.retain(|release| {
            let file = release.span.file;
            let path = sources.get(file).map(|file| file.path.as_str());
            let is_of = |d: &&Diagnostic| {
                let place = d.place.as_deref();
                d.primary.is_some_and(|span| span.file == file)
                    || (place.is_some() && place == path)
            };
            !wrong.iter().any(is_of)
        });
        // What does not follow from the versions before is for a build to say.
        let mut unsaid = Sink::default();
        for (status, _) in Status::ALL {
            let mut other = strategy.clone();
            settle(&mut other, &sources, &State::As(status), &mut unsaid);
            builds.push((Some(status), other.version.manifest.digest));
        }
        let said = match wrong.is_empty() {
            true => String::new(),
            false => format!("`{name}` has errors, which `utkast check {name}` tells.\n"),
        };
        let folder = Self {
            name,
            strategy,
            builds,
        };
        Ok((folder, said))
    }

    /// What the folder knows of a file.
    pub(super) fn judge(&self, given: &Given) -> Judged {
        let digest = given.identity.digest.as_str();
        let mut releases = self.strategy.releases.iter();
        let (line, is_known) = match releases.find(|release| release.digest == digest) {
            Some(release) => self.of_frozen(release, given),
            None => self.of_others(given),
        };
        let mut lines = vec![line];
        lines.extend(self.newer(given));
        Judged { lines, is_known }
    }

    /// The digest is that of a frozen version.
    fn of_frozen(&self, release: &Release, given: &Given) -> (String, bool) {
        let Self { name, .. } = self;
        let number = release.number;
        let mut outputs = release.outputs.iter();
        if let Some(output) = outputs.find(|output| output.sha256 == given.sha256) {
            let file = &output.path;
            let said =
                format!("It is `{file}` of version {number}, byte for byte as frozen in `{name}`.");
            return (said, true);
        }
        let why = match given.is_whole() {
            true => {
                "this file is none of those that were frozen with it. It may be another edition, or made \
                 by another release of utkast; nothing proves it"
            }
            false => "this file is not as it was frozen",
        };
        let said = format!("Version {number} was frozen in `{name}` with this digest, but {why}.");
        (said, false)
    }

    /// The digest is that of no frozen version.
    fn of_others(&self, given: &Given) -> (String, bool) {
        let Self { name, strategy, .. } = self;
        let identity = &given.identity;
        let mut builds = self.builds.iter();
        if let Some((status, _)) = builds.find(|(_, digest)| *digest == identity.digest) {
            let how = match status {
                None => String::new(),
                Some(status) => format!(", built with the status {status}"),
            };
            let is = match given.is_whole() {
                true => "It is",
                false => "It says that it is",
            };
            let said =
                format!("{is} of the sources in `{name}` as they stand now{how}; not frozen.");
            return (said, true);
        }
        if !self.is_of(given) {
            let (title, council) = (&strategy.title.value, &strategy.council.name.value);
            let said = format!("It is of another strategy: `{name}` holds «{title}» of {council}.");
            return (said, false);
        }
        let number = plain(&identity.version);
        let mut releases = strategy.releases.iter();
        let said = match releases.find(|release| release.number.to_string() == number) {
            Some(release) => format!(
                "Version {number} was frozen in `{name}` with another digest, {}: this file is of \
                 something else that bore its number.",
                short_digest(&release.digest)
            ),
            None => format!(
                "`{name}` does not know this file: no version {number} was frozen, and the sources are \
                 not those that it was built from."
            ),
        };
        (said, false)
    }

    /// Whether the file is of the strategy in the folder, by what both say.
    fn is_of(&self, given: &Given) -> bool {
        let own = &self.strategy;
        given.identity.title == own.title.value && given.identity.council == own.council.name.value
    }

    /// The versions that came after that of the file.
    fn newer(&self, given: &Given) -> Option<String> {
        let number = Number::parse(&given.identity.version)?;
        let releases = &self.strategy.releases;
        let is_frozen = releases.iter().any(|r| r.digest == given.identity.digest);
        if !is_frozen && !self.is_of(given) {
            return None;
        }
        let later = releases.iter().filter(|release| release.number > number);
        let later = later.map(|r| format!("{} ({}, {})", r.number, r.status, r.date));
        let later: Vec<_> = later.collect();
        let name = &self.name;
        Some(match later.is_empty() {
            true => format!("No newer version was frozen in `{name}`."),
            false => format!("Newer in `{name}`: {}.", later.join(", ")),
        })
    }
}
