//! Ids of blocks without a name: the id of the heading or item above, `.p`, and a number, as in
//! `chapter-metode.p3`.
//!
//! Each paragraph has one. The page contains all of them; the PDF has named destinations only for names
//! that an author gave.

/// The id of the `number`-th block below what has the id `above`.
pub fn counted(above: &str, number: u32) -> String {
    format!("{above}.p{number}")
}

/// Whether an id is that of a block which nobody named.
pub fn is_counted(id: &str) -> bool {
    let last = id.rsplit_once(".p").map_or("", |(_, number)| number);
    !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_number_after_a_point_and_a_p_is_counted() {
        assert!(is_counted(&counted("chapter-metode.2", 13)));
        for named in [
            "chapter-p2",
            "chapter-metode.p",
            "chapter-metode.p2a",
            "a.p2.navn",
            "p2",
        ] {
            assert!(!is_counted(named), "{named}");
        }
    }
}
