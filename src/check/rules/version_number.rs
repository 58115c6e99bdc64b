use super::{Code, Context, Rule, Severity, Sink};
use crate::model::Status;

pub(super) static RULE: Rule = Rule {
    code: Code("C009"),
    name: "version-number",
    severity: Severity::Error,
    docs: include_str!("version_number.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let version = &context.strategy.version;
    let number = &version.number;
    let is_draft_number = number.starts_with("0.");
    let message = if version.status >= Status::Adopted && is_draft_number {
        format!(
            "version {} is {}, but the numbers below 1.0 are for drafts",
            number.value,
            version.status.as_str()
        )
    } else if version.status < Status::Adopted && number.value == "1.0" {
        format!(
            "version 1.0 is for the first adopted strategy, but the status is `{}`",
            version.status.as_str()
        )
    } else {
        return;
    };
    let hint = "number drafts 0.1, 0.2 …, the adopted strategy 1.0, and amendments 1.1, 1.2 …";
    sink.report(RULE.at(number.span, message).hint(hint));
}
