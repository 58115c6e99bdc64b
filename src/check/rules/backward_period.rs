use super::{Code, Context, Rule, Severity, Sink};

pub(super) static RULE: Rule = Rule {
    code: Code("M004"),
    name: "backward-period",
    severity: Severity::Error,
    docs: include_str!("backward_period.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let period = &context.strategy.period;
    if period.last < period.first {
        let message = format!(
            "the period ends in {}, before it starts in {}",
            period.last, period.first
        );
        let hint = "swap `first` and `last`";
        sink.report(RULE.at(period.span, message).hint(hint));
    }
}
