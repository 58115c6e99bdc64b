//! The rules that a status requires: the default gates with the changes of a council's `gates.toml`.

use crate::compile::rules;
use crate::diag::{Rule, Severity};
use crate::files::Span;
use crate::model::{Gates, Status};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The default gates, in the format of a council's own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Defaults {
    demands: Vec<DefaultRequirement>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DefaultRequirement {
    status: String,
    rules: Vec<String>,
}

static DEFAULTS: LazyLock<Defaults> = LazyLock::new(|| {
    let text = include_str!("../../../templates/gates.toml");
    toml::from_str(text).expect("a test reads the default gates")
});

/// A change of the requirements from a status on.
#[derive(Debug, Clone, Copy)]
pub(super) struct RequirementChange<'a> {
    /// The first status that it applies to.
    pub(super) status: Status,
    /// The name of the rule in the source.
    pub(super) rule: &'a str,
    /// Whether the rule is required from this status on, or dropped.
    pub(super) demands: bool,
    /// The span in the council's file; `None` for a default.
    pub(super) place: Option<Span>,
}

/// Every step in the order of a life. Of one status the defaults come first, then what the council
/// drops, then what it demands: so it can put off a default by dropping it and demanding it later.
pub(super) fn steps(gates: &Gates) -> Vec<RequirementChange<'_>> {
    let mut steps = Vec::new();
    for (status, word) in Status::ALL {
        let defaults = DEFAULTS.demands.iter().filter(|d| d.status == word);
        steps.extend(
            defaults
                .flat_map(|d| &d.rules)
                .map(|rule| RequirementChange {
                    status,
                    rule,
                    demands: true,
                    place: None,
                }),
        );
        for (own, demands) in [(&gates.drops, false), (&gates.requirements, true)] {
            let own = own.iter().filter(|demand| demand.status == status);
            steps.extend(
                own.flat_map(|demand| &demand.rules)
                    .map(|rule| RequirementChange {
                        status,
                        rule: &rule.value,
                        demands,
                        place: Some(rule.span),
                    }),
            );
        }
    }
    steps
}

/// The rules that a status demands, by code. Those whose breach is an error are none of them, since
/// they stop a build whatever its status.
pub(super) fn demanded(gates: &Gates, status: Status) -> Vec<&'static Rule> {
    let mut names = BTreeSet::new();
    for step in steps(gates).iter().filter(|step| step.status <= status) {
        match step.demands {
            true => names.insert(step.rule),
            false => names.remove(step.rule),
        };
    }
    let mut rules = rules();
    rules.retain(|rule| rule.severity == Severity::Warning && names.contains(rule.name));
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::FileId;
    use crate::model::{Located, Requirement};

    fn demand(status: Status, rule: &str) -> Requirement {
        let rule = Located::new(rule.to_owned(), Span::new(FileId::nth(0), 0..0));
        Requirement {
            status,
            rules: vec![rule],
        }
    }

    fn has(gates: &Gates, status: Status, rule: &str) -> bool {
        demanded(gates, status).iter().any(|r| r.name == rule)
    }

    #[test]
    fn the_default_gates_name_statuses_and_rules_that_there_are() {
        let rules = rules();
        for demand in &DEFAULTS.demands {
            assert!(Status::from_word(&demand.status).is_some());
            for name in &demand.rules {
                let rule = rules.iter().find(|rule| rule.name == name);
                let severity = rule.map(|rule| rule.severity);
                assert_eq!(severity, Some(Severity::Warning), "{name}");
            }
        }
    }

    #[test]
    fn a_status_demands_what_those_before_it_do() {
        let gates = Gates::default();
        assert!(demanded(&gates, Status::Draft).is_empty());
        for status in [Status::Proposed, Status::Adopted, Status::Superseded] {
            assert!(has(&gates, status, "image-pending"));
            assert!(has(&gates, status, "unmarked-doubt"));
        }
        assert!(!has(&gates, Status::Proposed, "undecided"));
        assert!(has(&gates, Status::Adopted, "undecided"));
    }

    #[test]
    fn a_default_is_dropped_from_a_status_on_and_may_be_put_off() {
        let mut gates = Gates {
            drops: vec![demand(Status::Proposed, "image-pending")],
            ..Gates::default()
        };
        assert!(!has(&gates, Status::Proposed, "image-pending"));
        assert!(!has(&gates, Status::Adopted, "image-pending"));
        gates.requirements = vec![demand(Status::Adopted, "image-pending")];
        assert!(!has(&gates, Status::Proposed, "image-pending"));
        assert!(has(&gates, Status::Adopted, "image-pending"));
        gates.requirements = vec![demand(Status::Draft, "uncertain-reading")];
        assert!(!has(&gates, Status::FirstDraft, "uncertain-reading"));
        assert!(has(&gates, Status::Consultation, "uncertain-reading"));
    }
}
