//! Where a word may be divided.
//!
//! [`Hyphenator::points`] gives the places for a word in its language. Patterns come from
//! `hypher`; a list of words that they divide wrongly, and a soft hyphen in the text, go first.

use crate::memory::Memory;
use hypher::Lang;

/// Shorter words are left whole: a hyphen costs a reader more than a short line.
const SHORTEST: usize = 7;
/// Letters that stay before the hyphen, and that go to the next line.
const BEFORE: usize = 2;
const AFTER: usize = 3;

/// Compounds whose joints the patterns miss; forms with further letters at the end are divided
/// in the same way.
///
/// The first one that fits counts, so that longer ones stand first. A hyphen at the end is a place
/// to divide at, too.
const EXCEPTIONS: [&str; 19] = [
    "bære-krafts-mål",
    "bære-krafts",
    "berekrafts-mål",
    "sam-arbeids-",
    "sam-arbeid",
    "samfunns-ut-fordring",
    "inter-essent",
    "inter-kommunal",
    "ung-doms-råd",
    "representant-skaps",
    "arbeids-markeds-",
    "arbeids-for-deling",
    "arbeids-deling",
    "opp-følgings-",
    "folke-helse",
    "region-råd",
    "kommune-styre",
    "formann-skap",
    "nærings-ut-viklings-",
];

/// A language that words can be divided in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// Bokmål and nynorsk, which share their patterns.
    Norwegian,
    /// English.
    English,
    /// Any other, in which words are not divided.
    Other,
}

impl Language {
    /// The language of a BCP 47 tag.
    pub(super) fn of(tag: &str) -> Self {
        match tag.split('-').next().unwrap_or_default() {
            "nb" | "nn" | "no" => Self::Norwegian,
            "en" => Self::English,
            _ => Self::Other,
        }
    }
}

/// Divides words and remembers them.
#[derive(Debug, Default)]
pub(super) struct Hyphenator {
    known: [Memory<Box<str>, Box<[u32]>>; 2],
}

impl Hyphenator {
    /// The byte offsets in `word` at which a hyphen may be put. The word is letters only.
    pub(super) fn points(&mut self, word: &str, language: Language) -> &[u32] {
        let (set, patterns) = match language {
            Language::Norwegian => (0, Lang::Norwegian),
            Language::English => (1, Lang::English),
            Language::Other => return &[],
        };
        // Four bytes a letter at most: whatever is shorter in bytes is shorter in letters.
        if word.len() < SHORTEST || word.chars().count() < SHORTEST {
            return &[];
        }
        let known = &mut self.known[set];
        if known.find(word).is_none() {
            let points = divide(word, patterns).into_boxed_slice();
            known.keep(word.into(), points);
        }
        known.find(word).map_or(&[], |points| points)
    }

    /// Goes on to the next document; what the last one did not ask for is forgotten.
    pub(super) fn turn(&mut self) {
        self.known.iter_mut().for_each(Memory::turn);
    }

    /// How many words are held.
    pub(super) fn len(&self) -> usize {
        self.known.iter().map(Memory::len).sum()
    }
}

fn divide(word: &str, patterns: Lang) -> Vec<u32> {
    let mut points: Vec<u32> = Vec::new();
    let mut at = 0;
    for part in hypher::hyphenate_bounded(word, patterns, BEFORE, AFTER) {
        at += part.len();
        points.push(at as u32);
    }
    points.pop();
    let lower = word.to_lowercase();
    if lower.len() == word.len() {
        for exception in EXCEPTIONS {
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

    fn divided(word: &str) -> String {
        let mut hyphenator = Hyphenator::default();
        let points = hyphenator.points(word, Language::Norwegian);
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
        assert!(
            Hyphenator::default()
                .points("giellagáldu", Language::of("se"))
                .is_empty()
        );
    }
}
