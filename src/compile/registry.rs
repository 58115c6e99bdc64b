//! Every rule of every stage, for `explain`, for reports, and for the tests of their documentation.

use crate::diag::Rule;

/// All rules, by code.
pub fn rules() -> Vec<&'static Rule> {
    let stages = [
        crate::load::RULES,
        crate::check::RULES,
        crate::version::RULES,
        crate::templates::RULES,
        crate::drawings::RULES,
        crate::passes::RULES,
        crate::conservation::RULES,
        crate::layout::rules::RULES,
        super::gate_rules::RULES,
        super::RULES,
    ];
    let mut rules: Vec<_> = stages.into_iter().flatten().copied().collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    /// Codes of rules that were removed, with their names. No other rule gets such a code.
    const RETIRED: &[(Code, &str)] = &[(Code("C012"), "unfinished-proposal")];

    #[test]
    fn no_rule_has_the_code_or_the_name_of_a_retired_one() {
        for rule in rules() {
            let mut retired = RETIRED.iter();
            let clash = retired.find(|(code, name)| rule.code == *code || rule.name == *name);
            assert_eq!(clash, None, "{} has a retired code or name", rule.name);
        }
    }

    #[test]
    fn the_rules_of_the_content_are_listed_by_code() {
        let codes: Vec<_> = crate::check::RULES.iter().map(|rule| rule.code).collect();
        assert!(codes.is_sorted(), "{codes:?}");
    }

    #[test]
    fn no_two_rules_share_a_code_or_a_name() {
        let rules = rules();
        for pair in rules.windows(2) {
            assert_ne!(pair[0].code, pair[1].code);
        }
        let mut names: Vec<_> = rules.iter().map(|rule| rule.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), rules.len());
    }
}
