//! `utkast status`: where the process is, and what stands before the next stage.
//!
//! `Report` is what is told; `text`, `json` and `calendar` tell it to people, machines and
//! calendars. Where the process is, [`standing`](crate::model::standing()) works out.

mod breaches;
mod calendar;
mod json;
mod text;

use super::progress::Progress;
use super::{ExitStatus, Failure, Streams, clock, count_of, sources};
use crate::compile::{self, Build};
use crate::diag::Severity;
use crate::files::Sources;
use crate::model::{Standing, Strategy, Week, standing};
use breaches::RuleBreaches;
use clap::ValueEnum;
use jiff::civil;
use std::path::PathBuf;

/// Tell where the process is and what is due
///
/// Shows what the document is now, what is under way, due and overdue by `process.toml`, and what
/// still stands between the document and its next stage. `--format ics` writes the plan as a
/// calendar with an event for each step, which may be handed out.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast status strategy --format ics > plan.ics")]
pub(super) struct Args {
    /// Folder of the strategy
    #[arg(default_value = "strategy")]
    dir: PathBuf,
    /// The day to tell it for, if not the day of the clock (or of SOURCE_DATE_EPOCH)
    #[arg(long, value_name = "DATE", value_parser = clock::day)]
    today: Option<civil::Date>,
    /// How to tell it
    #[arg(long, value_enum, default_value_t = StatusFormat::Text)]
    format: StatusFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum StatusFormat {
    /// For people
    Text,
    /// One object
    Json,
    /// A calendar (RFC 5545)
    Ics,
}

/// What is to be told.
struct Report<'a> {
    strategy: &'a Strategy,
    standing: Standing<'a>,
    /// What still has to be done, by rule.
    debts: Vec<RuleBreaches>,
    /// How many errors the sources have.
    errors: usize,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let day = args.today.map_or_else(clock::today, Ok)?;
    let week = Week::of(day).expect("days are of years that have weeks");
    let sources = sources::open(&args.dir, streams)?;
    let progress = Progress::new(streams.watched);
    // Loaded and checked, and no output made.
    let build = Build::default();
    let compiled = compile::compile(&sources, &build, &mut |stage| progress.show(stage));
    drop(progress);

    let of = |severity| {
        let said = compiled.diagnostics.iter();
        said.filter(move |said| said.severity() == severity)
    };
    let errors = of(Severity::Error).count();
    let status = match errors {
        0 => ExitStatus::Done,
        _ => ExitStatus::Errors,
    };
    if errors > 0 {
        let (count, dir) = (count_of(errors, 0), args.dir.display());
        streams.say(&format!(
            "The sources have {count}, so not all can be told.\n  = hint: run `utkast check {dir}`\n"
        ));
    }
    let Some(strategy) = &compiled.strategy else {
        return Ok(status);
    };
    let standing = standing(strategy, day, week);
    let next = standing.next.map(|next| next.status);
    let report = Report {
        strategy,
        standing,
        debts: breaches::before(next, &compiled, strategy, &sources),
        errors,
    };
    match args.format {
        StatusFormat::Text => streams.result(&text::render(&report))?,
        StatusFormat::Json => streams.result(&json::render(&report))?,
        StatusFormat::Ics if errors > 0 => {
            streams.say("No calendar was written.\n");
        }
        StatusFormat::Ics => write_calendar(strategy, &sources, streams)?,
    }
    Ok(status)
}

fn write_calendar(
    strategy: &Strategy,
    sources: &Sources,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let calendar = calendar::render(strategy, sources)?;
    // A calendar has at least one event (RFC 5545, 3.6).
    if !calendar.text.contains("BEGIN:VEVENT") {
        let failure = Failure::new("no step of the plan has weeks, and a calendar has events");
        return Err(failure.hint("give the steps of `process.toml` their `weeks`"));
    }
    streams.result(&calendar.text)?;
    if !calendar.left_out.is_empty() {
        let names = calendar.left_out.join(", ");
        streams.say(&format!("Left out, since they have no weeks: {names}.\n"));
    }
    Ok(())
}
