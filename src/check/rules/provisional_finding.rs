use super::{Code, Context, Rule, Severity, Sink};
use crate::model::{Kind, key};

pub(super) static RULE: Rule = Rule {
    code: Code("C035"),
    name: "provisional-finding",
    severity: Severity::Warning,
    docs: include_str!("provisional_finding.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for finding in context.strategy.of(Kind::Finding) {
        if let Some(place) = finding.says_yes(key::PROVISIONAL) {
            let message = format!("finding `{}` is provisional", finding.id.name);
            let hint = "complete the finding, and remove `provisional`";
            sink.report(RULE.at(place, message).hint(hint));
        }
    }
}
