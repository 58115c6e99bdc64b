use super::{Code, Context, Rule, Severity, Sink};

pub(super) static RULE: Rule = Rule {
    code: Code("M007"),
    name: "step-without-responsible",
    severity: Severity::Warning,
    docs: include_str!("step_without_responsible.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for step in context.strategy.process.iter().flat_map(|p| &p.steps) {
        if step.responsible.is_empty() {
            let message = format!("step `{}` has no `responsible`", step.id.name);
            let hint = "name roles under `responsible`, such as `[\"role/koordinator\"]`";
            sink.report(RULE.at(step.span, message).hint(hint));
        }
    }
}
