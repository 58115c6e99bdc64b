//! Natural order of names: `g2` before `g10`.

use std::cmp::Ordering;

/// Compares two names or paths byte by byte, but runs of digits as numbers. Only equal texts are
/// equal: `g02` and `g2` count the same, and are then ordered by their bytes.
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    loop {
        let ((number, left_rest), (other, right_rest)) = (number(left), number(right));
        if !number.is_empty() && !other.is_empty() {
            match by_value(number, other) {
                Ordering::Equal => (left, right) = (left_rest, right_rest),
                order => return order,
            }
            continue;
        }
        match (left.split_first(), right.split_first()) {
            (Some((one, left_rest)), Some((two, right_rest))) if one == two => {
                (left, right) = (left_rest, right_rest);
            }
            _ => return left.cmp(right).then_with(|| a.cmp(b)),
        }
    }
}

/// The digits that a text begins with, and the rest.
fn number(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    text.split_at(end)
}

/// Compares two numbers of any length.
fn by_value(a: &[u8], b: &[u8]) -> Ordering {
    let significant = |digits: &[u8]| {
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        digits[zeros..].to_vec()
    };
    let (a, b) = (significant(a), significant(b));
    a.len().cmp(&b.len()).then_with(|| a.cmp(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count() {
        let mut names = [
            "g10.toml",
            "g2.toml",
            "g1.toml",
            "g",
            "g2-b.toml",
            "0.10/x",
            "0.9/x",
            "g02.toml",
            "å",
            "g18446744073709551616",
            "g18446744073709551615",
        ];
        names.sort_by(|a, b| natural_order(a, b));
        let expected = [
            "0.9/x",
            "0.10/x",
            "g",
            "g1.toml",
            "g2-b.toml",
            "g02.toml",
            "g2.toml",
            "g10.toml",
            "g18446744073709551615",
            "g18446744073709551616",
            "å",
        ];
        assert_eq!(names, expected);
    }

    #[test]
    fn only_equal_names_are_equal_and_names_without_numbers_keep_their_order() {
        for (a, b) in [
            ("a", "a1"),
            ("g2", "g02"),
            ("g2b", "g02a"),
            ("drift.md", "vekst.md"),
            ("a-b.md", "a.md"),
        ] {
            assert_eq!(
                natural_order(a, b).reverse(),
                natural_order(b, a),
                "{a} {b}"
            );
            assert_ne!(natural_order(a, b), Ordering::Equal, "{a} {b}");
        }
        assert_eq!(natural_order("a-b.md", "a.md"), "a-b.md".cmp("a.md"));
        assert_eq!(natural_order("g02", "g02"), Ordering::Equal);
    }
}
