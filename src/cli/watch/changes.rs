//! Watches a folder, and groups the events of the file system into one event per save.
//!
//! [`Changes::wait`] is the entry point. Which file changed does not matter, because a build reads and
//! compares all files; an event only says «read again». The folder itself can vanish, be moved, or be
//! replaced by another one of the same name. The system reports this only in part, so the folder is
//! looked up at every event and every second.

use crate::cli::Failure;
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, RecommendedWatcher, RecursiveMode, Watcher};
use same_file::Handle;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// A save ends when nothing has happened for this long. Editors that write a file in several steps
/// take less.
const QUIET: Duration = Duration::from_millis(5);
/// The interval between builds while saves come without a pause.
const LONGEST: Duration = Duration::from_millis(250);
/// How long after a change the sources are read once more. Systems report a new folder before they
/// begin to watch it.
const AFTERWARDS: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(1)];
/// How often the folder itself is looked up.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// How often the folder is looked up while it is missing.
const AWAY: Duration = Duration::from_millis(50);

/// An event of the preview.
#[derive(Debug)]
pub(super) enum Event {
    /// The content of the folder may have changed.
    Changed,
    /// Outputs were written, or writing them failed.
    Stored(Result<(), Failure>),
}

/// The changes of a folder.
pub(super) struct Changes {
    folder: PathBuf,
    watched: Watched,
    events: Receiver<Event>,
    sender: Sender<Event>,
    /// Other events that came during a save.
    aside: VecDeque<Event>,
    /// How many of the later reads are done.
    looks: usize,
}

enum Watched {
    /// The system reports changes in this folder. The open handle prevents that the system gives its
    /// identity to another folder.
    Yes(
        Handle,
        #[expect(dead_code, reason = "it works until it is dropped")] RecommendedWatcher,
    ),
    /// There is no folder.
    Away,
    /// The system does not report changes: a network drive, or too many watchers.
    Deaf(String),
}

impl Changes {
    /// The changes from now on.
    pub(super) fn of(folder: &Path) -> Self {
        let (sender, events) = channel();
        let mut changes = Self {
            folder: folder.into(),
            watched: Watched::Away,
            events,
            sender,
            aside: VecDeque::new(),
            looks: 0,
        };
        changes.look_up();
        changes
    }

    /// The sender with which other parts of the preview report.
    pub(super) fn sender(&self) -> Sender<Event> {
        self.sender.clone()
    }

    /// Why the system does not report changes, if so; then the folder is polled.
    pub(super) fn deaf(&self) -> Option<&str> {
        match &self.watched {
            Watched::Deaf(reason) => Some(reason),
            _ => None,
        }
    }

    /// The next event; `None` if there is none within `most`. A change is reported when it ends, and
    /// once more some time later.
    pub(super) fn wait(&mut self, most: Option<Duration>) -> Option<Event> {
        let start = Instant::now();
        loop {
            if let Some(event) = self.aside.pop_front() {
                return Some(event);
            }
            let afterwards = AFTERWARDS.get(self.looks).filter(|_| most.is_none());
            let left = most.map(|most| most.saturating_sub(start.elapsed()));
            let step = self.step(left.or(afterwards.copied()));
            match self.events.recv_timeout(step) {
                Ok(Event::Changed) => {
                    self.settle();
                    self.look_up();
                    self.looks = 0;
                    return Some(Event::Changed);
                }
                Ok(other) => return Some(other),
                Err(_) if self.look_up() => {
                    self.looks = 0;
                    return Some(Event::Changed);
                }
                Err(_) if afterwards.is_some() => {
                    self.looks += 1;
                    return Some(Event::Changed);
                }
                Err(_) if left.is_some_and(|left| left.is_zero()) => return None,
                Err(_) => {}
            }
        }
    }

    fn step(&self, left: Option<Duration>) -> Duration {
        let step = match self.watched {
            Watched::Away => AWAY,
            Watched::Yes(..) | Watched::Deaf(_) => HEARTBEAT,
        };
        left.map_or(step, |left| left.min(step))
    }

