//! What was made once, for whoever asks again.
//!
//! A [`Memory`] holds the values of two rounds, the present one and the last: what a round did not
//! ask for is gone with the next, so that a program that builds all day holds no more than two
//! builds need.

use rustc_hash::FxHashMap;
use std::borrow::Borrow;
use std::hash::Hash;

/// Values by what they were made from.
#[derive(Debug)]
pub struct Memory<K, V> {
    now: FxHashMap<K, V>,
    before: FxHashMap<K, V>,
}

impl<K, V> Default for Memory<K, V> {
    fn default() -> Self {
        Self {
            now: FxHashMap::default(),
            before: FxHashMap::default(),
        }
    }
}

impl<K: Eq + Hash, V> Memory<K, V> {
    /// Begins a round, and forgets what the last one did not ask for.
    pub fn turn(&mut self) {
        self.before = std::mem::take(&mut self.now);
    }

    /// The value for a key, if this round or the last has one.
    pub fn find<Q>(&mut self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        if !self.now.contains_key(key)
            && let Some((key, value)) = self.before.remove_entry(key)
        {
            self.now.insert(key, value);
        }
        self.now.get(key)
    }

    /// Keeps a value for this round and the next.
    pub fn keep(&mut self, key: K, value: V) {
        self.now.insert(key, value);
    }

    /// How many values are held.
    pub fn len(&self) -> usize {
        self.now.len() + self.before.len()
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_until_a_whole_round_did_not_ask_for_it() {
        let mut memory: Memory<String, usize> = Memory::default();
        assert_eq!(memory.find("råd"), None);
        memory.keep("råd".to_owned(), 4);
        assert_eq!(memory.find("råd"), Some(&4));
        for _ in 0..3 {
            memory.turn();
            assert_eq!(memory.find("råd"), Some(&4));
        }
        memory.turn();
        memory.turn();
        assert_eq!(memory.find("råd"), None);
        assert!(memory.is_empty());
    }

    #[test]
    fn however_many_rounds_there_are_two_are_held() {
        let mut memory: Memory<usize, usize> = Memory::default();
        for round in 0..5_000 {
            memory.turn();
            for key in round..round + 3 {
                if memory.find(&key).is_none() {
                    memory.keep(key, key);
                }
            }
            assert!(memory.len() <= 4, "{}", memory.len());
        }
    }
}
