//! What still has to be done before the next stage: what the check has to say, by rule.

use crate::compile::{Compiled, gates};
use crate::diag::{Diagnostic, Rule, Severity};
use crate::files::Sources;
use crate::model::{Status, Strategy};
use std::collections::BTreeMap;

/// Breaches of one rule.
pub(super) struct Debt {
    /// The rule.
    pub(super) rule: &'static Rule,
    /// Where it is broken: `path:line`, or the name of an output or template.
    pub(super) places: Vec<String>,
    /// How often it is broken; some breaches have no place.
    pub(super) count: usize,
    /// Who answers for the measures among the places.
    pub(super) responsible: Vec<String>,
}

/// What the next status demands and the document does not keep, apart from what a person has
/// passed; all that the check has to say where there is no next status.
pub(super) fn before(
    next: Option<Status>,
    compiled: &Compiled,
    strategy: &Strategy,
    sources: &Sources,
) -> Vec<Debt> {
    let Some(status) = next else {
        let said = compiled.diagnostics.iter();
        let warnings = said.filter(|said| said.severity() == Severity::Warning);
        return by_rule(warnings, strategy, sources);
    };
    let debts = gates::debt(compiled, status).into_iter();
    let open = debts.filter(|debt| debt.passes.is_empty());
    by_rule(open.flat_map(|debt| debt.breaches), strategy, sources)
}

/// The breaches by the codes of their rules.
fn by_rule<'d>(
    said: impl IntoIterator<Item = &'d Diagnostic>,
    strategy: &Strategy,
    sources: &Sources,
) -> Vec<Debt> {
    let mut debts = BTreeMap::new();
    for diagnostic in said {
        let rule = diagnostic.rule;
        let debt = debts.entry(rule.code).or_insert_with(|| Debt {
            rule,
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
    let file = sources.get(span.file);
    let line = file.line_column(span.start as usize).line;
    Some(format!("{}:{line}", file.path))
}

/// Who answers for the measure whose file a diagnostic points into.
fn responsible(diagnostic: &Diagnostic, strategy: &Strategy) -> Vec<String> {
    let file = diagnostic.primary.map(|span| span.file);
    let mut measures = strategy.measures.iter();
    let measure = measures.find(|measure| Some(measure.item.span.file) == file);
    let all = measure.map(|measure| measure.responsible.iter());
    let names = all.into_iter().flatten();
    let names = names.filter_map(|reference| strategy.name(reference));
    names.map(str::to_owned).collect()
}
