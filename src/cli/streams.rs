//! Standard output for results, standard error for everything else.

use super::{ExitStatus, Failure};
use std::io::{self, ErrorKind, IsTerminal, Write};

/// The two streams of a command, and whether they are coloured. Tests use their own.
pub struct Streams<'a> {
    /// For results.
    pub out: Box<dyn Write + 'a>,
    /// For diagnostics and status lines.
    pub err: Box<dyn Write + 'a>,
    /// Whether results may be coloured.
    pub out_colour: bool,
    /// Whether diagnostics may be coloured.
    pub err_colour: bool,
    /// Whether `err` is a terminal, so that progress can be shown.
    pub watched: bool,
}

impl Streams<'_> {
    /// The streams of this process, coloured on a terminal unless `NO_COLOR` is set.
    pub fn of_process() -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let colour = |terminal: bool| terminal && !plain && !dumb;
        let watched = io::stderr().is_terminal();
        Self {
            out: Box::new(io::stdout()),
            err: Box::new(io::stderr()),
            out_colour: colour(io::stdout().is_terminal()),
            err_colour: colour(watched),
            watched: watched && !dumb,
        }
    }

    /// Writes a result. A closed pipe is not an error.
    pub(super) fn result(&mut self, text: &str) -> Result<(), Failure> {
        let written = self.out.write_all(text.as_bytes());
        match written.and_then(|()| self.out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::new(format!("cannot write the result: {error}")))
            }
            _ => Ok(()),
        }
    }

    /// Writes diagnostics or a status line. Failures are ignored: there is nowhere to report them.
    pub(super) fn say(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes());
        let _ = self.err.flush();
    }

    /// Prints help, the version, or an error in the arguments.
    pub(super) fn usage(&mut self, said: &clap::Error) -> ExitStatus {
        let text = |colour| match colour {
            true => said.render().ansi().to_string(),
            false => said.render().to_string(),
        };
        if said.use_stderr() {
            self.say(&text(self.err_colour));
            return ExitStatus::Failed;
        }
        match self.result(&text(self.out_colour)) {
            Ok(()) => ExitStatus::Done,
            Err(_) => ExitStatus::Failed,
        }
    }
}
