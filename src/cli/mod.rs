//! The command line: arguments in, exit status out.
//!
//! [`run`] is the entry point. Each command has a file with its arguments, whose doc comments are
//! its help, and a `run`. No other module prints or reads the environment. Outputs and versions are
//! written by [`archive`](crate::archive); `new` unpacks its starter itself.
//!
//! A new command is listed in three places of this file: as a module, in `Command` and in [`run`].

mod build;
mod check;
mod clock;
mod diff;
mod explain;
mod format;
mod identify;
mod new;
mod output_file;
mod outputs;
mod progress;
mod reference;
mod release;
mod schema;
mod sources;
mod status;
mod streams;
mod tree;
mod verify;
mod versions;
mod watch;

pub use streams::Streams;

use crate::diag::{Diagnostic, Severity};
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::fmt;
use std::process::ExitCode;

/// Compile a strategy, written in Markdown and TOML, into a page and a PDF
#[derive(Debug, Parser)]
#[command(name = "utkast", version, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 success, 1 the document has errors, 2 the command could not run.

Example:
  utkast new strategy --language nb
  utkast build strategy -o out"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Check(check::Args),
    Diff(diff::Args),
    Explain(explain::Args),
    Identify(identify::Args),
    New(new::Args),
    Release(release::Args),
    Schema(schema::Args),
    Status(status::Args),
    Tree(tree::Args),
    Verify(verify::Args),
    Versions(versions::Args),
    Watch(watch::Args),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// Success.
    Done,
    /// The command ran, but the document has errors.
    Errors,
    /// `diff` found changes.
    Changed,
    /// The command could not run.
    Failed,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(match status {
            ExitStatus::Done => 0,
            ExitStatus::Errors | ExitStatus::Changed => 1,
            ExitStatus::Failed => 2,
        })
    }
}

/// Why a command could not run, and what to do about it.
#[derive(Debug)]
struct Failure {
    message: String,
    hint: Option<String>,
}

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
        }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.message)?;
        match &self.hint {
            Some(hint) => writeln!(f, "  = hint: {hint}"),
            None => Ok(()),
        }
    }
}

/// Runs the command that the arguments name; the first of them is the name of the program.
pub fn run(args: impl IntoIterator<Item = OsString>, streams: &mut Streams<'_>) -> ExitStatus {
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(said) => return streams.usage(&said),
    };
    let ended = match arguments.command {
        Command::Build(args) => build::run(&args, streams),
        Command::Check(args) => check::run(&args, streams),
        Command::Diff(args) => diff::run(&args, streams),
        Command::Explain(args) => explain::run(&args, streams),
        Command::Identify(args) => identify::run(&args, streams),
        Command::New(args) => new::run(&args, streams),
        Command::Release(args) => release::run(&args, streams),
        Command::Schema(args) => schema::run(&args, streams),
        Command::Status(args) => status::run(&args, streams),
        Command::Tree(args) => tree::run(&args, streams),
        Command::Verify(args) => verify::run(&args, streams),
        Command::Versions(args) => versions::run(&args, streams),
        Command::Watch(args) => watch::run(&args, streams),
    };
    ended.unwrap_or_else(|failure| {
        streams.say(&failure.to_string());
        ExitStatus::Failed
    })
}

/// `2 errors and 1 warning`, or `no errors`.
fn count(diagnostics: &[Diagnostic]) -> String {
    let number = |severity| {
        diagnostics
            .iter()
            .filter(|d| d.severity() == severity)
            .count()
    };
    count_of(number(Severity::Error), number(Severity::Warning))
}

/// The same, from two numbers.
fn count_of(errors: usize, warnings: usize) -> String {
    let named = |n: usize, word| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    match (errors, warnings) {
        (0, 0) => "no errors and no warnings".to_owned(),
        (0, _) => named(warnings, "warning"),
        (_, 0) => named(errors, "error"),
        _ => format!(
            "{} and {}",
            named(errors, "error"),
            named(warnings, "warning")
        ),
    }
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    let mut all = diagnostics.iter();
    all.any(|d| d.severity() == Severity::Error)
}
