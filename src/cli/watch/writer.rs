//! Writing the outputs of good builds to their folder, beside the preview.
//!
//! A build is brought to the disk before it takes the place of the former one, which may take
//! longer than the build. The browser does not wait for it, nor does the next build; when several
//! are waiting, only the last is written.

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

/// A good build, on its way to the disk.
pub(super) struct WriteJob {
    pub(super) made: Vec<ServedFile>,
    pub(super) compiled: Compiled,
    pub(super) sources: Sources,
}

/// Writes builds in a thread of its own.
pub(super) struct OutputWriter(Sender<WriteJob>);

impl OutputWriter {
    /// Starts to write into a folder, and tells how it went.
    pub(super) fn start(folder: PathBuf, audience: Audience, told: Sender<Event>) -> Self {
        let (sender, jobs) = channel();
        thread::spawn(move || {
            while let Some(job) = newest(&jobs) {
                let made = job.made.iter();
                let made = made.map(|file| FileToWrite::new(&file.name, &file.bytes));
                let made: Vec<_> = made.collect();
                let stored = store(&folder, &made, &job.compiled, &job.sources, audience);
                // When nobody hears it, it is written all the same.
                let stored = stored.map(drop).map_err(|no| not_written(&folder, no));
                let _ = told.send(Event::Stored(stored));
            }
        });
        Self(sender)
    }

    /// Writes a build, unless another one comes before its turn.
    pub(super) fn write(&self, job: WriteJob) {
        self.0
            .send(job)
            .expect("the thread waits as long as this is there");
    }
}

/// The next job, or the one that makes it needless; `None` when no more can come.
fn newest(jobs: &Receiver<WriteJob>) -> Option<WriteJob> {
    let first = jobs.recv().ok()?;
    Some(jobs.try_iter().last().unwrap_or(first))
}
