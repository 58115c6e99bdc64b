//! Words, and how two lines of them are compared.
//!
//! Lines are compared by words with the algorithm of Myers ("An O(ND) Difference Algorithm and Its
//! Variations", 1986). What it finds is then made readable: marks are joined, and sentences and whole
//! lines that keep little of themselves are shown as they were and as they are.

use super::items::{Item, What, count};
use crate::steps;
use std::collections::BTreeMap;
use std::ops::Range;

/// The most pairs of words that are compared in a line. A line with more of them is shown as it was
/// and as it is.
pub(super) const MOST_PAIRS: usize = 40_000_000;

/// From this share of kept words on, single words are marked.
const MARK_WORDS: f64 = 0.8;

/// Below this share of kept words, a line is shown as it was and as it is. Between the two, the same
/// is done with each sentence that keeps less than [`KEEP_SENTENCE`] of itself.
const REWRITTEN: f64 = 0.4;

/// The share of a sentence that must be kept so that its words are marked one by one.
const KEEP_SENTENCE: f64 = 0.6;

/// Marks with fewer kept words than this between them are joined.
const JOIN: u32 = 3;

/// How two lines relate.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Compared {
    /// These items are kept, as pairs of indices that rise on both sides; the others were struck or
    /// added.
    Marked(Vec<(usize, usize)>),
    /// Too little was kept to mark it.
    Rewritten,
    /// There is too much to compare.
    TooLong,
}

/// Compares two lines; `wholes` are the ranges on each side that are kept or marked as one.
pub(super) fn compare(old: &[Item], new: &[Item], wholes: [&[Range<usize>]; 2]) -> Compared {
    let Some(pairs) = common(old, new) else {
        return Compared::TooLong;
    };
    let mut kept = Kept::of(old, new, &pairs);
    let share = kept.share();
    if share < REWRITTEN {
        return Compared::Rewritten;
    }
    if share < MARK_WORDS {
        kept.whole_sentences();
    }
    kept.join(wholes);
    let pairs = kept.pairs();
    let has_words = |&(i, _): &(usize, usize)| old[i].words > 0;
    match share < MARK_WORDS && !pairs.iter().any(has_words) {
        true => Compared::Rewritten,
        false => Compared::Marked(pairs),
    }
}

/// The longest common subsequence, as pairs of indices; `None` if there is too much to compare.
pub(super) fn common(old: &[Item], new: &[Item]) -> Option<Vec<(usize, usize)>> {
    let equal = |(old, new): (&Item, &Item)| old.number == new.number;
    let start = old.iter().zip(new).take_while(|&pair| equal(pair)).count();
    let rest = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = rest.take_while(|&pair| equal(pair)).count();
    let a: Vec<u32> = old[start..old.len() - end]
        .iter()
        .map(|i| i.number)
        .collect();
    let b: Vec<u32> = new[start..new.len() - end]
        .iter()
        .map(|i| i.number)
        .collect();
    if a.len().saturating_mul(b.len()) > MOST_PAIRS {
        return None;
    }
    steps::count(old.len() + new.len());
    let mut pairs: Vec<(usize, usize)> = (0..start).map(|i| (i, i)).collect();
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, &a, &b) {
        if let similar::DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            pairs.extend((0..len).map(|i| (start + old_index + i, start + new_index + i)));
        }
    }
    let ends = (0..end).map(|i| (old.len() - end + i, new.len() - end + i));
    pairs.extend(ends);
    Some(pairs)
}

/// The numbers that two lines keep even if they keep nothing else, with the point and space after them.
pub(super) fn kept_numbers(old: &[Item], new: &[Item]) -> Vec<(usize, usize)> {
    let numbers = |items: &[Item]| -> Vec<usize> {
        let all = items.iter().enumerate();
        all.filter(|(_, item)| item.is_number)
            .map(|(at, _)| at)
            .collect()
    };
    let mut kept = Vec::new();
    for (i, j) in numbers(old).into_iter().zip(numbers(new)) {
        let both = old[i..].iter().zip(&new[j..]).enumerate();
        let same = both.take_while(|(at, (old, new))| {
            old.number == new.number && (*at == 0 || old.words == 0 && !old.is_number)
        });
        kept.extend((0..same.count()).map(|at| (i + at, j + at)));
    }
    kept
}

