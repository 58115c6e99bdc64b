//! A two-generation cache.
//!
//! A [`TwoBuildCache`] keeps the values of the current and the previous build. A value that one whole
//! build does not use is dropped, so a long-running preview keeps at most the values of two builds.

use rustc_hash::FxHashMap;
use std::borrow::Borrow;
use std::hash::Hash;

/// Values by what they were made from.
#[derive(Debug)]
pub struct TwoBuildCache<K, V> {
    now: FxHashMap<K, V>,
    before: FxHashMap<K, V>,
}

impl<K, V> Default for TwoBuildCache<K, V> {
    fn default() -> Self {
        Self {
            now: FxHashMap::default(),
            before: FxHashMap::default(),
        }
    }
}

impl<K: Eq + Hash, V> TwoBuildCache<K, V> {
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
        let mut cache: TwoBuildCache<String, usize> = TwoBuildCache::default();
        assert_eq!(cache.find("råd"), None);
        cache.keep("råd".to_owned(), 4);
        assert_eq!(cache.find("råd"), Some(&4));
        for _ in 0..3 {
            cache.turn();
            assert_eq!(cache.find("råd"), Some(&4));
        }
        cache.turn();
        cache.turn();
        assert_eq!(cache.find("råd"), None);
        assert!(cache.is_empty());
    }

    #[test]
    fn however_many_rounds_there_are_two_are_held() {
        let mut cache: TwoBuildCache<usize, usize> = TwoBuildCache::default();
        for round in 0..5_000 {
            cache.turn();
            for key in round..round + 3 {
                if cache.find(&key).is_none() {
                    cache.keep(key, key);
                }
            }
            assert!(cache.len() <= 4, "{}", cache.len());
        }
    }
}
