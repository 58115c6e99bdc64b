use super::{Code, Context, Rule, Severity, Sink};
use crate::model::Status;

pub(super) static RULE: Rule = Rule {
    code: Code("C034"),
    name: "undecided",
    severity: Severity::Warning,
    docs: include_str!("undecided.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let version = &context.strategy.version;
    // What replaces a version need not be a decision on its text.
    if version.decisions.is_empty() && version.status != Status::Superseded {
        let message = "this version has no recorded decision";
        let hint = "add `[[version.decisions]]` to `strategy.toml`, with `body`, `date`, `case` \
                    and `text`";
        sink.report(RULE.at(version.date.span, message).hint(hint));
    }
}
