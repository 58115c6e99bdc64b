//! The open requirements of the next stages, by rule.

use crate::compile::{Compiled, gates};
use crate::diag::{Diagnostic, Rule, Severity};
use crate::files::Sources;
use crate::model::{Kind, Status, Strategy, key};
use std::collections::BTreeMap;

/// Breaches of one rule.
pub(super) struct RuleBreaches {
    /// The rule.
    pub(super) rule: &'static Rule,
    /// The first status that requires the rule, if one does.
    pub(super) status: Option<Status>,
    /// The places: `path:line`, or the name of an output or template.
    pub(super) places: Vec<String>,
    /// The number of breaches. Some have no place.
    pub(super) count: usize,
    /// The bodies and roles that are responsible for the measures among the places.
    pub(super) responsible: Vec<String>,
}

/// The requirements of the next status and the later ones that are neither met nor waived. Without a
/// next status, all warnings.
pub(super) fn before(
    next: Option<Status>,
    compiled: &Compiled,
    strategy: &Strategy,
    sources: &Sources,
) -> Vec<RuleBreaches> {
    let Some(next) = next else {
        let said = compiled.diagnostics.iter();
        let warnings = said.filter(|said| said.severity() == Severity::Warning);
        return by_rule(None, warnings, strategy, sources);
    };
    let stages = Status::ALL.iter().map(|(status, _)| *status);
    let stages = stages.filter(|status| *status >= next && *status <= next.max(Status::Adopted));
    let mut debts: Vec<RuleBreaches> = Vec::new();
    for status in stages {
        let demanded = gates::requirements(compiled, status).into_iter();
        let open = demanded.filter(|debt| debt.waivers.is_empty());
        let new = open.filter(|debt| debts.iter().all(|known| known.rule != debt.rule));
        let breaches: Vec<_> = new.flat_map(|debt| debt.breaches).collect();
        debts.extend(by_rule(Some(status), breaches, strategy, sources));
    }
    debts
}

/// The breaches by the codes of their rules.
fn by_rule<'d>(
    status: Option<Status>,
    said: impl IntoIterator<Item = &'d Diagnostic>,
    strategy: &Strategy,
    sources: &Sources,
) -> Vec<RuleBreaches> {
    let mut debts = BTreeMap::new();
    for diagnostic in said {
        let rule = diagnostic.rule;
        let debt = debts.entry(rule.code).or_insert_with(|| RuleBreaches {
            rule,
            status,
            places: Vec::new(),
            count: 0,
            responsible: Vec::new(),
        });
        debt.count += 1;
        debt.places.extend(place(diagnostic, sources));
        for name in responsible(diagnostic, strategy) {
            if !debt.responsible.contains(&name) {
                debt.responsible.push(name);
            }
        }
    }
    debts.into_values().collect()
}

fn place(diagnostic: &Diagnostic, sources: &Sources) -> Option<String> {
    let Some(span) = diagnostic.primary else {
        return diagnostic.place.clone();
    };
    let file = sources.get(span.file)?;
    let line = file.line_column(span.start as usize).line;
    Some(format!("{}:{line}", file.path))
}

/// The bodies and roles responsible for the measure whose file a diagnostic points to.
fn responsible(diagnostic: &Diagnostic, strategy: &Strategy) -> Vec<String> {
    let file = diagnostic.primary.map(|span| span.file);
    let mut measures = strategy.of(Kind::Measure).iter();
    let measure = measures.find(|measure| Some(measure.span.file) == file);
    let all = measure.map(|measure| measure.references(key::RESPONSIBLE));
    let names = all.into_iter().flatten();
    let names = names.filter_map(|reference| strategy.name(reference));
    names.map(str::to_owned).collect()
}
