//! `utkast check`: reports diagnostics and writes no outputs.

use super::build::AudienceArg;
use super::progress::Progress;
use super::reference::VersionReference;
use super::{ExitStatus, Failure, Streams, build, count, has_errors};
use crate::compile::{self, Build, Target};
use crate::diag::{self, Format};
use crate::model::Status;
use clap::ValueEnum;
use std::path::PathBuf;

/// Check a strategy and report what is wrong
///
/// Reports the same diagnostics as `utkast build`, without writing outputs. The report goes to
/// standard output, a summary to standard error. With `--of`, paths are those of that version:
/// DIR/versions/NUMBER/sources, or `git:REV:path` for a revision.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast check strategy --format sarif --deny warnings > report.sarif")]
pub(super) struct Args {
    /// Folder of the strategy
    #[arg(default_value = "strategy")]
    dir: PathBuf,
    /// Format of the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
    /// Audience of the build to check
    #[arg(long, value_enum, default_value_t = AudienceArg::Public)]
    audience: AudienceArg,
    /// Also return exit status 1 for these
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Check as if the version had this status, with its requirements
    #[arg(long = "as", value_name = "STATUS", value_parser = build::status_words())]
    status: Option<Status>,
    /// Check this version instead of the current sources: a number, a folder, or `git:REV`
    #[arg(long, value_name = "VERSION", conflicts_with = "status")]
    of: Option<VersionReference>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ReportFormat {
    /// Text with source lines
    Text,
    /// JSON, a list of objects
    Json,
    /// SARIF 2.1.0, for code hosts
    Sarif,
    /// GitHub workflow commands, shown as annotations on a pull request
    Github,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Deny {
    /// Treat warnings as errors
    Warnings,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let (sources, state) = build::edition(&args.dir, args.of.as_ref(), args.status, streams)?;
    let progress = Progress::new(streams.watched);
    // The outputs are built, because building them reports diagnostics, too; then they are dropped.
    let build = Build {
        state,
        audience: args.audience.into(),
        targets: Target::frozen().collect(),
        ..Build::default()
    };
    let compiled = compile::compile(&sources, &build, &mut |stage| progress.show(stage));
    drop(progress);

    let format = match args.format {
        ReportFormat::Text => Format::Text,
        ReportFormat::Json => Format::Json,
        ReportFormat::Sarif => Format::Sarif,
        ReportFormat::Github => Format::Github,
    };
    let rules = compile::rules();
    let said = &compiled.diagnostics;
    let report = diag::render(said, &sources, &rules, format, streams.out_colour);
    streams.result(&report)?;
    streams.say(&format!(
        "Checked {}: {}.\n",
        args.dir.display(),
        count(said)
    ));
    let denied = args.deny.is_some() && !said.is_empty();
    Ok(match has_errors(said) || denied {
        true => ExitStatus::Errors,
        false => ExitStatus::Done,
    })
}
