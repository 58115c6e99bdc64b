//! The word that was probably meant.

/// How alike a word must be to be meant (Jaro-Winkler, 0 to 1).
const MEANT: f64 = 0.8;

/// The word among `words` that was probably meant by `word`.
pub fn nearest<'a>(word: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let scored = words.map(|w| (strsim::jaro_winkler(word, w), w));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= MEANT).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_another_word_is_not() {
        let words = || ["accent", "second", "paper"].into_iter();
        assert_eq!(nearest("acent", words()), Some("accent"));
        assert_eq!(nearest("width", words()), None);
    }
}
