//! `utkast build`: builds the page, the PDF and `build.json` from a folder of sources.

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
/// output with its SHA-256. With `--audience internal` the names are OUT/strategy.internal.html and
/// so on, so that internal and public files are not confused. Outputs of the previous build that this
/// build does not make are deleted, because build.json does not list them. If the document has errors,
/// nothing is written and the previous outputs stay. The PDF is dated with the date of the version, or
/// SOURCE_DATE_EPOCH if it is set.
///
/// With `--as proposed`, each requirement of that status that is not met is an error. The report then
/// shows what would stop a release.
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
    /// Audience of the build; `internal` also shows internal items and the names of participants
    #[arg(long, value_enum, default_value_t = AudienceArg::Public)]
    audience: AudienceArg,
    /// Print line numbers in the margin of the PDF, at every fifth line of each page
    #[arg(long)]
    line_numbers: bool,
    /// Build as if the version had this status, with its number, its labels and its gates
    #[arg(long = "as", value_name = "STATUS", value_parser = status_words())]
    status: Option<Status>,
    /// Build this version instead of the current sources: a number, a folder, or `git:REV`
    #[arg(long, value_name = "VERSION", conflicts_with = "status")]
    of: Option<VersionReference>,
}

/// Parses a status by its word in the sources.
pub(super) fn status_words() -> impl TypedValueParser<Value = Status> {
    let words = PossibleValuesParser::new(Status::ALL.map(|(_, word)| word));
    words.map(|word| Status::from_word(&word).expect("it is one of them"))
}

/// Parses a target by its word.
fn target_words() -> impl TypedValueParser<Value = &'static Target> {
    let word = |target: &&Target| PossibleValue::new(target.name).help(target.about);
    let words = PossibleValuesParser::new(TARGETS.iter().map(word));
    words.map(|word| {
        let mut targets = TARGETS.into_iter();
        let target = targets.find(|target| target.name == word);
        target.expect("it is one of them")
    })
}

/// The sources to build, and their build state.
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
        said.push_str(&format!(", and deleted {gone} of the previous build"));
    }
    streams.say(&format!("{said}: {count}.\n"));
    Ok(ExitStatus::Done)
}

/// The diagnostics as text.
pub(super) fn report(compiled: &Compiled, sources: &Sources, colour: bool) -> String {
    diag::render(&compiled.diagnostics, sources, &[], Format::Text, colour)
}

/// `SOURCE_DATE_EPOCH`, the date for reproducible builds, in seconds since 1970.
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
