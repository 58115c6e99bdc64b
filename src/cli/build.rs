//! `utkast build`: a folder of sources to a page, a PDF, and a record of both.

use super::outputs::{not_written, outside};
use super::progress::Progress;
use super::reference::{self, VersionReference};
use super::{ExitStatus, Failure, Streams, count, sources};
use crate::archive::{self, FileToWrite};
use crate::compile::targets::TARGETS;
use crate::compile::{self, Build, Compiled, Target};
use crate::diag::{self, Format};
use crate::files::Sources;
use crate::model::{Audience, Status};
use crate::version::BuildState;
use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::path::{Path, PathBuf};

/// Build the page and the PDF
///
/// Writes OUT/strategy.html, OUT/strategy.pdf and OUT/build.json, which lists every source and
/// output with its SHA-256; with `--audience internal`, OUT/strategy.internal.html and so on, so
/// that one cannot be taken for the other. An output of the build before that is not made again is
/// removed, since it would not belong to the record. If the document has errors, nothing is
/// written, and what was there before stays. The date of the PDF is that of the version, or
/// SOURCE_DATE_EPOCH if it is set.
///
/// With `--as proposed`, what the status demands and the document does not keep is an error, so that
/// it shows what would stop a release.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast build strategy -o out --format pdf")]
pub(super) struct Args {
    /// Folder of the strategy
    #[arg(default_value = "strategy")]
    dir: PathBuf,
    /// Folder for the outputs
    #[arg(short, long, default_value = "out")]
    out: PathBuf,
    /// What to build
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "html,pdf",
        value_name = "FORMATS",
        value_parser = target_words()
    )]
    format: Vec<&'static Target>,
    /// Whom it is for; `internal` shows the names of participants and internal items
    #[arg(long, value_enum, default_value_t = AudienceArg::Public)]
    audience: AudienceArg,
    /// Number every fifth line of the PDF in the margin, page by page, for meetings
    #[arg(long)]
    line_numbers: bool,
    /// Build the document as it would be with this status: its number, its marks and its gates
    #[arg(long = "as", value_name = "STATUS", value_parser = status_words())]
    status: Option<Status>,
    /// Build another version than the sources as they stand: a number, a folder, or `git:REV`
    #[arg(long, value_name = "VERSION", conflicts_with = "status")]
    of: Option<VersionReference>,
}

/// The statuses, by their words in the sources.
pub(super) fn status_words() -> impl TypedValueParser<Value = Status> {
    let words = PossibleValuesParser::new(Status::ALL.map(|(_, word)| word));
    words.map(|word| Status::from_word(&word).expect("it is one of them"))
}

/// The targets, by their words.
fn target_words() -> impl TypedValueParser<Value = &'static Target> {
    let word = |target: &&Target| PossibleValue::new(target.name).help(target.about);
    let words = PossibleValuesParser::new(TARGETS.iter().map(word));
    words.map(|word| {
        let mut targets = TARGETS.into_iter();
        let target = targets.find(|target| target.name == word);
        target.expect("it is one of them")
    })
}

/// The sources to build, and the state that they are in.
pub(super) fn edition(
    dir: &Path,
    of: Option<&VersionReference>,
    status: Option<Status>,
    streams: &mut Streams<'_>,
) -> Result<(Sources, BuildState), Failure> {
    sources::mend(dir, streams);
    let (sources, state) = reference::edition(dir, of.unwrap_or(&VersionReference::Work))?;
    Ok((sources, status.map_or(state, BuildState::As)))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AudienceArg {
    /// Everybody
    Public,
    /// The council and its secretariat
    Internal,
}

impl From<AudienceArg> for Audience {
    fn from(argument: AudienceArg) -> Self {
        match argument {
            AudienceArg::Public => Self::Public,
            AudienceArg::Internal => Self::Internal,
        }
    }
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let (sources, state) = edition(&args.dir, args.of.as_ref(), args.status, streams)?;
    let build = Build {
        state,
        audience: args.audience.into(),
        targets: args.format.clone(),
        line_numbers: args.line_numbers,
        date: source_date_epoch()?,
    };
    outside(&args.out, &args.dir)?;
    let progress = Progress::new(streams.watched);
    let compiled = compile::compile(&sources, &build, &mut |stage| progress.show(stage));
    drop(progress);

    streams.say(&report(&compiled, &sources, streams.err_colour));
    let count = count(&compiled.diagnostics);
    let Some(outputs) = &compiled.outputs else {
        streams.say(&format!("Nothing was written: {count}.\n"));
        return Ok(ExitStatus::Errors);
    };
    let files = outputs.iter();
    let files = files.map(|output| FileToWrite::new(&output.name, &output.bytes));
    let files: Vec<_> = files.collect();
    let former = archive::store(&args.out, &files, &compiled, &sources, build.audience)
        .map_err(|no| not_written(&args.out, no))?;
    let mut written: Vec<_> = files.iter().map(|file| file.name).collect();
    let record = archive::record_name(build.audience);
    written.push(&record);
    let folder = args.out.display();
    let mut said = format!("Wrote {} to {folder}", written.join(", "));
    if !former.is_empty() {
        let gone = former.join(", ");
        said.push_str(&format!(", and removed {gone} of the build before"));
    }
    streams.say(&format!("{said}: {count}.\n"));
    Ok(ExitStatus::Done)
}

/// What was said of the sources, for people.
pub(super) fn report(compiled: &Compiled, sources: &Sources, colour: bool) -> String {
    diag::render(&compiled.diagnostics, sources, &[], Format::Text, colour)
}

/// The date that a builder of packages wants in all outputs.
pub(super) fn source_date_epoch() -> Result<Option<i64>, Failure> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH") else {
        return Ok(None);
    };
    let seconds = value.to_str().and_then(|text| text.trim().parse().ok());
    let in_range = |seconds: &i64| jiff::Timestamp::from_second(*seconds).is_ok();
    match seconds.filter(in_range) {
        Some(seconds) => Ok(Some(seconds)),
        None => Err(Failure::new(format!(
            "SOURCE_DATE_EPOCH is `{}`, which is not a number of seconds",
            value.to_string_lossy()
        ))
        .hint("set it to seconds since 1970, or unset it")),
    }
}
