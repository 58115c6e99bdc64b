//! Finds unused names: `a-2`, `a-3` …

use crate::steps;
use rustc_hash::{FxHashMap, FxHashSet};

/// Gives names out, each once.
#[derive(Debug, Default)]
pub(crate) struct FreeNames {
    taken: FxHashSet<String>,
    /// For each beginning of a name, the first number that has not been tried: names are never
    /// given back, so that no search need begin anew.
    next: FxHashMap<String, u32>,
}

impl FreeNames {
    /// All names but those that are taken.
    pub(crate) fn without(taken: impl IntoIterator<Item = String>) -> Self {
        Self {
            taken: taken.into_iter().collect(),
            next: FxHashMap::default(),
        }
    }

    /// Takes a name, if it is free.
    pub(crate) fn take(&mut self, name: &str) -> bool {
        steps::count(1);
        !self.taken.contains(name) && self.taken.insert(name.to_owned())
    }

    /// Takes the first free name that begins with `start` and ends in a number from `first` on.
    pub(crate) fn take_numbered(&mut self, start: &str, first: u32) -> String {
        let tried = self.next.get(start).copied().unwrap_or_default();
        for number in tried.max(first).. {
            let name = format!("{start}{number}");
            if self.take(&name) {
                self.next.insert(start.to_owned(), number + 1);
                return name;
            }
        }
        unreachable!("there are fewer names than numbers")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_given_out_once_and_the_first_free_number_is_taken() {
        let mut names = FreeNames::without(["a-3".to_owned()]);
        assert!(names.take("a") && !names.take("a"));
        assert_eq!(names.take_numbered("a-", 2), "a-2");
        assert_eq!(names.take_numbered("a-", 2), "a-4");
        assert_eq!(names.take_numbered("a-", 7), "a-7");
        assert_eq!(names.take_numbered("b-", 2), "b-2");
    }

    #[test]
    fn many_names_of_one_beginning_take_as_many_steps() {
        let all = |size| (0..size).map(|_| "a-");
        steps::assert_linear(100, all, |all| {
            let mut names = FreeNames::default();
            all.for_each(|start| drop(names.take_numbered(start, 2)));
        });
    }
}
