//! Hyphenation.
//!
//! [`Hyphenator::points`] gives the hyphenation points of a word in its language. Patterns come from
//! `hypher`. The exceptions of the language, and soft hyphens in the text, take precedence.

use crate::cache::TwoBuildCache;
use crate::language::Hyphenation;
use hypher::Lang;

/// Shorter words are left whole: a hyphen costs a reader more than a short line.
const SHORTEST: usize = 7;
/// Letters that stay before the hyphen, and that go to the next line.
const BEFORE: usize = 2;
const AFTER: usize = 3;

/// The places in words.
type Points = TwoBuildCache<Box<str>, Box<[u32]>>;

/// Divides words and remembers them.
#[derive(Debug, Default)]
pub(super) struct Hyphenator {
    /// By the patterns of a language, which are few.
    known: Vec<(Lang, Points)>,
}

impl Hyphenator {
    /// The byte offsets in `word` at which a hyphen may be put. The word is letters only.
    pub(super) fn points(&mut self, word: &str, hyphenation: &Hyphenation) -> &[u32] {
        // Four bytes a letter at most: whatever is shorter in bytes is shorter in letters.
        if word.len() < SHORTEST || word.chars().count() < SHORTEST {
            return &[];
        }
        let patterns = hyphenation.patterns;
        let at = match self.known.iter().position(|(of, _)| *of == patterns) {
            Some(at) => at,
            None => {
                self.known.push((patterns, Points::default()));
                self.known.len() - 1
            }
        };
        let (_, known) = &mut self.known[at];
        if known.find(word).is_none() {
            let points = divide(word, hyphenation).into_boxed_slice();
            known.keep(word.into(), points);
        }
        known.find(word).map_or(&[], |points| points)
    }

    /// Goes on to the next document; what the last one did not ask for is forgotten.
    pub(super) fn turn(&mut self) {
        self.known.iter_mut().for_each(|(_, known)| known.turn());
    }

    /// How many words are held.
    pub(super) fn len(&self) -> usize {
        self.known.iter().map(|(_, known)| known.len()).sum()
    }
}

fn divide(word: &str, hyphenation: &Hyphenation) -> Vec<u32> {
    let mut points: Vec<u32> = Vec::new();
    let mut at = 0;
    for part in hypher::hyphenate_bounded(word, hyphenation.patterns, BEFORE, AFTER) {
        at += part.len();
        points.push(at as u32);
    }
    points.pop();
    let lower = word.to_lowercase();
    if lower.len() == word.len() {
        for exception in hyphenation.exceptions {
            let whole: String = exception.split('-').collect();
            if lower.starts_with(&whole) {
                points.retain(|&p| p as usize > whole.len());
                let mut at = 0;
                for part in exception.split('-') {
                    at += part.len();
                    if at < word.len() && (at < whole.len() || exception.ends_with('-')) {
                        points.push(at as u32);
                    }
                }
                points.sort_unstable();
                points.dedup();
                break;
            }
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language;

    fn divided(word: &str) -> String {
        let mut hyphenator = Hyphenator::default();
        let points = hyphenator.points(word, language::hyphenation("nb").expect("it is divided"));
        let mut out = word.to_owned();
        for &point in points.iter().rev() {
            out.insert(point as usize, '-');
        }
        out
    }

    #[test]
    fn long_compounds_are_divided_by_the_norwegian_patterns() {
        assert_eq!(divided("kollektivtransporten"), "kol-lek-tiv-trans-por-ten");
        assert_eq!(divided("representantskapet"), "re-pre-sen-tant-ska-pet");
    }

    #[test]
    fn words_that_the_patterns_get_wrong_follow_the_list() {
        assert_eq!(divided("bærekraftsmål"), "bære-krafts-mål");
        assert_eq!(divided("samfunnsutfordringer"), "samfunns-ut-fordringer");
        assert_eq!(divided("samarbeidsavtale"), "sam-arbeids-av-tale");
        assert_eq!(divided("samarbeidet"), "sam-arbeidet");
        assert_eq!(divided("arbeidsfordeling"), "arbeids-for-deling");
        assert_eq!(
            divided("arbeidsmarkedsintegrasjon"),
            "arbeids-markeds-in-te-gra-sjon"
        );
    }

    #[test]
    fn short_words_and_other_languages_stay_whole() {
        assert_eq!(divided("kommune"), "kom-mune");
        assert_eq!(divided("rådet"), "rådet");
        assert_eq!(language::hyphenation("se"), None);
    }
}
