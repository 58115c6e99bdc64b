//! Gates: rules that a status demands, and who has passed them.

use super::{Located, Status};

/// The council's own gates (`gates.toml`).
#[derive(Debug, Clone, Default)]
pub struct Gates {
    /// Rules that are demanded beside the default ones.
    pub demands: Vec<Demand>,
    /// Rules that are demanded no more.
    pub drops: Vec<Demand>,
    /// Gates that a person has passed.
    pub passes: Vec<Pass>,
}

/// Rules that must be kept from a status on, or need not any more.
#[derive(Debug, Clone)]
pub struct Demand {
    /// The first status that it holds for.
    pub status: Status,
    /// Names of rules, such as `image-pending`.
    pub rules: Vec<Located<String>>,
}

/// A gate that a person has passed although a rule is broken.
#[derive(Debug, Clone)]
pub struct Pass {
    /// The rule.
    pub rule: Located<String>,
    /// The status for which it is passed.
    pub status: Status,
    /// Who has passed it.
    pub by: Located<String>,
    /// Why.
    pub reason: Located<String>,
}
