//! Gates: the rules that a status requires.
//!
//! Before that status, a breach of the rule is a warning. Rules that a working draft cannot meet yet are
//! *quiet* until then ([`crate::check::QUIET`]). From that status on, `judge` makes one error of all
//! breaches of a rule, unless a named person has waived it. [`requirements()`] lists the open
//! requirements of a status.

mod requirements;
mod written;

pub use super::gate_rules::RULES;

use super::{Compiled, gate_rules as rules};
use crate::check::QUIET;
use crate::diag::{Diagnostic, Rule};
use crate::model::{Gates, Status, Strategy, Waiver};
use requirements::demanded;

/// The number of places that a closed gate shows after the first.
const SHOWN: usize = 4;

/// A requirement of a status, with the breaches in the document.
#[derive(Debug)]
pub struct RequirementState<'a> {
    /// The required rule.
    pub rule: &'static Rule,
    /// The breaches in the order of files and places; empty if the requirement is met.
    pub breaches: Vec<&'a Diagnostic>,
    /// The waivers for that status.
    pub waivers: Vec<&'a Waiver>,
}

/// What stands between a document and a status: each rule that it demands, by code.
///
/// The build may be of any state; what rules of pages and pictures find is known if it made page
/// and PDF.
pub fn requirements(compiled: &Compiled, status: Status) -> Vec<RequirementState<'_>> {
    let Some(strategy) = &compiled.strategy else {
        return Vec::new();
    };
    let said = compiled.diagnostics.iter().chain(&compiled.quiet);
    let state = |rule: &'static Rule| RequirementState {
        rule,
        breaches: said.clone().filter(|d| d.rule == rule).collect(),
        waivers: waivers(&strategy.gates, rule, status).collect(),
    };
    let rules = demanded(&strategy.gates, status);
    rules.into_iter().map(state).collect()
}

fn waivers<'a>(gates: &'a Gates, rule: &Rule, status: Status) -> impl Iterator<Item = &'a Waiver> {
    let waivers = gates.waivers.iter();
    waivers.filter(move |waiver| waiver.status == status && waiver.rule.value == rule.name)
}

/// The diagnostics of a build after its gates were applied.
#[derive(Debug)]
pub(super) struct GatedDiagnostics {
    /// The reported diagnostics.
    pub(super) said: Vec<Diagnostic>,
    /// Diagnostics that are not reported, because no status requires them yet.
    pub(super) quiet: Vec<Diagnostic>,
}

/// Holds what the stages have said against the gates of the document's status. `whole` tells
/// whether every stage has spoken, so that what nothing breaks is kept.
pub(super) fn judge(strategy: &Strategy, said: Vec<Diagnostic>, whole: bool) -> GatedDiagnostics {
    let (gates, status) = (&strategy.gates, strategy.version.status);
    let demanded = demanded(gates, status);
    let mut found = written::problems(gates);
    for rule in &demanded {
        let breaches: Vec<_> = said.iter().filter(|d| d.rule == *rule).collect();
        let mut waivers = waivers(gates, rule, status).peekable();
        match (breaches.as_slice(), waivers.peek().is_some()) {
            ([first, others @ ..], false) => found.push(closed(rule, status, first, others)),
            ([], true) if whole => found.extend(waivers.map(needless)),
            _ => {}
        }
    }
    let is_quiet = |d: &Diagnostic| QUIET.contains(&d.rule) && !demanded.contains(&d.rule);
    let (quiet, mut said): (Vec<_>, Vec<_>) = said.into_iter().partition(is_quiet);
    said.extend(found);
    GatedDiagnostics { said, quiet }
}

/// A requirement that stops the build.
fn closed(rule: &Rule, status: Status, first: &Diagnostic, others: &[&Diagnostic]) -> Diagnostic {
    let places = match others.len() {
        0 => "in one place".to_owned(),
        more => format!("in {} places", more + 1),
    };
    let message = format!(
        "`{status}` does not allow {} (`{}`), {places}",
        inside(rule.title()),
        rule.name
    );
    let mut said = match first.primary {
        Some(span) => rules::CLOSED_GATE.at(span, message),
        None => rules::CLOSED_GATE.nowhere(message),
    };
    said.place.clone_from(&first.place);
    for other in others.iter().take(SHOWN) {
        if let Some(span) = other.primary {
            said = said.also(span, other.message.as_str());
        }
    }
    if others.len() > SHOWN {
        let more = others.len() - SHOWN;
        said = said.hint(format!(
            "{more} more are reported separately as `{}`",
            rule.name
        ));
    }
    said.hint(format!(
        "fix it, or have a named person waive the gate in `gates.toml`: `[[waivers]]` with \
         `rule = \"{}\"`, `status = \"{status}\"`, `by` and `reason`",
        rule.name
    ))
}

fn needless(waiver: &Waiver) -> Diagnostic {
    let message = format!(
        "nothing breaks `{}`, so the waiver is not needed",
        waiver.rule.value
    );
    let hint = "remove the waiver: the document would print it without need";
    rules::NEEDLESS_PASS
        .at(waiver.rule.span, message)
        .hint(hint)
}

/// A title inside a sentence: `a picture that is not here yet`.
fn inside(title: &str) -> String {
    let mut letters = title.chars();
    let (first, rest) = (letters.next(), letters.as_str());
    match first {
        // An abbreviation keeps its capitals.
        Some(first) if !rest.starts_with(char::is_uppercase) => {
            first.to_lowercase().chain(rest.chars()).collect()
        }
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests;
