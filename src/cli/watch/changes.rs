//! Hearing of changes: what the system tells of a folder, in portions that are worth a build.
//!
//! [`Changes::wait`] is the entry point. Which file changed does not matter, since a build reads
//! them all and compares them; so an event is no more than «look again», and editors may write,
//! rename and remove as they like. The folder itself may vanish, be moved, or be another one under
//! the same name: that is looked up at every event and every second, as the system tells it only in part.

use crate::cli::Failure;
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, RecommendedWatcher, RecursiveMode, Watcher};
use same_file::Handle;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// A save is over when nothing has happened for so long: editors that empty a file before they
/// fill it, or write beside it and rename, take less.
const QUIET: Duration = Duration::from_millis(5);
/// Saves without a pause are built so often.
const LONGEST: Duration = Duration::from_millis(250);
/// How long after a change the sources are looked at once more, unasked: of a folder that is new,
/// systems tell before they begin to tell of what is in it.
const AFTERWARDS: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(1)];
/// How often the folder itself is looked up while all is well.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// How often it is looked up while it is away.
const AWAY: Duration = Duration::from_millis(50);

/// What the preview hears.
#[derive(Debug)]
pub(super) enum Event {
    /// The folder may hold something else than before.
    Changed,
    /// Outputs were written, or could not be.
    Stored(Result<(), Failure>),
}

/// The changes of a folder.
pub(super) struct Changes {
    folder: PathBuf,
    watched: Watched,
    events: Receiver<Event>,
    sender: Sender<Event>,
    /// What came while a save was going on, and is no change.
    aside: VecDeque<Event>,
    /// How many of the looks afterwards have been taken.
    looks: usize,
}

enum Watched {
    /// The system tells of changes in this folder. The handle keeps its identity from being used
    /// again for another one.
    Yes(
        Handle,
        #[expect(dead_code, reason = "it works until it is dropped")] RecommendedWatcher,
    ),
    /// There is no folder.
    Away,
    /// The system does not tell; a network drive, or too many watchers.
    Deaf(String),
}

impl Changes {
    /// Those from now on.
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

    /// Where other parts of the preview tell what they have done.
    pub(super) fn sender(&self) -> Sender<Event> {
        self.sender.clone()
    }

    /// Why the system does not tell of changes, if it does not: then they are looked for.
    pub(super) fn deaf(&self) -> Option<&str> {
        match &self.watched {
            Watched::Deaf(reason) => Some(reason),
            _ => None,
        }
    }

    /// The next event; `None` if there is none within `most`. A change is told when it is over, and
    /// again afterwards to those who have the time.
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

    /// Looks the folder up, and watches it if it is not the one that is watched. Says whether it
    /// must be read without a word from the system.
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
                // The former watcher goes first: it counts against the limit of the system.
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
        // When nobody hears it, the preview has ended.
        let _ = sender.send(Event::Changed);
    };
    let mut watcher = RecommendedWatcher::new(tell, config)?;
    watcher.watch(&folder, RecursiveMode::Recursive)?;
    Ok(watcher)
}

/// Whether an event tells of somebody who reads, as every build does.
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
