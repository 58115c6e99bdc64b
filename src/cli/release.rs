//! `utkast release`: freezes the sources with their outputs as a version.

use super::archive::{self, Real};
use super::build::{report, status_words};
use super::progress::Progress;
use super::sources::{Held, hold};
use super::verify::Ledger;
use super::{ExitStatus, Failure, Streams, clock, count};
use crate::compile::{self, Build, Compiled, Target};
use crate::diag::Sink;
use crate::files::{MANIFEST, Sources, VERSIONS};
use crate::model::{Number, Release, Round, Status};
use crate::version::{self, Files, Kept, Stamp, State};
use crate::{load, render};
use clap::ValueEnum;
use jiff::civil::Date;
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
    let Held { sources, lock } = hold(&args.dir, streams)?;
    built_upon(&args.dir, streams)?;
    let stamp = stamp(args, &sources)?;
    let number = stamp.number;
    let build = Build {
        state: State::Frozen(Box::new(stamp)),
        targets: Target::frozen().collect(),
        ..Build::default()
    };
    let progress = Progress::new(streams.watched);
    let compiled = compile::compile(&sources, &build, &mut |stage| progress.show(stage));
    drop(progress);
    streams.say(&report(&compiled, &sources, streams.err_colour));
    let Some(files) = files(&compiled, &sources) else {
        streams.say(&format!(
            "Nothing was frozen: {}.\n",
            count(&compiled.diagnostics)
        ));
        return Ok(ExitStatus::Errors);
    };
    let before = compiled.strategy.as_ref();
    proven(number, &files, before.and_then(|s| s.releases.last()))?;
    let placed = archive::place(&Real, &args.dir, &number.to_string(), &files);
    placed.map_err(|error| {
        let place = archive::versions(&args.dir);
        Failure::new(format!("version {number} cannot be frozen: {error}"))
            .hint(format!("see that there is room in `{}`, and that you may write there; the versions are as they were", place.display()))
    })?;
    drop(lock);
    streams.say(&told(&compiled, &args.dir, number, files.len()));
    Ok(ExitStatus::Done)
}

/// What was done, in two lines.
fn told(compiled: &Compiled, dir: &Path, number: Number, files: usize) -> String {
    let place = archive::versions(dir).join(number.to_string());
    let version = compiled.strategy.as_ref().map(|strategy| &strategy.version);
    let status = version.map_or("", |version| version.status.as_str());
    let digest = version.map_or("", |version| version.manifest.digest.as_str());
    let mut said = format!(
        "Froze version {number} ({status}) in {}: {files} files, {}.\nIts digest is {digest}.\n",
        place.display(),
        count(&compiled.diagnostics)
    );
    if version.is_some_and(|version| version.chosen.is_some()) {
        said.push_str("Take `number` out of strategy.toml: the next version has another.\n");
    }
    said
}

/// What the arguments make of the version, with its number.
fn stamp(args: &Args, sources: &Sources) -> Result<Stamp, Failure> {
    let status = args.status;
    if args.sent_out && (status == Status::Working || !status.is_draft()) {
        let message = format!("what is `{status}` is not sent out for others to speak on");
        let hint = "give the status first_draft, draft, consultation or proposed";
        return Err(Failure::new(message).hint(hint));
    }
    // What is wrong with the sources is said when they are built.
    let strategy = load::load(sources, &mut Sink::default());
    let releases = strategy.as_ref().map_or(&[][..], |s| &s.releases);
    let last = releases.last().map(|release| release.number);
    let next = Number::after(last, status);
    let chosen = strategy.as_ref().and_then(|s| s.version.chosen.as_ref());
    let number = match chosen.map(|chosen| (chosen, Number::parse(chosen))) {
        Some((chosen, Some(number))) if Some(number) <= last => {
            let what = match releases.iter().any(|release| release.number == number) {
                true => "is frozen already",
                false => "comes before versions that are frozen",
            };
            return Err(
                Failure::new(format!("version {} {what}", chosen.value)).hint(format!(
                    "take `number` out of strategy.toml, or write one from {next} on"
                )),
            );
        }
        Some((chosen, Some(number))) if !number.may_follow(last) => {
            let message = format!("version {} does not follow what is frozen", chosen.value);
            let hint = format!("take `number` out of strategy.toml: the next version is {next}");
            return Err(Failure::new(message).hint(hint));
        }
        Some((_, Some(number))) => number,
        _ if Some(next) == last => {
            let message = format!("version {next} is frozen already, and no number follows it");
            let hint = format!("write `number = \"{}.0\"` in strategy.toml", next.major + 1);
            return Err(Failure::new(message).hint(hint));
        }
        _ => next,
    };
    let said = args.by.clone().zip(args.reason.clone());
    let round = args.new_round.zip(said);
    Ok(Stamp {
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

/// Sees that the versions before are as they were frozen.
fn built_upon(dir: &Path, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let ledger = Ledger::read(dir, streams)?;
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

/// Sees that what is about to be frozen can be read and proved again.
fn proven(
    number: Number,
    files: &[(String, Vec<u8>)],
    before: Option<&Release>,
) -> Result<(), Failure> {
    let kept = files
        .iter()
        .map(|(path, bytes)| (path.clone(), Kept::File(bytes.clone())));
    let kept: Files = kept.collect();
    let manifest = files.iter().find(|(path, _)| path == MANIFEST);
    let text = manifest.and_then(|(_, bytes)| String::from_utf8(bytes.clone()).ok());
    let path = format!("{VERSIONS}/{number}/{MANIFEST}");
    let text = text.unwrap_or_default();
    let alone = Sources::from_texts([(path.as_str(), text.as_str())]);
    let read = load::releases(&alone, &mut Sink::default()).pop();
    let faults = version::prove(&number.to_string(), &kept, read.as_ref(), before);
    match faults.first() {
        None => Ok(()),
        Some(fault) => {
            let message =
                format!("version {number} could not be proved once it is frozen: {fault}");
            Err(Failure::new(message).hint(render::REPORT))
        }
    }
}

/// The files of the version; none if it could not be built.
fn files(compiled: &Compiled, sources: &Sources) -> Option<Vec<(String, Vec<u8>)>> {
    let outputs = compiled.outputs.as_ref()?;
    let strategy = compiled.strategy.as_ref()?;
    let outputs = outputs.iter();
    let outputs = outputs.map(|output| (output.name.as_str(), output.bytes.as_slice()));
    let outputs: Vec<_> = outputs.collect();
    Some(version::freeze(strategy, sources, &outputs))
}
