//! Gates: rules that a status requires, and who has waived them.

use super::{Located, Status};

/// The council's own gates (`gates.toml`).
#[derive(Debug, Clone, Default)]
pub struct Gates {
    /// Rules that are required in addition to the default ones.
    pub requirements: Vec<Requirement>,
    /// Rules that are no longer required.
    pub drops: Vec<Requirement>,
    /// Requirements that a person has waived.
    pub waivers: Vec<Waiver>,
}

/// Rules that are required from a status on, or no longer.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// The first status that it holds for.
    pub status: Status,
    /// Names of rules, such as `image-pending`.
    pub rules: Vec<Located<String>>,
}

/// A requirement that a named person has waived although the rule is broken.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// The rule.
    pub rule: Located<String>,
    /// The status for which it is waived.
    pub status: Status,
    /// Who has waived it.
    pub by: Located<String>,
    /// Why.
    pub reason: Located<String>,
}
