//! Frozen versions, as far as a document tells of them: their manifests.

use super::format::*;
use super::overview::status;
use super::reading::Place;
use super::{Cache, Loading, rules};
use crate::diag::{Rule, Sink};
use crate::files::{Content, FileId, MANIFEST, SourceFile, Sources, Span, VERSIONS, sha256_hex};
use crate::model::{Date, Decided, Located, Number, Release, Round};
use jiff::civil;

/// Every frozen version of a folder whose manifest can be read, by number, whatever else is wrong in
/// the folder.
pub fn releases(sources: &Sources, sink: &mut Sink) -> Vec<Release> {
    Loading::new(sources, &mut Cache::default(), sink).releases()
}

impl Loading<'_> {
    /// Every frozen version whose manifest can be read, by number.
    pub(super) fn releases(&mut self) -> Vec<Release> {
        let files = self.sources.iter();
        let manifests: Vec<_> = files.filter(|(_, file)| is_manifest(&file.path)).collect();
        let manifests = manifests.into_iter();
        let mut releases: Vec<_> = manifests
            .filter_map(|(id, file)| self.release(id, file))
            .collect();
        releases.sort_by_key(|release| release.number);
        releases
    }

    fn release(&mut self, id: FileId, file: &SourceFile) -> Option<Release> {
        if file.content == Content::Refused {
            return None;
        }
        // What is not as it was written says nothing for sure, and that of its program neither.
        let sealed = is_sealed(file.bytes());
        if let Some(newer) = program_of_the_future(file.text()).filter(|_| sealed) {
            let message = format!("the version was frozen by utkast {newer}, a newer program");
            let hint = format!(
                "use utkast {newer} or newer; this is {}",
                env!("CARGO_PKG_VERSION")
            );
            let said = rules::NEWER_PROGRAM.nowhere(message).in_place(&file.path);
            self.sink.report(said.hint(hint));
            return None;
        }
        if !sealed {
            let message = "the manifest is not as it was when the version was frozen";
            let said = rules::DAMAGED_MANIFEST.at(Span::new(id, 0..0), message);
            self.sink.report(said.hint("get the file back from a copy"));
        }
        let (front, place): (ManifestFile, _) = self.toml(&file.path)?;
        let previous = front.previous.and_then(|previous| {
            let number = Number::parse(&place.locate(previous.number).value)?;
            Some((number, place.locate(previous.seal).value))
        });
        let body = front.body.map(|id| place.locate(id).value);
        let name = front.body_name.map(|name| place.locate(name).value);
        let text = |value: Option<Str>| value.map(|value| place.locate(value).value);
        let decisions = front.decisions.into_iter();
        let decisions = decisions.filter_map(|decision| {
            Some(Decided {
                body: (
                    place.locate(decision.body).value,
                    place.locate(decision.body_name).value,
                ),
                date: self.day(decision.date, place)?,
                case: place.locate(decision.case).value,
                text: place.locate(decision.text).value,
                vote: text(decision.vote),
            })
        });
        let decisions = decisions.collect();
        Some(Release {
            number: Number::parse(front.number.0.get_ref())?,
            status: status(front.status),
            date: self.day(front.date, place)?,
            body: body.map(|id| (id.clone(), name.unwrap_or(id))),
            case: text(front.case),
            note: text(front.note),
            decisions,
            sent_out: front.sent_out,
            round: front.round.map(|round| Round {
                needed: round.needed,
                by: place.locate(round.by).value,
                reason: place.locate(round.reason).value,
            }),
            program: place.locate(front.program).value,
            digest: place.locate(front.digest).value,
            previous,
            seal: place.locate(front.seal).value,
            sources: digests(front.sources, place),
            outputs: digests(front.outputs, place),
            span: super::overview::start_of(id),
        })
    }

    /// A date that must be a day.
    fn day(&mut self, date: Mark<DateField>, place: Place) -> Option<civil::Date> {
        let Located { value, span } = place.date(date, self.sink);
        match value {
            Date::Day(day) => Some(day),
            Date::Week(_) | Date::Literal { .. } => {
                let message = "a frozen version is dated to a day";
                let said = rules::WRONG_VALUE.at(span, message);
                self.sink.report(said.hint("get the file back from a copy"));
                None
            }
        }
    }
}

fn digests(files: Vec<DigestField>, place: Place) -> Vec<(String, String)> {
    let files = files.into_iter();
    let pair = |file: DigestField| {
        let path = place.locate(file.path).value;
        (path, place.locate(file.sha256).value)
    };
    files.map(pair).collect()
}

/// The rule that a version of a newer program breaks; no more is known of such a version.
pub fn newer_program() -> &'static Rule {
    &rules::NEWER_PROGRAM
}

/// Whether a path is that of a manifest.
fn is_manifest(path: &str) -> bool {
    let below = path
        .strip_prefix(VERSIONS)
        .and_then(|path| path.strip_prefix('/'));
    below.is_some_and(|below| below.ends_with(MANIFEST))
}

/// The first line of a manifest, which seals the text below it with its SHA-256.
pub fn seal_line(text: &str) -> String {
    format!("seal = \"{}\"\n", sha256_hex(text.as_bytes()))
}

/// Whether the bytes of a manifest are as they were written.
pub fn is_sealed(manifest: &[u8]) -> bool {
    let Ok(manifest) = std::str::from_utf8(manifest) else {
        return false;
    };
    let text = manifest.find('\n').map(|end| &manifest[end + 1..]);
    text.is_some_and(|text| manifest.starts_with(&seal_line(text)))
}

/// The version of the program that froze a manifest, if it is newer than this one. It is looked for
/// before anything else, since a newer program may write what this one does not understand.
fn program_of_the_future(manifest: &str) -> Option<String> {
    let table: toml::Table = manifest.parse().ok()?;
    let program = table.get("program")?.as_str()?;
    let numbers = |version: &str| -> Option<Vec<u32>> {
        let core = version.split(['-', '+']).next()?;
        core.split('.').map(|part| part.parse().ok()).collect()
    };
    let newer = numbers(program)? > numbers(env!("CARGO_PKG_VERSION"))?;
    newer.then(|| program.to_owned())
}
