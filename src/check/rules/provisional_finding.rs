use super::{Code, Context, Rule, Severity, Sink};

pub(super) static RULE: Rule = Rule {
    code: Code("C035"),
    name: "provisional-finding",
    severity: Severity::Warning,
    docs: include_str!("provisional_finding.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let findings = context.strategy.findings.iter();
    for finding in findings.filter(|finding| finding.provisional.value) {
        let message = format!("finding `{}` is provisional", finding.item.id.name);
        let hint = "settle what it says, and take `provisional` out";
        sink.report(RULE.at(finding.provisional.span, message).hint(hint));
    }
}