/// What is kept of two lines, while it is made readable: only ever less.
struct Kept<'i> {
    old: &'i [Item],
    new: &'i [Item],
    /// By old item: the new one that it is.
    mates: Vec<Option<usize>>,
    /// By new item: the old one that it was.
    back: Vec<Option<usize>>,
}

impl<'i> Kept<'i> {
    fn of(old: &'i [Item], new: &'i [Item], pairs: &[(usize, usize)]) -> Self {
        let mut kept = Self {
            old,
            new,
            mates: vec![None; old.len()],
            back: vec![None; new.len()],
        };
        for &(i, j) in pairs {
            kept.mates[i] = Some(j);
            kept.back[j] = Some(i);
        }
        kept
    }

    fn pairs(&self) -> Vec<(usize, usize)> {
        let pairs = self.mates.iter().enumerate();
        pairs.filter_map(|(i, mate)| Some((i, (*mate)?))).collect()
    }

    fn drop(&mut self, i: usize) {
        if self.old[i].is_number {
            return;
        }
        if let Some(j) = self.mates[i].take() {
            self.back[j] = None;
        }
    }

    /// The share of words that are kept; 1 where there are none.
    fn share(&self) -> f64 {
        let kept: u32 = self.pairs().iter().map(|&(i, _)| self.old[i].words).sum();
        let all = count(self.old) + count(self.new);
        match all {
            0 => 1.0,
            _ => f64::from(2 * kept) / f64::from(all),
        }
    }

    /// Drops what is kept in sentences that keep little of themselves.
    fn whole_sentences(&mut self) {
        let (of_old, of_new) = (sentences(self.old), sentences(self.new));
        let (old_words, new_words) = (words_of(self.old, &of_old), words_of(self.new, &of_new));
        let mut shared: BTreeMap<(usize, usize), u32> = BTreeMap::new();
        for (i, j) in self.pairs() {
            *shared.entry((of_old[i], of_new[j])).or_default() += self.old[i].words;
        }
        for (i, j) in self.pairs() {
            let (a, b) = (of_old[i], of_new[j]);
            let both = old_words[a] + new_words[b];
            let kept = f64::from(2 * shared[&(a, b)]);
            if kept < KEEP_SENTENCE * f64::from(both) {
                self.drop(i);
            }
        }
    }

    /// Joins marks that stand close to each other, and widens those that are no word.
    fn join(&mut self, [old_wholes, new_wholes]: [&[Range<usize>]; 2]) {
        loop {
            let before = self.mates.iter().flatten().count();
            steps::count(self.old.len() + self.new.len());
            self.keep_whole(old_wholes, new_wholes);
            self.join_near();
            self.widen();
            if self.mates.iter().flatten().count() == before {
                return;
            }
        }
    }

    /// Drops all of a whole of which something has changed.
    fn keep_whole(&mut self, old: &[Range<usize>], new: &[Range<usize>]) {
        for whole in old {
            if whole.clone().any(|i| self.mates[i].is_none()) {
                whole.clone().for_each(|i| self.drop(i));
            }
        }
        for whole in new {
            if whole.clone().any(|j| self.back[j].is_none()) {
                for j in whole.clone() {
                    if let Some(i) = self.back[j] {
                        self.drop(i);
                    }
                }
            }
        }
    }

    /// The runs of kept pairs.
    fn runs(&self) -> Vec<KeptRun> {
        let mut runs: Vec<KeptRun> = Vec::new();
        let mut next = (0, 0);
        for (i, j) in self.pairs() {
            let marked = (i, j) != next;
            match runs.last_mut() {
                Some(run) if !marked => run.pairs.push((i, j)),
                last => {
                    if let Some(run) = last {
                        run.mark_behind = true;
                    }
                    runs.push(KeptRun {
                        pairs: vec![(i, j)],
                        mark_before: marked,
                        mark_behind: false,
                    });
                }
            }
            next = (i + 1, j + 1);
        }
        if let Some(run) = runs.last_mut() {
            run.mark_behind = next != (self.old.len(), self.new.len());
        }
        runs
    }

