//! `utkast diff`: what has changed between two versions.

use super::build::{AudienceArg, source_date_epoch};
use super::format::ResultFormat;
use super::outputs::{not_written, outside};
use super::progress::Progress;
use super::reference::{self, VersionReference};
use super::{ExitStatus, Failure, Streams, count, sources};
use crate::archive::{self, FileToWrite};
use crate::compile::targets::Writer;
use crate::compile::{self, Build, Comparison, Session, Stage};
use crate::diag::{self, Format, Sink};
use crate::files::Sources;
use clap::ValueEnum;
use std::path::{Path, PathBuf};

/// Tell what has changed between two versions
///
/// A version is a number, `work` (the sources as they stand), `sent-out` (the one that was sent out
/// last), a folder, or `git:REV`. Without NEW, OLD is compared with `work`.
///
/// The changes are told in the language of the document. With `--format html,pdf`, write
/// OUT/changes-OLD-NEW.html, OUT/changes-OLD-NEW.pdf and a record of both, OUT/changes-OLD-NEW.json:
/// documents that show both versions in one. If a version has errors, the other formats compare what
/// can be read of it, and name the rest.
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
    /// How to tell it; `html,pdf` makes both
    #[arg(long, value_enum, value_delimiter = ',', default_value = "text")]
    format: Vec<DiffFormat>,
    /// File to write to instead of the standard output; for `html` and `pdf` the folder, by default `out`
    #[arg(short, long)]
    out: Option<PathBuf>,
    /// Who will read it; what only the council and its secretariat may read is in no way told to others
    #[arg(long, value_enum, default_value_t = AudienceArg::Public)]
    audience: AudienceArg,
    /// Leave out of the page and the PDF what has not changed
    #[arg(long)]
    only_changes: bool,
    /// Return 0 also if something has changed
    #[arg(long)]
    exit_zero: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people, with colour on a terminal
    Text,
    /// A page that shows what has changed
    Html,
    /// A tagged PDF that shows what has changed
    Pdf,
    /// For the comment on a pull request
    Markdown,
    /// One object; `utkast schema changes` prints its schema
    Json,
}

impl DiffFormat {
    /// What writes it, if it is a document.
    fn writer(self) -> Option<Writer> {
        match self {
            Self::Html => Some(Writer::Page),
            Self::Pdf => Some(Writer::Pdf),
            Self::Text | Self::Markdown | Self::Json => None,
        }
    }
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let ended = compare(args, streams);
    let format = match args.format.contains(&DiffFormat::Json) {
        true => ResultFormat::Json,
        false => ResultFormat::Text,
    };
    format.with_failure(ended, streams)
}

fn compare(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let wanted = args.wanted()?;
    let (old, new) = args.versions()?;
    sources::mend(&args.dir, streams);
    let versions = [
        reference::edition(&args.dir, &old)?,
        reference::edition(&args.dir, &new)?,
    ];
    let progress = Progress::new(streams.watched);
    let mut show = |stage: Stage| progress.show(stage);
    let mut session = Session::default();
    let date = source_date_epoch()?;
    let builds = versions.each_ref().map(|(_, state)| Build {
        state: state.clone(),
        audience: args.audience.into(),
        date,
        ..Build::default()
    });
    let mut said = [Sink::default(), Sink::default()];
    let [old_said, new_said] = &mut said;
    let [(old_sources, _), (new_sources, _)] = &versions;
    let before = compile::edition(old_sources, &builds[0], &mut session, old_said, &mut show);
    let after = compile::edition(new_sources, &builds[1], &mut session, new_said, &mut show);
    let mut sink = Sink::default();
    let made = compile::redline(
        &before,
        &after,
        &builds[1],
        args.only_changes,
        &mut session,
        &mut sink,
        &mut show,
    );
    let outputs = match (&made, &wanted) {
        (Some(redline), Wanted::Documents(writers)) => compile::write_as(
            &redline.tree,
            writers,
            &builds[1],
            &mut session,
            &mut sink,
            &mut show,
        ),
        _ => None,
    };
    drop(progress);
    let [old_said, mut new_said] = said;
    new_said.append(sink);
    let errors = [(&old, old_sources, old_said), (&new, new_sources, new_said)];
    let errors = errors.map(|(name, sources, said)| tell_errors(name, sources, said, streams));
    let comparison = match made {
        Some(redline) => redline.comparison,
        None => {
            let audience = args.audience.into();
            let compared = compile::comparison(&before, &after, audience);
            compared.map_err(|_| {
                let name = if before.strategy().is_none() {
                    &old
                } else {
                    &new
                };
                Failure::new(format!("version {name} cannot be compared"))
                    .hint(format!("see `utkast check --of {name}`"))
            })?
        }
    };
    match &wanted {
        Wanted::Documents(_) => {
            let outputs = outputs.filter(|_| !errors.contains(&true));
            let outputs = outputs.ok_or_else(|| {
                Failure::new("a page or a PDF cannot be made of versions with errors").hint(
                    "correct the errors, or use `--format text`, which compares what can be read",
                )
            })?;
            args.store(&comparison, &outputs, streams)?;
        }
        Wanted::Words(format) => args.write(&comparison, *format, streams)?,
    }
    Ok(match comparison.changes.is_empty() || args.exit_zero {
        true => ExitStatus::Done,
        false => ExitStatus::Changed,
    })
}

