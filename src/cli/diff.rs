//! `utkast diff`: what has changed between two versions.

use super::build::AudienceArg;
use super::outputs::not_written;
use super::progress::Progress;
use super::reference::{self, VersionReference};
use super::{ExitStatus, Failure, Streams, count, sources};
use crate::archive::{self, FileToWrite};
use crate::compile::{self, Build, Comparison, Edition, Session, Stage};
use crate::diag::{self, Format, Sink};
use crate::files::Sources;
use crate::version::BuildState;
use clap::ValueEnum;
use std::path::{Path, PathBuf};

/// Tell what has changed between two versions
///
/// A version is a number, `work` (the sources as they stand), `sent-out` (the one that was sent out
/// last), a folder, or `git:REV`. Without NEW, OLD is compared with `work`.
///
/// The changes are told in the language of the document. If a version has errors, what can be read
/// of it is compared, and the rest is named.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit status: 0 nothing has changed, 1 something has, 2 the versions could not be compared.

Example:
  utkast diff 0.3
  utkast diff --since sent-out --format markdown -o changes.md"
)]
pub(super) struct Args {
    /// The version before
    #[arg(required_unless_present = "since")]
    old: Option<VersionReference>,
    /// The version after, by default `work`
    new: Option<VersionReference>,
    /// The version before, in place of OLD
    #[arg(long, value_name = "VERSION", conflicts_with = "new")]
    since: Option<VersionReference>,
    /// Folder of the strategy
    #[arg(long = "in", value_name = "DIR", default_value = "strategy")]
    dir: PathBuf,
    /// How to tell it
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,
    /// File to write to, instead of the standard output
    #[arg(short, long)]
    out: Option<PathBuf>,
    /// Who will read it; what only the council and its secretariat may read is in no way told to others
    #[arg(long, value_enum, default_value_t = AudienceArg::Public)]
    audience: AudienceArg,
    /// Return 0 also if something has changed
    #[arg(long)]
    exit_zero: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people, with colour on a terminal
    Text,
    /// For the comment on a pull request
    Markdown,
    /// One object; `utkast schema changes` prints its schema
    Json,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let (old, new) = args.versions()?;
    sources::mend(&args.dir, streams);
    let before = reference::edition(&args.dir, &old)?;
    let after = reference::edition(&args.dir, &new)?;
    let progress = Progress::new(streams.watched);
    let mut show = |stage: Stage| progress.show(stage);
    let mut session = Session::default();
    let build = |state: &BuildState| Build {
        state: state.clone(),
        audience: args.audience.into(),
        ..Build::default()
    };
    let (mut old_said, mut new_said) = (Sink::default(), Sink::default());
    let old_edition = compile::edition(
        &before.0,
        &build(&before.1),
        &mut session,
        &mut old_said,
        &mut show,
    );
    let new_edition = compile::edition(
        &after.0,
        &build(&after.1),
        &mut session,
        &mut new_said,
        &mut show,
    );
    let made = compile::comparison(
        &old_edition,
        &new_edition,
        &build(&after.1),
        &mut session,
        &mut show,
    );
    drop(progress);
    for (name, version, said) in [(&old, &before.0, old_said), (&new, &after.0, new_said)] {
        tell_errors(name, version, said, streams);
    }
    let comparison = made.map_err(|problems| {
        unusable(&old, &old_edition).unwrap_or_else(|| {
            unusable(&new, &new_edition).unwrap_or_else(|| {
                let said = problems.first();
                let said = said.map_or_else(String::new, |said| said.message.clone());
                Failure::new(format!("the labels of {new} cannot be used: {said}"))
            })
        })
    })?;
    args.write(&comparison, streams)?;
    Ok(match comparison.changes.is_empty() || args.exit_zero {
        true => ExitStatus::Done,
        false => ExitStatus::Changed,
    })
}

impl Args {
    /// The versions before and after.
    fn versions(&self) -> Result<(VersionReference, VersionReference), Failure> {
        let (old, new) = match &self.since {
            Some(since) => (since, self.old.as_ref()),
            None => match &self.old {
                Some(old) => (old, self.new.as_ref()),
                None => return Err(Failure::new("no version is named").hint("name OLD")),
            },
        };
        let new = new.cloned().unwrap_or(VersionReference::Work);
        Ok((old.clone(), new))
    }

    fn write(&self, comparison: &Comparison, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let colour = streams.out_colour && self.out.is_none();
        let text = match self.format {
            DiffFormat::Text => comparison.text(colour),
            DiffFormat::Markdown => comparison.markdown(),
            DiffFormat::Json => format!("{:#}\n", comparison.json()),
        };
        let Some(out) = &self.out else {
            return streams.result(&text);
        };
        let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let name = out.file_name().and_then(|name| name.to_str());
        let name = name.ok_or_else(|| {
            Failure::new(format!("`{}` is no file", out.display())).hint("name a file with `--out`")
        })?;
        super::outputs::outside(folder, &self.dir)?;
        archive::write_all(folder, &[FileToWrite::new(name, text.as_bytes())], &[])
            .map_err(|no| not_written(folder, no))?;
        streams.say(&format!("Wrote {}.\n", out.display()));
        Ok(())
    }
}

/// Tells the errors of a version, which keep parts of it from being compared. Warnings are for `check`.
fn tell_errors(name: &VersionReference, sources: &Sources, said: Sink, streams: &mut Streams<'_>) {
    if !said.has_errors() {
        return;
    }
    let mut said = said.into_sorted();
    said.retain(|diagnostic| diagnostic.severity() == diag::Severity::Error);
    let report = diag::render(&said, sources, &[], Format::Text, streams.err_colour);
    streams.say(&report);
    let count = count(&said);
    streams.say(&format!(
        "Version {name} has errors, so only what can be read of it is compared: {count}.\n"
    ));
}

/// Why an edition cannot be compared at all.
fn unusable(name: &VersionReference, edition: &Edition<'_>) -> Option<Failure> {
    edition.strategy().is_none().then(|| {
        Failure::new(format!("`strategy.toml` of {name} cannot be used"))
            .hint(format!("see `utkast check --of {name}`"))
    })
}
