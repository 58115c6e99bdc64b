use super::{Code, Context, Rule, Severity, Sink};

pub(super) static RULE: Rule = Rule {
    code: Code("M033"),
    name: "meeting-without-body",
    severity: Severity::Error,
    docs: include_str!("meeting_without_body.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for step in context.strategy.process.iter().flat_map(|p| &p.steps) {
        let days = [("meeting", &step.meeting), ("dispatch", &step.dispatch)];
        let given = days.iter().find_map(|(key, day)| Some((key, day.as_ref()?)));
        if let (None, Some((key, day))) = (&step.body, given) {
            let message = format!(
                "step `{}` has `{key}`, but no body",
                step.id.name
            );
            let hint = "add `body = \"body/…\"`, or remove the day";
            sink.report(RULE.at(day.span, message).hint(hint));
        }
    }
}