/// What is to be made.
enum Wanted {
    /// A page, a PDF, or both.
    Documents(Vec<Writer>),
    /// Words on the standard output, or in a file.
    Words(DiffFormat),
}

impl Args {
    /// The versions before and after.
    fn versions(&self) -> Result<(VersionReference, VersionReference), Failure> {
        let (old, new) = match (&self.since, &self.old) {
            (Some(since), new) => (since, new.as_ref()),
            (None, Some(old)) => (old, self.new.as_ref()),
            (None, None) => return Err(Failure::new("no version is named").hint("name OLD")),
        };
        let new = new.cloned().unwrap_or(VersionReference::Work);
        Ok((old.clone(), new))
    }

    fn wanted(&self) -> Result<Wanted, Failure> {
        let writers: Vec<Writer> = self.format.iter().filter_map(|f| f.writer()).collect();
        match self.format[..] {
            [format] if writers.is_empty() => Ok(Wanted::Words(format)),
            _ if writers.len() == self.format.len() => Ok(Wanted::Documents(writers)),
            _ => Err(
                Failure::new("text, Markdown and JSON are written one at a time")
                    .hint("name one of them, or `html,pdf`"),
            ),
        }
    }

    fn write(
        &self,
        comparison: &Comparison,
        format: DiffFormat,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        let colour = streams.out_colour && self.out.is_none();
        let text = match format {
            DiffFormat::Json => format!("{:#}\n", comparison.json()),
            DiffFormat::Markdown => comparison.markdown(),
            DiffFormat::Text | DiffFormat::Html | DiffFormat::Pdf => comparison.text(colour),
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
        outside(folder, &self.dir)?;
        archive::write_all(folder, &[FileToWrite::new(name, text.as_bytes())], &[])
            .map_err(|no| not_written(folder, no))?;
        streams.say(&format!("Wrote {}.\n", out.display()));
        Ok(())
    }

    fn store(
        &self,
        comparison: &Comparison,
        outputs: &[(Writer, Vec<u8>)],
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        let folder = self.out.as_deref().unwrap_or(Path::new("out"));
        outside(folder, &self.dir)?;
        let stored = archive::store_redline(folder, outputs, &comparison.changes);
        let names = stored.map_err(|no| not_written(folder, no))?;
        let folder = folder.display();
        streams.say(&format!("Wrote {} to {folder}.\n", names.join(", ")));
        Ok(())
    }
}

/// Tells the errors of a version, which keep parts of it from being compared; says whether there are
/// any. Warnings are for `check`.
fn tell_errors(
    name: &VersionReference,
    sources: &Sources,
    said: Sink,
    streams: &mut Streams<'_>,
) -> bool {
    if !said.has_errors() {
        return false;
    }
    let mut said = said.into_sorted();
    said.retain(|diagnostic| diagnostic.severity() == diag::Severity::Error);
    let report = diag::render(&said, sources, &[], Format::Text, streams.err_colour);
    streams.say(&report);
    let count = count(&said);
    streams.say(&format!("Version {name} has errors: {count}.\n"));
    true
}
