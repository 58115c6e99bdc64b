use super::{Code, Context, Rule, Severity, Sink};
use crate::model::Kind;

pub(super) static RULE: Rule = Rule {
    code: Code("C007"),
    name: "unfounded-measure",
    severity: Severity::Warning,
    docs: include_str!("unfounded_measure.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for measure in context.strategy.of(Kind::Measure) {
        if measure.comes_from.is_empty() {
            let message = format!(
                "measure `{}` has no `comes_from`",
                measure.id.name
            );
            let hint = "name the findings, inputs or challenges behind it under `comes_from`";
            sink.report(RULE.at(measure.span, message).hint(hint));
        }
    }
}
