//! The heaviest increasing subsequence: which of many blocks have kept their order.
//!
//! What is in it stands where it stood; what is not has moved. It is found with a tree of maxima over
//! prefixes (Fenwick, "A New Data Structure for Cumulative Frequency Tables", 1994) in n log n steps.

use crate::steps;

/// The indices of the values that increase and weigh most together, in rising order. The values are
/// all different; of equal sums, the one that was found first is taken.
pub(super) fn heaviest_increasing(values: &[usize], weights: &[u64]) -> Vec<usize> {
    let mut sorted: Vec<usize> = values.to_vec();
    sorted.sort_unstable();
    // By rank: the heaviest sequence that ends with a value of that rank or below, and its last index.
    let mut best: Vec<(u64, Option<usize>)> = vec![(0, None); values.len() + 1];
    let mut before: Vec<Option<usize>> = vec![None; values.len()];
    for (index, value) in values.iter().enumerate() {
        let rank = sorted.partition_point(|other| other < value);
        let mut found = (0, None);
        let mut at = rank;
        while at > 0 {
            steps::count(1);
            if best[at].0 > found.0 {
                found = best[at];
            }
            at &= at - 1;
        }
        before[index] = found.1;
        let sum = found.0 + weights[index];
        let mut at = rank + 1;
        while at < best.len() {
            steps::count(1);
            if sum > best[at].0 {
                best[at] = (sum, Some(index));
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut all = (0, None);
    let mut at = values.len();
    while at > 0 {
        if best[at].0 > all.0 {
            all = best[at];
        }
        at &= at - 1;
    }
    let mut chain = Vec::new();
    let mut last = all.1;
    while let Some(index) = last {
        chain.push(index);
        last = before[index];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same by trying everything.
    fn heaviest(values: &[usize], weights: &[u64]) -> u64 {
        let all = 0u32..1 << values.len();
        let sums = all.map(|set| {
            let chosen: Vec<usize> = (0..values.len()).filter(|i| set >> i & 1 == 1).collect();
            match chosen.is_sorted_by_key(|&i| values[i]) {
                true => chosen.iter().map(|&i| weights[i]).sum(),
                false => 0,
            }
        });
        sums.max().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn no_other_order_that_is_kept_is_heavier(
            values in Just((0..9usize).collect::<Vec<_>>()).prop_shuffle(),
            weights in prop::collection::vec(1u64..20, 9),
        ) {
            let found = heaviest_increasing(&values, &weights);
            prop_assert!(found.is_sorted_by_key(|&i| values[i]));
            let sum: u64 = found.iter().map(|&i| weights[i]).sum();
            prop_assert_eq!(sum, heaviest(&values, &weights));
        }
    }

    #[test]
    fn a_heavy_block_stays_and_light_ones_move() {
        assert_eq!(heaviest_increasing(&[3, 0, 1, 2], &[100, 1, 1, 1]), [0]);
        assert_eq!(heaviest_increasing(&[3, 0, 1, 2], &[1, 1, 1, 1]), [1, 2, 3]);
        assert_eq!(heaviest_increasing(&[], &[]), [0; 0]);
    }

    #[test]
    fn many_blocks_take_as_many_steps() {
        let backwards = |size: usize| (0..size).rev().collect::<Vec<_>>();
        crate::steps::assert_linear(100, backwards, |values| {
            heaviest_increasing(&values, &vec![1; values.len()])
        });
    }
}
