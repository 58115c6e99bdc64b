//! `utkast release`: freezes the sources and their outputs as a version.

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
/// Builds the strategy with the given status and stores sources, page, PDF and a manifest in
/// DIR/versions/NUMBER. Numbers are 0.1, 0.2 … until the strategy is adopted as 1.0, then 1.1, 1.2 …
/// Frozen versions are never changed. If the document has errors, or does not meet a requirement of
/// the status, nothing is frozen.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast release strategy --status draft --body regionradet --case \"RR-sak 15/27\"")]
pub(super) struct Args {
    /// Folder of the strategy
    #[arg(default_value = "strategy")]
    dir: PathBuf,
    /// Status of the version
    #[arg(long, value_name = "STATUS", value_parser = status_words())]
    status: Status,
    /// Date of the version; today by default
    #[arg(long, value_parser = clock::day, value_name = "DATE")]
    date: Option<Date>,
    /// Id of the body that the version is submitted to, for example `regionradet`
    #[arg(long, requires = "case", value_name = "ID")]
    body: Option<String>,
    /// Case number, as the body writes it
    #[arg(long, requires = "body", value_parser = words, value_name = "TEXT")]
    case: Option<String>,
    /// Note on the version; required as the reason if the status goes back
    #[arg(long, value_parser = words, value_name = "TEXT")]
    note: Option<String>,
    /// Mark the version as circulated for comment
    #[arg(long)]
    sent_out: bool,
    /// Whether another round of consultation is needed after changes
    #[arg(long, value_enum, requires_all = ["by", "reason"], value_name = "ANSWER")]
    new_round: Option<NewRound>,
    /// Who decided on `--new-round`
    #[arg(long, requires = "new_round", value_parser = words, value_name = "NAME")]
    by: Option<String>,
    /// Reason for `--new-round`
    #[arg(long, requires = "new_round", value_parser = words, value_name = "TEXT")]
    reason: Option<String>,
    /// Format of the result
    #[arg(long, value_enum, default_value_t = ResultFormat::Text)]
    format: ResultFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum NewRound {
    /// Another round is needed
    Needed,
    /// No further round is needed
    NotNeeded,
}

/// Most characters of a note, a case, a name or a reason. Each is a line of the imprint.
const MAX_WORDS: usize = 1_000;

/// Parses a text that can be printed on one line; normalises it to NFC.
fn words(text: &str) -> Result<String, String> {
    use unicode_normalization::UnicodeNormalization;
    let text: String = text.trim().nfc().collect();
    let invisible = |sign: char| sign == '\u{200b}' || load::turns(sign);
    match () {
        () if text.is_empty() => Err("the text is empty".to_owned()),
        () if text.chars().any(char::is_control) => Err("the text must be one line".to_owned()),
        () if text.chars().any(invisible) => {
            Err("the text contains an invisible character".to_owned())
        }
        () if text.chars().count() > MAX_WORDS => Err(format!(
            "the text has more than {MAX_WORDS} characters; put longer texts into a chapter"
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
            let message = format!(
                "version {number} was not frozen, because `verify` would reject it: {fault}"
            );
            return Err(Failure::new(message).hint(conservation::PROGRAM_FAULT));
        }
        Err(FreezeError::InstallError(no)) => return Err(not_placed(&args.dir, number, &no)),
    };
    drop(lock);
    // Reported before the result is written: writing it may fail, but the version exists.
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

/// Reports the frozen version in two lines.
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
        said.push_str("Remove `number` from strategy.toml: the next version needs another one.\n");
    }
    said
}

/// The result as JSON. The keys are documented in `docs/json.md` and are stable.
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
        InstallError::Taken(place) => format!("`{}` exists already", place.display()),
        InstallError::Io(error) => error.to_string(),
    };
    let place = archive::versions(dir);
    Failure::new(format!("version {number} cannot be frozen: {why}")).hint(format!(
        "check free space and write permission in `{}`; no version was changed",
        place.display()
    ))
}

/// The details of the new version, with its number, from the arguments.
fn details(args: &Args, sources: &Sources) -> Result<ReleaseDetails, Failure> {
    let status = args.status;
    if args.sent_out && (status == Status::Working || !status.is_draft()) {
        let message =
            format!("a version with the status `{status}` cannot be circulated for comment");
        let hint = "use the status first_draft, draft, consultation or proposed, or leave out `--sent-out`";
        return Err(Failure::new(message).hint(hint));
    }
    // The build reports the diagnostics of the sources.
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
    let from = || format!("remove `number` from strategy.toml, or write {next} or a higher one");
    let (what, hint) = match why {
        NumberProblem::Taken => ("is frozen already", from()),
        NumberProblem::Passed => ("is lower than a frozen version", from()),
        NumberProblem::DoesNotFollow => (
            "does not follow the last frozen version",
            format!("remove `number` from strategy.toml: the next version is {next}"),
        ),
        NumberProblem::NoneLeft => (
            "is frozen already, and there is no number after it",
            format!("write `number = \"{}.0\"` in strategy.toml", next.major + 1),
        ),
    };
    Failure::new(format!("version {chosen} {what}")).hint(hint)
}

/// Fails if an earlier version was changed.
fn built_upon(dir: &Path, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let ledger = verify::ledger(dir, streams)?;
    let Some((folder, fault)) = ledger.first_fault() else {
        return Ok(());
    };
    let message = format!("version {folder} was changed after it was frozen: {fault}");
    let hint = format!(
        "run `utkast verify {}`, and restore the files from a copy",
        dir.display()
    );
    Err(Failure::new(message).hint(hint))
}
