//! Writes the outputs of good builds to their folder, in a thread of its own.
//!
//! Writing with `fsync` can take longer than the build, so neither the browser nor the next build
//! waits for it. If several builds are waiting, only the last one is written.

use super::changes::Event;
use super::site::ServedFile;
use crate::archive::{FileToWrite, store};
use crate::cli::outputs::not_written;
use crate::compile::Compiled;
use crate::files::Sources;
use crate::model::Audience;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// A good build to write.
pub(super) struct WriteJob {
    pub(super) made: Vec<ServedFile>,
    pub(super) compiled: Compiled,
    pub(super) sources: Sources,
}

/// Writes builds in a thread of its own.
pub(super) struct OutputWriter(Sender<WriteJob>);

impl OutputWriter {
    /// Starts the thread. It writes into a folder and reports each result.
    pub(super) fn start(folder: PathBuf, audience: Audience, told: Sender<Event>) -> Self {
        let (sender, jobs) = channel();
        thread::spawn(move || {
            while let Some(job) = newest(&jobs) {
                let made = job.made.iter();
                let made = made.map(|file| FileToWrite::new(&file.name, &file.bytes));
                let made: Vec<_> = made.collect();
                let stored = store(&folder, &made, &job.compiled, &job.sources, audience);
                // Sending fails only when the preview has ended; the build is written anyway.
                let stored = stored.map(drop).map_err(|no| not_written(&folder, no));
                let _ = told.send(Event::Stored(stored));
            }
        });
        Self(sender)
    }

    /// Queues a build. A later build replaces it if it is still waiting.
    pub(super) fn write(&self, job: WriteJob) {
        self.0
            .send(job)
            .expect("the thread waits as long as this is there");
    }
}

/// The last of the waiting jobs; `None` when the preview has ended.
fn newest(jobs: &Receiver<WriteJob>) -> Option<WriteJob> {
    let first = jobs.recv().ok()?;
    Some(jobs.try_iter().last().unwrap_or(first))
}
