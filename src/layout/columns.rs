//! Widths of the columns of a table.
//!
//! [`share`] gives each column between what it needs and what it would like. Short columns, such
//! as dates and numbers, get all that they like; columns of prose share the rest by the square
//! root of the length of their text, which makes the table low.

/// What a column wants, in points.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Want {
    /// The longest part of a divided word: the column gets no narrower, if there is any way.
    pub part: f64,
    /// The longest word.
    pub word: f64,
    /// All of the longest cell on one line.
    pub line: f64,
    /// Letters of all cells.
    pub letters: f64,
}

/// Rounds of bisection; each halves the error.
const ROUNDS: usize = 40;

/// Shares `room` among columns. The second value says whether it was too little.
pub(super) fn share(wants: &[Want], room: f64) -> (Vec<f64>, bool) {
    let sum = |f: fn(&Want) -> f64| wants.iter().map(f).sum::<f64>();
    let (lines, words, parts) = (sum(|w| w.line), sum(|w| w.word), sum(|w| w.part));
    if wants.is_empty() {
        return (Vec::new(), false);
    }
    if lines <= room {
        // All fits; the rest goes to the columns by what they hold.
        let rest = room - lines;
        let by = |w: &Want| {
            if lines > 0.0 {
                w.line / lines
            } else {
                1.0 / wants.len() as f64
            }
        };
        return (wants.iter().map(|w| w.line + rest * by(w)).collect(), false);
    }
    if words <= room {
        return (raise(wants, room), false);
    }
    if parts <= room {
        // Between whole words and their parts, all columns go down by the same share.
        let give = if words > parts {
            (room - parts) / (words - parts)
        } else {
            0.0
        };
        let widths = wants.iter().map(|w| w.part + (w.word - w.part) * give);
        return (widths.collect(), false);
    }
    let widths = wants.iter().map(|w| room * w.part / parts.max(1e-6));
    (widths.collect(), true)
}

/// Raises one level until the columns fill the room, each held between word and line.
fn raise(wants: &[Want], room: f64) -> Vec<f64> {
    let weight = |w: &Want| w.letters.max(1.0).sqrt();
    let at = |level: f64| -> Vec<f64> {
        let width = |w: &Want| (level * weight(w)).clamp(w.word, w.line.max(w.word));
        wants.iter().map(width).collect()
    };
    let (mut low, mut high) = (0.0, room);
    for _ in 0..ROUNDS {
        let middle = (low + high) / 2.0;
        match at(middle).iter().sum::<f64>() <= room {
            true => low = middle,
            false => high = middle,
        }
    }
    at(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn want(part: f64, word: f64, line: f64, letters: f64) -> Want {
        Want {
            part,
            word,
            line,
            letters,
        }
    }

    #[test]
    fn dates_keep_their_width_and_prose_shares_the_rest() {
        let wants = [
            want(30.0, 50.0, 50.0, 10.0),
            want(40.0, 80.0, 900.0, 400.0),
            want(40.0, 70.0, 300.0, 120.0),
        ];
        let (widths, tight) = share(&wants, 400.0);
        assert!(!tight);
        assert_eq!(widths[0], 50.0);
        assert!(widths[1] > widths[2] && (widths.iter().sum::<f64>() - 400.0).abs() < 0.01);
    }

    #[test]
    fn words_are_divided_before_a_table_becomes_too_wide() {
        let wants = [
            want(40.0, 250.0, 300.0, 50.0),
            want(40.0, 250.0, 300.0, 50.0),
        ];
        assert_eq!(share(&wants, 400.0), (vec![200.0, 200.0], false));
        assert!(share(&wants, 60.0).1);
    }
}