    /// Waits until a save is over.
    fn settle(&mut self) {
        let start = Instant::now();
        while start.elapsed() < LONGEST {
            match self.events.recv_timeout(QUIET) {
                Ok(Event::Changed) => {}
                Ok(other) => self.aside.push_back(other),
                Err(_) => return,
            }
        }
    }

    /// Looks up the folder, and watches it if it is not watched yet. Returns whether it must be read
    /// without an event.
    fn look_up(&mut self) -> bool {
        let now = Handle::from_path(&self.folder).ok();
        match (&self.watched, now) {
            (Watched::Yes(handle, _), Some(now)) if *handle == now => false,
            (Watched::Away, None) => false,
            (_, None) => {
                self.watched = Watched::Away;
                true
            }
            (_, Some(now)) => {
                // Drop the old watcher first: it counts against the limit of the system.
                self.watched = Watched::Away;
                self.watched = match watch(&self.folder, self.sender.clone()) {
                    Ok(watcher) => Watched::Yes(now, watcher),
                    Err(error) => Watched::Deaf(error.to_string()),
                };
                true
            }
        }
    }
}

fn watch(folder: &Path, sender: Sender<Event>) -> notify::Result<RecommendedWatcher> {
    // Links inside the folder are not read; the folder itself may be one.
    let folder = folder.canonicalize()?;
    let config = Config::default().with_follow_symlinks(false);
    let tell = move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| is_reading(event.kind)) {
            return;
        }
        // Sending fails only when the preview has ended.
        let _ = sender.send(Event::Changed);
    };
    let mut watcher = RecommendedWatcher::new(tell, config)?;
    watcher.watch(&folder, RecursiveMode::Recursive)?;
    Ok(watcher)
}

/// Whether an event only reports reading, which every build does.
fn is_reading(kind: EventKind) -> bool {
    let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
    matches!(kind, EventKind::Access(_)) && kind != written
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// Long enough for any machine; tests end sooner.
    const SOME_TIME: Option<Duration> = Some(Duration::from_secs(20));

    fn folder() -> tempfile::TempDir {
        let room = tempfile::tempdir().expect("there is room");
        fs::create_dir(room.path().join("a")).expect("it can be made");
        fs::write(room.path().join("a/b.md"), "ord").expect("there is room");
        room
    }

    #[test]
    fn a_save_is_told_once_and_reading_never() {
        let room = folder();
        let file = room.path().join("a/b.md");
        let mut changes = Changes::of(&room.path().join("a"));
        let short = Some(Duration::from_millis(100));
        fs::read(&file).expect("it is there");
        assert!(changes.wait(short).is_none(), "it was only read");
        fs::write(room.path().join("a/c"), "nytt").expect("there is room");
        fs::rename(room.path().join("a/c"), &file).expect("it takes its place");
        assert!(matches!(changes.wait(SOME_TIME), Some(Event::Changed)));
        assert!(changes.wait(short).is_none(), "it is over");
    }

    #[test]
    fn another_folder_under_the_same_name_is_watched_in_its_place() {
        let room = folder();
        let (here, there) = (room.path().join("a"), room.path().join("z"));
        let mut changes = Changes::of(&here);
        fs::rename(&here, &there).expect("it can be moved");
        fs::create_dir(&here).expect("it can be made");
        assert!(matches!(changes.wait(SOME_TIME), Some(Event::Changed)));
        while changes.wait(Some(Duration::from_millis(100))).is_some() {}
        fs::create_dir(here.join("new")).expect("it can be made");
        assert!(matches!(changes.wait(SOME_TIME), Some(Event::Changed)));
    }

    #[test]
    fn what_is_no_change_waits_until_the_save_is_over() {
        let room = folder();
        let mut changes = Changes::of(&room.path().join("a"));
        let sender = changes.sender();
        for event in [Event::Changed, Event::Stored(Ok(())), Event::Changed] {
            sender.send(event).expect("it is heard");
        }
        assert!(matches!(changes.wait(SOME_TIME), Some(Event::Changed)));
        assert!(matches!(
            changes.wait(SOME_TIME),
            Some(Event::Stored(Ok(())))
        ));
    }
}
