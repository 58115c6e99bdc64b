//! Finds the known word that is nearest to a misspelt one.

/// One typing error is allowed for this many characters of the longer word.
const CHARACTERS_A_SLIP: usize = 3;

/// No word that is longer is compared: comparing takes time in proportion to the product of both
/// lengths.
const LONGEST: usize = 200;

/// The word among `words` that was probably meant by `word`: the one with the fewest slips, which are
/// characters that were left out, added, changed or swapped with the next.
pub fn nearest<'a>(word: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let slips = |other: &str| {
        let other_length = other.chars().count();
        let longer = length.max(other_length);
        let most = longer.max(CHARACTERS_A_SLIP) / CHARACTERS_A_SLIP;
        if longer > LONGEST || length.abs_diff(other_length) > most {
            return None;
        }
        Some(strsim::osa_distance(word, other)).filter(|slips| *slips <= most)
    };
    let near = words.filter_map(|other| Some((slips(other)?, other)));
    near.min_by_key(|(slips, _)| *slips).map(|(_, other)| other)
}

/// The hint for the word that [`nearest`] has found.
pub fn did_you_mean(word: &str) -> String {
    format!("did you mean `{word}`?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_another_word_is_not() {
        let words = || ["accent", "second", "paper"].into_iter();
        assert_eq!(nearest("acent", words()), Some("accent"));
        assert_eq!(nearest("width", words()), None);
        // The same beginning does not make a word near.
        assert_eq!(nearest("nosuch", ["no-such-week"].into_iter()), None);
        assert_eq!(nearest("pa", ["paper"].into_iter()), None);
    }

    #[test]
    fn the_word_with_the_fewest_slips_is_meant() {
        let words = ["measure-2", "measures", "measure"];
        assert_eq!(nearest("mesaure", words.into_iter()), Some("measure"));
    }

    #[test]
    fn words_without_end_are_not_compared() {
        let long = "a".repeat(LONGEST + 1);
        assert_eq!(nearest(&long, [long.as_str()].into_iter()), None);
    }
}
