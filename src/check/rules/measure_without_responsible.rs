use super::{Code, Context, Rule, Severity, Sink};

pub(super) static RULE: Rule = Rule {
    code: Code("C011"),
    name: "measure-without-responsible",
    severity: Severity::Warning,
    docs: include_str!("measure_without_responsible.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for measure in &context.strategy.measures {
        if measure.responsible.is_empty() {
            let message = format!("nobody answers for measure `{}`", measure.item.id.name);
            let hint =
                "name roles or bodies under `responsible`, such as `[\"body/sekretariatet\"]`";
            sink.report(RULE.at(measure.item.span, message).hint(hint));
        }
    }
}
