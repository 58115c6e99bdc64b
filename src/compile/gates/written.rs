//! Checks a council's `gates.toml` itself.

use super::requirements::{RequirementChange, demanded, steps};
use crate::compile::gate_rules as rules;
use crate::diag::{Diagnostic, Rule, Severity, did_you_mean, nearest};
use crate::model::{Gates, Located, Status};
use std::collections::BTreeSet;

/// Reports unknown names, and entries without effect.
pub(super) fn problems(gates: &Gates) -> Vec<Diagnostic> {
    let known = crate::compile::rules();
    let unknown = names(gates).filter(|name| !known.iter().any(|rule| rule.name == name.value));
    let mut found: Vec<_> = unknown.map(|name| unknown_rule(name, &known)).collect();
    found.extend(idle(gates, &known));
    found.extend(without_gate(gates, &known));
    found
}

fn names(gates: &Gates) -> impl Iterator<Item = &Located<String>> {
    let demands = gates.requirements.iter().chain(&gates.drops);
    let names = demands.flat_map(|demand| &demand.rules);
    names.chain(gates.waivers.iter().map(|waiver| &waiver.rule))
}

fn unknown_rule(name: &Located<String>, known: &[&'static Rule]) -> Diagnostic {
    let by_code = known
        .iter()
        .find(|rule| rule.code.0.eq_ignore_ascii_case(name));
    let near = by_code.map(|rule| rule.name);
    let near = near.or_else(|| nearest(name, known.iter().map(|rule| rule.name)));
    let message = format!("there is no rule `{}`", name.value);
    rules::UNKNOWN_RULE.at(name.span, message).hint(match near {
        Some(near) => did_you_mean(near),
        None => "run `utkast explain` for a list of all rules".to_owned(),
    })
}

/// Reports demands and drops without effect.
fn idle(gates: &Gates, known: &[&'static Rule]) -> Vec<Diagnostic> {
    let steps = steps(gates);
    let mut demanded = BTreeSet::new();
    let mut found = Vec::new();
    for step in &steps {
        let changes = match step.demands {
            true => demanded.insert(step.rule),
            false => demanded.remove(step.rule),
        };
        let rule = known.iter().find(|rule| rule.name == step.rule);
        let (Some(place), Some(rule)) = (step.place, rule) else {
            continue;
        };
        let (status, name) = (step.status, step.rule);
        let said = |message: String, hint: String| rules::IDLE_GATE.at(place, message).hint(hint);
        if rule.severity == Severity::Error {
            let message = format!("a breach of `{name}` is an error in every status");
            found.push(said(message, "remove the name".to_owned()));
        } else if !changes && step.demands {
            let message = format!("`{status}` requires `{name}` already");
            let hint =
                "remove the name; each later status requires the rules of the earlier ones, too";
            found.push(said(message, hint.to_owned()));
        } else if !changes {
            let message = format!("`{status}` does not require `{name}`");
            found.push(said(message, later(step, &steps)));
        }
    }
    found
}

/// The hint for a drop of a rule that is not required.
fn later(step: &RequirementChange<'_>, steps: &[RequirementChange<'_>]) -> String {
    let is_later = |other: &&RequirementChange<'_>| {
        other.rule == step.rule && other.demands && other.status >= step.status
    };
    match steps.iter().find(is_later) {
        Some(demand) => format!("write `{}`, the status that requires it", demand.status),
        None => "remove the name".to_owned(),
    }
}

/// Reports waivers of rules that no status requires.
fn without_gate(gates: &Gates, known: &[&'static Rule]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for waiver in &gates.waivers {
        let Some(rule) = known.iter().find(|rule| rule.name == waiver.rule.value) else {
            continue;
        };
        if demanded(gates, waiver.status).contains(rule) {
            continue;
        }
        let message = match rule.severity {
            Severity::Error => format!(
                "a breach of `{}` is an error in every status and cannot be waived",
                rule.name
            ),
            Severity::Warning => format!("`{}` does not require `{}`", waiver.status, rule.name),
        };
        let hint = match first_demand(gates, rule) {
            Some(status) => {
                format!("remove the waiver; `{status}` is the first to require the rule")
            }
            None => "remove the waiver".to_owned(),
        };
        let said = rules::NEEDLESS_PASS.at(waiver.rule.span, message);
        found.push(said.hint(hint));
    }
    found
}

fn first_demand(gates: &Gates, rule: &'static Rule) -> Option<Status> {
    let mut all = Status::ALL.iter().map(|(status, _)| *status);
    all.find(|status| demanded(gates, *status).contains(&rule))
}
