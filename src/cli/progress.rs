//! A progress line on a terminal.

use crate::compile::Stage;
use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The frames of the spinner.
const FRAMES: [char; 8] = ['⠁', '⠂', '⠄', '⡀', '⢀', '⠠', '⠐', '⠈'];
/// How long each frame is shown.
const FRAME: Duration = Duration::from_millis(100);

/// The line. Dropping it clears the line.
pub(super) struct Progress(Option<(Sender<&'static str>, JoinHandle<()>)>);

impl Progress {
    /// A line on a terminal, or none.
    pub(super) fn new(watched: bool) -> Self {
        let line = || {
            let (sender, messages) = mpsc::channel();
            let thread = thread::Builder::new();
            let thread = thread.spawn(move || {
                // Progress is lost if the terminal is closed.
                let _ = draw(&messages, &mut io::stderr());
            });
            // Without a thread, no line is shown.
            Some((sender, thread.ok()?))
        };
        Self(watched.then(line).flatten())
    }

    /// Shows that a stage has begun.
    pub(super) fn show(&self, stage: Stage) {
        if let Self(Some((sender, _))) = self {
            let _ = sender.send(match stage {
                Stage::Load => "Reading the sources.",
                Stage::Check => "Checking the content.",
                Stage::Render => "Filling the templates.",
                Stage::Html => "Writing the page.",
                Stage::Layout => "Laying out the pages.",
                Stage::Pdf => "Writing the PDF.",
            });
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.0.take() {
            drop(sender);
            let _ = thread.join();
        }
    }
}

/// Draws the last message with a spinner until the sender is dropped, then clears the line. The line is
/// overwritten with spaces, because not every terminal knows a control sequence for it.
fn draw(messages: &Receiver<&str>, out: &mut impl Write) -> io::Result<()> {
    let mut message = "";
    let mut width = 0;
    for frame in FRAMES.iter().cycle() {
        match messages.recv_timeout(FRAME) {
            Ok(next) => message = next,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        let line = format!("{frame} {message}");
        write!(out, "\r{line:width$}")?;
        out.flush()?;
        width = line.chars().count();
    }
    write!(out, "\r{:width$}\r", "")?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_covers_the_one_before_it_and_is_gone_in_the_end() {
        let (sender, messages) = mpsc::channel();
        for message in ["Reading.", "Set."] {
            sender.send(message).expect("it is heard");
        }
        drop(sender);
        let mut out = Vec::new();
        draw(&messages, &mut out).expect("there is room");
        let out = String::from_utf8(out).expect("it is text");
        assert_eq!(out, "\r⠁ Reading.\r⠂ Set.    \r      \r");
    }
}
