//! Limits of templates, and the guards that enforce them.
//!
//! Tera itself refuses templates that include or extend themselves, and long ranges; it does not
//! limit recursive components, nested loops, and texts that double in size. The code that
//! [`super::instrument`] adds calls these guards.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// Guard of a turn of a loop.
pub(super) const STEP: &str = "utkast_guard_step";
/// The same inside a condition: it is true.
pub(super) const TURN: &str = "utkast_guard_turn";
/// Guard of the start of a component.
pub(super) const ENTER: &str = "utkast_guard_enter";
/// Guard of the end of a component.
pub(super) const LEAVE: &str = "utkast_guard_leave";
/// Guard of a value that was assigned.
pub(super) const SIZE: &str = "utkast_guard_size";

/// Turns of all loops together. A strategy of a thousand pages takes some ten thousand.
const MAX_STEPS: u64 = 2_000_000;
/// Components inside components. Tera itself stops at 20, without naming a place.
const MAX_DEPTH: u64 = 16;
/// Bytes, or elements, of one variable.
const MAX_SIZE: usize = 1 << 20;
/// Bytes that the templates may work through: what they assign, what the texts of items yield, and
/// the largest variable once for each turn of a loop, which may read it all. A strategy of a
/// thousand pages takes some hundred million; so many of them take a few seconds.
const MAX_WORK: u64 = 8 << 30;
/// Bytes of HTML. A strategy of a thousand pages has some four million.
const MAX_OUTPUT: usize = 64 << 20;
/// Stack of the thread that renders: `MAX_DEPTH` components take a small part of it.
pub(super) const STACK: usize = 64 << 20;

/// The amounts used so far.
#[derive(Debug, Default)]
pub(super) struct Guards {
    steps: AtomicU64,
    depth: AtomicU64,
    /// Bytes that were worked through.
    work: AtomicU64,
    /// Size of the largest variable.
    largest: AtomicUsize,
    tripped: AtomicBool,
}

impl Guards {
    /// Whether a limit was what stopped the template.
    pub(super) fn tripped(&self) -> bool {
        self.tripped.load(Ordering::Relaxed)
    }

    fn trip(&self, message: String) -> Error {
        self.tripped.store(true, Ordering::Relaxed);
        Error::message(message)
    }

    fn step(&self) -> TeraResult<()> {
        if self.steps.fetch_add(1, Ordering::Relaxed) < MAX_STEPS {
            return self.work(self.largest.load(Ordering::Relaxed));
        }
        Err(self.trip(format!("the loops run more than {MAX_STEPS} times")))
    }

    /// Counts bytes that a template has worked through.
    pub(super) fn work(&self, bytes: usize) -> TeraResult<()> {
        if self.work.fetch_add(bytes as u64, Ordering::Relaxed) < MAX_WORK {
            return Ok(());
        }
        let message = format!("the templates process more than {} GB", MAX_WORK >> 30);
        Err(self.trip(message))
    }

    fn enter(&self) -> TeraResult<()> {
        if self.depth.fetch_add(1, Ordering::Relaxed) < MAX_DEPTH {
            return Ok(());
        }
        let message = format!("components are nested more than {MAX_DEPTH} deep");
        Err(self.trip(message))
    }

    fn size(&self, value: &Value) -> TeraResult<()> {
        let size = value
            .as_str()
            .map_or_else(|| value.len().unwrap_or(0), str::len);
        if size <= MAX_SIZE {
            self.largest.fetch_max(size, Ordering::Relaxed);
            return self.work(size);
        }
        Err(self.trip(format!("a variable contains more than {MAX_SIZE} bytes")))
    }
}

/// Registers the guards.
pub(super) fn register(tera: &mut Tera, guards: &Arc<Guards>) {
    fn nothing() -> Value {
        Value::safe_string("")
    }
    let g = Arc::clone(guards);
    tera.register_function(STEP, move |_: Kwargs, _: &State| {
        g.step().map(|()| nothing())
    });
    let g = Arc::clone(guards);
    tera.register_function(TURN, move |_: Kwargs, _: &State| g.step().map(|()| true));
    let g = Arc::clone(guards);
    tera.register_function(ENTER, move |_: Kwargs, _: &State| {
        g.enter().map(|()| nothing())
    });
    let g = Arc::clone(guards);
    tera.register_function(LEAVE, move |_: Kwargs, _: &State| {
        g.depth.fetch_sub(1, Ordering::Relaxed);
        nothing()
    });
    let g = Arc::clone(guards);
    tera.register_function(SIZE, move |kwargs: Kwargs, _: &State| {
        if let Some(value) = kwargs.get::<Value>("v")? {
            g.size(&value)?;
        }
        Ok::<_, Error>(nothing())
    });
}

/// Takes what a template writes, up to the limit.
#[derive(Debug, Default)]
pub(super) struct LimitedWriter(pub(super) Vec<u8>);

impl io::Write for LimitedWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_OUTPUT {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The error of a full [`LimitedWriter`].
pub(super) fn too_much() -> String {
    format!("the templates write more than {} MB", MAX_OUTPUT >> 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many turns loops take until they are stopped, with a variable of some bytes.
    fn turns(size: usize) -> u64 {
        let guards = Guards::default();
        let value = Value::from("a".repeat(size));
        assert!(guards.size(&value).is_ok());
        let turns = (0..=MAX_STEPS).take_while(|_| guards.step().is_ok());
        let turns = turns.count() as u64;
        assert!(guards.tripped());
        turns
    }

    #[test]
    fn loops_end_after_fewer_turns_the_more_each_may_read() {
        assert_eq!(turns(1), MAX_STEPS);
        let all = MAX_WORK / MAX_SIZE as u64;
        assert!(turns(MAX_SIZE) <= all, "{all}");
    }
}
