use super::{Code, Context, Rule, Severity, Sink};
use crate::model::{Kind, key};

pub(super) static RULE: Rule = Rule {
    code: Code("C011"),
    name: "measure-without-responsible",
    severity: Severity::Warning,
    docs: include_str!("measure_without_responsible.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for measure in context.strategy.of(Kind::Measure) {
        if measure.reference(key::RESPONSIBLE).is_none() {
            let message = format!("measure `{}` has no `responsible`", measure.id.name);
            let hint =
                "name roles or bodies under `responsible`, such as `[\"body/sekretariatet\"]`";
            sink.report(RULE.at(measure.span, message).hint(hint));
        }
    }
}