    /// Drops what is kept between two marks of words if it is no more than a word or two.
    fn join_near(&mut self) {
        let runs = self.runs();
        for (at, run) in runs.iter().enumerate() {
            let (Some(&first), Some(&(i, j))) = (run.pairs.first(), run.pairs.last()) else {
                continue;
            };
            let before = at.checked_sub(1).and_then(|at| runs[at].pairs.last());
            let before = before.map_or((0, 0), |&(i, j)| (i + 1, j + 1));
            let behind = runs.get(at + 1).and_then(|run| run.pairs.first());
            let behind = behind.map_or((self.old.len(), self.new.len()), |&next| next);
            let words: u32 = run.pairs.iter().map(|&(i, _)| self.old[i].words).sum();
            // A link or a picture is worth keeping.
            let is_plain = run
                .pairs
                .iter()
                .all(|&(i, _)| matches!(self.old[i].what, What::Token { .. }));
            if words < JOIN
                && is_plain
                && self.has_words(before, first)
                && self.has_words((i + 1, j + 1), behind)
            {
                run.pairs.iter().for_each(|&(i, _)| self.drop(i));
            }
        }
    }

    /// Whether words have changed between two places.
    fn has_words(&self, from: (usize, usize), to: (usize, usize)) -> bool {
        count(&self.old[from.0..to.0]) + count(&self.new[from.1..to.1]) > 0
    }

    /// Widens each mark of spaces and signs alone to the word beside it.
    fn widen(&mut self) {
        let runs = self.runs();
        for (at, run) in runs.iter().enumerate() {
            let (Some(&first), Some(&(i, j))) = (run.pairs.first(), run.pairs.last()) else {
                continue;
            };
            let before = at.checked_sub(1).map(|at| &runs[at]);
            if run.mark_before {
                let last = before.and_then(|run| run.pairs.last());
                let from = last.map_or((0, 0), |&(i, j)| (i + 1, j + 1));
                if self.is_wordless(from, first) {
                    self.widen_to_word(before, Some(run));
                }
            }
            let is_last = at + 1 == runs.len();
            let end = (self.old.len(), self.new.len());
            if run.mark_behind && is_last && self.is_wordless((i + 1, j + 1), end) {
                self.widen_to_word(Some(run), None);
            }
        }
    }

    /// Whether nothing but signs and spaces has changed between two places.
    fn is_wordless(&self, from: (usize, usize), to: (usize, usize)) -> bool {
        let changed = self.old[from.0..to.0].iter().chain(&self.new[from.1..to.1]);
        let mut changed = changed.filter(|item| !item.is_space());
        let plain = |item: &Item| matches!(item.what, What::Token { .. }) && item.words == 0;
        changed.all(plain)
    }

    /// Drops up to the last word on the left, or else up to the first one on the right.
    fn widen_to_word(&mut self, left: Option<&KeptRun>, right: Option<&KeptRun>) {
        let old = self.old;
        let has_word = |run: &&KeptRun| run.pairs.iter().any(|&(i, _)| old[i].words > 0);
        if let Some(run) = left.filter(|run| has_word(run) || right.is_none()) {
            self.drop_to_word(run.pairs.iter().rev());
        } else if let Some(run) = right {
            self.drop_to_word(run.pairs.iter());
        }
    }

    /// Drops pairs up to the first that is a word.
    fn drop_to_word<'p>(&mut self, pairs: impl Iterator<Item = &'p (usize, usize)>) {
        for &(i, _) in pairs {
            self.drop(i);
            if self.old[i].words > 0 {
                break;
            }
        }
    }
}

/// Kept pairs that follow each other.
struct KeptRun {
    pairs: Vec<(usize, usize)>,
    /// Whether something has changed before them.
    mark_before: bool,
    /// Whether something has changed behind them.
    mark_behind: bool,
}

/// By item: the sentence that it stands in.
fn sentences(items: &[Item]) -> Vec<usize> {
    let mut sentence = 0;
    let mut ended = false;
    let each = items.iter().map(|item| {
        if ended && !item.is_space() {
            sentence += 1;
            ended = false;
        }
        ended |= matches!(
            item.what,
            What::Token {
                ends_sentence: true,
                ..
            }
        );
        sentence
    });
    each.collect()
}

/// By sentence: how many words it has.
fn words_of(items: &[Item], sentences: &[usize]) -> Vec<u32> {
    let mut words = vec![0; sentences.last().map_or(0, |last| last + 1)];
    for (item, &sentence) in items.iter().zip(sentences) {
        words[sentence] += item.words;
    }
    words
}
