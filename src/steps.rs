//! Counts the steps of algorithms in unit tests, to test how the work grows.
//!
//! Code calls [`count`] where it does the work; outside of unit tests it does nothing. `assert_linear`
//! compares the steps for an input with those for one ten times as large.

/// Counts steps in unit tests; nothing elsewhere.
#[inline]
pub(crate) fn count(steps: usize) {
    #[cfg(test)]
    counter::add(steps);
    #[cfg(not(test))]
    let _ = steps;
}

#[cfg(test)]
pub(crate) use counter::assert_linear;

#[cfg(test)]
mod counter {
    use std::cell::Cell;

    thread_local! {
        static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn add(steps: usize) {
        STEPS.set(STEPS.get().saturating_add(steps));
    }

    /// The steps that `work` takes on this thread.
    fn steps<T>(work: impl FnOnce() -> T) -> usize {
        let before = STEPS.get();
        work();
        STEPS.get() - before
    }

    /// Asserts that ten times the input takes at most twenty times the steps. `prepare` makes the
    /// input of a size, and its steps do not count; those of `work` do.
    #[track_caller]
    pub(crate) fn assert_linear<I, T>(
        size: usize,
        prepare: impl Fn(usize) -> I,
        work: impl Fn(I) -> T,
    ) {
        let [few, many] = [size, 10 * size].map(|size| {
            let input = prepare(size);
            steps(|| work(input))
        });
        assert!(few >= size, "only {few} steps are counted for {size}");
        assert!(
            many <= 20 * few,
            "{few} steps for {size}, {many} for ten times as much"
        );
    }

    #[test]
    #[should_panic(expected = "100 steps for 10, 10000 for ten times as much")]
    fn a_square_is_not_linear() {
        assert_linear(10, |size| size, |size| add(size * size));
    }
}
