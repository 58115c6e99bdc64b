//! Widths of the columns of a table.
//!
//! [`share`] gives each column a width between its minimum and its preferred width. Short columns, such as
//! dates and numbers, get their preferred width. Columns of prose share the rest in proportion to the
//! square root of the length of their text, which keeps the table low.

/// How wide the content of a column is, in points.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct ColumnContent {
    /// The longest part of a divided word: the column gets no narrower, if there is any way.
    pub part: f64,
    /// The longest word.
    pub word: f64,
    /// All of the longest cell on one line.
    pub line: f64,
    /// Letters of all cells.
    pub letters: f64,
}

/// The part of the room that whole words may take; the rest is for columns of prose.
const WHOLE_WORDS: f64 = 0.75;
/// How much higher a table may become so that no word of it is divided.
const WORTH: f64 = 1.34;
/// Rounds of bisection; each halves the error.
const ROUNDS: usize = 40;

/// Shares `room` among columns. The second value says whether it was too little.
pub(super) fn share(contents: &[ColumnContent], room: f64) -> (Vec<f64>, bool) {
    let sum = |f: fn(&ColumnContent) -> f64| contents.iter().map(f).sum::<f64>();
    let (lines, parts) = (sum(|w| w.line), sum(|w| w.part));
    if contents.is_empty() {
        return (Vec::new(), false);
    }
    if lines <= room {
        // All fits; the rest goes to the columns by what they hold.
        let rest = room - lines;
        let by = |w: &ColumnContent| {
            if lines > 0.0 {
                w.line / lines
            } else {
                1.0 / contents.len() as f64
            }
        };
        return (
            contents.iter().map(|w| w.line + rest * by(w)).collect(),
            false,
        );
    }
    if parts > room {
        let widths = contents.iter().map(|w| room * w.part / parts.max(1e-6));
        return (widths.collect(), true);
    }
    let divided = raise(contents, &floors(contents, room * WHOLE_WORDS), room);
    let words: Vec<f64> = contents.iter().map(|w| w.word).collect();
    if words.iter().sum::<f64>() <= room {
        let whole = raise(contents, &words, room);
        if tallest(contents, &whole) <= tallest(contents, &divided) * WORTH {
            return (whole, false);
        }
    }
    (divided, false)
}

/// About how many lines the highest cell takes.
fn tallest(contents: &[ColumnContent], widths: &[f64]) -> f64 {
    let lines = contents
        .iter()
        .zip(widths)
        .map(|(w, width)| w.line / width.max(1.0));
    lines.fold(0.0, |a, b| a.max(b.ceil()))
}

/// The least widths: whole words, but in columns with very long words only as much of them as all
/// columns can have within `room`. So a short word is never divided for the sake of a long one.
fn floors(contents: &[ColumnContent], room: f64) -> Vec<f64> {
    let at = |cap: f64| -> Vec<f64> {
        let floor = |w: &ColumnContent| w.word.min(cap).max(w.part);
        contents.iter().map(floor).collect()
    };
    let longest = contents.iter().map(|w| w.word).fold(0.0, f64::max);
    at(highest(longest, |cap| at(cap).iter().sum::<f64>() <= room))
}

/// Raises one level until the columns fill the room, each held between its floor and its line.
fn raise(contents: &[ColumnContent], floors: &[f64], room: f64) -> Vec<f64> {
    let weight = |w: &ColumnContent| w.letters.max(1.0).sqrt();
    let at = |level: f64| -> Vec<f64> {
        let width = |(w, &floor): (&ColumnContent, &f64)| {
            (level * weight(w)).clamp(floor, w.line.max(floor))
        };
        contents.iter().zip(floors).map(width).collect()
    };
    at(highest(room, |level| at(level).iter().sum::<f64>() <= room))
}

/// The highest number up to `most` that fits, where all below one that fits do too.
fn highest(most: f64, fits: impl Fn(f64) -> bool) -> f64 {
    if fits(most) {
        return most;
    }
    let (mut low, mut high) = (0.0, most);
    for _ in 0..ROUNDS {
        let middle = (low + high) / 2.0;
        match fits(middle) {
            true => low = middle,
            false => high = middle,
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(part: f64, word: f64, line: f64, letters: f64) -> ColumnContent {
        ColumnContent {
            part,
            word,
            line,
            letters,
        }
    }

    #[test]
    fn dates_keep_their_width_and_prose_shares_the_rest() {
        let contents = [
            content(30.0, 50.0, 50.0, 10.0),
            content(40.0, 80.0, 900.0, 400.0),
            content(40.0, 70.0, 300.0, 120.0),
        ];
        let (widths, tight) = share(&contents, 400.0);
        assert!(!tight);
        assert_eq!(widths[0], 50.0);
        assert!(widths[1] > widths[2] && (widths.iter().sum::<f64>() - 400.0).abs() < 0.01);
    }

    #[test]
    fn no_word_is_divided_where_whole_ones_cost_little_height() {
        let contents = [
            content(30.0, 120.0, 200.0, 30.0),
            content(30.0, 130.0, 210.0, 30.0),
            content(30.0, 110.0, 110.0, 20.0),
        ];
        let (widths, _) = share(&contents, 380.0);
        let whole = widths
            .iter()
            .zip(&contents)
            .all(|(width, w)| *width >= w.word - 0.01);
        assert!(whole, "{widths:?}");
    }

    #[test]
    fn words_are_divided_before_a_table_becomes_too_wide() {
        let contents = [
            content(40.0, 250.0, 300.0, 50.0),
            content(40.0, 250.0, 300.0, 50.0),
        ];
        let (widths, tight) = share(&contents, 400.0);
        assert!(!tight && widths.iter().all(|w| (w - 200.0).abs() < 0.01));
        assert!(share(&contents, 60.0).1);
    }

    #[test]
    fn a_long_word_is_divided_and_the_short_words_beside_it_are_not() {
        let contents = [
            content(30.0, 60.0, 60.0, 8.0),
            content(60.0, 260.0, 260.0, 40.0),
            content(30.0, 70.0, 900.0, 300.0),
        ];
        let (widths, tight) = share(&contents, 400.0);
        assert!(!tight && widths[0] >= 60.0 && widths[1] < 260.0);
        assert!(widths[2] > 100.0, "prose has room: {widths:?}");
        assert!((widths.iter().sum::<f64>() - 400.0).abs() < 0.01);
    }
}
