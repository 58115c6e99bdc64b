//! `utkast status`: the state of the process, and the open requirements of the next stage.
//!
//! `Report` holds the result; `text`, `json` and `calendar` write it.
//! [`standing`](crate::model::standing()) computes the state of the process.

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

/// Show the state of the process and what is due
///
/// Shows the version and status of the document, the steps of `process.toml` that are under way, due
/// and overdue, and the open requirements of the next stage. `--format ics` writes the plan as a
/// public calendar with an event for each step.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast status strategy --format ics > plan.ics")]
pub(super) struct Args {
    /// Folder of the strategy
    #[arg(default_value = "strategy")]
    dir: PathBuf,
    /// Date to report for; by default today, or the date of SOURCE_DATE_EPOCH
    #[arg(long, value_name = "DATE", value_parser = clock::day)]
    today: Option<civil::Date>,
    /// Format of the report
    #[arg(long, value_enum, default_value_t = StatusFormat::Text)]
    format: StatusFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum StatusFormat {
    /// Text
    Text,
    /// JSON, one object
    Json,
    /// Calendar (iCalendar, RFC 5545)
    Ics,
}

/// The content of the report.
struct Report<'a> {
    strategy: &'a Strategy,
    standing: Standing<'a>,
    /// The open requirements, by rule.
    debts: Vec<RuleBreaches>,
    /// How many errors the sources have.
    errors: usize,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let day = args.today.map_or_else(clock::today, Ok)?;
    let week = Week::of(day).expect("days are of years that have weeks");
    let sources = sources::open(&args.dir, streams)?;
    let progress = Progress::new(streams.watched);
    // Without targets, the sources are loaded and checked, and no output is made.
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
            "The sources have {count}, so the report is incomplete.\n  = hint: run `utkast check {dir}`\n"
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
        let failure = Failure::new("no step of the plan has weeks, so the calendar would be empty");
        return Err(failure.hint("add `weeks` to the steps in `process.toml`"));
    }
    streams.result(&calendar.text)?;
    if !calendar.left_out.is_empty() {
        let names = calendar.left_out.join(", ");
        streams.say(&format!("Left out, because they have no weeks: {names}.\n"));
    }
    Ok(())
}
