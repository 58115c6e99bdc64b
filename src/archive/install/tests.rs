//! A release that is broken off anywhere leaves the versions as they were, or with the new one.

use super::super::{LocalDisk, LockError};
use super::*;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;

/// What happens at the step that is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Break {
    /// The process ends: a file that was being written stays half, and nothing comes after.
    Killed,
    /// The system refuses this one step.
    Refused,
}

/// A disk on which the step number `at` is not done.
struct FaultyDisk {
    at: usize,
    how: Break,
    done: Cell<usize>,
}

impl FaultyDisk {
    fn new(at: usize, how: Break) -> Self {
        let done = Cell::new(0);
        Self { at, how, done }
    }

    /// Counts a step; an error if it is not to be done.
    fn step(&self) -> io::Result<()> {
        let now = self.done.replace(self.done.get() + 1);
        let broken = match self.how {
            Break::Killed => now >= self.at,
            Break::Refused => now == self.at,
        };
        match broken {
            true => Err(io::Error::new(io::ErrorKind::StorageFull, "no room")),
            false => Ok(()),
        }
    }
}

impl Disk for FaultyDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        LocalDisk.create_folder(path)
    }

    /// A file is made, written in halves, and brought to the disk: four steps.
    fn create_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let (first, second) = bytes.split_at(bytes.len() / 2);
        self.step()?;
        fs::write(path, [])?;
        self.step()?;
        fs::write(path, first)?;
        self.step()?;
        fs::write(path, [first, second].concat())?;
        self.step()
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        LocalDisk.sync_folder(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        LocalDisk.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        LocalDisk.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        LocalDisk.remove_folder(path)
    }
}

/// Every file below a folder with its bytes, and every folder.
fn state(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("it can be read").path();
            let bytes = fs::read(&path).ok();
            if bytes.is_none() {
                folders.push(path.clone());
            }
            found.insert(path, bytes);
        }
    }
    found
}

fn files(text: &str) -> Vec<(String, Vec<u8>)> {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    vec![
        file("sources/strategy.toml", text),
        file("sources/workshop/inputs/1.toml", text),
        file("strategy.html", "side"),
        file("manifest.toml", text),
    ]
}

/// Sees what is there after a break at any step, and after the next command has mended it.
fn broken_anywhere(how: Break, versions_before: &[&str]) {
    let number = format!("0.{}", versions_before.len() + 1);
    for at in 0.. {
        let folder = tempfile::tempdir().expect("there is room");
        let dir = folder.path();
        for number in versions_before {
            install(&LocalDisk, dir, number, &files(number)).expect("there is room");
        }
        let old = state(dir);
        let disk = FaultyDisk::new(at, how);
        let placed = install(&disk, dir, &number, &files("ny"));
        if how == Break::Refused {
            assert!(leftovers(dir).is_empty() || placed.is_err(), "step {at}");
        }
        let lock = Lock::take(dir).expect("nobody else has it");
        clear(&LocalDisk, dir, &lock).expect("nothing is in the way");
        drop(lock);
        let now = state(dir);
        let new = {
            let other = tempfile::tempdir().expect("there is room");
            for number in versions_before {
                install(&LocalDisk, other.path(), number, &files(number)).expect("there is room");
            }
            install(&LocalDisk, other.path(), &number, &files("ny")).expect("there is room");
            let relative = |(path, bytes): (PathBuf, _)| {
                let path = path.strip_prefix(other.path()).expect("it lies there");
                (dir.join(path), bytes)
            };
            state(other.path()).into_iter().map(relative).collect()
        };
        // What is said and what is there are one and the same.
        match placed {
            Ok(()) => assert_eq!(now, new, "{how:?} at step {at}"),
            Err(_) => assert_eq!(now, old, "{how:?} at step {at}"),
        }
        if disk.done.get() <= at {
            assert!(at > 15, "there are many steps: {at}");
            return;
        }
    }
}

#[test]
fn killed_at_any_step_a_release_leaves_the_old_or_the_new() {
    broken_anywhere(Break::Killed, &[]);
    broken_anywhere(Break::Killed, &["0.1"]);
}

#[test]
fn refused_any_step_a_release_leaves_the_old_or_the_new() {
    broken_anywhere(Break::Refused, &[]);
    broken_anywhere(Break::Refused, &["0.1"]);
}

#[test]
fn mending_that_is_broken_off_itself_is_done_by_the_next() {
    for at in 0.. {
        let folder = tempfile::tempdir().expect("there is room");
        let dir = folder.path();
        install(&LocalDisk, dir, "0.1", &files("eldre")).expect("there is room");
        let old = state(dir);
        install(
            &FaultyDisk::new(16, Break::Killed),
            dir,
            "0.2",
            &files("ny"),
        )
        .expect_err("it is killed");
        assert_eq!(leftovers(dir), ["0.2"]);
        let lock = Lock::take(dir).expect("nobody else has it");
        let disk = FaultyDisk::new(at, Break::Killed);
        let whole = clear(&disk, dir, &lock).is_ok();
        clear(&LocalDisk, dir, &lock).expect("nothing is in the way");
        drop(lock);
        assert_eq!(state(dir), old, "broken off at step {at}");
        if whole {
            return;
        }
    }
}

#[test]
fn a_number_that_is_there_is_not_written_over() {
    let folder = tempfile::tempdir().expect("there is room");
    install(&LocalDisk, folder.path(), "0.1", &files("eldre")).expect("there is room");
    let old = state(folder.path());
    install(&LocalDisk, folder.path(), "0.1", &files("ny")).expect_err("it is there");
    assert_eq!(state(folder.path()), old);
}

#[test]
fn only_one_has_the_lock_and_it_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("there is room");
    let first = Lock::take(folder.path()).expect("nobody has it");
    assert!(matches!(
        Lock::take(folder.path()),
        Err(LockError::Busy(Some(holder))) if holder == format!("process {}", std::process::id())
    ));
    assert!(Lock::is_seen(folder.path()));
    drop(first);
    assert!(!Lock::is_seen(folder.path()));
    // A file that a killed process has left locks nothing.
    fs::write(folder.path().join(".utkast-lock"), "process 1\n").expect("there is room");
    drop(Lock::take(folder.path()).expect("nobody holds it"));
    assert!(!Lock::is_seen(folder.path()));
}

#[test]
fn many_that_want_the_lock_get_it_one_after_the_other() {
    let folder = tempfile::tempdir().expect("there is room");
    let inside = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..50 {
                    if let Ok(lock) = Lock::take(folder.path()) {
                        let others = inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                        assert_eq!(others, 0, "two are inside");
                        inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                        drop(lock);
                    }
                }
            });
        }
    });
}
