//! Reads the manifests of frozen versions.

use super::{Cache, Loader, rules};
use crate::diag::{Rule, Sink};
use crate::files::{Content, FileId, MANIFEST, SourceFile, Sources, Span, VERSIONS};
use crate::manifest::{self, Manifest};
use crate::model::{Number, Release, YEARS};
use jiff::civil;
use toml::de::DeTable;

/// Every frozen version of a folder whose manifest can be read, by number, whatever else is wrong in
/// the folder.
pub fn releases(sources: &Sources, sink: &mut Sink) -> Vec<Release> {
    Loader::new(sources, &mut Cache::default(), sink).releases()
}

impl Loader<'_> {
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
        let sealed = manifest::is_sealed(file.bytes());
        if let Some(newer) = manifest::newer_program(file.text()).filter(|_| sealed) {
            let message = format!("the version was frozen by the newer utkast {newer}");
            let hint = format!(
                "use utkast {newer} or newer; this is {}",
                env!("CARGO_PKG_VERSION")
            );
            let said = rules::NEWER_PROGRAM.nowhere(message).in_place(&file.path);
            self.sink.report(said.hint(hint));
            return None;
        }
        if !sealed {
            let message = "the manifest was changed after the version was frozen";
            let said = rules::DAMAGED_MANIFEST.at(Span::new(id, 0..0), message);
            self.sink.report(said.hint("restore the file from a copy"));
        }
        let (manifest, place): (Manifest, _) = self.toml(&file.path)?;
        let number = Number::parse(&manifest.number)?;
        let Some(date) = day_of(&manifest) else {
            let message = "the date of a frozen version must be a day";
            let span = place.span(place_of_date(file.text()));
            let said = rules::WRONG_VALUE.at(span, message);
            self.sink.report(said.hint("restore the file from a copy"));
            return None;
        };
        Some(Release {
            number,
            date,
            manifest,
            span: super::file_offset::start_of(id),
        })
    }
}

/// The day of a version, if it and the days of all decisions are in the years that the program
/// knows.
fn day_of(manifest: &Manifest) -> Option<civil::Date> {
    let day: civil::Date = manifest.date.parse().ok()?;
    let decided = manifest.decisions.iter().map(|decision| decision.date);
    let in_years = [day]
        .into_iter()
        .chain(decided)
        .all(|day| YEARS.contains(&day.year()));
    // `parse` accepts a time of day too, and drops it.
    (in_years && day.to_string() == manifest.date).then_some(day)
}

/// Where the date of a manifest stands.
fn place_of_date(text: &str) -> std::ops::Range<usize> {
    let (table, _) = DeTable::parse_recoverable(text);
    table.get_ref().get("date").map_or(0..0, |date| date.span())
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
