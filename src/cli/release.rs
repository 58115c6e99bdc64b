//! `utkast release`: freezes the sources with their outputs as a version.

use super::build::{report, status_words};
use super::format::{self, ResultFormat};
use super::progress::Progress;
use super::sources::{LockedSources, hold};
use super::{ExitStatus, Failure, Streams, clock, count, verify};
use crate::archive::{self, FreezeError, Frozen, InstallError, NumberError, NumberProblem};
use crate::compile::{self, Build, Compiled, Target};
use crate::diag::{Paths, Sink, to_value};
use crate::files::Sources;
use crate::model::{Number, Round, Status};
use crate::version::{BuildState, ReleaseDetails};
use crate::{conservation, load};
use clap::ValueEnum;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Freeze a version
///
/// Builds the strategy as it will be with the status, and keeps sources, page, PDF and a manifest in
/// DIR/versions/NUMBER. Numbers are 0.1, 0.2 … until the strategy is adopted as 1.0, then 1.1, 1.2 …
/// Nothing in `versions` is ever written again. If the document has errors, or a gate of the status
/// is closed, nothing is frozen.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast release strategy --status draft --body regionradet --case \"RR-sak 15/27\"")]
pub(super) struct Args {
    /// Folder of the strategy
    #[arg(default_value = "strategy")]
    dir: PathBuf,
    /// Where the version is in its life
    #[arg(long, value_name = "STATUS", value_parser = status_words())]
    status: Status,
    /// The day that it is dated; today if it is left out
    #[arg(long, value_parser = clock::day, value_name = "DATE")]
    date: Option<Date>,
    /// Id of the body that it is put before, for example `regionradet`
    #[arg(long, requires = "case", value_name = "ID")]
    body: Option<String>,
    /// The case, as the body names it
    #[arg(long, requires = "body", value_parser = words, value_name = "TEXT")]
    case: Option<String>,
    /// A word on the version; the reason, if its status goes back
    #[arg(long, value_parser = words, value_name = "TEXT")]
    note: Option<String>,
    /// It is sent out for others to speak on
    #[arg(long)]
    sent_out: bool,
    /// Whether those who were asked of an earlier version must be asked again
    #[arg(long, value_enum, requires_all = ["by", "reason"], value_name = "ANSWER")]
    new_round: Option<NewRound>,
    /// Who says so
    #[arg(long, requires = "new_round", value_parser = words, value_name = "NAME")]
    by: Option<String>,
    /// Why
    #[arg(long, requires = "new_round", value_parser = words, value_name = "TEXT")]
    reason: Option<String>,
    /// How to write the result
    #[arg(long, value_enum, default_value_t = ResultFormat::Text)]
    format: ResultFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum NewRound {
    /// They must be asked again
    Needed,
    /// They need not
    NotNeeded,
}

/// Most signs of a note, a case, a name or a reason: each is a line of the imprint.
const MAX_WORDS: usize = 1_000;

/// Words that can be printed on one line.
fn words(text: &str) -> Result<String, String> {
    use unicode_normalization::UnicodeNormalization;
    let text: String = text.trim().nfc().collect();
    let unseen = |sign: char| sign == '\u{200b}' || load::turns(sign);
    match () {
        () if text.is_empty() => Err("it holds no words".to_owned()),
        () if text.chars().any(char::is_control) => Err("it must be one line".to_owned()),
        () if text.chars().any(unseen) => Err("it holds a sign that cannot be seen".to_owned()),
        () if text.chars().count() > MAX_WORDS => Err(format!(
            "it has more than {MAX_WORDS} signs; put what is longer into a chapter"
        )),
        () => Ok(text),
    }
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let ended = release(args, streams);
    args.format.with_failure(ended, streams)
}

fn release(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let LockedSources { sources, lock } = hold(&args.dir, streams)?;
    built_upon(&args.dir, streams)?;
    let details = details(args, &sources)?;
    let number = details.number;
    let build = Build {
        state: BuildState::Frozen(Box::new(details)),
        targets: Target::frozen().collect(),
        ..Build::default()
    };
    let progress = Progress::new(streams.watched);
    let compiled = compile::compile(&sources, &build, &mut |stage| progress.show(stage));
    drop(progress);
    if args.format == ResultFormat::Text {
        streams.say(&report(&compiled, &sources, streams.err_colour));
    }
    let frozen = match archive::freeze(&args.dir, number, &compiled, &sources, &lock) {
        Ok(frozen) => Some(frozen),
        Err(FreezeError::NotBuilt) => None,
        Err(FreezeError::Unprovable(fault)) => {
            let message =
                format!("version {number} could not be proved once it is frozen: {fault}");
            return Err(Failure::new(message).hint(conservation::PROGRAM_FAULT));
        }
        Err(FreezeError::InstallError(no)) => return Err(not_placed(&args.dir, number, &no)),
    };
    drop(lock);
    // Said before the result is written, which may fail: the version is there all the same.
    streams.say(&match &frozen {
        Some(frozen) => told(&compiled, number, frozen),
        None => format!("Nothing was frozen: {}.\n", count(&compiled.diagnostics)),
    });
    if args.format == ResultFormat::Json {
        let object = object(frozen.as_ref(), number, args.status, &compiled, &sources);
        format::write(&object, streams)?;
    }
    Ok(match frozen {
        Some(_) => ExitStatus::Done,
        None => ExitStatus::Errors,
    })
}

/// What was done, in two lines.
fn told(compiled: &Compiled, number: Number, frozen: &Frozen) -> String {
    let version = compiled.strategy.as_ref().map(|strategy| &strategy.version);
    let status = version.map_or("", |version| version.status.as_str());
    let digest = version.map_or("", |version| version.manifest.digest.as_str());
    let mut said = format!(
        "Froze version {number} ({status}) in {}: {} files, {}.\nIts digest is {digest}.\n",
        frozen.folder.display(),
        frozen.files,
        count(&compiled.diagnostics)
    );
    if version.is_some_and(|version| version.chosen.is_some()) {
        said.push_str("Take `number` out of strategy.toml: the next version has another.\n");
    }
    said
}

/// The same for machines. The keys are documented in `docs/json.md`, and stay.
fn object(
    frozen: Option<&Frozen>,
    number: Number,
    status: Status,
    compiled: &Compiled,
    sources: &Sources,
) -> Value {
    let strategy = compiled.strategy.as_ref().filter(|_| frozen.is_some());
    let version = strategy.map(|strategy| &strategy.version);
    json!({
        "frozen": frozen.is_some(),
        "number": number.to_string(),
        "status": status.as_str(),
        "date": version.map(|version| version.date.for_machines()),
        "digest": version.map(|version| version.manifest.digest.as_str()),
        "folder": frozen.map(|frozen| frozen.folder.display().to_string()),
        "files": frozen.map(|frozen| frozen.files),
        "diagnostics": to_value(&compiled.diagnostics, sources, Paths::Reported),
    })
}

fn not_placed(dir: &Path, number: Number, no: &InstallError) -> Failure {
    let why = match no {
        InstallError::Taken(place) => format!("there is `{}` already", place.display()),
        InstallError::Io(error) => error.to_string(),
    };
    let place = archive::versions(dir);
    Failure::new(format!("version {number} cannot be frozen: {why}"))
        .hint(format!("see that there is room in `{}`, and that you may write there; the versions are as they were", place.display()))
}

/// What the arguments make of the version, with its number.
fn details(args: &Args, sources: &Sources) -> Result<ReleaseDetails, Failure> {
    let status = args.status;
    if args.sent_out && (status == Status::Working || !status.is_draft()) {
        let message = format!("what is `{status}` is not sent out for others to speak on");
        let hint = "give the status first_draft, draft, consultation or proposed";
        return Err(Failure::new(message).hint(hint));
    }
    // What is wrong with the sources is said when they are built.
    let strategy = load::load(sources, &mut Sink::default());
    let number = archive::next_number(strategy.as_ref(), status).map_err(|no| wrong_number(&no))?;
    let said = args.by.clone().zip(args.reason.clone());
    let round = args.new_round.zip(said);
    Ok(ReleaseDetails {
        number,
        status,
        date: args.date.map_or_else(clock::today, Ok)?,
        body: args.body.clone().map(|id| match id.strip_prefix("body/") {
            Some(name) => name.to_owned(),
            None => id,
        }),
        case: args.case.clone(),
        note: args.note.clone(),
        sent_out: args.sent_out,
        round: round.map(|(answer, (by, reason))| Round {
            needed: answer == NewRound::Needed,
            by,
            reason,
        }),
    })
}

fn wrong_number(NumberError { chosen, why, next }: &NumberError) -> Failure {
    let from = || format!("take `number` out of strategy.toml, or write one from {next} on");
    let (what, hint) = match why {
        NumberProblem::Taken => ("is frozen already", from()),
        NumberProblem::Passed => ("comes before versions that are frozen", from()),
        NumberProblem::DoesNotFollow => (
            "does not follow what is frozen",
            format!("take `number` out of strategy.toml: the next version is {next}"),
        ),
        NumberProblem::NoneLeft => (
            "is frozen already, and no number follows it",
            format!("write `number = \"{}.0\"` in strategy.toml", next.major + 1),
        ),
    };
    Failure::new(format!("version {chosen} {what}")).hint(hint)
}

/// Sees that the versions before are as they were frozen.
fn built_upon(dir: &Path, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let ledger = verify::ledger(dir, streams)?;
    let Some((folder, fault)) = ledger.first_fault() else {
        return Ok(());
    };
    let message = format!("version {folder} is not as it was frozen: {fault}");
    let hint = format!(
        "see `utkast verify {}`, and get the files back from a copy",
        dir.display()
    );
    Err(Failure::new(message).hint(hint))
}
