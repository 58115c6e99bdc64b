//! The changes that the typographic pass is allowed to make, defined independently of that pass.

use crate::steps;

/// Whether `set` is what was `written`: every character is the same, except
/// - straight quotation marks and apostrophes, which may have become real ones;
/// - a hyphen or two, which may have become a dash, without the spaces around it;
/// - three points, which may have become an ellipsis;
/// - spaces, which may be other spaces.
pub(crate) fn same_but_for_punctuation(written: &str, set: &str) -> bool {
    let (mut written, mut set) = (written.trim_start(), set.trim_start());
    loop {
        steps::count(1);
        let (Some(before), Some(after)) = (written.chars().next(), set.chars().next()) else {
            return written.trim().is_empty() && set.trim().is_empty();
        };
        let length = match (before, after) {
            ('"', '«' | '»' | '“' | '”' | '‘' | '’') | ('\'', '‘' | '’') => 1,
            ('.', '…') if written.starts_with("...") => 3,
            ('-', '–') if written.starts_with("--") => 2,
            ('-', '–') => 1,
            (space, '–') if space.is_whitespace() && written.trim_start().starts_with('-') => {
                let tail = &written.trim_start()[1..];
                written.len() - tail.trim_start().len()
            }
            _ if before == after => before.len_utf8(),
            _ if before.is_whitespace() && after.is_whitespace() => {
                (written, set) = (written.trim_start(), set.trim_start());
                continue;
            }
            _ => return false,
        };
        written = &written[length..];
        set = &set[after.len_utf8()..];
    }
}

#[cfg(test)]
mod tests {
    use super::same_but_for_punctuation;

    #[test]
    fn signs_may_be_set_and_nothing_else() {
        for (written, set) in [
            ("\"a\" 'b'", "«a» ‘b’"),
            ("uke 9 - 19", "uke 9–19"),
            ("a - b -- c...", "a – b – c…"),
            ("11.\n april", "11.\u{a0}april"),
            (" a ", "a"),
            ("a-b – c", "a-b – c"),
        ] {
            assert!(same_but_for_punctuation(written, set), "{written} → {set}");
        }
        for (written, set) in [
            ("uke 9", "uke9"),
            ("uke 9", "Uke 9"),
            ("a b", "a"),
            ("a", "a."),
            ("«a»", "\"a\""),
            ("a–b", "a-b"),
            ("a..", "a…"),
            ("a - b", "a b"),
            ("\"a\"", "a"),
            ("9-19", "9—19"),
        ] {
            assert!(!same_but_for_punctuation(written, set), "{written} → {set}");
        }
    }
}
